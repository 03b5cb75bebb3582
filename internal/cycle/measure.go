package cycle

// How the year's reporting went, as measures of work: what came in time, how it was signed, who was trained.

import (
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Measures are those of the cycles that were opened in a year, of the reports that by may see.
func Measures(tx *db.Tx, by auth.User, of module.Work) ([]module.Measure, error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	var lines []Line
	taught, people := 0, 0
	for _, c := range all {
		if !c.State.begun() || !of.In(c.OpenedOn) || !c.visible(by) {
			continue
		}
		its, err := c.Lines(tx, by)
		if err != nil {
			return nil, err
		}
		its = slices.DeleteFunc(its, func(l Line) bool { return !of.Of(l.Unit) })
		who, err := c.Trainees(tx, its)
		if err != nil {
			return nil, err
		}
		n, m := trained(who)
		taught, people, lines = taught+n, people+m, append(lines, its...)
	}
	n := count(lines)
	inTime := module.Counted("forms_in_time", "报表按期", n.InTime, n.Owed, "截止日前签字报出的报表 ÷ 应报的报表",
		"/cycles")
	if inTime.Beside, err = perLevel(tx, lines); err != nil {
		return nil, err
	}
	signed := module.Counted("forms_signed", "报表签字审核", n.Key+n.Paper, n.Owed, "两人签字（密钥或纸质）并审核通过的报表 ÷ 应报的报表",
		"/cycles")
	signed.Beside = say.New("密钥双签%d份，纸质签字%d份，未签字的历史数据%d份", n.Key, n.Paper, n.Unsigned)
	if n.Days != "" {
		signed.Beside = say.New("密钥双签%d份，纸质签字%d份，未签字的历史数据%d份；开放到审核通过的中位数%s天", n.Key, n.Paper,
			n.Unsigned, n.Days)
	}
	return []module.Measure{inTime, signed, module.Counted("fillers_trained", "填报签字人员受训", taught, people,
		"参加过本周期培训的填报和签字人员 ÷ 填报和签字人员", "/cycles")}, nil
}

// perLevel says in time ÷ owed for each level of areas.
func perLevel(tx *db.Tx, lines []Line) (say.Words, error) {
	named, err := network.Labels(tx, "area_level")
	if err != nil || len(lines) == 0 {
		return say.Words{}, err
	}
	var joined say.Name
	for i, l := range levelsOf(lines) {
		n := count(slices.DeleteFunc(slices.Clone(lines), func(o Line) bool { return o.Level != l }))
		if i > 0 {
			joined.ZH, joined.EN = joined.ZH+"，", joined.EN+", "
		}
		share := " " + strconv.Itoa(n.InTime) + "/" + strconv.Itoa(n.Owed)
		joined.ZH, joined.EN = joined.ZH+named[l].Name+share, joined.EN+named[l].Called().In("en")+share
	}
	return say.New("其中：%s", joined), nil
}

func levelsOf(lines []Line) (all []string) {
	for _, l := range lines {
		if !slices.Contains(all, l.Level) {
			all = append(all, l.Level)
		}
	}
	return all
}
