package submission

// The data of a submission's page in whatever state, for what its reader has to decide next.

import (
	"context"
	"math/big"

	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/form"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type showInput struct {
	ID    string `json:"id"`
	Check bool   `json:"check"` // also name what is still empty
}

// showData is a submission in whatever state, with what its reader needs to decide the next step.
type showData struct {
	ID           string             `json:"id"`
	State        State              `json:"state"`
	Version      int64              `json:"version"`
	Form         ContentForm        `json:"form"`
	Unit         Named              `json:"unit"`
	Area         Named              `json:"area"`
	Period       string             `json:"period"`
	DueOn        string             `json:"due_on,omitempty"`
	Late         bool               `json:"late,omitempty"`
	Overdue      bool               `json:"overdue,omitempty"`
	Deadline     *flow.Deadline     `json:"deadline,omitempty"` // of the office's check
	AmendReason  string             `json:"amend_reason,omitempty"`
	ReturnReason string             `json:"return_reason,omitempty"`
	Cells        map[string]string  `json:"cells"`
	Notes        map[string]string  `json:"notes,omitempty"`
	LastPeriod   map[string]string  `json:"last_period,omitempty"`
	Counted      map[string]Counted `json:"counted,omitempty"` // cells that a register counted
	Fields       map[string]string  `json:"fields,omitempty"`
	Hard         []form.Finding     `json:"hard,omitempty"`
	Soft         []form.Finding     `json:"soft,omitempty"`
	Versions     []Version          `json:"versions"`
	Assertions   []signed.Assertion `json:"checks,omitempty"` // of the newest version
	Actions      []string           `json:"actions"`          // what the user may do now
	Trail        trail.Data         `json:"trail"`            // what happened to it
	Left         []Left             `json:"left,omitempty"`   // typed before the form was asked otherwise
	Files        []blob.Use         `json:"files,omitempty"`  // workbooks uploaded
	Changes      []ChangedFigure    `json:"changes,omitempty"`
	Citing       []Citing           `json:"citing,omitempty"` // what quotes the figures that the amendment changes

	s       Submission
	review  Review
	check   bool
	texts   []Content // of the versions
	called  Called    // places of the signatures
	signed  bool      // by the user, so that they cannot sign again
	issuer  sign.PublicKey
	ink     [][]Inked // who may have signed in ink, by place
	changed []Changed // by its acceptance
	ahead   []Changed // if it were accepted now
}

func (p pages) show(r *web.Request, in showInput) (d showData, err error) {
	s, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return d, err
	}
	d = showData{ID: s.ID, State: s.State, Version: s.Version,
		Form: ContentForm{Code: s.Form.Code, Name: s.Form.Name, Number: s.Form.Number},
		Unit: Named{s.Unit.Code, s.Unit.Name}, Area: Named{s.Area.Code, s.Area.Name}, Period: s.Period.String(),
		DueOn: s.DueOn, Late: s.Late,
		Overdue: s.Overdue(r.Tx.Today()), AmendReason: s.AmendReason, ReturnReason: s.ReturnReason,
		Cells: s.Typed.Cells, Notes: s.Typed.Notes, Counted: s.Typed.Counted, Left: s.Typed.Left,
		Actions: []string{}, s: s, check: in.Check}
	if s.State.Editable() {
		d.review = s.Review()
		d.Fields, d.Hard, d.Soft = said(r.Lang, d.review.Fields), d.review.Hard, d.review.Soft
	}
	if d.Files, err = blob.Of(r.Tx, s.Object()); err != nil {
		return d, err
	}
	if d.Deadline, err = deadline(r.Tx, s.State, s.UpdatedAt); err != nil {
		return d, err
	}
	for _, st := range s.Open(r.User) {
		d.Actions = append(d.Actions, st.Verb)
	}
	if err := d.past(r.Tx, p.secrets.Installation); err != nil {
		return d, err
	}
	if err := d.readInk(r.Tx); err != nil {
		return d, err
	}
	for _, signature := range d.newest().Signatures {
		d.signed = d.signed || signature.PersonID == r.User.ID
	}
	if d.Trail, err = trail.Read(r.Tx, r.User, Trail(), s.ID); err != nil {
		return d, err
	}
	if err := d.readChanged(r.Tx, r.User); err != nil {
		return d, err
	}
	if err := d.readCiting(r, p.cites); err != nil {
		return d, err
	}
	d.called, err = CalledIn(r.Tx, s.Form)
	return d, err
}

// past loads the versions, what the newest and the accepted one say, and the last period's cells.
func (d *showData) past(tx *db.Tx, installation sign.PrivateKey) (err error) {
	if d.Versions, err = Versions(tx, d.s.ID); err != nil {
		return err
	}
	if d.issuer, err = installation.Public(); err != nil {
		return err
	}
	for _, v := range d.Versions {
		text, _ := ParseContent(v.Text) // one that cannot be read fails its checks
		d.texts = append(d.texts, text)
	}
	if len(d.Versions) > 0 {
		d.Assertions = d.newest().Assertions(d.issuer)
	}
	d.LastPeriod, err = lastPeriod(tx, d.s)
	return err
}

// shown is the place of the version that the page is about: the accepted one where nothing newer is on its way, else
// the one frozen last; -1 if there is none.
func (d showData) shown() int {
	if d.State == Accepted || d.State == Historical {
		for i, v := range d.Versions {
			if v.ID == d.s.AcceptedID {
				return i
			}
		}
	}
	return len(d.Versions) - 1
}

// newest is the version that the page is about, empty if there is none.
func (d showData) newest() Version {
	if i := d.shown(); i >= 0 {
		return d.Versions[i]
	}
	return Version{}
}

// content is what it says.
func (d showData) content() Content {
	if i := d.shown(); i >= 0 {
		return d.texts[i]
	}
	return Content{}
}

// live is what the accepted version says.
func (d showData) live() Content {
	for i, v := range d.Versions {
		if v.ID == d.s.AcceptedID {
			return d.texts[i]
		}
	}
	return Content{}
}

func (d showData) may(verb string) bool {
	for _, action := range d.Actions {
		if action == verb {
			return true
		}
	}
	return false
}

// frozen says whether the page shows a signed or historical text rather than a draft.
func (d showData) frozen() bool {
	return !d.State.Editable() && d.State != Withdrawn && len(d.Versions) > 0
}

// amended are the cells in which what is shown differs from the accepted version.
func (d showData) amended() []Difference {
	if d.s.AcceptedID == 0 || d.s.AcceptedID == d.newest().ID && !d.State.Editable() {
		return nil
	}
	return Differences(d.s.Form, d.live().Typed().Cells, d.Cells)
}

// withReview is ctx with the messages about the draft put at its cells, as if the form had been refused.
func (d showData) withReview(ctx context.Context) context.Context {
	e := part.From(ctx)
	if len(e.Fields) > 0 || !d.may(VerbEdit) {
		return ctx
	}
	e.Fields = d.review.marks(e.Lang, d.Cells, d.check)
	return part.With(ctx, e)
}

// change is by how much an exact cell differs from the last period's; empty if it cannot be said.
func (d showData) change(ctx context.Context, spec form.CellSpec) string {
	now, nowMark, err := quantity.ParseCell(d.Cells[spec.Key], spec.Row.Of.Decimals)
	if err != nil || nowMark != quantity.Exact {
		return ""
	}
	then, thenMark, err := quantity.ParseCell(d.LastPeriod[spec.Key], spec.Row.Of.Decimals)
	if err != nil || thenMark != quantity.Exact {
		return ""
	}
	text := quantity.Plain(now-then, spec.Row.Of.Decimals)
	if now > then {
		text = "+" + text
	}
	if then == 0 {
		return text
	}
	share := quantity.Round(new(big.Rat).SetFrac64(100*(now-then), then), 1)
	if now > then {
		share = "+" + share
	}
	if part.From(ctx).Lang == "en" {
		return text + " (" + share + "%)"
	}
	return text + "（" + share + "%）"
}

// steps is the way of the submission as the page draws it: filled in, signed at each place, accepted.
func (d showData) steps(ctx context.Context) []part.Step {
	last := len(d.s.Form.Signers.Places())
	steps := []part.Step{{Label: part.T(ctx, "填报")}}
	for _, place := range d.placeNames(ctx) {
		steps = append(steps, part.Step{Label: part.T(ctx, "%s签字", place)})
	}
	steps = append(steps, part.Step{Label: part.T(ctx, "审核通过")})
	at := map[State]int{Draft: 0, Returned: 0, Printed: 1, Prepared: 2, Scanned: last, Seconded: 3, Signed: last + 1,
		Accepted: last + 2}[d.State] // filled and signed first are one step
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
	if d.printed() {
		steps[1].Label, steps[last].Label = part.T(ctx, "纸质签字"), part.T(ctx, "确认纸质签字")
	}
	for i, signature := range d.newest().Signatures {
		if !d.State.Editable() && i < last {
			if steps[i+1].Note = part.When(signature.At); signature.OnPaper() && i == 0 {
				steps[i+1].Note = signature.Paper.On
			}
		}
	}
	if d.State == Returned {
		steps[0].State, steps[0].Note = part.StepBack, part.T(ctx, "已退回")
	}
	if d.DueOn != "" && d.State.Editable() {
		steps[last].Note = part.T(ctx, "%s前", d.DueOn)
	}
	return steps
}

// placeNames are what the places of the signatures are called, in the reader's language.
func (d showData) placeNames(ctx context.Context) (names []string) {
	for _, place := range inOrder[:len(d.s.Form.Signers.Places())] {
		names = append(names, d.called.Words(ctx, place))
	}
	return names
}

// signatures are all places under the newest version, signed or not.
func (d showData) signatures(ctx context.Context) (views []part.SignatureView) {
	under := d.newest()
	for _, place := range under.places() {
		view := part.SignatureView{Role: part.T(ctx, placeWords[place]), Name: d.called.Words(ctx, place),
			Post: d.Unit.Name}
		for _, g := range under.Signatures {
			if g.Role == place {
				view = under.View(ctx, g, d.called, d.issuer)
			}
		}
		views = append(views, view)
	}
	return views
}

// View is a signature under v as pages show it, verified on the spot.
func (v Version) View(ctx context.Context, s signed.Signature, called Called,
	issuer sign.PublicKey) part.SignatureView {
	view := s.View(ctx, called.Words(ctx, s.Role), v.Frozen, issuer)
	if view.Problem == "" && v.backdated(s) {
		view.Problem = part.T(ctx, "时间倒退：签字时间早于它所接续的签字。时钟被拨回过，或者时间被改动过。")
	}
	return view
}

// previewData is what the first signer reads before signing.
type previewData struct {
	Digest  string  `json:"digest"`
	Content Content `json:"content"`
	Ready   bool    `json:"ready"`

	d      showData
	sample bool
}

func (p pages) preview(r *web.Request, in showInput) (v previewData, err error) {
	if v.d, err = p.show(r, in); err != nil {
		return v, err
	}
	version, content, err := Preview(r.Tx, r.User, v.d.s)
	v.Digest, v.Content = version.Digest, content
	v.Ready = v.d.may(VerbPrepare) && v.d.review.Check() == nil
	v.sample = r.User.Sample
	if err == nil && v.Ready {
		v.d.ahead, err = v.d.s.ahead(r.Tx, r.User, version)
	}
	return v, err
}
