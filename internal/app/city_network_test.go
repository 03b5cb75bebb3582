package app_test

// What the districts of the tests have of the network: a member, a rule, an adjustment that was approved and a change
// of person.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/change"
	"yipanqi/internal/db"
	"yipanqi/internal/evidence"
	"yipanqi/internal/network"
)

// networked are what inputs about the network name.
var networked = map[string]string{
	"/adjustments id":    "adjustment",
	"/adjustments body":  "unit",
	"/changes id":        "post_change",
	"/adjustments code":  shared,
	"/adjustments file":  "evidence",
	"/network body":      "unit",
	"/rules body":        "unit",
	"/rules code":        "rule",
	"/rules rule":        "rule",
	"effective_on":       shared,
	"add":                shared,
	"seat":               shared,
	"short_name":         shared,
	"name_en":            shared,
	"clause":             shared,
	"takes":              shared,
	"line":               shared,
	"/adjustments units": shared,
	"for":                shared,
	"outgoing":           shared,
	"room":               shared,
	"changed_on":         shared,
	"same":               shared,
	"new":                shared,
	"both":               shared,
	"day":                shared,
	"gap":                shared,
	"in_force_on":        shared,
	"/changes person":    shared,
	"/adjustments title": shared,
}

func (c *twoDistricts) network(tx *db.Tx, d *district, digest string) {
	body, unit := d.staff[auth.Office].Posts[0].Unit, d.objects["unit"]
	_, _, err := network.PutMembership(tx, network.Membership{Body: body, Member: unit, Seat: network.MemberUnit,
		OpensOn: "2018-01-01", Basis: d.area.Name + "文件"})
	c.must(err)
	_, err = network.PutRule(tx, network.Rule{Code: "R" + d.area.Code, Version: 1, Body: body, Kind: "meeting",
		Title: d.area.Name + "会议制度", Text: "每年开两次会。", InForceOn: "2018-01-01"})
	c.must(err)
	d.objects["rule"] = "R" + d.area.Code
	office := d.staff[auth.Office]
	a, err := change.Draft(tx, office, change.Adjustment{Body: body, Title: d.area.Name + "职责调整",
		Basis: d.area.Name + "文件", EffectiveOn: "2099-01-01"})
	c.must(err)
	_, err = change.AddLine(tx, office, a.ID, 0, change.Line{Kind: "duty", From: []string{unit}, Text: "管统计"})
	c.must(err)
	_, err = evidence.Attach(tx, office, evidence.File{Object: a.Object(), Digest: digest, Name: "文件.xlsx"})
	c.must(err)
	_, _, err = change.Look(tx, office, a.ID, 0, nil)
	c.must(err)
	_, err = change.Approve(tx, d.staff[auth.CommitteeChief], a.ID, 0, nil)
	c.must(err)
	p, err := change.Report(tx, d.staff[auth.Leader], change.PostChange{Unit: unit, Role: auth.Liaison,
		Outgoing: d.staff[auth.Liaison].Name, Person: d.area.Name + "新联络员", Title: "科长",
		ChangedOn: tx.Today()}, change.Who{})
	c.must(err)
	d.objects["adjustment"], d.objects["post_change"] = a.ID, p.ID
}
