package issue

// What waits for whom in issues, and what pages of units, goals, indicators and a leader's desk say of them.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

// Tasks are what waits for by: for who leads the committee what is to be listed and where nothing was done for long,
// for the office that and proposals that nothing became of, for units what they lead, write or assess; and in December
// the yearly word.
func Tasks(tx *db.Tx, by auth.User) (tasks []module.Task, err error) {
	if !by.Can(VerbReview) && !by.Can(VerbList) {
		return nil, nil
	}
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	today := tx.Today()
	p, err := paceOf(tx)
	if err != nil {
		return nil, err
	}
	for _, i := range all {
		verb, ask, due := i.waits(by, today, p.due(i))
		if verb == "" {
			continue
		}
		tasks = append(tasks, module.Task{Object: i.Object(), Name: say.Name{ZH: i.Title}, URL: i.URL(),
			State: i.State.Words(), Verb: verb, Ask: ask, DueOn: due, Lamp: flow.Lamp(due, today, near)})
	}
	return tasks, nil
}

// waits is the step that an issue asks of by first, and until when.
func (i Issue) waits(by auth.User, today, at string) (verb string, ask say.Key, due string) {
	_, isOffice := by.PostFor(i.Unit, auth.Office)
	may := func(verb string) bool {
		return slices.ContainsFunc(life.Open(by, i.as(by)), func(s flow.Step) bool { return s.Verb == verb })
	}
	switch {
	case i.State == Proposed && chief(by, i):
		return VerbList, "决定是否列入", ""
	case (chief(by, i) || isOffice) && at != "" && at < today:
		return VerbMeet, "很久没有举措，请推动", at
	case may(VerbReport) && slices.ContainsFunc(i.Researches, func(r Research) bool {
		return r.Report == "" && i.writes(by, r)
	}):
		return VerbReport, "写调研报告", ""
	case !isOffice && may(VerbSecond) && slices.ContainsFunc(i.Researches, func(r Research) bool {
		return r.Report != "" && r.Second == "" && i.assesses(by, r)
	}):
		return VerbSecond, "评议调研报告", ""
	case isOffice && may(VerbToMatter):
		return VerbToMatter, "调研建议待交办", ""
	case today[5:7] == "12" && may(VerbReview) && !i.reviewed(today[:4]):
		return VerbReview, "年度评议", today[:4] + "-12-31"
	}
	return "", "", ""
}

// writes says whether the report of a research is by's to write: their unit's that heads it.
func (i Issue) writes(by auth.User, r Research) bool {
	_, err := seat(by, func(unit string) bool { return unit == r.Head })
	return err == nil
}

// assesses says whether by is asked for the second word on a report: a unit of the team that did not write it.
func (i Issue) assesses(by auth.User, r Research) bool {
	_, err := seat(by, func(unit string) bool { return unit != r.Reporter && slices.Contains(r.Team, unit) })
	return err == nil
}

// about are the issues of a unit, a goal, an indicator, or of a leader's committee, on their pages.
func about(tx *db.Tx, by auth.User, of module.Of) ([]module.Card, error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	all, err := every(tx)
	if err != nil {
		return nil, err
	}
	p, err := paceOf(tx)
	if err != nil {
		return nil, err
	}
	card := module.Card{Title: "重难点问题", More: "/issues"}
	for _, i := range all {
		how, met, err := say.Words{}, false, error(nil)
		if of.Kind == "meeting" {
			if how, met, err = i.by(tx, of.Code); err != nil {
				return nil, err
			}
		}
		if i.State == Dropped || !met && !i.concerns(of) {
			continue
		}
		if _, err := Read(tx, by, i.ID); err != nil {
			continue
		}
		card.Lines = append(card.Lines, module.Line{Object: i.Object(), Name: say.Name{ZH: i.Title}, URL: i.URL(),
			State: i.State.Words(), DueOn: p.due(i), Lamp: flow.Lamp(p.due(i), tx.Today(), near), Note: how})
	}
	if len(card.Lines) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(card.Lines, func(a, b module.Line) int { return module.ByDay(a.DueOn, b.DueOn) })
	return []module.Card{card}, nil
}

// concerns says whether an issue belongs on the page of a thing; on a leader's desk stand those that are not over.
func (i Issue) concerns(of module.Of) bool {
	switch of.Kind {
	case "unit":
		return i.Sits(of.Code) && i.Unit != of.Code
	case "indicator":
		return slices.Contains(i.Indicators, of.Code)
	case "goal":
		return slices.Contains(i.Goals, of.Code)
	case "desk":
		return strings.HasPrefix(i.AreaPath, of.Path) && !life.Ended(string(i.State))
	}
	return false
}
