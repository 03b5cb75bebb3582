package cli_test

// What the tampered city has of supervision: a group, a visit with notes, places and a draw, a finding, the letter to
// the area and an objection.

import (
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/supervision"
)

// supervise makes one of each.
func supervise(t *testing.T, a *app.App, tx *db.Tx, office auth.User) {
	t.Helper()
	const district = "110102"
	area, err := network.AreaByCode(tx, district, "")
	must(t, err)
	for code, kind := range map[string]string{"X-GOV": "district_government"} {
		_, err := network.PutUnit(tx, network.Unit{Code: code, Name: code + "（模拟）", ShortName: code, Kind: kind,
			AreaID: area.ID, OpensOn: "2010-01-01"})
		must(t, err)
	}
	head, _, _ := hire(t, a, tx, "BJ-MZJ", auth.Leader)
	chief, _, _ := hire(t, a, tx, "X-GOV", auth.Leader)
	g, err := supervision.Desk{}.Form(tx, office, supervision.Group{Title: "督导组（模拟）", Areas: []string{district},
		Lacks: "缺人（模拟）", TrainedOn: tx.Today(),
		Members: []supervision.Member{{Person: head.ID, Kind: "unit_leader", Part: "head"}}})
	must(t, err)
	v, err := supervision.Desk{}.Plan(tx, office, supervision.Planning{Group: g.ID, Area: district, OnDay: tx.Today(),
		Methods: []string{"files"}, Unannounced: true})
	must(t, err)
	n, _, err := supervision.AddNote(tx, head, v.ID, supervision.Jotting{OwnID: "own-id-0001", Kind: "file",
		Item: "plan", Found: "partly", Text: "缺一份（模拟）"})
	must(t, err)
	_, err = supervision.DrawSites(tx, head, v.ID, []string{"甲（模拟）", "乙（模拟）"}, 1, "school", "")
	must(t, err)
	f, err := supervision.File(tx, office, v.ID, supervision.Finding{Kind: "practice", Text: "有一份（模拟）",
		Evidence: []string{n.Object()}})
	must(t, err)
	v, err = supervision.Get(tx, v.ID)
	must(t, err)
	_, err = supervision.Finish(tx, head, v.ID, v.Version, supervision.Finishing{Present: "人（模拟）",
		OralFeedback: "要补（模拟）"})
	must(t, err)
	_, err = supervision.Confirm(tx, head, f.ID, f.Version)
	must(t, err)
	shown, err := supervision.Show(tx, office, v.ID)
	must(t, err)
	_, err = supervision.Answer(tx, chief, f.ID, shown[0].Version, "agrees", "")
	must(t, err)
	b, err := supervision.DraftFeedback(tx, office, v.ID, supervision.Drafting{})
	must(t, err)
	b, err = supervision.Consent(tx, head, b.ID, b.Version)
	must(t, err)
	colleague, _, _ := hire(t, a, tx, "BJ-WCCO", auth.Office)
	director, key, _ := hire(t, a, tx, "BJ-WCC", auth.CommitteeChief)
	l, err := letter.Get(tx, strings.TrimPrefix(b.Letter, "letter/"))
	must(t, err)
	text, _, err := letter.Preview(tx, l, "")
	must(t, err)
	l, err = letter.Check(tx, colleague, l.ID, l.Version, text.Digest, "")
	must(t, err)
	l, err = letter.Sign(tx, director, l.ID, text.Digest, key)
	must(t, err)
	l, err = letter.Issue(tx, office, l.ID, l.Version, supervision.Blocks)
	must(t, err)
	_, err = letter.Receive(tx, chief, l.ID, l.InForce)
	must(t, err)
	_, err = supervision.Object(tx, chief, b.ID, []string{f.ID}, "有异议（模拟）")
	must(t, err)
}
