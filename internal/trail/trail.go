// Package trail is what stands below every thing: what happened to it, in words, oldest first, with the remarks and
// the files that people add. It knows no module: which kinds of things there are, who may see one and who may lay a
// file on it, the modules say with a Place.
package trail

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/journal"
	"yipanqi/internal/say"
)

// Verbs are permission and journal entry at once.
const (
	VerbRead  = "trail.read"
	VerbWrite = "trail.write"
)

// Place is a kind of thing that has a trail.
type Place struct {
	Kind string // first part of its object: "submission"
	// Sees says whether the user may see the thing, Missing if not.
	Sees func(tx *db.Tx, by auth.User, id string) error
	// Holds says in which unit the user may lay files on the thing now, or why not; nil: it takes no files.
	Holds func(tx *db.Tx, by auth.User, id string) (unit string, err error)
	// Fields are the parts of the thing that a file can prove, by key; nil: only the whole.
	Fields func(tx *db.Tx, id string) ([]Field, error)
	Page   func(id string) string    // address of the thing
	Words  func(verb string) say.Key // what a verb of its journal is called, in Chinese; "" = not shown
	// Says is what of an entry is worth reading beside its reason; nil: what all modules have.
	Says func(ctx context.Context, l Line) []string
	// Hides takes out of a line what the user may not see, and says whether the whole line is such; nil, or nil for a
	// user: everybody who sees the thing, or this user, sees all. A file whose line is hidden is not handed out either.
	Hides func(tx *db.Tx, by auth.User, id string) (func(l *Line) (whole bool), error)
	// Told are the reminders that the thing waits, as far as the user may know of them; nil: nobody is reminded of it.
	Told func(tx *db.Tx, by auth.User, id string) ([]Told, error)
}

// Told is that a post was reminded of a thing. Package notice keeps them.
type Told struct {
	On     string     `json:"on"`
	Role   string     `json:"role"`
	RoleEN string     `json:"role_en,omitempty"`
	Unit   string     `json:"unit_name"`
	UnitEN string     `json:"unit_name_en,omitempty"`
	Step   string     `json:"step"`
	DueOn  string     `json:"due_on"`
	Rung   string     `json:"rung"`
	Ended  *time.Time `json:"ended_at,omitempty"`
	Words  say.Words  `json:"-"`
}

// Adds says whether the user may add to the thing: lay files on it, where it takes any; see it, where it takes none.
func (p Place) Adds(tx *db.Tx, by auth.User, id string) error {
	if err := p.Sees(tx, by, id); err != nil || p.Holds == nil {
		return err
	}
	_, err := p.Holds(tx, by, id)
	return err
}

// shown is what of a thing's trail the user may see.
func (p Place) shown(tx *db.Tx, by auth.User, id string) (lines []Line, files []evidence.File, err error) {
	lines, files, err = Of(tx, p.Kind+"/"+id, p.Words)
	if err != nil || p.Hides == nil {
		return lines, files, err
	}
	hides, err := p.Hides(tx, by, id)
	if err != nil || hides == nil {
		return lines, files, err
	}
	seen, left := map[string]bool{}, lines[:0]
	for _, l := range lines {
		if hides(&l) {
			continue
		}
		if left = append(left, l); l.File != nil {
			seen[l.File.ID] = true
		}
	}
	kept := slices.DeleteFunc(slices.Clone(files), func(f evidence.File) bool { return !seen[f.ID] })
	return left, kept, nil
}

// Without takes details out of a line, by their keys.
func (l *Line) Without(hidden func(key string) bool) {
	maps.DeleteFunc(l.Detail, func(key, _ string) bool { return hidden(key) })
}

// Field is a part of a thing that a file can prove.
type Field struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	NameEN string `json:"name_en,omitempty"`
}

// Remark is what somebody says about a thing. It is not changed: who was wrong writes another.
type Remark struct {
	ID        string    `json:"id"`
	Object    string    `json:"-"`
	Text      string    `json:"text"`
	PersonID  string    `json:"-"`
	Person    string    `json:"person"`
	Unit      string    `json:"unit"`
	CreatedAt time.Time `json:"created_at"`
}

const maxText = 2000 // characters of a remark

func (r Remark) entry() string { return "remark/" + r.ID }

// Write adds a remark to an object that the user may see. The journal keeps its words.
func Write(tx *db.Tx, by auth.User, object, text string) (Remark, error) {
	text = strings.TrimSpace(text)
	if n := utf8.RuneCountInString(text); n == 0 || n > maxText {
		return Remark{}, errs.Fields{"text": {Key: "请写1到2000个字。"}}.Check("备注没有写，或者太长。")
	}
	r := Remark{ID: db.NewID(), Object: object, Text: text, PersonID: by.ID, Person: by.Name, CreatedAt: tx.Now}
	if len(by.Posts) > 0 {
		r.Unit = by.Posts[0].UnitName
	}
	if err := insert(tx, r); err != nil {
		return r, err
	}
	return r, journal.Log(tx, by, VerbWrite, r.entry(), map[string]string{"of": object, "text": text, "unit": r.Unit})
}

// Line is one thing that happened.
type Line struct {
	At     time.Time         `json:"at"`
	Who    string            `json:"who"`
	Unit   string            `json:"unit,omitempty"`
	Verb   string            `json:"verb"`
	Words  say.Key           `json:"words"`            // of the verb
	Detail map[string]string `json:"detail,omitempty"` // of an entry of the journal
	Text   string            `json:"text,omitempty"`   // of a remark
	File   *evidence.File    `json:"file,omitempty"`
}

// Of returns what happened to an object, oldest first: its own journal as words says, remarks and files.
func Of(tx *db.Tx, object string, words func(verb string) say.Key) (lines []Line, files []evidence.File, err error) {
	entries, err := journal.Of(tx, object)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		if word := words(e.Verb); word != "" {
			lines = append(lines, Line{At: e.At, Who: e.Actor, Verb: e.Verb, Words: word, Detail: e.Detail})
		}
	}
	remarks, err := remarksOf(tx, object)
	if err != nil {
		return nil, nil, err
	}
	for _, r := range remarks {
		lines = append(lines, Line{At: r.CreatedAt, Who: r.Person, Unit: r.Unit, Verb: VerbWrite, Words: "备注",
			Text: r.Text})
	}
	if files, err = evidence.Of(tx, object); err != nil {
		return nil, nil, err
	}
	for i, f := range files {
		lines = append(lines, Line{At: f.CreatedAt, Who: f.Person, Unit: f.Unit, Verb: evidence.VerbAttach,
			Words: "附上材料", File: &files[i]})
		if !f.Current() {
			lines = append(lines, Line{At: f.EndedAt, Who: f.EndedBy, Verb: evidence.VerbWithdraw, Words: "撤下材料",
				Text: f.EndedReason, File: &files[i]})
		}
	}
	slices.SortStableFunc(lines, func(a, b Line) int { return a.At.Compare(b.At) })
	return lines, files, nil
}
