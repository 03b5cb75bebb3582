// Package errs is the whole error policy: six kinds, one type, a message that is safe to show.
// The kind is the HTTP status. Anything that is not an *Error is internal: logged once by the web
// kernel and never shown.
package errs

import (
	"errors"
	"fmt"
	"iter"
	"sort"
	"strconv"
	"strings"
)

// Kind says who can do something about an error. Its value is the HTTP status.
type Kind int

const (
	Invalid  Kind = 422 // the input must change
	Denied   Kind = 403 // the user may not
	Missing  Kind = 404 // it does not exist, or this user may not know that it does
	Conflict Kind = 409 // somebody or something was faster; look again
	Internal Kind = 500 // ours
	Busy     Kind = 503 // the database cannot do it now: locked, slow, full or away; nothing was changed
)

// Error is an error a user may read. Msg is a message key in Chinese (translated at the edge by
// part.T), with its arguments in Args as for fmt.Sprintf; Fields maps an input field to its message.
type Error struct {
	Kind   Kind
	Msg    string
	Args   []any
	Fields Fields
	Err    error
}

// Fields collects one message per input field, so that a user mends everything in one go. A message with arguments is
// made by Say.
type Fields map[string]string

func (e *Error) Error() string {
	parts := []string{fmt.Sprintf(e.Msg, Cut(e.Args)...)}
	for name, said := range e.Fields.First() {
		msg, args := Said(said)
		parts = append(parts, name+": "+fmt.Sprintf(msg, args...))
	}
	if e.Err != nil {
		parts = append(parts, cut(e.Err.Error(), 20*maxQuoted))
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

// Invalidf says that the input must change, and how.
func Invalidf(msg string, args ...any) error { return &Error{Kind: Invalid, Msg: msg, Args: args} }

// Deniedf says that the user may not do this.
func Deniedf(msg string, args ...any) error { return &Error{Kind: Denied, Msg: msg, Args: args} }

// Missingf says that there is no such thing for this user.
func Missingf(msg string, args ...any) error { return &Error{Kind: Missing, Msg: msg, Args: args} }

// Conflictf says that the thing has changed meanwhile.
func Conflictf(msg string, args ...any) error { return &Error{Kind: Conflict, Msg: msg, Args: args} }

// Check returns nil if no field has a message, else an Invalid error with msg and all of them.
func (f Fields) Check(msg string) error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Msg: msg, Fields: f}
}

// First are the fields in the order of their names, as many as an answer names.
func (f Fields) First() iter.Seq2[string, string] {
	return func(yield func(name, msg string) bool) {
		for i, name := range f.names() {
			if i == maxFields || !yield(cut(name, maxQuoted), f[name]) {
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
	return Fields{field: SayError(err)}.Check("条件里有的值不能用，请改选后再看。")
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

// Say is a message key with its arguments as one text, for Fields; part.T and Error take it apart again.
func Say(msg string, args ...any) string {
	for _, arg := range args {
		if n, ok := arg.(int); ok {
			msg += separator + "d" + strconv.Itoa(n)
		} else {
			msg += separator + "s" + strings.ReplaceAll(fmt.Sprint(arg), separator, " ")
		}
	}
	return msg
}

// SayError is the message of an error of ours as Say would make it.
func SayError(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return Say(e.Msg, e.Args...)
	}
	return err.Error()
}

// Said takes a text made by Say apart.
func Said(text string) (msg string, args []any) {
	parts := strings.Split(text, separator)
	for _, part := range parts[1:] {
		if n, err := strconv.Atoi(part[1:]); err == nil && part[0] == 'd' {
			args = append(args, n)
		} else {
			args = append(args, part[1:])
		}
	}
	return parts[0], Cut(args)
}

const separator = "\x1f" // the control character made for this
