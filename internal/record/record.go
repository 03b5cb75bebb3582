// Package record is the records of registers: rows that a definition file describes (package register), kept, moved
// through their stages, listed, counted, closed and printed. It knows no register by name.
package record

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/held"
	"yipanqi/internal/register"
)

// Record is one.
type Record struct {
	ID        string        `json:"id"`
	Register  string        `json:"register"`
	Version   int64         `json:"definition"` // that it was made by
	Number    string        `json:"number"`
	Title     string        `json:"title"`
	Unit      string        `json:"unit"`
	Area      string        `json:"area"`
	AreaPath  string        `json:"-"`
	State     string        `json:"state"`
	Since     time.Time     `json:"since"`
	DueOn     string        `json:"due,omitempty"`
	DueAt     string        `json:"due_at,omitempty"` // of a limit in hours
	Body      register.Body `json:"value"`
	Counted   register.Body `json:"-"` // as it was last confirmed
	Counts    bool          `json:"counts"`
	Origin    string        `json:"origin"`
	Edits     int64         `json:"version"`
	CreatedBy string        `json:"-"`
	CreatedAt time.Time     `json:"created_at"`
	UpdatedBy string        `json:"updated_by"`
	UpdatedAt time.Time     `json:"updated_at"`
	Offered   string        `json:"offered_to,omitempty"` // unit that a referral waits for, where a page asks for it
}

// Where records come from.
const (
	Entered  = "entered"
	FromFile = "imported"
)

// sourceKey is the key of the public source that a record is quoted from, as far as that says it.
const sourceKey = "quoted"

// Object is the record in the journal.
func (r Record) Object() string { return "record/" + r.ID }

// URL is the record's page.
func (r Record) URL() string { return "/registers/" + r.Register + "/records/" + r.ID }

// text is a body as it is stored: keys in order, so that equal bodies are equal texts.
func text(b register.Body) string {
	if b == nil {
		b = register.Body{}
	}
	if text, plain := db.Object(b); plain {
		return text
	}
	body, _ := json.Marshal(b) // a map of texts always marshals
	return string(body)
}

// row is what of a record the journal has to say.
func (r Record) row() held.Row {
	return held.Row{"register": r.Register, "version": held.Int(r.Version), "number": r.Number, "title": r.Title,
		"unit": r.Unit, "area": r.Area, "area_path": r.AreaPath, "state": r.State, "since": held.Time(r.Since),
		"due_on": r.DueOn, "due_at": r.DueAt, "body": text(r.Body), "counted": text(r.Counted),
		"counts": held.Bool(r.Counts), "origin": r.Origin, "created_by": r.CreatedBy,
		"created_at": held.Time(r.CreatedAt)}
}

// changes are the values that differ between two bodies, cut short, for who reads the record's trail.
func changes(before, now register.Body) map[string]string {
	detail := map[string]string{}
	keys := slices.Sorted(maps.Keys(now))
	for k := range before {
		if _, still := now[k]; !still {
			keys = append(keys, k)
		}
	}
	for _, k := range keys {
		if before[k] != now[k] && len(detail) < most {
			detail["set."+k] = short(now[k])
		}
	}
	return detail
}

const most = 40 // values that one entry names

func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}

// Permissions, which are words of the journal too. Who may take which step of a register its definition says.
const (
	VerbRead   = "record.read"
	VerbCreate = "record.create"
	VerbSave   = "record.save"
	VerbStep   = "record.step"
	VerbImport = "record.import"
	VerbClose  = "record.close"
	VerbReopen = "record.reopen"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers:        {VerbRead},
	auth.Office:         append([]string{VerbImport}, keeps...),
	auth.Liaison:        append([]string{VerbImport}, keeps...),
	auth.Statistician:   append([]string{VerbImport}, keeps...),
	auth.Leader:         keeps,
	auth.CommitteeChief: {VerbStep},
})

// keeps are for whoever keeps records or oversees them.
var keeps = append([]string{VerbCreate, VerbSave, VerbStep, VerbClose, VerbReopen, VerbRaise}, refers...)

// refers are those of referrals.
var refers = []string{VerbOffer, VerbAccept, VerbRefuse, VerbWithdraw}
