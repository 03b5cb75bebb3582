package issue

// An issue's page: its series with every act on it, who makes the gap, who does what, papers.

import (
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/indicator"
	"yipanqi/internal/matter"
	"yipanqi/internal/meeting"
	"yipanqi/internal/network"
	"yipanqi/internal/panel"
	"yipanqi/internal/progress"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// showData is an issue for its reader.
type showData struct {
	Issue    `json:"issue"`
	LeadName string         `json:"lead_name"`
	Lines    []Series       `json:"series"`
	Matters  []RaisedMatter `json:"matters"`
	Short    string         `json:"short,omitempty"` // why it may not be called solved yet
	DueOn    string         `json:"due,omitempty"`
	Aims     []Goal         `json:"aims"`
	FirstAct *int           `json:"days_to_first_act,omitempty"` // since it was listed
	Advised  int            `json:"proposals_made"`              // by researches
	Taken    int            `json:"proposals_taken"`             // handed out, or become something else
	Listing  *Decided       `json:"listing,omitempty"`           // the decision that listed it
	Closing  *Decided       `json:"closing,omitempty"`           // the one that called it solved
	Actions  []string       `json:"actions"`
	Trail    trail.Data     `json:"trail"`
	names    map[string]string
	today    string
	chief    bool
	argues   bool                          // the reader may call a panel on it
	held     []meeting.Meeting             // by who keeps it, to choose from
	decided  map[string][]meeting.Decision // by meeting
	papers   []find.Hit                    // to choose from
	panels   []panel.Panel                 // on what was researched
	areas    map[string]string             // of cited figures, by code
	// indicators are those of cited figures, by code
	indicators map[string]indicator.Indicator
	sources    []Source // registers whose places a research can draw from
}

// Series is one indicator of the issue.
type Series struct {
	Indicator string  `json:"indicator"`
	Name      string  `json:"name"`
	Target    string  `json:"target,omitempty"`
	Held      int     `json:"held"` // complete periods at the target, counted back
	Points    []Point `json:"points"`
	Shares    []Share `json:"shares,omitempty"`
	since     string  // the change since it was listed
	chart     part.ChartView
}

// Point is the value of a year.
type Point struct {
	Period string   `json:"period"`
	Value  string   `json:"value"`
	Status string   `json:"status"`
	Proof  string   `json:"proof"`
	Acts   []string `json:"acts,omitempty"` // of that year
	figure part.FigureView
}

// RaisedMatter is a matter that came of the issue.
type RaisedMatter struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Title  string `json:"title"`
	State  string `json:"state"`
}

// show is an issue with the papers that an act on it can name.
func (p pages) show(r *web.Request, in idInput) (d showData, err error) {
	if d, err = show(r, in); err != nil {
		return d, err
	}
	if d.can(VerbResearch) && p.places.Sources != nil {
		if d.sources, err = p.places.Sources(r.Tx, r.User); err != nil {
			return d, err
		}
	}
	if !d.can(VerbAct) && !d.can(VerbMeet) {
		return d, nil
	}
	d.papers, err = p.papers(r)
	return d, err
}

// papersShown is how many letters are offered.
const papersShown = 30

// papers are what an act can be beside a meeting: letters, the newest first, and records of policies and funding.
func (p pages) papers(r *web.Request) (all []find.Hit, err error) {
	of := func(code string) (some []find.Kind) {
		for _, k := range p.kinds() {
			if k.Code == code {
				some = append(some, k)
			}
		}
		return some
	}
	if all, err = find.Newest(r.Tx, r.User, of("letter"), papersShown); err != nil {
		return nil, err
	}
	for _, words := range []string{"政策", "经费"} { // as policies and funding are registered
		hits, err := find.Find(r.Tx, r.User, of("record"), words)
		if err != nil {
			return nil, err
		}
		for _, h := range hits {
			if !slices.ContainsFunc(all, func(o find.Hit) bool { return o.Object == h.Object }) {
				all = append(all, h)
			}
		}
	}
	return all, nil
}

func show(r *web.Request, in idInput) (d showData, err error) {
	if d.Issue, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	p, err := paceOf(r.Tx)
	if err != nil {
		return d, err
	}
	_, office := r.User.PostFor(d.Unit, auth.Office)
	d.argues = office && r.User.Can(panel.VerbCall)
	if d.panels, err = panel.Of(r.Tx, d.Object()); err != nil {
		return d, err
	}
	if !d.argues { // others learn what came of it
		d.panels = slices.DeleteFunc(d.panels, func(p panel.Panel) bool { return p.Conclusion == "" })
	}
	d.today, d.DueOn, d.chief = r.Tx.Today(), p.due(d.Issue), chief(r.User, d.Issue)
	d.Actions, d.Lines, d.Matters = []string{}, []Series{}, []RaisedMatter{}
	if err := d.came(r.Tx); err != nil {
		return d, err
	}
	for _, st := range life.Open(r.User, d.as(r.User)) {
		if !slices.Contains(d.Actions, st.Verb) {
			d.Actions = append(d.Actions, st.Verb)
		}
	}
	if d.can(VerbList) || d.can(VerbAct) || d.can(VerbMeet) || d.can(VerbSolve) {
		if d.held, err = meeting.HeldBy(r.Tx, r.User, d.Unit, 50); err != nil {
			return d, err
		}
	}
	if d.Listing, err = decidedBy(r.Tx, r.User, d.Basis); err != nil {
		return d, err
	}
	if d.Closing, err = decidedBy(r.Tx, r.User, d.ClosedBy); err != nil {
		return d, err
	}
	if d.can(VerbList) || d.can(VerbSolve) {
		if err := d.decisions(r.Tx); err != nil {
			return d, err
		}
	}
	if err := d.placed(r); err != nil {
		return d, err
	}
	names, err := unitNames(r)
	if err != nil {
		return d, err
	}
	d.names = map[string]string{}
	for _, unit := range append([]string{d.Unit, d.Lead}, d.Supporting...) {
		d.names[unit] = names(unit)
	}
	d.LeadName = d.names[d.Lead]
	if err := d.series(r); err != nil {
		return d, err
	}
	raised, err := matter.SeenBySource(r.Tx, r.User, d.Object())
	if err != nil {
		return d, err
	}
	for _, m := range raised {
		d.Matters = append(d.Matters, RaisedMatter{m.ID, m.Number, m.Title, string(m.State)})
	}
	d.Trail, err = trail.Read(r.Tx, r.User, Trail(), d.ID)
	return d, err
}

func (d *showData) series(r *web.Request) error {
	stood, err := d.stand(r.Tx)
	if err != nil {
		return err
	}
	d.Short = stood.short().In(r.Lang, part.English)
	area, err := network.AreaByID(r.Tx, d.AreaID)
	if err != nil {
		return err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, l := range stood {
		s := Series{Indicator: l.Indicator.Code, Name: part.Name(ctx, l.Indicator.Name, l.Indicator.NameEN),
			Target: l.Target.Value, Held: l.held, Points: []Point{}}
		s.chart = part.ChartView{Title: s.Name, Unit: progress.UnitOf(ctx, l.Indicator)}
		line := part.Series{Name: s.Name, Kind: "line"}
		goal := part.Series{Name: part.T(ctx, "目标"), Kind: "target"}
		for _, v := range l.Series {
			year := strconv.Itoa(v.Period.Year())
			p := Point{Period: v.Period.String(), Value: v.Plain(), Status: string(v.Status), Proof: v.ProofURL(),
				figure: progress.Figure(ctx, v)}
			for _, a := range d.Acts {
				if a.On[:4] == year {
					p.Acts = append(p.Acts, a.On+" "+part.T(ctx, word(actKinds, a.Kind))+"："+a.Text)
				}
			}
			if len(p.Acts) > 0 {
				s.chart.Breaks = append(s.chart.Breaks, part.Break{Period: year, Text: part.T(ctx, "%d项举措",
					len(p.Acts))})
			}
			s.Points = append(s.Points, p)
			s.chart.Periods = append(s.chart.Periods, year)
			line.Points = append(line.Points, part.Point{Value: v.Plain(), Text: v.Text(), Origin: string(v.Origin)})
			goal.Points = append(goal.Points, part.Point{Value: l.Target.Value, Text: l.Target.Value})
		}
		if s.chart.Series = []part.Series{line}; l.Target.Value != "" {
			s.chart.Series = append(s.chart.Series, goal)
		}
		s.since = l.since(d.ListedOn)
		if s.Shares, err = l.shares(r.Tx, r.User, area); err != nil {
			return err
		}
		d.Lines = append(d.Lines, s)
	}
	return nil
}

// since is by how much the indicator has changed since the year in which the issue was listed.
func (l line) since(listed string) string {
	if listed == "" || len(l.Series) == 0 {
		return ""
	}
	last := l.Series[len(l.Series)-1]
	for _, v := range l.Series {
		if strconv.Itoa(v.Period.Year()) == listed[:4] && v.Period != last.Period {
			return progress.ChangeText(v, last)
		}
	}
	return ""
}

// meetings are those that can be named, or none.
func (d showData) meetings(ctx context.Context, none say.Key) []part.Option {
	all := []part.Option{{Label: part.T(ctx, none)}}
	for _, m := range d.held {
		all = append(all, part.Option{Value: m.Object(), Label: m.Day() + " " + m.Title})
	}
	return all
}

// decisions are what the meetings to choose from decided.
func (d *showData) decisions(tx *db.Tx) (err error) {
	d.decided = map[string][]meeting.Decision{}
	for _, m := range d.held {
		if d.decided[m.ID], err = meeting.Decisions(tx, m.ID); err != nil {
			return err
		}
	}
	return nil
}

// decisive are the decisions of meetings to choose from, and the meetings that wrote none down.
func (d showData) decisive(ctx context.Context, none say.Key) []part.Option {
	all := []part.Option{{Label: part.T(ctx, none)}}
	for _, m := range d.held {
		for _, one := range d.decided[m.ID] {
			all = append(all, part.Option{Value: m.Object() + "#" + one.ID, Label: part.T(ctx, "%s %s 议定事项%d：%s",
				m.Day(), m.Title, one.Number, say.Title(one.Text, 40))})
		}
		if len(d.decided[m.ID]) == 0 {
			all = append(all, part.Option{Value: m.Object(), Label: m.Day() + " " + m.Title})
		}
	}
	return all
}

// named are meetings and papers that an act can be.
func (d showData) named(ctx context.Context) []part.Option {
	all := d.meetings(ctx, "没有")
	for _, h := range d.papers {
		label := part.Name(ctx, h.Title, h.TitleEN)
		if note := part.Name(ctx, h.Note, h.NoteEN); note != "" {
			label += "（" + note + "）"
		}
		all = append(all, part.Option{Value: h.Object, Label: label})
	}
	return all
}

func (d showData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

// Table is every act, for CSV and Excel.
func (d showData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "issue-" + d.ID, Heading: d.Title, Columns: []table.Column{
		{Name: "日期"}, {Name: "类别", Words: true},
		{Name: "内容"}, {Name: "关联", Aside: true}, {Name: "登记人"}}}
	for _, a := range d.Acts {
		t.Rows = append(t.Rows, []string{a.On, string(word(actKinds, a.Kind)), a.Text, a.Ref, a.By})
	}
	return t
}

// sitting are the units with a part in it, to choose from.
func (d showData) sitting() (all []part.Option) {
	for _, unit := range append([]string{d.Lead, d.Unit}, d.Supporting...) {
		if !slices.ContainsFunc(all, func(o part.Option) bool { return o.Value == unit }) {
			all = append(all, part.Option{Value: unit, Label: d.names[unit]})
		}
	}
	return all
}

func options(ctx context.Context, all []choice, but ...string) (shown []part.Option) {
	for _, c := range all {
		if !slices.Contains(but, c.Code) {
			shown = append(shown, part.Option{Value: c.Code, Label: part.T(ctx, c.Word)})
		}
	}
	return shown
}

// joined are the names of units.
func (d showData) joined(ctx context.Context, units []string) string {
	named := make([]string, len(units))
	for i, u := range units {
		named[i] = d.names[u]
	}
	return part.Join(ctx, named)
}

// chip is the look of a state.
func (s State) chip() string {
	switch s {
	case Solved, Eased:
		return "chip-proven"
	case UnderWay, Listed:
		return "chip-published"
	}
	return "chip-unproven"
}

// seriesNote says in short how an indicator stands.
func seriesNote(ctx context.Context, s Series) string {
	if s.Target == "" {
		return part.T(ctx, "未设目标")
	}
	note := part.T(ctx, "目标%s，连续达标%d期", s.Target, s.Held)
	if s.since != "" {
		note += part.T(ctx, "，列入以来%s", s.since)
	}
	return note
}
