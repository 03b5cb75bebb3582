package record

// Records as the search finds them, and the files that lie on them.

import (
	"cmp"

	"yipanqi/internal/db"
	"yipanqi/internal/evidence"
	"yipanqi/internal/find"
	"yipanqi/internal/register"
)

// FindKinds are what this module makes findable.
func FindKinds() []find.Kind {
	return []find.Kind{{Code: "record", Verb: VerbRead, Name: "业务登记记录", NameEN: "Records",
		Page: func(id string) string { return "/records/" + id }},
		{Code: "register", Verb: VerbRead, Name: "业务登记", NameEN: "Registers",
			Page: func(code string) string { return "/registers/" + code }}}
}

// registerFindable puts a register itself where it is found: it has no secrets, only its records have.
func registerFindable(tx *db.Tx, d register.Definition) error {
	return find.Put(tx, find.Doc{Object: "register/" + d.Code, Title: d.Name.ZH, TitleEN: d.Name.EN, Note: "业务登记",
		NoteEN: "Register"})
}

func findable(tx *db.Tx, d register.Definition, r Record) error { return find.Put(tx, docOf(d, r)) }

func docOf(d register.Definition, r Record) find.Doc {
	return find.Doc{Object: r.Object(), Title: r.Title, Note: d.Name.ZH + " " + r.Number,
		NoteEN: cmp.Or(d.Name.EN, d.Name.ZH) + " " + r.Number, Words: []string{r.Number, d.Name.ZH},
		Scope: find.Scope{Unit: r.Unit, Path: r.AreaPath}}
}

// Reindex puts all records where they are found, and their registers before them.
func Reindex(tx *db.Tx) error {
	if err := reindexRecords(tx); err != nil {
		return err
	}
	all, err := Registers(tx)
	for _, d := range all {
		if err == nil {
			err = registerFindable(tx, d)
		}
	}
	return err
}

func reindexRecords(tx *db.Tx) error {
	for after := ""; ; {
		some, err := page(tx, after, 500)
		if err != nil || len(some) == 0 {
			return err
		}
		docs := make([]find.Doc, len(some))
		for i, r := range some {
			d, err := ByVersion(tx, r.Register, r.Version)
			if err != nil {
				return err
			}
			docs[i], after = docOf(d, r), r.ID
		}
		if err := find.Add(tx, docs); err != nil {
			return err
		}
	}
}

// files is how many files lie on a record now.
func files(tx *db.Tx, r Record) (n int, err error) {
	all, err := evidence.Of(tx, r.Object())
	for _, f := range all {
		if f.Current() {
			n++
		}
	}
	return n, err
}
