package revision

// The page of a revision: its proposals with before, after and effects, whom it was put to, what was decided; and the
// forms in which it is written.

import (
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/flow"
	"yipanqi/internal/meeting"
	"yipanqi/internal/network"
	"yipanqi/internal/opinion"
	"yipanqi/internal/request"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// shownProposal is a proposal with all that its reader wants to know.
type shownProposal struct {
	Proposal
	Name    string   `json:"name"`
	Changes []Change `json:"changes"`
	Effects Effects  `json:"effects"`
}

// showData is a revision for its reader.
type showData struct {
	Revision  Revision        `json:"revision"`
	Proposals []shownProposal `json:"shown"`
	Answered  int             `json:"answered"`
	Asked     int             `json:"asked"`
	Remarks   int             `json:"remarks"`
	Must      int             `json:"must_open"`
	Actions   []string        `json:"actions"`
	Reviewers []Post          `json:"reviewers,omitempty"` // who may look through the answers
	Trail     trail.Data      `json:"trail"`

	plan      string
	meeting   string
	isOffice  bool
	remarks   bool          // the text with remarks is laid open to the reader
	units     []part.Option // to be asked
	chosen    []string
	reviewers []part.Option
	plenaries []part.Option
	replies   []reply
}

// Post is a post in the office, and who is in it.
type Post struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// reply is how a unit's answer stands.
type reply struct {
	unit, url string
	state     say.Key
}

func opens(steps []flow.Step) []string {
	all := []string{}
	for _, st := range steps {
		if !slices.Contains(all, st.Verb) {
			all = append(all, st.Verb)
		}
	}
	return all
}

func show(r *web.Request, in idInput) (d showData, err error) {
	if d.Revision, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	_, notOffice := d.Revision.keeper(r.User)
	d.isOffice = notOffice == nil
	d.Actions = opens(lifeOfRevision.Open(r.User, d.Revision.as(r.User)))
	s, err := systemOf(r.Tx, d.Revision.Plan)
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	s.called = func(zh, en string) string { return part.Name(ctx, zh, en) }
	effects, err := effectsOf(r.Tx, r.User, s, d.Revision.Proposals)
	if err != nil {
		return d, err
	}
	d.Proposals = []shownProposal{}
	units, err := unitNames(r)
	if err != nil {
		return d, err
	}
	for n, p := range d.Revision.Proposals {
		one := shownProposal{Proposal: p, Name: p.name(ctx), Changes: p.changes(s), Effects: effects[n]}
		d.Proposals = append(d.Proposals, one)
	}
	plans, err := planOptions(r)
	if err != nil {
		return d, err
	}
	for _, o := range plans {
		if o.Value == d.Revision.Plan {
			d.plan = o.Label
		}
	}
	if err := d.consulted(r, units); err != nil {
		return d, err
	}
	if err := d.choices(r, s); err != nil {
		return d, err
	}
	d.Trail, err = trail.Read(r.Tx, r.User, placeOf("revision"), d.Revision.ID)
	return d, err
}

// name is what the indicator of a proposal is called.
func (p Proposal) name(ctx context.Context) string {
	if p.Action == Add {
		return part.Name(ctx, p.After.Name, p.After.NameEN)
	}
	return part.Name(ctx, p.Before.Name, p.Before.NameEN)
}

// consulted reads how the answers and remarks stand.
func (d *showData) consulted(r *web.Request, units func(string) string) error {
	if d.Revision.Request == "" {
		return nil
	}
	answers, err := request.Answers(r.Tx, d.Revision.Request)
	if err != nil {
		return err
	}
	for _, a := range answers {
		d.Asked++
		if !a.State.Owed() {
			d.Answered++
		}
		if d.isOffice || r.User.Sees(a.Unit, a.AreaPath) {
			d.replies = append(d.replies, reply{units(a.Unit), "/answers/" + a.ID, a.State.Words()})
		}
	}
	remarks, err := opinion.On(r.Tx, d.Revision.Opinions)
	if err != nil {
		return err
	}
	if _, err := opinion.Read(r.Tx, r.User, d.Revision.Opinions); err == nil {
		d.remarks = true
	}
	count := opinion.Count(remarks)
	d.Remarks, d.Must = count.Filed, count.Must
	if d.Revision.Meeting == "" {
		return nil
	}
	m, err := meeting.Read(r.Tx, r.User, d.Revision.Meeting)
	if err == nil {
		d.meeting = m.Title
	}
	return nil
}

// choices are what the steps that are open choose from.
func (d *showData) choices(r *web.Request, s system) (err error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	if d.can(VerbConsult) {
		if d.units, err = unitOptions(r, d.Revision.AreaPath); err != nil {
			return err
		}
		d.units = slices.DeleteFunc(d.units, func(o part.Option) bool { return o.Value == d.Revision.Office })
		if err := d.propose(r, s); err != nil {
			return err
		}
		staff, err := network.Staff(r.Tx, d.Revision.Office, r.Tx.Today())
		if err != nil {
			return err
		}
		for _, p := range staff {
			if p.Role == auth.Office || p.Role == auth.Leader || p.Role == auth.CommitteeChief {
				d.Reviewers = append(d.Reviewers, Post{p.ID, p.Person})
				d.reviewers = append(d.reviewers, part.Option{Value: p.ID, Label: part.Name(ctx, p.Person, p.PersonEN)})
			}
		}
	}
	if d.can(VerbDecide) {
		none := part.Option{Label: part.T(ctx, "请选择全委会")}
		if !d.isOffice {
			none.Label = part.T(ctx, "由我决定，不经全委会")
		}
		d.plenaries = []part.Option{none}
		plenaries, err := meeting.Plenaries(r.Tx, d.Revision.AreaPath, d.Revision.SettledOn)
		if err != nil {
			return err
		}
		for _, m := range plenaries {
			d.plenaries = append(d.plenaries, part.Option{Value: m.ID, Label: m.Day() + " " + m.Title})
		}
	}
	return nil
}

// propose are the units that should be asked: the sources of what changes, and the offices of the areas just below.
func (d *showData) propose(r *web.Request, s system) error {
	for _, p := range d.Revision.Proposals {
		d.chosen = append(d.chosen, p.Before.Source, p.After.Source)
	}
	below, err := network.Children(r.Tx, s.area.ID, r.Tx.Today())
	if err != nil {
		return err
	}
	for _, a := range below {
		code, err := officeIn(r.Tx, a)
		if err != nil {
			return err
		}
		d.chosen = append(d.chosen, code)
	}
	slices.Sort(d.chosen)
	d.chosen = slices.DeleteFunc(slices.Compact(d.chosen), func(u string) bool { return u == "" })
	return nil
}

// whom is the field of the units that are asked: those proposed first.
func (d showData) whom(ctx context.Context) part.ChooseView {
	c := part.ChooseView{Name: "unit", Label: part.T(ctx, "征求哪些单位的意见"), Required: true, Chosen: d.chosen}
	near, rest := part.ChooseGroup{Code: "near", Label: part.T(ctx, "来源单位和各地区"), Open: true},
		part.ChooseGroup{Code: "rest", Label: part.T(ctx, "其他单位")}
	for _, o := range d.units {
		if slices.Contains(d.chosen, o.Value) {
			near.Options = append(near.Options, o)
		} else {
			rest.Options = append(rest.Options, o)
		}
	}
	for _, g := range []part.ChooseGroup{near, rest} {
		if len(g.Options) > 0 {
			c.Groups = append(c.Groups, g)
		}
	}
	return c
}

func (d showData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

func (k Kept) version() string { return strconv.FormatInt(k.Version, 10) }

// titleData is a revision as its title is written.
type titleData struct {
	Revision Revision `json:"revision"`
	plans    []part.Option
}

type planInput struct {
	Plan string `json:"plan"`
}

func newRevision(r *web.Request, in planInput) (d titleData, err error) {
	d.Revision.Plan = in.Plan
	d.plans, err = planOptions(r)
	return d, err
}

func editTitle(r *web.Request, in idInput) (d titleData, err error) {
	if d.Revision, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if _, err = d.Revision.keeper(r.User); err != nil {
		return d, err
	}
	d.plans, err = planOptions(r)
	return d, err
}

func (d titleData) action() string {
	if d.Revision.ID == "" {
		return "/revisions"
	}
	return d.Revision.URL() + "/edit"
}

// proposalData is a proposal as it is written.
type proposalData struct {
	Revision Revision `json:"revision"`
	Proposal Proposal `json:"proposal"`

	indicators, units, goals, calibres []part.Option
}

type editProposalInput struct {
	ID        string `json:"id"`
	Number    int    `json:"number" doc:"Number of the proposal that is changed; 0: a further one."`
	Indicator string `json:"indicator"`
	Action    string `json:"action" doc:"What is changed, as the page offers it."`
}

func editProposal(r *web.Request, in editProposalInput) (d proposalData, err error) {
	if d.Revision, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if _, err = d.Revision.keeper(r.User); err != nil {
		return d, err
	}
	s, err := systemOf(r.Tx, d.Revision.Plan)
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	d.Proposal = Proposal{Indicator: in.Indicator, Action: in.Action, Effective: strconv.Itoa(yearOf(r.Tx.Today()) + 1)}
	if at := d.Revision.at(in.Number); at >= 0 {
		d.Proposal = d.Revision.Proposals[at]
	} else if s.hangs[in.Indicator] != "" {
		d.Proposal.Before = s.defined(in.Indicator, d.Proposal.period())
		d.Proposal.After = d.Proposal.Before
	}
	all, err := indicatorOptions(r)
	if err != nil {
		return d, err
	}
	for _, o := range all {
		if s.hangs[o.Value] != "" {
			d.indicators = append(d.indicators, o)
		}
	}
	for _, g := range s.goals {
		d.goals = append(d.goals, part.Option{Value: g.Code, Label: g.Code + " " + part.Name(ctx, g.Text, g.TextEN)})
	}
	for id, c := range s.calibres {
		if id != 0 {
			d.calibres = append(d.calibres, part.Option{Value: c.Code, Label: part.Name(ctx, c.Name, c.NameEN)})
		}
	}
	d.units, err = unitOptions(r, d.Revision.AreaPath)
	return d, err
}
