package network_test

// Members on a day, how many there are said to be, earlier names, duties and rules with their versions.

import (
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

func TestMembersOnADay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		update(t, d, func(tx *db.Tx) error {
			city := put(tx, t, network.Area{Code: "C", Level: "city"})
			for i, code := range []string{"WCC", "A", "B", "O"} {
				if _, err := network.PutUnit(tx, network.Unit{Code: code, Name: "单位" + code, Kind: "dept",
					AreaID:  city.ID,
					OpensOn: "2000-01-01", Position: i}); err != nil {
					return err
				}
			}
			seat := func(member string, s network.Seating, opens, closes string) error {
				_, _, err := network.PutMembership(tx, network.Membership{Body: "WCC", Member: member, Seat: s,
					OpensOn:  opens,
					ClosesOn: closes, Basis: "文件"})
				return err
			}
			for _, err := range []error{seat("A", network.MemberUnit, "2010-01-01", "2020-01-01"),
				seat("A", network.ViceUnit, "2020-01-01", ""), seat("B", network.MemberUnit, "2010-01-01", ""),
				seat("O", network.Observer, "2010-01-01", "")} {
				if err != nil {
					return err
				}
			}
			for what, err := range map[string]error{"two seats": seat("A", network.MemberUnit, "2021-01-01", ""),
				"its own member": seat("WCC", network.MemberUnit, "2010-01-01", ""),
				"no seat":        seat("B", "chair", "2009-01-01", "2009-02-01"),
				"turned days":    seat("B", network.MemberUnit, "2009-01-01", "2008-01-01")} {
				if kind := errs.KindOf(err); kind != errs.Invalid && kind != errs.Conflict {
					t.Errorf("%s: %v", what, err)
				}
			}
			if _, err := network.PutDeclared(tx, network.Declared{Body: "WCC", OpensOn: "2018-01-01", Members: 36,
				Basis: "总结"}); err != nil {
				return err
			}
			for day, want := range map[string][3]int{"2009-12-31": {0, 0, 0}, "2015-01-01": {0, 2, 2},
				"2020-01-01": {36, 2, 2}} {
				c, err := network.ReadCouncil(tx, "WCC", day)
				if got := [3]int{c.Declared, c.Listed, c.Vacant - boolInt(len(c.Members) > c.Listed)}; err != nil ||
					got != want {
					t.Errorf("on %s: %v, %v; want %v", day, got, err, want)
				}
			}
			if c, err := network.ReadCouncil(tx, "WCC", "2020-01-01"); err != nil || c.Members[0].Member != "A" ||
				c.Members[0].Seat != network.ViceUnit {
				t.Errorf("the vice unit does not stand first: %+v, %v", c.Members, err)
			}
			return network.Renamed(tx, "B", "新单位", "", "New", "2022-01-01")
		})
		update(t, d, func(tx *db.Tx) error {
			for day, want := range map[string]string{"2021-12-31": "单位B", "2022-01-01": "新单位"} {
				if u, err := network.UnitOn(tx, "B", day); err != nil || u.Name != want {
					t.Errorf("on %s: %s, %v", day, u.Name, err)
				}
			}
			return nil
		})
	})
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestDutiesAndRulesAreDated(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		update(t, d, func(tx *db.Tx) error {
			city := put(tx, t, network.Area{Code: "C", Level: "city"})
			if _, err := network.PutUnit(tx, network.Unit{Code: "A", Name: "甲局", Kind: "dept", AreaID: city.ID,
				OpensOn: "2000-01-01"}); err != nil {
				return err
			}
			duties := []network.UnitDuty{{Unit: "A", OpensOn: "2010-01-01", Text: "旧", Basis: "文"},
				{Unit: "A", OpensOn: "2020-01-01", Text: "新", Basis: "文"}}
			rules := []network.Rule{{Code: "R", Version: 1, Body: "A", Kind: "meeting", Title: "会议制度", Text: "一",
				InForceOn: "2010-01-01"}, {Code: "R", Version: 2, Body: "A", Kind: "meeting", Title: "会议制度",
				Text:      "二",
				InForceOn: "2020-01-01"}}
			for i, want := range []bool{true, false} {
				for _, one := range duties {
					if changed, err := network.PutDuty(tx, one); err != nil || changed != want {
						t.Errorf("duty, time %d: %t, %v", i+1, changed, err)
					}
				}
				for _, one := range rules {
					if changed, err := network.PutRule(tx, one); err != nil || changed != want {
						t.Errorf("rule, time %d: %t, %v", i+1, changed, err)
					}
				}
			}
			for day, want := range map[string]string{"2009-01-01": "", "2019-12-31": "旧", "2020-01-01": "新"} {
				if all, err := network.AllDuties(tx, day); err != nil || all["A"].Text != want {
					t.Errorf("duty on %s: %q, %v", day, all["A"].Text, err)
				}
			}
			versions, err := network.RulesOf(tx, "R")
			if len(versions) != 2 || versions[1].RepealedOn != "2020-01-01" || !versions[0].InForce("2020-01-01") ||
				versions[1].InForce("2020-01-01") {
				t.Errorf("versions are %+v", versions)
			}
			if _, err := network.PutRule(tx, network.Rule{Code: "R", Body: "A", Kind: "meeting", Title: "会议制度",
				Text:      "三",
				InForceOn: "2015-01-01"}); errs.KindOf(err) != errs.Invalid {
				t.Errorf("a version before the last: %v", err)
			}
			return err
		})
	})
}
