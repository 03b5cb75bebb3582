package notice

// Distances and rungs of a ladder are read as offices write them and fire on working days, each once, none beyond the
// horizon. Who is told: morning_test.go.

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/errs"
)

func day(text string) time.Time {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return at
}

// weekends and a week of holidays, 1 to 7 October 2026.
var calendar2026 = days{func(d time.Time) bool {
	text := d.Format(time.DateOnly)
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && !(text >= "2026-10-01" && text <= "2026-10-07")
}}

func TestDistances(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"-10工作日": "-10wd", "－3天": "-3d", "0": "0d", "+1 wd": "+1wd",
		"'-10wd": "-10wd",
		"5个工作日":  "+5wd", "0工作日": "0d", " -3 ": "-3d", "+30d": "+30d", "": "", "三天": "", "-": "",
		"1 month": "", "1000": ""} {
		w, err := ParseWhen(text)
		if (err == nil) != (want != "") || err == nil && w.String() != want {
			t.Errorf("%q: %s, %v", text, w, err)
		}
		if again, err := ParseWhen(w.String()); want != "" && (err != nil || again != w) {
			t.Errorf("%q is not read back: %v %v", w.String(), again, err)
		}
	}
	for _, c := range []struct{ from, when, want string }{
		{"2026-10-08", "-1wd", "2026-09-30"}, {"2026-10-08", "-3d", "2026-10-05"}, {"2026-09-30", "1wd", "2026-10-08"},
		{"2026-10-04", "1wd", "2026-10-08"}, {"2026-03-06", "5wd", "2026-03-13"}, {"2026-03-06", "0", "2026-03-06"},
		{"2026-12-31", "1d", "2027-01-01"},
	} {
		w, err := ParseWhen(c.when)
		if got := calendar2026.shift(day(c.from), w).Format(time.DateOnly); err != nil || got != c.want {
			t.Errorf("%s %s: %s, want %s (%v)", c.from, c.when, got, c.want, err)
		}
	}
}

// Ahead of the due day a rung on a day off fires on the working day before; after it, on the next. Of what was missed
// only the newest fires for each address.
func TestWhichRungsFire(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ today, due, want string }{
		{"2026-03-02", "2026-03-17", ""},
		{"2026-03-03", "2026-03-17", "first -10wd"},
		{"2026-03-04", "2026-03-17", "first -10wd"}, // there already, so told once
		{"2026-03-13", "2026-03-17", "first -3d"},   // the third day before is a Saturday... told on the Friday
		{"2026-03-17", "2026-03-17", "first 0d"},
		{"2026-03-18", "2026-03-17", "first +1wd, second +1wd"},
		{"2026-03-20", "2026-03-17", "first +1wd, second +1wd"},
		{"2026-03-24", "2026-03-17", "first +1wd, office +5wd, second +1wd"},
		{"2026-03-31", "2026-03-17", "committee_leader +10wd, first +1wd, office +5wd, second +10wd"},
		// a clock that jumped a year
		{"2027-03-31", "2026-03-17", "committee_leader +10wd, first +1wd, office +5wd, second +10wd"},
		{"2026-03-13", "2026-03-15", "first 0d"}, // due on a Sunday: told on the Friday
		{"2026-09-30", "2026-10-05", "first 0d"}, // due within the holidays
		{"2026-10-08", "2026-10-05", "first +1wd, second +1wd"},
	} {
		m := calendar2026.morning(day(c.today))
		var got []string
		for _, r := range m.newest(defaults(), "submission.prepare", day(c.due)) {
			got = append(got, r.Role+" "+r.When.String())
		}
		slices.Sort(got)
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("on %s, due %s: %q, want %q", c.today, c.due, text, c.want)
		}
	}
}

// What lies beyond the horizon can fire nothing, whatever the day.
func TestNothingFiresBeyondTheHorizon(t *testing.T) {
	t.Parallel()
	for today := day("2026-01-01"); today.Before(day("2027-01-01")); today = today.AddDate(0, 0, 1) {
		if !calendar2026.works(today) {
			continue
		}
		m := calendar2026.morning(today)
		for beyond := range 5 {
			due := m.horizon(defaults()).AddDate(0, 0, 1+beyond)
			if fired := m.newest(defaults(), "submission.prepare", due); len(fired) > 0 {
				t.Fatalf("on %s, due %s: %v", today, due, fired)
			}
		}
	}
}

func TestRungsAreReadAsOfficesWriteThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		row  string
		want string // the rung, or the fields that are wrong
	}{
		{"submission.prepare,-5工作日,第一签字人,本单位,已确认,工作制度", "{-5wd first unit confirmed}"},
		{"submission.prepare,+1,leader,office,off,", "{+1d leader office off}"},
		{"submission.prepare,0,liaison,妇儿工委,,", "{0d liaison committee proposed}"},
		{"submission.prepare,soon,boss,moon,maybe,", "of role status when"},
	} {
		cells := strings.Split(c.row, ",")
		r, err := ReadRung(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5])
		got := fmt.Sprintf("{%s %s %s %s}", r.When, r.Role, r.Of, r.Status)
		if err != nil {
			got = fieldsOf(err)
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.row, got, c.want)
		}
	}
	for _, r := range defaults() {
		if r.Status != Proposed {
			t.Errorf("a default that nobody confirmed says it is: %+v", r)
		}
	}
}

func fieldsOf(err error) string {
	var names []string
	for name := range errs.FieldsOf(err) {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}
