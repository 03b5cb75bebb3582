package request

// The page of one answer: for the unit that writes it, signs it, and for who judges it.

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/flow"
	"yipanqi/internal/network"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// answerData is an answer with what its reader needs to decide the next step.
type answerData struct {
	Answer    `json:"answer"`
	Request   Request        `json:"request"`
	UnitName  string         `json:"unit_name"`
	AskedName string         `json:"asked_name,omitempty"`
	Questions []Question     `json:"questions"` // put to this unit
	Given     Content        `json:"given"`     // the draft for who writes it, else what was submitted
	Typed     []Typed        `json:"typed"`     // figures in it without a reference
	Versions  []Version      `json:"versions"`
	Deadline  *flow.Deadline `json:"deadline,omitempty"`
	Actions   []string       `json:"actions"`
	Trail     trail.Data     `json:"trail"`
	files     []evidence.File
	shown     Version // the one that is read
	before    Version // returned last, with its remarks
	writes    bool    // the reader sees the draft
	issuer    sign.PublicKey
}

func (p pages) showAnswer(r *web.Request, in idInput) (d answerData, err error) {
	if d.issuer, err = p.secrets.Installation.Public(); err != nil {
		return d, err
	}
	if d.Request, d.Answer, err = ReadAnswer(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	names, err := unitNames(r)
	if err != nil {
		return d, err
	}
	if d.UnitName = names(d.Unit); d.Asked != d.Unit {
		d.AskedName = names(d.Asked)
	}
	if d.Questions = d.Request.For(d.Asked); !d.Request.owns(r.User) {
		d.Request = d.Request.told([]string{d.Asked})
	}
	if d.Versions, err = VersionsOf(r.Tx, d.ID); err != nil {
		return d, err
	}
	last := Version{}
	if n := len(d.Versions); n > 0 {
		last = d.Versions[n-1]
	}
	d.Actions = append([]string{}, can(r.Tx, r.User, d.Request, d.Answer, last)...)
	if err := d.content(r); err != nil {
		return d, err
	}
	if d.files, err = evidence.Of(r.Tx, d.Object()); err != nil {
		return d, err
	}
	if d.Deadline, err = d.deadline(r.Tx); err != nil {
		return d, err
	}
	d.Trail, err = trail.Read(r.Tx, r.User, AnswerTrail(), d.ID)
	return d, err
}

// content is what the reader sees of what was written: drafts are the unit's own, and what only waits for its leader.
func (d *answerData) content(r *web.Request) (err error) {
	own := r.User.Sees(d.Unit, "")
	for _, v := range d.Versions {
		if v.Verdict != recalled && (own || d.State != Prepared || v.Number < len(d.Versions)) {
			d.shown = v
		}
		if v.Verdict == returned {
			d.before = v
		}
	}
	if !own {
		d.Versions = slices.DeleteFunc(slices.Clone(d.Versions), func(v Version) bool {
			return v.Verdict == recalled || v.Verdict == "" && d.State == Prepared
		})
	}
	d.Typed = []Typed{}
	if d.writes = own && (d.State == Open || d.State == Returned || d.State == Sent); d.writes {
		d.Given = d.Draft
		err = d.typedNow(r)
	} else if d.shown.ID != "" {
		if d.Given, err = d.shown.Content(); err == nil {
			d.Typed, err = d.shown.Typed(d.Questions)
		}
	}
	if d.Given == nil {
		d.Given = Content{}
	}
	if d.Typed == nil {
		d.Typed = []Typed{}
	}
	return err
}

// typedNow reads which figures of the draft are typed, with what its references come to now.
func (d *answerData) typedNow(r *web.Request) (err error) {
	now := Content{}
	for number, g := range d.Draft {
		if g.Figures, err = Resolve(r.Tx, r.User, slices.Clone(g.Figures)); errs.KindOf(err) == errs.Invalid {
			g.Figures, err = nil, nil // it is told where it is saved
		}
		if err != nil {
			return err
		}
		now[number] = g
	}
	d.Typed = now.Typed(d.Questions)
	return nil
}

func (d answerData) may(verb string) bool { return slices.Contains(d.Actions, verb) }

// answerInput is an answer as typed: by question, cells of a table by question, row and column. was is what stood in
// the questions when the writer began, as JSON.
type answerInput struct {
	ID      string            `json:"id"`
	Version int64             `json:"version"`
	Text    map[string]string `json:"text"`
	Choice  map[string]string `json:"choice" doc:"By question: the option chosen."`
	None    map[string]string `json:"none" doc:"By question: why there is nothing to say."`
	Rows    map[string]string `json:"rows" doc:"By question, row and column: 3.1.2."`
	Figures map[string]string `json:"figures" doc:"By question: references, one a line: W-HEA-007 2018."`
	Was     map[string]string `json:"was"`
	Next    string            `json:"next" enum:"stay,submit"`
}

// given is what was typed, over what stood there for questions that were not sent.
func (in answerInput) given(area string, draft Content) (Content, error) {
	all, wrong := maps.Clone(draft), errs.Fields{}
	if all == nil {
		all = Content{}
	}
	change := func(number string, set func(*Given)) {
		g := all[number]
		set(&g)
		all[number] = g
	}
	for n, text := range in.Text {
		change(n, func(g *Given) { g.Text = strings.ReplaceAll(text, "\r\n", "\n") })
	}
	for n, choice := range in.Choice {
		change(n, func(g *Given) { g.Choice = choice })
	}
	for n, none := range in.None {
		change(n, func(g *Given) { g.None = none })
	}
	for n, lines := range in.Figures {
		figures, err := ParseFigures(lines, area)
		if err != nil {
			wrong["figures["+n+"]"] = errs.WordsOf(err)
		}
		change(n, func(g *Given) { g.Figures = figures })
	}
	for n, rows := range in.tables() {
		change(n, func(g *Given) { g.Rows = rows })
	}
	return all, wrong.Check("没有保存：请先改正标出的地方。")
}

// tables are the cells by question.
func (in answerInput) tables() map[string][][]string {
	all := map[string][][]string{}
	for _, key := range slices.Sorted(maps.Keys(in.Rows)) {
		at := strings.Split(key, ".")
		if len(at) != 3 {
			continue
		}
		row, err := strconv.Atoi(at[1])
		column, bad := strconv.Atoi(at[2])
		if err != nil || bad != nil || row < 0 || row > maxRows+blankRows || column < 0 || column >= maxColumns {
			continue
		}
		rows := all[at[0]]
		for len(rows) <= row {
			rows = append(rows, nil)
		}
		for len(rows[row]) <= column {
			rows[row] = append(rows[row], "")
		}
		rows[row][column] = in.Rows[key]
		all[at[0]] = rows
	}
	return all
}

// blankRows are empty rows at the end of a table.
const blankRows = 3

func saveAnswer(r *web.Request, in answerInput) (web.Done[answered], error) {
	q, a, err := ReadAnswer(r.Tx, r.User, in.ID)
	if err != nil {
		return web.Done[answered]{}, err
	}
	unit, err := network.UnitByCode(r.Tx, a.Unit)
	if err != nil {
		return web.Done[answered]{}, err
	}
	area, err := network.AreaByID(r.Tx, unit.AreaID)
	if err != nil {
		return web.Done[answered]{}, err
	}
	was := Content{}
	for n, text := range in.Was {
		var g Given
		if json.Unmarshal([]byte(text), &g) == nil {
			was[n] = g
		}
	}
	base := maps.Clone(a.Draft)
	if in.Version != a.Version {
		for n, g := range was {
			base[n] = g
		}
	}
	given, err := in.given(area.Code, base)
	if err != nil {
		return web.Done[answered]{}, err
	}
	for _, question := range q.For(a.Asked) {
		if _, err := Resolve(r.Tx, r.User, slices.Clone(given[question.Number].Figures)); err != nil {
			return web.Done[answered]{}, errs.Fields{"figures[" + question.Number + "]": errs.WordsOf(err)}.
				Check("没有保存：请先改正标出的地方。")
		}
	}
	if a, err = Save(r.Tx, r.User, in.ID, in.Version, given, was); err != nil {
		return web.Done[answered]{}, err
	}
	done := doneAnswer(r, a, "草稿已保存。")
	done.Data.Was = map[string]string{}
	for _, question := range q.For(a.Asked) {
		done.Data.Was[question.Number] = asJSON(a.Draft[question.Number])
	}
	if in.Next == "submit" {
		done.To += "#submit"
	}
	return done, nil
}

// cell is the cell of a table question as the form has it.
func (g Given) cell(row, column int) string {
	if row < len(g.Rows) && column < len(g.Rows[row]) {
		return g.Rows[row][column]
	}
	return ""
}

// figureLines are the references as they are typed.
func (g Given) figureLines() string {
	lines := make([]string, len(g.Figures))
	for i, f := range g.Figures {
		lines[i] = f.Line()
	}
	return strings.Join(lines, "\n")
}

func (d answerData) filesOf(number string) (all []evidence.File) {
	for _, f := range d.files {
		if f.Field == number && f.Current() {
			all = append(all, f)
		}
	}
	return all
}

// steps is the way of the answer as the page draws it.
func (d answerData) steps(ctx context.Context) []part.Step {
	steps := []part.Step{{Label: part.T(ctx, "签收"), Note: stamp(d.ReceivedAt)}, {Label: part.T(ctx, "填写")}}
	at := map[State]int{Sent: 0, Open: 1, Returned: 1, Prepared: 2, Submitted: 3, Accepted: 4}[d.State]
	if d.Request.SignRule != Nobody {
		steps = append(steps, part.Step{Label: part.T(ctx, "负责人签字")})
	} else if at > 1 {
		at--
	}
	steps = append(steps, part.Step{Label: part.T(ctx, "审核通过"), Note: stamp(d.AcceptedAt)})
	for i := range steps {
		switch {
		case i < at:
			steps[i].State = part.StepDone
		case i == at:
			steps[i].State = part.StepCurrent
		default:
			steps[i].State = part.StepNext
		}
	}
	if d.State == Returned {
		steps[1].State, steps[1].Note = part.StepBack, part.T(ctx, "已退回")
	}
	if d.State.Owed() {
		steps[1].Note = part.T(ctx, "%s前", d.DueOn)
	}
	return steps
}

func (d answerData) choiceOptions(ctx context.Context, q Question) []part.Option {
	all := []part.Option{{Value: "", Label: part.T(ctx, "请选择")}}
	for _, c := range q.Choices {
		all = append(all, part.Option{Value: c, Label: c})
	}
	return all
}

// signatureViews are the signatures under the version that is shown.
func (d answerData) signatureViews(ctx context.Context) (all []part.SignatureView) {
	for _, s := range d.shown.Signatures {
		role := part.T(ctx, "单位负责人")
		if s.Role == first {
			role = part.T(ctx, "填写人")
		}
		all = append(all, s.View(ctx, role, d.shown.Frozen, d.issuer))
	}
	return all
}
