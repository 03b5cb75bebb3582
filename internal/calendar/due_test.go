package calendar_test

// A limit written in a paper ends on the day that the announced days off make of it: the domain's own examples, laws
// for any day, and a year that nobody announced yet is said.

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"time"

	"yipanqi/internal/calendar"
)

// announced is the table as the sample ships it, taken from the notices of the State Council's office.
func announced(t *testing.T) calendar.Table {
	t.Helper()
	var days []calendar.Day
	for _, row := range rows(t, "../../samples/beijing/holidays.csv") {
		days = append(days, calendar.Day{On: row[0], Name: row[2], NameEN: row[3], Off: row[4] == "放假",
			Announced: row[5], Notice: row[6], Note: row[7]})
	}
	return calendar.New(days)
}

func rows(t *testing.T, file string) [][]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil || len(all) < 2 {
		t.Fatalf("%s: %d rows, %v", file, len(all), err)
	}
	return all[1:]
}

// instant reads 2018-12-27 or 2018-09-28T16:00.
func instant(t *testing.T, text string) time.Time {
	t.Helper()
	if day, ok := calendar.Start(text); ok {
		return day
	}
	at, err := time.ParseInLocation("2006-01-02T15:04", text, calendar.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func limit(t *testing.T, text string) calendar.Limit {
	t.Helper()
	l, err := calendar.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// The examples that the domain papers give.
func TestEveryExampleComesOut(t *testing.T) {
	t.Parallel()
	table := announced(t)
	units := map[string]string{"days": "天", "working_days": "工作日", "months": "个月", "hours": "小时"}
	rules := map[string]string{"roll": "顺延", "fixed": "不顺延"}
	for _, row := range rows(t, "testdata/day_examples.csv") {
		text := row[1] + units[row[2]] + rules[row[3]]
		due := table.Due(instant(t, row[0]), limit(t, text))
		got := due.On
		if row[2] == "hours" {
			got = due.At.In(calendar.Zone).Format("2006-01-02T15:04")
		}
		if got != row[4] || len(due.Unknown) != 0 {
			t.Errorf("%s + %s = %s (unknown %v), want %s: %s", row[0], text, got, due.Unknown, row[4], row[5])
		}
	}
}

// A notice that comes later moves a limit; what it came to before can be asked for.
func TestALaterNoticeRecomputes(t *testing.T) {
	t.Parallel()
	table, five := announced(t), limit(t, "5工作日")
	start := instant(t, "2020-01-22")
	for asOf, want := range map[string]string{"2020-01-26": "2020-02-04", "2020-01-27": "2020-02-06"} {
		if due := table.AsOf(asOf).Due(start, five); due.On != want || len(due.Unknown) != 0 {
			t.Errorf("as of %s it is due on %+v, want %s", asOf, due, want)
		}
	}
	before := table.AsOf("2019-03-21")
	if before.Off("2019-05-02") || !table.Off("2019-05-02") || !before.Off("2019-05-01") {
		t.Error("2 May 2019 is off by the second notice alone, 1 May by both")
	}
}

func TestAYearWithoutANoticeSaysSo(t *testing.T) {
	t.Parallel()
	early := announced(t).AsOf("2018-06-01") // knows 2018 alone
	for _, c := range []struct {
		from, limit, on string
		unknown         []int
	}{
		{"2018-06-04", "5 wd", "2018-06-11", nil},
		{"2018-12-14", "5 wd", "2018-12-21", nil},
		{"2018-12-21", "3 wd", "2018-12-26", []int{2019}}, // the last week is the next notice's
		{"2018-12-27", "5 wd", "2019-01-03", []int{2019}}, // New Year's Day is taken for granted by nobody
		{"2018-12-27", "7 d", "2019-01-03", []int{2019}},
		{"2018-12-27", "7 d fixed", "2019-01-03", nil}, // no day off can move it
		{"2020-03-02", "2 wd", "2020-03-04", []int{2020}},
		{"2018-12-30T08:00", "48h", "2019-01-01", nil},
	} {
		due := early.Due(instant(t, c.from), limit(t, c.limit))
		if due.On != c.on || !slices.Equal(due.Unknown, c.unknown) {
			t.Errorf("%s + %s is %s, unknown %v, want %s, %v", c.from, c.limit, due.On, due.Unknown, c.on, c.unknown)
		}
	}
	if due := (calendar.Table{}).Due(instant(t, "2018-12-28"), limit(t, "1 wd")); due.On != "2018-12-31" ||
		!slices.Equal(due.Unknown, []int{2018, 2019}) {
		t.Errorf("without any table it is %+v", due)
	}
}

func TestGapsAndYears(t *testing.T) {
	t.Parallel()
	var some []calendar.Day
	whole := announced(t)
	years := whole.Years()
	if len(years) != 9 || years[0] != 2018 || years[8] != 2026 || whole.Gaps() != nil {
		t.Errorf("the sample's years are %v with gaps %v", years, whole.Gaps())
	}
	for _, year := range []int{2018, 2019, 2021, 2024} {
		some = append(some, whole.Year(year)...)
	}
	table := calendar.New(some)
	if gaps := table.Gaps(); !slices.Equal(gaps, []int{2020, 2022, 2023}) {
		t.Errorf("gaps are %v", gaps)
	}
	if due := table.Due(instant(t, "2020-09-30"), limit(t, "1 wd")); !slices.Equal(due.Unknown, []int{2020}) {
		t.Errorf("a limit in the gap is %+v", due)
	}
	changes := slices.DeleteFunc(whole.Year(2019), func(d calendar.Day) bool { return d.Announced < "2019" })
	table = calendar.New(append(whole.Year(2018), append(changes, whole.Year(2020)...)...))
	if gaps := table.Gaps(); len(changes) == 0 || !slices.Equal(gaps, []int{2019}) {
		t.Errorf("with %d days that a notice of 2019 changed and without the year's own, gaps are %v", len(changes), gaps)
	}
	if days := whole.Year(2019); whole.Holds(days[slices.IndexFunc(days, func(d calendar.Day) bool {
		return d.On == "2019-05-01"
	})]) {
		t.Error("what the first notice said of 1 May 2019 still holds")
	}
}

func TestADayOfItsOwn(t *testing.T) {
	t.Parallel()
	table := announced(t)
	for text, want := range map[string]string{"2018-10-01": "2018-10-01", "2018-10-01顺延": "2018-10-08",
		"2018-10-08 roll": "2018-10-08"} {
		if due := table.Due(time.Now(), limit(t, text)); due.On != want {
			t.Errorf("%s is due on %s, want %s", text, due.On, want)
		}
	}
	if due := table.Due(time.Now(), calendar.Limit{}); !due.IsZero() || due.Late(time.Now()) {
		t.Errorf("no limit is due on %+v", due)
	}
}

func TestLateIsFromTheNextMidnightInChina(t *testing.T) {
	t.Parallel()
	due := announced(t).Due(instant(t, "2018-06-04"), limit(t, "3天"))
	for text, late := range map[string]bool{"2018-06-07T23:59": false, "2018-06-08T00:00": true} {
		if at := instant(t, text); due.Late(at) != late || due.Late(at.UTC()) != late {
			t.Errorf("at %s it is late: %t, want %t", text, !late, late)
		}
	}
	hours := announced(t).Due(instant(t, "2018-06-04T10:00"), limit(t, "24h"))
	if hours.Late(instant(t, "2018-06-05T09:59")) || !hours.Late(instant(t, "2018-06-05T10:00")) {
		t.Errorf("24 hours end at %v", hours.At)
	}
	evening := time.Date(2018, 6, 4, 17, 0, 0, 0, time.UTC) // 1 o'clock on the 5th in China
	if on := announced(t).Due(evening, limit(t, "1天不顺延")).On; on != "2018-06-06" {
		t.Errorf("a day from the night of 5 June in China ends on %s", on)
	}
}

// Whatever the day: a working-day limit ends on a working day with just so many of them in between, a rolling limit on
// the first working day from its end on, a fixed one on that end, months on the same day or the last.
func TestLimitsKeepTheirLaws(t *testing.T) {
	t.Parallel()
	table := announced(t)
	first := instant(t, "2018-01-01")
	laws := func(offset uint16, count uint8) bool {
		start := first.AddDate(0, 0, int(offset)%3200)
		n := int(count)%60 + 1
		work := table.Due(start, calendar.Within(n, calendar.WorkDays))
		between := 0
		for day := start.AddDate(0, 0, 1); day.Format(time.DateOnly) <= work.On; day = day.AddDate(0, 0, 1) {
			if !table.Off(day.Format(time.DateOnly)) {
				between++
			}
		}
		if table.Off(work.On) || between != n {
			t.Logf("%d wd from %s is %s, %d between", n, start, work.On, between)
			return false
		}
		for _, kind := range []calendar.Kind{calendar.Days, calendar.Months} {
			l := calendar.Within(min(n, 24), kind)
			rolled, fixed := table.Due(start, l), table.Due(start, l.Fixed())
			if table.Off(rolled.On) || rolled.On < fixed.On || (rolled.From == fixed.On) == (rolled.On == fixed.On) {
				t.Logf("%s from %s is %+v and %+v", l, start, rolled, fixed)
				return false
			}
			for day, _ := calendar.Start(fixed.On); day.Format(time.DateOnly) < rolled.On; day = day.AddDate(0, 0, 1) {
				if !table.Off(day.Format(time.DateOnly)) {
					t.Logf("%s from %s moves over the working day %s", l, start, day)
					return false
				}
			}
		}
		longer := table.Due(start, calendar.Within(n+1, calendar.WorkDays))
		tomorrow := table.Due(start.AddDate(0, 0, 1), calendar.Within(n, calendar.WorkDays))
		return longer.On > work.On && tomorrow.On >= work.On
	}
	if err := quick.Check(laws, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
	for start, want := range map[string]string{"2020-01-31": "2020-02-29", "2019-01-31": "2019-02-28",
		"2019-12-31": "2020-01-31", "2019-01-15": "2019-02-15"} {
		if got := table.Due(instant(t, start), limit(t, "1个月不顺延")).On; got != want {
			t.Errorf("a month from %s ends on %s, want %s", start, got, want)
		}
	}
}

func TestLimitsAreReadInBothLanguages(t *testing.T) {
	t.Parallel()
	for want, texts := range map[string]string{
		"7天":           "7天|7 天|7日|7d|7 d|7 days|7天顺延|7天，顺延|7 days roll",
		"7天不顺延":        "7天不顺延|7天，不顺延|7 d fixed|7 days, fixed",
		"3工作日":         "3工作日|3个工作日|3 个工作日|3wd|3 wd|3 WD|3 working days",
		"10工作日":        "10 wd|10工作日",
		"1个月":          "1个月|1 month|1 mo|1mo",
		"24小时":         "24h|24 h|24小时|24 hours|24小时不顺延",
		"12个月":         "12个月|1年|1 year",
		"2018-12-31":   "2018-12-31|2018-12-31 fixed",
		"2018-12-31顺延": "2018-12-31顺延|2018-12-31 roll",
		"1工作日":         "1 wd|1 working day",
	} {
		for text := range strings.SplitSeq(texts, "|") {
			l, err := calendar.Parse(text)
			if err != nil || l.String() != want {
				t.Errorf("%q reads as %q, %v, want %q", text, l, err, want)
			}
			for _, said := range []string{l.String(), l.English()} {
				if again, err := calendar.Parse(said); err != nil || again != l {
					t.Errorf("%q is said as %q, which reads as %v, %v", text, said, again, err)
				}
			}
			if again, err := calendar.Parse(l.In("zh")); err != nil || again != l || l.In("en") != l.English() {
				t.Errorf("%q is shown as %q and %q, which reads as %v, %v", text, l.In("zh"), l.In("en"), again, err)
			}
			data, _ := l.MarshalText()
			var read calendar.Limit
			if err := read.UnmarshalText(data); err != nil || read != l {
				t.Errorf("%q as JSON is %s, which reads as %v, %v", text, data, read, err)
			}
		}
	}
	for _, text := range []string{"", "7", "天", "0天", "-1天", "七天", "７天", "1月", "7 weeks", "99999天",
		"3工作日顺延", "24h roll", "2018-02-30", "2018-13-01", "0018-03-01", "2101-01-01", "顺延", "7天7天",
		"1.5天", "7天后", "12345678901天"} {
		if l, err := calendar.Parse(text); err == nil {
			t.Errorf("%q reads as %v", text, l)
		}
	}
	var none calendar.Limit
	if err := none.UnmarshalText(nil); err != nil || !none.IsZero() || none.String() != "" {
		t.Errorf("no text reads as %v, %v", none, err)
	}
}

func TestDaysAndWhatLiesBetween(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"2024-02-29": true, "2023-02-29": false, "2024-2-9": false, "": false,
		"2024-02-29 10:00": false, "1900-01-01": true, "2100-12-31": true, "1899-12-31": false, "2101-01-01": false,
		"0024-03-15": false, "9999-12-31": false, "20224-03-15": false} {
		if calendar.IsDay(text) != want {
			t.Errorf("%q is a day: %t", text, !want)
		}
	}
	for _, c := range []struct {
		from, to string
		want     int
	}{{"2024-02-28", "2024-03-01", 2}, {"2024-03-01", "2024-02-28", -2}, {"2023-12-31", "2023-12-31", 0},
		{"", "2024-01-01", 0}, {"2024-01-01", "never", 0}} {
		if got := calendar.Between(c.from, c.to); got != c.want {
			t.Errorf("from %s to %s are %d days, want %d", c.from, c.to, got, c.want)
		}
	}
}
