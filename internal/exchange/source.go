package exchange

// The one list of what files a folder may hold, their columns in both languages and the order in which they are
// applied.

import (
	"maps"
	"path"
	"slices"
	"strings"

	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

// source is one kind of file: how it is called, what it holds and how a row, or a whole text, is put.
type source struct {
	file    string // a path pattern
	columns string // name=Chinese name, with a * where the column and a value in every row are needed
	key     string // columns that together stand but once in the file
	free    bool   // may have further columns
	order   func([]*row) []*row
	put     func(*run, *row) (changed bool, err error)
	text    func(r *run, file, body string) (changed bool, err error)
}

const (
	named   = "code*=代码 name*=名称 name_en=英文名"
	sourced = " source_title=来源 source_url=来源网址"
)

// sources are all kinds of file, in the order in which they are applied: what is referred to comes first.
func sources() []source {
	return []source{
		{file: CityFile, text: putCity},
		{file: "labels.csv", columns: "kind*=词类 " + named, key: "kind code", put: putLabel},
		{file: "holidays.csv", columns: "date*=日期 weekday=星期 holiday_zh*=节日 holiday_en=英文名 kind*=类别 announced_on*=公布日期 notice*=通知 note=说明",
			key: "date announced_on", put: putHoliday},
		{file: "areas.csv", columns: named + " short_name=简称 level*=层级 parent=上级 opens_on*=启用日期 closes_on=停用日期 tile_row=图块行 tile_col=图块列",
			key: "code opens_on", order: parentsFirst, put: putArea},
		{file: "units.csv", columns: named + " short_name=简称 kind*=类别 parent=上级单位 area*=所辖区域 opens_on*=成立日期 closes_on=撤销日期 successor=承接单位 note=说明",
			key: "code", order: parentsFirst, put: putUnit},
		{file: "posts.csv", columns: "person*=姓名 name_en=英文名 unit*=单位 role*=岗位 opens_on*=到任日期 closes_on=离任日期",
			key: "person unit role opens_on", put: putPost},
		{file: "plans.csv", columns: named + " kind*=类型 area*=区域 starts*=起始年 ends*=结束年 parent=上级规划 status=状态 note=说明" + sourced,
			key: "code", order: parentsFirst, put: putPlan},
		{file: "domains.csv", columns: "plan*=规划 " + named, key: "plan code", put: putDomain},
		{file: "goals.csv", columns: "plan*=规划 code*=代码 domain*=领域 text*=目标 text_en=英文" + sourced,
			key: "plan code", put: putGoal},
		{file: "goal_units.csv", columns: "plan*=规划 goal*=目标 unit*=单位 duty*=责任",
			key: "plan goal unit", put: putGoalUnit},
		{file: "calibres.csv", columns: named, key: "code", put: putCalibre},
		{file: "elements.csv", columns: named +
			" unit=单位 decimals=小数位数 sums=汇总 by_sex=分性别 year_start=年度起始 definition=定义",
			key: "code", put: putElement},
		{file: formFiles, text: putForm},
		{file: "indicators.csv", columns: "code*=代码 name=名称 name_en=英文名 unit=单位 unit_en=英文单位 decimals=小数位数 direction=方向 year_start=年度起始" +
			" source_unit=来源单位 from=起用期 formula=公式 calibre=口径 definition=定义" + sourced,
			key: "code from", put: putIndicator},
		{file: "goal_indicators.csv", columns: "plan*=规划 goal*=目标 indicator*=指标",
			key: "plan goal indicator", put: putGoalIndicator},
		{file: "targets.csv", columns: "plan*=规划 indicator*=指标 area*=区域 op*=比较 value=目标值 year=年份 baseline_year=基期 level=级别 words=表述" + sourced,
			key: "plan indicator area level", put: putTarget},
		{file: "published.csv", columns: "indicator*=指标 area*=区域 period*=期别 sex=性别 value*=数值 mark=精确度 calibre=口径 derived=推算 note=说明 source_title*=来源 source_url=来源网址",
			key: "indicator area period sex calibre source_title source_url", put: putPublished},
		{file: "parameters.csv", columns: named +
			" area*=区域 value*=数值 unit=单位 opens_on*=生效日期 closes_on=失效日期 note=说明 source_title*=来源 source_url=来源网址",
			key: "code area opens_on", put: putParameter},
		{file: "aliases.csv", columns: "code*=代码 alias*=别名 note=说明", key: "code alias", put: putAlias},
		{file: calendarFile, columns: "form*=报表 period*=期别", key: "form period", put: putCalendar},
		{file: fillFiles, columns: "unit*=单位 period*=期别 state=状态 source=来源", key: "unit period",
			free: true, put: putSubmission},
		{file: textFiles, text: putTemplate},
	}
}

// column is one column of a kind of file.
type column struct {
	name, chinese string
	needed        bool
}

func (s source) list() (all []column) {
	for _, c := range strings.Fields(s.columns) {
		name, chinese, _ := strings.Cut(c, "=")
		bare, needed := strings.CutSuffix(name, "*")
		all = append(all, column{bare, chinese, needed})
	}
	return all
}

// heads maps our names of the columns to the headers as written, in Chinese or English. What is missing, written twice
// or unknown is a problem.
func (s source) heads(first table.Record) (map[string]string, table.Problems) {
	heads := map[string]string{}
	var problems table.Problems
	problem := func(column string, reason say.Key, args ...any) {
		problems = append(problems, table.Problem{File: first.File, Line: 1, Column: column,
			Reason: say.New(reason, args...)})
	}
	columns := s.list()
	for _, head := range slices.Sorted(maps.Keys(first.Values)) {
		i := slices.IndexFunc(columns, func(c column) bool { return c.name == head || c.chinese == head })
		switch {
		case i >= 0 && heads[columns[i].name] != "":
			problem(head, "这一列已经有了：“%s”", heads[columns[i].name])
		case i >= 0:
			heads[columns[i].name] = head
		case s.free:
			heads[head] = head
		default:
			problem(head, "不认识这一列。可用的列：%s", s.words())
		}
	}
	for _, c := range columns {
		if c.needed && heads[c.name] == "" {
			problem(c.chinese, "缺少这一列")
		}
	}
	return heads, problems
}

func (s source) words() string {
	var words []string
	for _, c := range s.list() {
		words = append(words, c.chinese)
	}
	return strings.Join(words, " ")
}

// check finds empty cells that need a value, and rows that stand there twice.
func (s source) check(w *row, seen map[string]int) {
	for _, c := range s.list() {
		if c.needed && w.text(c.name) == "" {
			w.fail(c.name, "此项必填")
		}
	}
	var key []string
	for _, name := range strings.Fields(s.key) {
		key = append(key, w.text(name))
	}
	if first := seen[strings.Join(key, "\x00")]; first > 0 {
		w.fail("", "与第%d行重复", first)
	}
	seen[strings.Join(key, "\x00")] = w.Line
}

// holds says whether a file is one of this kind.
func (s source) holds(file string) bool {
	ok, _ := path.Match(s.file, file) // the patterns are ours
	return ok
}

// filesOf are the files of a source that the folder holds, by name.
func (in *folder) filesOf(s source) []string {
	files := slices.AppendSeq(slices.Collect(maps.Keys(in.rows)), maps.Keys(in.texts))
	files = slices.DeleteFunc(files, func(file string) bool { return !s.holds(file) })
	slices.Sort(files)
	return files
}
