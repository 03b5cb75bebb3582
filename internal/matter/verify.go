package matter

// Matters and items held against the journal: every column of every row is what the entries together say, the entries
// could happen in their order, none is missing, and what lists need follows from the rows.

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/sign"
)

// audit collects what does not fit.
type audit struct {
	tx       *db.Tx
	findings []journal.Finding
}

func (a *audit) found(table, object, column, expected, actual string) {
	if expected != actual {
		a.findings = append(a.findings, journal.Finding{Code: "matter.journal", Table: table, Object: object,
			Column: column, Expected: expected, Actual: actual})
	}
}

// Verify names everything that does not fit its journal.
func Verify(tx *db.Tx, _ sign.PublicKey) ([]journal.Finding, error) {
	a := audit{tx: tx}
	matters, err := journal.MadeBy(tx, VerbDraft)
	if err != nil {
		return nil, err
	}
	items, err := journal.MadeBy(tx, VerbItemAdd)
	if err != nil {
		return nil, err
	}
	for after := ""; ; {
		ids, err := some(tx, after, 200)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			m, err := Get(tx, id)
			if err != nil {
				return nil, err
			}
			delete(matters, m.Object())
			if err := a.matter(m, items); err != nil {
				return nil, err
			}
			after = id
		}
		if len(ids) == 0 {
			break
		}
	}
	for _, object := range slices.Sorted(maps.Keys(matters)) {
		a.found("matters", object, "id", matters[object].Detail["title"], "")
	}
	for _, object := range slices.Sorted(maps.Keys(items)) {
		a.found("matter_items", object, "id", items[object].Detail["text"], "")
	}
	return a.findings, a.strays()
}

func (a *audit) matter(m Matter, items map[string]journal.Entry) error {
	n, err := a.replay("matters", m.Object(), life, m.own(), m.Entries)
	if err != nil {
		return err
	}
	follows := m
	follows.Items = slices.Clone(m.Items)
	for at := range m.Items {
		i := &m.Items[at]
		delete(items, i.Object())
		of, err := a.replay("matter_items", i.Object(), itemLife, i.own(), i.Entries)
		if err != nil {
			return err
		}
		n += of
	}
	a.found("matters", m.Object(), "version", strconv.Itoa(n), strconv.FormatInt(m.Version, 10))
	area, err := network.AreaByID(a.tx, m.AreaID)
	if follows.AreaPath = area.Path; err == nil {
		err = follows.follow(a.tx)
	}
	if errs.KindOf(err) == errs.Missing { // an area or an indicator that there is not: the rows say it above
		return nil
	}
	if err != nil {
		return err
	}
	a.same("matters", m.Object(), follows.derived(), m.derived())
	for at := range m.Items {
		a.same("matter_items", m.Items[at].Object(), follows.Items[at].copies(), m.Items[at].copies())
	}
	return a.index(m)
}

// derived are the columns that follow from the rest.
func (m *Matter) derived() []field {
	return []field{{"shown", &m.Shown}, {"due", &m.Due}, {"area_path", &m.AreaPath}, {"facets", &m.facets}}
}

func (a *audit) same(table, object string, expected, actual []field) {
	for at, f := range expected {
		a.found(table, object, f.column, f.text(), actual[at].text())
	}
}

// replay holds a row against the entries of its object, and counts them.
func (a *audit) replay(table, object string, states flow.Table, own []field, counted int) (int, error) {
	entries, err := journal.Of(a.tx, object)
	if err != nil {
		return 0, err
	}
	a.found(table, object, "entries", strconv.Itoa(len(entries)), strconv.Itoa(counted))
	want := map[string]string{}
	known := map[string]bool{}
	for _, f := range own {
		known[f.column] = true
	}
	state, _ := states.Replay(entries, func(e journal.Entry, st flow.Step, ok bool) string {
		name := fmt.Sprintf("#%d %s", e.ObjectSeq, e.Verb)
		if !journal.Made(a.tx, e) {
			a.findings = append(a.findings, journal.Finding{Code: "journal.mac", Table: "journal", Column: "mac",
				Object: object, Actual: name})
		}
		if !ok {
			a.found("journal", object, "verb", st.From, name)
		}
		for column, text := range e.Detail {
			if text == emptied {
				text = ""
			}
			if known[column] {
				want[column] = text
			}
		}
		return want["state"]
	})
	a.found(table, object, "state", want["state"], state)
	for _, f := range own {
		a.found(table, object, f.column, want[f.column], f.text())
	}
	return len(entries), nil
}

// index holds what the lists of sources and parties say of a matter against what they should.
func (a *audit) index(m Matter) error {
	said := map[string]bool{}
	for _, s := range m.refs() {
		said[s.Ref+" "+s.Kind] = true
	}
	have, err := sourceRows(a.tx, m.ID)
	if err != nil {
		return err
	}
	a.sets("matter_sources", m.Object(), "ref", said, have)
	if err := a.facets("m", m.ID, m.facets); err != nil {
		return err
	}
	for _, i := range m.Items {
		if err := a.facets("i", i.ID, i.facets); err != nil {
			return err
		}
		said := map[string]bool{}
		for _, p := range m.parties(i) {
			said[p.unit+" "+p.part] = true
		}
		have, err := partyRows(a.tx, i.ID)
		if err != nil {
			return err
		}
		a.sets("matter_parties", i.Object(), "unit", said, have)
	}
	return nil
}

func (a *audit) facets(of, id, facets string) error {
	said := map[string]bool{}
	for _, one := range kept(of, wordsOf(facets)) {
		said[one] = true
	}
	have, err := facetRows(a.tx, id)
	a.sets("matter_facets", id, "facet", said, have)
	return err
}

func (a *audit) sets(table, object, column string, expected map[string]bool, actual []string) {
	for _, text := range actual {
		if !expected[text] {
			a.found(table, object, column, "", text)
		}
		delete(expected, text)
	}
	for _, text := range slices.Sorted(maps.Keys(expected)) {
		a.found(table, object, column, text, "")
	}
}

// strays are rows of items and lists that belong to nothing.
func (a *audit) strays() error {
	rows, err := strayRows(a.tx)
	for _, r := range rows {
		a.found(r[0], r[1], "id", "", r[1])
	}
	return err
}
