package plan

// The life of a plan, from preparatory research to closed, as its sources date it, and which goal of an earlier plan
// one continues or replaces. Both come from files; what is done for a goal is said elsewhere.

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// States of a plan, in their order.
const (
	Research     = "research"
	Draft        = "draft"
	Consultation = "consultation"
	Issued       = "issued"
	Closed       = "closed"
)

// States are all states of a plan in their order.
func States() []string { return []string{Research, Draft, Consultation, Issued, Closed} }

// InForce says whether the plan was issued: before, its goals are nobody's yet.
func (p Plan) InForce() bool { return p.Status == Issued || p.Status == Closed }

// Step is when a plan came into a state: a day, or a month or year where no more is known.
type Step struct {
	Plan        string `json:"-"`
	State       string `json:"state"`
	Since       string `json:"since,omitempty"` // empty: not dated, or not reached
	Note        string `json:"note,omitempty"`
	SourceTitle string `json:"source_title,omitempty"`
	SourceURL   string `json:"source_url,omitempty"`
}

// Relations of a goal to one of an earlier plan.
const (
	Continues = "continues"
	Replaces  = "replaces"
)

// GoalLink says that a goal continues or replaces one of an earlier plan.
type GoalLink struct {
	Plan       string `json:"plan"`
	Goal       string `json:"goal"`
	BeforePlan string `json:"before_plan"`
	BeforeGoal string `json:"before_goal"`
	Relation   string `json:"relation"`
	Note       string `json:"note,omitempty"`
}

const maxNote = 600 // characters

func short(f errs.Fields, note string) {
	if utf8.RuneCountInString(note) > maxNote {
		f.Say("note", "最多%d个字。", maxNote)
	}
}

// dated says whether a text is a day, a month or a year.
func dated(text string) bool {
	return slices.ContainsFunc([]string{"2006", "2006-01", time.DateOnly}, func(layout string) bool {
		_, err := time.Parse(layout, text)
		return err == nil
	})
}

// later says whether a date is behind another for certain: 2019 is not behind 2019-05.
func later(a, b string) bool {
	n := min(len(a), len(b))
	return a[:n] > b[:n]
}

// Validate checks a step against its plan and the plan's other steps.
func (s Step) Validate(p Plan, others []Step) error {
	f := errs.Fields{}
	at := slices.Index(States(), s.State)
	switch {
	case at > slices.Index(States(), p.Status):
		f.Say("state", "规划现在是“%s”，还没有到这一步。请先在 plans.csv 里改状态。", statusWords(p.Status))
	case !dated(s.Since):
		f.Say("since", "请写日期，只知道年或月的写年或月：2018-11-24、2018-11、2018。")
	}
	for _, o := range others {
		before := slices.Index(States(), o.State) < at
		if f["since"].IsZero() && o.State != s.State && (before && later(o.Since, s.Since) ||
			!before && later(s.Since, o.Since)) {
			f.Say("since", "“%s”是%s：前一步不能晚于后一步。", statusWords(o.State), o.Since)
		}
	}
	short(f, s.Note)
	return f.Check("规划的这一步没有收下。")
}

// Validate checks a link against both plans.
func (l GoalLink) Validate(p, before Plan) error {
	f := errs.Fields{}
	if before.Ends >= p.Starts {
		f.Say("before_plan", "上一期规划要在本规划开始（%d年）以前结束。", p.Starts)
	}
	short(f, l.Note)
	return f.Check("目标的延续没有收下。")
}

// Life is all states of a plan with when it came into each.
func Life(tx *db.Tx, p Plan) ([]Step, error) {
	known, err := stepsOf(tx, p.Code)
	if err != nil || len(known) == 0 {
		return nil, err
	}
	var all []Step
	for _, state := range States() {
		step := Step{Plan: p.Code, State: state}
		if at := slices.IndexFunc(known, func(s Step) bool { return s.State == state }); at >= 0 {
			step = known[at]
		}
		all = append(all, step)
	}
	return all, nil
}

// linked is a goal of another plan as a plan's page names it.
type linked struct {
	GoalLink
	Name   string `json:"plan_name"` // of the other plan
	NameEN string `json:"plan_name_en,omitempty"`
	Text   string `json:"text"` // of the other goal
	TextEN string `json:"text_en,omitempty"`

	plan, goal string // the other
}

// linksOf are the goals of earlier plans that those of a plan continue or replace, and those of later ones that
// continue or replace them, by goal; of plans that by may see.
func linksOf(tx *db.Tx, by auth.User, code string) (before, after map[string][]linked, err error) {
	links, err := goalLinks(tx)
	if err != nil {
		return nil, nil, err
	}
	plans, err := Seen(tx, by)
	if err != nil {
		return nil, nil, err
	}
	before, after = map[string][]linked{}, map[string][]linked{}
	add := func(into map[string][]linked, own, plan, goal string, l GoalLink) error {
		at := slices.IndexFunc(plans, func(p Plan) bool { return p.Code == plan })
		if at < 0 {
			return nil
		}
		g, err := goalByCode(tx, plan+"/"+goal)
		into[own] = append(into[own], linked{l, plans[at].Name, plans[at].NameEN, g.Text, g.TextEN, plan, goal})
		return err
	}
	for _, l := range links {
		if l.Plan == code {
			err = add(before, l.Goal, l.BeforePlan, l.BeforeGoal, l)
		}
		if l.BeforePlan == code && err == nil {
			err = add(after, l.BeforeGoal, l.Plan, l.Goal, l)
		}
		if err != nil {
			return nil, nil, err
		}
	}
	return before, after, nil
}

// url is the other goal on its plan's page.
func (l linked) url() string { return "/plans/" + l.plan + "#" + l.goal }

// words say what the goal is to the other; back is the other way round.
func (l linked) words(back bool) say.Key {
	switch {
	case back && l.Relation == Replaces:
		return "由后一期替代："
	case back:
		return "由后一期延续："
	case l.Relation == Replaces:
		return "替代上一期："
	}
	return "延续上一期："
}

// codes are the other goals in what is saved.
func codes(all []linked) string {
	var some []string
	for _, l := range all {
		some = append(some, l.plan+"/"+l.goal)
	}
	return strings.Join(some, " ")
}
