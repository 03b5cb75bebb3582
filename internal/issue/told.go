package issue

// Issues that a source tells of: they stand as it has them, what it leaves out is not known, and nothing is done with
// them here.

import (
	"strings"
	"time"

	"yipanqi/internal/say"
)

// told says whether the issue is only told of by a source.
func (i Issue) told() bool { return i.Source != "" }

// asTold is how such an issue is kept: a source lists it, and if it names nobody to lead, the office that keeps it
// stands in the row, which no page shows.
func (i *Issue) asTold() {
	if !i.told() {
		return
	}
	if i.State = Listed; i.Lead == "" {
		i.Lead = i.Unit
	}
}

// led says whether it is known who leads.
func (i Issue) led() bool { return !i.told() || i.Lead != i.Unit }

// toldActs are the acts that a source tells of, one a line: 2018 出台政策：印发了什么. No day is known of them.
func toldActs(text string, told bool) (acts []Act, wrong say.Words) {
	for _, line := range lines(text) {
		head, text, cut := strings.Cut(line, "：")
		year, kind, ok := strings.Cut(strings.TrimSpace(head), " ")
		a := Act{Kind: coded(actKinds, strings.TrimSpace(kind)), On: year, Text: strings.TrimSpace(text)}
		switch _, err := time.Parse("2006", year); {
		case !told:
			return nil, say.New("有来源的才能写举措；其他的列入以后在页面上登记")
		case !cut || !ok || err != nil || word(actKinds, a.Kind) == "" || a.Text == "" || longer(a.Text, maxText):
			return nil, say.New("“%s”应写成：2018 出台政策：印发了什么", line)
		}
		acts = append(acts, a)
	}
	return acts, wrong
}
