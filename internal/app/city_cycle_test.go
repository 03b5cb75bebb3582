package app_test

// A reporting cycle of each district of the city whose pages are asked for by people of another one. No test itself.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/cycle"
	"yipanqi/internal/db"
)

// plan has a district's office plan a cycle of its own, as far as the district's people see it.
func (c *twoDistricts) plan(tx *db.Tx, d *district) {
	y, err := cycle.Plan(tx, d.staff[auth.Office], cycle.Cycle{Year: 2019, Title: d.area.Name + "监测周期",
		Lead: d.objects["unit"], Forms: []string{"PME"}, Basis: d.area.Name + "的制度", OpensOn: "2020-01-10",
		Due: []cycle.Due{{Level: d.area.Level, On: "2020-03-31"}}})
	c.must(err)
	_, err = cycle.Train(tx, d.staff[auth.Office], y.ID, y.Version, d.area.Name+"不培训")
	c.must(err)
	d.objects["cycle"] = y.ID
}
