package app_test

// Registers of the two districts, with a record and a closed period in each, and a fault that somebody reported.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/directory"
	"yipanqi/internal/period"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
)

const club = `
code: club
name: 活动点
name_en: Clubs
privacy: P1
number: "{area}-{seq:4}"
parts:
  - {code: keeper, name: 填报单位, roles: [statistician, liaison, leader, office], above: true}
  - {code: owner, name: 确认单位, roles: [office], above: true}
fields:
  - {code: club_name, name: 名称, type: text, required: true}
  - {code: opened_on, name: 启用日期, type: date}
set: plain
measures:
  - {code: clubs, name: 活动点数, count: records, flow: opened_on, unit: 个}
list: {columns: [number, club_name, state, due], filters: [state], sort: club_name}
referral: {from: [draft], who: keeper, within: 3工作日}
raises: {text: club_name}
prints:
  - {code: card, name: 登记卡, boxes: [{label: 名称, field: club_name}]}
  - {code: all, name: 一览表, kind: list, boxes: [{label: 名称, field: club_name}]}
`

const spot = `
code: spot
name: 点位
name_en: Spots
privacy: P0
number: "{area}-S-{seq:4}"
parts:
  - {code: keeper, name: 填报单位, roles: [statistician]}
  - {code: owner, name: 确认单位, roles: [office], above: true}
fields:
  - {code: spot_name, name: 名称, type: text, required: true}
  - {code: location, name: 位置, type: point, required: true}
set: plain
list: {columns: [number, spot_name, state, due], sort: spot_name}
public: {columns: [spot_name, location], report: true}
`

// fault reports a fault of a spot that the district confirmed.
func (c *twoDistricts) fault(tx *db.Tx, d *district) {
	def, problems := register.Parse("spot.yaml", []byte(spot), register.Known{})
	c.must(problems.Check())
	_, err := record.Define(tx, def)
	c.must(err)
	r, err := record.Create(tx, d.staff[auth.Statistician], record.Draft{Register: "spot",
		Given: map[string]string{"spot_name": "点位", "location:lon": "118", "location:lat": "36"}})
	c.must(err)
	r, err = record.Take(tx, d.staff[auth.Statistician], r.ID, "submit", r.Edits, "", nil)
	c.must(err)
	r, err = record.Take(tx, d.staff[auth.Office], r.ID, "confirm", r.Edits, "", nil)
	c.must(err)
	f, err := directory.Report(tx, d.area.Code, "spot", r.Number, "other", d.area.Name+"的灯不亮")
	c.must(err)
	d.objects["fault"] = f.ID
}

// register keeps a record for the district's unit and closes a period of its office.
func (c *twoDistricts) register(tx *db.Tx, d *district) {
	def, problems := register.Parse("club.yaml", []byte(club), register.Known{})
	c.must(problems.Check())
	_, err := record.Define(tx, def)
	c.must(err)
	r, err := record.Create(tx, d.staff[auth.Statistician], record.Draft{Register: "club",
		Given: map[string]string{"club_name": d.area.Name + "活动点", "opened_on": "2017-05-01"}})
	c.must(err)
	year, err := period.Parse("2017")
	c.must(err)
	closed, err := record.Close(tx, d.staff[auth.Office], "club", year, d.area)
	c.must(err)
	d.objects["record"], d.objects["closing"] = r.ID, closed.ID
	other, err := record.Create(tx, d.staff[auth.Statistician], record.Draft{Register: "club",
		Given: map[string]string{"club_name": d.area.Name + "转办的活动点", "opened_on": "2017-05-01"}})
	c.must(err)
	offer, err := record.Refer(tx, d.staff[auth.Statistician], other.ID, other.Edits,
		d.staff[auth.Office].Posts[0].Unit, d.area.Name+"的")
	c.must(err)
	d.objects["referral"] = offer.ID
	c.fault(tx, d)
}
