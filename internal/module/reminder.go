package module

// What a module says of the things that wait for people, so that they can be reminded. Who is told, and when, is not
// its business.

import (
	"maps"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Reminder is one kind of a module's things that wait for people; package notice tells them.
type Reminder struct {
	Object string // the first word of its objects: submission
	Verbs  string // journal entries after which its things may wait no more: submission.
	Steps  []Ask  // that may stand in a ladder

	// Due lists what is due up to a day, in a fixed order from a place on ("" is the beginning), and where the next
	// piece begins ("" is the end).
	Due func(tx *db.Tx, until, from string) (things []Due, next string, err error)
	// Of finds things by their objects, also those that wait for nothing any more. One that is not there is Missing, or
	// left out.
	Of func(tx *db.Tx, objects []string) (map[string]Due, error)
}

// Found are the things of objects that are there: what was deleted, or cannot be read any more, is left out.
func (r Reminder) Found(tx *db.Tx, objects []string) (map[string]Due, error) {
	found, err := r.Of(tx, objects)
	if errs.KindOf(err) != errs.Missing {
		return found, err
	}
	if len(objects) == 1 {
		return nil, nil
	}
	found = map[string]Due{}
	for _, object := range objects { // one of them is gone, and the others are not to go with it
		one, err := r.Found(tx, []string{object})
		if err != nil {
			return nil, err
		}
		maps.Copy(found, one)
	}
	return found, nil
}

// Ask is what somebody is to do: its verb, whose part it is, and Chinese words for a ladder (填报) and for a reminder
// to that part (请填报).
type Ask struct {
	Verb, Part string // a part of the thing, or a role of the unit above that is to do it
	Label, Ask say.Key
}

// Due is what waits, as its module says. Step and DueOn are empty if it waits for nothing.
type Due struct {
	Object         string
	Title, TitleEN string
	URL            string
	Unit           string // whose it is
	UnitName       string
	UnitNameEN     string
	AreaPath       string
	Step           string
	DueOn          string
	Roles          map[string]string // roles that stand for a part: first, second
}

// piece is how many rows are asked for at once.
const piece = 500

// Waiting makes Due of rows: read lists those that may be due up to a day, from a key on, at most so many; key is where
// the rows after one begin; says is what a row waits for, which may be nothing.
func Waiting[T any](read func(tx *db.Tx, until, from string, most int) ([]T, error), key func(T) string,
	says func(T, *db.Tx) (Due, error)) func(*db.Tx, string, string) ([]Due, string, error) {
	return func(tx *db.Tx, until, from string) (things []Due, next string, err error) {
		rows, err := read(tx, until, from, piece)
		if err != nil {
			return nil, "", err
		}
		for _, row := range rows {
			d, err := says(row, tx)
			if errs.KindOf(err) == errs.Missing {
				continue // of what it belongs to there is nothing left: nobody waits for it
			}
			if err != nil {
				return nil, "", err
			}
			if d.Step != "" && d.DueOn != "" && d.DueOn <= until {
				things = append(things, d)
			}
		}
		if len(rows) == piece {
			next = key(rows[piece-1])
		}
		return things, next, nil
	}
}

// Waited makes Of of rows that have an id each: what stands behind the slash of their objects.
func Waited[T any](get func(tx *db.Tx, id string) (T, error),
	says func(T, *db.Tx) (Due, error)) func(*db.Tx, []string) (map[string]Due, error) {
	return func(tx *db.Tx, objects []string) (map[string]Due, error) {
		things := map[string]Due{}
		for _, object := range objects {
			_, id, _ := strings.Cut(object, "/")
			row, err := get(tx, id)
			if err == nil {
				things[object], err = says(row, tx)
			}
			if errs.KindOf(err) == errs.Missing {
				delete(things, object)
			} else if err != nil {
				return nil, err
			}
		}
		return things, nil
	}
}
