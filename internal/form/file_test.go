package form_test

// A form that is written as a file, of either kind, reads back as the same definition; a file that is wrong says where.
// What its parts mean is form_test.go's.

import (
	"bytes"
	"strings"
	"testing"

	"yipanqi/internal/form"
	"yipanqi/internal/table"
)

// odd are texts that a careless writer gives back otherwise.
var odd = strings.NewReplacer("name: 婚前保健工作情况", `name: "是: # 甲’乙“丙”"`,
	"name_en: Premarital care", `name_en: "yes"`, "演示〔2018〕1号", "007", "number: 演示1表", `number: "1e3"`,
	"其中：婚前医学检查人数", "' 2018-01-01'", "name_en: Male", "name_en: '~'", "indent: 1", "indent: 1, negative: true, calibre: RESIDENT")

// three is the form with three places for signatures, one of them named.
var three = strings.Replace(marriages, "columns:",
	"signers: {first: liaison, first_label: 填表人, second: statistician, third: leader}\ncolumns:", 1)

// Each place is somebody else's, and of a post that can sign there.
func TestWhoMaySignWhere(t *testing.T) {
	t.Parallel()
	if f := read(t, three); f.Signers.Places()[2].Role != "leader" || f.Signers.Places()[0].Label != "填表人" {
		t.Errorf("three places read as %+v", f.Signers)
	}
	for signers, says := range map[string]string{
		"{first: statistician, second: statistician}":                    "各签字人的岗位角色不能相同",
		"{first: leader, second: statistician}":                          "岗位“leader”不能在第1处签字",
		"{first: statistician, second: office}":                          "岗位“office”不能在第2处签字",
		"{first: statistician, second: leader, third: statistician}":     "各签字人的岗位角色不能相同",
		"{first: liaison, second: leader, third: statistician}":          "岗位“leader”不能在第2处签字",
		"{first: liaison, second: statistician, third: boss}":            "没有“boss”这个岗位角色",
		"{first: statistician, second: leader, third_label: 分管领导}":       "没有写由谁签",
		"{first: liaison, second: statistician, third: leader, four: x}": "不认识的名称“four”",
	} {
		_, problems := form.ParseYAML("x", []byte(strings.Replace(marriages, "columns:",
			"signers: "+signers+"\ncolumns:", 1)), known())
		if said := problems.Error(); !strings.Contains(said, says) {
			t.Errorf("%s: said %q, want %q", signers, said, says)
		}
	}
}

func TestAnExportedFormReadsBackTheSame(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"plain": marriages, "odd": odd.Replace(marriages), "three": three} {
		f := read(t, text)
		for kind, write := range map[string]func() ([]byte, error){"yaml": f.YAML, "xlsx": f.XLSX} {
			written, err := write()
			if err != nil {
				t.Fatal(err)
			}
			again, problems := form.ReadFile("x."+kind, written, known())
			if len(problems) > 0 || again.Digest() != f.Digest() {
				t.Errorf("the %s form written as %s reads back otherwise: %v\n%+v\n%+v", name, kind, problems, f, again)
			}
		}
	}
}

func sheetOf(t *testing.T, lines [][]string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := table.WriteLines(&b, "报表定义", lines); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestMistakesInASheetAreNamedByLine(t *testing.T) {
	t.Parallel()
	good := [][]string{{"报表定义"}, {"# 表头"}, {"代码", "A"}, {"名称", "甲"}, {"表号", "1"}, {"制定机关", "乙"},
		{"有效期至", "2030-12-31"}, {"频率", "A"}, {"年度起始", "--10-01"}, {"填报层级", "district"},
		{"填报单位", "health"},
		{"截止日期", "+20d"}, {"# 列"}, {"代码", "名称", "性别"}, {"M", "男", "1"}, {"F", "女", "2"}, {},
		{"# 行"}, {"行号", "数据项"}, {"1", "MARRIED"}}
	if _, problems := form.ReadFile("a.xlsx", sheetOf(t, good), known()); len(problems) > 0 {
		t.Fatalf("a sheet with what a form needs is refused: %v", problems)
	}
	for name, c := range map[string]struct {
		line int
		to   []string
		says string
	}{
		"an unknown element":      {20, []string{"1", "NOBODY"}, "第20行：没有数据项“NOBODY”。"},
		"a day that is none":      {7, []string{"有效期至", "2030年底"}, "第7行：日期请写成"},
		"a value without a head":  {20, []string{"1", "MARRIED", "甲"}, "第20行：第3列没有表头"},
		"an unknown key":          {12, []string{"截止", "+20d"}, "第12行：不认识的名称“截止”。"},
		"an unknown section":      {17, []string{"# 附件"}, "第17行：不认识的名称“附件”。"},
		"a sex that is none":      {16, []string{"F", "女", "女性"}, "第16行：性别请填"},
		"two columns of one sex":  {16, []string{"F", "女", "1"}, "代码或性别与前面的列相同"},
		"a section written twice": {17, []string{"# 列"}, "“列”写了两次"},
	} {
		lines := append([][]string{}, good...)
		lines[c.line-1] = c.to
		_, problems := form.ReadFile("a.xlsx", sheetOf(t, lines), known())
		if said := problems.Error(); !strings.Contains(said, c.says) {
			t.Errorf("%s: said %q, want %q", name, said, c.says)
		}
	}
	var other bytes.Buffer
	if err := table.WriteLines(&other, "通讯录", [][]string{{"通讯录"}, {"张三"}}); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		body []byte
		says string
	}{
		"a workbook of something else": {other.Bytes(), "工作簿里没有报表定义"},
		"an empty file":                {nil, "文件是空的"},
		"a file that is no workbook":   {[]byte("PK nothing"), "Excel"},
		"an old workbook":              {[]byte("\xd0\xcf\x11\xe0"), "另存为"},
		"text that is no definition":   {[]byte("您好"), "这里应当是"},
	} {
		if _, problems := form.ReadFile("a", c.body, known()); !strings.Contains(problems.Error(), c.says) {
			t.Errorf("%s: said %v, want %q", name, problems, c.says)
		}
	}
}
