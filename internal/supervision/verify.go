package supervision

// What `journal verify` asks: every row is what the journal says, every draw can be repeated, every photo is the one
// that was sent.

import (
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/evidence"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// journaled is what a row of any table here has.
type journaled interface {
	Object() string
	row() held.Row
}

func table[T journaled](name, kind, verb string, all []T) held.Table {
	t := held.Table{Name: name, Kind: kind, Begin: []string{verb}, Rows: map[string]held.Row{}}
	for _, one := range all {
		t.Rows[one.Object()] = one.row()
	}
	return t
}

// Verify names every row that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) (findings []journal.Finding, err error) {
	groups, err := everyGroup(tx)
	if err != nil {
		return nil, err
	}
	visits, err := every(tx)
	if err != nil {
		return nil, err
	}
	notes, err := everyNote(tx)
	if err != nil {
		return nil, err
	}
	sites, err := everySite(tx)
	if err != nil {
		return nil, err
	}
	draws, err := everyDraw(tx)
	if err != nil {
		return nil, err
	}
	found, err := everyFinding(tx)
	if err != nil {
		return nil, err
	}
	feedbacks, err := everyFeedback(tx)
	if err != nil {
		return nil, err
	}
	objections, err := everyObjection(tx)
	if err != nil {
		return nil, err
	}
	for _, t := range []held.Table{table("supervision_groups", "supervision_group", VerbForm, groups),
		table("visits", "visit", VerbPlan, visits), table("visit_notes", "visit_note", VerbNote, notes),
		table("visit_sites", "visit_site", VerbSite, sites), table("random_draws", "random_draw", VerbDraw, draws),
		table("findings", "finding", VerbFile, found), table("feedbacks", "feedback", VerbDraft, feedbacks),
		table("objections", "objection", VerbObject, objections)} {
		some, err := held.Verify(tx, t)
		if err != nil {
			return findings, err
		}
		findings = append(findings, some...)
	}
	for _, d := range draws {
		if !d.Repeated() {
			findings = append(findings, journal.Finding{Code: "draw.repeat", Table: "random_draws", Object: d.Object(),
				Column: "drawn", Actual: strings.Join(d.Drawn, "、")})
		}
	}
	some, err := people(tx, groups)
	if err != nil {
		return findings, err
	}
	more, err := photos(tx, notes)
	return slices.Concat(findings, some, more), err
}

// people are the groups whose people are not those of their rows.
func people(tx *db.Tx, groups []Group) (findings []journal.Finding, err error) {
	wrong := func(id, expected, actual string) {
		findings = append(findings, journal.Finding{Code: "row.derived", Table: "supervision_people",
			Object: "supervision_group/" + id, Column: "person_id", Expected: expected, Actual: actual})
	}
	for _, g := range groups {
		var want []string
		for _, m := range g.Members {
			if m.Person != "" {
				want = append(want, m.Person)
			}
		}
		slices.Sort(want)
		has, err := peopleOf(tx, g.ID)
		if err != nil {
			return findings, err
		}
		if !slices.Equal(want, has) {
			wrong(g.ID, strings.Join(want, " "), strings.Join(has, " "))
		}
	}
	lost, err := strays(tx)
	for _, id := range lost {
		wrong(id, "", id)
	}
	return findings, err
}

// photos are the notes whose photo is not the one that was sent.
func photos(tx *db.Tx, notes []Note) (findings []journal.Finding, err error) {
	for _, n := range notes {
		if n.Photo == "" {
			continue
		}
		files, err := evidence.Of(tx, n.Object())
		if err != nil {
			return findings, err
		}
		if !slices.ContainsFunc(files, func(f evidence.File) bool { return f.Digest == n.Photo }) {
			findings = append(findings, journal.Finding{Code: "row.derived", Table: "visit_notes", Object: n.Object(),
				Column: "photo", Expected: n.Photo})
		}
	}
	return findings, nil
}
