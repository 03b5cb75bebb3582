package letter

// How letters are received, as a measure: receipts of editions in force, of units that they are addressed to, with the
// working days that it took.

import (
	"fmt"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/holiday"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

// Reception is the measure of receipts: numerator and denominator, those in time, and the median of working days.
type Reception struct {
	Of       int `json:"of"`       // units addressed by what is in force
	Received int `json:"received"` // of them
	InTime   int `json:"in_time"`  // by the day of the limit
	Paper    int `json:"paper"`    // registered for a unit that signed on paper

	Median string `json:"median,omitempty"` // working days from issue to receipt, such as "2.5"
}

// Received measures the letters of a year that by may see: all of them, and those to each unit that was addressed, by
// its code.
func Received(tx *db.Tx, by auth.User, of module.Work) (all Reception, units map[string]Reception, err error) {
	rows, err := receptions(tx, by, of)
	if err != nil {
		return all, nil, err
	}
	days, err := holiday.Table(tx)
	if err != nil {
		return all, nil, err
	}
	each := map[string][]reception{}
	for _, one := range rows {
		each[one.unit] = append(each[one.unit], one)
	}
	units = map[string]Reception{}
	for unit, some := range each {
		if units[unit], err = measured(some, days); err != nil {
			return all, nil, err
		}
	}
	all, err = measured(rows, days)
	return all, units, err
}

func measured(rows []reception, days calendar.Table) (r Reception, err error) {
	var took []int
	for _, one := range rows {
		r.Of++
		if one.on == "" {
			continue
		}
		r.Received++
		if one.on <= one.due {
			r.InTime++
		}
		if one.paper {
			r.Paper++
		}
		n := 0
		at, err := time.Parse(time.DateOnly, one.issued)
		if err != nil {
			return r, err
		}
		for at = at.AddDate(0, 0, 1); at.Format(time.DateOnly) <= one.on; at = at.AddDate(0, 0, 1) {
			if !days.Off(at.Format(time.DateOnly)) {
				n++
			}
		}
		took = append(took, n)
	}
	r.Median = module.Median(took)
	return r, nil
}

// Measures are how letters to units are received, and of those that units sent how many figures are signed.
func Measures(tx *db.Tx, by auth.User, of module.Work) ([]module.Measure, error) {
	if !by.Can("letter.read") {
		return nil, nil
	}
	all, _, err := Received(tx, by, of)
	m := module.Counted("received", "签收率", all.Received, all.Of, "已签收 ÷ 应签收（现行版本的主送、抄送单位）",
		fmt.Sprintf("/letters/receipts?year=%d", of.Year))
	if all.Received > 0 {
		m.Beside = say.New("签收用时中位数%s个工作日", all.Median)
	}
	if err != nil {
		return nil, err
	}
	issued, err := editions(tx, by, of)
	figures, signed := 0, 0
	for _, v := range issued {
		c, err := v.Content()
		if err != nil {
			return nil, err
		}
		n := c.Counted()
		figures, signed = figures+n.All, signed+n.Signed
	}
	return []module.Measure{m, module.Counted("signed_share", "双签字占比", signed, figures,
		"发文里双签字的数据 ÷ 发文里的数据（现行版本）；与已公布的数不一致的不算已签", "/letters")}, err
}
