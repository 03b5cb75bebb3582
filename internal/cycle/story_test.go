package cycle_test

// One year of reporting as oversight.md §11 tells it, its steps by their numbers: from last year's cycle to the
// published report. Steps 4 to 6, 8 to 10, 13 and 14 are single reports' and tested where they live.

import (
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/cycle"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/letter"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/submission"
)

// year2022 is last year's cycle as planned.
func year2022() cycle.Cycle {
	return cycle.Cycle{Year: 2022, Title: "2022年度统计监测", Lead: "STA",
		Forms: []string{"EDU-A", "HEA-A", "CUL-A", "D-A"}, Basis: "示范统制〔2021〕1号",
		Contact: "统计局社会科", OpensOn: "2023-01-22",
		Due: []cycle.Due{{Level: "city", On: "2023-03-31"}, {Level: "district", On: "2023-04-15"}}}
}

type stepOf func(tx *db.Tx, by auth.User, id string, version int64) (cycle.Cycle, error)

func TestAYearOfReporting(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		var y cycle.Cycle
		numbered := func(name string, do func()) {
			t.Run(name, func(t *testing.T) {
				was := c.t
				c.t = t
				defer func() { c.t = was }()
				do()
				if text := c.verified(); text != "" {
					t.Errorf("an honest cycle has findings:\n%s", text)
				}
			})
			if t.Failed() {
				t.FailNow()
			}
		}
		step := func(as string, s stepOf) func(*db.Tx) (cycle.Cycle, error) {
			return func(tx *db.Tx) (cycle.Cycle, error) { return s(tx, c.people[as], y.ID, y.Version) }
		}
		edited := func(as string, change func(*cycle.Cycle)) func(*db.Tx) (cycle.Cycle, error) {
			now := y
			change(&now)
			return func(tx *db.Tx) (cycle.Cycle, error) { return cycle.Edit(tx, c.people[as], now) }
		}
		training := func(why string) stepOf {
			return func(tx *db.Tx, by auth.User, id string, version int64) (cycle.Cycle, error) {
				return cycle.Train(tx, by, id, version, why)
			}
		}
		numbered("1 a cycle from last year's, one form expired and replaced", func() {
			refused(c, errs.Denied, "第一个监测周期由妇儿工委办建立", func(tx *db.Tx) (cycle.Cycle, error) {
				return cycle.Plan(tx, c.people["STA stat"], year2022())
			})
			last := done(c, func(tx *db.Tx) (cycle.Cycle, error) {
				return cycle.Plan(tx, c.people["office"], year2022())
			})
			refused(c, errs.Missing, "没有找到这个监测周期", func(tx *db.Tx) (cycle.Cycle, error) {
				return cycle.Copy(tx, c.people["EDU stat"], last.ID) // not announced yet
			})
			y = done(c, func(tx *db.Tx) (cycle.Cycle, error) { return cycle.Copy(tx, c.people["STA stat"], last.ID) })
			if y.Year != 2023 || y.Title != "2023年度统计监测" || y.DueOn("city") != "2024-03-31" ||
				y.OpensOn != "2024-01-22" {
				t.Fatalf("the copy is %+v", y)
			}
			refused(c, errs.Conflict, "不必再复制", func(tx *db.Tx) (cycle.Cycle, error) {
				return cycle.Copy(tx, c.people["office"], last.ID)
			})
			refused(c, errs.Invalid, "“CUL-A表”有效期至2022-12-31，不能用于2023年",
				edited("STA stat", func(y *cycle.Cycle) { y.Contact = "统计局" }))
			refused(c, errs.Conflict, "还不能起草通知", step("office", cycle.Notify))
			c.seen("office", y.URL()+"/edit", true, "这些报表已过有效期", "CUL-A表")
			y = done(c, edited("STA stat", func(y *cycle.Cycle) {
				y.Forms = []string{"EDU-A", "HEA-A", "CUL-B", "D-A"}
			}))
		})
		numbered("2 notice, and a training that not all came to", func() {
			refused(c, errs.Invalid, "还没有关联培训会", step("office", training("")))
			refused(c, errs.Denied, "没有这项权限", step("STA stat", cycle.Notify))
			y = done(c, step("office", cycle.Notify))
			refused(c, errs.Conflict, "已经起草过了", step("office", cycle.Notify))
			l := done(c, func(tx *db.Tx) (letter.Letter, error) {
				return letter.Get(tx, strings.TrimPrefix(y.Notice, "letter/"))
			})
			if !slices.Equal(l.Main, []string{"CUL", "EDU", "HEA", "D1O", "D2O"}) {
				t.Errorf("the notice goes to %v", l.Main)
			}
			for _, part := range []string{"示范统制〔2021〕1号", "2024年3月31日前报送", "EDU-A表", "2024年4月15日",
				"统计负责人、单位负责人先后签字", "示范市EDU局：EDU stat（统计负责人），EDU head（单位负责人）。", "统计局社会科"} {
				if !strings.Contains(l.Body, part) {
					t.Errorf("the notice does not say %q:\n%s", part, l.Body)
				}
			}
			c.issues(y.Notice)
			m := c.announces("training", "统计培训", "2024-01-19 14:00", "EDU", "HEA", "CUL")
			plain := c.announces("work", "工作会", "2024-01-18 14:00", "EDU")
			refused(c, errs.Invalid, "不是培训会", edited("office", func(y *cycle.Cycle) {
				y.Trainings = []string{plain.Object()}
			}))
			y = done(c, edited("office", func(y *cycle.Cycle) { y.Trainings = []string{m.Object()} }))
			refused(c, errs.Conflict, "还没有开", step("office", training("")))
			came := append(c.comes(m, "EDU"), c.comes(m, "HEA")[0])
			c.on("2024-01-19 17:00")
			c.holds(m, came...)
			y = done(c, step("STA stat", training("")))
			lines := c.lines(y, "office")
			people := done(c, func(tx *db.Tx) ([]cycle.Trainee, error) { return y.Trainees(tx, lines) })
			var without []string
			for _, p := range people {
				if p.On == "" {
					without = append(without, p.Person)
				}
			}
			slices.Sort(without)
			want := []string{"CUL head", "CUL stat", "D1O head", "D1O stat", "D2O head", "D2O stat", "HEA head"}
			if len(people) != 10 || !slices.Equal(without, want) {
				t.Errorf("of %d people %v were not trained, want %v of 10", len(people), without, want)
			}
			c.seen("office", y.URL(), true, "已受训3/10人", "没有受训的人照样可以填报和签字")
		})
		numbered("3 the forms open", func() {
			refused(c, errs.Conflict, "开放日是2024-01-22，还没有到", step("STA stat", cycle.Start))
			c.on("2024-01-22 09:00")
			before := done(c, func(tx *db.Tx) (submission.Submission, error) { // as the calendar's file would
				f, err := form.ByCode(tx, "EDU-A")
				c.must(err)
				unit, err := network.UnitByCode(tx, "EDU")
				c.must(err)
				root, err := network.Root(tx)
				c.must(err)
				s, _, err := submission.Open(tx, journal.System, submission.Owed{Form: f, Unit: unit, Area: root,
					Period: y.Period(), DueOn: f.DueOn(y.Period())})
				return s, err
			})
			refused(c, errs.Denied, "没有这项权限", step("EDU liaison", cycle.Start))
			refused(c, errs.Denied, "须由妇儿工委办或牵头的统计单位办理", step("EDU stat", cycle.Start))
			y = done(c, step("STA stat", cycle.Start))
			refused(c, errs.Conflict, "不能办“开放填报”", step("office", cycle.Start))
			c.seen("office", y.URL(), true, "已下达3/5份，其余正在后台下达")
			for _, left := range []int{2, 1, 0} { // the rest follows by itself; a day that moves counts too
				if n := len(c.undone(y)); n != left {
					t.Errorf("%d reports are not asked for, want %d", n, left)
				}
				done(c, func(tx *db.Tx) (bool, error) {
					e := journal.Entry{Object: y.Object(), Verb: cycle.VerbGoOn}
					return true, cycle.Module().After[0].Run(tx, e)
				})
			}
			c.told([]string{"CUL", "EDU", "HEA", "D1O", "D2O"})
			lines := c.lines(y, "office")
			if len(lines) != 5 {
				t.Fatalf("%d reports are owed, want 5: %+v", len(lines), lines)
			}
			for _, l := range lines {
				if want := y.DueOn(l.Level); l.DueOn != want || l.State != submission.Draft {
					t.Errorf("%s of %s is %s, due %s; want a draft due %s", l.Form, l.Unit, l.State, l.DueOn, want)
				}
			}
			if id := c.report(y, "EDU", "EDU-A"); id != before.ID {
				t.Errorf("what was open already is asked for twice: %s and %s", before.ID, id)
			}
			if own := c.lines(y, "EDU stat"); len(own) != 1 || own[0].Unit != "EDU" {
				t.Errorf("a unit sees %+v, want its own report alone", own)
			}
			if own := c.lines(y, "D1O office"); len(own) != 1 || own[0].Area != "990101" {
				t.Errorf("a district sees %+v, want its own area's alone", own)
			}
		})
		numbered("7 two are late, and asked again", func() {
			for _, of := range [][2]string{{"EDU", "EDU-A"}, {"D1O", "D-A"}} {
				id := c.report(y, of[0], of[1])
				c.sends(id, of[0])
				c.accepts(id)
			}
			c.told([]string{"CUL", "HEA", "D2O"})
			extend := func(unit, until, why string) func(*db.Tx) (cycle.Cycle, error) {
				return func(tx *db.Tx) (cycle.Cycle, error) {
					return cycle.Extend(tx, c.people["office"], y.ID, y.Version,
						cycle.Extension{Unit: unit, Until: until, Reason: why})
				}
			}
			refused(c, errs.Invalid, "没有还没报的报表", extend("EDU", "2024-04-10", "核对"))
			refused(c, errs.Invalid, "要在2024-03-31以后", extend("CUL", "2024-03-31", "核对"))
			refused(c, errs.Invalid, "请写明延期的原因", extend("CUL", "2024-04-10", " "))
			y = done(c, extend("CUL", "2024-04-10", "场馆普查在核对"))
			c.on("2024-04-09 09:00")
			refused(c, errs.Invalid, "截止日已经过了", extend("HEA", "2024-04-20", "忘了"))
			due := done(c, func(tx *db.Tx) ([]module.Due, error) {
				things, _, err := submission.Reminders().Due(tx, "2024-12-31", "")
				return things, err
			})
			var told []string
			for _, d := range due {
				told = append(told, d.Unit+" "+d.DueOn)
			}
			if want := []string{"HEA 2024-03-31", "CUL 2024-04-10", "D2O 2024-04-15"}; !slices.Equal(told, want) {
				t.Errorf("the ladder stands on %v, want %v", told, want)
			}
			urge := func(unit string) func(*db.Tx) (cycle.Cycle, error) {
				return func(tx *db.Tx) (cycle.Cycle, error) {
					return cycle.Urge(tx, c.people["office"], y.ID, y.Version, unit)
				}
			}
			refused(c, errs.Invalid, "不需要催报", urge("EDU"))
			y = done(c, urge("HEA"))
			l := done(c, func(tx *db.Tx) (letter.Letter, error) {
				return letter.Get(tx, strings.TrimPrefix(y.Duns[0].Letter, "letter/"))
			})
			if !slices.Equal(l.Main, []string{"HEA"}) || !strings.Contains(l.Body, "HEA-A表") ||
				!strings.Contains(l.Body, "已逾期9天") {
				t.Errorf("the slip to %v says %s", l.Main, l.Body)
			}
		})
		numbered("11 the review meeting hears an explanation", func() {
			explain := func(of, text string) stepOf {
				return func(tx *db.Tx, by auth.User, id string, version int64) (cycle.Cycle, error) {
					return cycle.Explain(tx, by, id, version, of, text)
				}
			}
			id := c.report(y, "EDU", "EDU-A")
			refused(c, errs.Conflict, "还没有关联数据评审会", step("office", explain(id, "统计口径变了")))
			m := c.announces("review", "数据评审会", "2024-04-22 14:00", "EDU", "STA")
			y = done(c, edited("office", func(y *cycle.Cycle) { y.ReviewMeeting = m.Object() }))
			refused(c, errs.Conflict, "还没有开", step("office", explain(id, "统计口径变了")))
			came := c.comes(m, "EDU")
			c.on("2024-04-22 16:00")
			c.holds(m, came...)
			refused(c, errs.Invalid, "请选择这个周期里的报表", step("office", explain("nothing", "统计口径变了")))
			refused(c, errs.Invalid, "请写说明", step("office", explain(id, " ")))
			y = done(c, step("STA stat", explain(id, "统计口径变了")))
			c.seen("EDU stat", y.URL(), true, "统计口径变了")
			c.seen("HEA stat", y.URL(), false, "统计口径变了", "EDU-A表")
		})
		closing := func(confirmed bool) stepOf {
			return func(tx *db.Tx, by auth.User, id string, version int64) (cycle.Cycle, error) {
				return cycle.Close(tx, by, id, version, confirmed)
			}
		}
		numbered("12 closed, compiled, reported, published", func() {
			c.sends(c.report(y, "HEA", "HEA-A"), "HEA")
			refused(c, errs.Invalid, "还有2份没有报来", step("office", closing(false)))
			refused(c, errs.Denied, "须由妇儿工委办", step("D1O office", closing(true)))
			y = done(c, step("office", closing(true)))
			if len(y.Gaps) != 2 || y.Gaps[0].Unit != "CUL" || y.Gaps[1].Unit != "D2O" {
				t.Errorf("the known gaps are %+v", y.Gaps)
			}
			refused(c, errs.Conflict, "还有1份没有审核通过，也没有记为缺报，如示范市HEA局", step("office", cycle.Compile))
			c.accepts(c.report(y, "HEA", "HEA-A"))
			y = done(c, step("STA stat", cycle.Compile))
			link := func(report string) stepOf {
				return func(tx *db.Tx, by auth.User, id string, version int64) (cycle.Cycle, error) {
					return cycle.Link(tx, by, id, version, report)
				}
			}
			l := done(c, func(tx *db.Tx) (letter.Letter, error) {
				return letter.Draft(tx, c.people["office"], letter.Letter{Kind: letter.KindCircular,
					Title: "2023年度监测报告", Body: "一、总体情况", Main: []string{"EDU"}, Issuer: "WCCO",
					Disclosure: "open"})
			})
			refused(c, errs.Invalid, "请选择印发监测报告的公文", step("office", link("letter/none")))
			refused(c, errs.Invalid, "不是监测报告", step("office", link(y.Notice)))
			refused(c, errs.Conflict, "还没有印发", step("office", link(l.Object())))
			c.issues(l.Object())
			y = done(c, step("office", link(l.Object())))
			publish := func(on string) stepOf {
				return func(tx *db.Tx, by auth.User, id string, version int64) (cycle.Cycle, error) {
					return cycle.Publish(tx, by, id, version, on)
				}
			}
			refused(c, errs.Invalid, "不早于汇总日2024-04-22", step("office", publish("2024-04-01")))
			refused(c, errs.Invalid, "不晚于今天", step("office", publish("2024-04-30")))
			y = done(c, step("office", publish("2024-04-22")))
			if y.State != cycle.Published {
				t.Errorf("it ends as %s", y.State)
			}
		})
		c.counts(y)
		for as, page := range map[string]string{"office": y.URL(), "EDU stat": y.URL(), "D1O office": "/cycles"} {
			c.seen(as, page, true, "2023年度统计监测")
		}
	})
}

// told wants the units that are told that the cycle has opened, and to each the same when it is asked for alone.
func (c *city) told(want []string) {
	c.t.Helper()
	of := cycle.Module().Reminders[0]
	var units []string
	done(c, func(tx *db.Tx) (bool, error) {
		all, _, err := of.Due(tx, tx.Today(), "")
		for _, d := range all {
			units = append(units, d.Unit)
			same, err := of.Of(tx, []string{d.Object})
			if err != nil || same[d.Object].Step != d.Step || same[d.Object].DueOn != "2024-01-22" {
				c.t.Errorf("asked for alone %s is %+v, %v", d.Object, same, err)
			}
		}
		return true, err
	})
	if !slices.Equal(units, want) {
		c.t.Errorf("%v are told, want %v", units, want)
	}
}

// counts holds the measures of the year against what the story did: three of five in, two of them in time.
func (c *city) counts(y cycle.Cycle) {
	c.t.Helper()
	all := done(c, func(tx *db.Tx) ([]module.Measure, error) {
		return cycle.Measures(tx, c.people["office"], module.Work{Year: 2024})
	})
	got := map[string][2]int{}
	for _, m := range all {
		got[m.Code] = [2]int{m.Numerator, m.Denominator}
	}
	for code, want := range map[string][2]int{"forms_in_time": {2, 5}, "forms_signed": {3, 5},
		"fillers_trained": {3, 10}} {
		if got[code] != want {
			c.t.Errorf("%s is %v, want %v", code, got[code], want)
		}
	}
	if beside := all[0].Beside.String(); beside != "其中：市 1/3，区 1/2" {
		c.t.Errorf("per level it says %q", beside)
	}
	none := done(c, func(tx *db.Tx) ([]module.Measure, error) {
		return cycle.Measures(tx, c.people["office"], module.Work{Year: 2020})
	})
	if none[0].Share != "" || y.State != cycle.Published {
		c.t.Errorf("of a year without a cycle it says %q", none[0].Share)
	}
}
