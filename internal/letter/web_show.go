package letter

// The data of a letter's page, for what its reader has to decide next.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/flow"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type showInput struct {
	ID      string `json:"id"`
	Edition int64  `json:"edition" doc:"Which version is shown; by default the newest that the reader may see."`
}

// showData is a letter in whatever state.
type showData struct {
	Letter     letterView      `json:"letter"`
	Text       Content         `json:"text"`   // of the version that is shown
	Digest     string          `json:"digest"` // of that text
	Frozen     bool            `json:"frozen"`
	Figures    Counted         `json:"figures"`         // in it, and how many are signed by two
	Changed    []changedFigure `json:"changed_figures"` // what references say now, where that is another
	Versions   []versionView   `json:"versions"`
	Signatures []signatureView `json:"signatures"`
	Receipts   []receiptView   `json:"receipts"` // of the edition in force
	Actions    []string        `json:"actions"`
	Trail      trail.Data      `json:"trail"`

	l       Letter
	files   []evidence.File
	units   map[string]network.Unit
	waits   error // why it cannot be issued yet
	issuer  sign.PublicKey
	version Version
	writes  bool   // the reader may write an instruction on it
	inside  bool   // the reader works on it
	about   string // page of what it is about
}

// writesInstructions is the permission of package instruction, which knows this one.
const writesInstructions = "instruction.write"

type letterView struct {
	Item
	Reason     string `json:"reason,omitempty"` // of a correction
	Note       string `json:"note,omitempty"`   // why it was sent back or withdrawn
	Urgency    string `json:"urgency"`
	Disclosure string `json:"disclosure"`
	ReplyDue   string `json:"reply_due,omitempty"`
	About      string `json:"about,omitempty"`
	InForce    int64  `json:"in_force"`
	Version    int64  `json:"version"`
}

type versionView struct {
	Edition  int64  `json:"edition"`
	Digest   string `json:"digest"`
	DatedOn  string `json:"dated_on,omitempty"`
	IssuedAt string `json:"issued_at,omitempty"`
	Reason   string `json:"reason,omitempty"`
	Replaced bool   `json:"replaced"`
}

type signatureView struct {
	Part   string `json:"part"`
	Unit   string `json:"unit"`
	Person string `json:"person,omitempty"`
	At     string `json:"at,omitempty"`
	Holds  bool   `json:"holds"`

	RecordedBy string `json:"recorded_by,omitempty"` // of one that was given on paper
	Scan       string `json:"scan,omitempty"`

	row Signature
}

type receiptView struct {
	Unit       string `json:"unit"`
	Place      string `json:"place"`
	DueOn      string `json:"due"`
	Received   bool   `json:"received"`
	Channel    string `json:"channel,omitempty"`
	Person     string `json:"person,omitempty"`
	Post       string `json:"post,omitempty"`
	On         string `json:"on,omitempty"`
	RecordedBy string `json:"recorded_by,omitempty"`
	Lamp       string `json:"lamp"`

	row Receipt
}

func (p pages) show(r *web.Request, in showInput) (d showData, err error) {
	l, err := Read(r.Tx, r.User, in.ID)
	if err != nil {
		return d, err
	}
	if d.units, err = units(r.Tx); err != nil {
		return d, err
	}
	inside, stored := l.insider(r.User), l
	if !inside {
		if l, err = l.asIssued(r.Tx); err != nil {
			return d, err
		}
	}
	d.l, d.Changed, d.Actions, d.inside = l, []changedFigure{}, []string{}, inside
	d.writes = l.State == StateIssued && r.User.Can(writesInstructions)
	d.Letter = letterView{Item: l.itemOf(d.units[l.Issuer], r.Tx.Today()), Reason: l.Reason, Note: l.Note,
		Urgency: l.Urgency, Disclosure: l.Disclosure, ReplyDue: l.ReplyDue, About: l.About, InForce: l.InForce,
		Version: l.Version}
	if d.issuer, err = p.secrets.Installation.Public(); err != nil {
		return d, err
	}
	if err := d.texts(r.Tx, in.Edition, inside); err != nil {
		return d, err
	}
	if d.about, err = p.aboutURL(r, d.l.About); err != nil {
		return d, err
	}
	d.Figures = d.Text.Counted()
	if err := d.now(r.Tx); err != nil {
		return d, err
	}
	stage, err := staged(r.Tx, r.User, stored)
	if err != nil {
		return d, err
	}
	for _, st := range stage.open(r.User) {
		d.Actions = append(d.Actions, st.Verb)
	}
	if d.may(VerbIssue) {
		if d.waits = l.blocked(r.Tx, p.going.Blocked); d.waits != nil && errs.KindOf(d.waits) != errs.Conflict {
			return d, d.waits
		}
	}
	if err := d.receipts(r.Tx, r.User, inside); err != nil {
		return d, err
	}
	if d.files, err = evidence.Of(r.Tx, l.Object()); err != nil {
		return d, err
	}
	d.Trail, err = trail.Read(r.Tx, r.User, Trail(), l.ID)
	return d, err
}

// texts reads the versions, what the one that is shown says, and who signed it. Who is only addressed sees what was
// issued, and nothing of a correction before it is.
func (d *showData) texts(tx *db.Tx, asked int64, inside bool) error {
	versions, err := Versions(tx, d.l.ID)
	if err != nil {
		return err
	}
	d.Versions = []versionView{}
	for _, v := range versions {
		if v.IssuedAt.IsZero() && !inside {
			continue
		}
		c, err := v.Content()
		if err != nil {
			return err
		}
		view := versionView{Edition: v.Edition, Digest: v.Digest, DatedOn: v.DatedOn, Reason: c.Reason,
			Replaced: !v.IssuedAt.IsZero() && v.Edition < d.l.InForce}
		if !v.IssuedAt.IsZero() {
			view.IssuedAt = part.When(v.IssuedAt)
		}
		d.Versions = append(d.Versions, view)
		if asked == v.Edition || asked == 0 {
			d.version, d.Text, d.Digest, d.Frozen = v, c, v.Digest, true
		}
	}
	draft := inside && d.l.State.Editable() && (asked == 0 || asked == d.l.Edition)
	switch {
	case draft:
		if d.version, d.Text, err = Preview(tx, d.l, d.issuer); err != nil {
			return err
		}
		d.Digest, d.Frozen = d.version.Digest, false
	case !d.Frozen && d.l.State == StateWithdrawn: // withdrawn while it was a draft
		_, d.Text, err = Preview(tx, d.l, d.issuer)
	case !d.Frozen:
		err = errs.Missingf("没有这个版本。")
	}
	if err != nil {
		return err
	}
	rows, err := signaturesOf(tx, d.l.ID, d.version.Edition)
	d.Signatures = []signatureView{}
	for _, g := range rows {
		view := signatureView{Part: g.Role, Unit: g.Unit, Person: g.Person, row: g}
		if !g.At.IsZero() {
			view.At, view.Holds = part.When(g.At), !g.OnPaper() && g.Holds(d.version.Frozen, d.issuer)
			view.RecordedBy, view.Scan = g.RecordedBy, g.Scan
		}
		d.Signatures = append(d.Signatures, view)
	}
	return err
}

// changedFigure is a reference that no longer says what the frozen text has.
type changedFigure struct {
	Name  string `json:"name"`
	Was   string `json:"was"`
	Now   string `json:"now"`
	Proof string `json:"proof"`
}

// now holds the frozen figures against what their references come to today.
func (d *showData) now(tx *db.Tx) error {
	if !d.Frozen || len(d.Text.Figures) == 0 {
		return nil
	}
	l := d.l
	l.Body = d.Text.Body
	today, _, err := l.resolve(tx, d.issuer)
	frozen := map[string]Figured{}
	for _, f := range d.Text.Figures {
		frozen[f.Key] = f
	}
	for _, f := range today {
		if was, known := frozen[f.Key]; known && f.Text != was.Text {
			d.Changed = append(d.Changed, changedFigure{f.Name + "，" + f.When, was.Text, f.Text, f.Proof})
		}
	}
	return err
}

// receipts are those of the edition in force. Who received for another unit is not told to whom it is only addressed.
func (d *showData) receipts(tx *db.Tx, by auth.User, inside bool) (err error) {
	d.Receipts = []receiptView{}
	if d.l.InForce == 0 {
		return nil
	}
	o := outside{every: true}
	if !inside {
		if o, err = outsideOf(tx, by, d.l); err != nil {
			return err
		}
	}
	rows, err := Receipts(tx, d.l.ID, d.l.InForce)
	today := tx.Today()
	for _, c := range rows {
		if !o.receives(c.Unit) {
			c.Person, c.PersonID, c.Post, c.RecordedBy, c.Scan = "", "", "", "", ""
		}
		v := receiptView{Unit: c.Unit, Place: c.Place, DueOn: c.DueOn, Received: c.Done(), Channel: c.Channel,
			Person: c.Person, Post: c.Post, On: c.ReceivedOn, RecordedBy: c.RecordedBy, row: c,
			Lamp: flow.Lamp(c.DueOn, today, flow.Near)}
		if c.Done() || d.l.State == StateWithdrawn {
			v.Lamp = flow.Grey
		}
		d.Receipts = append(d.Receipts, v)
	}
	return err
}

func (d showData) may(verb string) bool { return slices.Contains(d.Actions, verb) }

func (d showData) unit(ctx context.Context, code string) string {
	u := d.units[code]
	return part.Name(ctx, u.Name, u.NameEN)
}

// subtitle is number, kind and state in a line.
func (d showData) subtitle(ctx context.Context) string {
	said := []string{part.T(ctx, d.Text.Kind.Words()), part.T(ctx, d.l.State.Words())}
	if d.l.Number != "" {
		said = append([]string{d.l.Number}, said...)
	}
	if d.l.Correcting() {
		said = append(said, part.T(ctx, "更正中"))
	}
	return strings.Join(said, " · ")
}

// steps is the way of the letter as the page draws it.
func (d showData) steps(ctx context.Context) (steps []part.Step) {
	at := slices.Index(States, d.l.State)
	labels := []say.Key{"拟稿", "核稿", "会签", "签发", "发出", "签收"}
	for i, label := range labels {
		s := part.Step{Label: part.T(ctx, label), State: part.StepNext}
		switch {
		case i <= at:
			s.State = part.StepDone
		case i == at+1:
			s.State = part.StepCurrent
		}
		steps = append(steps, s)
	}
	if d.l.State == StateDraft {
		steps[0].State, steps[1].State = part.StepCurrent, part.StepNext
	}
	if d.l.State == StateChecked && len(d.Text.Countersigners) == 0 {
		steps[2].State, steps[3].State = part.StepDone, part.StepCurrent
	}
	if len(d.Text.Countersigners) == 0 {
		steps = slices.Delete(steps, 2, 3)
	}
	last := &steps[len(steps)-1]
	if d.l.InForce > 0 {
		last.Note = strconv.FormatInt(d.l.Received, 10) + " / " + strconv.FormatInt(d.l.Addressed, 10)
		if d.l.State == StateIssued && d.l.Received >= d.l.Addressed {
			last.State = part.StepDone
		}
	}
	if d.l.Note != "" && d.l.State == StateDraft {
		steps[0].State, steps[0].Note = part.StepBack, part.T(ctx, "已退回")
	}
	return steps
}

// aboutURL is the page of what the letter is about: objects and addresses have one way of being written.
// aboutURL is the page of what the letter is about; empty if the reader may not look there.
func (p pages) aboutURL(r *web.Request, about string) (string, error) {
	if about == "" || p.going.Sees == nil {
		return "", nil
	}
	if err := p.going.Sees(r.Tx, r.User, about); errs.KindOf(err) == errs.Missing || errs.KindOf(err) == errs.Denied {
		return "", nil
	} else if err != nil {
		return "", err
	}
	kind, id, _ := strings.Cut(about, "/")
	return "/" + kind + "s/" + id, nil
}

func (d showData) action(verb string) string {
	return d.l.URL() + "/" + strings.TrimPrefix(verb, "letter.")
}

// owing are the units that have not received the edition in force, for the form of paper receipts.
func (d showData) owing(ctx context.Context) (all []part.Option) {
	for _, c := range d.Receipts {
		if !c.Received {
			all = append(all, part.Option{Value: c.Unit, Label: d.unit(ctx, c.Unit)})
		}
	}
	return all
}

// awaited are the units whose countersignature is awaited.
func (d showData) awaited(ctx context.Context) (all []part.Option) {
	for _, g := range d.Signatures {
		if g.Part == Countersigner && g.At == "" {
			all = append(all, part.Option{Value: g.Unit, Label: d.unit(ctx, g.Unit)})
		}
	}
	return all
}

// view is a signature as pages show it, verified on the spot.
func (d showData) view(ctx context.Context, g signatureView) part.SignatureView {
	role := part.T(ctx, lifeWords[g.Part])
	if g.Part == Countersigner {
		role = part.T(ctx, "会签")
	}
	if g.row.At.IsZero() {
		return part.SignatureView{Role: role, Name: d.unit(ctx, g.Unit)}
	}
	if g.row.OnPaper() {
		return part.SignatureView{Role: role, Name: g.row.Person, Post: d.unit(ctx, g.Unit) + " · " + g.row.Post,
			At: g.row.At, Valid: true, Kind: part.T(ctx, "纸质签字，%s代录", g.row.RecordedBy)}
	}
	v := g.row.View(ctx, role, d.version.Frozen, d.issuer)
	v.Post = d.unit(ctx, g.Unit) + " · " + g.row.Post
	return v
}

// document is the version as a file to print.
func (p pages) document(r *web.Request, in showInput) (web.File, error) {
	d, err := p.show(r, in)
	if err != nil {
		return web.File{}, err
	}
	name, body, err := Write(r.Tx, d.l, d.version)
	return web.File{Name: name, MediaType: document.MediaType, Body: body}, err
}
