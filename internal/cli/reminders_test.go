package cli_test

// A day's reminders in many processes at once, some of them killed: everybody is told, nobody twice.

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/app"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/form"
	"yipanqi/internal/holiday"
	"yipanqi/internal/job"
	"yipanqi/internal/mail"
	"yipanqi/internal/mail/mailtest"
	"yipanqi/internal/network"
	"yipanqi/internal/notice"
)

// owing is an installation of a town in which units, of two people each, owe so many reports each; an office is above.
type owing struct {
	*installed
	units, each int
	server      *mailtest.Server
}

func newOwing(t testing.TB, database string, units, each int) *owing {
	o := &owing{installed: &installed{t: t, data: t.TempDir(), database: database}, units: units, each: each,
		server: (&mailtest.Server{}).Start(t)}
	settings := fmt.Sprintf("YIPANQI_MAIL_SERVER=127.0.0.1:%d\nYIPANQI_MAIL_TLS=none\nYIPANQI_MAIL_FROM=office@city.test\n",
		o.server.Port)
	must(t, os.WriteFile(filepath.Join(o.data, "mail.env"), []byte(settings), 0o600))
	if out, err := o.program("import", "../sample/testdata/xinhe").CombinedOutput(); err != nil {
		t.Fatalf("import: %v\n%s", err, out)
	}
	o.with(func(a *app.App) {
		must(t, a.DB.Update(context.Background(), func(tx *db.Tx) error {
			today := tx.Today() // is worked, whatever day the test runs on
			_, err := holiday.Put(tx, calendar.Day{On: today, Name: "上班", Announced: today,
				Notice: "https://example.org/notice"}, "")
			if err == nil {
				err = o.fill(tx)
			}
			return err
		}))
	})
	return o
}

func (o *owing) with(fn func(*app.App)) {
	o.t.Helper()
	a, err := app.Open(context.Background(), app.Config{DB: o.database, Data: o.data})
	must(o.t, err)
	defer a.Close()
	fn(a)
}

// fill makes the units with their people and what they owe: a fifth each long overdue, just overdue, due today, due in
// three days, and due next year.
func (o *owing) fill(tx *db.Tx) error {
	f, err := form.ByCode(tx, "HOME-1")
	if err != nil {
		return err
	}
	above, err := network.AreaByCode(tx, "XH-E", "")
	if err != nil {
		return err
	}
	accounts, reports := map[string]map[string]string{}, map[string]map[string]any{}
	now := tx.Now.In(db.China)
	for u := range o.units {
		code := fmt.Sprintf("N%04d", u)
		area, _, err := network.PutArea(tx, network.Area{Code: code, Name: "镇" + code, Level: "town",
			ParentID: above.ID, OpensOn: "2001-01-01"})
		if err != nil {
			return err
		}
		if _, err := network.PutUnit(tx, network.Unit{Code: code, Name: "站" + code, Kind: "town_station",
			AreaID: area.ID, OpensOn: "2001-01-01"}); err != nil {
			return err
		}
		for _, role := range []string{"statistician", "leader"} {
			p, err := network.AddPerson(tx, network.Person{Name: role + code})
			if err != nil {
				return err
			}
			if _, err := network.AddPost(tx, network.Post{PersonID: p.ID, Unit: code, Role: role,
				OpensOn: "2001-01-01"}); err != nil {
				return err
			}
			if _, err := network.SetEmail(tx, p.ID, role+code+"@city.test"); err != nil {
				return err
			}
			accounts[p.ID] = map[string]string{"login": role + code}
		}
		for n := range o.each {
			reports[fmt.Sprintf("%s-%03d", code, n)] = map[string]any{"unit": code, "area": area.ID,
				"period": (1950+n/12)*100 + 21 + n%12,
				"due":    now.AddDate(0, 0, []int{-40, -1, 0, 3, 365}[n%5]).Format(time.DateOnly)}
		}
	}
	text := func(v any) string {
		b, err := json.Marshal(v)
		must(o.t, err)
		return string(b)
	}
	if err := tx.Exec(`INSERT INTO accounts (person_id, login, password_hash, enabled, language, version, updated_at)
		SELECT j.key, j.value ->> 'login', '', true, '', 1, $2 FROM json_each($1) j WHERE true`, text(accounts),
		tx.Now); err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO submissions (id, form_id, unit, area_id, period, state, due_on, late, draft,
			amend_reason, return_reason, entries, version, updated_by, updated_at)
		SELECT j.key, $2, j.value ->> 'unit', CAST(j.value ->> 'area' AS BIGINT), CAST(j.value ->> 'period' AS BIGINT),
			'draft', j.value ->> 'due', false, '{}', '', '', 0, 1, '', $3 FROM json_each($1) j WHERE true`,
		text(reports), f.ID, tx.Now)
}

// begin makes the morning's job due.
func (o *owing) begin() {
	o.t.Helper()
	o.with(func(a *app.App) { must(o.t, a.BringJobs(context.Background(), notice.JobMorning)) })
}

// counted is what stands in the database.
func (o *owing) counted(query string, args ...any) (n int) {
	o.t.Helper()
	d := dbtest.Open(o.t, o.database)
	defer d.Close()
	must(o.t, d.View(context.Background(), func(tx *db.Tx) (err error) {
		n, err = db.Value[int](tx, query, args...)
		return err
	}))
	return n
}

// leasesEnd lets what killed processes had taken be taken again.
func (o *owing) leasesEnd() {
	o.t.Helper()
	dbtest.Outside(o.t, dbtest.Open(o.t, o.database), `UPDATE deliveries SET next_at = created_at
		WHERE next_at IS NOT NULL`)
}

// told are all notices in one text, to be compared.
func (o *owing) told() string {
	o.t.Helper()
	d := dbtest.Open(o.t, o.database)
	defer d.Close()
	var lines []string
	must(o.t, d.View(context.Background(), func(tx *db.Tx) (err error) {
		lines, err = db.All(tx, db.Single[string], `SELECT object || ' ' || unit || ' ' || role || ' ' || step || ' ' ||
			due_on || ' ' || rung FROM notices WHERE object LIKE 'submission/N%' ORDER BY object, unit, role, rung`)
		return err
	}))
	return strings.Join(lines, "\n")
}

// Three processes do a day's reminders together; one is killed when the first have been told, one when the first mails
// are out. What is in the database is what one undisturbed process leaves, and a mail that came twice is the same mail.
func TestKilledInADaysReminders(t *testing.T) {
	t.Parallel()
	const units, each = 120, 50
	alone, crowd := newOwing(t, dbtest.Postgres(t), units, each), newOwing(t, dbtest.Postgres(t), units, each)
	alone.begin()
	if out, err := alone.program("jobs", "run", "--json").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := alone.told()
	if n := strings.Count(want, "\n") + 1; n < units*each {
		t.Fatalf("alone: %d told", n)
	}
	crowd.begin()
	round := func(victim func() bool) {
		t.Helper()
		var all [3]*os.Process
		ended := make(chan int, len(all))
		for i := range all {
			c := crowd.program("jobs", "run")
			must(t, c.Start())
			all[i] = c.Process
			go func() { c.Wait(); ended <- i }()
		}
		for deadline := time.Now().Add(time.Minute); !victim() && time.Now().Before(deadline); {
			time.Sleep(5 * time.Millisecond)
		}
		all[0].Kill()
		for range all {
			<-ended
		}
	}
	round(func() bool { return crowd.counted(`SELECT count(*) FROM notices`) > 0 })
	if got := crowd.told(); got != want {
		t.Fatalf("told in a crowd with one killed: %d, alone: %d\n%s", strings.Count(got, "\n"), strings.Count(want, "\n"),
			firstDifference(got, want))
	}
	for range 2 { // what a killed process had taken is taken again when its lease ends
		crowd.leasesEnd()
		arrived := len(crowd.server.Got())
		round(func() bool {
			return len(crowd.server.Got()) > arrived+20 || crowd.counted(
				`SELECT count(*) FROM deliveries WHERE next_at IS NOT NULL`) == 0
		})
	}
	crowd.leasesEnd()
	if out, err := crowd.program("jobs", "run").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if n := crowd.counted(`SELECT count(*) FROM deliveries WHERE sent_at IS NOT NULL`); n != 2*units {
		t.Errorf("%d of %d mails are sent", n, 2*units)
	}
	ids := map[string]string{}
	for _, m := range crowd.server.Got() {
		if was, twice := ids[m.To]; twice && was != m.ID {
			t.Errorf("%s got two mails: %s, %s", m.To, was, m.ID)
		}
		ids[m.To] = m.ID
	}
	if len(ids) != 2*units {
		t.Errorf("%d of %d people got a mail", len(ids), 2*units)
	}
	t.Logf("%d mails arrived for %d people", len(crowd.server.Got()), len(ids))
}

// BenchmarkReminders is a day's reminders for 2,000 people over 50,000 open items on one core, beside writing as many
// rows bare.
func BenchmarkReminders(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			database := filepath.Join(b.TempDir(), "yipanqi.db")
			if kind == "postgres" {
				database = dbtest.Postgres(b)
			}
			o := newOwing(b, database, 1000, 50)
			o.begin()
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			for b.Loop() {
				o.with(func(a *app.App) {
					start := time.Now()
					_, err := a.RunJobs(context.Background())
					must(b, err)
					took := time.Since(start).Seconds()
					told := o.counted(`SELECT count(*) FROM notices`)
					mails := o.counted(`SELECT count(*) FROM deliveries`)
					start = time.Now()
					must(b, a.DB.Update(context.Background(), func(tx *db.Tx) error {
						return tx.Exec(`INSERT INTO notices (unit, role, object, step, due_on, rung, told_on)
							SELECT unit, role, object || '/again', step, due_on, rung, told_on FROM notices`)
					}))
					bare := time.Since(start).Seconds()
					b.Logf("%s: %d told, %d digests in %.2f s, target ≤ 5 s; as many rows copied bare: %.2f s, ratio %.1f",
						kind, told, mails, took, bare, took/bare)
					if mails != 2000 || told < 40000 {
						b.Errorf("%d told, %d digests", told, mails)
					}
				})
			}
		})
	}
}

// BenchmarkDeliveries drains 100,000 queued mails to a real server, beside handing 10,000 to it bare.
func BenchmarkDeliveries(b *testing.B) {
	const queued, bare = 100_000, 10_000
	for b.Loop() {
		o := newOwing(b, filepath.Join(b.TempDir(), "yipanqi.db"), 1, 1)
		o.with(func(a *app.App) {
			person := o.person(a)
			for from := 0; from < queued; from += 10_000 {
				must(b, a.DB.Update(context.Background(), func(tx *db.Tx) error {
					var all []job.Delivery
					for n := range 10_000 {
						all = append(all, job.Delivery{Channel: notice.MailChannel, Key: fmt.Sprint("bench/", from+n),
							Person: person, Subject: "提醒", Body: strings.Repeat("今天有一件事等您办理。\n", 20)})
					}
					return job.PutAll(tx, all)
				}))
			}
			start := time.Now()
			_, err := a.RunJobs(context.Background())
			must(b, err)
			took := time.Since(start).Seconds()
			arrived, ids := o.server.Got(), map[string]bool{}
			for _, m := range arrived {
				ids[m.ID] = true
			}
			left := o.counted(`SELECT count(*) FROM deliveries WHERE sent_at IS NULL`)
			if doubled := len(arrived) - len(ids); left > 0 || len(ids) != queued || doubled > 0 {
				b.Errorf("%d left, %d arrived, %d of them again", left, len(ids), doubled)
			}
			var messages []mail.Message
			for n := range bare {
				messages = append(messages, mail.Message{ID: fmt.Sprint("bare-", n), To: "p@city.test", Subject: "提醒",
					Body: strings.Repeat("今天有一件事等您办理。\n", 20), At: time.Now()})
			}
			start = time.Now()
			must(b, mail.Server{Host: "127.0.0.1", Port: o.server.Port, TLS: mail.None, From: "office@city.test"}.Send(
				context.Background(), messages, func(mail.Message, error) {}))
			perBare := time.Since(start).Seconds() / bare
			b.Logf("100,000 mails drained in %.0f s, none lost, none twice; %.2f × handing them over bare", took,
				took/queued/perBare)
		})
	}
}

func (o *owing) person(a *app.App) (id string) {
	must(o.t, a.DB.View(context.Background(), func(tx *db.Tx) (err error) {
		id, err = db.Value[string](tx, `SELECT person_id FROM mailboxes ORDER BY person_id LIMIT 1`)
		return err
	}))
	return id
}

// firstDifference is the first line that two texts do not share.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i] + "\n" + b[i]
		}
	}
	return ""
}
