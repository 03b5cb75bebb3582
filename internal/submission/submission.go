// Package submission is how reported numbers become signed facts: a form's cells are typed, frozen as one canonical
// text, signed by two people with their own keys, checked and accepted by the office, returned or amended; each
// with a receipt that can be checked offline. It sums nothing (package fact) and computes no indicator.
package submission

import (
	"strings"
	"time"

	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

// Submission is one unit's answer to one form for one area and period, with the rows it refers to.
type Submission struct {
	ID           string
	Form         form.Form
	Unit         network.Unit
	Area         network.Area
	Period       period.Period
	State        State
	DueOn        string // the last day on time
	Late         bool   // the second signature came after DueOn
	Typed        Typed  // the draft
	AmendReason  string // travels into the signed text
	ReturnReason string
	AcceptedID   int64 // the version whose facts are live; 0 = none
	Entries      int64 // in the journal
	Version      int64 // of the row, so that two people cannot overwrite each other unseen
	UpdatedBy    string
	UpdatedAt    time.Time
	Past         form.Past // what the rules of an open report look at
}

// Object is the submission's name in the journal.
func (s Submission) Object() string { return "submission/" + s.ID }

// URL is the submission's page.
func (s Submission) URL() string { return "/submissions/" + s.ID }

// Overdue says whether the second signature is still missing after the last day on time.
func (s Submission) Overdue(today string) bool { return overdue(s.State, s.AcceptedID, s.DueOn, today) }

// overdue: an amendment of what came in time is not late.
func overdue(state State, accepted int64, dueOn, today string) bool {
	return accepted == 0 && dueOn != "" && today > dueOn && state.Unsent()
}

// Review is what the form says about cells as typed.
type Review struct {
	Values form.Values
	Fields errs.Fields // messages by cells[KEY] and notes[KEY]
	Hard   []form.Finding
	Soft   []form.Finding
}

// Review reads and checks the draft. A soft finding without a reason is a message too.
func (s Submission) Review() Review {
	values, fields := s.Form.Read(s.Typed.Cells)
	hard, soft := s.Form.CheckWith(values, s.Past)
	for _, f := range soft {
		if strings.TrimSpace(s.Typed.Notes[f.Key]) == "" {
			fields.Say("notes["+f.Key+"]", "请说明原因，它会写进签字文本，由各签字人共同负责。")
		}
	}
	return Review{values, fields, hard, soft}
}

// Check is nil if the draft can be signed, else says all that is in the way.
func (r Review) Check() error {
	fields := errs.Fields{}
	for name, msg := range r.Fields {
		fields[name] = msg
	}
	for _, f := range r.Hard {
		for _, key := range f.Cells {
			if name := "cells[" + key + "]"; fields[name].IsZero() {
				fields[name] = f.Words()
			}
		}
	}
	return fields.Check("还不能签字：请先改正标出的各格，已填的内容都保留着。")
}
