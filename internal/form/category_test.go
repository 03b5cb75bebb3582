package form_test

// Columns of a form by one list of categories, with or without a column for the whole and also by sex: what a file may
// say, what rules hold the columns against, and that a file written reads back.

import (
	"strings"
	"testing"

	"yipanqi/internal/element"
	"yipanqi/internal/form"
)

// byType is a form with a column for the whole and one for each of three kinds of school.
const byType = `code: EDU-S
name: 各类学校
number: 演示2表
issuer: 示范市统计局
valid_until: 2030-12-31
frequency: A
level: district
reporters: health
due: "+1-02-20"
columns:
  - {code: A, name: 合计, sex: _T, category: _T}
  - {code: K, name: 幼儿园, name_en: Kindergarten, sex: _T, category: KINDER}
  - {code: P, name: 小学, sex: _T, category: PRIMARY}
  - {code: J, name: 初中, sex: _T, category: MIDDLE}
rows:
  - {number: 1, element: TEACHERS}
  - {number: 2, element: GRADUATES}
`

// typed are what byType refers to.
func typed() form.Known {
	k := known()
	k.Categories = map[string]element.Category{"SCHOOL": {ID: 1, Code: "SCHOOL"}, "AGE": {ID: 5, Code: "AGE"},
		"KINDER": {ID: 2, Code: "KINDER", List: "SCHOOL"}, "PRIMARY": {ID: 3, Code: "PRIMARY", List: "SCHOOL"},
		"MIDDLE": {ID: 4, Code: "MIDDLE", List: "SCHOOL"}, "AGE_0": {ID: 6, Code: "AGE_0", List: "AGE"}}
	for id, code := range []string{"TEACHERS", "GRADUATES"} {
		k.Elements[code] = element.Element{ID: int64(20 + id), Code: code, Name: code, Sums: true, Categories: "SCHOOL"}
	}
	return k
}

func readTyped(t *testing.T, text string) form.Form {
	t.Helper()
	f, problems := form.ParseYAML("x", []byte(text), typed())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return f
}

func TestColumnsByCategory(t *testing.T) {
	t.Parallel()
	f := readTyped(t, byType)
	if !f.ByCategory() || f.Derives() || f.Columns[1].CategoryID != 2 || f.Columns[0].Category != "" {
		t.Errorf("the columns read as %+v", f.Columns)
	}
	noWhole := strings.Replace(byType, "  - {code: A, name: 合计, sex: _T, category: _T}\n", "", 1)
	if g := readTyped(t, noWhole); !g.Derives() || len(g.Adding()) != 3 {
		t.Errorf("without a column for the whole the form derives it from %+v", g.Adding())
	}
	for name, text := range map[string]string{"with the whole": byType, "without": noWhole} {
		f := readTyped(t, text)
		for kind, write := range map[string]func() ([]byte, error){"yaml": f.YAML, "xlsx": f.XLSX} {
			written, err := write()
			if err != nil {
				t.Fatal(err)
			}
			again, problems := form.ReadFile("x."+kind, written, typed())
			if len(problems) > 0 || again.Digest() != f.Digest() {
				t.Errorf("%s, written as %s, it reads back otherwise: %v\n%+v", name, kind, problems, again)
			}
		}
	}
}

// What a file says wrong about categories is named with its line.
func TestWrongCategories(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ old, now, says, line string }{
		"unknown":         {"category: KINDER", "category: NURSERY", "没有分类“NURSERY”", "第12行"},
		"the list itself": {"category: KINDER", "category: SCHOOL", "“SCHOOL”是分类表", "第12行"},
		"twice":           {"category: PRIMARY", "category: KINDER", "与前面的列相同", "第13行"},
		"another list":    {"category: PRIMARY", "category: AGE_0", "同一张分类表", "第11行"},
		"a whole twice":   {"category: KINDER", "category: _T", "与前面的列相同", "第12行"},
		"uneven": {"sex: _T, category: _T}\n  - {code: K, name: 幼儿园, name_en: Kindergarten, sex: _T",
			"sex: 1, category: KINDER}\n  - {code: K, name: 幼儿园, sex: 2", "每个性别要有同样的各类", "第11行"},
		"an element of no list":   {"element: GRADUATES", "element: NO_SEX", "数据项NO_SEX不分类", "第17行"},
		"no whole to add up to":   {"{code: A, name: 合计, sex: _T, category: _T}\n  - ", "", "合计列（分类写 _T）", ""},
		"a category of no column": {"adds_up, element: \"*\"", "compare, expr: TEACHERS.AGE_0 > 0, message: 数", "分类AGE_0在本表中没有列", "第19行"},
	} {
		text := byType + "checks:\n  - {rule: adds_up, element: \"*\"}\n"
		if !strings.Contains(text, c.old) {
			t.Fatalf("%s: %q is not in the form", name, c.old)
		}
		k := typed()
		k.Elements["NO_SEX"] = element.Element{ID: 30, Code: "NO_SEX", Name: "数", Sums: true}
		_, problems := form.ParseYAML("x", []byte(strings.Replace(text, c.old, c.now, 1)), k)
		said := problems.Error()
		if name == "unknown" && strings.Contains(said, "\n") {
			t.Errorf("one mistake is told twice: %s", said)
		}
		if !strings.Contains(said, c.says) || !strings.Contains(said, c.line) {
			t.Errorf("%s: said %q, want %q at %s", name, said, c.says, c.line)
		}
	}
	plain := strings.NewReplacer(", category: _T", "", "  - {code: K, name: 幼儿园, name_en: Kindergarten, sex: _T, category: KINDER}\n", "",
		"  - {code: P, name: 小学, sex: _T, category: PRIMARY}\n", "", "  - {code: J, name: 初中, sex: _T, category: MIDDLE}\n", "")
	_, problems := form.ParseYAML("x", []byte(plain.Replace(byType)), typed())
	if !strings.Contains(problems.Error(), "数据项TEACHERS按SCHOOL分类填报，本表没有这样的列") {
		t.Errorf("an element of a list in a form without: %v", problems)
	}
}

func TestRulesAcrossCategories(t *testing.T) {
	t.Parallel()
	row := func(a, k, p, j int64) form.Values {
		return form.Values{"1.A": {Value: a}, "1.K": {Value: k}, "1.P": {Value: p}, "1.J": {Value: j},
			"2.A": {Value: 2}, "2.K": {Value: 2}, "2.P": {}, "2.J": {}}
	}
	for _, c := range []struct {
		name, rule string
		values     form.Values
		fires      string
		says       string
	}{
		{"they add up", `{rule: adds_up, element: "*"}`, row(6, 1, 2, 3), "", ""},
		{"they do not", `{rule: adds_up, element: "*"}`, row(7, 1, 2, 3), "1.A 1.K 1.P 1.J", "TEACHERS：各类相加不等于合计（各类相加是6）"},
		{"within the whole", `{rule: within, element: TEACHERS}`, row(3, 1, 2, 3), "", ""},
		{"more than the whole", `{规则: 各类不大于合计, 数据项: TEACHERS}`, row(2, 1, 2, 3), "1.J 1.A", "其中一类大于合计（合计是2）"},
		{"each column by itself", "{expr: GRADUATES <= TEACHERS, message: 多了}", row(2, 1, 2, 3), "2.K 1.K", "多了"},
		{"named categories, once", "{expr: TEACHERS.KINDER <= TEACHERS.MIDDLE, message: 幼儿园多}", row(9, 4, 2, 3), "1.K 1.J",
			"幼儿园多"},
	} {
		f := readTyped(t, byType+"checks:\n  - "+c.rule+"\n")
		var fires, said []string
		for _, o := range f.Try(c.values, form.Past{}) {
			if o.Verdict == form.Fires {
				fires = append(fires, o.Cells...)
			}
		}
		hard, soft := f.CheckWith(c.values, form.Past{})
		for _, finding := range append(hard, soft...) {
			said = append(said, finding.Message)
		}
		if strings.Join(fires, " ") != c.fires || !strings.Contains(strings.Join(said, "；"), c.says) {
			t.Errorf("%s: fires at %v and says %q, want %q and %q", c.name, fires, said, c.fires, c.says)
		}
	}
}
