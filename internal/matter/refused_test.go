package matter_test

// What is refused of matters, by the specification's list of bad input (oversight.md §4): each input with what is said.

import (
	"net/url"
	"testing"

	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/matter"
	"yipanqi/internal/web/webtest"
)

// What is asked too late, by the wrong person or without what it needs is refused and says why.
func TestWhatIsRefused(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		may(c, "office", func(x *tx, _ user) (made bool, err error) {
			for code, way := range map[string]int{"UP": 1, "DOWN": -1} {
				_, _, err := indicator.Put(x, indicator.Indicator{Code: code, Name: "指标" + code, Unit: "%",
					Direction: way})
				c.Must(err)
			}
			return true, nil
		})
		raise := func(change func(*matter.Draft)) func(*tx, user) (result, error) {
			return func(x *tx, by user) (result, error) {
				d := proposal()
				change(&d)
				return matter.Raise(x, by, d)
			}
		}
		for says, change := range map[string]func(*matter.Draft){
			"不能同时是配合单位":        func(d *matter.Draft) { d.Supporting = []string{"HEA", "EDU"} },
			"已经过了":             func(d *matter.Draft) { d.Items[0].Due = "2024-02-29" },
			"已于2020-01-01撤销":   func(d *matter.Draft) { d.Items[0].Unit = "OLD" },
			"没有代码为“NONE”的单位":   func(d *matter.Draft) { d.Lead = "NONE" },
			"最多40个字":           func(d *matter.Draft) { d.Title = d.Title + d.Title + d.Title + d.Title + d.Title },
			"请写明来源":            func(d *matter.Draft) { d.Sources = nil },
			"请选对应的指标":          func(d *matter.Draft) { d.NoIndicator = "" },
			"定了目标值，就要选对应的指标":   func(d *matter.Draft) { d.AimOperator = "ge" },
			"没有代码为“X/9”的目标":    func(d *matter.Draft) { d.Goal = "X/9" },
			"“2024-3-1”不是日期":   func(d *matter.Draft) { d.Items[0].Due = "2024-3-1" },
			"没有“soon”这个选项":     func(d *matter.Draft) { d.Urgency = "soon" },
			"没有“会议纪要”这个选项，可选：": func(d *matter.Draft) { d.Sources[0].Kind = "会议纪要" },
			"上升为好，目标不能是不高于": func(d *matter.Draft) {
				d.Indicator, d.AimOperator, d.AimValue, d.AimPeriod = "UP", "le", "85", "2025"
			},
			"下降为好，目标不能是不低于": func(d *matter.Draft) {
				d.Indicator, d.AimOperator, d.AimValue, d.AimPeriod = "DOWN", "ge", "85", "2025"
			},
			"请填数字": func(d *matter.Draft) {
				d.Indicator, d.AimOperator, d.AimValue, d.AimPeriod = "UP", "ge", "八成", "2025"
			},
		} {
			refused(c, "office", errs.Invalid, says, raise(change))
		}
		refused(c, "edu", errs.Denied, "", raise(func(*matter.Draft) {}))
		refused(c, "north", errs.Denied, "", raise(func(d *matter.Draft) { d.Area = "990000" }))

		m := c.started("2024-03-20", "")
		extend := func(x *tx, by user) (result, error) { return matter.Extend(x, by, id(m), "2024-04-01", "等材料") }
		refused(c, "edu-head", errs.Invalid, "现在的期限之后", func(x *tx, by user) (result, error) {
			return matter.Extend(x, by, id(m), "2024-03-15", "等材料")
		})
		c.On("2024-03-19")
		may(c, "edu-head", extend)
		refused(c, "edu-head", errs.Conflict, "已经提出", extend)
		grant := func(day string) func(*tx, user) (result, error) {
			return func(x *tx, by user) (result, error) { return matter.Grant(x, by, id(m), day) }
		}
		refused(c, "office", errs.Invalid, "现在的期限之后", grant("2024-03-20"))
		c.On("2024-03-21")
		refused(c, "office", errs.Invalid, "今天或以后", grant("2024-03-20"))
		may(c, "office", func(x *tx, by user) (result, error) { return matter.Refuse(x, by, id(m), "抓紧") })
		refused(c, "edu-head", errs.Conflict, "按逾期办理", extend)
		refused(c, "office", errs.Conflict, "需上级政策", func(x *tx, by user) (result, error) {
			return matter.Suspend(x, by, id(m), "2024-05-01", "等政策")
		})
		refused(c, "office", errs.Conflict, "刚刚有人办理过", func(x *tx, by user) (result, error) {
			return matter.Urge(x, by, matter.At{ID: m.Items[0].ID, Version: 3}, "", "", "")
		})
		refused(c, "edu-head", errs.Invalid, "请先附上至少一份佐证材料", func(x *tx, by user) (result, error) {
			return matter.Report(x, by, id(m), matter.DoneReport{Result: "已办"})
		})
		c.reported(m)
		check := func(x *tx, by user) (result, error) {
			return matter.Recheck(x, by, id(m), matter.Check{Way: "papers", LookedAt: "台账", Reason: "核对过",
				Judgement: matter.Done})
		}
		for _, who := range []string{"edu", "edu-head"} { // the owner's unit, and who wrote the report
			refused(c, who, errs.Denied, "请交办的妇儿工委办、委员会负责人或请来的别的单位复核", check)
		}
		refused(c, "office", errs.Denied, "不再适用", func(x *tx, by user) (result, error) {
			return matter.Recheck(x, by, id(m), matter.Check{Way: "papers", LookedAt: "台账", Reason: "撤了",
				Judgement: matter.Obsolete})
		})
		refused(c, "office", errs.Invalid, "此项必填", func(x *tx, by user) (result, error) {
			return matter.Recheck(x, by, id(m), matter.Check{Way: "site", LookedAt: "现场", Reason: "看过",
				Judgement: matter.Done})
		})
		refused(c, "office", errs.Invalid, "别的单位", func(x *tx, by user) (result, error) {
			return matter.Entrust(x, by, id(m), "EDU")
		})
		planned := c.started("2024-04-30", matter.Phased) // its step is not marked done
		c.reported(planned)
		refused(c, "office", errs.Invalid, "还有措施没有标明完成", func(x *tx, by user) (result, error) {
			return matter.Recheck(x, by, id(planned), matter.Check{Way: "papers", LookedAt: "台账", Reason: "核对过",
				Judgement: matter.Done})
		})
		c.alike()
		c.verifies()
	})
}

// alike: of an open item about the same indicator, unit and area the form says so, for a new matter as for a draft;
// what was typed is kept, and who knows of it raises the second one all the same.
func (c *city) alike() {
	t := c.T
	t.Helper()
	d := proposal()
	d.Indicator, d.NoIndicator, d.Items[0].Due = "UP", "", "2024-06-28"
	c.raised(d)
	draft := may(c, "office", func(x *tx, by user) (result, error) { return matter.KeepDraft(x, by, d) })
	form := url.Values{"title": {"又一件"}, "problem": {"同一指标（模拟）"}, "source": {"decision"},
		"source_on": {"2024-03-01"}, "lead": {"EDU"}, "indicator": {"UP"}, "aim": {"达到目标"},
		"items[1.unit]": {"EDU"}, "items[1.text]": {"同一件"}}
	known := url.Values{"anyway": {"true"}}
	for name, text := range form {
		known[name] = text
	}
	s := newSite(c)
	s.Run(t,
		webtest.Scenario{As: "office", Path: "/matters", Form: form, Status: 422,
			Contains: []string{"是同一个单位、地区和指标", "又一件"}},
		webtest.Scenario{As: "office", Path: "/matters", Form: known, Status: 303},
		webtest.Scenario{As: "office", Path: draft.URL() + "/raise", Form: url.Values{"version": {"0"}}, Status: 422,
			Contains: []string{"是同一个单位、地区和指标", `name="anyway"`}},
		webtest.Scenario{As: "office", Path: draft.URL() + "/raise", Status: 303,
			Form: url.Values{"anyway": {"true"}, "version": {"0"}}})
}
