package request

// What the units of a draft were asked in the year before, so that whoever sends it sees what it adds, and which
// earlier answer covers the same question. Forms and meetings are counted where they are kept.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// Burden is what one unit was asked in the last twelve months, and what of the draft it was asked before.
type Burden struct {
	Unit      string    `json:"unit"`
	Name      string    `json:"unit_name"`
	Requests  int       `json:"requests"`
	Questions int       `json:"questions"`
	Written   int       `json:"characters"` // of what it submitted
	Earlier   []Earlier `json:"earlier"`
}

// Earlier is an answer to the same question.
type Earlier struct {
	Question string `json:"question"` // number in the draft
	Answer   string `json:"answer"`   // id
	Title    string `json:"title"`    // of the request then
	On       string `json:"on"`
}

// burdens are those of the draft's units, as far as by asks or oversees what they were asked.
func (r Request) burdens(tx *db.Tx, by auth.User) ([]Burden, error) {
	asked, err := askedSince(tx, r.Addressees, tx.Now.AddDate(-1, 0, 0))
	if err != nil {
		return nil, err
	}
	all := make([]Burden, 0, len(r.Addressees))
	for _, unit := range r.Addressees {
		b := Burden{Unit: unit, Earlier: []Earlier{}}
		for _, a := range asked {
			if a.Unit != unit || !a.request.owns(by) {
				continue
			}
			b.Requests++
			for _, q := range a.request.Questions {
				if !q.Asks(a.Asked) {
					continue
				}
				b.Questions++
				if a.SubmittedAt.IsZero() {
					continue
				}
				for _, now := range r.Questions {
					if now.Asks(unit) && same(now, q) {
						b.Earlier = append(b.Earlier, Earlier{now.Number, a.ID, a.request.Title,
							a.SubmittedAt.In(db.China).Format("2006-01-02")})
					}
				}
			}
			if !a.SubmittedAt.IsZero() {
				b.Written += a.Draft.Characters()
			}
		}
		all = append(all, b)
	}
	return all, nil
}

// same says whether two questions ask the same: in the same words, or for the same place.
func same(a, b Question) bool {
	plain := func(text string) string {
		return strings.Map(func(c rune) rune {
			if strings.ContainsRune(" \t\n，。？！、；：（）,.?!;:()“”\"", c) {
				return -1
			}
			return c
		}, text)
	}
	return plain(a.Text) == plain(b.Text) || a.Feeds != "" && strings.TrimSpace(a.Feeds) == strings.TrimSpace(b.Feeds)
}

// heaviest puts the units first that were asked most.
func heaviest(all []Burden) {
	slices.SortStableFunc(all, func(a, b Burden) int { return b.Questions - a.Questions })
}
