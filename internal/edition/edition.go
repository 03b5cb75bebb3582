// Package edition is how a form comes to ask otherwise: a file is uploaded, shown as its fillers will see it, held
// against the present edition and against all that rests on it, and published from a period on. What a form is and how
// its editions are kept is package form's; how drafts are carried over submission's.
package edition

// What two editions differ in, part by part.

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Change is one difference between the present edition and an uploaded one.
type Change struct {
	Part   Part   `json:"part"`
	Way    Way    `json:"way"`
	Name   string `json:"name"`
	NameEN string `json:"name_en,omitempty"`
	Was    string `json:"was,omitempty"`
	Is     string `json:"is,omitempty"`
	rules  [2]*form.Rule
}

// Part is what a change is of, Way how it changed.
type (
	Part string
	Way  string
)

// Parts and ways.
const (
	Head   Part = "head"
	Row    Part = "row"
	Column Part = "column"
	Rule   Part = "rule"

	Hard, Soft = "hard", "soft" // what a rule was or is

	Added   Way = "added"
	Removed Way = "removed"
	Renamed Way = "renamed"
	Changed Way = "changed"
)

var (
	partWords = map[Part]say.Key{Head: "表头", Row: "行", Column: "列", Rule: "校验"}
	wayWords  = map[Way]say.Key{Added: "增加", Removed: "不再有", Renamed: "改名", Changed: "改动"}
)

// Compare lists what an edition changes: head, columns, rows, rules.
func Compare(was, is form.Form) []Change {
	all := heads(was, is)
	all = append(all, parts(Column, columns(was), columns(is))...)
	all = append(all, parts(Row, rows(was), rows(is))...)
	return append(all, parts(Rule, rules(was), paired(rules(was), rules(is)))...)
}

// piece is a row, a column or a rule: what it is, told apart from others by key, what it is called, all else it says.
type piece struct {
	key, name, en, rest string
	rule                *form.Rule
}

func change(of Part, way Way, called piece, was, is string, rules ...*form.Rule) Change {
	c := Change{Part: of, Way: way, Name: called.name, NameEN: called.en, Was: was, Is: is}
	copy(c.rules[:], rules)
	return c
}

// paired gives rules that say something new the key of the one that has gone and told people the same: it was changed.
func paired(was, is []piece) []piece {
	has := func(in []piece, key string) bool {
		return slices.ContainsFunc(in, func(p piece) bool { return p.key == key })
	}
	for i, now := range is {
		if has(was, now.key) {
			continue
		}
		for _, old := range was {
			if old.name == now.name && !has(is, old.key) {
				is[i].key = old.key
				break
			}
		}
	}
	return is
}

func parts(of Part, was, is []piece) (all []Change) {
	find := func(in []piece, key string) (piece, bool) {
		i := slices.IndexFunc(in, func(p piece) bool { return p.key == key })
		if i < 0 {
			return piece{}, false
		}
		return in[i], true
	}
	for _, old := range was {
		now, there := find(is, old.key)
		switch {
		case !there:
			all = append(all, change(of, Removed, old, old.rest, "", old.rule, nil))
		case now.name != old.name:
			all = append(all, change(of, Renamed, now, old.name, now.name))
		}
		if there && now.rest != old.rest {
			all = append(all, change(of, Changed, now, old.rest, now.rest, old.rule, now.rule))
		}
	}
	for _, now := range is {
		if _, there := find(was, now.key); !there {
			all = append(all, change(of, Added, now, "", now.rest, nil, now.rule))
		}
	}
	return all
}

func rows(f form.Form) (all []piece) {
	for _, r := range f.Rows {
		rest := r.Number + " · " + r.Element
		if r.Calibre != element.NoCalibre {
			rest += " · " + r.Calibre
		}
		if r.Indent > 0 {
			rest += " · " + strings.Repeat("→", r.Indent)
		}
		if r.Negative {
			rest += " · ±"
		}
		all = append(all, piece{key: r.Element + " " + r.Calibre, name: r.Label, en: r.LabelEN, rest: rest})
	}
	return all
}

func columns(f form.Form) (all []piece) {
	for _, c := range f.Columns {
		all = append(all, piece{key: quantity.SexCode(c.Sex) + " " + c.Category, name: c.Name, en: c.NameEN,
			rest: strings.TrimSpace(c.Code + " " + c.Category)})
	}
	return all
}

func rules(f form.Form) (all []piece) {
	for _, r := range f.Rules {
		p := piece{name: r.Message, en: r.MessageEN, rest: Soft, rule: &r}
		if r.Hard {
			p.rest = Hard
		}
		p.rest = strings.Join(slices.DeleteFunc([]string{p.rest, string(r.Kind), r.Element, r.Limit, r.Expr},
			func(text string) bool { return text == "" }), " · ")
		bare := r
		bare.Message, bare.MessageEN, bare.Hard = "", "", false
		key, _ := json.Marshal(bare) // texts always marshal
		p.key = string(key)
		all = append(all, p)
	}
	return all
}

func heads(was, is form.Form) (all []Change) {
	type head struct {
		name    say.Key
		was, is string
	}
	lines := []head{{"名称", was.Name, is.Name}, {"英文名", was.NameEN, is.NameEN},
		{"表号", was.Number, is.Number}, {"制定机关", was.Issuer, is.Issuer}, {"批准机关", was.Approver, is.Approver},
		{"批准文号", was.ApprovalNumber, is.ApprovalNumber}, {"有效期至", was.ValidUntil, is.ValidUntil},
		{"说明", was.Note, is.Note}, {"填报单位", was.Reporters, is.Reporters}, {"截止日期", was.Due, is.Due},
		{"签字", signing(was), signing(is)}}
	for _, h := range lines {
		if h.was != h.is {
			all = append(all, change(Head, Changed, piece{name: string(h.name)}, cmp.Or(h.was, "—"),
				cmp.Or(h.is, "—")))
		}
	}
	return all
}

// signing says who signs, place by place.
func signing(f form.Form) string {
	var all []string
	for _, place := range f.Signers.Places() {
		all = append(all, strings.TrimSpace(place.Label+" "+place.Role))
	}
	return strings.Join(all, "、")
}

// removed are the rows that the edition asks for no more.
func removed(was, is form.Form) (gone []form.Row) {
	for _, r := range was.Rows {
		asked := func(o form.Row) bool { return o.Element == r.Element && o.Calibre == r.Calibre }
		if !slices.ContainsFunc(is.Rows, asked) {
			gone = append(gone, r)
		}
	}
	return gone
}

func sameSexes(was, is form.Form) bool {
	sexes := func(f form.Form) (all []int) {
		for _, c := range f.Columns {
			all = append(all, c.Sex)
		}
		slices.Sort(all)
		return slices.Compact(all) // a sex has a column for each category
	}
	return slices.Equal(sexes(was), sexes(is))
}
