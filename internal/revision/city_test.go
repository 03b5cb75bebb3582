package revision_test

// A made-up city: 64 indicators on one plan, of which 55 have figures, fed by two forms; twelve bureaus, five
// districts, an office and who leads the committee.

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/quantity"
	"yipanqi/internal/report"
	"yipanqi/internal/revision"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

type city struct {
	*db.DB
	t      *testing.T
	now    *atomic.Int64
	people map[string]auth.User
	posts  map[string]string
	root   network.Area
	key    account.Unlocked // of who leads the committee
	issuer sign.PublicKey
	ids    map[string]int64 // of indicators
}

func (c *city) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) on(day string) {
	at, _ := calendar.Start(day)
	c.now.Store(at.Unix() + 9*3600)
}

func do[T any](c *city, as string, fn func(*db.Tx, auth.User) (T, error)) (v T, err error) {
	err = c.Update(context.Background(), func(tx *db.Tx) (err error) {
		v, err = fn(tx, c.people[as])
		return err
	})
	return v, err
}

func may[T any](c *city, as string, fn func(*db.Tx, auth.User) (T, error)) T {
	c.t.Helper()
	v, err := do(c, as, fn)
	if err != nil {
		c.t.Fatalf("%s may not: %v %v", as, err, errs.FieldsOf(err))
	}
	return v
}

func refused[T any](c *city, as string, kind errs.Kind, says string, fn func(*db.Tx, auth.User) (T, error)) {
	c.t.Helper()
	_, err := do(c, as, fn)
	said := errs.WordsOf(err).String()
	for _, words := range errs.FieldsOf(err) {
		said += words.String()
	}
	if err == nil || errs.KindOf(err) != kind || !strings.Contains(said, says) {
		c.t.Errorf("%s is told %q (%v), not %q", as, said, errs.KindOf(err), says)
	}
}

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	t.Parallel()
	dbtest.Turned(t, func(t *testing.T, d *db.DB, now *atomic.Int64) {
		c := &city{DB: d, t: t, now: now, people: map[string]auth.User{}, posts: map[string]string{},
			ids: map[string]int64{}}
		c.on("2024-03-15")
		c.must(d.Update(context.Background(), c.build))
		test(t, c)
	})
}

func (c *city) build(tx *db.Tx) error {
	for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
		{Kind: "area_level", Code: "district", Name: "区"}, {Kind: "unit_kind", Code: "dept", Name: "部门"},
		{Kind: "role", Code: "office", Name: "工作人员"}, {Kind: "role", Code: "leader", Name: "单位负责人"},
		{Kind: "role", Code: "liaison", Name: "联络员"}, {Kind: "role", Code: "statistician", Name: "统计员"},
		{Kind: "role", Code: "committee_leader", Name: "主任"}} {
		_, err := network.PutLabel(tx, l)
		c.must(err)
	}
	var err error
	c.root, _, err = network.PutArea(tx, network.Area{Code: "990100", Name: "示范市", Level: "city",
		OpensOn: "1900-01-01"})
	c.must(err)
	units := []network.Unit{{Code: "WCC", Name: "市妇儿工委"}, {Code: "WCCO", Name: "市妇儿工委办", Parent: "WCC"}}
	staff := [][3]string{{"office", "WCCO", auth.Office}, {"colleague", "WCCO", auth.Office},
		{"chief", "WCC", auth.CommitteeChief}}
	for n := range 12 {
		code := fmt.Sprintf("M%02d", n+1)
		units = append(units, network.Unit{Code: code, Name: "市" + code + "局", Parent: "WCC"})
		staff = append(staff, [3]string{code, code, auth.Liaison})
	}
	for n := range 5 {
		code := fmt.Sprintf("D%d", n+1)
		area, _, err := network.PutArea(tx, network.Area{Code: fmt.Sprintf("99010%d", n+1), Name: "区" + code,
			Level: "district", ParentID: c.root.ID, OpensOn: "1900-01-01"})
		c.must(err)
		units = append(units, network.Unit{Code: code, Name: "区" + code + "妇儿工委办", AreaID: area.ID})
		staff = append(staff, [3]string{code, code, auth.Office})
	}
	for n, u := range units {
		if u.Kind, u.OpensOn, u.Position = "dept", "2010-01-01", n; u.AreaID == 0 {
			u.AreaID = c.root.ID
		}
		_, err := network.PutUnit(tx, u)
		c.must(err)
	}
	for _, who := range staff {
		p, err := network.AddPerson(tx, network.Person{Name: who[0]})
		c.must(err)
		post, err := network.AddPost(tx, network.Post{PersonID: p.ID, Unit: who[1], Role: who[2],
			OpensOn: "2010-01-01"})
		c.must(err)
		c.people[who[0]], err = account.UserOf(tx, p.ID)
		c.must(err)
		c.posts[who[0]] = post.ID
	}
	installation, err := sign.Generate()
	c.must(err)
	c.issuer, err = installation.Public()
	c.must(err)
	own, err := sign.Generate()
	c.must(err)
	public, err := own.Public()
	c.must(err)
	made := account.Key{ID: db.NewID(), PersonID: c.people["chief"].ID, PublicKey: public, Locked: "-"}
	c.must(account.AddKey(tx, c.people["chief"], made, account.Secrets{Pepper: make([]byte, 32),
		Installation: installation}))
	c.key = account.Unlocked{ID: made.ID, Private: own}
	c.define(tx)
	return letter.SetMark(tx, c.people["office"], letter.Mark{Issuer: "WCCO", Kind: letter.KindNotice,
		Mark: "示妇儿工委办"})
}

// twoForms ask for what the indicators are computed from; the second for another denominator.
var twoForms = map[string]string{"F1": "  - {number: \"1\", element: A}\n  - {number: \"2\", element: B}\n",
	"F2": "  - {number: \"1\", element: C}\n"}

func (c *city) define(tx *db.Tx) {
	for _, e := range []element.Element{{Code: "A", Unit: "人", Sums: true}, {Code: "B", Unit: "人", Sums: true},
		{Code: "C", Unit: "人", Sums: true}, {Code: "HOMES", Unit: "个", Sums: true}} {
		e.Name = "数据项" + e.Code
		_, _, err := element.Put(tx, e)
		c.must(err)
	}
	for n := range 22 {
		_, _, err := element.Put(tx, element.Element{Code: fmt.Sprintf("P%02d", n+1), Name: fmt.Sprintf("人数%d", n+1),
			Unit: "人"})
		c.must(err)
	}
	_, _, err := element.PutCalibre(tx, element.Calibre{Code: "REG", Name: "户籍"})
	c.must(err)
	known, err := form.LoadKnown(tx)
	c.must(err)
	for code, rows := range twoForms {
		f, problems := form.ParseYAML(code+".yaml", []byte("code: "+code+"\nname: 表"+code+
			"\nnumber: 演示表\nissuer: 演示\napprover: 演示\napproval_number: 演示\nvalid_until: \"2030-12-31\"\n"+
			"frequency: A\nlevel: city\nreporters: dept\ndue: \"+1-02-20\"\n"+
			"signers: {first: statistician, second: leader}\n"+
			"rows:\n"+rows+"levels: {city: own}\n"), known)
		c.must(problems.Check())
		_, _, err = form.Put(tx, f)
		c.must(err)
	}
	_, err = plan.Put(tx, plan.Plan{Code: "P", Name: "示范市规划", Kind: "women", AreaID: c.root.ID, Starts: 2021,
		Ends:   2030,
		Status: "issued"})
	c.must(err)
	_, err = plan.PutDomain(tx, plan.Domain{Plan: "P", Code: "d", Name: "妇女与健康"})
	c.must(err)
	_, err = plan.PutGoal(tx, plan.Goal{Plan: "P", Code: "1.1", Domain: "d", Text: "提高"})
	c.must(err)
	for n := 1; n <= 64; n++ {
		i, _, err := indicator.Put(tx, indicator.Indicator{Code: code(n), Name: fmt.Sprintf("指标%d", n), Unit: "%",
			Decimals:  1,
			Direction: 1, SourceUnit: fmt.Sprintf("M%02d", (n-1)%12+1), Position: n})
		c.must(err)
		c.ids[i.Code] = i.ID
		v := indicator.Version{IndicatorID: i.ID}
		if n <= 5 {
			v.Formula = "A / B * 100"
		}
		if n == 6 {
			v.CalibreID = 1
		}
		_, err = indicator.PutVersion(tx, v)
		c.must(err)
		_, err = indicator.PutOnGoal(tx, indicator.GoalIndicator{Plan: "P", Goal: "1.1", IndicatorID: i.ID,
			Position: n})
		c.must(err)
	}
	for year, upTo := range map[int]int{2020: 55, 2021: 55, 2022: 55, 2023: 55} {
		for n := 1; n <= upTo; n++ {
			c.publish(tx, code(n), year)
		}
	}
	areas, err := network.AllAreas(tx)
	c.must(err)
	for _, a := range areas[:3] {
		_, err := indicator.PutTarget(tx, indicator.Target{Plan: "P", IndicatorID: c.ids["I01"], AreaID: a.ID,
			Level: indicator.Own, Op: indicator.AtLeast, Value: "90", Year: 2030, SourceTitle: "规划"})
		c.must(err)
	}
	_, err = report.Put(tx, report.Stored{Code: "annual", Name: "年度报告",
		Body: "---\ntitle: 2023年工作总结\nyear: 2023\n---\n全市{{figure I01}}。\n"})
	c.must(err)
}

func code(n int) string { return fmt.Sprintf("I%02d", n) }

// publish quotes a figure of an indicator in the city: fifty and one more each year.
func (c *city) publish(tx *db.Tx, code string, year int) {
	p, err := period.FromInt(year * 100)
	c.must(err)
	_, err = indicator.PutPublished(tx, indicator.Published{IndicatorID: c.ids[code], AreaID: c.root.ID, Period: p,
		Sex:   quantity.SexTotal,
		Value: fmt.Sprint(year - 1970), SourceTitle: "示范年鉴"})
	c.must(err)
}

func (c *city) site() *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	revision.Routes(m)
	trail.Routes(m, blob.Open(c.t.TempDir()), revision.Module().Places)
	return &webtest.Site{Handler: m.Handler(), DB: c.DB, People: c.people}
}

// health counts what has a sign of health.
func (c *city) health(as, sign string) (has, of int) {
	c.t.Helper()
	all := may(c, as, func(tx *db.Tx, by auth.User) ([]revision.Standing, error) {
		p, err := plan.ByCode(tx, "P")
		c.must(err)
		return revision.Health(tx, by, []plan.Plan{p})
	})
	for _, count := range revision.Counts(all) {
		if count.Gap == sign {
			return count.Has, count.Of
		}
	}
	c.t.Fatalf("there is no sign %q", sign)
	return 0, 0
}

// verifies holds all rows against the journal.
func (c *city) verifies() {
	c.t.Helper()
	may(c, "office", func(tx *db.Tx, _ auth.User) (int, error) {
		found, err := revision.Verify(tx, "")
		for _, f := range found {
			c.t.Errorf("%s %s.%s: %q, not %q", f.Object, f.Table, f.Column, f.Actual, f.Expected)
		}
		return 0, err
	})
}
