package supervision

// What goes on paper: the notice of a visit, the letter to the area, the record sheet of a visit and the sheet on which
// the area says what it thinks of each problem.

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/holiday"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

// Notify drafts the notice that tells the area of a visit, with what it is to prepare.
func Notify(tx *db.Tx, by auth.User, id string, version int64, hasty string) (Visit, error) {
	return do(tx, by, id, version, VerbNotify, func(v *Visit) (map[string]string, error) {
		if v.Unannounced {
			return nil, errs.Conflictf("这次督导不打招呼，不发通知。")
		}
		first, err := holiday.By(tx, tx.Today(), life.Limit(limitAhead))
		if err != nil {
			return nil, err
		}
		if v.Hasty = strings.TrimSpace(hasty); v.OnDay < first && v.Hasty == "" {
			return nil, wrongly("hasty", "到督导那天已经不够提前通知的期限（最早%s），请写明为什么这么急，或者改期。", first)
		}
		if utf8.RuneCountInString(v.Hasty) > maxText {
			return nil, wrongly("hasty", "最多%d个字。", maxText)
		}
		s, err := sidesOf(tx, v.AreaID)
		if err != nil {
			return nil, err
		}
		area, err := network.AreaByID(tx, v.AreaID)
		if err != nil {
			return nil, err
		}
		committee, err := s.committee(area)
		if err != nil {
			return nil, err
		}
		l := letter.Letter{Kind: letter.KindNotice, Title: "关于对" + area.Name + "开展督导的通知",
			Main: []string{committee}, Body: v.notice(area), Disclosure: "not_open", About: v.Object()}
		if s.office != "" {
			l.Copies = []string{s.office}
		}
		l, err = letter.Draft(tx, by, l)
		v.Notice = l.Object()
		return map[string]string{"letter": l.ID}, err
	})
}

// Issued is told that a letter went out: once it is a visit's notice, the area is told.
func Issued(tx *db.Tx, by auth.User, about, letter string) error {
	id, is := strings.CutPrefix(about, "visit/")
	if !is {
		return nil
	}
	v, err := Get(tx, id)
	if err != nil || v.Notice != letter || v.State != Announced {
		return err
	}
	return v.keep(tx, by, VerbTell, Notified, v.row(),
		map[string]string{"letter": strings.TrimPrefix(letter, "letter/")})
}

// notice is the text of the notice.
func (v Visit) notice(area network.Area) string {
	g := v.group
	text := []string{
		fmt.Sprintf("定于%s（%s）对%s开展督导。现将有关事项通知如下。", document.Day(v.OnDay),
			wordOf(halves, v.Half), area.Name),
		"一、时间和组成",
		fmt.Sprintf("%s。%s由%s任组长，成员名单见附表。", document.Day(v.OnDay), g.Title, g.Head().Name),
		"二、内容和方式", "方式：" + wordsOf(methods, v.Methods) + "。"}
	if len(v.Agenda) > 0 {
		text = append(text, "三、日程")
		for n, point := range v.Agenda {
			text = append(text, strconv.Itoa(n+1)+"．"+point)
		}
	} else {
		text = append(text, "三、日程", "当天现场安排。")
	}
	text = append(text, "四、请做好以下准备",
		"1．书面汇报材料：规划实施进展、做法、问题和打算，数据须注明来源。",
		"2．按目录备好档案："+strings.Join(catalogueWords(), "、")+"。",
		"3．推荐可看的点位；督导组另行指定或现场抽取。", "附：督导组名单")
	for n, m := range g.Members {
		line := fmt.Sprintf("%d．%s，%s，%s", n+1, m.Name, wordOf(memberParts, m.Part), wordOf(memberKinds, m.Kind))
		if m.From != "" {
			line += "（" + m.From + "）"
		}
		text = append(text, line)
	}
	return strings.Join(text, "\n")
}

func catalogueWords() (all []string) {
	for _, c := range catalogue {
		all = append(all, string(c.Words))
	}
	return all
}

// text is the letter to the area: what was done well, the problems under the numbers that they have as findings, what
// is advised, what is asked for and how to object.
func (b Feedback) text(tx *db.Tx, visits []Visit, told []Finding) (title, body string, err error) {
	area, err := network.AreaByID(tx, b.AreaID)
	if err != nil {
		return "", "", err
	}
	var days, ways, places, groups []string
	for _, v := range visits {
		days = append(days, document.Day(v.OnDay))
		if !slices.Contains(groups, v.group.Title) {
			groups = append(groups, v.group.Title)
		}
		for _, m := range v.Methods {
			if !slices.Contains(ways, m) {
				ways = append(ways, m)
			}
		}
		sites, err := sitesOf(tx, v.ID)
		if err != nil {
			return "", "", err
		}
		for _, s := range sites {
			places = append(places, s.Place+map[bool]string{true: "（抽取）"}[s.Chosen == "drawn"])
		}
	}
	looked := "。"
	if len(places) > 0 {
		looked = "，看了" + strings.Join(places, "、") + "。"
	}
	text := []string{fmt.Sprintf("%s，%s对%s实施妇女儿童规划的情况进行了督导，方式有%s%s现将意见反馈如下。",
		strings.Join(days, "、"), strings.Join(groups, "、"), area.Name, wordsOf(methods, ways),
		looked), "一、主要成效"}
	each := func(kind, none string) (n int, err error) {
		for _, f := range told {
			if f.Kind != kind {
				continue
			}
			n++
			rests, err := f.restsOn(tx, Criterion.inLetter)
			if err != nil {
				return 0, err
			}
			text = append(text, f.line(n, rests))
		}
		if n == 0 {
			text = append(text, none)
		}
		return n, nil
	}
	if _, err := each("practice", "督导组没有另作记录。"); err != nil {
		return "", "", err
	}
	text = append(text, "二、存在问题")
	problems, err := each("problem", "没有发现需要整改的问题。")
	if err != nil {
		return "", "", err
	}
	text = append(text, "三、意见建议")
	advised, err := each("suggestion", "")
	if err != nil {
		return "", "", err
	}
	if text[len(text)-1] == "" {
		text = text[:len(text)-1]
	}
	for _, f := range told {
		if f.Kind == "problem" && f.Advice != "" {
			advised++
			text = append(text, fmt.Sprintf("%d．针对发现%s：%s。", advised, f.Number,
				strings.TrimSuffix(f.Advice, "。")))
		}
	}
	if advised == 0 {
		text = append(text, "请结合实际继续推进。")
	}
	text = append(text, "四、整改要求")
	if problems > 0 {
		text = append(text, fmt.Sprintf("请区政府负责人阅批，逐项研究，于%s前报送整改方案，并按方案报告进展。",
			document.Day(b.PlanDue)))
	} else {
		text = append(text, "请继续保持，有关经验将在全市交流。")
	}
	text = append(text, "五、复核途径", "对本意见有异议的，请在签收后30日内书面申请复核，由督导组以外的人员作出结论。")
	list, err := b.problems(tx, told)
	if err != nil {
		return "", "", err
	}
	return "关于反馈" + area.Name + "督导意见的函", strings.Join(append(text, list...), "\n"), nil
}

// problems is the annex of the letter 问题清单: each problem under its number, who is to take it on and until when.
func (b Feedback) problems(tx *db.Tx, told []Finding) (text []string, err error) {
	names := map[string]string{}
	units, err := network.AllUnits(tx)
	for _, u := range units {
		names[u.Code] = u.Name
	}
	cell := strings.NewReplacer("|", "｜", "\n", " ")
	for _, f := range told {
		if f.Kind != "problem" {
			continue
		}
		if text == nil {
			text = []string{"附：问题清单", "| 编号 | 问题 | 程度 | 拟责任单位 | 方案期限 |"}
		}
		lead := names[f.Lead]
		if lead == "" {
			lead = "请区里确定"
		}
		text = append(text, "| "+strings.Join([]string{"发现" + f.Number, cell.Replace(say.Title(f.Text, mostInList)),
			string(wordOf(weights, f.Weight)), lead, document.Day(b.PlanDue)}, " | ")+" |")
	}
	return text, err
}

// mostInList is how much of a problem stands in the list at the end of the letter: it is told in full above.
const mostInList = 40

// line is a finding as the letter tells it, with what it rests on.
func (f Finding) line(n int, rests string) string {
	said := fmt.Sprintf("%d．（发现%s）%s", n, f.Number, strings.TrimSuffix(f.Text, "。")+"。")
	if rests != "" {
		said += "依据：" + rests + "。"
	}
	if f.Says == "adds" {
		said += "区里补充：" + strings.TrimSuffix(f.SaysText, "。") + "。"
	}
	return said
}

// restsOn is what a finding is held against, as a paper cites it.
func (f Finding) restsOn(tx *db.Tx, cite func(Criterion) string) (string, error) {
	all, err := f.criteria(tx)
	var said []string
	for _, c := range all {
		said = append(said, cite(c))
	}
	return strings.Join(said, "；"), err
}

// RecordSheet is 督导记录表: when, who, how, what was seen.
func RecordSheet(tx *db.Tx, v Visit) (name string, d document.Document, err error) {
	area, err := network.AreaByID(tx, v.AreaID)
	if err != nil {
		return "", d, err
	}
	notes, err := notesOf(tx, v.ID)
	if err != nil {
		return "", d, err
	}
	sites, err := sitesOf(tx, v.ID)
	if err != nil {
		return "", d, err
	}
	places := map[string]string{}
	for _, s := range sites {
		places[s.Object()] = s.Place
	}
	d = document.Document{Title: area.Name + "督导记录表"}
	add := func(blocks ...document.Block) { d.Blocks = append(d.Blocks, blocks...) }
	facts := document.Table{Columns: []document.Column{{Head: "项目", Width: 4}, {Head: "内容", Width: 14}}}
	for _, f := range [][2]string{{"时间", document.Day(v.OnDay) + " " + string(wordOf(halves, v.Half))},
		{"督导组", v.group.Title + "（组长" + v.group.Head().Name + "）"}, {"参加", v.Present},
		{"方式", wordsOf(methods, v.Methods)}, {"现场反馈", v.OralFeedback}} {
		facts.Rows = append(facts.Rows, document.Row(f[0], f[1]))
	}
	add(facts, document.Heading{Level: 1, Text: "一、档案查阅"})
	files := document.Table{Columns: []document.Column{{Head: "序号", Width: 2, Align: document.Center},
		{Head: "目录", Width: 5}, {Head: "结果", Width: 3}, {Head: "说明", Width: 8}}}
	for n, f := range v.files(notes) {
		said := []string{}
		for _, note := range f.All {
			if note.Text != "" {
				said = append(said, note.Text)
			}
		}
		found := cmp.Or(string(wordOf(founds, f.Found)), "没有查阅")
		if f.Split {
			found = "记录不一致"
		}
		files.Rows = append(files.Rows, document.Row(strconv.Itoa(n+1), string(wordOf(catalogue, f.Item)), found,
			strings.Join(said, "；")))
	}
	add(files, document.Heading{Level: 1, Text: "二、点位和情况"})
	looked := document.Table{Columns: []document.Column{{Head: "时间", Width: 3}, {Head: "点位", Width: 4},
		{Head: "看到", Width: 8}, {Head: "记录人", Width: 3}}}
	for _, n := range notes {
		if n.Kind == FileNote || n.Kind == CheckNote || n.Kind == FindingNote || n.Text == "" {
			continue
		}
		looked.Rows = append(looked.Rows, document.Row(n.clock(), places[n.Place], n.Text, n.Person))
	}
	if len(looked.Rows) > 0 {
		add(looked)
	} else {
		add(document.Text("没有记录。"))
	}
	lists, err := checkTables(tx, sites, notes)
	if err != nil {
		return "", d, err
	}
	add(lists...)
	return area.Name + v.OnDay + "督导记录表", d, nil
}

// checkTables are the checklists of places that somebody filled, one table each.
func checkTables(tx *db.Tx, sites []Site, notes []Note) (blocks []document.Block, err error) {
	if err := checked(tx, sites, notes); err != nil {
		return nil, err
	}
	for _, s := range sites {
		if ok, defect, left := s.tally(); left == len(s.Checks) || ok+defect+left == 0 {
			continue
		}
		t := document.Table{Columns: []document.Column{{Head: "检查项", Width: 8}, {Head: "结果", Width: 3},
			{Head: "说明", Width: 7}}}
		for _, c := range s.Checks {
			found, said := "没有查", []string{}
			for _, o := range register.Answers {
				if o.Code == c.Found {
					found = o.Name.ZH
				}
			}
			for _, n := range c.Notes {
				if n.Text != "" {
					said = append(said, n.Text)
				}
			}
			t.Rows = append(t.Rows, document.Row(c.Name, found, strings.Join(said, "；")))
		}
		blocks = append(blocks, document.Heading{Level: 2, Text: "检查单：" + s.Place}, t)
	}
	return blocks, nil
}

// ProblemSheet is 问题确认单: each problem with its evidence, what the area says of it, and who received it.
func ProblemSheet(tx *db.Tx, by auth.User, v Visit) (name string, d document.Document, err error) {
	area, err := network.AreaByID(tx, v.AreaID)
	if err != nil {
		return "", d, err
	}
	all, err := findingsOf(tx, v.ID)
	if err != nil {
		return "", d, err
	}
	t := document.Table{Columns: []document.Column{{Head: "编号", Width: 2}, {Head: "问题", Width: 5},
		{Head: "依据", Width: 8}, {Head: "证据", Width: 2}, {Head: "区方意见", Width: 4}}}
	for _, f := range all {
		if f.Kind != "problem" || f.State == Dropped || f.State == Filed || !f.sees(by) {
			continue
		}
		says := string(f.saysWord(tx.Today()))
		if f.SaysText != "" {
			says += "：" + f.SaysText
		}
		rests, err := f.restsOn(tx, Criterion.onPaper)
		if err != nil {
			return "", d, err
		}
		t.Rows = append(t.Rows, document.Row(f.Number, f.Text, strings.ReplaceAll(rests, "；", "；\n"),
			fmt.Sprintf("%d件", len(f.Evidence)), says))
	}
	if len(t.Rows) == 0 {
		t.Rows = append(t.Rows, document.Row("", "还没有确认过的问题。", "", "", ""))
	}
	d = document.Document{Title: area.Name + "督导问题确认单", Wide: true, Blocks: []document.Block{
		document.Text(fmt.Sprintf("督导时间：%s；督导组：%s；组长：%s。请在期限内逐条答复，逾期未答复视为同意。",
			document.Day(v.OnDay), v.group.Title, v.group.Head().Name)), t,
		document.Text("区方签收：                    日期：")}}
	return area.Name + v.OnDay + "问题确认单", d, nil
}
