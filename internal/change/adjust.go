// Package change is how the network changes: adjustments, which join, merge, split and rename the members of a body on
// a day, and changes of persons. Either hands open work over, which it knows only by what modules hold (module.Hold).
package change

import (
	"slices"
	"time"

	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Adjustment is a reform of the members of a body on a day.
type Adjustment struct {
	ID          string    `json:"id"`
	Number      string    `json:"number"`
	Title       string    `json:"title"`
	Body        string    `json:"body"`
	Basis       string    `json:"basis"`
	EffectiveOn string    `json:"effective_on"`
	State       string    `json:"state"`
	Refused     string    `json:"refused,omitempty"` // why it could not be applied on its day
	DraftedBy   string    `json:"drafted_by"`
	CreatedAt   time.Time `json:"created_at"`
	Version     int64     `json:"version"`
	Lines       []Line    `json:"lines"`

	areaPath  string
	draftedID string
	unit      string
	previewed string
}

// Line is one change. Shares say who takes over what its units had.
type Line struct {
	Kind      string          `json:"kind"`
	From      []string        `json:"from"`
	To        []string        `json:"to"`
	Seat      network.Seating `json:"seat,omitempty"`
	Name      string          `json:"name,omitempty"` // new name
	ShortName string          `json:"short_name,omitempty"`
	NameEN    string          `json:"name_en,omitempty"`
	Text      string          `json:"text,omitempty"` // new duty
	Clause    string          `json:"clause,omitempty"`
	Shares    []Share         `json:"shares"`
	number    int
}

// Share is who takes over all work of a kind, or one thing of it; an empty unit is nobody yet.
type Share struct {
	Kind   string `json:"kind"`
	Object string `json:"object,omitempty"`
	Unit   string `json:"unit"`
}

// Kinds of lines.
const (
	joins   = "join"
	leaves  = "leave"
	renames = "rename"
	merges  = "merge"
	splits  = "split"
	seats   = "seat"
	duties  = "duty"
)

// LineKinds are all kinds of lines, in the order in which they are offered and applied: names and units first.
var LineKinds = []string{renames, merges, splits, joins, leaves, seats, duties}

var lineWords = map[string]say.Key{joins: "加入", leaves: "退出", renames: "更名", merges: "合并", splits: "拆分",
	seats: "席位调整", duties: "职责调整"}

// Words is the kind of the line in Chinese.
func (l Line) Words() say.Key { return lineWords[l.Kind] }

// closes says whether the unit is gone after the line.
func (l Line) closes(unit string) bool {
	return (l.Kind == merges || l.Kind == splits) && slices.Contains(l.From, unit) && !slices.Contains(l.To, unit)
}

// hands says whether the line's units have to hand over their open work.
func (l Line) hands() bool { return l.Kind == merges || l.Kind == splits || l.Kind == leaves }

// units are all that the line names.
func (l Line) units() []string {
	all := append(slices.Clone(l.From), l.To...)
	slices.Sort(all)
	return slices.Compact(all)
}

// Object is the adjustment's name in the journal.
func (a Adjustment) Object() string { return "adjustment/" + a.ID }

// URL is its page.
func (a Adjustment) URL() string { return "/adjustments/" + a.ID }
