package cycle

// A cycle is opened: every unit is asked for what it owes, piece by piece where there is much of it. A unit gets a
// later day before its own is over.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
)

// atOnce is how many reports are opened in one transaction; tests open fewer.
var atOnce = 200

// Start opens the cycle: from here on units owe.
func Start(tx *db.Tx, by auth.User, id string, version int64) (Cycle, error) {
	c, err := do(tx, by, id, version, VerbOpen, func(c *Cycle) (map[string]string, error) {
		if err := c.ready(tx); err != nil {
			return nil, err
		}
		c.OpenedOn = tx.Today()
		return nil, nil
	})
	if err != nil {
		return c, err
	}
	_, err = c.ask(tx, atOnce)
	return c, err
}

// ready refuses to open what units could not answer: before its day, without its notice, with forms that expired.
func (c Cycle) ready(tx *db.Tx) error {
	if today := tx.Today(); today < c.OpensOn {
		return errs.Conflictf("开放日是%s，还没有到。要提前开放，请先在“修改”里改开放日。", c.OpensOn)
	}
	if err := c.check(tx); err != nil {
		return errs.Conflictf("还不能开放：报表或日期有问题，请在“修改”里改正（%s）。", firstOf(err))
	}
	l, drafted, err := c.letter(tx)
	if err != nil {
		return err
	}
	if !drafted || !l.Issued() {
		return errs.Conflictf("报表通知还没有印发。请先起草通知，经核稿、签发后再开放填报。")
	}
	return nil
}

// firstOf is the first of the messages of a refusal.
func firstOf(err error) say.Words {
	for _, words := range errs.FieldsOf(err).First() {
		return words
	}
	return errs.WordsOf(err)
}

// letter is the notice of the cycle as it stands.
func (c Cycle) letter(tx *db.Tx) (l letter.Letter, drafted bool, err error) {
	if c.Notice == "" {
		return l, false, nil
	}
	l, err = letter.Get(tx, strings.TrimPrefix(c.Notice, "letter/"))
	return l, err == nil, err
}

// owing is all that the cycle asks for, with its day; and areas in which a form has no unit to fill it in.
func (c Cycle) owing(tx *db.Tx) (all []submission.Owed, unclear []Unclear, err error) {
	forms, err := c.definitions(tx)
	if err != nil {
		return nil, nil, err
	}
	for _, f := range forms {
		owed, without, err := submission.Owing(tx, f, c.Period(), c.AreaPath)
		if err != nil {
			return nil, nil, err
		}
		for _, o := range owed {
			o.DueOn = c.dueOf(o.Unit.Code, f.Level)
			all = append(all, o)
		}
		for _, a := range without {
			unclear = append(unclear, Unclear{Form: f.Code, FormName: f.Name, FormEN: f.NameEN, Area: a})
		}
	}
	return all, unclear, nil
}

// Unclear is a form that no unit, or more than one, fills in for an area.
type Unclear struct {
	Form     string       `json:"form"`
	FormName string       `json:"form_name"`
	FormEN   string       `json:"form_name_en,omitempty"`
	Area     network.Area `json:"area"`
}

// dueOf is the last day on time of a unit's forms of a level.
func (c Cycle) dueOf(unit, level string) string {
	on := c.DueOn(level)
	for _, e := range c.Extensions {
		if e.Unit == unit {
			on = max(on, e.Until)
		}
	}
	return on
}

// ask asks for what is not asked for yet, and moves the day of what is and was not sent; at most so many at once. It
// returns how many are left. What a unit was asked for already is not asked for twice.
func (c Cycle) ask(tx *db.Tx, most int) (left int, err error) {
	owed, _, err := c.owing(tx)
	if err != nil {
		return 0, err
	}
	opened, err := c.opened(tx)
	if err != nil {
		return 0, err
	}
	for _, o := range owed {
		if s, is := opened[place{o.Form.Code, o.Area.Code}]; is {
			if s.DueOn == o.DueOn || !s.State.Unsent() || s.Accepted != 0 {
				continue
			}
			if o.Unit, err = network.UnitByCode(tx, s.UnitCode); err != nil {
				return 0, err
			}
		}
		if most == 0 {
			left++
			continue
		}
		if err := submission.Ask(tx, journal.System, o); err != nil {
			return 0, err
		}
		most--
	}
	if left > 0 {
		err = held.Log(tx, journal.System, VerbGoOn, c.Object(), nil, nil, nil)
	}
	return left, err
}

// place is what there is one report of in a cycle.
type place struct{ form, area string }

// opened are the reports of the cycle that were asked for.
func (c Cycle) opened(tx *db.Tx) (map[place]submission.Item, error) {
	all := map[place]submission.Item{}
	area, err := network.AreaByID(tx, c.AreaID)
	if err != nil {
		return nil, err
	}
	forms, err := c.definitions(tx)
	if err != nil {
		return nil, err
	}
	for _, f := range forms {
		items, err := submission.Under(tx, f.ID, c.Period(), area)
		if err != nil {
			return nil, err
		}
		for _, i := range items {
			all[place{f.Code, i.AreaCode}] = i
		}
	}
	return all, nil
}

// opening goes on opening where a piece was left.
func opening() job.After {
	return job.After{Name: "cycle.open", Label: "监测周期：下达其余的报表", Verb: VerbGoOn,
		Run: func(tx *db.Tx, e journal.Entry) error {
			c, err := Get(tx, strings.TrimPrefix(e.Object, "cycle/"))
			if err != nil || c.State != Open {
				return err
			}
			_, err = c.ask(tx, atOnce)
			return err
		}}
}

// Extend gives a unit until a later day for what it has not sent, before its own day is over.
func Extend(tx *db.Tx, by auth.User, id string, version int64, e Extension) (Cycle, error) {
	c, err := do(tx, by, id, version, VerbExtend, func(c *Cycle) (map[string]string, error) {
		lines, err := c.lines(tx)
		if err != nil {
			return nil, err
		}
		e.Reason, e.By, e.On = strings.TrimSpace(e.Reason), by.Name, tx.Today()
		if err := c.extendable(lines, e); err != nil {
			return nil, err
		}
		c.Extensions = append(slices.DeleteFunc(c.Extensions, func(o Extension) bool { return o.Unit == e.Unit }), e)
		return map[string]string{"unit": e.Unit, "until": e.Until}, nil // why, is for the unit and who runs the cycle
	})
	if err != nil {
		return c, err
	}
	_, err = c.ask(tx, atOnce)
	return c, err
}

func (c Cycle) extendable(lines []Line, e Extension) error {
	wrong := errs.Fields{}
	open, late, last := false, false, ""
	for _, l := range lines {
		if l.Unit != e.Unit || !l.Missing() {
			continue
		}
		if open, last = true, max(last, l.DueOn); l.DueOn < e.On {
			late = true
		}
	}
	switch {
	case !open:
		wrong.Say("unit", "这个单位没有还没报的报表，不需要延期。")
	case late:
		wrong.Say("unit", "截止日已经过了，只能在截止日以前延期。")
	case !calendar.IsDay(e.Until) || e.Until <= last:
		wrong.Say("until", "请填新的截止日期，要在%s以后。", last)
	}
	if e.Reason == "" || longer(e.Reason, maxText) {
		wrong.Say("reason", "请写明延期的原因。")
	}
	return wrong.Check("没有延期：请先改正标出的地方。")
}
