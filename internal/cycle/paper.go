package cycle

// What goes out on paper: the notice of the cycle and the slips that ask for what is missing, as letters; the list of
// what is unsigned and of who is to be trained, to take home.

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
)

// maxLetter is how long the title of a letter may be.
const maxLetter = 100

// labels are what the installation calls levels and roles.
type labels struct{ levels, roles map[string]network.Label }

func labelsOf(tx *db.Tx) (l labels, err error) {
	if l.levels, err = network.Labels(tx, "area_level"); err != nil {
		return l, err
	}
	l.roles, err = network.Labels(tx, "role")
	return l, err
}

// Notify drafts the letter that announces the cycle to every unit that reports; it is checked, signed and issued like
// any other.
func Notify(tx *db.Tx, by auth.User, id string, version int64) (Cycle, error) {
	return do(tx, by, id, version, VerbNotify, func(c *Cycle) (map[string]string, error) {
		l, drafted, err := c.letter(tx)
		if err != nil {
			return nil, err
		}
		if drafted && l.State != letter.StateWithdrawn {
			return nil, errs.Conflictf("通知已经起草过了，请在公文里继续办理。")
		}
		if err := c.check(tx); err != nil {
			return nil, errs.Conflictf("还不能起草通知：报表或日期有问题，请在“修改”里改正（%s）。", firstOf(err))
		}
		lines, err := c.lines(tx)
		if err != nil {
			return nil, err
		}
		body, err := c.noticeText(tx, lines)
		if err != nil {
			return nil, err
		}
		l, err = letter.Draft(tx, by, letter.Letter{Kind: letter.KindNotice, Issuer: c.Unit, About: c.Object(),
			Title: say.Title("关于做好"+c.Title+"工作的通知", maxLetter), Body: body, Disclosure: "not_open",
			Main: unitsOf(lines)})
		c.Notice = l.Object()
		return map[string]string{"letter": c.Notice}, err
	})
}

// unitsOf are the units of some lines, each once, in order; never the one that writes.
func unitsOf(lines []Line) (units []string) {
	for _, l := range lines {
		if !slices.Contains(units, l.Unit) {
			units = append(units, l.Unit)
		}
	}
	return units
}

// noticeText is the body of the notice: forms, days, who answers in each unit, how to sign, whom to ask.
func (c Cycle) noticeText(tx *db.Tx, lines []Line) (string, error) {
	named, err := labelsOf(tx)
	if err != nil {
		return "", err
	}
	forms, err := c.definitions(tx)
	if err != nil {
		return "", err
	}
	people, err := c.Trainees(tx, lines)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "根据%s，现就%s工作通知如下。\n", c.Basis, c.Title)
	b.WriteString("一、报表和截止日期\n")
	for _, level := range levels(forms) {
		fmt.Fprintf(&b, "（%s级）%s前报送：", named.levels[level].Name, chineseDay(c.DueOn(level)))
		var names []string
		for _, f := range forms {
			if f.Level == level {
				names = append(names, f.Number+"“"+f.Name+"”")
			}
		}
		b.WriteString(strings.Join(names, "、") + "。\n")
	}
	fmt.Fprintf(&b, "二、填报时间\n%s起在本系统开放填报，统计年度为%d年。\n", chineseDay(c.OpensOn), c.Year)
	b.WriteString("三、签字要求\n")
	b.WriteString("每份报表由" + signing(forms, named) + "先后签字，须是不同的人，对数据的真实性负责；报出后由办公室审核，" +
		"有误的退回本单位更正，任何人不得代改。\n")
	b.WriteString("四、各单位填报和签字人员\n")
	for _, line := range contacts(people, named) {
		b.WriteString(line + "\n")
	}
	if c.Contact != "" {
		fmt.Fprintf(&b, "五、联系方式\n%s\n", c.Contact)
	}
	return b.String(), nil
}

// signing says who signs: the roles that the forms name.
func signing(forms []form.Form, named labels) string {
	var ways []string
	for _, f := range forms {
		var places []string
		for _, place := range f.Signers.Places() {
			places = append(places, cmp.Or(place.Label, named.roles[place.Role].Name))
		}
		way := strings.Join(places, "、")
		if !slices.Contains(ways, way) {
			ways = append(ways, way)
		}
	}
	return strings.Join(ways, "（或）")
}

// contacts are a line for each unit with its people.
func contacts(people []Trainee, named labels) (lines []string) {
	for i := 0; i < len(people); {
		unit := people[i]
		var names []string
		for ; i < len(people) && people[i].Unit == unit.Unit; i++ {
			p := people[i]
			name, as := p.Person, named.roles[p.Role].Name
			if p.Vacant {
				name = "待明确"
			}
			if p.Phone != "" {
				as += "，电话" + p.Phone
			}
			names = append(names, name+"（"+as+"）")
		}
		lines = append(lines, unit.UnitName+"："+strings.Join(names, "，")+"。")
	}
	return lines
}

// chineseDay writes a day as papers do.
func chineseDay(day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return strconv.Itoa(at.Year()) + "年" + strconv.Itoa(int(at.Month())) + "月" + strconv.Itoa(at.Day()) + "日"
}

// Urge drafts a dunning slip: a letter to one unit that lists what it has not sent.
func Urge(tx *db.Tx, by auth.User, id string, version int64, unit string) (Cycle, error) {
	return do(tx, by, id, version, VerbDun, func(c *Cycle) (map[string]string, error) {
		lines, err := c.lines(tx)
		if err != nil {
			return nil, err
		}
		lack := missingOf(lines, unit)
		if len(lack) == 0 {
			return nil, errs.Fields{"unit": {Key: "这个单位没有缺报的报表，不需要催报。"}}.Check("没有起草催报单。")
		}
		l, err := letter.Draft(tx, by, letter.Letter{Kind: letter.KindLetter, Issuer: c.Unit, About: c.Object(),
			Title: say.Title("关于催报"+c.Title+"报表的函", maxLetter), Disclosure: "not_open", Main: []string{unit},
			Body: strings.Join(c.dunText(lack, tx.Today()), "\n")})
		if err != nil {
			return nil, err
		}
		c.Duns = append(c.Duns, Dun{unit, l.Object(), tx.Today()})
		return map[string]string{"unit": unit, "letter": l.Object()}, nil
	})
}

func missingOf(lines []Line, unit string) []Line {
	return slices.DeleteFunc(missing(lines), func(l Line) bool { return l.Unit != unit })
}

// dunText is what a slip says of what is missing.
func (c Cycle) dunText(lack []Line, today string) []string {
	paragraphs := []string{fmt.Sprintf("%s规定的报表，你单位截至%s尚有%d份没有报来：", c.Title, chineseDay(today), len(lack))}
	for i, l := range lack {
		late := ""
		if n := calendar.Between(l.DueOn, today); n > 0 {
			late = fmt.Sprintf("，已逾期%d天", n)
		}
		paragraphs = append(paragraphs, fmt.Sprintf("%d. %s“%s”（%s），截止%s，现为“%s”%s。", i+1, l.Form, l.FormName,
			l.AreaName, chineseDay(l.DueOn),
			stateWord(l.State), late))
	}
	return append(paragraphs, "请尽快填报，由规定的人签字后报出；确有困难的，请说明原因。")
}

// slip is the same as a document of its own, for who wants it on paper without a letter.
func (c Cycle) slip(lack []Line, to, office, today string) document.Document {
	d := document.Document{Title: "催报单", Recipient: to, Issuer: office, Date: chineseDay(today)}
	if len(lack) == 0 {
		d.Blocks = []document.Block{document.Text(c.Title + "：你单位没有缺报的报表。")}
		return d
	}
	for _, text := range c.dunText(lack, today) {
		d.Blocks = append(d.Blocks, document.Text(text))
	}
	return d
}

// unsignedPaper lists what is not signed by two yet.
func (c Cycle) unsignedPaper(lines []Line, today string) document.Document {
	rows := document.Table{Columns: []document.Column{{Head: "单位", Width: 5}, {Head: "报表", Width: 6},
		{Head: "地区", Width: 3}, {Head: "截止日期", Width: 4}, {Head: "状态", Width: 3}, {Head: "逾期", Width: 2}}}
	for _, l := range missing(lines) {
		late := ""
		if n := calendar.Between(l.DueOn, today); n > 0 {
			late = strconv.Itoa(n) + "天"
		}
		rows.Rows = append(rows.Rows, document.Row(l.UnitName, l.Form+" "+l.FormName, l.AreaName, l.DueOn,
			string(stateWord(l.State)), late))
	}
	d := document.Document{Title: c.Title + "\n未签字报表清单", Date: chineseDay(today), Blocks: []document.Block{rows}}
	if len(rows.Rows) == 0 {
		d.Blocks = []document.Block{document.Text("所有报表都已由两人签字报出。")}
	}
	return d
}

// traineesPaper lists who fills in and signs, and when they were trained.
func (c Cycle) traineesPaper(people []Trainee, named labels, today string) document.Document {
	rows := document.Table{Columns: []document.Column{{Head: "单位", Width: 6}, {Head: "岗位", Width: 4},
		{Head: "姓名", Width: 5}, {Head: "培训日期", Width: 3}}}
	for _, p := range people {
		name, on := p.Person, p.On
		if p.Vacant {
			name = "待明确"
		}
		if on == "" {
			on = "未培训"
		}
		rows.Rows = append(rows.Rows, document.Row(p.UnitName, named.roles[p.Role].Name, name, on))
	}
	n, of := trained(people)
	return document.Document{Title: c.Title + "\n应训人员名单", Date: chineseDay(today), Blocks: []document.Block{
		document.Text(fmt.Sprintf("填报和签字人员共%d人，已参加培训%d人，未培训%d人。", of, n, of-n)), rows}}
}

// stateWord is what the state of a report is called; one that was not opened has a word too.
func stateWord(s submission.State) say.Key {
	if s == "" {
		return "未下达"
	}
	return s.Words()
}
