// Package register is what a register is, as one file defines it: its fields, the stages of its records, who takes
// them, what is checked and what is counted. It reads such files and judges values by them. It knows no database: the
// rows, the pages and the steps of records are package record's.
package register

import (
	"slices"
	"strings"

	"yipanqi/internal/calendar"
	"yipanqi/internal/formula"
	"yipanqi/internal/say"
)

// Definition is one register in one version.
type Definition struct {
	Code       string
	Version    int64
	Name       say.Name
	System     string   // of the source: S12
	Privacy    string   // P0 open, P1 internal, P2 restricted; persons' cases are none of ours
	Number     string   // {area}-ETZJ-{seq:4}
	Goals      []string // of plans that it serves, by plan/code
	Indicators []string
	Unique     []string // fields that no two records have alike
	Note       string
	Parts      []Part
	Fields     []Field
	States     []State
	Stages     []Stage
	Checks     []Check
	Measures   []Measure
	Views      []View
	List       Columns
	Map        Map
	Prints     []Print
	Public     Public
	Referral   Referral
	Opens      Opens
	Quiet      []Quiet
	Across     []Across
	Raises     Raises
	Text       string // of the file
}

// Part is a part that people play: the first one of a definition keeps the record.
type Part struct {
	Code  string
	Name  say.Name
	Roles []string // any of them
	Kinds []string // of units; none: any
	Units []string // by code; none: any. What an installation says replaces both
	Above bool     // of a unit whose area holds the record's; else of the record's own unit
}

// State is where a record stands.
type State struct {
	Code   string
	Name   say.Name
	Counts Counting
	Ends   bool // nothing is left to do
	Open   bool // what counts is seen by everybody who is signed in, as far as it is public
}

// Counting is what a state means for figures and for the public.
type Counting string

// A record that counts does so as it was when it last came into such a state: what is typed afterwards counts once it
// is confirmed again.
const (
	Uncounted Counting = ""     // not at all
	Counted   Counting = "yes"  // as it is now
	Kept      Counting = "keep" // as it was before
)

// Stage is one step from states to a state.
type Stage struct {
	From    []string // none: it makes the record
	Verb    string   // within the register: confirm
	Name    say.Name
	Who     string // a part, or Program
	Not     []string
	To      string
	Limits  []Limit // of the next step, by the day from which each holds
	Counted string  // the field whose day the limit counts from; none: the step itself
	Needs   []string
	When    formula.Expression
	Basis   string
}

// Program takes the steps that no person takes.
const Program = "program"

// Limit is how long the next step may take, from a day on. An unconfirmed one is our proposal, said so on pages.
type Limit struct {
	Since     string
	Limit     calendar.Limit
	Basis     string
	Confirmed bool
}

// Check is a rule on a record. A hard one keeps it from leaving the keeper's hands, a soft one asks for words.
type Check struct {
	Rule    formula.Expression
	Message say.Name
	Hard    bool
}

// View is a list with a condition of its own: homes short of the standard.
type View struct {
	Code string
	Name say.Name
	Rule formula.Expression
}

// Columns are those of the list, what it is filtered by, and its first order.
type Columns struct {
	Columns, Filters []string
	Sort             string
}

// Map is where records are, and in which system of coordinates that is written; until the office has confirmed that, it
// is our proposal, said so on pages.
type Map struct {
	Point, Shape, Colour, System string
	Confirmed                    bool
}

// IsZero says whether records are on no map.
func (m Map) IsZero() bool { return m.Point == "" && m.Shape == "" }

// Public is what anybody may look up of a record that counts.
type Public struct {
	Fields []string
	Where  formula.Expression
	Report bool   // anybody may report a fault
	Items  string // list of codes to choose from then, beside those of all facilities
}

// Place is the field that says where a facility is, if the public may look that up: then its records stand in the
// public directory.
func (d Definition) Place() (f Field, public bool) {
	for _, code := range d.Public.Fields {
		if f, _ = d.Field(code); f.Type == "point" || f.Type == "shape" {
			return f, true
		}
	}
	return Field{}, false
}

// Referral is to whom a record may be handed.
type Referral struct {
	From  []string
	Who   string
	Kinds []string
	Limit Limit
}

// Print is a printed form: of one record, of a list, or a book of one record a page.
type Print struct {
	Code  string
	Name  say.Name
	Shape string // one, list, book, sign
	Text  string // of a letter, with {field} for what a record says; none: a form of boxes
	Where formula.Expression
	Boxes []Box
}

// OfOne says whether the form is of one record, not of a list of them.
func (p Print) OfOne() bool { return p.Shape == "one" || p.Shape == "sign" }

// Box is one box of a printed form: its words and the field in it; none is left to be filled by hand.
type Box struct {
	Section, Label, Field string
	Lines                 int // empty lines of a section that is filled in by hand
}

// Own are the fields that every record has in its row, with their words.
var Own = []Field{
	{Code: "number", Name: say.Name{ZH: "记录编号", EN: "Number"}, Type: "text"},
	{Code: "unit", Name: say.Name{ZH: "填报单位", EN: "Unit"}, Type: "unit"},
	{Code: "area", Name: say.Name{ZH: "所属区域", EN: "Area"}, Type: "area"},
	{Code: "state", Name: say.Name{ZH: "环节", EN: "Stage"}, Type: "text"},
	{Code: "due", Name: say.Name{ZH: "办理期限", EN: "Due"}, Type: "date"},
}

// Remark is what every record may say beside its fields, written like those of its keeper.
var Remark = Field{Code: "remark", Name: say.Name{ZH: "备注", EN: "Remark"}, Type: "para"}

// Field is the field of a code, one of the record's own among them.
func (d Definition) Field(code string) (Field, bool) {
	for _, all := range [][]Field{d.Fields, Own} {
		for i := range all { // a field is large: only the one that is found is copied
			if all[i].Code == code {
				return all[i], true
			}
		}
	}
	return Field{}, false
}

// State is that of a code.
func (d Definition) State(code string) State {
	if at := slices.IndexFunc(d.States, func(s State) bool { return s.Code == code }); at >= 0 {
		return d.States[at]
	}
	return State{Code: code, Name: say.Name{ZH: code}}
}

// Part is that of a code.
func (d Definition) Part(code string) (Part, bool) {
	if at := slices.IndexFunc(d.Parts, func(p Part) bool { return p.Code == code }); at >= 0 {
		return d.Parts[at], true
	}
	return Part{}, false
}

// Stage is the step of a verb in a state.
func (d Definition) Stage(state, verb string) (Stage, bool) {
	for i := range d.Stages {
		if s := &d.Stages[i]; s.Verb == verb && s.Leaves(state) {
			return *s, true
		}
	}
	return Stage{}, false
}

// Begin is the step that makes a record.
func (d Definition) Begin() Stage {
	s, _ := d.Stage("", d.Stages[0].Verb)
	return s
}

// Leaves says whether the step can be taken in a state.
func (s Stage) Leaves(state string) bool {
	return state == "" && len(s.From) == 0 || slices.Contains(s.From, state)
}

// Limit is the limit that holds from a day on, the latest of those that hold then.
func (s Stage) Limit(day string) (found Limit) {
	for _, l := range s.Limits {
		if l.Since <= day {
			found = l
		}
	}
	return found
}

// Title is the field that a record is called by: the first text of its fields.
func (d Definition) Title() Field {
	for _, t := range []string{"text", "link", "month", "area"} {
		if at := slices.IndexFunc(d.Fields, func(f Field) bool { return f.Type == t && f.Required }); at >= 0 {
			return d.Fields[at]
		}
	}
	return d.Fields[0]
}

// Object is the register in the journal.
func (d Definition) Object() string { return "register/" + d.Code }

// Counting are the states in which a record counts.
func (d Definition) Counting() (codes []string) {
	for _, s := range d.States {
		if s.Counts != Uncounted {
			codes = append(codes, s.Code)
		}
	}
	return codes
}

// Editing are the parts that may change a field in a state: those that the field names, else the keeper, in states
// that it names, else in those from which the keeper can go on and in which the record is not counted as it is.
func (d Definition) Editing(f Field, state string) (parts []string) {
	if f.Type == "calc" || f.Type == "files" {
		return nil
	}
	if state != "" && !slices.Contains(f.States, state) && (len(f.States) > 0 || !d.Writable(state)) {
		return nil
	}
	if len(f.Parts) > 0 {
		return f.Parts
	}
	return []string{d.Parts[0].Code}
}

// Writable says whether the keeper may write in a state.
func (d Definition) Writable(state string) bool {
	st := d.State(state)
	if state == "" || st.Counts == Counted || st.Ends {
		return false
	}
	for i := range d.Stages {
		if s := &d.Stages[i]; s.Who == d.Parts[0].Code && s.To != state && s.Leaves(state) {
			return true
		}
	}
	return false
}

// english is a code as words, where nobody wrote any.
func english(code string) string {
	words := strings.ReplaceAll(code, "_", " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}
