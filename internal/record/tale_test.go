package record_test

// How stories of registers are told: who does what with a record, what it says then, and what is counted. The stories
// themselves stand in the story files, one register each with the people whom its section of the paper names.

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/record"
)

// tellers are who stories are about, beside those of the town.
var tellers = map[string][2]string{
	"mch-east": {"东岭区妇幼保健院", "statistician"}, "mch-east-head": {"东岭区妇幼保健院", "leader"},
	"mch-west": {"西川区妇幼保健院", "statistician"}, "mch-city": {"示范市妇幼保健院", "statistician"},
	"health-head": {"示范市卫生健康委", "leader"}, "health-team": {"示范市卫生健康委", "statistician"},
	"rooms-east": {"东岭区卫生健康委", "statistician"},
	"committee":  {"桐花社区居委会", "statistician"}, "works": {"东岭区城市管理委", "statistician"},
	"works-head": {"东岭区城市管理委", "leader"}, "shops": {"东岭区商务局", "statistician"},
	"shops-head": {"东岭区商务局", "leader"}, "civil": {"东岭区民政局", "statistician"},
	"civil-head": {"东岭区民政局", "leader"}, "parks": {"东岭区园林局", "statistician"},
	"parks-head": {"东岭区园林局", "leader"}, "school": {"东岭区教育局", "statistician"},
	"school-head": {"东岭区教育局", "leader"}, "justice": {"示范市司法局", "statistician"},
	"justice-head": {"示范市司法局", "leader"}, "court": {"示范市法院", "liaison"},
	"court-checker": {"示范市法院", "statistician"}, "court-head": {"示范市法院", "leader"},
	"market": {"示范市市场监管局", "liaison"}, "laboratory": {"示范市市场监管局", "statistician"},
	"market-head": {"示范市市场监管局", "leader"}, "finance": {"示范市财政局", "statistician"},
	"finance-head": {"示范市财政局", "leader"}, "office-b": {"示范市妇儿工委办", "office"},
	"government": {"示范市人民政府办公室", "liaison"}, "government-head": {"示范市人民政府办公室", "leader"},
	"federation-head": {"示范市妇联", "leader"},
}

// today is the day on which the stories are told.
func today() time.Time { return time.Now().In(db.China) }

// day is a day so many days from today.
func day(from int) string { return today().AddDate(0, 0, from).Format(time.DateOnly) }

// workday is day, or the first after it that is no weekend: limits that end on a day off end later.
func workday(from int) string {
	for ; ; from++ {
		if on := today().AddDate(0, 0, from).Weekday(); on != time.Saturday && on != time.Sunday {
			return day(from)
		}
	}
}

// stories are told one after the other in one town on each database.
func stories(t *testing.T, all map[string]func(*town)) {
	t.Helper()
	t.Parallel()
	fixture.Each(t, func(t *testing.T, d *db.DB) {
		c := newTown(t, d)
		for name, story := range all {
			t.Run(name, func(t *testing.T) { // they share the town, and no register
				story(&town{T: t, d: c.d, people: c.people})
			})
		}
	})
}

// tale is one record, told as who does what with it.
type tale struct {
	*town
	code string
	r    record.Record
}

// given reads field, value, field, value.
func given(values []string) map[string]string {
	all := map[string]string{}
	for i := 0; i < len(values); i += 2 {
		all[values[i]] = values[i+1]
	}
	return all
}

func (c *town) begins(code, who string, values ...string) *tale {
	c.Helper()
	r, err := c.create(who, code, given(values))
	if err != nil {
		c.Fatalf("%s begins a record of %s: %v %v", who, code, err, errs.FieldsOf(err))
	}
	return &tale{c, code, r}
}

func (s *tale) writes(who string, values ...string) {
	s.Helper()
	r, err := s.save(who, s.r, nil, given(values))
	if err != nil {
		s.Fatalf("%s writes in %s: %v %v", who, s.r.Title, err, errs.FieldsOf(err))
	}
	s.r = r
}

// does takes a step; what it needs is given with it, a reason among it.
func (s *tale) does(who, verb string, values ...string) {
	s.Helper()
	r, err := s.tries(who, verb, values)
	if err != nil {
		s.Fatalf("%s does %s in %s: %v %v", who, verb, s.r.State, err, errs.FieldsOf(err))
	}
	s.r = r
}

func (s *tale) tries(who, verb string, values []string) (record.Record, error) {
	all := given(values)
	reason := all["reason"]
	delete(all, "reason")
	return s.take(who, s.r, verb, reason, all)
}

// cannot holds that a step is refused, in words that say why.
func (s *tale) cannot(who, verb, why string, values ...string) {
	s.Helper()
	_, err := s.tries(who, verb, values)
	said := fmt.Sprint(err)
	for _, words := range errs.FieldsOf(err) {
		said += " " + words.String()
	}
	if err == nil || errs.KindOf(err) == errs.Internal || !strings.Contains(said, why) {
		s.Errorf("%s does %s in %s: it says %q, want %q", who, verb, s.r.State, said, why)
	}
}

// cannotWrite holds that what is typed in a field is refused, in words that say why.
func (s *tale) cannotWrite(who, field, why, typed string) {
	s.Helper()
	_, err := s.save(who, s.r, nil, map[string]string{field: typed})
	if said := errs.FieldsOf(err)["value["+field+"]"]; err == nil || !strings.Contains(said.String(), why) {
		s.Errorf("%s types %s in %s: it says %v, want %q", who, typed, field, errs.FieldsOf(err), why)
	}
}

func (s *tale) mayNotWrite(who string, values ...string) {
	s.Helper()
	if _, err := s.save(who, s.r, nil, given(values)); err == nil {
		s.Errorf("%s writes %v while it is %s", who, values, s.r.State)
	}
}

// is holds what the record says: state and fields.
func (s *tale) is(values ...string) {
	s.Helper()
	for code, want := range given(values) {
		got := s.r.Body[code]
		switch code {
		case "state":
			got = s.r.State
		case "due":
			got = s.r.DueOn
		}
		if got != want {
			s.Errorf("%s of %s is %q, want %q", code, s.r.Title, got, want)
		}
	}
}

// waits holds that what follows is due in so many days, moved from a day off.
func (s *tale) waits(days int) {
	s.Helper()
	if s.r.DueOn < day(days) || s.r.DueOn > day(days+10) {
		s.Errorf("%s is due on %s, want %d days from today", s.r.Title, s.r.DueOn, days)
	}
}

// seen says whether somebody sees the record at all.
func (s *tale) seen(who string) bool {
	_, err := do(s.town, func(tx *db.Tx) (record.Record, error) { return record.Read(tx, s.people[who], s.r.ID) })
	return err == nil
}

// counts holds what measures come to in a period: "measure" or "measure part", by the area's name.
func (c *town) counts(code, when, area string, values ...string) {
	c.Helper()
	var tally *record.Tally
	path := ""
	c.view(func(tx *db.Tx) error {
		d, err := record.ByCode(tx, code)
		if err != nil {
			return err
		}
		p, err := period.Parse(when)
		if err != nil {
			return err
		}
		top, err := network.NewestArea(tx, map[string]string{"示范市": "980100", "东岭区": "980101",
			"西川区": "980102"}[area])
		if err != nil {
			return err
		}
		path = top.Path
		tally, err = record.Count(tx, d, p, path)
		return err
	})
	for at, want := range given(values) {
		measure, split, _ := strings.Cut(at, " ")
		if got := tally.Value(measure, path, split); got != want {
			c.Errorf("%s in %s, %s is %q, want %q", at, when, area, got, want)
		}
	}
}

// advances is a morning on which the program takes its own steps.
func (s *tale) advances() {
	s.Helper()
	must(s.town, func(tx *db.Tx) (string, error) { return record.Advance(tx, "") })
	s.view(func(tx *db.Tx) (err error) {
		s.r, err = record.Get(tx, s.r.ID)
		return err
	})
}

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	c := &town{T: t, d: d, people: map[string]auth.User{}}
	if err := d.Update(context.Background(), c.hire); err != nil {
		t.Fatal(err)
	}
	return c
}

// inOrder holds the order in which a field names units.
func (c *town) inOrder(s *tale, field string, units ...string) {
	c.Helper()
	var codes []string
	for _, name := range units {
		codes = append(codes, strings.Trim(c.numberedUnit(name), `"`))
	}
	if got := s.r.Body.InOrder(field); !slices.Equal(got, codes) {
		c.Errorf("%s are %v, want %v: the order of the document", field, got, codes)
	}
}

// tells holds what a measure of texts says for the city in a year.
func (c *town) tells(code, when, measure string, want ...string) {
	c.Helper()
	c.view(func(tx *db.Tx) error {
		d, err := record.ByCode(tx, code)
		if err != nil {
			return err
		}
		p, err := period.Parse(when)
		if err != nil {
			return err
		}
		top, err := network.NewestArea(tx, "980100")
		if err != nil {
			return err
		}
		tally, err := record.Count(tx, d, p, top.Path)
		if got := tally.Texts(measure); err == nil && !slices.Equal(got, want) {
			c.Errorf("%s says %q, want %q", measure, got, want)
		}
		return err
	})
}
