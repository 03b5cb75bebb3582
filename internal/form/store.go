package form

// Forms as rows, and whether a form ever stood as somebody signed it. Filled-in forms are submission's.

import (
	"cmp"
	"encoding/json"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// What db.Remember keeps.
type (
	allForms struct{}
)

// LoadKnown returns what a form file may refer to in this installation.
func LoadKnown(tx *db.Tx) (Known, error) {
	k := Known{Calibres: map[string]int64{}, Levels: map[string]bool{}, Kinds: map[string]bool{}}
	var err error
	if k.Elements, err = element.All(tx); err != nil {
		return k, err
	}
	calibres, err := element.Calibres(tx)
	if err != nil {
		return k, err
	}
	for _, c := range calibres {
		k.Calibres[c.Code] = c.ID
	}
	if k.Categories, err = element.Categories(tx); err != nil {
		return k, err
	}
	for kind, into := range map[string]map[string]bool{"area_level": k.Levels, "unit_kind": k.Kinds} {
		labels, err := network.Labels(tx, kind)
		if err != nil {
			return k, err
		}
		for code := range labels {
			into[code] = true
		}
	}
	return k, nil
}

// List returns all forms by code, ready to read cells; shared with the rows and columns in them, so not to be changed.
func List(tx *db.Tx) ([]Form, error) { return db.Remember(tx, allForms{}, load) }

// ByCode returns one form, ready to read cells; shared, so not to be changed.
func ByCode(tx *db.Tx, code string) (Form, error) {
	return one(tx, func(f Form) bool { return f.Code == code })
}

// ByID returns one form, ready to read cells; shared, so not to be changed.
func ByID(tx *db.Tx, id int64) (Form, error) {
	return one(tx, func(f Form) bool { return f.ID == id })
}

func one(tx *db.Tx, is func(Form) bool) (Form, error) {
	forms, err := List(tx)
	if err != nil {
		return Form{}, err
	}
	if i := slices.IndexFunc(forms, is); i >= 0 {
		return forms[i], nil
	}
	return Form{}, errs.Missingf("没有这张报表。")
}

func load(tx *db.Tx) ([]Form, error) {
	forms, err := db.All(tx, func(r db.Row) (f Form, err error) {
		var id int64
		var definition string
		if err := r.Scan(&id, &definition); err != nil {
			return f, err
		}
		err = json.Unmarshal([]byte(definition), &f)
		f.ID = id
		return f, err
	}, `SELECT id, definition FROM forms`)
	if err != nil || len(forms) == 0 {
		return nil, err
	}
	slices.SortFunc(forms, func(a, b Form) int {
		return cmp.Or(say.Compare(a.Number, b.Number), say.Compare(a.Code, b.Code))
	})
	refers, err := referring(tx)
	if err != nil {
		return nil, err
	}
	for i := range forms {
		refers(&forms[i])
	}
	return forms, nil
}

// Put adds the form, or updates the one with its code, with the levels of its elements; ID is made here. An element
// that another form owns at a level is a Conflict. It reports whether anything changed.
func Put(tx *db.Tx, f Form) (Form, bool, error) {
	f, changed, err := put(tx, f)
	if err != nil || !changed {
		return f, false, err
	}
	return f, true, journal.Log(tx, journal.System, VerbPut, object(f.Code), map[string]string{"digest": f.Digest()})
}

func put(tx *db.Tx, f Form) (Form, bool, error) {
	definition, err := json.Marshal(f)
	if err != nil {
		return f, false, err
	}
	old, err := ByCode(tx, f.Code)
	if err != nil && errs.KindOf(err) != errs.Missing {
		return f, false, err
	}
	if err == nil {
		f.ID = old.ID
		if before, err := json.Marshal(old); err != nil || string(before) == string(definition) {
			return f, false, err
		}
	} else if f.ID, err = db.Value[int64](tx, `SELECT COALESCE(max(id), 0) + 1 FROM forms`); err != nil {
		return f, false, err
	}
	err = tx.Exec(`INSERT INTO forms (id, code, name, definition, valid_until) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, definition = excluded.definition,
		valid_until = excluded.valid_until`,
		f.ID, f.Code, f.Name, string(definition), f.ValidUntil)
	if err != nil {
		return f, false, err
	}
	editions, err := Editions(tx, f.ID)
	if err != nil {
		return f, false, err
	}
	if err := element.PutLevels(tx, f.ID, f.elements(), f.Levels, f.sexes(), spans(editions)); err != nil {
		return f, false, err
	}
	return f, true, findForm(tx, f)
}

// VerbPut is the journal's word for a form that was put, with the digest of its definition.
const VerbPut = "form.put"

func object(code string) string { return "form/" + code }

// Knows says whether digest is that of the form's definition as it stands, or of one that it had before: what people
// signed names the definition that they saw.
func Knows(tx *db.Tx, f Form, digest string) (bool, error) {
	if f.Digest() == digest {
		return true, nil
	}
	entries, err := journal.Of(tx, object(f.Code))
	for _, e := range entries {
		named := e.Verb == VerbPut || e.Verb == VerbPublish
		if named && e.Detail["digest"] == digest && journal.Made(tx, e) {
			return true, nil
		}
	}
	return false, err
}
