package find_test

// The search finds what people mean by their words, and of it only what each may see; what is hidden takes no place.
// Which things are put there is for their modules to test.

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
)

// In a program the modules grant.
var _ = auth.Grant(auth.Grants{auth.Readers: {"indicator.read", "unit.read", "check.read"},
	auth.Office: {"submission.read"}, auth.Statistician: {"submission.read"}, auth.Leader: {"submission.read"},
	auth.Liaison: {"submission.read"}, auth.CommitteeChief: {"submission.read"}, auth.AuditAdmin: {"journal.read"}})

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func page(code string) string { return "/things/" + code }

var kinds = []find.Kind{
	{Code: "indicator", Verb: "indicator.read", Page: page},
	{Code: "unit", Verb: "unit.read", Page: page},
	{Code: "submission", Verb: "submission.read", Page: page},
	{Code: "check", Verb: "check.read", Page: page},
	{Code: "entry", Verb: "journal.read", Page: page},
}

func user(role, unit, path string, area int64) auth.User {
	return auth.User{ID: "p", Posts: []auth.Post{{Unit: unit, Role: role, AreaPath: path, AreaID: area}}}
}

var (
	office   = user(auth.Office, "OFFICE", "1.", 1)
	district = user(auth.Office, "OFFICE-2", "1.2.", 2)
	clerk    = user(auth.Statistician, "HEALTH-2", "1.2.", 2)
	other    = user(auth.Statistician, "HEALTH-3", "1.3.", 3)
	auditor  = user(auth.AuditAdmin, "OFFICE", "1.", 1)
)

func put(t *testing.T, d *db.DB, docs ...find.Doc) {
	t.Helper()
	must(t, d.Update(context.Background(), func(tx *db.Tx) error {
		for _, doc := range docs {
			must(t, find.Put(tx, doc))
		}
		return nil
	}))
}

func titles(t *testing.T, d *db.DB, by auth.User, words string) (found []string) {
	t.Helper()
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		hits, err := find.Find(tx, by, kinds, words)
		for _, h := range hits {
			found = append(found, strings.TrimSpace(h.Title+" "+h.Note))
		}
		return err
	}))
	return found
}

const (
	homeCount = "儿童之家数"
	form2     = "儿童之家情况表 2023年 第2区"
	form3     = "儿童之家情况表 2023年 第3区"
)

func homes() []find.Doc {
	docs := []find.Doc{
		{Object: "indicator/C-ENV-001", Title: homeCount, TitleEN: "Children's homes",
			Words: []string{"儿童活动场所"}},
		{Object: "indicator/W-HEA-001", Title: "孕产妇系统管理率", TitleEN: "Systematic management of mothers"},
		{Object: "unit/HEALTH-2", Title: "东岭区卫生健康局", Scope: find.Scope{Path: "1.2.", Figures: true}},
		{Object: "unit/HEALTH-3", Title: "西川区卫生健康局", Scope: find.Scope{Path: "1.3.", Figures: true}},
		{Object: "unit/HEALTH", Title: "市卫生健康委员会", Scope: find.Scope{Path: "1.", Figures: true}},
		{Object: "entry/1", Title: "儿童之家的一条"},
		{Object: "check/1", Title: "儿童之家讲话稿", Scope: find.Scope{Unit: "HEALTH-2", Mine: true}},
	}
	for _, area := range []string{"2", "3"} {
		docs = append(docs, find.Doc{Object: "submission/" + area, Title: "儿童之家情况表", Many: true,
			Note: "2023年 第" + area + "区", Scope: find.Scope{Unit: "HEALTH-" + area, Path: "1." + area + "."}})
	}
	docs = append(docs, find.Doc{Object: "submission/8", Title: "报送回执的函",
		Scope: find.Scope{Unit: "OFFICE", Mine: true, Also: []string{"HEALTH-2"}}})
	return docs
}

func TestOnlyWhatOneMaySeeIsFound(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, homes()...)
		for name, c := range map[string]struct {
			by    auth.User
			words string
			want  []string
		}{
			"the office all submissions":        {office, "儿童之家", []string{homeCount, form3, form2}},
			"a district its own":                {district, "儿童之家", []string{homeCount, form2}},
			"a clerk the unit's, and its text":  {clerk, "儿童之家", []string{"儿童之家讲话稿", homeCount, form2}},
			"no other's":                        {other, "儿童之家", []string{homeCount, form3}},
			"the auditor what his verbs say":    {auditor, "儿童之家", []string{"儿童之家的一条"}},
			"a unit what it was sent":           {clerk, "回执", []string{"报送回执的函"}},
			"no unit what another was sent":     {other, "回执", nil},
			"nobody nothing":                    {auth.User{}, "儿童之家", nil},
			"units of areas above, none beside": {clerk, "卫生健康", []string{"市卫生健康委员会", "东岭区卫生健康局"}},
		} {
			if got := titles(t, d, c.by, c.words); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
	})
}

func TestWordsFindWhatPeopleMean(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, homes()...)
		for words, want := range map[string][]string{
			"之家数":            {"儿童之家数"},
			"活动场所":           {"儿童之家数"},                 // by another name
			"W-HEA-001":      {"孕产妇系统管理率"},              // by code,
			"whea0":          {"孕产妇系统管理率"},              // or its beginning without strokes
			"ＷＨＥＡ":           {"孕产妇系统管理率"},              // full-width
			"children HOMES": {"儿童之家数"},                 // English
			"child":          {"儿童之家数"},                 // its beginning
			"etzj 数":         {homeCount, form3, form2}, // initials
			"swsjk":          {"市卫生健康委员会"},
			"孕":              {"孕产妇系统管理率"}, // one character, in titles
			"2023年 3区":       {form3},
			"孕 产":            {"孕产妇系统管理率"}, // single characters, each in the title
			"儿童 管理":          nil,          // all of it
			"":               nil,
			"%":              nil,
			`" OR 1 --`:      nil,
			"'":              nil,
			"\u202e儿童之家数":    {"儿童之家数"},
		} {
			if got := titles(t, d, office, words); !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", words, got, want)
			}
		}
	})
}

func TestAPutThingIsFoundByWhatItIsNow(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, find.Doc{Object: "unit/A", Title: "文化局"}, find.Doc{Object: "unit/B", Title: "文化馆"})
		put(t, d, find.Doc{Object: "unit/A", Title: "文化和旅游局"}, find.Doc{Object: "unit/B", Title: "文化馆"})
		if got := titles(t, d, office, "文化局"); got != nil {
			t.Errorf("the old name still finds %v", got)
		}
		if got := titles(t, d, office, "文化"); !slices.Equal(got, []string{"文化馆", "文化和旅游局"}) {
			t.Errorf("%v: a renamed thing keeps its place behind the newer one", got)
		}
		must(t, d.Update(context.Background(), func(tx *db.Tx) error { return find.Drop(tx, "unit/A") }))
		if got := titles(t, d, office, "文化"); !slices.Equal(got, []string{"文化馆"}) {
			t.Errorf("%v are found after one was dropped", got)
		}
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			must(t, find.Drop(tx, "unit/never"))
			return find.Clear(tx)
		}))
		if got := titles(t, d, office, "文化"); got != nil {
			t.Errorf("%v are found after everything was forgotten", got)
		}
	})
}

// The newest twenty, whoever holds the words: rights stand before the limit, so what one may not see takes no place.
func TestWhatIsHiddenTakesNoPlace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var docs []find.Doc
		for i := range 60 {
			unit, path := "HEALTH-2", "1.2."
			if i >= 25 {
				unit, path = "HEALTH-3", "1.3."
			}
			docs = append(docs, find.Doc{Object: fmt.Sprint("submission/", i), Title: fmt.Sprint("报表", i), Many: true,
				Scope: find.Scope{Unit: unit, Path: path}})
		}
		put(t, d, docs...)
		got := titles(t, d, clerk, "报表")
		if len(got) != find.Limit || got[0] != "报表24" || got[find.Limit-1] != "报表5" {
			t.Errorf("a clerk finds %v, want the newest %d of the own unit", got, find.Limit)
		}
	})
}

func TestAQueryTooLongIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			_, err := find.Find(tx, office, kinds, strings.Repeat("儿童", 5000))
			if errs.KindOf(err) != errs.Invalid {
				t.Errorf("10,000 characters: %v, want a refusal", err)
			}
			return nil
		}))
	})
}

func FuzzFind(f *testing.F) {
	for _, seed := range []string{"儿童之家", "W-HEA-001", "%", `"x" AND (`, "a' & | ! :*", "\\", "块1", "权unit"} {
		f.Add(seed)
	}
	d := dbtest.Open(f, dbtest.SQLite(f))
	f.Fuzz(func(t *testing.T, words string) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			if err := find.Put(tx, find.Doc{Object: "unit/X", Title: words, Note: words}); err != nil {
				return nil // what cannot be stored cannot be searched
			}
			hits, err := find.Find(tx, office, kinds, words)
			if err != nil && errs.KindOf(err) == errs.Internal {
				t.Errorf("%q: %v", words, err)
			}
			for _, h := range hits {
				if h.Object != "unit/X" {
					t.Errorf("%q finds %s", words, h.Object)
				}
			}
			return nil
		}))
	})
}
