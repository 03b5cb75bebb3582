package issue

// What is reminded of: an issue about which nothing was done for long, the yearly word in December, and proposals of
// a research of which nothing became. Who is told, the ladder says (notice/reminders.csv).

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/holiday"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

// The three kinds of things, each an object of its own: an issue may wait for all three at once.
const (
	quiet    = "issue"
	yearly   = "issue_review"
	advising = "issue_advice"
)

// Limits that are no step's: our proposals, no rule that we could read sets them.
const (
	limitQuiet  = "issue.quiet"  // without an act
	limitAdvice = "issue.advice" // until a proposal is handed out
)

// Reminders are the issues as sources of notices.
func Reminders() []module.Reminder {
	return []module.Reminder{
		kind(quiet, module.Ask{Verb: VerbMeet, Part: "first", Label: "推动重难点问题",
			Ask: "重难点问题很久没有举措，请推动"}),
		kind(yearly, module.Ask{Verb: VerbReview, Part: "first", Label: "年度评议重难点问题",
			Ask: "请对重难点问题作年度评议"}),
		kind(advising, module.Ask{Verb: VerbToMatter, Part: "first", Label: "交办调研建议",
			Ask: "调研建议还没有交办，请办理"})}
}

func kind(object string, ask module.Ask) module.Reminder {
	return module.Reminder{Object: object, Verbs: "issue.", Steps: []module.Ask{ask},
		Due: func(tx *db.Tx, until, _ string) (things []module.Due, next string, err error) {
			all, err := every(tx)
			for _, i := range all {
				if err != nil {
					break
				}
				var d module.Due
				if d, err = i.reminder(tx, object, ask.Verb); d.Step != "" && d.DueOn <= until {
					things = append(things, d)
				}
			}
			return things, "", err
		},
		Of: func(tx *db.Tx, objects []string) (map[string]module.Due, error) {
			things := map[string]module.Due{}
			for _, o := range objects {
				i, err := Get(tx, strings.TrimPrefix(o, object+"/"))
				if err == nil {
					things[o], err = i.reminder(tx, object, ask.Verb)
				}
				if err != nil {
					return nil, err
				}
			}
			return things, nil
		}}
}

// reminder is the issue as somebody is told of it; without a step if it does not wait for this one.
func (i Issue) reminder(tx *db.Tx, object, verb string) (d module.Due, err error) {
	if i.told() {
		return d, nil
	}
	unit, err := network.UnitByCode(tx, i.Lead)
	if err != nil {
		return d, err
	}
	d = module.Due{Object: object + "/" + i.ID, Title: i.Title, TitleEN: i.Title, URL: i.URL(), Unit: i.Lead,
		UnitName: unit.Name, UnitNameEN: unit.NameEN, AreaPath: i.AreaPath,
		Roles: map[string]string{"first": auth.Liaison}}
	if d.DueOn, err = i.waitsUntil(tx, object); d.DueOn != "" {
		d.Step = verb
	}
	return d, err
}

// waitsUntil is the day by which a thing has to be done; none if it is not waited for.
func (i Issue) waitsUntil(tx *db.Tx, object string) (string, error) {
	today := tx.Today()
	switch object {
	case quiet:
		p, err := paceOf(tx)
		return p.due(i), err
	case yearly:
		if (i.State == UnderWay || i.State == Eased) && !i.reviewed(today[:4]) {
			return today[:4] + "-12-31", nil
		}
	case advising:
		if i.State != UnderWay && i.State != Eased {
			return "", nil
		}
		for _, r := range i.Researches {
			if len(r.waiting()) == 0 || r.SecondOn == "" {
				continue
			}
			return holiday.By(tx, r.SecondOn, life.Limit(limitAdvice))
		}
	}
	return "", nil
}
