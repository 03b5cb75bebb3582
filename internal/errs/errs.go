// Package errs is the whole error policy: a few kinds, one type, a message that is safe to show.
// The kind is the HTTP status. Anything that is not an *Error is internal: logged once by the web
// kernel and never shown.
package errs

import (
	"errors"
	"iter"
	"sort"
	"strings"

	"yipanqi/internal/say"
)

// Kind says who can do something about an error. Its value is the HTTP status.
type Kind int

const (
	Invalid  Kind = 422 // the input must change
	Denied   Kind = 403 // the user may not
	Missing  Kind = 404 // it does not exist, or this user may not know that it does
	Conflict Kind = 409 // somebody or something was faster; look again
	Internal Kind = 500 // ours
	Often    Kind = 429 // this machine tries too often; later
	Busy     Kind = 503 // the database cannot do it now: locked, slow, full or away; nothing was changed
)

// What an answer tells of a refusal has a bound, as the input has.
const (
	maxFields = 200
	maxName   = 1000  // characters
	maxCause  = 20000 // characters
)

// Error is an error a user may read, in words that are said at the edge. Fields maps an input field to what is wrong
// with it.
type Error struct {
	Kind   Kind
	Words  say.Words
	Fields Fields
	Err    error
}

// Fields collects one message per input field, so that a user mends everything in one go.
type Fields map[string]say.Words

// Say puts the message of a field.
func (f Fields) Say(name string, msg say.Key, args ...any) { f[name] = say.New(msg, args...) }

func (e *Error) Error() string {
	parts := []string{e.Words.String()}
	for name, words := range e.Fields.First() {
		parts = append(parts, name+": "+words.String())
	}
	if e.Err != nil {
		parts = append(parts, say.Cut(e.Err.Error(), maxCause))
	}
	return strings.Join(parts, "; ")
}

func (e *Error) Unwrap() error { return e.Err }

func (f Fields) names() []string {
	names := make([]string, 0, len(f))
	for name := range f {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func because(kind Kind, msg say.Key, args []any) error {
	return &Error{Kind: kind, Words: say.Words{Key: msg, Args: args}}
}

// Invalidf says that the input must change, and how.
func Invalidf(msg say.Key, args ...any) error { return because(Invalid, msg, args) }

// Deniedf says that the user may not do this.
func Deniedf(msg say.Key, args ...any) error { return because(Denied, msg, args) }

// Missingf says that there is no such thing for this user.
func Missingf(msg say.Key, args ...any) error { return because(Missing, msg, args) }

// Conflictf says that the thing has changed meanwhile.
func Conflictf(msg say.Key, args ...any) error { return because(Conflict, msg, args) }

// Check returns nil if no field has a message, else an Invalid error with msg and all of them.
func (f Fields) Check(msg say.Key) error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Words: say.New(msg), Fields: f}
}

// First are the fields in the order of their names, as many as an answer names.
func (f Fields) First() iter.Seq2[string, say.Words] {
	return func(yield func(name string, words say.Words) bool) {
		for i, name := range f.names() {
			if i == maxFields || !yield(say.Cut(name, maxName), f[name]) {
				return
			}
		}
	}
}

// In says of a filter or a field that its value is at fault: what is missing or invalid by itself becomes an Invalid
// error that names it.
func In(field string, err error) error {
	if kind := KindOf(err); kind != Missing && kind != Invalid {
		return err
	}
	return Fields{field: WordsOf(err)}.Check("条件里有的值不能用，请改选后再看。")
}

// KindOf is the kind of err; Internal for anything that is not ours.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// FieldsOf are the field messages of err, nil if it has none.
func FieldsOf(err error) Fields {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Fields
	}
	return nil
}

// WordsOf is what an error of ours says without its fields; another's text as it is.
func WordsOf(err error) say.Words {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Words
	}
	return say.New("%s", err.Error())
}
