package submission_test

// The small city that the package's tests report in, sign in and turn the clock of. No test itself.

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
)

// city is a small city: an office, two districts with a health unit each, one form.
type city struct {
	*db.DB
	t         testing.TB
	secrets   account.Secrets
	issuer    sign.PublicKey
	root      network.Area
	districts [2]network.Area
	units     [2]network.Unit
	form      form.Form
	office    auth.User
	first     [2]auth.User // statisticians
	second    [2]auth.User // leaders
	both      auth.User    // holds both posts in the first unit
	keys      map[string]account.Unlocked
	now       *atomic.Int64 // the clock, Unix seconds
}

// eachCity runs a test in a fresh city on both databases.
func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	t.Parallel()
	dbtest.Turned(t, func(t *testing.T, d *db.DB, now *atomic.Int64) {
		test(t, newCity(t, d, now))
	})
}

// newCity builds the city; now is the clock of d if the test turns it.
func newCity(t testing.TB, d *db.DB, now *atomic.Int64) *city {
	if now != nil {
		now.Store(time.Date(2019, 1, 15, 1, 0, 0, 0, time.UTC).Unix())
	}
	c := &city{DB: d, t: t, keys: map[string]account.Unlocked{}, now: now}
	key, err := sign.Generate()
	c.must(err)
	c.secrets = account.Secrets{Pepper: make([]byte, 32), Installation: key}
	c.issuer, err = key.Public()
	c.must(err)
	c.must(d.Update(context.Background(), c.build))
	return c
}

func (c *city) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *city) build(tx *db.Tx) (err error) {
	for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
		{Kind: "area_level", Code: "district", Name: "区"},
		{Kind: "unit_kind", Code: "health", Name: "卫生健康委"}, {Kind: "unit_kind", Code: "office", Name: "办公室"},
		{Kind: "role", Code: "statistician", Name: "统计负责人"}, {Kind: "role", Code: "leader", Name: "单位负责人"}} {
		_, err := network.PutLabel(tx, l)
		c.must(err)
	}
	c.root, _, err = network.PutArea(tx, network.Area{Code: "990000", Name: "示范市",
		Level: "city", OpensOn: "1900-01-01"})
	c.must(err)
	for i, name := range []string{"东山区", "西河区"} {
		c.districts[i], _, err = network.PutArea(tx,
			network.Area{Code: "99010" + string(rune('1'+i)), Name: name, Level: "district",
				ParentID: c.root.ID, OpensOn: "1900-01-01"})
		c.must(err)
		c.units[i] = network.Unit{Code: "health" + string(rune('1'+i)), Name: name + "卫生健康委", Kind: "health",
			AreaID: c.districts[i].ID, OpensOn: "1900-01-01"}
		_, err = network.PutUnit(tx, c.units[i])
		c.must(err)
	}
	office := network.Unit{Code: "office", Name: "示范市妇儿工委办", Kind: "office",
		AreaID: c.root.ID, OpensOn: "1900-01-01"}
	_, err = network.PutUnit(tx, office)
	c.must(err)
	c.office = c.hire(tx, "王办公", office.Code, auth.Office)
	for i := range c.units {
		c.first[i] = c.hire(tx, c.districts[i].Name+"甲", c.units[i].Code, auth.Statistician)
		c.second[i] = c.hire(tx, c.districts[i].Name+"乙", c.units[i].Code, auth.Leader)
	}
	c.both = c.hire(tx, "兼任者", c.units[0].Code, auth.Statistician, auth.Leader)
	return c.putForm(tx)
}

func (c *city) putForm(tx *db.Tx) error {
	f := form.Form{Code: "PME", Name: "婚前医学检查情况", NameEN: "Premarital examinations",
		Number: "示范1表", Issuer: "示范市统计局",
		ValidUntil: "2030-12-31", Frequency: period.Year, YearStart: "--10-01", Level: "district",
		Reporters: "health", Due: "+1-01-31",
		Signers: form.Signers{First: auth.Statistician, Second: auth.Leader},
		Levels:  map[string]element.Method{"district": element.OwnReport, "city": element.RolledUp},
		Columns: []form.Column{{Code: "M", Name: "男", NameEN: "Men", Sex: quantity.SexMale},
			{Code: "F", Name: "女", NameEN: "Women", Sex: quantity.SexFemale}},
		Rules: []form.Rule{{Expr: "PME_EXAMINED <= PME_MARRIED", Message: "检查人数不能多于登记人数",
			MessageEN: "No more examined than married", Hard: true},
			{Expr: "PME_EXAMINED >= PME_MARRIED / 100", Message: "检查率低于1%，请核对",
				MessageEN: "Fewer than 1 % examined"}}}
	for i, e := range []element.Element{{Code: "PME_MARRIED", Name: "结婚登记人数"},
		{Code: "PME_EXAMINED", Name: "婚前医学检查人数"}} {
		e.Unit, e.Sums, e.BySex, e.YearStart = "人", true, true, "--10-01"
		stored, _, err := element.Put(tx, e)
		c.must(err)
		f.Rows = append(f.Rows, form.Row{Number: string(rune('1' + i)), Label: stored.Name, Element: stored.Code,
			Calibre: "_Z", Of: stored})
	}
	_, _, err := form.Put(tx, f)
	c.must(err)
	c.form, err = form.ByCode(tx, "PME")
	return err
}

func (c *city) hire(tx *db.Tx, name, unit string, roles ...string) auth.User {
	p, err := network.AddPerson(tx, network.Person{Name: name})
	c.must(err)
	for _, role := range roles {
		_, err := network.AddPost(tx, network.Post{PersonID: p.ID, Unit: unit, Role: role, OpensOn: "2018-01-01"})
		c.must(err)
	}
	user, err := account.UserOf(tx, p.ID)
	c.must(err)
	if !user.Can("key.create") {
		return user
	}
	key, err := sign.Generate()
	c.must(err)
	public, err := key.Public()
	c.must(err)
	// Argon2id is tested where it lives
	made := account.Key{ID: db.NewID(), PersonID: p.ID, PublicKey: public, Locked: "-"}
	c.must(account.AddKey(tx, user, made, c.secrets))
	c.keys[user.ID] = account.Unlocked{ID: made.ID, Private: key}
	return user
}

func (c *city) update(fn func(*db.Tx) error) error { return c.UpdateAlone(context.Background(), fn) }

// view reads, and fails the test if it cannot.
func view[T any](c *city, fn func(*db.Tx) (T, error)) (v T) {
	c.t.Helper()
	c.must(c.View(context.Background(), func(tx *db.Tx) (err error) {
		v, err = fn(tx)
		return err
	}))
	return v
}

func (c *city) owed(district int, year string) submission.Owed {
	p, err := period.Parse(year)
	c.must(err)
	return submission.Owed{Form: c.form, Unit: c.units[district], Area: c.districts[district],
		Period: p, DueOn: c.form.DueOn(p)}
}

func (c *city) open(district int, year string) submission.Submission {
	c.t.Helper()
	var s submission.Submission
	c.must(c.update(func(tx *db.Tx) (err error) {
		s, _, err = submission.Open(tx, journal.System, c.owed(district, year))
		return err
	}))
	return s
}

func (c *city) get(id string) submission.Submission {
	c.t.Helper()
	return view(c, func(tx *db.Tx) (submission.Submission, error) { return submission.Get(tx, id) })
}

// cells of a filled form: married and examined men and women.
func cells(mm, mf, em, ef string) map[string]string {
	return map[string]string{"1.M": mm, "1.F": mf, "2.M": em, "2.F": ef}
}

func (c *city) save(by auth.User, id string, filled map[string]string) error {
	version := c.get(id).Version
	return c.update(func(tx *db.Tx) error {
		_, err := submission.SaveDraft(tx, by, id, version, submission.Typed{Cells: filled}, nil)
		return err
	})
}

func (c *city) prepare(by auth.User, id string) error {
	return c.update(func(tx *db.Tx) error {
		s, err := submission.Get(tx, id)
		if err != nil {
			return err
		}
		v, _, err := submission.Preview(tx, by, s)
		if err != nil {
			return err
		}
		_, err = submission.Prepare(tx, by, id, v.Digest, c.keys[by.ID])
		return err
	})
}

func (c *city) sign(by auth.User, id string) error {
	return c.update(func(tx *db.Tx) error {
		versions, err := submission.Versions(tx, id)
		if err != nil || len(versions) == 0 {
			return errs.Missingf("没有版本：%v", err)
		}
		_, err = submission.Sign(tx, by, id, versions[len(versions)-1].Digest, c.keys[by.ID])
		return err
	})
}

type move func(tx *db.Tx, by auth.User, id string, version int64) error

func (c *city) do(by auth.User, id string, fn move) error {
	version := c.get(id).Version
	return c.update(func(tx *db.Tx) error { return fn(tx, by, id, version) })
}

func (c *city) accept(tx *db.Tx, by auth.User, id string, version int64) error {
	_, err := submission.Accept(tx, by, id, version, c.issuer)
	return err
}

func giveBack(tx *db.Tx, by auth.User, id string, version int64) error {
	_, err := submission.Return(tx, by, id, version, "请核对")
	return err
}

func amend(tx *db.Tx, by auth.User, id string, version int64) error {
	_, err := submission.Amend(tx, by, id, version, "漏报一户")
	return err
}

// through takes a submission of a district from its draft to accepted.
func (c *city) through(district int, id string, filled map[string]string) {
	c.t.Helper()
	c.must(c.save(c.first[district], id, filled))
	c.must(c.prepare(c.first[district], id))
	c.must(c.sign(c.second[district], id))
	c.must(c.do(c.office, id, c.accept))
}
