package network

// What a unit has to do: a dated text, of which one holds at a time. What it does for a goal is the breakdown's
// business.

import (
	"strings"

	"yipanqi/internal/errs"
)

// UnitDuty is what a unit has to do from a day on.
type UnitDuty struct {
	Unit     string `json:"unit"`
	OpensOn  string `json:"opens_on"`
	ClosesOn string `json:"closes_on,omitempty"`
	Text     string `json:"text"`
	Clause   string `json:"clause,omitempty"` // of the breakdown that gives it
	Basis    string `json:"basis"`
}

// OpenOn says whether the duty holds on a day.
func (d UnitDuty) OpenOn(day string) bool { return openOn(d.OpensOn, d.ClosesOn, day) }

// Validate checks what the database cannot.
func (d UnitDuty) Validate() error {
	f := errs.Fields{}
	required(f, "unit", d.Unit)
	required(f, "text", d.Text)
	required(f, "basis", d.Basis)
	dated(f, d.OpensOn, d.ClosesOn)
	if len([]rune(strings.TrimSpace(d.Text))) > 3000 {
		f.Say("text", "职责最多3000个字。")
	}
	return f.Check("单位职责不完整。")
}
