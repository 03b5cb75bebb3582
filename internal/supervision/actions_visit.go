package supervision

// Visits: planned, told, begun, finished, cancelled; the places that are seen. Each step is the state table's.

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/holiday"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

var unseen = errs.Missingf("没有找到这次督导。它可能不存在，或者您没有查看权限。")

// Read returns a visit that by may see: without what was written down, for the area that is visited.
func Read(tx *db.Tx, by auth.User, id string) (Visit, error) {
	v, err := Get(tx, id)
	if err == nil && !v.sees(by) {
		err = unseen
	}
	if err != nil {
		return Visit{}, err
	}
	return v.veiled(by), nil
}

// veiled is the visit without what is its group's alone.
func (v Visit) veiled(by auth.User) Visit {
	if !v.inside(by) {
		v.Choices = map[string]string{}
		v.group.Lacks = ""
	}
	return v
}

// Planning is what is planned of a visit.
type Planning struct {
	Group, Area, OnDay, Half string
	Methods                  []string
	Agenda                   []string
	Unannounced              bool
}

// Plan plans a visit of a group.
func (k Desk) Plan(tx *db.Tx, by auth.User, p Planning) (v Visit, err error) {
	if err := by.Check(VerbPlan); err != nil {
		return v, err
	}
	if v.group, err = ReadGroup(tx, by, p.Group); err != nil {
		return v, errs.In("group", err)
	}
	g := v.group
	v.ID, v.About, v.GroupID, v.Office, v.OfficePath = db.NewID(), g.About, g.ID, g.Office, g.AreaPath
	v.Choices, v.Version = map[string]string{}, 1
	st, _, err := life.Take(VerbPlan, by, v.as(by))
	if err != nil {
		return v, err
	}
	if err := k.planned(tx, by, &v, p); err != nil {
		return v, err
	}
	v.State, v.UpdatedBy, v.UpdatedAt = State(st.To), by.Name, tx.Now
	if err := insert(tx, v); err != nil {
		return v, err
	}
	if err := v.findable(tx); err != nil {
		return v, err
	}
	return v, held.Log(tx, by, VerbPlan, v.Object(), nil, v.row(), nil)
}

// planned takes over what is planned, or says everything that is wrong with it.
func (k Desk) planned(tx *db.Tx, by auth.User, v *Visit, p Planning) error {
	wrong := errs.Fields{}
	area, err := network.AreaByCode(tx, p.Area, p.OnDay)
	if p.OnDay == "" || !calendar.IsDay(p.OnDay) {
		wrong.Say("on", "请填督导的日期，如 2024-03-15。")
	} else if p.OnDay < tx.Today() {
		wrong.Say("on", "%s已经过了，请填今天或以后的日子。", p.OnDay)
	} else if p.OnDay > daysBefore(tx.Today(), -aheadYears) {
		wrong.Say("on", "%s太远了，请填%d年以内的日子。", p.OnDay, aheadYears)
	}
	switch {
	case p.Area == "" || errs.KindOf(err) == errs.Missing && calendar.IsDay(p.OnDay) ||
		err == nil && !slices.Contains(v.group.Areas, p.Area):
		wrong.Say("area", "请选这个组负责的地区。")
	case err != nil && calendar.IsDay(p.OnDay):
		return err
	default:
		v.AreaID, v.AreaPath = area.ID, area.Path
	}
	if p.Half == "" {
		p.Half = "day"
	}
	if !knows(halves, p.Half) {
		wrong.Say("half", "请选上午、下午或全天。")
	}
	if len(p.Methods) == 0 || slices.ContainsFunc(p.Methods, func(m string) bool { return !knows(methods, m) }) {
		wrong.Say("methods", "请至少选一种督导方式。")
	}
	if len(p.Agenda) > maxList || utf8.RuneCountInString(strings.Join(p.Agenda, "")) > maxText {
		wrong.Say("agenda", "日程最多%d个字。", maxText)
	}
	round, is, err := k.round(tx, by, v.About)
	if err != nil {
		return err
	}
	if is && (round.From != "" && p.OnDay < round.From || round.To != "" && p.OnDay > round.To) {
		wrong.Say("on", "“%s”的督导阶段是%s至%s，请把日期安排在阶段里。", round.Title, round.From, round.To)
	}
	if v.group.TrainedOn == "" {
		wrong.Say("group", "这个组还没有培训记录：成员先培训再督导。请先在督导组里填培训日期。")
	}
	if len(wrong) == 0 {
		others, err := sameDay(tx, *v, p.OnDay)
		if err != nil {
			return err
		}
		for _, o := range others {
			if o.Half == p.Half || o.Half == "day" || p.Half == "day" {
				wrong.Say("on", "这个组%s%s已经安排了对%s的督导，不用再安排。", o.OnDay, wordOf(halves, o.Half), area.Name)
			}
		}
	}
	if len(wrong) == 0 {
		if err := v.group.free(tx, p.OnDay, wrong); err != nil {
			return err
		}
		if words, bad := wrong["members"]; bad {
			wrong["on"] = words
		}
	}
	v.OnDay, v.Half, v.Methods, v.Agenda, v.Unannounced = p.OnDay, p.Half, p.Methods, p.Agenda, p.Unannounced
	return wrong.Check("没有安排，请按提示修改。")
}

// do takes a step: reads the visit, asks the state table, has change change it, writes and journals it.
func do(tx *db.Tx, by auth.User, id string, version int64, verb string,
	change func(*Visit) (map[string]string, error)) (Visit, error) {
	v, err := Read(tx, by, id)
	if err != nil {
		return v, err
	}
	if v, err = Get(tx, id); err != nil {
		return v, err
	}
	st, _, err := life.Take(verb, by, v.as(by))
	if err != nil {
		return v, err
	}
	if version != v.Version {
		return v, errs.Conflictf("%s刚刚改过这次督导。请刷新页面，核对后再操作；您输入的内容仍在本页。", v.UpdatedBy)
	}
	before := v.row()
	detail, err := change(&v)
	if err != nil {
		return v, err
	}
	return v, v.keep(tx, by, verb, State(st.To), before, detail)
}

// keep writes a visit after a step and journals it.
func (v *Visit) keep(tx *db.Tx, by auth.User, verb string, to State, before held.Row, detail map[string]string) error {
	v.State, v.UpdatedBy, v.UpdatedAt = to, by.Name, tx.Now
	if err := update(tx, v); err != nil {
		return err
	}
	return held.Log(tx, by, verb, v.Object(), before, v.row(), detail)
}

// Change changes what was planned. Once the area was told, area and day stay.
func (k Desk) Change(tx *db.Tx, by auth.User, id string, version int64, p Planning) (Visit, error) {
	return do(tx, by, id, version, VerbChange, func(v *Visit) (map[string]string, error) {
		area, err := network.AreaByID(tx, v.AreaID)
		if err != nil {
			return nil, err
		}
		if v.State != Planned && (p.OnDay != v.OnDay || p.Area != area.Code || p.Unannounced) {
			return nil, wrongly("on", "通知已经起草，日期和地区不能再改。请取消这次督导，另行安排。")
		}
		return nil, k.planned(tx, by, v, p)
	})
}

// Start begins a visit on its day.
func Start(tx *db.Tx, by auth.User, id string, version int64) (Visit, error) {
	return do(tx, by, id, version, VerbStart, func(v *Visit) (map[string]string, error) { return nil, v.begins(tx) })
}

func (v *Visit) begins(tx *db.Tx) error {
	if tx.Today() < v.OnDay {
		return errs.Conflictf("督导在%s，还没有到。", v.OnDay)
	}
	v.StartedOn = tx.Today()
	start, _ := calendar.Start(v.OnDay)
	due, err := holiday.Due(tx, start, noteAfter)
	v.NoteDue = due.On
	return err
}

// Finishing is what the recorder adds when all is noted.
type Finishing struct{ Present, OralFeedback string }

// Finish says that all was noted.
func Finish(tx *db.Tx, by auth.User, id string, version int64, f Finishing) (Visit, error) {
	return do(tx, by, id, version, VerbFinish, func(v *Visit) (map[string]string, error) {
		v.Present, v.OralFeedback, v.NotedOn = strings.TrimSpace(f.Present), strings.TrimSpace(f.OralFeedback),
			tx.Today()
		wrong := errs.Fields{}
		for name, text := range map[string]string{"present": v.Present, "oral_feedback": v.OralFeedback} {
			if n := utf8.RuneCountInString(text); n == 0 || n > maxText {
				wrong.Say(name, "请填写，%d字以内。", maxText)
			}
		}
		notes, err := notesOf(tx, v.ID)
		if err != nil {
			return nil, err
		}
		if len(notes) == 0 {
			wrong.Say("present", "还没有一条记录。请先在手机页上记下看到的情况。")
		}
		return nil, wrong.Check("记录还没有完成，请按提示补齐。")
	})
}

// Cancel gives a visit up.
func Cancel(tx *db.Tx, by auth.User, id string, version int64, why string) (Visit, error) {
	return do(tx, by, id, version, VerbCancel, func(v *Visit) (map[string]string, error) {
		if v.Reason = strings.TrimSpace(why); v.Reason == "" || utf8.RuneCountInString(v.Reason) > maxText {
			return nil, wrongly("reason", "请写明原因，%d字以内。", maxText)
		}
		return map[string]string{"reason": v.Reason}, nil
	})
}

// Choose says which of several notes stands for a file of the catalogue.
func Choose(tx *db.Tx, by auth.User, id string, version int64, note string) (Visit, error) {
	return do(tx, by, id, version, VerbChoose, func(v *Visit) (map[string]string, error) {
		n, err := GetNote(tx, note)
		if errs.KindOf(err) == errs.Missing || err == nil && (n.VisitID != v.ID || n.Kind != FileNote) {
			return nil, wrongly("note", "请从这次督导的档案记录里选。")
		}
		if err != nil {
			return nil, err
		}
		choices := map[string]string{n.Item: n.ID}
		for item, other := range v.Choices {
			if item != n.Item {
				choices[item] = other
			}
		}
		v.Choices = choices
		return map[string]string{"note": n.ID, "item": n.Item}, nil
	})
}

// wrongly refuses one field.
func wrongly(name string, key say.Key, args ...any) error {
	return errs.Fields{name: say.New(key, args...)}.Check("没有办理，请按提示修改。")
}
