package change_test

// The pages of adjustments and of changes of persons, and who sees what of them.

import (
	"net/url"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/change"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

func (c *city) site() *webtest.Site {
	m := web.NewMux(web.Config{DB: c.d, Committed: func() {}, User: account.UserOf})
	change.Routes(m, func() module.List { return module.List{{Holds: holds()}} })
	return &webtest.Site{Handler: m.Handler(), DB: c.d, People: map[string]auth.User{"office": c.office,
		"chief": c.chief, "leader": c.leader}}
}

func TestPagesOfChanges(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.site()
		c.must(c.update(func(tx *db.Tx) error {
			s.People["culture"] = c.hire(tx, "文化联络员", "CUL", auth.Liaison)
			return nil
		}))
		a := c.draft(join)
		c.newUnit(a, true)
		at := a.URL()
		s.Run(t,
			webtest.Scenario{As: "office", Path: "/adjustments", JSON: true,
				Contains: []string{`"adjustments":[{"id":"`,
					`"number":"","title":"2024年机构改革","state":"draft","lamp":"grey","due":"2024-03-31"`,
					`"total":1`}},
			webtest.Scenario{As: "leader", Path: "/adjustments", Contains: []string{"没有成员单位调整"},
				NotContains: []string{"2024年机构改革"}},
			webtest.Scenario{As: "leader", Path: at, Status: 404},
			webtest.Scenario{As: "office", Path: "/adjustments/new", Contains: []string{"市妇儿工委", "生效日"}},
			webtest.Scenario{As: "office", Path: at, Contains: []string{"加入", "市医保局", "＋合并", "预演",
				"文件.pdf"}},
			webtest.Scenario{As: "office", Path: at + "?add=merge", Contains: []string{"原单位", "市卫生健康局",
				"增加这一行"}},
			webtest.Scenario{As: "office", Path: at + "?add=unit", Contains: []string{"新设的单位从生效日起存在"}},
			webtest.Scenario{As: "office", Path: at + "/lines/merge", Form: url.Values{"version": {c.version(a.ID)},
				"from": {"HEA"}}, Status: 422, Contains: []string{"须选一个新单位"}},
			webtest.Scenario{As: "office", Path: at + "/lines/merge", Form: url.Values{"version": {c.version(a.ID)},
				"from": {"HEA", "FPB"}, "to": {"HCM"}, "takes": {"goal", "measure"}}, Status: 303, Location: at},
			webtest.Scenario{As: "office", Path: at, Contains: []string{"2项无人承接", "主要负责的目标", "岗位和账号",
				"卫生局长"}},
		)
		s.Run(t,
			webtest.Scenario{As: "office", Path: at + "/shares", Form: url.Values{"version": {c.version(a.ID)},
				"line":             {"2"},
				"units[indicator]": {"HCM"}, "units[indicator indicator/I2]": {"STA"}}, Status: 303, Location: at},
		)
		s.Run(t,
			webtest.Scenario{As: "office", Path: at + "/preview", Form: url.Values{"version": {c.version(a.ID)}},
				Status:   303,
				Location: at},
			webtest.Scenario{As: "chief", Path: at, Contains: []string{"批准后，2024-03-31零点由系统一次办成",
				"→ 市统计局"},
				NotContains: []string{"＋合并"}},
		)
		s.Run(t,
			webtest.Scenario{As: "chief", Method: "POST", Path: at + "/approve",
				Body:     `{"version":` + c.version(a.ID) + `}`,
				Contains: []string{`"state":"approved"`, `"number":"成员调整〔2024〕1号"`}},
			webtest.Scenario{As: "leader", Path: at, Contains: []string{"已批准，待生效"},
				NotContains: []string{"撤销这项调整"}},
			webtest.Scenario{As: "culture", Path: at, Contains: []string{"已批准，待生效", "市医保局"},
				NotContains: []string{"卫生局长", "指标I2", "起草"}},
			webtest.Scenario{As: "culture", Path: at, JSON: true,
				Contains:    []string{`"state":"approved"`, `"counts":{}`},
				NotContains: []string{"卫生局长", "indicator/I2", `"verb":"adjustment.draft"`}},
			webtest.Scenario{As: "office", Path: at, JSON: true, Contains: []string{"卫生局长", "indicator/I2",
				`"verb":"adjustment.draft"`}},
			webtest.Scenario{As: "leader", Path: "/adjustments?format=csv",
				Contains: []string{"2024年机构改革,成员调整〔2024〕1号"}},

			webtest.Scenario{As: "leader", Path: "/changes", Contains: []string{"没有人员变动", "报告人员变动"}},
			webtest.Scenario{As: "leader", Path: "/changes/new", Contains: []string{"市卫生局", "接任人姓名"},
				NotContains: []string{"市计生局"}},
			webtest.Scenario{As: "leader", Path: "/changes", Form: url.Values{"unit": {"HEA"}, "role": {"liaison"},
				"person": {"新人"}, "changed_on": {"2024-03-01"}}, Status: 422, Contains: []string{"此项必填"}},
			webtest.Scenario{As: "leader", Method: "POST", Path: "/changes",
				Body: `{"unit":"HEA","role":"liaison","person":"新人",
				"title":"科长","changed_on":"2024-01-01"}`, Contains: []string{`"late":true`, `"state":"reported"`}},
			webtest.Scenario{As: "office", Path: "/changes", Contains: []string{"按期报告 0 / 1", "迟报", "新人"}},
			webtest.Scenario{As: "office", Path: "/changes?format=csv", Contains: []string{"市卫生局",
				"卫生联络员,新人"}},
		)
	})
}

func (c *city) version(id string) (text string) {
	c.view(func(tx *db.Tx) (err error) {
		text, err = db.Value[string](tx, `SELECT CAST(version AS TEXT) FROM adjustments WHERE id = $1`, id)
		return err
	})
	return text
}
