package cycle

// A cycle's page: its year step by step, what is missing by unit, the grid of units and forms, who was trained, and
// what can be done next.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/meeting"
	"yipanqi/internal/network"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// showData is a cycle for its reader: lines, people and counts are what they may see.
type showData struct {
	Cycle     `json:"cycle"`
	UnitName  string     `json:"unit_name"`
	LeadName  string     `json:"lead_name,omitempty"`
	All       bool       `json:"all"` // the reader runs the cycle, and so sees all of it
	Total     Count      `json:"total"`
	Levels    []PerLevel `json:"levels"`
	Lines     []Line     `json:"reports"`
	Today     []Line     `json:"arrived_today"`
	People    []Trainee  `json:"people"`
	Taught    int        `json:"trained"`
	ToTeach   int        `json:"people_count"`
	Unclear   []Unclear  `json:"unclear,omitempty"`
	Announced *Paper     `json:"notice_letter,omitempty"`
	Reported  *Paper     `json:"report_letter,omitempty"`
	Meetings  []Held     `json:"meetings"`
	Expired   []string   `json:"expired_forms,omitempty"`
	Actions   []string   `json:"actions"`
	Trail     trail.Data `json:"trail"`

	today   string
	names   map[string]string // of units, in the reader's language
	named   labels
	letters []part.Option // that the report can be
	slips   map[string]Paper
}

// PerLevel is how the forms of one level stand.
type PerLevel struct {
	Level string `json:"level"`
	Due   string `json:"due_on"`
	Count
	name string
}

// Paper is a letter of the cycle as far as its reader needs it.
type Paper struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Number   string `json:"number,omitempty"`
	Issued   bool   `json:"issued"`
	Received int64  `json:"received"`
	Of       int64  `json:"of"`
	URL      string `json:"url,omitempty"` // empty: the reader may not open it
	state    letter.State
}

// Held is a meeting of the cycle.
type Held struct {
	Title string `json:"title"`
	On    string `json:"on"`
	URL   string `json:"url,omitempty"` // empty: the reader may not open it
	Over  bool   `json:"over"`
	What  string `json:"what"` // training, review
}

func show(r *web.Request, in idInput) (d showData, err error) {
	if d.Cycle, d.Lines, err = sight(r, in.ID); err != nil {
		return d, err
	}
	d.today, d.All = r.Tx.Today(), d.runs(r.User)
	d.Actions, d.Meetings = []string{}, []Held{}
	for _, st := range life.Open(r.User, d.as(r.User)) {
		d.Actions = append(d.Actions, st.Verb)
	}
	if d.named, err = labelsOf(r.Tx); err != nil {
		return d, err
	}
	if err := d.name(r); err != nil {
		return d, err
	}
	d.Cycle = d.forReader(d.Lines, d.All)
	d.Total, d.Today = count(d.Lines), arrived(d.Lines, d.today)
	for _, l := range levelsOf(d.Lines) {
		d.Levels = append(d.Levels, PerLevel{l, d.DueOn(l), count(slices.DeleteFunc(slices.Clone(d.Lines),
			func(o Line) bool { return o.Level != l })), d.levelName(r, l)})
	}
	if d.People, err = d.Trainees(r.Tx, d.Lines); err != nil {
		return d, err
	}
	d.Taught, d.ToTeach = trained(d.People)
	if d.All {
		if err := d.forKeeper(r); err != nil {
			return d, err
		}
	}
	if err := d.papers(r); err != nil {
		return d, err
	}
	if err := d.meet(r); err != nil {
		return d, err
	}
	d.Trail, err = trail.Read(r.Tx, r.User, Trail(), d.ID)
	return d, err
}

// forReader leaves of extensions, slips, explanations and gaps those of units whose reports the reader sees.
func (c Cycle) forReader(lines []Line, all bool) Cycle {
	if all {
		return c
	}
	mine := func(unit string) bool {
		return slices.ContainsFunc(lines, func(l Line) bool { return l.Unit == unit })
	}
	c.Extensions = slices.DeleteFunc(slices.Clone(c.Extensions), func(e Extension) bool { return !mine(e.Unit) })
	c.Duns = slices.DeleteFunc(slices.Clone(c.Duns), func(d Dun) bool { return !mine(d.Unit) })
	c.Explanations = slices.DeleteFunc(slices.Clone(c.Explanations),
		func(e Explanation) bool { return !mine(e.Unit) })
	c.Gaps = slices.DeleteFunc(slices.Clone(c.Gaps), func(g Gap) bool { return !mine(g.Unit) })
	return c
}

// forKeeper reads what only who runs the cycle has to know.
func (d *showData) forKeeper(r *web.Request) (err error) {
	if _, d.Unclear, err = d.owing(r.Tx); err != nil {
		return err
	}
	if d.State.begun() {
		return nil
	}
	forms, err := d.definitions(r.Tx)
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, f := range d.unfit(forms) {
		d.Expired = append(d.Expired, part.Name(ctx, f.Name, f.NameEN))
	}
	return err
}

func (d *showData) levelName(r *web.Request, level string) string {
	return d.named.levels[level].Called().In(r.Lang)
}

func (d *showData) name(r *web.Request) error {
	all, err := network.AllUnits(r.Tx)
	d.names = map[string]string{}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, u := range all {
		d.names[u.Code] = part.Name(ctx, u.Name, u.NameEN)
	}
	d.UnitName, d.LeadName = d.names[d.Unit], d.names[d.Lead]
	return err
}

// papers reads the letters of the cycle: that it was announced is no secret, what a letter says is the letter's.
func (d *showData) papers(r *web.Request) (err error) {
	if d.Announced, err = paperOf(r, d.Notice); err != nil {
		return err
	}
	if d.Reported, err = paperOf(r, d.Report); err != nil {
		return err
	}
	d.slips = map[string]Paper{}
	for _, s := range d.Duns {
		p, err := paperOf(r, s.Letter)
		if err != nil {
			return err
		}
		d.slips[s.Letter] = *p
	}
	if !d.can(VerbReport) {
		return nil
	}
	issued, err := letter.IssuedBy(r.Tx, r.User, d.Unit, offered)
	for _, l := range issued {
		d.letters = append(d.letters, part.Option{Value: l.Object(), Label: l.Number + " " + l.Title})
	}
	return err
}

func paperOf(r *web.Request, object string) (*Paper, error) {
	if object == "" {
		return nil, nil
	}
	l, err := letter.Get(r.Tx, strings.TrimPrefix(object, "letter/"))
	if err != nil {
		return nil, err
	}
	p := Paper{ID: l.ID, Title: l.Title, Number: l.Number, Issued: l.Issued(), Received: l.Received, Of: l.Addressed,
		state: l.State}
	if _, err := letter.Read(r.Tx, r.User, l.ID); err == nil {
		p.URL = l.URL()
	} else if errs.KindOf(err) != errs.Missing {
		return nil, err
	}
	return &p, nil
}

// meet reads the meetings of the cycle that the reader may see; who runs it sees their names in any case.
func (d *showData) meet(r *web.Request) error {
	add := func(object, what string) error {
		seen, err := sees(r.Tx, r.User, object)
		if err != nil || !seen && !d.All {
			return err
		}
		m, err := meeting.Get(r.Tx, idOf(object))
		h := Held{m.Title, m.Day(), m.URL(), isOver(m), what}
		if !seen {
			h.URL = ""
		}
		d.Meetings = append(d.Meetings, h)
		return err
	}
	for _, object := range d.Trainings {
		if err := add(object, "training"); err != nil {
			return err
		}
	}
	if d.ReviewMeeting == "" {
		return nil
	}
	return add(d.ReviewMeeting, "review")
}

func (d showData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

// steps are the year, with how many of how many at each step.
func (d showData) steps(ctx context.Context) []part.Step {
	share := func(n, of int) string { return strconv.Itoa(n) + "/" + strconv.Itoa(of) }
	notice := part.T(ctx, "未起草")
	if d.Announced != nil && d.Announced.Issued {
		notice = part.T(ctx, "签收%s", share(int(d.Announced.Received), int(d.Announced.Of)))
	} else if d.Announced != nil {
		notice = part.T(ctx, d.Announced.state.Words())
	}
	review := ""
	if n := len(d.Explanations); n > 0 {
		review = part.T(ctx, "说明%d条", n)
	}
	gaps := ""
	if n := len(d.Gaps); n > 0 {
		gaps = part.T(ctx, "缺报%d份", n)
	}
	held := slices.ContainsFunc(d.Meetings, func(h Held) bool { return h.What == "review" && h.Over })
	n := d.Total
	all := []struct {
		label, note string
		done        bool
	}{
		{part.T(ctx, "通知"), notice, d.Announced != nil && d.Announced.Issued},
		{part.T(ctx, "培训"), share(d.Taught, d.ToTeach), d.State != Planned},
		{part.T(ctx, "开放"), share(n.Opened, n.Owed), d.OpenedOn != ""},
		{part.T(ctx, "报送"), share(n.Sent, n.Owed), n.Owed > 0 && n.Sent == n.Owed},
		{part.T(ctx, "审核通过"), share(n.Accepted, n.Owed), n.Owed > 0 && n.Accepted == n.Owed},
		{part.T(ctx, "评审"), review, held},
		{part.T(ctx, "截止"), gaps, d.ClosedOn != ""},
		{part.T(ctx, "汇总"), d.CompiledOn, d.CompiledOn != ""},
		{part.T(ctx, "报告"), "", d.Report != ""},
		{part.T(ctx, "发布"), d.PublishedOn, d.PublishedOn != ""},
	}
	var steps []part.Step
	current := false
	for _, s := range all {
		state := part.StepNext
		switch {
		case s.done:
			state = part.StepDone
		case !current && d.State != Dropped:
			state, current = part.StepCurrent, true
		}
		steps = append(steps, part.Step{Label: s.label, State: state, Note: s.note})
	}
	return steps
}
