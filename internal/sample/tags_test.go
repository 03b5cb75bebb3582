package sample_test

// A tag leaves the same goals and indicators on every page that lists any, and no page but those that say so lists any.
// In the fictional city, whose two sets are marked on goals, on indicators, and on some until a day that is over.

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/tag"
)

// lists is how a page's answer lists goals and indicators: where they stand, and by what they are called there.
type lists struct {
	path, at, code string
}

// tagged are the pages that a tag narrows.
var tagged = []lists{
	{"/board?plan=SF-W21", "domains.*.goals.*.indicators.*", "indicator"},
	{"/board?plan=SF-C21", "domains.*.goals.*.indicators.*", "indicator"},
	{"/plans/SF-W21?", "domains.*.goals.*", "code"},
	{"/plans/SF-C21?", "domains.*.goals.*", "code"},
	{"/indicators?", "groups.*.indicators.*", "indicator"},
	{"/areas/990100?year=2023", "indicators.*", "indicator"},
	{"/areas/990101?year=2023", "indicators.*", "indicator"},
	{"/units/SF-HEA?", "indicators.*", "indicator"},
	{"/units/SF-EDU?", "duties.*", "goal.code"},
	{"/health?", "indicators.*", "indicator"},
	{"/no-data?", "records.*", "indicator"},
	{"/indicator-links?", "links.*", "local"},
	{"/reports/annual?", "figures.*", "indicator"},
}

// under collects what stands at a path of an answer, * for each of a list.
func under(v any, path string) (all []any) {
	head, rest, more := strings.Cut(path, ".")
	var next []any
	switch v := v.(type) {
	case []any:
		next = v
	case map[string]any:
		if head == "*" {
			return nil
		}
		next = []any{v[head]}
	}
	if !more {
		return next
	}
	for _, one := range next {
		all = append(all, under(one, rest)...)
	}
	return all
}

// codes are what a page lists, each once, in order.
func (l lists) codes(answer map[string]any) (all []string) {
	for _, one := range under(answer, l.at) {
		for _, code := range under(one, l.code) {
			all = append(all, fmt.Sprint(code))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// health are the indicators that the tag HEALTH of SF-4 marks: those of the goal 1.1, and one marked itself. One more
// was marked until a day before the sample's.
var health = []string{"C-HEA-001", "W-HEA-001", "W-HEA-003", "W-HEA-004", "W-HEA-005", "W-HEA-006", "W-HEA-007"}

// mattersOfATag holds the lists of matters and of items against what the matters are of.
func (c *earlier) mattersOfATag() {
	c.t.Helper()
	marked := lists{"", "groups.*.indicators.*", "indicator"}.codes(c.page("office", "/indicators?tag=SF-4/CHILD"))
	of := map[string]string{}
	c.must(c.View(context.Background(), func(tx *db.Tx) error {
		return db.Each(tx, func(r db.Row) error {
			var id, indicator string
			err := r.Scan(&id, &indicator)
			of[id] = indicator
			return err
		}, `SELECT id, indicator FROM matters`)
	}))
	for path, by := range map[string]lists{"/matters": {"", "matters.*", "id"}, "/items": {"", "items.*", "matter"}} {
		var want []string
		for _, id := range by.codes(c.page("office", path)) {
			if slices.Contains(marked, of[id]) {
				want = append(want, id)
			}
		}
		if got := by.codes(c.page("office", path+"?tag=SF-4/CHILD")); len(want) == 0 || !slices.Equal(got, want) {
			c.t.Errorf("%s lists the matters %v for the tag, want %v, which are of %v", path, got, want, marked)
		}
		if _, refused := c.get("office", path+"?tag=SF-3/NEAR"); errs.KindOf(refused) != errs.Invalid {
			c.t.Errorf("%s takes a tag that ended: %v", path, refused)
		}
	}
}

// workOfATag holds rounds, their comparisons and registers against what a tag leaves of goals and indicators.
func (c *earlier) workOfATag() {
	c.t.Helper()
	const of = "?tag=SF-4/HEALTH"
	ids := lists{"", "rounds.*", "id"}
	all, left := ids.codes(c.page("office", "/rounds")), ids.codes(c.page("office", "/rounds"+of))
	var want []string
	for _, id := range all {
		for _, plan := range under(c.page("office", "/rounds/"+id), "round.plans.*") {
			goals := lists{"", "domains.*.goals.*", "code"}
			if len(goals.codes(c.page("office", "/plans/"+fmt.Sprint(plan)+of))) > 0 {
				want = append(want, id)
			}
		}
	}
	want = slices.Compact(want)
	if len(want) == 0 || !slices.Equal(left, want) {
		c.t.Errorf("of the rounds %v the tag leaves %v, want those of its plans, %v", all, left, want)
	}
	lines := lists{"", "lines.*", "indicator"}
	for _, id := range want {
		path := "/rounds/" + id + "/comparison"
		var marked []string
		for _, code := range lines.codes(c.page("office", path+"?all=true")) {
			if slices.Contains(health, code) {
				marked = append(marked, code)
			}
		}
		if got := lines.codes(c.page("office", path+of+"&all=true")); !slices.Equal(got, marked) {
			c.t.Errorf("%s compares %v for the tag, want %v", path, got, marked)
		}
	}
	codes, numbers := lists{"", "registers.*", "code"}, lists{"", "records.*", "number"}
	registers := codes.codes(c.page("office", "/registers"+of))
	const funds = "/registers/funding_item/records"
	named := numbers.codes(c.page("office", funds+of))
	var whole []string
	for _, goal := range []string{"SF-W21/1.1", "SF-C21/1.1"} {
		whole = append(whole, numbers.codes(c.page("office", funds+"?where[goals]="+goal))...)
	}
	slices.Sort(whole)
	if whole = slices.Compact(whole); len(whole) == 0 || !slices.Equal(named, whole) {
		c.t.Errorf("of the funding the tag leaves %v, want those that name its goals, %v", named, whole)
	}
	for code, is := range map[string]bool{"premarital_month": true, "funding_item": true, "public_toilet": false,
		"expert": false} {
		if slices.Contains(registers, code) != is {
			c.t.Errorf("the registers of the tag are %v; %s serves it: %t", registers, code, is)
		}
	}
	for path, is := range map[string]int{"/registers/premarital_month/records": 1,
		"/registers/public_toilet/records": 0} {
		if n := len(numbers.codes(c.page("office", path+of))); min(n, 1) != is {
			c.t.Errorf("%s lists %d records for the tag", path, n)
		}
	}
	for path, is := range map[string]int{"/registers/premarital_month/measures?period=2023&tag=": 1,
		"/registers/public_toilet/measures?period=2023&tag=": 0} {
		if n := len(under(c.page("office", path+"SF-4/HEALTH"), "measures.*.code")); min(n, 1) != is ||
			len(under(c.page("office", path), "measures.*.code")) == 0 {
			c.t.Errorf("%s shows %d measures for the tag", path, n)
		}
	}
	const toilets = "/registers/public_toilet/map"
	every, marked := c.page("office", toilets), c.page("office", toilets+of)
	if n := fmt.Sprint(marked["total"]); n != "0" || fmt.Sprint(every["total"]) == "0" {
		c.t.Errorf("of the toilets on the map, %v, the tag leaves %s, which they do not serve", every["total"], n)
	}
	for _, path := range []string{"/rounds", "/registers", funds, toilets,
		"/registers/public_toilet/measures"} {
		if _, refused := c.get("office", path+"?tag=SF-3/NEAR"); errs.KindOf(refused) != errs.Invalid {
			c.t.Errorf("%s takes a tag that ended: %v", path, refused)
		}
	}
}

func TestATagLeavesTheSameOnEveryPage(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		c := newEarlier(t, d)
		goals := map[string][]string{"/plans/SF-W21?": {"1.1"}, "/plans/SF-C21?": {"1.1"}, "/units/SF-EDU?": nil}
		for _, page := range tagged {
			whole := page.codes(c.page("office", strings.TrimSuffix(page.path, "?")))
			var want []string
			marks, isGoals := goals[page.path]
			for _, code := range whole {
				if isGoals && slices.Contains(marks, code) || !isGoals && slices.Contains(health, code) {
					want = append(want, code)
				}
			}
			got := page.codes(c.page("office", page.path+"&tag=SF-4/HEALTH"))
			if !slices.Equal(got, want) {
				t.Errorf("%s lists %v of %v for the tag, want %v", page.path, got, whole, want)
			}
			for _, wrong := range []string{"zz", "SF-4/zz", "SF-3", "SF-3/NEAR", "SF-4/HOME", "SF-4/"} {
				if _, refused := c.get("office", page.path+"&tag="+wrong); errs.KindOf(refused) != errs.Invalid {
					t.Errorf("%s takes the tag %s, which there is not today: %v", page.path, wrong, refused)
				}
			}
		}
		c.mattersOfATag()
		c.workOfATag()
		set := c.page("office", "/tags/SF-4")
		if n := len(under(set, "tags.*")); n != 4 {
			t.Errorf("the set shows %d tags, want the 4 that are in use", n)
		}
		if n := len(under(set, "ended.*")); n != 1 {
			t.Errorf("the set shows %d tags that ended, want 1", n)
		}
		if lone := under(set, "tags.*"); len(lone) > 0 {
			rows := lists{"", "indicators.*", "indicator"}.codes(lone[0].(map[string]any))
			if !slices.Equal(rows, []string{"C-CHH-001", "C-WEL-002"}) {
				t.Errorf("CHILD marks %v by themselves", rows)
			}
		}
		marks := func(login string) string { return fmt.Sprint(under(c.page(login, "/tags"), "sets.*.marks")) }
		office, other := marks("office"), marks("zhonghu-statistician")
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			district, err := network.AreaByCode(tx, "990102", "")
			must(t, err)
			_, err = plan.Put(tx, plan.Plan{Code: "X", Name: "西川区规划", Kind: "women", AreaID: district.ID,
				Starts: 2021, Ends: 2025, Status: "issued"})
			must(t, err)
			_, err = plan.PutDomain(tx, plan.Domain{Plan: "X", Code: "D", Name: "健康"})
			must(t, err)
			_, err = plan.PutGoal(tx, plan.Goal{Plan: "X", Code: "1", Domain: "D", Text: "目标"})
			must(t, err)
			_, err = tag.PutMark(tx, tag.Mark{Set: "SF-4", Tag: "HEALTH", Plan: "X", Goal: "1"})
			return err
		}))
		if got := marks("zhonghu-statistician"); got != other {
			t.Errorf("a district learns that another's plan is marked: %s, before %s", got, other)
		}
		if got := marks("office"); got == office {
			t.Errorf("the city's office does not see that a district's plan is marked: %s as before", got)
		}
	})
}
