package cycle_test

// The small city whose years are told here: an office with its committee, the statistics unit that leads, three units
// that report and two districts, with people who sign. No test itself.

import (
	"context"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/cycle"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/letter"
	"yipanqi/internal/meeting"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/webtest"
)

type city struct {
	*db.DB
	t       *testing.T
	now     *atomic.Int64 // the clock, Unix seconds
	secrets account.Secrets
	issuer  sign.PublicKey
	people  map[string]auth.User // office, colleague, chief, and by unit: EDU stat, EDU head, …
	keys    map[string]account.Unlocked
}

// TestMain has cycles open in pieces, so that what follows by itself is tried too.
func TestMain(m *testing.M) {
	cycle.OpenAtOnce(2)
	os.Exit(m.Run())
}

func eachCity(t *testing.T, test func(*testing.T, *city)) {
	t.Helper()
	t.Parallel()
	dbtest.Turned(t, func(t *testing.T, d *db.DB, now *atomic.Int64) {
		c := &city{DB: d, t: t, now: now, people: map[string]auth.User{}, keys: map[string]account.Unlocked{}}
		c.on("2023-12-04 09:00")
		key, err := sign.Generate()
		c.must(err)
		c.secrets = account.Secrets{Pepper: make([]byte, 32), Installation: key}
		c.issuer, err = key.Public()
		c.must(err)
		c.must(d.Update(context.Background(), c.build))
		test(t, c)
	})
}

func (c *city) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// at is an instant of the city's clock.
func at(text string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04", text, db.China)
	if err != nil {
		panic(err)
	}
	return at.UTC()
}

// on turns the clock.
func (c *city) on(text string) { c.now.Store(at(text).Unix()) }

func (c *city) build(tx *db.Tx) error {
	for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
		{Kind: "area_level", Code: "district", Name: "区"}, {Kind: "role", Code: auth.Office, Name: "妇儿工委办"},
		{Kind: "role", Code: auth.Leader, Name: "单位负责人"}, {Kind: "role", Code: auth.Liaison, Name: "联络员"},
		{Kind: "role", Code: auth.Statistician, Name: "统计负责人"},
		{Kind: "role", Code: auth.CommitteeChief, Name: "妇儿工委主任"}} {
		_, err := network.PutLabel(tx, l)
		c.must(err)
	}
	root, _, err := network.PutArea(tx, network.Area{Code: "990100", Name: "示范市", Level: "city",
		OpensOn: "1900-01-01"})
	c.must(err)
	c.unit(tx, network.Unit{Code: "WCC", Name: "示范市妇儿工委", Kind: "committee", AreaID: root.ID})
	c.unit(tx, network.Unit{Code: "WCCO", Name: "示范市妇儿工委办", Kind: "committee_office", Parent: "WCC",
		AreaID: root.ID})
	for _, code := range []string{"STA", "EDU", "HEA", "CUL"} {
		c.unit(tx, network.Unit{Code: code, Name: "示范市" + code + "局", Kind: "dept_" + code, Parent: "WCC",
			AreaID: root.ID})
	}
	for _, n := range []string{"1", "2"} {
		area, _, err := network.PutArea(tx, network.Area{Code: "99010" + n, Name: n + "区", Level: "district",
			ParentID: root.ID, OpensOn: "1900-01-01"})
		c.must(err)
		c.unit(tx, network.Unit{Code: "D" + n, Name: n + "区妇儿工委", Kind: "district_committee", Parent: "WCC",
			AreaID: area.ID})
		c.unit(tx, network.Unit{Code: "D" + n + "O", Name: n + "区妇儿工委办", Kind: "district_office",
			Parent: "D" + n, AreaID: area.ID})
		c.hire(tx, "D"+n+"O office", "D"+n+"O", auth.Office)
	}
	c.hire(tx, "office", "WCCO", auth.Office)
	c.hire(tx, "colleague", "WCCO", auth.Office)
	c.hire(tx, "chief", "WCC", auth.CommitteeChief)
	for _, kind := range []letter.Kind{letter.KindNotice, letter.KindLetter, letter.KindCircular} {
		c.must(letter.SetMark(tx, c.people["office"], letter.Mark{Issuer: "WCCO", Kind: kind,
			Mark: "示妇儿办" + string(kind.Words())}))
	}
	for _, unit := range []string{"STA", "EDU", "HEA", "CUL", "D1O", "D2O"} {
		c.hire(tx, unit+" stat", unit, auth.Statistician)
		c.hire(tx, unit+" head", unit, auth.Leader)
		c.hire(tx, unit+" liaison", unit, auth.Liaison)
	}
	for _, f := range []form.Form{{Code: "EDU-A", Reporters: "dept_EDU"}, {Code: "HEA-A", Reporters: "dept_HEA"},
		{Code: "CUL-A", Reporters: "dept_CUL", ValidUntil: "2022-12-31"}, {Code: "CUL-B", Reporters: "dept_CUL"},
		{Code: "EDU-M", Reporters: "dept_EDU", Frequency: period.Month, Due: "+20d"},
		{Code: "D-A", Reporters: "district_office", Level: "district", YearStart: "--10-01"}} {
		c.form(tx, f)
	}
	return nil
}

func (c *city) unit(tx *db.Tx, u network.Unit) {
	_, err := network.PutLabel(tx, network.Label{Kind: "unit_kind", Code: u.Kind, Name: u.Kind})
	c.must(err)
	u.OpensOn = "1900-01-01"
	_, err = network.PutUnit(tx, u)
	c.must(err)
}

// form puts a form of one cell, whatever it does not say as most forms have it.
func (c *city) form(tx *db.Tx, f form.Form) {
	if f.Level == "" {
		f.Level = "city"
	}
	if f.Frequency == "" {
		f.Frequency, f.Due = period.Year, "+1-02-20"
	}
	if f.ValidUntil == "" {
		f.ValidUntil = "2030-12-31"
	}
	e, _, err := element.Put(tx, element.Element{Code: strings.ReplaceAll(f.Code, "-", "_"), Name: f.Code + "数",
		Unit: "人", Sums: true, YearStart: f.YearStart})
	c.must(err)
	f.Name, f.Number, f.Issuer = f.Code+"表", "示范"+f.Code, "示范市统计局"
	f.Signers = form.Signers{First: auth.Statistician, Second: auth.Leader}
	f.Levels = map[string]element.Method{f.Level: element.OwnReport}
	f.Columns = []form.Column{{Code: "V", Name: "数", Sex: quantity.SexTotal}}
	f.Rows = []form.Row{{Number: "1", Label: "人数", Element: e.Code, Calibre: "_Z", Of: e}}
	_, _, err = form.Put(tx, f)
	c.must(err)
}

// hire gives a person a post, and a key.
func (c *city) hire(tx *db.Tx, as, unit, role string) {
	p, err := network.AddPerson(tx, network.Person{Name: as})
	c.must(err)
	_, err = network.AddPost(tx, network.Post{PersonID: p.ID, Unit: unit, Role: role, OpensOn: "2018-01-01"})
	c.must(err)
	user, err := account.UserOf(tx, p.ID)
	c.must(err)
	c.people[as] = user
	if role != auth.Statistician && role != auth.Leader && role != auth.CommitteeChief {
		return
	}
	key, err := sign.Generate()
	c.must(err)
	public, err := key.Public()
	c.must(err)
	// Argon2id is tested where it lives
	made := account.Key{ID: db.NewID(), PersonID: p.ID, PublicKey: public, Locked: "-"}
	c.must(account.AddKey(tx, user, made, c.secrets))
	c.keys[as] = account.Unlocked{ID: made.ID, Private: key}
}

func (c *city) site() *webtest.Site {
	m := web.NewMux(web.Config{DB: c.DB, User: account.UserOf, Committed: func() {},
		Asset: func(name string) string { return "/assets/" + name }})
	cycle.Routes(m)
	trail.Routes(m, blob.Open(c.t.TempDir()), []trail.Place{cycle.Trail()})
	return &webtest.Site{Handler: m.Handler(), DB: c.DB, People: c.people}
}

// seen wants texts on a page, or none of them.
func (c *city) seen(as, page string, are bool, texts ...string) {
	c.t.Helper()
	sc := webtest.Scenario{As: as, Path: page, Contains: texts}
	if !are {
		sc.Contains, sc.NotContains = nil, texts
	}
	c.site().Run(c.t, sc)
}

// do runs a step and returns what it made.
func do[T any](c *city, fn func(*db.Tx) (T, error)) (v T, err error) {
	err = c.UpdateAlone(context.Background(), func(tx *db.Tx) (err error) {
		v, err = fn(tx)
		return err
	})
	return v, err
}

// done is do of a step that must succeed.
func done[T any](c *city, fn func(*db.Tx) (T, error)) T {
	c.t.Helper()
	v, err := do(c, fn)
	c.must(err)
	return v
}

// refused wants a refusal of a kind that says so, and its field where it is at one.
func refused[T any](c *city, kind errs.Kind, says string, fn func(*db.Tx) (T, error)) {
	c.t.Helper()
	if _, err := do(c, fn); errs.KindOf(err) != kind || !strings.Contains(err.Error(), says) {
		c.t.Errorf("want a refusal of kind %d that says %q, got %v", kind, says, err)
	}
}

// lines are the reports of a cycle as somebody sees them.
func (c *city) lines(of cycle.Cycle, as string) []cycle.Line {
	c.t.Helper()
	return done(c, func(tx *db.Tx) ([]cycle.Line, error) {
		now, err := cycle.Read(tx, c.people[as], of.ID)
		if err != nil {
			return nil, err
		}
		return now.Lines(tx, c.people[as])
	})
}

// undone are the reports of a cycle that were not asked for yet.
func (c *city) undone(of cycle.Cycle) []cycle.Line {
	c.t.Helper()
	return slices.DeleteFunc(c.lines(of, "office"), func(l cycle.Line) bool { return l.ID != "" })
}

// report is the id of a unit's report of a form.
func (c *city) report(of cycle.Cycle, unit, code string) string {
	c.t.Helper()
	for _, l := range c.lines(of, "office") {
		if l.Unit == unit && l.Form == code {
			return l.ID
		}
	}
	c.t.Fatalf("%s was not asked for %s", unit, code)
	return ""
}

// sends fills a unit's report in and signs it twice.
func (c *city) sends(id, unit string) {
	c.t.Helper()
	first, second := c.people[unit+" stat"], c.people[unit+" head"]
	done(c, func(tx *db.Tx) (s submission.Submission, err error) {
		if s, err = submission.Get(tx, id); err != nil {
			return s, err
		}
		typed := submission.Typed{Cells: map[string]string{"1.V": "12"}}
		if s, err = submission.SaveDraft(tx, first, id, s.Version, typed, nil); err != nil {
			return s, err
		}
		v, _, err := submission.Preview(tx, first, s)
		if err != nil {
			return s, err
		}
		if _, err := submission.Prepare(tx, first, id, v.Digest, c.keys[unit+" stat"]); err != nil {
			return s, err
		}
		return submission.Sign(tx, second, id, v.Digest, c.keys[unit+" head"])
	})
}

// accepts is the office's step that ends a report.
func (c *city) accepts(id string) {
	c.t.Helper()
	done(c, func(tx *db.Tx) (submission.Submission, error) {
		s, err := submission.Get(tx, id)
		if err != nil {
			return s, err
		}
		return submission.Accept(tx, c.people["office"], id, s.Version, c.issuer)
	})
}

// issues takes a letter from draft to issued.
func (c *city) issues(object string) letter.Letter {
	c.t.Helper()
	return done(c, func(tx *db.Tx) (letter.Letter, error) {
		l, err := letter.Get(tx, strings.TrimPrefix(object, "letter/"))
		if err != nil {
			return l, err
		}
		v, _, err := letter.Preview(tx, l, c.issuer)
		if err != nil {
			return l, err
		}
		if l, err = letter.Check(tx, c.people["colleague"], l.ID, l.Version, v.Digest, c.issuer); err != nil {
			return l, err
		}
		if l, err = letter.Sign(tx, c.people["chief"], l.ID, v.Digest, c.keys["chief"]); err != nil {
			return l, err
		}
		return letter.Issue(tx, c.people["office"], l.ID, l.Version, meeting.Blocks)
	})
}

// announces plans a meeting of a kind, and has its notice issued.
func (c *city) announces(kind, title, starts string, units ...string) meeting.Meeting {
	c.t.Helper()
	by := c.people["office"]
	m := done(c, func(tx *db.Tx) (meeting.Meeting, error) {
		m, err := meeting.Plan(tx, by, meeting.Meeting{Title: title, Kind: kind, Host: "WCCO", Form: meeting.Room,
			Place: "会议室", Starts: at(starts), Ends: at(starts).Add(2 * time.Hour), ChairUnit: "WCC",
			ChairRole: auth.CommitteeChief, Scope: "各单位",
			ReplyBy: at(starts).AddDate(0, 0, -1).Format(time.DateOnly)}, 0)
		if err != nil {
			return m, err
		}
		item := meeting.AgendaItem{Title: title, Kind: "discuss", Minutes: 60}
		if kind == "training" {
			item.Kind, item.Subjects, item.Hours = "train", []string{"statistics"}, "2"
		}
		if _, err := meeting.SetAgenda(tx, by, m.ID, item); err != nil {
			return m, err
		}
		return meeting.Invite(tx, by, m.ID, units, meeting.Invitation{Capacity: "attend", Level: "any", Seats: 2},
			false)
	})
	l := done(c, func(tx *db.Tx) (letter.Letter, error) { return meeting.DraftNotice(tx, by, m.ID, "请参加。") })
	c.issues(l.Object())
	return done(c, func(tx *db.Tx) (meeting.Meeting, error) { return meeting.Notify(tx, by, m.ID, "") })
}

// comes has two people of a unit reply to a meeting; whoever is to be there then is.
func (c *city) comes(m meeting.Meeting, unit string) (ids []string) {
	c.t.Helper()
	by := c.people[unit+" liaison"]
	people := []meeting.Attendee{{Name: c.people[unit+" stat"].Name, Title: "科长", Level: "statistician"},
		{Name: c.people[unit+" head"].Name, Title: "局长", Level: "head"}}
	return done(c, func(tx *db.Tx) ([]string, error) {
		invitation, err := db.Value[string](tx, `SELECT id FROM invitations WHERE meeting = $1 AND unit = $2`,
			m.ID, unit)
		if err != nil {
			return nil, err
		}
		_, all, err := meeting.Reply(tx, by, m.ID, invitation, people)
		for _, a := range all {
			ids = append(ids, a.ID)
		}
		return ids, err
	})
}

// holds ends a meeting with who was there.
func (c *city) holds(m meeting.Meeting, present ...string) {
	c.t.Helper()
	done(c, func(tx *db.Tx) (meeting.Meeting, error) {
		for _, id := range present {
			if _, err := meeting.Arrive(tx, c.people["office"], m.ID, id); err != nil {
				return m, err
			}
		}
		return meeting.Hold(tx, c.people["office"], m.ID)
	})
}

// verified are the findings of the module's own check.
func (c *city) verified() (text string) {
	c.must(c.View(context.Background(), func(tx *db.Tx) error {
		found, err := cycle.Verify(tx, c.issuer)
		for _, f := range found {
			text += f.Words("en") + "\n"
		}
		return err
	}))
	return text
}
