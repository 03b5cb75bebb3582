package db

// Rows that hold what the program never writes, named by table and column for whoever audits.

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Unreadable says that what stands in a row is not what the program writes there: somebody else wrote it. It is for
// those who look for such places; everybody else has an internal error.
type Unreadable struct {
	Table, Column string // Column "" where only the row is known
	Err           error
}

func (u *Unreadable) Error() string {
	return fmt.Sprintf("%s cannot be read: %v", strings.TrimSuffix(u.Table+"."+u.Column, "."), u.Err)
}

func (u *Unreadable) Unwrap() error { return u.Err }

var (
	scanned   = regexp.MustCompile(`^sql: Scan error on column index \d+, name "(\w+)"`)
	fromTable = regexp.MustCompile(`(?i)\bFROM\s+(\w+)`)
)

// readable names table and column of an error that a row's content made.
func readable(query string, err error) error {
	if err == nil {
		return nil
	}
	_, syntax := errors.AsType[*json.SyntaxError](err)
	_, kind := errors.AsType[*json.UnmarshalTypeError](err)
	column := scanned.FindStringSubmatch(err.Error())
	table := fromTable.FindStringSubmatch(query)
	if !syntax && !kind && column == nil || table == nil {
		return err
	}
	u := &Unreadable{Table: table[1], Err: err}
	if column != nil {
		u.Column = column[1]
	}
	return u
}
