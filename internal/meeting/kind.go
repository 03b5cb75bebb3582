package meeting

// Kinds of meetings, and who needs which training: tables that the program proposes and an office replaces row by row.

import (
	_ "embed"
	"encoding/csv"
	"slices"
	"strings"
	"sync"

	"yipanqi/internal/db"
	"yipanqi/internal/say"
)

// Status of a row. A proposed one works, and is shown as not confirmed by the office.
type Status string

const (
	Proposed  Status = "proposed"
	Confirmed Status = "confirmed"
	Off       Status = "off"
)

var statusOf = map[string]Status{"": Proposed, "待确认": Proposed, "已确认": Confirmed, "停用": Off}

// Kind is a kind of meeting.
type Kind struct {
	Code         string
	Name, NameEN string
	Invitees     string // who is usually asked, in words
	NeedsMinutes bool
	Training     bool   // counts as training: has an item of it
	Rhythm       string // how often it is held; '' = not known
	Status       Status
	Position     int
}

// Called is the kind as a name.
func (k Kind) Called() say.Name { return say.Name{ZH: k.Name, EN: k.NameEN} }

// Need says that a role needs a kind of training.
type Need struct {
	Role    string `json:"role"`
	Subject string `json:"subject"`
	Status  Status `json:"status"`
	Basis   string `json:"basis,omitempty"`
}

var (
	//go:embed kinds.csv
	kindsCSV string
	//go:embed needs.csv
	needsCSV string
)

// proposedKinds are the kinds that the program proposes.
var proposedKinds = sync.OnceValue(func() (all []Kind) {
	for i, row := range proposed(kindsCSV) {
		all = append(all, Kind{Code: row[0], Name: row[1], NameEN: row[2], Invitees: row[3],
			NeedsMinutes: row[4] == "是",
			Training:     row[5] == "是", Rhythm: row[6], Status: statusOf[row[7]], Position: i + 1})
	}
	return all
})

var proposedNeeds = sync.OnceValue(func() (all []Need) {
	for _, row := range proposed(needsCSV) {
		all = append(all, Need{row[0], codeOf(subjects, row[1]), statusOf[row[2]], row[3]})
	}
	return all
})

// proposed are the rows of a table in the program, without its heads.
func proposed(text string) [][]string {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic(err) // it is in the program
	}
	return rows[1:]
}

// What db.Remember keeps.
type (
	kindsKey struct{}
	needsKey struct{}
)

// Kinds are the kinds of meetings in their order: the office's own, and those of the program that it says nothing of.
func Kinds(tx *db.Tx) ([]Kind, error) {
	return db.Remember(tx, kindsKey{}, func(tx *db.Tx) ([]Kind, error) {
		all, err := ownKinds(tx)
		if err != nil {
			return nil, err
		}
		for _, k := range proposedKinds() {
			if !slices.ContainsFunc(all, func(o Kind) bool { return o.Code == k.Code }) {
				all = append(all, k)
			}
		}
		slices.SortStableFunc(all, func(a, b Kind) int { return a.Position - b.Position })
		return all, nil
	})
}

// KindOf is the kind of a code, without a code if there is none.
func KindOf(tx *db.Tx, code string) (Kind, error) {
	all, err := Kinds(tx)
	for _, k := range all {
		if k.Code == code {
			return k, err
		}
	}
	return Kind{}, err
}

// Needs are which roles need which training: the office's own rows for a role and a subject replace the program's.
func Needs(tx *db.Tx) ([]Need, error) {
	return db.Remember(tx, needsKey{}, func(tx *db.Tx) ([]Need, error) {
		all, err := ownNeeds(tx)
		if err != nil {
			return nil, err
		}
		for _, n := range proposedNeeds() {
			if !slices.ContainsFunc(all, func(o Need) bool { return o.Role == n.Role && o.Subject == n.Subject }) {
				all = append(all, n)
			}
		}
		return slices.DeleteFunc(all, func(n Need) bool { return n.Status == Off }), nil
	})
}
