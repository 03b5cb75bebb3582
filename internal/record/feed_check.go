package record

// Which measures go into which cells of which forms, said before anything is closed, and those refused that can go
// nowhere. How the cells are filled is feed.go's.

import (
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/intake"
	"yipanqi/internal/period"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

// Feeds are the cells of forms that each measure of a definition fills, and what is wrong where it cannot.
func Feeds(tx *db.Tx, d register.Definition) (all []Effect, err error) {
	k, err := castOf(tx, d)
	if err != nil {
		return nil, err
	}
	forms, err := form.List(tx)
	if err != nil {
		return nil, err
	}
	for _, f := range forms {
		for _, m := range d.Measures {
			if err := k.into(m, f); err != nil {
				all = append(all, Effect{What: errs.WordsOf(err), Refused: true})
				continue
			}
			var cells []string
			for _, spec := range f.Cells() {
				if asksFor(d, m, f, spec) {
					cells = append(cells, spec.Words())
				}
			}
			if len(cells) > 0 && slices.Contains(m.Per, f.Frequency) {
				all = append(all, Effect{What: say.New("统计“%s”结账后填入%s：%s", m.Name, f.Code,
					strings.Join(cells, "、"))})
			}
		}
	}
	return all, nil
}

// owned refuses a measure into an element that units report which have no part in the register, and one that its cells
// cannot hold: a number has one source, and nobody else fills it in.
func owned(r *intake.Run) error {
	all, err := Registers(r.Tx)
	if err != nil {
		return err
	}
	forms, err := form.List(r.Tx)
	if err != nil {
		return err
	}
	for _, d := range all {
		if err := reaches(r.Tx, d); err != nil {
			return err
		}
		k, err := castOf(r.Tx, d)
		if err != nil {
			return err
		}
		for _, f := range forms {
			for _, m := range d.Measures {
				if err := k.into(m, f); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// into says why a measure cannot go into a form that asks for its element.
func (c cast) into(m register.Measure, f form.Form) error {
	at := slices.IndexFunc(f.Rows, func(row form.Row) bool { return row.Element == m.Into })
	switch {
	case at < 0 || !slices.Contains(m.Per, f.Frequency) || m.YearStart != f.YearStart:
		return nil
	case !c.works(f.Reporters):
		return errs.Invalidf("业务登记“%s”的统计“%s”计入%s，填报“%s”的单位却不办这项登记。请改计入的数据项，或在%s里写明它办哪个环节。",
			c.d.Name, m.Name, m.Into, f.Name, partsFile)
	case len(m.As) > 0 && m.Overlaps(c.d) && f.ByCategory() && f.Adding()[0].Category != "":
		return errs.Invalidf("业务登记“%s”的统计“%s”各类之间有重叠，加起来不是合计，%s却没有合计栏。请给报表加合计栏，或改用不重叠的分项。",
			c.d.Name, m.Name, f.Name)
	case m.Decimals > f.Rows[at].Of.Decimals:
		return errs.Invalidf("业务登记“%s”的统计“%s”有%d位小数，计入的数据项%s只有%d位。请改成一样。", c.d.Name, m.Name, m.Decimals, m.Into,
			f.Rows[at].Of.Decimals)
	}
	return nil
}

// Counting are the registers that count what the cells of a form ask for in a period, by key of the cell, where units
// of the kind that fills the form in play a part in them.
func Counting(tx *db.Tx, f form.Form, p period.Period) (map[string][]register.Definition, error) {
	all, err := Registers(tx)
	if err != nil {
		return nil, err
	}
	by := map[string][]register.Definition{}
	for _, d := range all {
		cells := asks(d, f, p)
		if len(cells) == 0 {
			continue
		}
		k, err := castOf(tx, d)
		if err != nil {
			return nil, err
		}
		if k.works(f.Reporters) {
			for key := range cells {
				by[key] = append(by[key], d)
			}
		}
	}
	return by, nil
}
