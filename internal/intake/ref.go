package intake

// What the codes in a row stand for, in the database and in the files applied so far: whoever refers to a thing of
// another module names its kind.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Codes are what files call one kind of thing by.
type Codes[T any] struct {
	Name say.Key                                 // in words: 单位
	File string                                  // the Path of the files that define it
	Load func(tx *db.Tx, code string) (T, error) // Missing if nothing has the code
}

// Ref is what the code in a column stands for; nothing if it is empty. An unknown code is named by row and column, but
// not once more where the row that defines it was refused, or its file could not be read whole.
func Ref[T any](w *Row, column string, codes Codes[T]) T {
	return RefCode(w, column, codes, w.Text(column))
}

// RefCode is Ref for a code that is not in one column alone.
func RefCode[T any](w *Row, column string, codes Codes[T], code string) (v T) {
	if code == "" {
		return v
	}
	v, found := Find(w.run, codes, code)
	switch {
	case w.run.lost[codes.File][code] || !found && w.run.blind[codes.File]:
		w.bad = true
	case !found:
		w.Fail(column, "没有这个%s：%s", codes.Name, code)
	}
	return v
}

// Find is what code stands for, if anything.
func Find[T any](r *Run, codes Codes[T], code string) (v T, found bool) {
	type known struct {
		v     T
		found bool
	}
	type at struct{ file, code string }
	load := func(tx *db.Tx) (known, error) {
		v, err := codes.Load(tx, code)
		if errs.KindOf(err) == errs.Missing {
			return known{}, nil
		}
		return known{v, err == nil}, err
	}
	if codes.File == r.applying.Path {
		k, err := load(r.Tx)
		r.stop(err)
		return k.v, k.found
	}
	k := Keep(r, at{codes.File, code}, load)
	return k.v, k.found
}

// Keep is load's value, kept until the next file begins. load reads nothing that the rows of this file change; key is a
// comparable value of a type of the caller's own.
func Keep[T any](r *Run, key any, load func(*db.Tx) (T, error)) T {
	if kept, ok := r.kept[key]; ok {
		return kept.(T)
	}
	v, err := load(r.Tx)
	r.stop(err)
	r.kept[key] = v
	return v
}
