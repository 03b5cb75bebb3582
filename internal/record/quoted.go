package record

// What a register counted, for texts that refer to it: {{measure child_home.homes_new year=2023 after=余}}. The number
// is that of the closed period; without a closing it is today's, and the text says that it may still move.

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/reference"
	"yipanqi/internal/register"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
)

var _ = reference.Counts(quoted)

// quoted answers for package reference.
func quoted(tx *db.Tx, by auth.User, ref reference.Reference, area network.Area) (c reference.Counted, err error) {
	code, measure := ref.Measure()
	d, err := ByCode(tx, code)
	if err != nil {
		return c, err
	}
	m, known := d.Measure(measure)
	k, err := castOf(tx, d)
	if err != nil {
		return c, err
	}
	field, _ := cut(ref.Split)
	if !known || !k.reads(by, area.Path) || ref.Split != "" && !slices.Contains(m.Split, field) {
		return c, unseen
	}
	p, err := period.Parse(strconv.Itoa(ref.Year))
	if err != nil || !slices.Contains(m.Per, p.Kind()) {
		return c, unseen
	}
	c = reference.Counted{Name: m.Name.ZH, Unit: m.Unit.ZH, Decimals: m.Decimals,
		Proof: fmt.Sprintf("/registers/%s/measures?period=%s&area=%s", code, p, area.Code)}
	closed, err := closingsOver(tx, code, p, area.Path)
	if err != nil {
		return c, err
	}
	if len(closed) > 0 {
		return c, closed[0].quote(tx, &c, m, area, ref.Split)
	}
	t, err := Count(tx, d, p, area.Path)
	if err != nil {
		return c, err
	}
	published, err := quotes(tx, m, area, p)
	if err != nil {
		return c, err
	}
	n := t.at(m, area.Path, "", ref.Split)
	if n.Records == 0 && len(published) > 0 && ref.Split == "" { // where no record counts, what the source says stands
		q := published[0]
		c.Value, c.Mark, c.Published, c.Source, c.SourceURL = ratOf(q.Value), q.mark, true, q.Source, q.URL
		c.Proof, c.Digest = "/published/"+q.id, sign.Digest([]byte(q.Value+"\n"+q.Source+"\n"+q.URL))
		return c, nil
	}
	c.Value, c.Source = ratOf(n.Value), fmt.Sprintf("业务登记“%s”，计入%d条记录", d.Name.ZH, n.Records)
	c.Problem = p.String() + "年还没有结账，数会随记录变动"
	return c, nil
}

// quote says what was frozen, and which accepted reports have it. A share is recomputed from its frozen parts.
func (c Closing) quote(tx *db.Tx, to *reference.Counted, m register.Measure, area network.Area, split string) error {
	d, err := ByVersion(tx, c.Register, c.Version)
	if err != nil {
		return err
	}
	parts, records := []register.Measure{m}, 0
	if m.Method == "share" {
		part, _ := d.Measure(m.Of)
		whole, _ := d.Measure(m.Over)
		parts = []register.Measure{part, whole}
	}
	var values []*big.Rat
	for _, one := range parts {
		value, n := c.frozen(one, area, split)
		values, records = append(values, value), max(records, n)
	}
	switch to.Value = values[0]; {
	case m.Method != "share":
	case values[0] == nil || values[1] == nil || values[1].Sign() == 0:
		to.Value = nil
	default:
		to.Value = new(big.Rat).Quo(values[0], values[1])
		if m.Unit.ZH == "%" {
			to.Value.Mul(to.Value, big.NewRat(100, 1))
		}
	}
	to.Proof, to.Digest = c.URL(), c.Digest
	to.Source = fmt.Sprintf("业务登记“%s”%s结账，计入%d条记录", d.Name.ZH, c.ClosedAt.In(db.China).Format(time.DateOnly),
		records)
	to.Reports, err = c.reported(tx, d, parts, area, split)
	return err
}

// frozen is a measure's number in an area as the period was closed, and how many records it comes from.
func (c Closing) frozen(m register.Measure, area network.Area, split string) (value *big.Rat, records int) {
	for _, n := range c.Counts {
		if n.Measure == m.Code && n.Area == area.Code && n.Sex == "" && n.Split == split {
			return ratOf(n.Value), n.Records
		}
	}
	if !m.Counted() {
		return nil, 0
	}
	return new(big.Rat), 0
}

// reported are the accepted versions of reports that have all of the measures from the closing; none if one is missing.
func (c Closing) reported(tx *db.Tx, d register.Definition, parts []register.Measure, area network.Area,
	split string) (versions []int64, err error) {
	all, err := c.fed(tx, d)
	if err != nil {
		return nil, err
	}
	for _, m := range parts {
		found := false
		for _, f := range all {
			if f.Counted && f.split == split && f.Measure == m.Code && f.Area == area.Code &&
				f.State == submission.Accepted {
				found = true
				if !slices.Contains(versions, f.of.AcceptedID) {
					versions = append(versions, f.of.AcceptedID)
				}
			}
		}
		if !found {
			return nil, nil
		}
	}
	return versions, nil
}

// ratOf is a number as it was frozen; nil if there is none.
func ratOf(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil
	}
	return r
}
