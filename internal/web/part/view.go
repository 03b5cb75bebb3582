package part

// What parts are told to show: already chosen and written, no data of a module.

import (
	"context"
	"slices"
	"time"

	"yipanqi/internal/quantity"
)

// Option is one choice of a select field.
type Option struct{ Value, Label string }

// FieldView describes one field of a form. Value is what the page loaded; what was typed into a refused form
// wins over it. Type is that of an HTML input, or textarea; Options make it a select.
type FieldView struct {
	Name, Label, Type, Value, Help string
	Autocomplete, Placeholder      string
	Options                        []Option
	Required, Focus                bool
	Rows                           int    // of a textarea
	Accept                         string // of a file
	List                           string // id of a datalist with suggestions
}

// Button describes a form with one button. Confirm, if any, is asked first; Style is primary, danger, link or
// empty for a plain one; Hidden are fields sent along.
type Button struct {
	Action, Label, Confirm, Style string
	Hidden                        []Option
}

// Col is the head of a table's column. Numeric columns are set flush right.
type Col struct {
	Label   string
	Numeric bool
}

type cardKey struct{}

// inCard is the card that is being written, with the tables that it has so far.
type inCard struct {
	title  string
	tables int
}

// within is ctx for what stands in the card of that title.
func within(ctx context.Context, title string) context.Context {
	return context.WithValue(ctx, cardKey{}, &inCard{title: title})
}

// tableName tells the tables of a page apart for those who do not see them, those of one card too.
func tableName(ctx context.Context) string {
	card, _ := ctx.Value(cardKey{}).(*inCard)
	if card == nil || card.title == "" {
		return T(ctx, "表格")
	}
	if card.tables++; card.tables > 1 {
		return T(ctx, "%s（表格%d）", card.title, card.tables)
	}
	return T(ctx, "%s（表格）", card.title)
}

// PagerView is a list cut into pages, counted from 1. URL gives the address of a page.
type PagerView struct {
	Page, Pages, Total int
	URL                func(page int) string
}

// FigureView is a number as a page shows it: already written, or the word in its place, with the way to its proof.
type FigureView struct {
	Text           quantity.Written
	Status, Origin string
	ProofURL       string
	Note           string // beside it, e.g. the period
	Large          bool
}

// SignatureView is one signature under a submission.
type SignatureView struct {
	Role, Name, Post string
	At               time.Time // zero: not signed yet
	Digest           string
	Valid            bool
	Problem          string // why it is not valid, in the user's language
	Kind             string // how it was given, in the user's language; empty: with the signer's key
	Sample           bool
	Certified        string // the certificate service that vouches for the key besides the installation; often none
	Paper            string // who vouches for one in ink, in the user's language; empty: it was not given on paper
	Scan             string // the file that shows it
}

// Step is one state in the life of a submission.
type Step struct{ Label, State, Note string }

// Tile is one area on a tile map. Row and Col count from 1 to 12. Kind is a lamp kind or a status, or empty.
type Tile struct {
	Code, Name string
	Row, Col   int
	Text       string // the figure, or the word that stands for it
	Kind       string
	Hatched    bool // simulated
	URL        string
}

// ChartView is series over common periods. A page that shows it has the same numbers in a table too.
type ChartView struct {
	Title   string   `json:"title"`
	Unit    string   `json:"unit"`
	Periods []string `json:"periods"`
	Series  []Series `json:"series"`
	Breaks  []Break  `json:"breaks,omitempty"`
}

// Break is a period from which on the numbers mean something else than before.
type Break struct {
	Period string `json:"period"`
	Text   string `json:"text"`
}

// Series is one line, bar or target line; a target is dashed and has no marks.
type Series struct {
	Name   string  `json:"name"`
	Kind   string  `json:"kind"` // line, bar or target
	Points []Point `json:"points"`
}

// Point is a series' value in the period at the same place; an empty Value is a gap.
type Point struct {
	Value  string `json:"value"` // exact decimal, for the position
	Text   string `json:"text"`  // as shown
	Origin string `json:"origin"`
}

// origins are those that its points have, if the marks need explaining.
func (c ChartView) origins() (found []string) {
	for _, origin := range []string{Entered, Published, Simulated} {
		if slices.ContainsFunc(c.Series, func(s Series) bool {
			return slices.ContainsFunc(s.Points, func(p Point) bool { return p.Origin == origin && p.Value != "" })
		}) {
			found = append(found, origin)
		}
	}
	return found
}

// GridView is an entry grid: Action takes the whole form, Save a draft while it is typed (it answers JSON with the
// next version). A grid without Save is not saved by itself.
type GridView struct {
	Action, Save string
	Version      int64
	Edition      int64 // what the cells are named by: what was typed under other names is not brought back into them
}

// CellView is one cell of an entry grid. Key is ROW.COL; Label names row and column for those who cannot see them.
type CellView struct {
	Key, Label, Value string
	ReadOnly          bool
}
