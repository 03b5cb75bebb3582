package edition

// Rules tried on all that counts already, before they are in force: how often each would have stopped or asked
// somebody, and where.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/form"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
)

// Tried is what one rule would have said so far.
type Tried struct {
	Rule    int       `json:"rule"` // place among the form's, from 1
	Kind    form.Kind `json:"kind,omitempty"`
	Expr    string    `json:"expr,omitempty"`
	Element string    `json:"element,omitempty"`
	Limit   string    `json:"limit,omitempty"`
	Message string    `json:"message"`
	Hard    bool      `json:"hard"`
	Applied int       `json:"applied"` // how often it could be said
	Fired   int       `json:"fired"`
	Unknown int       `json:"unknown"` // could not be computed, as by a division by zero
	Skipped int       `json:"skipped"` // a number was not there
	Where   []Place   `json:"where"`   // the first of those that fired or could not be computed

	rule form.Rule
}

// Place is where a rule does not hold, or cannot be computed.
type Place struct {
	Submission string   `json:"submission"`
	Unit       say.Name `json:"unit"`
	Area       say.Name `json:"area"`
	Period     string   `json:"period"`
	Cell       string   `json:"cell"`
	Label      say.Name `json:"label"`
	Value      string   `json:"value,omitempty"`
	Bound      say.Name `json:"bound"`
	Unknown    bool     `json:"unknown,omitempty"`
}

// mostPlaces is how many places of a rule are listed.
const mostPlaces = 100

// Try runs the rules of f over every accepted report of its form that sees lets through.
func Try(tx *db.Tx, f form.Form, sees func(unit, areaPath string) bool) ([]Tried, error) {
	all := make([]Tried, len(f.Rules))
	for i, r := range f.Rules {
		all[i] = Tried{Rule: i + 1, Kind: r.Kind, Expr: r.Expr, Element: r.Element, Limit: r.Limit, Message: r.Message,
			Hard: r.Hard, Where: []Place{}, rule: r}
	}
	if len(all) == 0 {
		return all, nil
	}
	labels := map[string]say.Name{}
	for _, spec := range f.Cells() {
		labels[spec.Key] = say.Name{ZH: submission.Label(spec), EN: spec.Row.LabelEN + " " + spec.Column.NameEN}
	}
	try := f.Tryer()
	err := submission.EachCounting(tx, f, sees, func(c submission.Counting) error {
		for _, o := range try(c.Values, c.Past) {
			all[o.Rule].take(c, o, labels)
		}
		return nil
	})
	return all, err
}

func (t *Tried) take(c submission.Counting, o form.Outcome, labels map[string]say.Name) {
	switch o.Verdict {
	case form.Skipped:
		t.Skipped++
		return
	case form.Fires:
		t.Fired++
	case form.Unknown:
		t.Unknown++
	}
	t.Applied++
	if o.Verdict == form.Holds || len(t.Where) == mostPlaces {
		return
	}
	p := Place{Submission: c.ID, Unit: say.Name{ZH: c.Unit.Name, EN: c.Unit.NameEN},
		Area: say.Name{ZH: c.Area.Name, EN: c.Area.NameEN}, Period: c.Period.String(), Value: o.Value, Bound: o.Bound,
		Unknown: o.Verdict == form.Unknown}
	if len(o.Cells) > 0 {
		p.Cell, p.Label = o.Cells[0], labels[o.Cells[0]]
	}
	t.Where = append(t.Where, p)
}
