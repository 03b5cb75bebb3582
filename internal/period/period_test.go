package period

// Codes of periods read as one key each, come in order, cover their days, and no period is nothing everywhere.

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestCodesKeysAndKinds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code string
		key  int
		kind Kind
		next string
	}{
		{"2018", 201800, Year, "2019"},
		{"2018-S1", 201801, Half, "2018-S2"},
		{"2018-S2", 201802, Half, "2019-S1"},
		{"2018-Q1", 201811, Quarter, "2018-Q2"},
		{"2018-Q4", 201814, Quarter, "2019-Q1"},
		{"2018-01", 201821, Month, "2018-02"},
		{"2018-12", 201832, Month, "2019-01"},
		{"2199", 219900, Year, ""},
		{"2199-12", 219932, Month, ""},
	} {
		p, err := Parse(c.code)
		if err != nil {
			t.Errorf("%s is refused: %v", c.code, err)
			continue
		}
		if p.Int() != c.key || p.Kind() != c.kind || p.Next().String() != c.next {
			t.Errorf("%s has key %d, kind %s, next %s; want %d, %s, %s", c.code, p.Int(), p.Kind(),
				p.Next(), c.key, c.kind, c.next)
		}
	}
	if p, _ := Parse("1900-Q1"); !p.Previous().IsZero() {
		t.Errorf("before 1900-Q1 comes %v, want none", p.Previous())
	}
}

func TestWhatIsNoCodeIsRefused(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"", "-", "2018-", "18", "02018", "+2018", " 2018", "2018 ", "2018-S0",
		"2018-S3", "2018-Q0", "2018-Q5",
		"2018-Q01", "2018-q1", "2018Q1", "2018-00", "2018-13", "2018-1", "2018-M01", "2018-01-01", "1899",
		"2200", "201800", "2018年"} {
		if p, err := Parse(code); err == nil {
			t.Errorf("%q is read as %v", code, p)
		}
	}
	for _, code := range []string{"２０１８", "2018－Q1", "2018-Ｑ1", "2018\u3000"} {
		if _, err := Parse(code); err == nil || !strings.Contains(err.Error(), "全角") {
			t.Errorf("%q: the message must name the full-width character, got %v", code, err)
		}
	}
	for _, n := range []int{0, -201800, 2018, 201803, 201810, 201815, 201820, 201833, 189900, 220000} {
		if p, err := FromInt(n); err == nil {
			t.Errorf("key %d is read as %v", n, p)
		}
	}
}

func TestRangesAndLabels(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code              string
		start             YearStart
		from, to, zh, eng string
	}{
		{"2018", "", "2018-01-01", "2018-12-31", "2018年", "2018"},
		{"2018", "--10-01", "2017-10-01", "2018-09-30", "2018年（2017年10月—2018年9月）", "2018 (Oct 2017–Sep 2018)"},
		{"2018-S1", "--10-01", "2017-10-01", "2018-03-31", "2018年上半年（2017年10月—2018年3月）",
			"2018 H1 (Oct 2017–Mar 2018)"},
		{"2018-Q1", "--10-01", "2017-10-01", "2017-12-31", "2018年第1季度（2017年10月—2017年12月）",
			"2018 Q1 (Oct 2017–Dec 2017)"},
		{"2018-01", "--10-01", "2018-01-01", "2018-01-31", "2018年1月", "Jan 2018"},
		{"2018-S2", "", "2018-07-01", "2018-12-31", "2018年下半年", "2018 H2"},
		{"2018-Q1", "", "2018-01-01", "2018-03-31", "2018年第1季度", "2018 Q1"},
		{"2020-02", "", "2020-02-01", "2020-02-29", "2020年2月", "Feb 2020"},
		{"2020", "--03-01", "2019-03-01", "2020-02-29", "2020年（2019年3月—2020年2月）", "2020 (Mar 2019–Feb 2020)"},
	} {
		p, err := Parse(c.code)
		if err != nil {
			t.Fatal(err)
		}
		if from, to := p.Range(c.start); from != c.from || to != c.to {
			t.Errorf("%s from %q covers %s to %s, want %s to %s", c.code, c.start, from, to, c.from, c.to)
		}
		if p.Label(c.start) != c.zh || p.LabelEN(c.start) != c.eng {
			t.Errorf("%s from %q is labelled %q and %q, want %q and %q", c.code, c.start, p.Label(c.start),
				p.LabelEN(c.start), c.zh, c.eng)
		}
	}
}

func TestNoPeriodIsNothingEverywhere(t *testing.T) {
	t.Parallel()
	var none Period
	from, to := none.Range("--10-01")
	if s := none.String() + none.Label("--10-01") + none.LabelEN("--10-01") + string(none.Kind()) + from + to; s != "" {
		t.Errorf("no period shows as %q", s)
	}
	year, _ := Parse("2018")
	if none.Next() != none || none.Previous() != none || none.Contains(none) || none.Contains(year) ||
		year.Contains(none) {
		t.Error("no period has neighbours or lies in a period")
	}
}

func TestYearStart(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]YearStart{"": "", "--01-01": "", "--10-01": "--10-01", "--09-01": "--09-01"} {
		if got, err := ParseYearStart(in); err != nil || got != want {
			t.Errorf("year start %q is read as %q, %v", in, got, err)
		}
	}
	for _, in := range []string{"10-01", "--13-01", "--00-01", "--10-02", "--10-1", "--10-01 ", "－－10-01"} {
		if got, err := ParseYearStart(in); err == nil {
			t.Errorf("year start %q is read as %q", in, got)
		}
	}
}

func TestJSONAndSQL(t *testing.T) {
	t.Parallel()
	type row struct {
		At   Period            `json:"at"`
		None Period            `json:"none"`
		By   map[Period]string `json:"by"`
	}
	p, _ := Parse("2018-Q1")
	text, err := json.Marshal(row{At: p, By: map[Period]string{p: "x"}})
	if err != nil || string(text) != `{"at":"2018-Q1","none":"","by":{"2018-Q1":"x"}}` {
		t.Errorf("JSON is %s, %v", text, err)
	}
	var back row
	if err := json.Unmarshal(text, &back); err != nil || back.At != p || !back.None.IsZero() {
		t.Errorf("JSON comes back as %+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"at":201811}`), &back); err == nil {
		t.Error("a key is accepted where JSON needs the code")
	}
	for _, p := range []Period{p, {}} {
		stored, err := p.Value()
		var back Period
		if err != nil || back.Scan(stored) != nil || back != p {
			t.Errorf("%v is stored as %v and comes back as %v", p, stored, back)
		}
	}
	for _, stored := range []any{"2018", int64(7), 1.5} {
		if err := new(Period).Scan(stored); err == nil {
			t.Errorf("%#v is scanned as a period", stored)
		}
	}
}

var periods = rapid.Custom(func(t *rapid.T) Period {
	year := rapid.IntRange(FirstYear+1, LastYear-1).Draw(t, "year")
	sub := rapid.SampledFrom([]int{0, 1, 2, 11, 12, 13, 14, 21, 22, 23, 24, 25, 26, 27, 28, 29,
		30, 31, 32}).Draw(t, "sub")
	p, err := FromInt(year*100 + sub)
	if err != nil {
		t.Fatal(err)
	}
	return p
})

var starts = rapid.SampledFrom([]YearStart{"", "--02-01", "--03-01", "--07-01", "--09-01", "--10-01", "--12-01"})

func TestProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p, q, start := periods.Draw(t, "p"), periods.Draw(t, "q"), starts.Draw(t, "start")
		if back, err := Parse(p.String()); err != nil || back != p {
			t.Fatalf("%v parses as %v, %v", p, back, err)
		}
		if p.Next().Previous() != p || p.Previous().Next() != p {
			t.Fatalf("%v is lost between its neighbours %v and %v", p, p.Previous(), p.Next())
		}
		if p.Next().Int() <= p.Int() {
			t.Fatalf("%v: next %v", p, p.Next())
		}
		_, to := p.Range(start)
		next, _ := p.Next().Range(start)
		if last, err := time.Parse(time.DateOnly, to); err != nil ||
			last.AddDate(0, 0, 1).Format(time.DateOnly) != next {
			t.Fatalf("from %q, %v ends on %s but the next starts on %s", start, p, to, next)
		}
		pFrom, pTo := p.Range("")
		qFrom, qTo := q.Range("")
		if inside := pFrom <= qFrom && qTo <= pTo; p.Contains(q) != inside {
			t.Fatalf("%v contains %v: %v, by their days %v", p, q, p.Contains(q), inside)
		}
	})
}
