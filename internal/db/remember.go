package db

// Definitions kept in the process under their revision (decision 0006). What changes with every report is not kept
// here.

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// memory is what was read of a few revisions of the definitions. Two are in use while they change: the new one, and the
// old one by those whose snapshot is older.
type memory struct {
	mu        sync.RWMutex
	revisions []*recollection // newest last
}

type recollection struct {
	revision string
	values   map[any]any
}

const (
	maxRevisions  = 3
	maxRemembered = 50_000 // values of a revision, of which most are areas
)

// Remember is load's value, kept in the process for as long as nobody changes a definition. What it returns is shared,
// so the caller must not change it. load may read only tables that a migration marks {revised …}, and nothing else that
// differs between transactions; key is a comparable value of a type of the caller's own.
//
// It is as good as load in the same transaction: the revision is read from the transaction's own snapshot, again after
// each of its writes, and no two states of the definitions ever have the same one, not even one that is rolled back.
func Remember[T any](tx *Tx, key any, load func(*Tx) (T, error)) (v T, err error) {
	revision, err := tx.readRevision()
	if err != nil {
		return v, err
	}
	if kept, ok := tx.db.memory.get(revision, key); ok {
		return kept.(T), nil
	}
	tx.loading++
	v, err = load(tx)
	tx.loading--
	if err == nil && tx.revision == revision {
		tx.db.memory.put(revision, key, v)
	}
	return v, err
}

func (tx *Tx) readRevision() (string, error) {
	if tx.revision != "" {
		return tx.revision, nil
	}
	err := tx.tx.QueryRowContext(tx.Context, `SELECT revision FROM definitions`).Scan(&tx.revision)
	return tx.revision, known(err)
}

func (m *memory) get(revision string, key any) (v any, ok bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	for _, r := range m.revisions {
		if r.revision == revision {
			v, ok = r.values[key]
			return v, ok
		}
	}
	return nil, false
}

func (m *memory) put(revision string, key, v any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, r := range m.revisions {
		if r.revision == revision {
			if len(r.values) >= maxRemembered {
				clear(r.values)
			}
			r.values[key] = v
			return
		}
	}
	if len(m.revisions) == maxRevisions {
		m.revisions = append([]*recollection(nil), m.revisions[1:]...)
	}
	m.revisions = append(m.revisions, &recollection{revision, map[any]any{key: v}})
}

var readsTable = regexp.MustCompile(`(?i)\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)`)

// looked is called ahead of every query: what is remembered may come from revised tables alone, and a query that writes
// may change the revision.
func (tx *Tx) looked(query string) error {
	if !strings.HasPrefix(query, "SELECT") {
		if err := tx.writes(query); err != nil {
			return err
		}
	}
	if tx.loading == 0 {
		return nil
	}
	for _, found := range readsTable.FindAllStringSubmatch(query, -1) {
		if !revised[found[1]] && found[1] != "json_each" {
			return fmt.Errorf("db.Remember reads table %s, whose changes give no new revision: no migration says {revised %s}", found[1], found[1])
		}
	}
	return nil
}

// writes forgets the revision, if the statement may change it, and tells the guard.
func (tx *Tx) writes(query string) error {
	err := tx.guarded(query)
	if !plainly(query) {
		tx.revision = ""
	}
	return err
}

var oneTable = regexp.MustCompile(`^(?:INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)`)

// plainly says that a statement writes to one table, which holds no definitions. No trigger and no cascade of ours
// leads from one of those to another that does.
func plainly(query string) bool {
	found := oneTable.FindStringSubmatch(query)
	return found != nil && !revised[found[1]] && found[1] != "definitions"
}
