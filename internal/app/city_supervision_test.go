package app_test

// What the two districts supervise: a group of their own people, its visit to a street, a note, a finding, the letter
// to the street and an objection to it.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/network"
	"yipanqi/internal/supervision"
)

// supervised are what inputs about supervision name.
var supervised = map[string]string{
	"/visits id": "visit", "visit": "visit", "/visits group": "supervision_group", "/visit-notes id": "visit_note",
	"/supervision/groups/{id} id": "supervision_group", "/supervision/groups/{id}/edit id": "supervision_group",
	"/findings id": "finding", "/feedbacks id": "feedback", "/objections id": "objection",
	"/visits/{id}/choose note": "visit_note", "/visits/{id}/sites record": "record", "/visits/{id}/notes item": shared,
	"agenda": shared, "at": shared, "cause_kind": shared,
	"changes": shared, "chosen": shared, "/visits list": shared, "explanation": shared, "findings": shared,
	"government": shared,
	"found":      shared, "half": shared, "hasty": shared, "lacks": shared, "method": shared,
	"n": shared, "no_minors": shared, "oral_feedback": shared, "own_id": shared, "plan_due": shared,
	"says": shared, "seed": shared, "trained_on": shared, "unannounced": shared,
}

// supervise gives a district one of each.
func (c *twoDistricts) supervise(tx *db.Tx, d *district) {
	office, head := d.staff[auth.Office], d.staff[auth.Leader]
	street, err := network.AreaByCode(tx, d.area.Code+"001", "")
	c.must(err)
	for _, kind := range []string{"government", "committee"} {
		_, err := network.PutLabel(tx, network.Label{Kind: "unit_kind", Code: kind, Name: kind})
		c.must(err)
		c.unit(tx, kind+d.area.Code, d.area.Name+"的街道"+kind, kind, street)
	}
	g := supervision.Group{Title: d.area.Name + "督导组", Areas: []string{street.Code}, TrainedOn: tx.Today(),
		Lacks: d.area.Name + "缺人", Members: []supervision.Member{{Person: head.ID, Kind: "unit_leader",
			Part: "head"}}}
	for _, role := range []string{auth.Office, auth.Liaison, auth.Statistician, auth.CommitteeChief} {
		g.Members = append(g.Members, supervision.Member{Person: d.staff[role].ID, Kind: "unit_staff"})
	}
	g.Members = append(g.Members, supervision.Member{Person: d.staff[auth.Outsider].ID, Kind: "expert"})
	desk := supervision.Desk{}
	g, err = desk.Form(tx, office, g)
	c.must(err)
	v, err := desk.Plan(tx, office, supervision.Planning{Group: g.ID, Area: street.Code, OnDay: tx.Today(),
		Methods: []string{"files"}, Unannounced: true})
	c.must(err)
	n, _, err := supervision.AddNote(tx, head, v.ID, supervision.Jotting{OwnID: "own-id-" + d.area.Code, Kind: "file",
		Item: "plan", Found: "partly", Text: d.area.Name + "缺一份"})
	c.must(err)
	f, err := supervision.File(tx, d.staff[auth.Liaison], v.ID, supervision.Finding{Kind: "problem",
		Text: d.area.Name + "缺一份规划", Clause: d.area.Name + "的办法", Weight: "slight",
		Evidence: []string{n.Object()}})
	c.must(err)
	v, err = supervision.Get(tx, v.ID)
	c.must(err)
	_, err = supervision.Finish(tx, head, v.ID, v.Version, supervision.Finishing{Present: d.area.Name + "的人",
		OralFeedback: d.area.Name + "要补"})
	c.must(err)
	_, err = supervision.Confirm(tx, head, f.ID, f.Version)
	c.must(err)
	_, err = supervision.Show(tx, office, v.ID)
	c.must(err)
	c.must(tx.Exec(`UPDATE findings SET answer_due = '2000-01-01' WHERE id = $1`, f.ID)) // the street said nothing
	b, err := supervision.DraftFeedback(tx, office, v.ID, supervision.Drafting{})
	c.must(err)
	objection := db.NewID()
	c.must(tx.Exec(`INSERT INTO objections (id, feedback_id, group_id, office, office_path, area_id, area_path,
		findings, reason, person_id, person, filed_on, due_on, verdict, explanation, changes, decider_id, decider,
		decided_on, state, version, updated_by, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, '[]', $8, '', $8, $9,
			$9,
		'', '', '{}', '', '', '', 'filed', 1, $8, $10)`, objection, b.ID, g.ID, g.Office, g.AreaPath, street.ID,
		street.Path, d.area.Name+"有异议", tx.Today(), tx.Now))
	d.objects["supervision_group"], d.objects["visit"], d.objects["visit_note"] = g.ID, v.ID, n.ID
	d.objects["finding"], d.objects["feedback"], d.objects["objection"] = f.ID, b.ID, objection
}
