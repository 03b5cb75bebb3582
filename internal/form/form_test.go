package form_test

// A form's file is read with every mistake at its line; cells are read, checked, summed by sex and due as it says. Its
// known, marriages and read are the fixture of the package.

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

func known() form.Known {
	put := func(id int64, code, name string, bySex bool) element.Element {
		return element.Element{ID: id, Code: code, Name: name, NameEN: code, Unit: "人", Sums: true,
			BySex: bySex, YearStart: "--10-01"}
	}
	elements := map[string]element.Element{
		"MARRIED":  put(1, "MARRIED", "结婚登记人数", true),
		"EXAMINED": put(2, "EXAMINED", "婚前医学检查人数", true),
		"ROOMS":    put(3, "ROOMS", "母婴室个数", false),
		"BIRTHS":   put(4, "BIRTHS", "活产数", true),
		"RATE":     {ID: 5, Code: "RATE", Name: "合格率", Decimals: 2, BySex: true, YearStart: "--10-01"},
		"CALENDAR": {ID: 6, Code: "CALENDAR", Name: "出生人数", Sums: true, BySex: true},
	}
	return form.Known{
		Elements:   elements,
		Categories: map[string]element.Category{},
		Calibres:   map[string]int64{"_Z": 0, "REGISTERED": 1, "RESIDENT": 2},
		Levels:     map[string]bool{"city": true, "district": true},
		Kinds:      map[string]bool{"health": true},
	}
}

const marriages = `code: PME
name: 婚前保健工作情况
name_en: Premarital care
number: 演示1表
issuer: 演示单位
approval_number: 演示〔2018〕1号
valid_until: 2020-12-31
frequency: A
year_start: "--10-01"
level: district
reporters: health
due: "+1-01-31"
levels: {district: own, city: rolled_up}
columns:
  - {code: M, name: 男, name_en: Male, sex: 1}
  - {code: F, name: 女, name_en: Female, sex: 2}
rows:
  - {number: 1, element: MARRIED}
  - {number: 2, element: EXAMINED, label: 其中：婚前医学检查人数, indent: 1}
checks:
  - {expr: EXAMINED <= MARRIED, message: 婚检人数不能多于结婚登记人数, message_en: More examined than married}
  - {expr: EXAMINED * 2 >= MARRIED, kind: soft, message: 婚检率低于50%，请说明原因}
`

func read(t testing.TB, text string) form.Form {
	t.Helper()
	f, problems := form.ParseYAML("PME.yaml", []byte(text), known())
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return f
}

func TestParseYAML(t *testing.T) {
	t.Parallel()
	f := read(t, marriages)
	if f.Number != "演示1表" || f.YearStart != "--10-01" || f.ValidUntil != "2020-12-31" ||
		f.Signers != (form.Signers{First: "statistician", Second: "leader"}) {
		t.Errorf("the header reads as %+v", f)
	}
	if !f.BySex() || len(f.Cells()) != 4 || f.Rows[0].Label != "结婚登记人数" || f.Rows[1].Indent != 1 ||
		f.Levels["city"] != element.RolledUp {
		t.Errorf("the body reads as %+v", f)
	}
	if !f.Rules[0].Hard || f.Rules[1].Hard {
		t.Errorf("the checks read as %+v", f.Rules)
	}
	cell := f.Cells()[3]
	if cell.Key != "2.F" || cell.Words() != "第2行·女" || cell.Row.Of.ID != 2 || cell.Column.Sex != quantity.SexFemale {
		t.Errorf("the last cell is %+v", cell)
	}
	plain := read(t, strings.Split(strings.ReplaceAll(marriages, "EXAMINED", "ROOMS"),
		"columns:")[0]+"rows:\n  - {number: 1, element: ROOMS}\n")
	if plain.BySex() || plain.Cells()[0].Key != "1.V" || plain.Cells()[0].Words() != "第1行" {
		t.Errorf("a form without columns reads as %+v", plain)
	}
}

func TestAllMistakesOfAFileAtOnce(t *testing.T) {
	t.Parallel()
	text := `code: 婚检
name:
number: 1
issuer: 演示单位
valid_until: 31.12.2020
frequency: yearly
year_start: "10-01"
level: village
reporters: school
due: January
signers: {first: boss, second: boss}
levels: {district: own, moon: own, city: added}
colour: red
code: X
columns:
  - {code: M, name: 男, sex: 1}
  - {code: M, name: 女, sex: 3}
  - {code: T, name: 合计, sex: _T}
rows:
  - {number: 1, element: MARRIED, calibre: MOON}
  - {number: 1, element: NOBODY}
  - {number: 3, element: ROOMS, indent: -1}
  - {number: 4, element: MARRIED, calibre: MOON}
  - 5
checks:
  - {expr: EXAMINED, message: 甲}
  - {expr: A + <= MARRIED, message: 乙}
  - {expr: MARRIED <= BIRTHS, message: 丙}
  - {expr: ROOMS > last(ROOMS), message: 丁, kind: medium}
  - {expr: MARRIED > 0}
`
	_, problems := form.ParseYAML("bad.yaml", []byte(text), known())
	got := map[int][]string{}
	for _, p := range problems {
		if p.File != "bad.yaml" {
			t.Errorf("%v does not name the file", p)
		}
		got[p.Line] = append(got[p.Line], p.Error())
	}
	for line, says := range map[int][]string{
		1:  {"报表代码由字母"},
		2:  {"要填一个值"},
		5:  {"2018-12-31"},
		6:  {"频率"},
		7:  {"--10-01"},
		8:  {"没有“village”这个地区层级"},
		9:  {"没有“school”这个单位类别"},
		10: {"截止日期"},
		11: {"没有“boss”这个岗位角色", "不能相同"},
		12: {"没有“moon”这个地区层级", "取数方式", "填报的层级"},
		13: {"不认识的名称“colour”"},
		14: {"“code”写了两次"},
		16: {"不能再有合计列"},
		17: {"性别请填", "与前面的列相同"},
		20: {"没有口径“MOON”", "统计年度起始日"},
		21: {"没有数据项“NOBODY”", "行号1用了两次"},
		22: {"不小于0", "是否分性别"},
		23: {"问了两次"},
		24: {"名称: 值"},
		26: {"比较"},
		27: {"公式第1行"},
		28: {"不止一行", "不在本表中"},
		29: {"校验类型"},
		30: {"缺少“message”"},
	} {
		all := strings.Join(got[line], "\n")
		for _, word := range says {
			if !strings.Contains(all, word) {
				t.Errorf("line %d: want words with %s, got %q", line, word, all)
			}
		}
		delete(got, line)
	}
	if len(got) > 0 {
		t.Errorf("mistakes that are none: %v", got)
	}
}

func TestNotYAML(t *testing.T) {
	t.Parallel()
	for text, line := range map[string]int{"": 0, "code: [1": 1, "a: b\n\tc: d\n": 2, "- 1": 1, "just text": 1} {
		_, problems := form.ParseYAML("x.yaml", []byte(text), known())
		if len(problems) == 0 || problems[0].Line != line {
			t.Errorf("%q gives %v, want a problem in line %d", text, problems, line)
		}
	}
}

func FuzzParseYAML(f *testing.F) {
	f.Add([]byte(marriages))
	f.Add([]byte("rows: [{number: 1}]\nchecks: [{expr: A <= B}]\ncolumns: {}\nlevels: [1]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		parsed, problems := form.ParseYAML("x.yaml", data, known())
		if len(problems) == 0 {
			parsed.Check(form.Values{})
		}
	})
}

func TestRead(t *testing.T) {
	t.Parallel()
	f := read(t, marriages)
	values, fields := f.Read(map[string]string{"1.M": "1,200", "1.F": "暂缺", "2.M": "", "2.F": "保密 12"})
	want := form.Values{"1.M": {Value: 1200}, "1.F": {Mark: quantity.Pending},
		"2.F": {Value: 12, Mark: quantity.Confidential}}
	if len(fields) > 0 || !maps.Equal(values, want) {
		t.Errorf("cells read as %v, %v", values, fields)
	}
	_, fields = f.Read(map[string]string{"1.M": "abc", "1.F": "1.5", "2.F": "-3", "3.F": "7", "2.X": "1"})
	for field, says := range map[string]string{
		"cells[1.M]": "请填数字，例如 1234",
		"cells[1.F]": "小数位太多：本项只填整数",
		"cells[2.F]": "不能是负数",
		"cells[3.F]": "本表没有这一格（3.F）",
		"cells[2.X]": "本表没有这一格（2.X）",
	} {
		if said := fields[field].String(); !strings.HasPrefix(said, says) {
			t.Errorf("%s says %q, want %q", field, said, says)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	f := read(t, marriages)
	for _, c := range []struct {
		what       string
		entries    map[string]string
		hard, soft []string
	}{
		{"all is well", map[string]string{"1.M": "100", "1.F": "100", "2.M": "50", "2.F": "100"}, nil, nil},
		{"more examined than married", map[string]string{"1.M": "100", "1.F": "100", "2.M": "101",
			"2.F": "60"}, []string{"1.M"}, nil},
		{"few examined", map[string]string{"1.M": "100", "1.F": "100", "2.M": "10", "2.F": "0"},
			nil, []string{"2.M", "2.F"}},
		{"an empty cell is named", map[string]string{"1.M": "100", "1.F": "100", "2.M": "60"},
			[]string{"empty.2.F"}, nil},
		{"pending, not applicable and about are passed over",
			map[string]string{"1.M": "暂缺", "1.F": "约10", "2.M": "60", "2.F": "60"}, nil, nil},
		{"confidential numbers are compared", map[string]string{"1.M": "10", "1.F": "10", "2.M": "保密 11",
			"2.F": "10"}, []string{"1.M"}, nil},
	} {
		values, fields := f.Read(c.entries)
		hard, soft := f.Check(values)
		if len(fields) > 0 || !slices.Equal(keys(hard), c.hard) || !slices.Equal(keys(soft), c.soft) {
			t.Errorf("%s: hard %v, soft %v, want %v, %v", c.what, keys(hard), keys(soft), c.hard, c.soft)
		}
	}
	values, _ := f.Read(map[string]string{"1.M": "1", "1.F": "1", "2.M": "1", "2.F": "2"})
	hard, _ := f.Check(values)
	if hard[0].Message != "女：婚检人数不能多于结婚登记人数" || !slices.Equal(hard[0].Cells, []string{"2.F", "1.F"}) {
		t.Errorf("the finding is %+v", hard[0])
	}
}

func keys(findings []form.Finding) (keys []string) {
	for _, f := range findings {
		keys = append(keys, f.Key)
	}
	return keys
}

func TestTotalIsDerived(t *testing.T) {
	t.Parallel()
	f := read(t, marriages)
	for _, c := range []struct {
		men, women string
		total      int64
		ok         bool
	}{
		{"3", "4", 7, true}, {"3", "不适用", 3, true}, {"不适用", "不适用", 0, false}, {"3", "", 0, false},
		{"3", "暂缺", 0, false}, {"3", "近4", 0, false}, {"3", "保密 4", 0, false},
	} {
		values, _ := f.Read(map[string]string{"1.M": c.men, "1.F": c.women})
		if total, ok := f.Total(values, f.Rows[0]); ok != c.ok || ok && total != c.total {
			t.Errorf("%s men and %s women make %d, %v; want %d, %v", c.men, c.women, total, ok, c.total, c.ok)
		}
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rule, start, period, want string
	}{
		{"+1-01-31", "", "2018", "2019-01-31"},
		{"+0-11-15", "--10-01", "2018", "2018-11-15"},
		{"+20d", "--10-01", "2018", "2018-10-20"},
		{"+10d", "", "2018-Q1", "2018-04-10"},
	} {
		p, err := period.Parse(c.period)
		if err != nil {
			t.Fatal(err)
		}
		f := form.Form{Due: c.rule, YearStart: period.YearStart(c.start)}
		if got := f.DueOn(p); got != c.want {
			t.Errorf("%s with %s is due on %s, want %s", c.period, c.rule, got, c.want)
		}
	}
	for code, want := range map[string]bool{"2018": true, "2020": true, "2022": false, "2018-Q1": false} {
		p, _ := period.Parse(code)
		if got := read(t, marriages).Asks(p); got != want {
			t.Errorf("the yearly form that is valid to the end of 2020 asks for %s: %v", code, got)
		}
	}
}
