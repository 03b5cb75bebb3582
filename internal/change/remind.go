package change

// What reminders are made from: open work that a successor has not taken over yet, and members without a liaison.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/holiday"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

// Reminders are changes of persons that wait for the successor, and vacancies that nobody reports.
func Reminders() []module.Reminder {
	return []module.Reminder{
		{Object: "post_change", Verbs: "post.", Due: dueTakeOvers, Of: takeOversOf,
			Steps: []module.Ask{{Verb: VerbTakeOver, Part: "first", Label: "接手工作", Ask: "请接手工作"}}},
		{Object: "vacancy", Verbs: "post.", Due: dueVacancies, Of: vacanciesOf,
			Steps: []module.Ask{{Verb: VerbReport, Part: "first", Label: "补报联络员",
				Ask: "联络员空缺，请报告接任人"}}},
		{Object: "unreported", Verbs: "post.", Due: dueUnreported, Of: unreportedOf,
			Steps: []module.Ask{{Verb: VerbReport, Part: "first", Label: "补报人员变动",
				Ask: "账号已停用而岗位没有变，请报告接任人"}}},
	}
}

func dueTakeOvers(tx *db.Tx, until, _ string) (things []module.Due, next string, err error) {
	open, err := openChanges(tx)
	for _, c := range open {
		if c.State == InPost && c.TakeBy <= until {
			t, err := c.due(tx)
			if err != nil {
				return nil, "", err
			}
			things = append(things, t)
		}
	}
	return things, "", err
}

func takeOversOf(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	things := map[string]module.Due{}
	for _, object := range objects {
		c, err := personByID(tx, strings.TrimPrefix(object, "post_change/"))
		if err != nil {
			return nil, err
		}
		if things[object], err = c.due(tx); err != nil {
			return nil, err
		}
	}
	return things, nil
}

// due is the change as somebody is told of it.
func (c PostChange) due(tx *db.Tx) (d module.Due, err error) {
	name, err := c.called(tx)
	if err != nil {
		return d, err
	}
	if d, err = dueOf(tx, c.Unit, c.Role); err != nil {
		return d, err
	}
	d.Object, d.Title, d.TitleEN, d.URL = c.Object(), name.ZH, name.EN, c.URL()
	if c.State == InPost {
		d.Step, d.DueOn = VerbTakeOver, c.TakeBy
	}
	return d, nil
}

func dueOf(tx *db.Tx, code, role string) (d module.Due, err error) {
	u, err := network.UnitByCode(tx, code)
	if err != nil {
		return d, err
	}
	area, err := network.AreaByID(tx, u.AreaID)
	return module.Due{Unit: u.Code, UnitName: u.Name, UnitNameEN: u.NameEN, AreaPath: area.Path,
		Roles: map[string]string{"first": role}}, err
}

func dueVacancies(tx *db.Tx, until, _ string) (things []module.Due, next string, err error) {
	bodies, err := network.Bodies(tx)
	if err != nil {
		return nil, "", err
	}
	told := map[string]bool{}
	for _, body := range bodies {
		c, err := network.ReadCouncil(tx, body, "")
		if err != nil {
			return nil, "", err
		}
		for _, m := range c.Members {
			if len(m.Liaisons) > 0 || told[m.Member] {
				continue
			}
			told[m.Member] = true
			d, err := vacancy(tx, m.Member, m.OpensOn)
			if err != nil {
				return nil, "", err
			}
			if d.DueOn <= until {
				things = append(things, d)
			}
		}
	}
	return things, "", nil
}

// vacancy is a member without a liaison since the last one left, at most since a day.
func vacancy(tx *db.Tx, unit, since string) (d module.Due, err error) {
	if d, err = dueOf(tx, unit, auth.Leader); err != nil {
		return d, err
	}
	last, err := network.LastHeld(tx, unit, auth.Liaison)
	if err != nil {
		return d, err
	}
	d.DueOn, err = holiday.By(tx, max(last, since), personLife.Limit(limitVacancy))
	d.Object, d.Title, d.TitleEN, d.URL = "vacancy/"+unit, d.UnitName+" · 联络员空缺", d.UnitNameEN+" · no liaison",
		"/changes/new?unit="+unit+"&role="+auth.Liaison
	d.Step = VerbReport
	return d, err
}

func vacanciesOf(tx *db.Tx, objects []string) (map[string]module.Due, error) {
	open, _, err := dueVacancies(tx, "9999-12-31", "")
	if err != nil {
		return nil, err
	}
	things := map[string]module.Due{}
	for _, object := range objects {
		things[object] = module.Due{Object: object}
	}
	for _, d := range open {
		if _, asked := things[d.Object]; asked {
			things[d.Object] = d
		}
	}
	return things, nil
}
