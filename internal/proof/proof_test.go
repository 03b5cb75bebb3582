package proof_test

// A figure is proven down to two signatures on every report, by verifying now: any edit takes the proof away, and no
// reader learns another's numbers from it.

import (
	"context"
	"encoding/json"
	"strconv"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/proof"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

// city has two districts and a form of two rows by sex, whose rate is published too.
type city struct {
	*webtest.Site
	t         *testing.T
	secrets   account.Secrets
	districts [2]network.Area
	units     [2]network.Unit
	form      form.Form
	keys      map[string]account.Unlocked
	published string // id of the published figure
}

func (c *city) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func newCity(t *testing.T, d *db.DB) *city {
	m := web.NewMux(web.Config{DB: d, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	c := &city{Site: &webtest.Site{Handler: m.Handler(), DB: d, People: map[string]auth.User{}}, t: t,
		keys: map[string]account.Unlocked{}}
	key, err := sign.Generate()
	c.must(err)
	c.secrets = account.Secrets{Pepper: make([]byte, 32), Installation: key}
	proof.Routes(m, c.secrets)
	c.update(c.build)
	return c
}

func (c *city) update(fn func(*db.Tx)) {
	c.t.Helper()
	c.must(c.DB.UpdateAlone(context.Background(), func(tx *db.Tx) error { fn(tx); return nil }))
}

func (c *city) build(tx *db.Tx) {
	for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
		{Kind: "area_level", Code: "district", Name: "区"},
		{Kind: "unit_kind", Code: "health", Name: "卫健委"}, {Kind: "role", Code: "statistician", Name: "统计负责人"},
		{Kind: "role", Code: "leader", Name: "单位负责人"}} {
		_, err := network.PutLabel(tx, l)
		c.must(err)
	}
	root, _, err := network.PutArea(tx, network.Area{Code: "CITY", Name: "示范市",
		Level: "city", OpensOn: "2000-01-01"})
	c.must(err)
	for i, name := range []string{"东山区", "西河区"} {
		c.districts[i], _, err = network.PutArea(tx, network.Area{Code: name, Name: name, Level: "district",
			ParentID: root.ID, OpensOn: "2000-01-01"})
		c.must(err)
		c.units[i] = network.Unit{Code: name, Name: name + "卫健委", Kind: "health",
			AreaID: c.districts[i].ID, OpensOn: "2000-01-01"}
		_, err = network.PutUnit(tx, c.units[i])
		c.must(err)
		c.hire(tx, name+"甲", c.units[i].Code, auth.Statistician)
		c.hire(tx, name+"乙", c.units[i].Code, auth.Leader)
	}
	_, err = network.PutUnit(tx, network.Unit{Code: "office", Name: "办公室", Kind: "office",
		AreaID: root.ID, OpensOn: "2000-01-01"})
	c.must(err)
	c.hire(tx, "office", "office", auth.Office)
	c.hire(tx, "auditor", "office", auth.AuditAdmin)
	f := form.Form{Code: "PME", Name: "婚前医学检查情况", Frequency: period.Year, Level: "district",
		Reporters: "health", Due: "+1-01-31",
		Signers: form.Signers{First: auth.Statistician, Second: auth.Leader},
		Levels:  map[string]element.Method{"district": element.OwnReport, "city": element.RolledUp},
		Columns: []form.Column{{Code: "M", Name: "男", Sex: quantity.SexMale},
			{Code: "F", Name: "女", Sex: quantity.SexFemale}}}
	for i, e := range []element.Element{{Code: "MARRIED", Name: "结婚登记人数"}, {Code: "EXAMINED", Name: "婚检人数"}} {
		e.Unit, e.Sums, e.BySex = "人", true, true
		e, _, err = element.Put(tx, e)
		c.must(err)
		f.Rows = append(f.Rows, form.Row{Number: string(rune('1' + i)), Label: e.Name, Element: e.Code,
			Calibre: element.NoCalibre, Of: e})
	}
	_, _, err = form.Put(tx, f)
	c.must(err)
	c.form, err = form.ByCode(tx, "PME")
	c.must(err)
	rate, _, err := indicator.Put(tx, indicator.Indicator{Code: "RATE", Name: "婚检率", Unit: "%",
		Decimals: 2, Direction: 1})
	c.must(err)
	_, err = indicator.PutVersion(tx, indicator.Version{IndicatorID: rate.ID, Formula: "EXAMINED / MARRIED * 100"})
	c.must(err)
	at, err := period.Parse("2018")
	c.must(err)
	for _, value := range []string{"16.5", "15.9"} {
		_, err = indicator.PutPublished(tx, indicator.Published{IndicatorID: rate.ID, AreaID: root.ID, Period: at,
			Sex: quantity.SexTotal, Value: value,
			SourceTitle: "示范市" + value + "公报", SourceURL: "https://example.org/" + value, Note: "初步数"})
		c.must(err)
	}
	quoted, err := indicator.PublishedIn(tx, root.ID)
	c.must(err)
	c.published = quoted[0].ID
}

func (c *city) hire(tx *db.Tx, name, unit, role string) {
	p, err := network.AddPerson(tx, network.Person{Name: name})
	c.must(err)
	_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: unit, Role: role, OpensOn: "2018-01-01"})
	c.must(err)
	user, err := account.UserOf(tx, p.ID)
	c.must(err)
	c.People[name] = user
	if !user.Can("key.create") {
		return
	}
	key, err := sign.Generate()
	c.must(err)
	public, err := key.Public()
	c.must(err)
	made := account.Key{ID: db.NewID(), PersonID: p.ID, PublicKey: public, Locked: "-"}
	c.must(account.AddKey(tx, user, made, c.secrets))
	c.keys[name] = account.Unlocked{ID: made.ID, Private: key}
}

func (c *city) owed(i int) submission.Owed {
	at, err := period.Parse("2018")
	c.must(err)
	return submission.Owed{Form: c.form, Unit: c.units[i], Area: c.districts[i], Period: at}
}

// report has a district's two people sign a form and the office accept it.
func (c *city) report(tx *db.Tx, i int, cells map[string]string) submission.Submission {
	name := c.districts[i].Name
	first, second, office := c.People[name+"甲"], c.People[name+"乙"], c.People["office"]
	s, _, err := submission.Open(tx, journal.System, c.owed(i))
	c.must(err)
	s, err = submission.SaveDraft(tx, first, s.ID, s.Version, submission.Typed{Cells: cells}, nil)
	c.must(err)
	v, _, err := submission.Preview(tx, first, s)
	c.must(err)
	_, err = submission.Prepare(tx, first, s.ID, v.Digest, c.keys[first.Name])
	c.must(err)
	s, err = submission.Sign(tx, second, s.ID, v.Digest, c.keys[second.Name])
	c.must(err)
	issuer, err := c.secrets.Installation.Public()
	c.must(err)
	s, err = submission.Accept(tx, office, s.ID, s.Version, issuer)
	c.must(err)
	return s
}

func (c *city) proof(as, path string) (p proof.Proof) {
	c.t.Helper()
	answer := c.Check(c.t, webtest.Scenario{As: as, Path: path, JSON: true})
	c.must(json.Unmarshal(answer.Body.Bytes(), &p))
	return p
}

const rate = "/proof?indicator=RATE&area=CITY&period=2018"

func TestProofFollowsTheReports(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCity(t, d)
		var first submission.Submission
		c.update(func(tx *db.Tx) {
			_, _, err := submission.Open(tx, journal.System, c.owed(1))
			c.must(err)
			first = c.report(tx, 0, map[string]string{"1.M": "100", "1.F": "100", "2.M": "15", "2.F": "15"})
		})
		if p := c.proof("office", rate); p.Status != "incomplete" || len(p.Sources) != 2 ||
			p.Sources[1].Reported || !p.Sources[0].Verified {
			t.Errorf("with one of two districts in: %+v", p)
		}
		c.Run(t,
			webtest.Scenario{As: "office", Path: rate, Contains: []string{"缺报",
				"共应报2份：双签字报表1份；未报1份。", "东山区甲",
				"单位负责人", "双签字验证通过", "不成立"}},
			webtest.Scenario{As: "西河区甲", Path: rate, Contains: []string{"其中1份属于其他单位", "双签字验证通过"},
				NotContains: []string{"东山区甲"}})
		c.update(func(tx *db.Tx) {
			c.report(tx, 1, map[string]string{"1.M": "100", "1.F": "100", "2.M": "17", "2.F": "19"})
		})
		p := c.proof("office", rate)
		if p.Status != "proven" || p.Value.Value != "16.50" || p.Parts[0].Men != "32" || p.Parts[0].Women != "34" ||
			p.Parts[1].Total != "400" {
			t.Errorf("with both in: %+v", p)
		}
		if len(p.Sources[0].Signatures) != 2 || p.Sources[0].Digest == "" ||
			p.Sources[0].Receipt != first.URL()+"/receipt" {
			t.Errorf("the office sees of a source: %+v", p.Sources[0])
		}
		if hidden := c.proof("西河区甲", rate).Sources[0]; hidden.Visible || hidden.Digest != "" ||
			hidden.Submission != "" || len(hidden.Signatures) > 0 || !hidden.Verified {
			t.Errorf("another unit sees of a source: %+v", hidden)
		}
		c.Run(t,
			webtest.Scenario{As: "office", Path: rate, Contains: []string{"婚检人数 ÷ 结婚登记人数 × 100",
				"66 ÷ 400 × 100", "16.50", "等于已公布的16.5%", "相差0.6", "刚刚全部核验通过"}},
			webtest.Scenario{As: "office", Path: rate + "&sex=2", Contains: []string{"17.00", "女"}},
			webtest.Scenario{As: "office", Path: rate + "&format=csv", Contains: []string{"东山区甲、东山区乙"}},
			webtest.Scenario{As: "东山区甲", Path: "/proof?indicator=RATE&area=东山区&period=2018",
				Contains: []string{"15.00", "统计负责人", "签名有效", "查看和下载"}},
			webtest.Scenario{As: "东山区甲", Path: "/proof?indicator=RATE&area=西河区&period=2018", Status: 404},
			webtest.Scenario{As: "auditor", Path: rate, Status: 403})
		for _, wrong := range []string{"indicator=NONE&area=CITY&period=2018", "indicator=RATE&area=NONE&period=2018",
			"indicator=RATE&area=CITY&period=2011",
			"indicator=RATE&area=CITY&period=soon", "indicator=RATE&area=CITY&period=2018&sex=7", ""} {
			c.Check(t, webtest.Scenario{As: "office", Path: "/proof?" + wrong, Status: 404})
		}
	})
}

// A figure is not proven because a table says so: each planted edit takes the proof away.
func TestPlantedEditsUnproveAFigure(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCity(t, d)
		c.update(func(tx *db.Tx) {
			for i := range c.units {
				c.report(tx, i, map[string]string{"1.M": "100", "1.F": "100", "2.M": "15", "2.F": "15"})
			}
		})
		c.must(journal.Seal(context.Background(), d))
		for what, edit := range map[string][2]string{
			"a fact": {`UPDATE facts SET value = value + 1 WHERE sex = 1`,
				`UPDATE facts SET value = value - 1 WHERE sex = 1`},
			"a sum": {`UPDATE rollups SET value = value + 1`, `UPDATE rollups SET value = value - 1`},
			"a text": {`UPDATE versions SET text = replace(text, '"15"', '"16"')`,
				`UPDATE versions SET text = replace(text, '"16"', '"15"')`},
			"a signature": {`UPDATE signatures SET signature = 'x' || signature`,
				`UPDATE signatures SET signature = substr(signature, 2)`},
			"a signer": {`UPDATE signatures SET person = person || 'x'`,
				`UPDATE signatures SET person = replace(person, 'x', '')`},
			"a formula": {`UPDATE indicator_versions SET formula = replace(formula, '100', '110')`,
				`UPDATE indicator_versions SET formula = replace(formula, '110', '100')`},
			"an area": {`UPDATE areas SET name = name || 'x' WHERE level = 'district'`,
				`UPDATE areas SET name = replace(name, 'x', '')`},
			"an element": {`UPDATE elements SET definition = 'x'`, `UPDATE elements SET definition = ''`},
			"a unit":     {`UPDATE units SET note = 'x'`, `UPDATE units SET note = ''`},
			"a post":     {`UPDATE posts SET opens_on = '2017-01-01'`, `UPDATE posts SET opens_on = '2018-01-01'`},
			"a filler in the chain": {`UPDATE journal SET actor = 'x' || actor WHERE seq = 1`,
				`UPDATE journal SET actor = substr(actor, 2) WHERE seq = 1`},
			"who people are": {`UPDATE people SET name = name || 'x'`,
				`UPDATE people SET name = replace(name, 'x', '')`},
		} {
			dbtest.Outside(t, d, edit[0])
			if p := c.proof("office", rate); p.Status != "unproven" {
				t.Errorf("%s was edited and the figure is %s: %+v", what, p.Status, p.Assertions)
			}
			dbtest.Outside(t, d, edit[1])
		}
		if p := c.proof("office", rate); p.Status != "proven" {
			t.Errorf("with all edits undone the figure is %s: %+v", p.Status, p.Assertions)
		}
	})
}

// A reader can add up what each area put in, but learns nothing that is confidential or another's.
func TestPartsAddUpByArea(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCity(t, d)
		c.update(func(tx *db.Tx) {
			c.report(tx, 0, map[string]string{"1.M": "1100", "1.F": "900", "2.M": "15", "2.F": "15"})
			c.report(tx, 1, map[string]string{"1.M": "100", "1.F": "100", "2.M": "17", "2.F": "19"})
		})
		p := c.proof("office", rate)
		for _, one := range p.Parts {
			total := 0
			for _, a := range one.Addends {
				n, err := strconv.Atoi(a.Value)
				c.must(err)
				total += n
			}
			if len(one.Addends) != 2 || strconv.Itoa(total) != one.Total {
				t.Errorf("%s: the areas' %+v come to %d, the part says %s", one.Element, one.Addends, total, one.Total)
			}
		}
		own := c.proof("西河区甲", rate).Parts[0].Addends
		if !own[0].Withheld || own[0].Value != "" || own[1].Withheld || own[1].Value != "36" {
			t.Errorf("a district sees of the areas %+v", own)
		}
		if women := c.proof("office", rate+"&sex=2").Parts[0].Addends; women[0].Value != "15" ||
			women[1].Value != "19" {
			t.Errorf("of the women the areas put in %+v", women)
		}
		c.Run(t,
			webtest.Scenario{As: "office", Path: rate, Contains: []string{"各地区的数", "2,000", "2,200"}},
			webtest.Scenario{As: "西河区甲", Path: rate, Contains: []string{"不便显示", "其中2个数属于其他地区"},
				NotContains: []string{"2,000"}},
			webtest.Scenario{As: "office", Path: rate + "&format=csv", Contains: []string{"EXAMINED,MARRIED",
				",30,2000",
				",36,200", "合计,sum,,,填报,entered,,,66,2200"}},
			webtest.Scenario{As: "西河区甲", Path: rate + "&format=csv", Contains: []string{",36,200"},
				NotContains: []string{",30,2000"}})
	})
}

func TestConfidentialPartsStayHidden(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCity(t, d)
		c.update(func(tx *db.Tx) {
			c.report(tx, 0, map[string]string{"1.M": "1100", "1.F": "900", "2.M": "保密 13", "2.F": "15"})
			c.report(tx, 1, map[string]string{"1.M": "近100", "1.F": "不适用", "2.M": "17", "2.F": "19"})
		})
		parts := c.proof("office", rate).Parts
		if a := parts[0].Addends[0]; a.Value != "" || a.Mark != "保密" || parts[0].Total != "" {
			t.Errorf("a confidential number is shown: %+v of %+v", a, parts[0])
		}
		if a := parts[1].Addends; a[0].Value != "2000" || a[1].Value != "100" || a[1].Mark == "" ||
			parts[1].Total != "2000" {
			t.Errorf("an inexact number counts: %+v of %s", a, parts[1].Total)
		}
		for _, format := range []string{"", "&format=json", "&format=csv"} {
			c.Run(t, webtest.Scenario{As: "office", Path: rate + format, Contains: []string{"保密"},
				NotContains: []string{">28<", `"28"`, ",28,", ">13<", `"13"`}})
		}
	})
}

func TestHistoricalAndPublishedAreNotProven(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCity(t, d)
		c.Run(t,
			webtest.Scenario{As: "office", Path: "/published/" + c.published,
				Contains: []string{"16.5", "未经签字证实", "公开发布", "示范市16.5公报", "https://example.org/16.5",
					"1位小数", "初步数", "15.9"}},
			webtest.Scenario{As: "西河区甲", Path: "/published/" + c.published, Contains: []string{"16.5"}},
			webtest.Scenario{As: "office", Path: "/published/none", Status: 404},
			webtest.Scenario{As: "office", Path: "/published/" + c.published, JSON: true,
				Contains: []string{`"origin":"published"`, `"source_title":"示范市16.5公报"`}},
			webtest.Scenario{As: "office", Path: rate, Contains: []string{"引自公开来源，没有双签字"}})
		c.update(func(tx *db.Tx) {
			c.report(tx, 0, map[string]string{"1.M": "100", "1.F": "100", "2.M": "15", "2.F": "15"})
			_, _, err := submission.Import(tx, journal.System, c.owed(1), submission.Filled{Source: "西河区年鉴",
				Cells: map[string]string{"1.M": "100", "1.F": "100", "2.M": "17", "2.F": "19"}})
			c.must(err)
		})
		if p := c.proof("office", rate); p.Tally != (submission.Tally{Signed: 1, Unsigned: 1}) {
			t.Errorf("with one district's history the sources count as %+v", p.Tally)
		}
		c.Run(t, webtest.Scenario{As: "office", Path: rate + "&format=csv",
			Contains: []string{"historical,否,是"}})
		if p := c.proof("office", rate); p.Status != "unproven" ||
			p.Sources[1].Named != "西河区年鉴" || !p.Sources[1].Verified {
			t.Errorf("with one district's history the figure is %+v", p)
		}
		if hidden := c.proof("东山区甲", rate).Sources[1]; hidden.Signed || hidden.Named != "" {
			t.Errorf("another unit sees of a historical source: %+v", hidden)
		}
		c.Run(t,
			webtest.Scenario{As: "office", Path: rate,
				Contains: []string{"历史数据，未签字：西河区年鉴",
					"有的报表未签字：双签字报表1份；历史报表（未签字）1份。"}},
			webtest.Scenario{As: "office", Path: "/published/" + c.published,
				Contains: []string{"本系统由报表算出", "等于已公布的16.5%"}})
	})
}
