package journal_test

// Whoever owns the database redoes the chain, even with the keys, and is found: by MACs, checkpoints, or a witness
// outside. Plain edits: journal_test.go.

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/journal"
)

// Whoever owns the database but not the keys redoes the chain and its head with SM3 alone. Each way is found, also with
// the checkpoints from there on removed, and also by whoever has no secret key.
func TestKeylessRedoOfTheChainIsFound(t *testing.T) {
	t.Parallel()
	for name, attack := range map[string]string{
		"a detail changed":  `UPDATE journal SET detail = '{"n":"999"}' WHERE seq = 5`,
		"an actor changed":  `UPDATE journal SET actor = '李四', actor_id = 'p2' WHERE seq = 5`,
		"a time changed":    `UPDATE journal SET at = '2001-01-01 00:00:00+00:00' WHERE seq = 5`,
		"a verb changed":    `UPDATE journal SET verb = 'thing.other' WHERE seq = 5`,
		"an object changed": `UPDATE journal SET object = 'thing/9', object_seq = 1 WHERE seq = 5`,
		"an entry removed":  `DELETE FROM journal WHERE seq = 10`,
		"an entry inserted": `INSERT INTO journal (at, actor_id, actor, verb, object, object_seq, detail, seq, hash)
			VALUES ('2026-01-01 00:00:00+00:00', 'p1', '张三', 'thing.change', 'thing/7', 1, '', 11, '')`,
		"a MAC of another entry": `INSERT INTO journal
			(at, actor_id, actor, verb, object, object_seq, detail, seq, hash, mac)
			SELECT at, actor_id, actor, verb, 'thing/7', 1, detail, 11, '', mac FROM journal WHERE seq = 10`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				adopt(t, d)
				for range 10 { // a checkpoint in each of ten minutes would do as well
					write(t, d, 1)
				}
				must(t, d.Update(context.Background(), func(tx *db.Tx) error {
					if err := tx.Exec(attack); err != nil {
						return err
					}
					return journal.Redo(tx)
				}))
				for _, cut := range []bool{false, true} {
					if cut {
						must(t, d.Update(context.Background(), func(tx *db.Tx) error {
							return tx.Exec(`DELETE FROM checkpoints WHERE seq > 0`)
						}))
					}
					for who, keys := range map[string]journal.Keys{"the owner": dbtest.Keys(),
						"an auditor": {Public: dbtest.Keys().Public}} {
						d.Carry(keys)
						if findings, _ := verify(t, d); len(findings) == 0 {
							t.Errorf("%s finds nothing (checkpoints removed: %v)", who, cut)
						}
						if recent(t, d, 100).OK {
							t.Errorf("%s sees a chain that holds (checkpoints removed: %v)", who, cut)
						}
					}
				}
			})
		})
	}
}

func recent(t *testing.T, d *db.DB, limit int64) (l journal.Linked) {
	t.Helper()
	must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
		l, err = journal.Recent(tx, limit)
		if keys := tx.Carried().(journal.Keys); err == nil && tx.Outside != (keys.Kept != nil) {
			t.Errorf("a look at what is kept outside says that it rests on the database alone: %t", tx.Outside)
		}
		return err
	}))
	return l
}

// A look at the newest links sees what happened to them, and says how far it went. An older state of the database,
// whole and signed, is seen by the checkpoint outside.
func TestRecentLinks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if l := recent(t, d, 5); !l.OK || !l.Whole || l.Links != 0 {
			t.Errorf("an empty journal: %+v", l)
		}
		adopt(t, d)
		write(t, d, 10)
		look := func(limit int64, ok, whole bool, links int64) {
			t.Helper()
			if l := recent(t, d, limit); l.OK != ok || l.Whole != whole || l.Links != links {
				t.Errorf("the newest %d: %+v", limit, l)
			}
		}
		look(10, true, true, 10)
		look(4, true, false, 4)
		var kept journal.Checkpoint
		must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
			kept, err = journal.Newest(tx)
			return err
		}))
		keys := dbtest.Keys()
		keys.Kept = func() (journal.Checkpoint, error) { return kept, nil }
		d.Carry(keys)
		look(4, true, false, 4)
		kept.Seq = "11" // sealed while this transaction was reading
		look(4, true, false, 4)
		kept.At = kept.At.Add(-time.Hour)
		look(4, false, false, 4)
		d.Carry(dbtest.Keys())
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			return tx.Exec(`UPDATE journal SET actor = '李四' WHERE seq = 5`) // a filler, its link left as it was
		}))
		look(4, true, false, 4)
		look(6, false, false, 6)
		look(100, false, true, 10)
	})
}

// A row that did not come through the program is never sealed, and named; what comes after it is sealed all the same.
func TestInsertedRowIsNeverSealed(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		adopt(t, d)
		write(t, d, 3)
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			return tx.Exec(`INSERT INTO journal (at, actor_id, actor, verb, object, object_seq, detail, mac)
				VALUES ('2026-01-01 00:00:00+00:00', 'p1', '张三', 'thing.accept', 'thing/0', 2, '', 'made up')`)
		}))
		write(t, d, 4)
		findings, head := verify(t, d)
		if head.Seq != 7 || len(findings) != 1 || findings[0].Code != "journal.mac" ||
			!strings.Contains(findings[0].Actual, "thing/0#2 thing.accept") {
			t.Errorf("%d entries sealed, found %+v", head.Seq, findings)
		}
	})
}

// A witness finds what even the keys cannot hide, and says which object's entry is the first that differs.
func TestWitnessNamesTheFirstContradiction(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		attack, object, expected string
	}{
		"rewritten": {`UPDATE journal SET actor = '李四' WHERE seq = 5`, "thing/1", "5（thing/1#2 thing.change）"},
		"removed": {`DELETE FROM journal WHERE seq = 4; UPDATE journal SET object_seq = object_seq - 1
			WHERE object = 'thing/0' AND seq > 4; UPDATE journal SET seq = seq - 1 WHERE seq > 4`,
			"thing/0", "4（thing/0#2 thing.change）"},
		"cut": {`DELETE FROM journal WHERE seq > 8`, "thing/2", "9（thing/2#3 thing.change）"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dbtest.Open(t, dbtest.SQLite(t))
			adopt(t, d)
			write(t, d, 9)
			var deposit journal.Deposit
			must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
				deposit, err = journal.MakeDeposit(tx)
				return err
			}))
			text, err := json.Marshal(deposit)
			must(t, err)
			read, err := journal.ReadDeposit(text, dbtest.Keys().Public)
			must(t, err)
			found := func() (r journal.Report) {
				must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
					r, err = journal.Verify(tx, []journal.Known{read.Known("witness.json")})
					return err
				}))
				return r
			}
			write(t, d, 2)
			if r := found(); len(r.Findings) > 0 {
				t.Fatalf("an honest journal contradicts its witness: %+v", r.Findings)
			}
			must(t, d.Update(context.Background(), func(tx *db.Tx) error {
				for _, s := range append(strings.Split(c.attack, ";"), `DELETE FROM checkpoints`) {
					if err := tx.Exec(s); err != nil {
						return err
					}
				}
				return journal.RedoWithKeys(tx)
			}))
			r := found()
			if len(r.Findings) != 1 || r.Findings[0].Code != "witness.entry" || r.Findings[0].Object != c.object ||
				!strings.HasPrefix(r.Findings[0].Expected, c.expected) {
				t.Errorf("found %+v", r.Findings)
			}
		})
	}
}

func TestForeignWitnessIsRefused(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	adopt(t, d)
	write(t, d, 1)
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		deposit, err := journal.MakeDeposit(tx)
		must(t, err)
		text, err := json.Marshal(deposit)
		must(t, err)
		if _, err := journal.ReadDeposit(text, "04"); err == nil {
			t.Error("a checkpoint of another installation passes")
		}
		changed := strings.Replace(string(text), deposit.Checkpoint.Hash[:8], "00000000", 1)
		if _, err := journal.ReadDeposit([]byte(changed), dbtest.Keys().Public); err == nil {
			t.Error("a changed checkpoint passes")
		}
		return nil
	}))
}

// A clock that went back is found.
func TestClockThatWentBackIsFound(t *testing.T) {
	t.Parallel()
	for _, back := range []bool{false, true} {
		now := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
		d := dbtest.Open(t, dbtest.SQLite(t), db.WithClock(func() time.Time { return now }))
		adopt(t, d)
		write(t, d, 2)
		if now = now.Add(time.Hour); back {
			now = now.Add(-2 * time.Hour)
		}
		write(t, d, 1)
		findings, _ := verify(t, d)
		if back != (len(findings) == 1 && findings[0].Code == "journal.clock") || !back && len(findings) > 0 {
			t.Errorf("set back %v: found %+v", back, findings)
		}
	}
}
