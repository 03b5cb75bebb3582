package revision

// What a national or provincial set measures beside an indicator 指标衔接, with the differences; and which elements
// have to be counted by sex 分性别统计任务.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
)

// Link relates an indicator to that of an upper set. Only one of Local and Upper may be empty.
type Link struct {
	Kept
	Local       string `json:"local,omitempty"`
	Level       string `json:"level"`
	Upper       string `json:"upper,omitempty"`
	UpperUnit   string `json:"upper_unit,omitempty"`
	UpperTarget string `json:"upper_target,omitempty"`
	Relation    string `json:"relation"`
	Difference  string `json:"difference,omitempty"`
	Conversion  string `json:"conversion,omitempty"`
	SourceTitle string `json:"source_title,omitempty"`
	SourceURL   string `json:"source_url,omitempty"`
}

func (l *Link) table() string { return "indicator_links" }
func (l *Link) head() *Kept   { return &l.Kept }

func (l *Link) columns() []column {
	return append(l.kept(), text("local", &l.Local), text("level", &l.Level), text("upper", &l.Upper),
		text("upper_unit", &l.UpperUnit), text("upper_target", &l.UpperTarget), text("relation", &l.Relation),
		text("difference", &l.Difference), text("conversion", &l.Conversion), text("source_title", &l.SourceTitle),
		text("source_url", &l.SourceURL))
}

// Object is the link's name in the journal.
func (l Link) Object() string { return "link/" + l.ID }

// URL is its page.
func (l Link) URL() string { return "/indicator-links/" + l.ID }

// Relations of a local to an upper indicator, and whose set the upper one is of.
const (
	Same      = "same"
	OnlyLocal = "only_local"
	OnlyUpper = "only_upper"
	National  = "national"
)

var (
	relations = []choice{{Same, "相同"}, {"calibre", "口径不同"}, {"unit", "单位不同"}, {"frequency", "频次不同"},
		{"year_start", "统计年度不同"}, {"scope", "范围不同"}, {"name_only", "只是名称相同"}, {OnlyLocal, "只有本地有"},
		{OnlyUpper, "只有上级有"}}
	levels = []choice{{National, "国家"}, {"provincial", "省（区、市）"}}
)

// States of a link and of a duty.
const (
	InForce State = "in_force"
	Removed State = "removed"

	Owed     State = "owed"
	Done     State = "done"
	NotAsked State = "none" // counted by sex is not asked of it
)

// Verbs of links and duties.
const (
	VerbLink     = "link.put"
	VerbUnlink   = "link.remove"
	VerbDuty     = "duty.put"
	VerbReport   = "duty.report"
	VerbHandDuty = "duty.move"
)

// linked says whether it relates two indicators, so that the local one counts as linked.
func (l Link) linked() bool { return l.State == InForce && l.Local != "" && l.Upper != "" }

// lifeOfLink is as short as a life can be.
var lifeOfLink = flow.Table{Object: "link", Words: words, Ends: []string{string(InForce), string(Removed)},
	Steps: []flow.Step{
		flow.Line("", VerbLink, office, InForce),
		flow.Line(InForce, VerbLink, office, InForce),
		flow.Line(InForce, VerbUnlink, office, Removed, reasoned),
	}}

func (l Link) as(by auth.User) flow.Case {
	return flow.Case{State: string(l.State), Plays: func(string) (auth.Post, error) { return l.keeper(by) }}
}

// unlike are the fields without which two indicators cannot be held against each other. unit is the local one's.
func (l *Link) check(unit string) errs.Fields {
	wrong := errs.Fields{}
	if !known(levels, l.Level) {
		wrong.Say("level", "请选是国家的还是省级的。")
	}
	if !known(relations, l.Relation) {
		wrong.Say("relation", "请选两个指标是什么关系。")
	}
	switch {
	case l.Local == "" && l.Upper == "":
		wrong.Say("upper", "请写上级指标的名称。")
	case l.Local == "" && l.Relation != OnlyUpper:
		wrong.Say("local", "没有本地指标的，关系请选“只有上级有”。")
	case l.Upper == "" && l.Relation != OnlyLocal:
		wrong.Say("upper", "没有上级指标的，关系请选“只有本地有”。")
	case l.Local != "" && l.Upper != "" && (l.Relation == OnlyLocal || l.Relation == OnlyUpper):
		wrong.Say("relation", "两边都有指标，请选它们相同还是哪里不同。")
	case l.Relation == Same && sameUnit(unit) != sameUnit(l.UpperUnit):
		wrong.Say("relation", "计量单位不同（本地“%s”，上级“%s”），不能登记为相同。请选“单位不同”，并写差异和换算。",
			unit, l.UpperUnit)
	case l.Relation != Same && l.Difference == "" && l.Local != "" && l.Upper != "":
		wrong.Say("difference", "请写差在哪里。")
	}
	tooLong(wrong, "upper", l.Upper, maxTitle)
	tooLong(wrong, "difference", l.Difference, maxText)
	return wrong
}

// sameUnit is a unit without what differs in writing only.
func sameUnit(unit string) string {
	return strings.NewReplacer("％", "%", " ", "", "/10万", "十万分之", "1/10万", "十万分之").Replace(unit)
}

// Duty says that an element is to be counted by sex by a unit, and how far that is.
type Duty struct {
	Kept
	Element    string `json:"element"`
	Unit       string `json:"unit"`
	Should     bool   `json:"should"`
	Now        string `json:"now"`
	Regime     string `json:"regime,omitempty"`
	Obstacle   string `json:"obstacle,omitempty"`
	TargetYear int    `json:"target_year,omitempty"`
	DoneOn     string `json:"done_on,omitempty"`
}

func (d *Duty) table() string { return "sex_duties" }
func (d *Duty) head() *Kept   { return &d.Kept }

func (d *Duty) columns() []column {
	return append(d.kept(), text("element", &d.Element), text("unit", &d.Unit), yes("should", &d.Should),
		text("now", &d.Now), text("regime", &d.Regime), text("obstacle", &d.Obstacle),
		whole("target_year", &d.TargetYear), text("done_on", &d.DoneOn))
}

// Object is the duty's name in the journal.
func (d Duty) Object() string { return "duty/" + d.ID }

// URL is its page.
func (d Duty) URL() string { return "/sex-duties/" + d.ID }

// How far an element is counted by sex.
const (
	Yes    = "yes"
	Partly = "partly"
	No     = "no"
)

var nows = []choice{{Yes, "已分"}, {Partly, "部分分"}, {No, "未分"}}

var lifeOfDuty = flow.Table{Object: "duty", Words: words, Ends: []string{string(Done), string(NotAsked)},
	Either: map[string][]string{"put": {string(Owed), string(Done), string(NotAsked)},
		"reported": {string(Owed), string(Done)}},
	Steps: []flow.Step{
		flow.Line[State]("", VerbDuty, office, "put"),
		flow.Line(Owed, VerbDuty, office, State("put")),
		flow.Line(Done, VerbDuty, office, State("put")),
		flow.Line(NotAsked, VerbDuty, office, State("put")),
		flow.Line(Owed, VerbReport, owner, State("reported")),
		flow.Line(Owed, VerbHandDuty, flow.Program, Owed),
	}}

func (d Duty) as(by auth.User) flow.Case {
	return flow.Case{State: string(d.State), Plays: func(part string) (auth.Post, error) {
		post, err := d.keeper(by)
		if err == nil || part == office {
			return post, err
		}
		return liaison(by, d.Unit, "这一步须由统计这个数据项的单位办理。")
	}}
}

// settle puts the state that follows from what is said, and the day on which it was done.
func (d *Duty) settle(today string) {
	switch {
	case !d.Should:
		d.State, d.DoneOn, d.TargetYear = NotAsked, "", 0
	case d.Now == Yes:
		if d.State != Done || d.DoneOn == "" {
			d.DoneOn = today
		}
		d.State = Done
	default:
		d.State, d.DoneOn = Owed, ""
	}
}

// check refuses what cannot be kept. today is a day.
func (d *Duty) check(today string) errs.Fields {
	wrong := errs.Fields{}
	if !known(nows, d.Now) {
		wrong.Say("now", "请选现在分不分性别。")
	}
	if d.Should && d.Now != Yes && d.Obstacle == "" {
		wrong.Say("obstacle", "还没有分性别的，请写障碍是什么。")
	}
	if year := d.TargetYear; year != 0 && (year < yearOf(today) || year > yearOf(today)+20) {
		wrong.Say("target_year", "目标年请写今年或以后的年份，例如 2025。")
	}
	tooLong(wrong, "obstacle", d.Obstacle, maxText)
	tooLong(wrong, "regime", d.Regime, maxTitle)
	return wrong
}

func yearOf(day string) (year int) {
	for _, r := range day[:4] {
		year = year*10 + int(r-'0')
	}
	return year
}
