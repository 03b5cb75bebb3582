package submission

// The page on which a leader reads what waits for the second signature, or the third, differences first, and signs what
// was read.

import (
	"cmp"
	"context"
	"math/big"
	"slices"

	"yipanqi/internal/account"
	"yipanqi/internal/form"
	"yipanqi/internal/quantity"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// mostMoved is how many of the cells that moved most are shown before the table of all.
const mostMoved = 6

// manyData are the texts that wait for the user's signature, those with most to look at first.
type manyData struct {
	Submissions []reader `json:"submissions"`
	More        int      `json:"more"` // that wait too and are not on this page
}

// reader is one text as it is read before it is signed with others.
type reader struct {
	ID          string       `json:"id"`
	Form        ContentForm  `json:"form"`
	Unit        Named        `json:"unit"`
	Area        Named        `json:"area"`
	Period      string       `json:"period"`
	DueOn       string       `json:"due_on,omitempty"`
	Overdue     bool         `json:"overdue,omitempty"`
	AmendReason string       `json:"amend_reason,omitempty"`
	Digest      string       `json:"digest"`
	Notes       []Note       `json:"notes,omitempty"`       // reasons given for soft findings
	Amended     []Difference `json:"amended,omitempty"`     // from what is accepted
	Moved       []Difference `json:"last_period,omitempty"` // from the period before, the greatest first
	d           showData
}

func (p pages) showMany(r *web.Request, _ struct{}) (m manyData, err error) {
	waiting, err := tasks(r.Tx, r.User)
	if err != nil {
		return m, err
	}
	m.Submissions = []reader{}
	for _, t := range waiting {
		if !t.Signs() {
			continue
		}
		if len(m.Submissions) == mostAtOnce {
			m.More++
			continue
		}
		one, err := p.reader(r, t.ID)
		if err != nil {
			return m, err
		}
		if !one.d.signed {
			m.Submissions = append(m.Submissions, one)
		}
	}
	slices.SortStableFunc(m.Submissions, func(a, b reader) int { return cmp.Compare(b.weight(), a.weight()) })
	return m, nil
}

// reader is what is read of one submission.
func (p pages) reader(r *web.Request, id string) (reader, error) {
	s, err := Read(r.Tx, r.User, id)
	if err != nil {
		return reader{}, err
	}
	d := showData{State: s.State, Unit: Named{s.Unit.Code, s.Unit.Name}, Cells: s.Typed.Cells, Counted: s.Typed.Counted,
		DueOn: s.DueOn, s: s}
	if err := d.past(r.Tx, p.secrets.Installation); err != nil {
		return reader{}, err
	}
	for _, g := range d.newest().Signatures {
		d.signed = d.signed || g.PersonID == r.User.ID
	}
	c := d.content()
	return reader{ID: s.ID, Form: ContentForm{Code: s.Form.Code, Name: s.Form.Name, Number: s.Form.Number},
		Unit: d.Unit, Area: Named{s.Area.Code, s.Area.Name}, Period: s.Period.String(), DueOn: s.DueOn,
		Overdue: s.Overdue(r.Tx.Today()), AmendReason: s.AmendReason, Digest: d.newest().Digest, Notes: c.Notes,
		Amended: d.amended(), Moved: d.moved(), d: d}, nil
}

// weight is how much there is to look at: what was amended and explained comes before what only moved.
func (o reader) weight() int { return 1000*(len(o.Amended)+len(o.Notes)) + len(o.Moved) }

// moved are the cells that differ from the period before, by how much they moved in proportion, the greatest first.
func (d showData) moved() []Difference {
	if d.LastPeriod == nil {
		return nil
	}
	share := map[string]*big.Rat{}
	for _, spec := range d.s.Form.Cells() {
		share[spec.Key] = d.share(spec)
	}
	all := Differences(d.s.Form, d.LastPeriod, d.Cells)
	slices.SortStableFunc(all, func(a, b Difference) int {
		x, y := share[a.Key], share[b.Key]
		switch {
		case x == nil && y == nil:
			return 0
		case x == nil: // what was no number, or is none any more, or was nothing, comes first
			return -1
		case y == nil:
			return 1
		}
		return y.Cmp(x)
	})
	return all
}

// share is the size of a cell's change in proportion to the period before; nil where there is none.
func (d showData) share(spec form.CellSpec) *big.Rat {
	now, nowMark, err := quantity.ParseCell(d.Cells[spec.Key], spec.Row.Of.Decimals)
	if err != nil || nowMark != quantity.Exact {
		return nil
	}
	then, thenMark, err := quantity.ParseCell(d.LastPeriod[spec.Key], spec.Row.Of.Decimals)
	if err != nil || thenMark != quantity.Exact || then == 0 {
		return nil
	}
	change := new(big.Rat).SetFrac64(now-then, then)
	return change.Abs(change)
}

// manyInput is which texts were read, by id with their digests, and the phrase.
type manyInput struct {
	Chosen map[string]string `json:"chosen" doc:"Digest of what was read, by id."`
	Phrase string            `json:"phrase"`
	key    account.Unlocked
}

func (p pages) unlockMany(r *web.Request, in *manyInput) (err error) {
	in.key, err = account.Unlock(r.Context, r.DB, r.User, in.Phrase, p.secrets)
	return err
}

// signedMany tells a program what was signed.
type signedMany struct {
	Signed []string `json:"signed"`
}

func signMany(r *web.Request, in manyInput) (web.Done[signedMany], error) {
	all, err := SignAll(r.Tx, r.User, in.Chosen, in.key)
	done := web.Done[signedMany]{To: "/submissions/signing", Data: signedMany{Signed: []string{}},
		Flash: part.In(r.Lang, "已签字%d份。签字齐的报表已送交审核。", len(all))}
	for _, s := range all {
		done.Data.Signed = append(done.Data.Signed, s.ID)
	}
	return done, err
}

// where says whose report for which area and time it is, and until when it is due.
func (o reader) where(ctx context.Context) string {
	words := o.d.title(ctx)
	if o.Area.Name != "" {
		words = part.Name(ctx, o.d.s.Area.Name, o.d.s.Area.NameEN) + " · " + words
	}
	if o.DueOn != "" {
		words += " · " + part.T(ctx, "%s前", o.DueOn)
	}
	return words
}

// changeOf is by how much the cell with a key moved since the period before, in words.
func (d showData) changeOf(ctx context.Context, key string) string {
	for _, spec := range d.s.Form.Cells() {
		if spec.Key == key {
			return d.change(ctx, spec)
		}
	}
	return ""
}

// ticked says whether a box was ticked when the page was refused.
func ticked(ctx context.Context, name string) bool { return part.From(ctx).Input.Get(name) != "" }
