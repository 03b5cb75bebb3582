// Package proof leads from a figure back to the people who signed for it: formula, parts, the submission of every area,
// two signatures verified again on the spot, and the sum of the signed texts against the figure. A quoted figure leads
// to its named source. It decides nothing and stores nothing.
package proof

import (
	"time"

	"yipanqi/internal/fact"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/say"
	"yipanqi/internal/signed"
	"yipanqi/internal/submission"
)

// Proof is a figure with everything it rests on, as far as its reader may see.
type Proof struct {
	Value      progress.Shown     `json:"value"`
	Status     progress.Status    `json:"status"`            // from verification, not from the record
	Formula    string             `json:"formula,omitempty"` // in elements' codes
	Parts      []Part             `json:"parts"`
	Sources    []Source           `json:"sources"`
	Assertions []signed.Assertion `json:"checks"`
	Tally      submission.Tally   `json:"tally"`              // of the sources, by who signed them
	Withheld   int                `json:"withheld,omitempty"` // sources whose content the reader may not see
	// Since is when definitions were first attested, if something that the figure rests on was accepted before.
	Since time.Time `json:"definitions_since,omitzero"`

	value  progress.Value
	before progress.Value // the period before, if it is known
	sums   []int64        // of the cells of the signed texts, by part
}

// Part is an operand of the formula with its amount by sex.
type Part struct {
	Element  string `json:"element"`
	Category string `json:"category,omitempty"`
	Name     string `json:"name"`
	NameEN   string `json:"-"`
	Period   string `json:"period"`
	Unit     string `json:"unit"`
	Men      string `json:"men,omitempty"`
	Women    string `json:"women,omitempty"`
	Total    string `json:"total"`
	Reported int    `json:"reported"`
	Due      int    `json:"due"`

	// Which kind of nothing stands where there is no number: 不适用, 暂缺, 保密 …
	Nothing      string `json:"nothing,omitempty"`
	MenNothing   string `json:"men_nothing,omitempty"`
	WomenNothing string `json:"women_nothing,omitempty"`

	Addends []Addend `json:"addends"` // what each area put into Total

	of progress.Part
}

// Source is one area's submission behind the figure. Without content the reader sees its state and whether it verifies.
type Source struct {
	Area       network.Area     `json:"area"`
	Unit       string           `json:"unit"`
	UnitEN     string           `json:"-"`
	Form       string           `json:"form"`
	Period     period.Period    `json:"period"`
	State      submission.State `json:"state"`
	Reported   bool             `json:"reported"`
	Late       bool             `json:"late,omitempty"`
	Signed     bool             `json:"signed"` // by two
	OnPaper    bool             `json:"signed_on_paper,omitempty"`
	Verified   bool             `json:"verified"`
	Origin     string           `json:"origin,omitempty"`
	Visible    bool             `json:"visible"` // to the reader; the rest is empty if not
	Submission string           `json:"submission,omitempty"`
	Version    int64            `json:"version,omitempty"`
	Digest     string           `json:"digest,omitempty"`
	Named      string           `json:"source,omitempty"` // of historical data
	Signatures []Signature      `json:"signatures,omitempty"`
	Receipt    string           `json:"receipt,omitempty"`
	// Counted is where cells that the figure takes in come from, if registers counted them.
	Counted []Counted `json:"counted,omitempty"`

	version submission.Version
	called  submission.Called
	problem signed.Assertion // the first that does not hold
}

// Counted is a signed cell with the closing of a register that its number comes from.
type Counted struct {
	Cell string `json:"cell"` // 结婚登记人数·男
	submission.Counted
}

// Signature names who signed.
type Signature struct {
	Role   string    `json:"role"`
	Place  string    `json:"place"` // what the form calls it
	Person string    `json:"person"`
	Post   string    `json:"post"`
	Unit   string    `json:"unit"`
	At     time.Time `json:"at"`
	Digest string    `json:"digest"`
	Kind   string    `json:"kind,omitempty"` // paper: in ink
	On     string    `json:"on,omitempty"`   // the day that one in ink bears
	Sample bool      `json:"sample,omitempty"`
}

// verdict holds the figure against what was verified: all in, all signed and right, and adding up.
func (p *Proof) verdict(sums []signed.Assertion) {
	verified, both := true, true
	for _, s := range p.Sources {
		verified = verified && (!s.Reported || s.Verified)
		both = both && (!s.Reported || s.Signed)
	}
	complete := p.value.Complete()
	p.Assertions = append([]signed.Assertion{
		{Words: say.New("应报的都已报齐"), OK: complete},
		{Words: say.New("每份报表都由该签字的人签齐"), OK: both},
		{Words: say.New("每份报表的文本和摘要、已有的证书和签名都验证通过，计入的数与文本逐格一致"), OK: verified},
	}, sums...)
	p.Status = progress.Proven
	for i, c := range p.Assertions {
		if !c.OK && i > 0 {
			p.Status = progress.Unproven
		}
	}
	p.Status = p.Tally.Weakens(p.Status)
	if !complete {
		p.Status = progress.Incomplete
	}
}

// add puts the cells of a signed text into the parts that take them in: what the figure should rest on.
func (p *Proof) add(at period.Period, cells []fact.Cell) {
	for n, part := range p.value.Parts {
		if at != part.Period {
			continue
		}
		whole := fact.HasWhole(cells, part.Element.ID, part.Calibre)
		for _, c := range cells {
			if part.Cell().Takes(c, whole) && c.Mark.Summable() {
				p.sums[n] += c.Value
			}
		}
	}
}
