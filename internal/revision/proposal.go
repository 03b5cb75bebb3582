package revision

// A revision of the indicator system and its proposals: what each changes, before and after. What follows from a
// proposal elsewhere is effects.go's.

import (
	"cmp"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/indicator"
	"yipanqi/internal/period"
)

// Revision is a batch of proposals that the committee decides.
type Revision struct {
	Kept
	Title     string     `json:"title"`
	Plan      string     `json:"plan"`
	Reason    string     `json:"reason"`
	Proposals []Proposal `json:"proposals"`
	Request   string     `json:"request,omitempty"`
	Opinions  string     `json:"opinions,omitempty"`
	SettledOn string     `json:"settled_on,omitempty"`
	Meeting   string     `json:"meeting,omitempty"`
	DecidedOn string     `json:"decided_on,omitempty"`
	DecidedBy string     `json:"decided_by,omitempty"`
	AppliedOn string     `json:"applied_on,omitempty"`
	Note      string     `json:"note,omitempty"`
}

func (r *Revision) table() string { return "revisions" }
func (r *Revision) head() *Kept   { return &r.Kept }

func (r *Revision) columns() []column {
	return append(r.kept(), text("title", &r.Title), text("plan", &r.Plan), text("reason", &r.Reason),
		listed("proposals", &r.Proposals), text("request", &r.Request), text("opinions", &r.Opinions),
		text("settled_on", &r.SettledOn), text("meeting", &r.Meeting), text("decided_on", &r.DecidedOn),
		text("decided_by", &r.DecidedBy), text("applied_on", &r.AppliedOn), text("note", &r.Note))
}

// Object is the revision's name in the journal.
func (r Revision) Object() string { return "revision/" + r.ID }

// URL is its page.
func (r Revision) URL() string { return "/revisions/" + r.ID }

// Proposal is one change. Number counts from 1 and stays.
type Proposal struct {
	Number    int        `json:"number"`
	Indicator string     `json:"indicator,omitempty"` // none where one is added
	Action    string     `json:"action"`
	New       string     `json:"new,omitempty"`  // code of the indicator that comes to be
	Goal      string     `json:"goal,omitempty"` // under which it hangs
	With      []string   `json:"with,omitempty"` // codes of those that are merged into it
	Before    Definition `json:"before"`
	After     Definition `json:"after"`
	Evidence  string     `json:"evidence"`
	Effective string     `json:"effective"` // a year
	Verdict   string     `json:"verdict,omitempty"`
	Note      string     `json:"note,omitempty"` // what was said of it when it was decided
	AppliedOn string     `json:"applied_on,omitempty"`
}

// Definition is all that defines an indicator.
type Definition struct {
	Name       string `json:"name,omitempty"`
	NameEN     string `json:"name_en,omitempty"`
	Unit       string `json:"unit,omitempty"`
	UnitEN     string `json:"unit_en,omitempty"`
	Decimals   int    `json:"decimals,omitempty"`
	Direction  int    `json:"direction,omitempty"`
	YearStart  string `json:"year_start,omitempty"`
	Source     string `json:"source,omitempty"` // code of a unit
	Formula    string `json:"formula,omitempty"`
	Calibre    string `json:"calibre,omitempty"` // code
	Definition string `json:"definition,omitempty"`
}

// Actions of a proposal.
const (
	Keep        = "keep"
	Rename      = "rename"
	Redefine    = "redefine"
	Recalibre   = "recalibre"
	Resource    = "change_source"
	SplitOff    = "split"
	Merge       = "merge"
	Add         = "add"
	Drop        = "drop"
	Qualitative = "make_qualitative"
)

var actions = []choice{{Redefine, "改定义或公式"}, {Recalibre, "改口径"}, {Rename, "改名"}, {Resource, "改来源单位"},
	{Add, "新增"}, {SplitOff, "拆出新指标"}, {Merge, "合并"}, {Drop, "删去"},
	{Qualitative, "改为定性"}, {Keep, "保留不变"}}

// Verdicts on a proposal.
const (
	Passed = "passed"
	Back   = "back"
)

var verdicts = []choice{{Passed, "通过"}, {Back, "退回再议"}}

// States of a revision.
const (
	Draft      State = "draft"
	Consulting State = "consulting"
	Settled    State = "settled"
	Decided    State = "decided"
	Applied    State = "applied"
	Withdrawn  State = "withdrawn"
)

// Verbs of a revision.
const (
	VerbWrite    = "revision.write"
	VerbConsult  = "revision.consult"
	VerbSettle   = "revision.settle"
	VerbDecide   = "revision.decide"
	VerbApply    = "revision.apply"
	VerbWithdraw = "revision.withdraw"
)

const committee = "committee" // a leader of the committee, or the office for what a plenary decided

var lifeOfRevision = flow.Table{Object: "revision", Words: words,
	Ends:   []string{string(Applied), string(Withdrawn)},
	Either: map[string][]string{"effective": {string(Decided), string(Applied)}},
	Steps: []flow.Step{
		flow.Line("", VerbWrite, office, Draft),
		flow.Line(Draft, VerbWrite, office, Draft),
		flow.Line(Draft, VerbConsult, office, Consulting, flow.Rule{Within: calendar.Within(15, calendar.WorkDays)}),
		flow.Line(Draft, VerbWithdraw, office, Withdrawn, reasoned),
		flow.Line(Consulting, VerbWrite, office, Consulting),
		flow.Line(Consulting, VerbSettle, office, Settled),
		flow.Line(Consulting, VerbWithdraw, office, Withdrawn, reasoned),
		flow.Line(Settled, VerbDecide, committee, Decided),
		flow.Line(Settled, VerbWithdraw, office, Withdrawn, reasoned),
		flow.Line(Decided, VerbApply, flow.Program, State("effective")),
		flow.Line(Decided, VerbWithdraw, office, Withdrawn, reasoned),
	}}

func (r Revision) as(by auth.User) flow.Case {
	return flow.Case{State: string(r.State), Plays: func(part string) (auth.Post, error) {
		post, err := r.keeper(by)
		if err == nil || part == office {
			return post, err
		}
		for _, p := range by.Posts {
			if p.Role == auth.CommitteeChief && p.AreaPath == r.AreaPath {
				return p, nil
			}
		}
		return post, errs.Deniedf("这一步由妇儿工委领导办理，或由办公室按全委会的决定办理。")
	}, Fits: func(st flow.Step) error {
		if st.Verb == VerbWithdraw && slices.ContainsFunc(r.Proposals, func(p Proposal) bool {
			return p.AppliedOn != ""
		}) {
			return errs.Conflictf("已有提议生效，不能再撤回。要改回去，请另提一次修订。")
		}
		return nil
	}}
}

// seen says whether by may see the revision: a draft is the office's own.
func (r Revision) seen(by auth.User) bool {
	if r.State == Draft {
		return by.Sees(r.Office, r.AreaPath)
	}
	return r.Kept.seen(by)
}

// code is that of the indicator that a proposal is about.
func (p Proposal) code() string { return cmp.Or(p.Indicator, p.New) }

// makes says whether an indicator comes to be.
func (p Proposal) makes() bool { return p.Action == Add || p.Action == SplitOff }

// ends are the codes of the indicators that hang on the plan no more.
func (p Proposal) ends() []string {
	switch p.Action {
	case Drop:
		return []string{p.Indicator}
	case Merge:
		return p.With
	}
	return nil
}

// breaks says whether the values before and after do not mean the same.
func (p Proposal) breaks() bool {
	a, b := p.Before, p.After
	return !p.makes() && p.Action != Drop && (squeezed(a.Formula) != squeezed(b.Formula) ||
		a.Definition != b.Definition || a.Calibre != b.Calibre)
}

// weighs says whether a change of the numbers themselves is proposed: not only of a name or of who answers for it.
func (p Proposal) weighs() bool {
	return p.breaks() || p.Action == Drop || p.Action == Merge
}

// squeezed is a formula without the spaces that mean nothing.
func squeezed(formula string) string { return strings.Join(strings.Fields(formula), "") }

// period is that from which on it holds; the text was checked.
func (p Proposal) period() period.Period {
	from, _ := period.Parse(p.Effective)
	return from
}

// change takes from what was typed only what the action is about.
func (p *Proposal) change(typed Definition) {
	p.After = p.Before
	switch p.Action {
	case Rename:
		p.After.Name, p.After.NameEN = typed.Name, typed.NameEN
	case Redefine, Merge:
		p.After.Formula, p.After.Definition = typed.Formula, typed.Definition
	case Recalibre:
		p.After.Calibre = typed.Calibre
		p.After.Definition = cmp.Or(typed.Definition, p.Before.Definition)
	case Resource:
		p.After.Source = typed.Source
	case Qualitative:
		p.After.Formula, p.After.Calibre, p.After.Definition = "", "", typed.Definition
	case Add, SplitOff:
		p.After = typed
	case Drop:
		p.After = Definition{}
	}
}

// definitionOf is how an indicator is defined in a version.
func definitionOf(i indicator.Indicator, v indicator.Version, calibre string) Definition {
	return Definition{Name: i.Name, NameEN: i.NameEN, Unit: i.Unit, UnitEN: i.UnitEN, Decimals: i.Decimals,
		Direction: i.Direction, YearStart: string(i.YearStart), Source: i.SourceUnit, Formula: v.Formula,
		Calibre: calibre, Definition: v.Definition}
}

// number is the next free number of a proposal.
func (r Revision) number() (n int) {
	for _, p := range r.Proposals {
		n = max(n, p.Number)
	}
	return n + 1
}

// at is the place of the proposal of a number, -1 if there is none.
func (r Revision) at(number int) int {
	return slices.IndexFunc(r.Proposals, func(p Proposal) bool { return p.Number == number })
}

// waits says whether a decided proposal is still to be applied.
func (p Proposal) waits() bool { return p.Verdict == Passed && p.AppliedOn == "" }
