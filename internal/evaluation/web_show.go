package evaluation

// A round's page: its stages in time, who takes part, what comes next.

import (
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/opinion"
	"yipanqi/internal/plan"
	"yipanqi/internal/request"
	"yipanqi/internal/say"
	"yipanqi/internal/supervision"
	"yipanqi/internal/table"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// showData is a round for its reader.
type showData struct {
	Round       `json:"round"`
	Actions     []string         `json:"actions"`
	Digest      string           `json:"digest,omitempty"` // of the scheme, for who may approve it
	Editions    []Edition        `json:"schemes"`
	Owned       bool             `json:"owned"` // the reader runs or oversees it
	Parts       []Part           `json:"parts"`
	Progress    Progress         `json:"progress"`
	Letters     []Paper          `json:"letters"`
	Advice      []Recommendation `json:"recommendations"`
	Opinions    opinion.Adoption `json:"opinions"`
	Differences int              `json:"differences"`
	Others      []Other          `json:"others"`
	Unaccepted  int              `json:"unaccepted"` // reports out after the cutoff day: all, or the own
	Trail       trail.Data       `json:"trail"`
	today       string
	forms       bool // the reader may form groups for the round
	names       map[string]network.Unit
	areas       map[string]network.Area
	plans       []plan.Plan
	asked       request.Request
	reviews     []part.Option // who may look through the answers

	lacks      map[int][]Lack // what is missing before a running stage is done
	owed       []Lack         // what is missing before the round ends
	hinders    []Lack         // what stands in the way of the report
	paper      letter.Letter  // the report, if it was drafted
	announced  bool           // the notice was drafted
	organises  bool           // the reader works in the office that runs it
	mayAdvise  bool
	indicators []part.Option
}

// Paper is a letter about the round.
type Paper struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Number string `json:"number,omitempty"`
	State  string `json:"state"`
	words  say.Key
}

func show(r *web.Request, in idInput) (d showData, err error) {
	if d.Round, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if d.Papers, err = d.basisFiles(r.Tx); err != nil {
		return d, err
	}
	d.today, d.Owned, d.Actions = r.Tx.Today(), d.owns(r.User), []string{}
	d.forms = d.Owned && r.User.Can(supervision.VerbForm)
	d.Parts, d.Letters = []Part{}, []Paper{}
	_, not := d.plays(r.User, organiser)
	d.organises = not == nil
	for _, st := range life.Open(r.User, d.as(r.User)) {
		if !slices.Contains(d.Actions, st.Verb) {
			d.Actions = append(d.Actions, st.Verb)
		}
	}
	if d.can(VerbApprove) {
		text, err := d.Frozen(r.Tx)
		if err != nil {
			return d, err
		}
		d.Digest = text.Digest
	}
	if err := d.name(r); err != nil {
		return d, err
	}
	if d.Editions, err = Editions(r.Tx, d.ID); err != nil {
		return d, err
	}
	if !d.Owned { // a participant is told of nobody else
		d.Participants = slices.DeleteFunc(d.Participants, func(p Participant) bool { return !p.is(r.User) })
		d.Editions = []Edition{}
	}
	if err := d.parts(r); err != nil {
		return d, err
	}
	if err := d.papers(r); err != nil {
		return d, err
	}
	if err := d.born(r); err != nil {
		return d, err
	}
	if err := d.chased(r); err != nil {
		return d, err
	}
	if err := d.missing(r); err != nil {
		return d, err
	}
	d.Trail, err = trail.Read(r.Tx, r.User, Trail(), d.ID)
	return d, err
}

// missing reads what is still to be done before stages and the round are over, for who runs it.
func (d *showData) missing(r *web.Request) (err error) {
	if d.State != Running || !d.organises {
		return nil
	}
	d.lacks = map[int][]Lack{}
	for n, s := range d.Stages {
		if s.State == StageRunning && err == nil {
			d.lacks[n], err = d.Round.lacks(r.Tx, s.Kind)
		}
	}
	if err == nil && d.can(VerbClose) {
		d.owed, err = d.unsettled(r.Tx)
	}
	if err != nil {
		return err
	}
	if d.hinders, err = d.Round.hinders(r.Tx); err != nil {
		return err
	}
	d.paper, _, err = d.report(r.Tx)
	return err
}

// chased counts the reports that are still out after the cutoff day.
func (d *showData) chased(r *web.Request) error {
	if d.State != Running || d.CutoffOn == "" || d.today <= d.CutoffOn {
		return nil
	}
	all, err := d.unacceptedFor(r.Tx, r.User)
	d.Unaccepted = len(all)
	return err
}

// name reads what units, areas and plans are called.
func (d *showData) name(r *web.Request) error {
	units, err := network.AllUnits(r.Tx)
	if err != nil {
		return err
	}
	d.names = map[string]network.Unit{}
	for _, u := range units {
		d.names[u.Code] = u
	}
	if d.areas, err = areaNames(r, d.Areas()); err != nil {
		return err
	}
	for _, code := range d.Plans {
		p, err := plan.ByCode(r.Tx, code)
		if err != nil {
			return err
		}
		d.plans = append(d.plans, p)
	}
	return nil
}

// papers are the letters about the round that the reader may see, and who may look through the answers.
func (d *showData) papers(r *web.Request) error {
	all, err := letter.Of(r.Tx, d.Object())
	if err != nil {
		return err
	}
	for _, l := range all {
		d.announced = d.announced || l.Kind == letter.KindNotice && l.State != letter.StateWithdrawn
		if _, err := letter.Read(r.Tx, r.User, l.ID); err == nil {
			d.Letters = append(d.Letters, Paper{l.ID, l.Title, l.Number, string(l.State), l.State.Words()})
		}
	}
	if !d.can(VerbAsk) || d.asked.ID != "" {
		return nil
	}
	staff, err := network.Staff(r.Tx, d.Unit, d.today)
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, post := range staff {
		if post.Role == auth.Office || post.Role == auth.Leader {
			d.reviews = append(d.reviews, part.Option{Value: post.ID, Label: part.Name(ctx, post.Person,
				post.PersonEN)})
		}
	}
	return err
}

// born is what came of the round: recommendations that the reader sees, remarks on its texts, differences.
func (d *showData) born(r *web.Request) error {
	d.Advice = []Recommendation{}
	all, err := RecommendationsOf(r.Tx, d.ID)
	if err != nil {
		return err
	}
	for _, c := range all {
		if d.Owned || r.User.Sees(c.Unit, c.AreaPath) {
			d.Advice = append(d.Advice, c)
		}
	}
	if d.Others = []Other{}; !d.Owned {
		return nil
	}
	if d.Others, err = d.others(r.Tx, r.User); err != nil {
		return err
	}
	if d.Opinions, err = d.remarks(r.Tx); err != nil {
		return err
	}
	apart, err := d.Round.Differences(r.Tx)
	if err != nil {
		return err
	}
	d.Differences = len(apart)
	if d.mayAdvise = d.organises && d.State == Running; !d.mayAdvise {
		return nil
	}
	known, err := d.places(r.Tx)
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	d.indicators = []part.Option{{Label: part.T(ctx, "没有")}}
	for _, at := range known {
		d.indicators = append(d.indicators, part.Option{Value: at.Code,
			Label: at.Code + " " + part.Name(ctx, at.Name, at.NameEN)})
	}
	return err
}

func (d showData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

func (d showData) unit(ctx context.Context, code string) string {
	return part.Name(ctx, d.names[code].Name, d.names[code].NameEN)
}

// called is a participant's name: its area's, or its own.
func (d showData) called(ctx context.Context, p Participant) string {
	if a, is := d.areas[p.Area]; is {
		return part.Name(ctx, a.Name, a.NameEN)
	}
	return d.unit(ctx, p.Unit)
}

func (d showData) counted(ctx context.Context) string {
	areas := len(d.Areas())
	return part.T(ctx, "%d个单位，%d个地区", len(d.Participants)-areas, areas)
}

func (d showData) version() string { return strconv.FormatInt(d.Version, 10) }

func (d showData) hidden(more ...part.Option) []part.Option {
	return append([]part.Option{{Value: "version", Label: d.version()}}, more...)
}

// Table is the stages, for CSV and Excel.
func (d showData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "round-" + d.ID, Heading: d.Title, Columns: []table.Column{
		{Name: "阶段"}, {Name: "类型", Words: true},
		{Name: "开始"}, {Name: "结束"}, {Name: "负责单位"}, {Name: "状态", Words: true}, {Name: "原因"}}}
	for _, s := range d.Stages {
		t.Rows = append(t.Rows, []string{s.Title, string(word(stageKinds, s.Kind)), s.From, s.Until,
			d.unit(ctx, s.Lead), string(word(stageStates, string(s.State))), s.Reason})
	}
	return t
}

// Bar is where a stage lies in the time of all, in per cent.
type Bar struct{ Left, Width, Today string }

// span is the bar of a stage.
func (d showData) span(s Stage) Bar {
	first, last := s.From, s.Until
	for _, o := range d.Stages {
		first, last = min(first, o.From), max(last, o.Until)
	}
	all := calendar.Between(first, last) + 1
	b := Bar{Left: percent(calendar.Between(first, s.From), all),
		Width: percent(max(calendar.Between(s.From, s.Until)+1, all/narrowest), all)}
	if d.today >= first && d.today <= last {
		b.Today = percent(calendar.Between(first, d.today), all)
	}
	return b
}

// narrowest is how many of the shortest bars make the whole, so that a stage of one day is seen.
const narrowest = 120

// percent is a length in the drawing: nothing that is published.
func percent(n, of int) string {
	tenths := n * 1000 / max(of, 1)
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10) + "%"
}

// progress says how far the round has come.
func (d showData) progress(ctx context.Context) string {
	over, late := 0, 0
	for _, s := range d.Stages {
		if s.over() {
			over++
		} else if s.late(d.today) {
			late++
		}
	}
	said := stagesDone(ctx, over, len(d.Stages))
	if late > 0 && d.State == Running {
		said += part.T(ctx, "，%d个超过了日期", late)
	}
	return said
}

// sentence is the round in short.
func (d showData) sentence(ctx context.Context) string {
	if d.recorded() {
		return part.T(ctx, word(kinds, d.Kind))
	}
	return part.T(ctx, "%s，%s—%s年，数据截止%s", part.T(ctx, word(kinds, d.Kind)), d.From, d.Until, d.CutoffOn)
}

func (d showData) everybody(ctx context.Context) string {
	names := make([]string, len(d.Participants))
	for i, p := range d.Participants {
		names[i] = d.called(ctx, p)
	}
	return part.Join(ctx, names)
}

// inForce says which edition of the scheme counts.
func (d showData) inForce(ctx context.Context) string {
	if len(d.Editions) == 0 {
		return ""
	}
	e := d.Editions[len(d.Editions)-1]
	said := part.T(ctx, "第%d版，%s%s审定", e.Number, part.When(e.ApprovedAt), e.ApprovedBy)
	if d.State == Draft {
		said += part.T(ctx, "，正在修改下一版")
	}
	return said
}
