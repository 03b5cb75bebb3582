package register_test

// What people type into each type of field, what is kept of it, and what is refused with what words.

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/formula"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

const allTypes = `
code: all
name: 各种
name_en: All
privacy: P1
number: "{area}-{seq:3}"
parts: [{code: keeper, name: 填, roles: [liaison]}, {code: owner, name: 核, roles: [leader], above: true}]
fields:
  - {code: line, name: 一行, type: text, required: true}
  - {code: long, name: 长文, type: para}
  - {code: whole, name: 整数, type: number, min: 0, max: 168}
  - {code: part, name: 小数, type: number, decimals: 2, min: -5}
  - {code: cash, name: 金额, type: money}
  - {code: day, name: 日子, type: date}
  - {code: at, name: 时刻, type: instant}
  - {code: month, name: 月, type: month}
  - {code: year, name: 年, type: year}
  - {code: ok, name: 是否, type: y/n}
  - {code: one, name: 单选, type: one, options: [甲, 乙]}
  - {code: many, name: 多选, type: many, of: kinds}
  - {code: place, name: 位置, type: point}
  - {code: shape, name: 边界, type: shape}
  - {code: heads, name: 人数, type: sexed}
  - {code: ills, name: 分病人数, type: sexed, by: kinds}
  - {code: list, name: 清单, type: checklist, of: kinds, noted: [defect]}
  - {code: log, name: 记录, type: rows, append: true, columns: [{code: on_day, name: 日, type: date, required: true},
      {code: said, name: 话, type: text, required: long_said}, {code: long_said, name: 要说, type: y/n}]}
  - {code: unit_of, name: 单位, type: unit}
  - {code: areas_of, name: 区域, type: areas, level: community+village}
  - {code: link_to, name: 关联, type: link, of: other}
  - {code: sum, name: 合计, type: calc, unit: 人, value: heads + 1}
  - {code: near, name: 快到期, type: calc, value: due <= today + 14}
set: plain
checks:
  - {rule: missing(part) or part < whole, message: 小数要小于整数。}
  - {rule: heads.women > 0, message: 没有女性。, kind: soft}
list: {columns: [line]}
`

var world = register.World{Today: "2024-03-15",
	List: func(string) []register.Option {
		return []register.Option{{Code: "a", Name: say.Name{ZH: "甲类", EN: "Kind A"}},
			{Code: "b", Name: say.Name{ZH: "乙类"}}}
	},
	Unit: func(text string) (string, bool) { return "U1", text == "某单位" || text == "U1" },
	Area: func(text, level string) (string, bool) {
		return "A" + text, strings.HasSuffix(text, "社区") && level != ""
	},
	Record: func(_, text string) (string, bool) { return text, text == "N-1" },
	Call:   func(string, string) (formula.Value, string) { return formula.Value{}, "" },
}

func allFields(t *testing.T) register.Definition {
	t.Helper()
	d, problems := register.Parse("all.yaml", []byte(allTypes), register.Known{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return d
}

func everything(register.Field) bool { return true }

func TestWhatIsTypedAndWhatIsKept(t *testing.T) {
	t.Parallel()
	d := allFields(t)
	for given, want := range map[string]string{
		"line= 两头有空格 ": "line=两头有空格", "line=一\n二": "只能写一行",
		"line=" + strings.Repeat("长", 201): "最多200个字",
		"long=一\r\n二":                      "long=一\n二", "long=" + strings.Repeat("长", 5001): "最多5000个字",
		"whole=012": "whole=12", "whole=1,200": "不能大于168", "whole=-1": "不能小于0", "whole=12.5": "要填整数",
		"whole=12.0": "whole=12", "whole=1e3": "请填数字", "whole=很多": "请填数字", "whole=不适用": "whole=~na",
		"whole=保密": "whole=~confidential", "whole=": "", "whole=0": "whole=0",
		"part=2.50": "part=2.5", "part=1.234": "最多2位小数", "part=-5": "part=-5", "part=-5.01": "不能小于-5",
		"cash=1,234.50": "cash=1234.5", "cash=-3": "不能小于0", "cash=" + strings.Repeat("9", 30): "请填数字",
		"day=2023/5/1": "day=2023-05-01", "day=2023年12月31日": "day=2023-12-31", "day=2023-02-30": "日期请写成",
		"day=2023-05-01 00:00:00": "day=2023-05-01", "day=明天": "日期请写成", "day=0001-01-01": "日期请写成",
		"at=2023-06-03T02:10": "at=2023-06-03T02:10", "at=2023-06-03 02:10": "at=2023-06-03T02:10",
		"at=2:10":      "时间请写成",
		"month=2023-5": "month=2023-05", "month=2023年12月": "month=2023-12", "month=2023-13": "月份请写成",
		"year=2023": "year=2023", "year=23": "不能小于1949", "ok=是": "ok=1", "ok=no": "ok=0",
		"ok=也许": "请填是或否",
		"one=甲": "one=甲", "one=丙": "没有“丙”这个选项", "many=甲类、Kind A": "many:a=1",
		"many=甲类；乙类": "many:a=1 many:b=1",
		"many=丙":     "没有“丙”这个选项", "many:a=on": "many:a=1", "many:c=on": "没有“c”这个选项",
		"place:lon=118.1 place:lat=36": "place:lat=36 place:lon=118.1", "place:lon=181": "经度在",
		"place:lat=-90":     "place:lat=-90",
		"place:lat=90.0001": "经度在", "place:alt=3": "要填经度和纬度", "place=1,2": "要填经度和纬度",
		`shape={"type":"Point","coordinates":[1,2]}`: "边界请填GeoJSON", `shape=[`: "边界请填GeoJSON",
		`shape={"type":"Polygon","coordinates":[[[1,2]]]}`: `shape={"type":"Polygon","coordinates":[[[1,2]]]}`,
		"heads:1=3 heads:2=0":                              "heads:1=3 heads:2=0", "heads=3": "要分男女填写",
		"heads:3=1":  "要分男女填写",
		"heads:1=-1": "不能小于0", "heads:1=1.5": "要填整数", "ills:a:1=2": "ills:a:1=2", "ills:1=2": "要分男女填写",
		"list:a=ok": "list:a=ok", "list:a=好": "请选符合", "list:z=ok": "检查表里没有“z”",
		"list:a:note=坏了":        "list:a:note=坏了",
		"log:0:on_day=2023-1-2": "log:0:on_day=2023-01-02", "log:0:what=1": "没有“log:0:what”",
		"log:-1:on_day=2023-01-02":  "没有“log",
		"log:999:on_day=2023-01-02": "没有“log", "unit_of=某单位": "unit_of=U1", "unit_of=别处": "没有找到单位“别处”",
		"areas_of=东社区、西社区": "areas_of:A东社区=1 areas_of:A西社区=1", "areas_of=东街": "没有找到区域“东街”",
		"link_to=N-1": "link_to=N-1", "link_to=N-2": "没有找到编号“N-2”", "sum=7": "",
		"no_such=1": "没有“no_such”这个字段",
		"remark=备注": "remark=备注", "remark=" + strings.Repeat("长", 5001): "最多5000个字",
	} {
		typed := map[string]string{}
		for _, pair := range splitPairs(given) {
			key, value, _ := strings.Cut(pair, "=")
			typed[key] = value
		}
		b, wrong := d.Read(register.Body{}, typed, everything, world)
		got := strings.Join(kept(b), " ")
		if len(wrong) > 0 {
			got = ""
			for _, words := range wrong {
				got += words.String()
			}
		}
		if got != want && (len(wrong) == 0 || !strings.Contains(got, want) || want == "") {
			t.Errorf("%.60q is kept as %.120q, want %q", given, got, want)
		}
	}
}

// splitPairs cuts several key=value apart, where each begins with the code of a field of parts.
func splitPairs(given string) []string {
	if strings.HasPrefix(given, "place:lon=118.1 ") || strings.HasPrefix(given, "heads:1=3 ") {
		return strings.Split(given, " ")
	}
	return []string{given}
}

func kept(b register.Body) (pairs []string) {
	for _, key := range slices.Sorted(maps.Keys(b)) {
		pairs = append(pairs, key+"="+b[key])
	}
	return pairs
}

func TestWhoMayNotWriteChangesNothing(t *testing.T) {
	t.Parallel()
	d := allFields(t)
	before := register.Body{"line": "原来", "many:a": "1", "remark": "原来", "log:0:on_day": "2023-01-02"}
	nobody := func(register.Field) bool { return false }
	for _, given := range []map[string]string{{"line": "新的"}, {"remark": "新的"}, {"whole": "1"}, {"ok": "是"}} {
		if _, wrong := d.Read(before, given, nobody, world); len(wrong) != 1 {
			t.Errorf("%v is written by whom it is not open to", given)
		}
	}
	if b, wrong := d.Read(before, map[string]string{"line": "原来",
		"remark": "原来"}, nobody, world); len(wrong) > 0 ||
		!maps.Equal(b, before) {
		t.Errorf("what stands there already is refused: %v", wrong)
	}
	if _, wrong := d.Read(before, map[string]string{"log:0:on_day": "2023-01-03"}, everything, world); len(wrong) != 1 {
		t.Error("a row that may only be added is changed")
	}
	b, wrong := d.Read(before, map[string]string{"many": "", "many:b": "1"}, everything, world)
	if got := strings.Join(kept(b), " "); len(wrong) > 0 || !strings.Contains(got, "many:b=1") ||
		strings.Contains(got, "many:a") {
		t.Errorf("a choice that is sent anew is %s", got)
	}
}

func TestWhatARecordStillNeeds(t *testing.T) {
	t.Parallel()
	d := allFields(t)
	row := register.Row{State: "draft", Due: "2024-03-20"}
	ready := func(pairs ...string) string {
		b := register.Body{}
		for i := 0; i < len(pairs); i += 2 {
			b[pairs[i]] = pairs[i+1]
		}
		return fmt.Sprint(d.Ready(b, row, world))
	}
	for _, c := range []struct {
		say string
		of  []string
	}{
		{"请填写“一行”", nil},
		{"<nil>", []string{"line", "甲"}},
		{"每一格", []string{"line", "甲", "place:lon", "1"}},
		{"每一格", []string{"line", "甲", "heads:1", "1"}},
		{"选了不符合", []string{"line", "甲", "list:a", "defect"}},
		{"<nil>", []string{"line", "甲", "list:a", "defect", "list:a:note", "坏了"}},
		{"请填写“日”", []string{"line", "甲", "log:0:said", "话"}},
		{"请填写“话”", []string{"line", "甲", "log:0:on_day", "2023-01-02", "log:0:long_said", "1"}},
		{"小数要小于整数", []string{"line", "甲", "part", "3", "whole", "2", "remark", "写了也不行"}},
		{"没有女性", []string{"line", "甲", "heads:1", "1", "heads:2", "0"}},
		{"<nil>", []string{"line", "甲", "heads:1", "1", "heads:2", "0", "remark", "确实没有"}},
		{"<nil>", []string{"line", "甲", "part", "~na", "whole", "2"}},
	} {
		if got := ready(c.of...); !strings.Contains(got, c.say) {
			t.Errorf("with %v it says %s, want %s", c.of, got, c.say)
		}
	}
	b := d.Compute(register.Body{"heads:1": "2", "heads:2": "3", "sum": "99"}, row, world)
	if b["sum"] != "6" || b["near"] != "1" {
		t.Errorf("computed it is %v", b)
	}
	if b := d.Compute(register.Body{"sum": "99"}, register.Row{}, world); b["sum"] != "" || b["near"] != "" {
		t.Errorf("of nothing something is computed: %v", b)
	}
}

func FuzzReadValue(f *testing.F) {
	d, _ := register.Parse("all.yaml", []byte(allTypes), register.Known{})
	for _, seed := range []string{"12.5", "2023-05-01", "{}", "是", "～", "-", "1,2", "\x00",
		"9999999999999999999999"} {
		f.Add("whole", seed)
	}
	f.Fuzz(func(t *testing.T, key, text string) {
		b, wrong := d.Read(register.Body{}, map[string]string{key: text}, everything, world)
		d.Compute(b, register.Row{}, world)
		if again, bad := d.Read(register.Body{}, b, everything, world); len(wrong) == 0 && len(bad) > 0 {
			t.Errorf("%q=%q is kept as %v and refused again: %v, %v", key, text, b, bad, again)
		}
	})
}
