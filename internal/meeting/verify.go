package meeting

// Meetings held against the journal: state, and every row as it was last written, none more and none less.

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// tables are where the rows that the journal names are kept.
var tables = map[string]string{"meeting": "meetings", "agenda": "agenda_items", "invitation": "invitations",
	"attendee": "attendees", "minutes": "minutes", "decision": "decisions"}

// audit is the check of one meeting.
type audit struct {
	m        Meeting
	findings []journal.Finding
}

func (a *audit) found(table, name, column, expected, actual string) {
	if expected != actual {
		a.findings = append(a.findings, journal.Finding{Code: "meeting.journal", Table: table,
			Object: strings.TrimSuffix(a.m.Object()+"/"+name, "/"), Column: column, Expected: expected, Actual: actual})
	}
}

// Verify names every row that the journal does not know so, and every one that it knows and that is gone.
func Verify(tx *db.Tx, _ sign.PublicKey) (findings []journal.Finding, err error) {
	meetings, err := every(tx)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, m := range meetings {
		a := audit{m: m}
		if err := a.check(tx); err != nil {
			return findings, err
		}
		known[m.Object()] = true
		findings = append(findings, a.findings...)
	}
	begun, err := begunOf(tx)
	for _, object := range begun {
		if !known[object] {
			findings = append(findings, journal.Finding{Code: "meeting.journal", Table: "meetings", Object: object,
				Column: "id", Expected: object})
		}
	}
	return findings, err
}

// begunOf are the meetings that the journal saw begin.
func begunOf(tx *db.Tx) ([]string, error) {
	all := map[string]bool{}
	for _, verb := range []string{VerbDraft, VerbImport} {
		entries, err := journal.OfVerb(tx, verb)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			all[e.Object] = true
		}
	}
	return slices.Sorted(maps.Keys(all)), nil
}

func (a *audit) check(tx *db.Tx) error {
	entries, err := journal.Of(tx, a.m.Object())
	if err != nil {
		return err
	}
	entries = slices.DeleteFunc(entries, func(e journal.Entry) bool { return !journal.Made(tx, e) })
	a.found("meetings", "", "entries", strconv.Itoa(len(entries)), strconv.FormatInt(a.m.Entries, 10))
	if len(entries) > 0 {
		last := entries[len(entries)-1]
		a.found("meetings", "", "updated_by", last.Actor, a.m.UpdatedBy)
		a.found("meetings", "", "updated_at", instant(last.At), instant(a.m.UpdatedAt.Round(time.Microsecond)))
	}
	state, ok := life.Replay(of(entries, life), func(journal.Entry, flow.Step, bool) string { return "" })
	if !ok {
		a.found("meetings", "", "state", state, "")
	}
	a.found("meetings", "", "state", state, string(a.m.State))
	if state, ok := ofMinutes.Replay(of(entries, ofMinutes),
		func(journal.Entry, flow.Step, bool) string { return "" }); !ok {
		a.found("minutes", "minutes", "state", state, "")
	}
	stand, err := rowsOf(tx, a.m)
	if err != nil {
		return err
	}
	said := map[string]string{}
	for _, e := range entries {
		for name, text := range e.Detail {
			if kind, _, _ := strings.Cut(name, "/"); tables[kind] != "" {
				said[name] = text
			}
		}
	}
	a.rows(said, stand)
	return nil
}

// of are the entries of one table's steps.
func of(entries []journal.Entry, t flow.Table) []journal.Entry {
	return slices.DeleteFunc(slices.Clone(entries), func(e journal.Entry) bool {
		return !strings.HasPrefix(e.Verb, t.Object+".")
	})
}

// rows compares what the journal said last of each row with what stands.
func (a *audit) rows(said map[string]string, stand []row) {
	for _, r := range stand {
		kind, _, _ := strings.Cut(r.name, "/")
		text, known := said[r.name]
		delete(said, r.name)
		if !known || text == "" {
			a.found(tables[kind], r.name, "id", "", r.name)
			continue
		}
		r.text() // leaves out what is empty
		then := map[string]string{}
		if err := json.Unmarshal([]byte(text), &then); err != nil {
			a.found(tables[kind], r.name, "id", text, "")
			continue
		}
		names := map[string]bool{}
		for column := range then {
			names[column] = true
		}
		for column := range r.columns {
			names[column] = true
		}
		for _, column := range slices.Sorted(maps.Keys(names)) {
			a.found(tables[kind], r.name, column, then[column], r.columns[column])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(said)) {
		if kind, _, _ := strings.Cut(name, "/"); said[name] != "" {
			a.found(tables[kind], name, "id", said[name], "")
		}
	}
}

// rowsOf are all rows of a meeting.
func rowsOf(tx *db.Tx, m Meeting) ([]row, error) {
	all := []row{m.row()}
	agenda, err := agendaOf(tx, m.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range agenda {
		all = append(all, a.row())
	}
	invited, err := invitationsOf(tx, m.ID)
	if err != nil {
		return nil, err
	}
	coming, err := attendeesOf(tx, m.ID)
	if err != nil {
		return nil, err
	}
	for _, i := range invited {
		all = append(all, i.row())
		for _, a := range coming[i.ID] {
			all = append(all, a.row())
		}
	}
	if n, found, err := minutesOf(tx, m.ID); err != nil {
		return nil, err
	} else if found {
		all = append(all, n.row())
	}
	decisions, err := decisionsOf(tx, m.ID)
	for _, d := range decisions {
		all = append(all, d.row())
	}
	return all, err
}
