package evaluation

// Figures that participants typed in their self-evaluations in place of references: flagged on their page, in the
// comparison and in the report's list of what two have not signed. Finding them is package request's.

import (
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/request"
	"yipanqi/internal/say"
)

// typed are the figures typed in the self-evaluations as they were handed in, by participant.
func (r Round) typed(tx *db.Tx) (map[string][]request.Typed, error) {
	asked, err := r.Asked(tx)
	if err != nil || len(asked) == 0 {
		return nil, err
	}
	return request.TypedBy(tx, asked[len(asked)-1])
}

// speaksOf are the figures among all whose sentence names the indicator.
func speaksOf(all []request.Typed, indicator string) (texts []string) {
	for _, t := range all {
		if indicator != "" && strings.Contains(t.Sentence, indicator) {
			texts = append(texts, t.Text)
		}
	}
	return texts
}

// typedText is a typed figure as a paper tells of it: the number in its sentence.
func typedText(t request.Typed) string {
	return say.Cut(strings.Join(strings.Fields(t.Sentence), ""), mostSentence)
}

// mostSentence is how much of the sentence stands beside a figure, in characters.
const mostSentence = 60

// byHand is the annex of figures that self-evaluations have without a reference: they stand in the report's count of
// what two have not signed, as all that is typed does.
func (r Round) byHand(tx *db.Tx, b *strings.Builder) error {
	by, err := r.typed(tx)
	if err != nil || len(by) == 0 {
		return err
	}
	names, err := called(tx)
	if err != nil {
		return err
	}
	b.WriteString("下列数在自评文字里手工填写，没有引用数据，没有双签字：\n| 单位 | 原文 |\n")
	for _, p := range r.Participants {
		said := ""
		for _, t := range by[p.Unit] {
			if text := typedText(t); text != said { // a sentence with several is told once
				b.WriteString(row(names(p.Unit), text))
				said = text
			}
		}
	}
	return nil
}
