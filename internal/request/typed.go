package request

// Figures that somebody typed in an answer in place of a reference. They are flagged wherever the answer is read and
// never refused; one that the same answer cites as well, with the same number, counts as cited. Which words are
// statistics is package figurecheck's.

import (
	"encoding/json"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/letter"
)

// Typed is a figure as it was typed, and in the answer to which question.
type Typed struct {
	Question string `json:"question"`
	letter.Typed
}

// Typed are the figures that are typed in what is given, question by question.
func (c Content) Typed(questions []Question) (all []Typed) {
	cited := map[string]bool{}
	for _, g := range c {
		for _, f := range g.Figures {
			cited[plainNumber(f.Value)] = true
		}
	}
	for _, q := range questions {
		for _, t := range letter.TypedIn(c[q.Number].prose()) {
			if !cited[plainNumber(t.Text)] {
				all = append(all, Typed{q.Number, t})
			}
		}
	}
	return all
}

// prose is what somebody wrote in words, or in the cells of a table.
func (g Given) prose() string {
	parts := []string{g.Text, g.None}
	for _, row := range g.Rows {
		parts = append(parts, strings.Join(row, "，"))
	}
	return strings.Join(parts, "\n")
}

// mostSentence is how much of the sentence stands beside a figure, in characters.
const mostSentence = 60

// plainNumber is a figure without what only sets it apart for the eye.
func plainNumber(text string) string {
	return strings.NewReplacer(" ", "", ",", "", "，", "", "％", "%", "约", "").Replace(text)
}

// Typed are the figures that were typed in the version when it was frozen.
func (v Version) Typed(questions []Question) (all []Typed, err error) {
	var text frozenText
	if err := json.Unmarshal([]byte(v.Text), &text); err != nil {
		return nil, err
	}
	if text.Schema == schemaBefore {
		c, err := v.Content()
		return c.Typed(questions), err
	}
	return text.Typed, nil
}

// TypedBy are the figures that were typed in the answers to a request as they were handed in, by the unit that was
// asked.
func TypedBy(tx *db.Tx, q Request) (map[string][]Typed, error) {
	given, err := HandedIn(tx, q.ID)
	if err != nil {
		return nil, err
	}
	by := map[string][]Typed{}
	for unit, v := range given {
		some, err := v.Typed(q.For(unit))
		if err != nil {
			return nil, err
		}
		if len(some) > 0 {
			by[unit] = some
		}
	}
	return by, nil
}

// typedIn are those of a question.
func typedIn(all []Typed, number string) (some []Typed) {
	for _, t := range all {
		if t.Question == number {
			some = append(some, t)
		}
	}
	return some
}
