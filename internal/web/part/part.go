// Package part is what the pages of all modules share: the shell around a page, its words in two languages,
// and the pieces (cards, fields, figures, lamps, signatures) that pages are put together from. It has no
// business rules and reads nothing: what a part shows is handed to it.
package part

import (
	"cmp"
	"context"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"
)

// Env is what every page knows of the request that it answers.
type Env struct {
	Lang    string // zh or en
	Path    string // of the request, for the active navigation item
	Back    string // the page of this site that the request came from, if another
	User    *UserChip
	Nav     []NavItem
	Sample  bool    // the installation holds the sample: a banner says so
	Search  bool    // the search box stands in the top bar
	Day     string  // of the sample's own clock, 2024-03-15; empty: it goes by the machine's
	NextDay bool    // the user may move that clock on
	Exports Exports // of the table on this page
	Past    Past    // the earlier day that the page shows, or may
	Flash   string
	Problem string                   // why a form was refused, in the user's language
	Asset   func(name string) string // URL of a built front-end file
	Fields  map[string]string        // messages of a refused form by field, in the user's language
	Input   url.Values               // a refused form as typed
	Sent    string                   // the address to which the refused form was sent
}

// UserChip is the signed-in person as the top bar shows them.
type UserChip struct{ Name, Unit string }

// Past is an earlier day: Offered where the page can show one, Day the one that it shows, Here its address without a
// day. Unproven says that not all definitions of that day can be proven.
type Past struct {
	Offered  bool
	Day      string
	Here     string
	Unproven bool
}

// path is where the page stands, fields what it was asked for besides a day.
func (p Past) path() string {
	u, err := url.Parse(p.Here)
	if err != nil {
		return ""
	}
	return u.Path
}

type pastField struct{ name, value string }

func (p Past) fields() (all []pastField) {
	u, err := url.Parse(p.Here)
	if err != nil {
		return nil
	}
	for name, values := range u.Query() {
		for _, value := range values {
			all = append(all, pastField{name, value})
		}
	}
	slices.SortStableFunc(all, func(a, b pastField) int { return cmp.Compare(a.name, b.name) })
	return all
}

// Exports are where a page's table is saved whole; empty where it has none.
type Exports struct{ CSV, XLSX string }

// NavItem is one entry of the navigation. Label is in the user's language; Count, if not 0, stands beside it.
// Items of one Group, also in the user's language, stand in a menu of that name.
type NavItem struct {
	Label, URL string
	Group      string
	Count      int
}

type envKey struct{}

// With returns a context in which parts render for e.
func With(ctx context.Context, e Env) context.Context { return context.WithValue(ctx, envKey{}, e) }

// From is the Env of ctx, a Chinese one without user if there is none.
func From(ctx context.Context) Env {
	e, _ := ctx.Value(envKey{}).(Env)
	if e.Lang == "" {
		e.Lang = "zh"
	}
	if e.Asset == nil {
		e.Asset = func(name string) string { return "/assets/" + name }
	}
	return e
}

// htmlLang is the language tag of the page, which also picks Chinese glyphs over Japanese ones.
func (e Env) htmlLang() string {
	if e.Lang == "en" {
		return "en"
	}
	return "zh-CN"
}

// active says whether item leads to the page shown or to the section around it.
func (e Env) active(item NavItem) bool {
	best := ""
	for _, other := range e.Nav {
		within := e.Path == other.URL || strings.HasPrefix(e.Path, strings.TrimSuffix(other.URL, "/")+"/")
		if within && len(other.URL) > len(best) {
			best = other.URL
		}
	}
	return item.URL == best
}

// navGroup is a menu of the navigation, or one entry that stands alone.
type navGroup struct {
	Label  string
	Items  []NavItem
	Count  int  // of all its items
	Active bool // one of its items leads to the page shown
}

// barHolds is how many entries need no menus.
const barHolds = 6

// navGroups are the entries as they stand on the bar. A menu of one entry is that entry; few entries need no menu.
func (e Env) navGroups() (groups []navGroup) {
	at := map[string]int{}
	for _, item := range e.Nav {
		n, known := at[item.Group]
		if item.Group == "" || !known || len(e.Nav) <= barHolds {
			n = len(groups)
			groups = append(groups, navGroup{Label: item.Group})
			at[item.Group] = n
		}
		g := &groups[n]
		g.Items, g.Count, g.Active = append(g.Items, item), g.Count+item.Count, g.Active || e.active(item)
	}
	return groups
}

// value is what a field shows: as typed if the form was refused, else what the page loaded.
func (e Env) value(name, loaded string) string {
	if e.Input.Has(name) {
		return e.Input.Get(name)
	}
	return loaded
}

// Typed gives its children what was typed and what was wrong with it only where they are the form that was refused: a
// page may have several with fields of one name, and several of one action, which what they carry hidden tells apart.
func Typed(action string, hidden ...Option) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		children := templ.GetChildren(ctx)
		ctx = templ.ClearChildren(ctx)
		if e := From(ctx); e.Sent != "" && !Sent(ctx, action, hidden...) {
			e.Input, e.Fields = nil, nil
			ctx = With(ctx, e)
		}
		return children.Render(ctx, w)
	})
}

// cell is what a cell of a refused grid shows: as typed, but what the user had left alone as it is saved now.
func (e Env) cell(c CellView) string {
	name, was := "cells["+c.Key+"]", "was["+c.Key+"]"
	if e.Input.Has(was) && e.Input.Get(name) == e.Input.Get(was) {
		return c.Value
	}
	return e.value(name, c.Value)
}
