package issue

// What a research found to be the causes of an issue: each with its kind, what shows it, and how much of the gap it
// makes where that could be computed.

import (
	"math/big"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/matter"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

var hundred = big.NewRat(100, 1)

// Cause is one cause as it is typed and shown.
type Cause struct {
	Text string
	Ground
}

// Ground is what is known of a cause. Share is how much of the gap it makes, in percent.
type Ground struct {
	Kind     string `json:"kind,omitempty"`
	Evidence string `json:"evidence,omitempty"`
	Share    string `json:"share,omitempty"`
}

// found puts causes into a research; grounds only where there are some, as it was kept before there were any.
func (r *Research) found(all []Cause) {
	r.Causes, r.Grounds = []string{}, nil
	known := false
	for _, c := range all {
		r.Causes, r.Grounds = append(r.Causes, c.Text), append(r.Grounds, c.Ground)
		known = known || c.Ground != Ground{}
	}
	if !known {
		r.Grounds = nil
	}
}

// why are the causes of a research with what is known of each.
func (r Research) why() (all []Cause) {
	for n, text := range r.Causes {
		c := Cause{Text: text}
		if n < len(r.Grounds) {
			c.Ground = r.Grounds[n]
		}
		all = append(all, c)
	}
	return all
}

// causeWord is what a kind of cause is called.
func causeWord(kind string) say.Key {
	codes, words := matter.CauseKinds()
	for n, code := range codes {
		if code == kind {
			return words[n]
		}
	}
	return ""
}

// causes reads causes as typed, one a line: text|kind|evidence|percent, of which the text alone has to be there.
func causes(typed string) (all []Cause) {
	codes, words := matter.CauseKinds()
	for _, line := range lines(strings.ReplaceAll(typed, "｜", "|")) {
		cells := append(strings.Split(line, "|"), "", "", "")
		c := Cause{Text: strings.TrimSpace(cells[0]), Ground: Ground{Kind: strings.TrimSpace(cells[1]),
			Evidence: strings.TrimSpace(cells[2]), Share: strings.TrimRight(strings.TrimSpace(cells[3]), "%％ ")}}
		for n, word := range words {
			if string(word) == c.Kind {
				c.Kind = codes[n]
			}
		}
		all = append(all, c)
	}
	return all
}

// typedCauses are causes as they are typed.
func typedCauses(all []Cause, word func(say.Key) string) string {
	var typed []string
	for _, c := range all {
		line := c.Text + "｜"
		if c.Kind != "" {
			line += word(causeWord(c.Kind))
		}
		line += "｜" + c.Evidence + "｜" + c.Share
		typed = append(typed, strings.TrimRight(line, "｜"))
	}
	return strings.Join(typed, "\n")
}

// said is the cause as a paper has it.
func (c Cause) said() string {
	var more []string
	if c.Kind != "" {
		more = append(more, string(causeWord(c.Kind)))
	}
	if c.Share != "" {
		more = append(more, "占差距"+c.Share+"%")
	}
	if c.Evidence != "" {
		more = append(more, "依据："+c.Evidence)
	}
	if len(more) == 0 {
		return c.Text
	}
	return c.Text + "（" + strings.Join(more, "，") + "）"
}

// checkCauses says at a field which cause is not right.
func checkCauses(wrong errs.Fields, all []Cause) {
	if len(all) == 0 || len(all) > maxMany {
		wrong.Say("causes", "请写原因，一行一个，至少一个。")
	}
	for n, c := range all {
		switch share, _, ok := quantity.Decimal(c.Share); {
		case c.Text == "" || longer(c.Text, maxAdvice) || longer(c.Evidence, maxAdvice):
			wrong.Say("causes", "第%d条原因须写明内容；内容和依据各最多%d个字。", n+1, maxAdvice)
		case c.Kind != "" && causeWord(c.Kind) == "":
			wrong.Say("causes", "第%d条原因的类别没有“%s”，请从提示里选。", n+1, c.Kind)
		case c.Share != "" && (!ok || share.Sign() < 0 || share.Cmp(hundred) > 0):
			wrong.Say("causes", "第%d条原因占差距的比重请填0至100的数。", n+1)
		}
	}
}
