package form_test

// Ready-made rules hold a cell against its history, the period before and the areas below, exactly; what cannot be
// computed is said, never passed.

import (
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/form"
	"yipanqi/internal/quantity"
)

// ruled is the form of the package with other rules.
func ruled(t *testing.T, rules string) form.Form {
	t.Helper()
	text, _, _ := strings.Cut(marriages, "checks:")
	return read(t, strings.Replace(text, "district: own,", "district: own_checked,", 1)+"checks:\n"+rules)
}

func values(mm, mf, em, ef int64) form.Values {
	return form.Values{"1.M": {Value: mm}, "1.F": {Value: mf}, "2.M": {Value: em}, "2.F": {Value: ef}}
}

func TestReadyMadeRules(t *testing.T) {
	t.Parallel()
	var history []form.Values
	for _, n := range []int64{100, 104, 98, 102, 1000} { // median 102, deviations 2 2 4 0 898: median 2
		history = append(history, values(n, n, n, 0))
	}
	past := form.Past{History: history, Last: values(100, 0, 50, 0), Below: form.Values{"1.M": {Value: 100}}}
	for _, c := range []struct {
		name, rule string
		values     form.Values
		fires      string // keys of cells
		unknown    string
		says       string
	}{
		{"just within", "{rule: range, element: MARRIED, limit: 3}", values(108, 96, 1, 1), "", "", ""},
		{"just outside", "{rule: range, element: MARRIED, limit: 3}", values(109, 95, 1, 1), "1.M 1.F", "", "102"},
		{"a limit with decimals", "{rule: range, element: MARRIED, limit: 2.75}", values(108, 102, 1, 1), "1.M", "", ""},
		{"what never changed", "{rule: range, element: EXAMINED, limit: 1}", values(1, 1, 102, 2), "2.F", "", ""},
		{"every row", "{rule: range, element: '*', limit: 3}", values(102, 1, 102, 0), "1.F", "", "结婚登记人数"},
		{"in Chinese", "{规则: 历史范围, 数据项: MARRIED, 界限: 3}", values(1, 102, 1, 1), "1.M", "", ""},
		{"change within", "{rule: change, element: EXAMINED, limit: 20}", values(1, 1, 60, 0), "", "", ""},
		{"change beyond", "{rule: change, element: EXAMINED, limit: 20}", values(1, 1, 61, 0), "2.M", "", "上期是50"},
		{"change from nothing", "{rule: change, element: EXAMINED, limit: 20}", values(1, 1, 50, 5), "", "2.F", "上期是0"},
		{"the sum below", "{rule: districts, element: MARRIED}", values(100, 7, 1, 1), "", "", ""},
		{"not the sum below", "{rule: districts, element: MARRIED}", values(101, 7, 1, 1), "1.M", "", "下级合计是100"},
		{"near the sum below", "{rule: districts, element: MARRIED, limit: 1}", values(101, 7, 1, 1), "", "", ""},
		{"the part", "{rule: part, part: EXAMINED, whole: MARRIED}", values(5, 5, 6, 5), "1.M 2.M", "", "部分大于整体"},
		{"the total", "{rule: total, total: MARRIED, parts: EXAMINED、EXAMINED}", values(4, 5, 2, 2), "1.F 2.F", "", ""},
		{"last()", "{expr: MARRIED >= last(MARRIED), message: 少了}", values(99, 1, 1, 1), "1.M", "", ""},
		{"a division by zero", "{expr: EXAMINED / MARRIED <= 1, message: 过半}", values(0, 2, 1, 1), "", "1.M 2.M", "除数是0"},
	} {
		f := ruled(t, "  - "+c.rule+"\n")
		var fires, unknown, said []string
		hard, soft := f.CheckWith(c.values, past)
		for _, o := range f.Try(c.values, past) {
			slices.Sort(o.Cells)
			switch o.Verdict {
			case form.Fires:
				fires = append(fires, o.Cells...)
			case form.Unknown:
				unknown = append(unknown, o.Cells...)
			}
		}
		for _, finding := range append(hard, soft...) {
			said = append(said, finding.Message)
		}
		if strings.Join(fires, " ") != c.fires && strings.Join(fires, " ") != swap(c.fires) ||
			strings.Join(unknown, " ") != c.unknown {
			t.Errorf("%s: fires at %v, cannot be computed at %v; want %q, %q", c.name, fires, unknown, c.fires, c.unknown)
		}
		if !strings.Contains(strings.Join(said, "；"), c.says) {
			t.Errorf("%s: said %q, want %q in it", c.name, said, c.says)
		}
		if c.unknown != "" && (len(hard) > 0 || len(soft) == 0) {
			t.Errorf("%s: what cannot be computed blocks or is passed: %+v, %+v", c.name, hard, soft)
		}
	}
}

// What does not apply counts as nothing beside a number; where nothing applies, or nothing can be computed without it,
// there is nothing to compare.
func TestRulesWhereSomethingDoesNotApply(t *testing.T) {
	t.Parallel()
	none := form.Cell{Mark: quantity.NotApplicable}
	for _, c := range []struct {
		name, expr string
		men, part  form.Cell // MARRIED and EXAMINED of men
		want       form.Verdict
	}{
		{"a part of what does not apply", "EXAMINED <= MARRIED", none, form.Cell{Value: 5}, form.Fires},
		{"nothing of what does not apply", "EXAMINED <= MARRIED", none, form.Cell{}, form.Holds},
		{"no part of it applies", "EXAMINED <= MARRIED", form.Cell{Value: 5}, none, form.Holds},
		{"neither applies", "EXAMINED < MARRIED", none, none, form.Skipped},
		{"a share of what does not apply", "EXAMINED / MARRIED <= 1", none, form.Cell{Value: 5}, form.Skipped},
		{"a limit that is scaled", "MARRIED >= EXAMINED / 100", none, form.Cell{Value: 500}, form.Skipped},
		{"last period's did not apply", "EXAMINED <= last(MARRIED)", form.Cell{Value: 9}, form.Cell{Value: 5},
			form.Skipped},
	} {
		f := ruled(t, "  - {expr: "+c.expr+", message: 不对}\n")
		out := f.Try(form.Values{"1.M": c.men, "2.M": c.part}, form.Past{Last: form.Values{"1.M": none}})
		if out[0].Verdict != c.want {
			t.Errorf("%s: %d, want %d", c.name, out[0].Verdict, c.want)
		}
	}
}

func swap(keys string) string {
	a, b, _ := strings.Cut(keys, " ")
	return b + " " + a
}

func TestARuleIsPassedOverWithoutWhatItNeeds(t *testing.T) {
	t.Parallel()
	f := ruled(t, "  - {rule: range, element: MARRIED, limit: 3}\n  - {rule: change, element: MARRIED, limit: 3}\n"+
		"  - {rule: districts, element: MARRIED}\n")
	for _, o := range f.Try(values(1, 1, 1, 1), form.Past{History: []form.Values{values(100, 100, 1, 1)}}) {
		if o.Verdict != form.Skipped {
			t.Errorf("rule %d says %d of a cell without enough history", o.Rule, o.Verdict)
		}
	}
	big := int64(999_999_999_999_999)
	for _, o := range f.Try(values(big, 1, 1, 1), form.Past{Last: values(1, 1, 1, 1), History: []form.Values{
		values(-big, 1, 1, 1), values(big, 1, 1, 1), values(-big, 1, 1, 1), values(big, 1, 1, 1)}}) {
		if o.Rule == 0 && o.Cells[0] == "1.M" && o.Verdict != form.Holds {
			t.Errorf("the largest numbers overflow: %+v", o)
		}
	}
}

func TestMistakesInRules(t *testing.T) {
	t.Parallel()
	text, _, _ := strings.Cut(marriages, "checks:")
	for rule, says := range map[string]string{
		"{rule: range, element: MARRIED}":                        "缺少“limit”",
		"{规则: 变动幅度, 界限: 3}":                                      "缺少“数据项”",
		"{rule: range, element: NOBODY, limit: 3}":               "NOBODY不在本表中",
		"{rule: range, element: MARRIED, limit: 3.125}":          "最多两位小数",
		"{rule: range, element: MARRIED, limit: -1}":             "不小于0",
		"{rule: guess, element: MARRIED}":                        "规则请填",
		"{rule: districts, element: MARRIED}":                    "own_checked",
		"{rule: change, element: MARRIED, limit: 3, expr: A<=B}": "不写校验式",
		"{rule: part, part: EXAMINED}":                           "缺少“whole”",
		"{rule: total, total: MARRIED}":                          "缺少“parts”",
		"{message: 甲}":                                           "缺少“expr”",
		"{expr: MARRIED <= EXAMINED}":                            "缺少“message”",
	} {
		_, problems := form.ParseYAML("x.yaml", []byte(text+"checks:\n  - "+rule+"\n"), known())
		if said := problems.Error(); !strings.Contains(said, says) {
			t.Errorf("%s: said %q, want %q", rule, said, says)
		}
	}
	f := read(t, marriages)
	if _, problems := f.WithRules("- {expr: MARRIED <= EXAMINED, message: 甲}\n- {rule: guess}\n", known()); len(problems) == 0 ||
		problems[0].Line != 2 {
		t.Errorf("a mistake in the second rule of a draft is said as %v", problems)
	}
	if again, problems := f.WithRules(f.RulesYAML(), known()); len(problems) > 0 || again.Digest() != f.Digest() {
		t.Errorf("a form's own rules, written and read, are %+v, %v", again.Rules, problems)
	}
}
