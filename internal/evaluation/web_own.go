package evaluation

// The page of one participant 本单位要交的: its answer, its figures as known on the cutoff day, the sheet that two
// sign.

import (
	"context"
	"slices"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/request"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// pages are those that need more than the module has: keys, and what others say about a unit.
type pages struct {
	secrets account.Secrets
	about   func(*db.Tx, auth.User, module.Of) ([]module.Card, error)
}

// ownData is a participant's part of a round.
type ownData struct {
	Round       Round          `json:"round"`
	Participant Participant    `json:"participant"`
	Name        string         `json:"name"`
	Answer      request.Answer `json:"answer"`
	Lines       []Line         `json:"lines"`
	Tally       Tally          `json:"tally"`
	Sheet       Sheet          `json:"sheet"`
	Versions    int            `json:"versions"`
	Digest      string         `json:"digest,omitempty"` // of the sheet as it would be frozen, for who may
	Actions     []string       `json:"actions"`
	// figures without a reference in the self-evaluation as it was handed in
	Typed []request.Typed `json:"typed"`
	Last  Last            `json:"last_round"`

	cards    []module.Card
	classify bool
	owned    bool
	issuer   sign.PublicKey
	today    string
}

type ownInput struct {
	ID   string `json:"id"`
	Unit string `json:"unit" doc:"Code of the unit that takes part, or answers for its area."`
}

func (p pages) own(r *web.Request, in ownInput) (d ownData, err error) {
	if d.Round, d.Participant, err = participating(r.Tx, r.User, in.ID, in.Unit); err != nil {
		return d, err
	}
	if d.issuer, err = p.secrets.Installation.Public(); err != nil {
		return d, err
	}
	d.today, d.owned, d.Actions = r.Tx.Today(), d.Round.owns(r.User), []string{}
	if err := d.called(r); err != nil {
		return d, err
	}
	answers, _, err := d.Round.answers(r.Tx)
	if err != nil {
		return d, err
	}
	d.Answer = answers[d.Participant.Unit]
	by, err := d.Round.typed(r.Tx)
	if err != nil {
		return d, err
	}
	if d.Last, err = d.Round.last(r.Tx, r.User, d.Participant); err != nil {
		return d, err
	}
	d.Typed = append([]request.Typed{}, by[d.Participant.Unit]...)
	w, err := sheetOf(r.Tx, d.Round, d.Participant)
	if err != nil {
		return d, err
	}
	d.Sheet, d.Versions = w.Sheet, w.Number
	if d.Lines, err = d.Round.Attainment(r.Tx, d.Participant); err != nil {
		return d, err
	}
	if d.Lines == nil {
		d.Lines = []Line{}
	}
	d.Tally = count(d.Lines)
	for _, st := range sheetLife.Open(r.User, w.as(r.User)) {
		d.Actions = append(d.Actions, st.Verb)
	}
	open := d.Sheet.State == SheetOpen || d.Sheet.State == SheetReturned
	_, notWriter := w.plays(r.User, writer)
	d.classify = open && d.Round.State == Running && r.User.Can(VerbClassify) && (notWriter == nil || d.owned)
	if d.can(VerbPrepare) {
		text, err := d.Round.compose(r.Tx, r.User, d.Participant, d.Versions+1, d.Lines)
		if err != nil {
			return d, err
		}
		d.Digest = text.Digest
	}
	if !d.owned { // who takes part is told of nobody else
		d.Round.Participants = []Participant{d.Participant}
	}
	return d, d.around(r, p)
}

// called is what the participant is called.
func (d *ownData) called(r *web.Request) error {
	unit, err := network.UnitByCode(r.Tx, d.Participant.Unit)
	if err != nil {
		return err
	}
	name := say.Name{ZH: unit.Name, EN: unit.NameEN}
	if d.Participant.Area != "" {
		area, err := network.AreaByCode(r.Tx, d.Participant.Area, "")
		if err != nil {
			return err
		}
		name = say.Name{ZH: area.Name, EN: area.NameEN}
	}
	d.Name = name.In(r.Lang)
	return nil
}

// around are the open items of the participant, as package matter has them.
func (d *ownData) around(r *web.Request, p pages) error {
	of := module.Of{Kind: "unit", Code: d.Participant.Unit, Path: d.Participant.Path, Day: d.today}
	if d.Participant.Area != "" {
		of.Kind, of.Code = "area", d.Participant.Area
	}
	cards, err := p.about(r.Tx, r.User, of)
	d.cards = slices.DeleteFunc(cards, func(c module.Card) bool { return c.Module != "matter" })
	return err
}

func (d ownData) can(verb string) bool { return slices.Contains(d.Actions, verb) }

func (d ownData) url() string { return d.Round.URL() + "/participants/" + d.Participant.Unit }

// shown is the value of a line with its way to the proof.
func (l Line) shown(ctx context.Context) part.FigureView { return progress.Figure(ctx, l.value) }

// since is the value of today, where it is another.
func (l Line) since(ctx context.Context) part.FigureView { return progress.Figure(ctx, l.later) }

// base is the value that the line starts from.
func (l Line) base(ctx context.Context) string {
	if l.Base == "" {
		return "—"
	}
	return part.T(ctx, "%s（%s）", progress.Measured(ctx, l.of, l.Base, quantity.Exact).String(), l.BasePeriod)
}

// reason is the verdict in words.
func (l Line) reason(ctx context.Context) string {
	said := make([]string, len(l.verdict.Words))
	for i, w := range l.verdict.Words {
		said[i] = part.Say(ctx, w)
	}
	return part.Join(ctx, said)
}

// classed says the class that counts, and that of the verdict where somebody moved it.
func (l Line) classed(ctx context.Context) string {
	said := part.T(ctx, word(classes, l.Class))
	if l.Moved != nil {
		said += part.T(ctx, "（系统判定%s；%s调整：%s）", part.T(ctx, word(classes, l.Computed)), l.Moved.Person,
			l.Moved.Reason)
	}
	return said
}

// chip is the look of a class.
func chip(class string) string {
	switch class {
	case Met:
		return "chip-proven"
	case OnTrack:
		return "chip-published"
	}
	return "chip-unproven"
}

// inShort says how the lines are spread over the classes.
func (t Tally) inShort(ctx context.Context) string {
	said := []string{part.T(ctx, "%d项指标", t.All)}
	for _, c := range classes {
		if n := t.Classes[c.Code]; n > 0 {
			said = append(said, part.T(ctx, "%s%d项", part.T(ctx, c.Word), n))
		}
	}
	return part.Join(ctx, said) + part.T(ctx, "；有数%d项，%d项已双签字", t.Figures, t.Signed)
}

// Table is the lines, for CSV and Excel.
func (d ownData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "sheet-" + d.Participant.Unit,
		Heading: d.Round.Title + " " + d.Name, Columns: []table.Column{{Name: "代码"}, {Name: "指标"},
			{Name: "基期"}, {Name: "基期数值"}, {Name: "目标"}, {Name: "期别"}, {Name: "数值", Number: true},
			{Name: "单位"},
			{Name: "变化"}, {Name: "数据状态", Words: true}, {Name: "系统判定", Words: true},
			{Name: "分类", Words: true},
			{Name: "调整原因"}, {Name: "截止日后的数值"}}}
	for _, l := range d.Lines {
		why := ""
		if l.Moved != nil {
			why = l.Moved.Reason
		}
		t.Rows = append(t.Rows, []string{l.Indicator, part.Name(ctx, l.Name, l.NameEN), l.BasePeriod, l.Base, l.Target,
			l.Period, l.Value, l.Unit, l.Change, string(progress.Status(l.Status).Words()),
			string(word(classes, l.Computed)), string(word(classes, l.Class)), why, l.Later})
	}
	return t
}

// signInput is the phrase with the digest of what was read. key is put in before the transaction.
type signInput struct {
	ID     string `json:"id"`
	Unit   string `json:"unit" doc:"Code of the unit that takes part, or answers for its area."`
	Digest string `json:"digest"`
	Phrase string `json:"phrase"`
	key    account.Unlocked
}

func (p pages) unlock(r *web.Request, in *signInput) (err error) {
	in.key, err = account.Unlock(r.Context, r.DB, r.User, in.Phrase, p.secrets)
	return err
}

// sheeted tells a program where a sheet stands.
type sheeted struct {
	ID     string     `json:"id"`
	State  SheetState `json:"state"`
	Digest string     `json:"digest"`
}

func doneSheet(r *web.Request, id, unit string, s Sheet, flash say.Key) web.Done[sheeted] {
	return web.Done[sheeted]{To: "/rounds/" + id + "/participants/" + unit, Flash: part.In(r.Lang, flash),
		Data: sheeted{s.ID, s.State, s.Digest}}
}

func signing(take func(*db.Tx, auth.User, string, string, string, account.Unlocked) (Sheet, error),
	flash say.Key) func(*web.Request, signInput) (web.Done[sheeted], error) {
	return func(r *web.Request, in signInput) (web.Done[sheeted], error) {
		s, err := take(r.Tx, r.User, in.ID, in.Unit, in.Digest, in.key)
		return doneSheet(r, in.ID, in.Unit, s, flash), err
	}
}

type returnInput struct {
	ID     string `json:"id"`
	Unit   string `json:"unit" doc:"Code of the unit that takes part, or answers for its area."`
	Reason string `json:"reason"`
}

func returnSheet(r *web.Request, in returnInput) (web.Done[sheeted], error) {
	s, err := Return(r.Tx, r.User, in.ID, in.Unit, in.Reason)
	return doneSheet(r, in.ID, in.Unit, s, "数据表已退回，可以修改后重新定稿。"), err
}

type classInput struct {
	ID        string `json:"id"`
	Unit      string `json:"unit" doc:"Code of the unit that takes part, or answers for its area."`
	Indicator string `json:"indicator"`
	Class     string `json:"class" enum:"reachable,far" doc:"The class that it should have."`
	Reason    string `json:"reason"`
}

func classify(r *web.Request, in classInput) (web.Done[Move], error) {
	m, err := Classify(r.Tx, r.User, in.ID, in.Unit, in.Indicator, in.Class, in.Reason)
	return web.Done[Move]{To: "/rounds/" + in.ID + "/participants/" + in.Unit + "#i-" + in.Indicator,
		Flash: part.In(r.Lang, "已调整。"), Data: m}, err
}

type askInput struct {
	ID       string `json:"id"`
	Version  int64  `json:"version"`
	Due      string `json:"due" doc:"The last day; none: the end of the stage of self-evaluation."`
	Reviewer string `json:"reviewer" doc:"Id of the post that looks through the answers; none: your own."`
}

func ask(r *web.Request, in askInput) (web.Done[taken], error) {
	of, err := Ask(r.Tx, r.User, in.ID, in.Version, in.Due, in.Reviewer)
	return done(r, of, "自评已布置到全部参加单位。签收和答复情况都在本页。"), err
}

func orDash(text string) string {
	if text == "" {
		return "—"
	}
	return text
}

// targeted is the target in the reader's language.
func (l Line) targeted(ctx context.Context) string {
	value := progress.Measured(ctx, l.of, l.target.Value, quantity.Exact).String()
	switch l.target.Op {
	case indicator.AtLeast:
		return part.T(ctx, "%s（%d年）", "≥"+value, l.target.Year)
	case indicator.AtMost:
		return part.T(ctx, "%s（%d年）", "≤"+value, l.target.Year)
	case indicator.Increase:
		return part.T(ctx, "提高")
	case indicator.Decrease:
		return part.T(ctx, "降低")
	}
	return "—"
}

func otherClass(class string) string {
	if class == Far {
		return Reachable
	}
	return Far
}

func signatureRole(role string) say.Key {
	if role == first {
		return "定稿人"
	}
	return "单位负责人"
}
