// Package find is the search: each thing that has a page of its own puts a row here in the transaction that writes it,
// and one box finds it by words, by code or by the pinyin initials of its name. It knows no module: what a kind of
// thing is called, where its page is and which verb reads it, the modules say. It finds names and codes, not numbers
// and not the text of people's cases, and decides nothing.
package find

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
)

// Kind is a kind of thing that can be found.
type Kind struct {
	Code   string                   // what stands before the slash of its objects: "indicator"
	Verb   string                   // who has it may find what its scope shows
	Page   func(code string) string // address of the page of what stands after the slash
	Name   string
	NameEN string
}

// Doc is a thing as it is put. Object is its name in the journal, "indicator/W-HEA-001"; Words are what it is found by
// beside its title and code; Note says in a line which one of several like it this is.
type Doc struct {
	Object         string
	Title, TitleEN string
	Note, NoteEN   string
	Words          []string
	// Many: one of many that bear the same title, so it comes after the thing that the title is the name of.
	Many  bool
	Scope Scope
}

// Scope is whom a thing may be shown to, of those who have its kind's verb. The zero Scope is everybody.
type Scope struct {
	Unit string   // work of this unit …
	Path string   // … in the area at this path: the unit itself, and who oversees the area (auth.User.Sees)
	Mine bool     // of the unit alone: nobody above sees it
	Also []string // other units to which it was shown
	// Figures: everybody in the area at Path or below it as well (auth.User.SeesFigures)
	Figures bool
}

// Hit is a thing found.
type Hit struct {
	Object  string `json:"object"`
	Kind    string `json:"kind"`
	Title   string `json:"title"`
	TitleEN string `json:"title_en,omitempty"`
	Note    string `json:"note,omitempty"`
	NoteEN  string `json:"note_en,omitempty"`
	URL     string `json:"url"`
}

// terms of a scope: one for everybody, or one for each unit and area that opens it.
func (s Scope) terms(kind string) (terms []string) {
	mark := opener(kind)
	switch {
	case s.Unit == "" && s.Path == "":
		return []string{mark}
	case s.Unit != "":
		terms = append(terms, mark+"u"+hex.EncodeToString([]byte(s.Unit)))
	}
	for _, unit := range s.Also {
		terms = append(terms, mark+"u"+hex.EncodeToString([]byte(unit)))
	}
	if s.Mine || s.Path == "" {
		return terms
	}
	ids := pathIDs(s.Path)
	for _, id := range ids {
		terms = append(terms, mark+"a"+id)
	}
	if s.Figures {
		terms = append(terms, mark+"f"+ids[len(ids)-1])
	}
	return terms
}

func pathIDs(path string) []string { return strings.Split(strings.TrimSuffix(path, "."), ".") }

// opener begins the terms that open things of a kind. An index takes what is joined by a dash or the like as two words.
func opener(kind string) string { return "权" + strings.ReplaceAll(kind, "_", "") }

// scopes are the terms that open a thing of kind to the user; nothing opens anything to who lacks the verb.
func scopes(by auth.User, kind Kind) []string {
	if !by.Can(kind.Verb) {
		return nil
	}
	mark := opener(kind.Code)
	terms := []string{mark}
	for _, p := range by.Posts {
		if !by.Sees(p.Unit, "") {
			continue // an administrator's post opens nothing
		}
		terms = append(terms, mark+"u"+hex.EncodeToString([]byte(p.Unit)))
		if p.AreaPath == "" {
			continue
		}
		ids := pathIDs(p.AreaPath)
		if by.SeesAll(p.AreaPath) {
			terms = append(terms, mark+"a"+strconv.FormatInt(p.AreaID, 10))
		}
		for _, id := range ids {
			terms = append(terms, mark+"f"+id)
		}
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}
