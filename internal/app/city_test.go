package app_test

// A made-up city of two districts that have one of everything each, to ask who may see what. It is no sample for users.

import (
	"bytes"
	"cmp"
	"context"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/delegation"
	"yipanqi/internal/element"
	"yipanqi/internal/evidence"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/instruction"
	"yipanqi/internal/issue"
	"yipanqi/internal/journal"
	"yipanqi/internal/letter"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/opinion"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/quantity"
	"yipanqi/internal/rectification"
	annual "yipanqi/internal/report"
	asks "yipanqi/internal/request"
	"yipanqi/internal/submission"
	"yipanqi/internal/tag"
)

// twoDistricts is the city with the people who may ask: by role those of the first district, by "city " and role the
// city's.
type twoDistricts struct {
	t         *testing.T
	app       *app.App
	root      network.Area
	people    map[string]auth.User
	keys      map[string]account.Unlocked // by person
	districts [2]district
	workbook  string // digest of one that the first district uploaded
}

// district is what each of the two has, by kind of object.
type district struct {
	area    network.Area
	objects map[string]string
	checks  map[string]string // by unit
	staff   map[string]auth.User
}

// What stands in an answer only if it says something of the second district, or of its people.
const (
	elsewhere       = "西河"
	elsewhereFigure = "33.33"
	strangers       = "褚"
)

func newTwoDistricts(t *testing.T, a *app.App) *twoDistricts {
	t.Helper()
	c := &twoDistricts{t: t, app: a, people: map[string]auth.User{}, keys: map[string]account.Unlocked{}}
	c.must(a.DB.UpdateAlone(context.Background(), c.build))
	return c
}

func (c *twoDistricts) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *twoDistricts) build(tx *db.Tx) error {
	for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
		{Kind: "area_level", Code: "district", Name: "区"}, {Kind: "area_level", Code: "street", Name: "街道"},
		{Kind: "unit_kind", Code: "office", Name: "办公室"},
		{Kind: "unit_kind", Code: "health", Name: "妇幼保健机构"}} {
		_, err := network.PutLabel(tx, l)
		c.must(err)
	}
	c.root = c.area(tx, "990000", "示范市", "city", 0)
	_, err := tag.PutSet(tx, tag.Set{Code: "RATE", Name: "一组标签", SourceTitle: "某文件"})
	c.must(err)
	c.unit(tx, "CO", "示范市妇儿工委办", "office", c.root)
	for _, role := range auth.Roles() {
		c.people["city "+role] = c.hire(tx, "钱"+role, "CO", role)
	}
	for i, name := range []string{"东山", elsewhere} {
		c.districts[i] = c.district(tx, string(rune('1'+i)), name, []string{"赵", strangers}[i])
	}
	c.define(tx)
	for i := range c.districts {
		c.fill(tx, &c.districts[i], []string{"1500", "2000"}[i])
	}
	for role, user := range c.districts[0].staff {
		user, err := account.UserOf(tx, user.ID)
		c.must(err)
		c.people[role] = user
	}
	return nil
}

func (c *twoDistricts) area(tx *db.Tx, code, name, level string, parent int64) network.Area {
	a, _, err := network.PutArea(tx, network.Area{Code: code, Name: name, ShortName: name, Level: level,
		ParentID: parent, OpensOn: "2000-01-01"})
	c.must(err)
	return a
}

func (c *twoDistricts) unit(tx *db.Tx, code, name, kind string, a network.Area) {
	_, err := network.PutUnit(tx, network.Unit{Code: code, Name: name, ShortName: name, Kind: kind, AreaID: a.ID,
		OpensOn: "2000-01-01"})
	c.must(err)
}

// district has an office with its leaders and administrators, and a unit that reports.
func (c *twoDistricts) district(tx *db.Tx, n, name, family string) district {
	d := district{area: c.area(tx, "99010"+n, name+"区", "district", c.root.ID), staff: map[string]auth.User{},
		objects: map[string]string{}, checks: map[string]string{}}
	c.area(tx, "99010"+n+"001", name+"街道", "street", d.area.ID)
	office, unit := "O"+n, "H"+n
	c.unit(tx, office, name+"区妇儿工委办", "office", d.area)
	c.unit(tx, unit, name+"区妇幼保健院", "health", d.area)
	for _, role := range auth.Roles() {
		at := office
		if role == auth.Statistician || role == auth.Leader || role == auth.Liaison {
			at = unit
		}
		if !auth.IsActing(role) { // who acts for somebody is a colleague with a delegation
			d.staff[role] = c.hire(tx, family+role, at, role)
		}
	}
	for _, role := range delegation.Lent {
		d.objects["delegation"] = c.lend(tx, &d, family, unit, role)
	}
	d.objects["area"], d.objects["unit"], d.objects["plan"] = d.area.Code, unit, "P"+n
	d.objects["person"], d.objects["post"] = d.staff[auth.Liaison].ID, d.staff[auth.Liaison].Posts[0].ID
	return d
}

// lend has who holds a role delegate their signing to a colleague.
func (c *twoDistricts) lend(tx *db.Tx, d *district, family, unit, role string) string {
	acting := auth.Acting(role)
	to := c.hireAs(tx, family+acting, unit, auth.Liaison, unit+"."+acting)
	given, err := delegation.Give(tx, d.staff[role], delegation.Delegation{Unit: unit, Role: role, ToID: to.ID,
		OpensOn: tx.Today(), ClosesOn: tx.Today(), Reason: d.area.Name + "出差"})
	c.must(err)
	d.staff[acting], err = account.UserOf(tx, to.ID)
	c.must(err)
	return given.ID
}

func (c *twoDistricts) hire(tx *db.Tx, name, unit, role string) auth.User {
	return c.hireAs(tx, name, unit, role, unit+"."+role)
}

func (c *twoDistricts) hireAs(tx *db.Tx, name, unit, role, login string) auth.User {
	p, err := network.AddPerson(tx, network.Person{Name: name})
	c.must(err)
	if role != auth.Outsider { // whose post comes with an engagement
		_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: unit, Role: role, OpensOn: "2018-01-01"})
		c.must(err)
	}
	c.must(account.Create(tx, app.Root, p.ID, login, "-"))
	user, err := account.UserOf(tx, p.ID)
	c.must(err)
	if !user.Can("key.create") {
		return user
	}
	key, err := account.MakeKey(user, "签名口令一二三四", c.app.Secrets)
	c.must(err)
	c.must(account.AddKey(tx, user, key, c.app.Secrets))
	private, err := key.Locked.Unlock("签名口令一二三四", c.app.Secrets.Pepper)
	c.must(err)
	c.keys[user.ID] = account.Unlocked{ID: key.ID, Private: private}
	return user
}

const premarital = `code: PME
name: 婚前保健情况表
name_en: Premarital health care
number: 示范1表
issuer: 示范市统计局
valid_until: "2030-12-31"
frequency: A
level: district
reporters: health
due: "+1-01-31"
signers: {first: statistician, second: leader}
levels: {district: own, city: rolled_up}
rows:
  - {number: "1", element: MARRIED}
  - {number: "2", element: EXAMINED}
`

// define makes what all share, and a plan of each district.
func (c *twoDistricts) define(tx *db.Tx) {
	for _, e := range []element.Element{{Code: "MARRIED", Name: "结婚登记人数", Unit: "人", Sums: true},
		{Code: "EXAMINED", Name: "婚前医学检查人数", Unit: "人", Sums: true}} {
		_, _, err := element.Put(tx, e)
		c.must(err)
	}
	known, err := form.LoadKnown(tx)
	c.must(err)
	f, problems := form.ParseYAML("PME.yaml", []byte(premarital), known)
	c.must(problems.Check())
	_, _, err = form.Put(tx, f)
	c.must(err)
	i, _, err := indicator.Put(tx, indicator.Indicator{Code: "RATE", Name: "婚前医学检查率", Unit: "%", Decimals: 2,
		Direction: 1})
	c.must(err)
	_, err = indicator.PutVersion(tx, indicator.Version{IndicatorID: i.ID, Formula: "EXAMINED / MARRIED * 100"})
	c.must(err)
	for _, p := range []plan.Plan{{Code: "P0", Name: "示范市规划", AreaID: c.root.ID},
		{Code: "P1", Name: "东山区规划", AreaID: c.districts[0].area.ID},
		{Code: "P2", Name: elsewhere + "区规划", AreaID: c.districts[1].area.ID}} {
		p.Kind, p.Starts, p.Ends, p.Status = "women", 2016, 2020, "issued"
		_, err := plan.Put(tx, p)
		c.must(err)
		_, err = plan.PutDomain(tx, plan.Domain{Plan: p.Code, Code: "health", Name: "妇女与健康"})
		c.must(err)
		_, err = plan.PutGoal(tx, plan.Goal{Plan: p.Code, Code: "1.1", Domain: "health", Text: "婚检率提高"})
		c.must(err)
		_, err = indicator.PutOnGoal(tx, indicator.GoalIndicator{Plan: p.Code, Goal: "1.1", IndicatorID: i.ID})
		c.must(err)
	}
	_, err = annual.Put(tx, annual.Stored{Code: "annual", Name: "年度报告", Body: "---\ntitle: 2018年工作总结\nyear: 2018\n" +
		"---\n全市{{figure RATE year=2018}}，一个区{{figure RATE year=2018 area=990102}}。\n"})
	c.must(err)
}

// fill gives a district a signed report, an open one, a quoted figure, checked texts and attachments.
func (c *twoDistricts) fill(tx *db.Tx, d *district, examined string) {
	f, err := form.ByCode(tx, "PME")
	c.must(err)
	unit, err := network.UnitByCode(tx, d.objects["unit"])
	c.must(err)
	open := func(year int) submission.Submission {
		p, err := period.FromInt(year * 100)
		c.must(err)
		s, _, err := submission.Open(tx, journal.System, submission.Owed{Form: f, Unit: unit, Area: d.area, Period: p})
		c.must(err)
		return s
	}
	s, first, second := open(2018), d.staff[auth.Statistician], d.staff[auth.Leader]
	s, err = submission.SaveDraft(tx, first, s.ID, s.Version,
		submission.Typed{Cells: map[string]string{"1.V": "6000", "2.V": examined}}, nil)
	c.must(err)
	v, _, err := submission.Preview(tx, first, s)
	c.must(err)
	_, err = submission.Prepare(tx, first, s.ID, v.Digest, c.keys[first.ID])
	c.must(err)
	s, err = submission.Sign(tx, second, s.ID, v.Digest, c.keys[second.ID])
	c.must(err)
	issuer, err := c.app.Secrets.Installation.Public()
	c.must(err)
	_, err = submission.Accept(tx, c.people["city office"], s.ID, s.Version, issuer)
	c.must(err)
	waiting := open(2019)
	i, err := indicator.ByCode(tx, "RATE")
	c.must(err)
	at, err := period.FromInt(2017 * 100)
	c.must(err)
	_, err = indicator.PutPublished(tx, indicator.Published{IndicatorID: i.ID, AreaID: d.area.ID, Period: at,
		Sex: quantity.SexTotal, Value: "20", SourceTitle: d.area.Name + "年鉴"})
	c.must(err)
	quoted, err := db.Value[string](tx, `SELECT id FROM published_figures WHERE area_id = $1`, d.area.ID)
	c.must(err)
	for _, user := range []auth.User{d.staff[auth.Statistician], d.staff[auth.Office]} {
		text, err := check.Create(tx, user, check.Check{Text: d.area.Name + "2018年婚前医学检查率为16.6%。"})
		c.must(err)
		d.checks[user.Posts[0].Unit] = text.ID
	}
	var b bytes.Buffer
	c.must(waiting.Sheet().WriteXLSX(&b))
	digest, err := c.app.Files().Put(b.Bytes())
	c.must(err)
	c.workbook = cmp.Or(c.workbook, digest)
	attach := func(object string) string {
		use, err := blob.Attach(tx, blob.Use{Object: object, Digest: digest, Name: d.area.Name + ".xlsx",
			MediaType: "application/octet-stream", PersonID: first.ID})
		c.must(err)
		return use.ID
	}
	proof, err := evidence.Attach(tx, first, evidence.File{Object: s.Object(), Digest: digest, Name: "台账.pdf"})
	c.must(err)
	hard, err := issue.Propose(tx, d.staff[auth.Office], issue.Issue{Title: d.area.Name + "的难题", Relief: "有人说好",
		Why: []string{"money"}, Lead: d.objects["unit"], Supporting: []string{d.staff[auth.Office].Posts[0].Unit}})
	c.must(err)
	d.objects["issue"] = hard.ID
	c.plan(tx, d)
	c.register(tx, d)
	d.objects["text"], d.objects["opinion"] = c.consult(tx, *d)
	d.objects["request"], d.objects["answer"] = c.ask(tx, *d)
	d.objects["submission"], d.objects["published"], d.objects["evidence"] = s.ID, quoted, proof.ID
	c.network(tx, d, digest)
	raised, err := matter.Raise(tx, d.staff[auth.Office], matter.Draft{Title: d.area.Name + "婚检率偏低",
		Problem: d.area.Name + "低于进度", Lead: unit.Code, Indicator: "RATE", Aim: "提高",
		Sources: []matter.Source{{Kind: matter.Other, On: "2019-01-01"}}})
	c.must(err)
	d.objects["matter"], d.objects["item"] = raised.ID, raised.Items[0].ID
	asked, err := rectification.Ask(tx, d.staff[auth.Office], rectification.Asked{Matter: raised.ID, Unit: unit.Code})
	c.must(err)
	d.objects["rectification"] = asked.ID
	drafted, err := letter.Draft(tx, d.staff[auth.Office], letter.Letter{Kind: letter.KindNotice,
		Title: d.area.Name + "报送通知", Main: []string{unit.Code}, Body: d.area.Name + "的单位请报送。\n{{table RATE year=2018}}"})
	c.must(err)
	d.objects["letter"] = drafted.ID
	written, err := instruction.Write(tx, d.staff[auth.CommitteeChief], instruction.Written{Kind: instruction.Act,
		Title: d.area.Name + "婚检率偏低", Text: d.area.Name + "的单位请阅处。", Units: []string{unit.Code}})
	c.must(err)
	d.objects["instruction"] = written.ID
	d.objects["attachment"], d.objects["handout"] = attach(s.Object()), attach(submission.HandoutsOf(waiting.ID))
	c.meet(tx, d)
	c.revise(tx, d)
	c.evaluate(tx, d)
	c.engage(tx, d, digest)
	c.supervise(tx, d)
}

// ask has the district's office ask its unit for something.
func (c *twoDistricts) ask(tx *db.Tx, d district) (asked, answer string) {
	office := d.staff[auth.Office]
	r, err := asks.Create(tx, office, asks.Request{Kind: asks.Material, Title: d.area.Name + "材料征集",
		DueOn: tx.Today(), Reviewer: office.Posts[0].ID, Addressees: []string{d.objects["unit"]},
		Questions: []asks.Question{{Text: d.area.Name + "有哪些做法", Kind: asks.Text}}})
	c.must(err)
	_, err = asks.Send(tx, office, r.ID, r.Version)
	c.must(err)
	answers, err := asks.Answers(tx, r.ID)
	c.must(err)
	return r.ID, answers[0].ID
}

// consult has the district's office lay a text open to its unit, which remarks on it.
func (c *twoDistricts) consult(tx *db.Tx, d district) (text, remark string) {
	t, err := opinion.LayOpen(tx, d.staff[auth.Office], opinion.Text{Title: d.area.Name + "方案", DueOn: tx.Today(),
		Readers: []string{d.objects["unit"]}}, d.area.Name+"办实事方案")
	c.must(err)
	o, err := opinion.Write(tx, d.staff[auth.Liaison], opinion.Opinion{TextID: t.ID, Kind: "content",
		Anchor: opinion.Anchor{Paragraph: "p1"}, Weight: opinion.Must, Reason: d.area.Name + "的理由",
		ShownAs: "name"}, true)
	c.must(err)
	return t.ID, o.ID
}
