package app_test

// What the two districts keep of their indicator systems: a record of missing data, a link, a duty, a revision that was
// put to the district's unit.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/revision"
)

// revise gives a district one of each.
func (c *twoDistricts) revise(tx *db.Tx, d *district) {
	office, unit := d.staff[auth.Office], d.objects["unit"]
	r, err := revision.OpenRecord(tx, office, revision.Opened{Indicator: "RATE", Since: "2018", Cause: "no_source",
		Owner: unit, DueOn: "2099-12-31"})
	c.must(err)
	r, err = revision.Answer(tx, office, r.ID, r.Version, revision.VerbPlan, revision.Said{Plan: d.area.Name +
		"找婚检率"})
	c.must(err)
	l, err := revision.PutLink(tx, office, revision.Link{Local: "RATE", Level: revision.National,
		Upper: d.area.Name + "的国家婚检率", UpperUnit: "%", Relation: revision.Same})
	c.must(err)
	u, err := revision.PutDuty(tx, office, revision.Duty{Element: "EXAMINED", Unit: unit, Should: true,
		Now:      revision.No,
		Obstacle: d.area.Name + "没有分"})
	c.must(err)
	v, err := revision.Begin(tx, office, d.area.Name+"修订指标", d.objects["plan"], d.area.Name+"要改")
	c.must(err)
	v, err = revision.Propose(tx, office, v.ID, v.Version, revision.Proposal{Indicator: "RATE", Action: revision.Rename,
		Evidence: d.area.Name + "的叫法", Effective: "2099"}, revision.Definition{Name: d.area.Name + "婚检率"})
	c.must(err)
	v, err = revision.Consult(tx, office, v.ID, v.Version, revision.Asked{Units: []string{unit}, DueOn: tx.Today(),
		Reviewer: office.Posts[0].ID})
	c.must(err)
	d.objects["nodata"], d.objects["link"], d.objects["duty"], d.objects["revision"] = r.ID, l.ID, u.ID, v.ID
}
