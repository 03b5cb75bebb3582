package letter

// Figures that were typed into a text: each should be a reference, so that it can be proven. Which numbers are figures,
// and not dates or names, package figurecheck knows.

import (
	"yipanqi/internal/figurecheck"
)

// typed is a figure that stands in a text as somebody typed it.
type typed struct {
	Text     string `json:"text"`
	Sentence string `json:"sentence"`
}

// vocabulary knows no indicator: what a figure is about does not matter here.
var vocabulary = figurecheck.NewVocabulary(nil, nil, nil)

// figures are the statistics that are typed in a text.
func figures(body string) (all []typed) {
	runes := []rune(body)
	for _, f := range vocabulary.Read(body, figurecheck.About{}).Figures {
		if f.Kind.Statistic() {
			all = append(all, typed{f.Text, string(runes[f.Sentence.Start:f.Sentence.End])})
		}
	}
	return all
}
