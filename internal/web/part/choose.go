package part

// What the field that takes many of many is told, and what came back from it.

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// ChooseView describes a field with boxes in groups. An option may stand in several groups and is chosen once.
type ChooseView struct {
	Name, Label, Help string
	Required          bool
	Groups            []ChooseGroup
	Chosen            []string // what the page loaded; what was sent in a refused form wins over it
}

// ChooseGroup is some of the options: all member units, all districts.
type ChooseGroup struct {
	Code, Label string
	Options     []Option
	Open        bool
}

// allOf stands before the code of a group that was chosen as a whole.
const allOf = "*"

// Codes are the options that sent values stand for, in the order of the groups; what no group offers comes last, as it
// was sent, for the module to refuse.
func (c ChooseView) Codes(sent []string) (codes []string) {
	rest := slices.Clone(sent)
	add := func(value string) {
		if !slices.Contains(codes, value) {
			codes = append(codes, value)
		}
	}
	for _, g := range c.Groups {
		whole := slices.Contains(sent, allOf+g.Code)
		for _, o := range g.Options {
			if whole || slices.Contains(sent, o.Value) {
				add(o.Value)
			}
		}
		rest = slices.DeleteFunc(rest, func(v string) bool {
			return v == allOf+g.Code || slices.Contains(codes, v)
		})
	}
	for _, value := range rest {
		if value = strings.TrimSpace(value); value != "" {
			add(value)
		}
	}
	return codes
}

// chosen are the options that are ticked: as sent in a refused form, else as loaded.
func (e Env) chosen(c ChooseView) []string {
	if len(e.Input) > 0 {
		return c.Codes(e.Input[c.Name])
	}
	return c.Codes(c.Chosen)
}

func (e Env) ticked(name, value string) bool { return slices.Contains(e.Input[name], value) }

// AskView describes a form of one line of text. A page may have many of one action: what they carry hidden tells which
// of them was refused.
type AskView struct {
	Action, Summary, Class string
	Name                   string // of the line; reason if not said
	Label, Value, Button   string
	Aria, Place            string // where there is no label
	Most                   int    // characters; 0: as many as one likes
	Hidden                 []Option
}

func (a AskView) name() string { return cmp.Or(a.Name, "reason") }

// sent says whether this is the form that was refused.
func (a AskView) sent(ctx context.Context) bool { return Sent(ctx, a.Action, a.Hidden...) }

func (a AskView) typed(ctx context.Context) string {
	if a.sent(ctx) {
		return From(ctx).Input.Get(a.name())
	}
	return a.Value
}

func (a AskView) message(ctx context.Context) string {
	if a.sent(ctx) {
		return From(ctx).Fields[a.name()]
	}
	return ""
}

func (a AskView) limit() templ.Attributes {
	if a.Most == 0 {
		return nil
	}
	return templ.Attributes{"maxlength": strconv.Itoa(a.Most)}
}

// Sent says whether the form of an action that carries these along is the one that was refused; the version that it was
// made for does not count.
func Sent(ctx context.Context, action string, hidden ...Option) bool {
	e := From(ctx)
	path, _, _ := strings.Cut(action, "?")
	return e.Sent == path && !slices.ContainsFunc(hidden, func(o Option) bool {
		return o.Value != "version" && !e.ticked(o.Value, o.Label)
	})
}

// Ticked says whether a box of a form is ticked: as it was sent, where the form was refused, else as it stands.
func Ticked(ctx context.Context, name, value string, stands bool) bool {
	if e := From(ctx); len(e.Input) > 0 {
		return e.ticked(name, value)
	}
	return stands
}

func has(chosen []string, value string) bool { return slices.Contains(chosen, value) }

func (g ChooseGroup) count(chosen []string) (n int) {
	for _, o := range g.Options {
		if has(chosen, o.Value) {
			n++
		}
	}
	return n
}

// of is how many of the group are chosen.
func (g ChooseGroup) of(chosen []string) string {
	return strconv.Itoa(g.count(chosen)) + " / " + strconv.Itoa(len(g.Options))
}

func (c ChooseView) attributes(message string) templ.Attributes {
	var described []string
	a := templ.Attributes{}
	if message != "" {
		described = append(described, "e-"+c.Name)
	}
	if c.Help != "" {
		described = append(described, "h-"+c.Name)
	}
	if len(described) > 0 {
		a["aria-describedby"] = strings.Join(described, " ")
	}
	return a
}
