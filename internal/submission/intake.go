package submission

// Files of the calendar and of filled-in forms: which unit owes which form for which area and period, and what it
// answers. Nothing imported is ever signed.

import (
	"maps"
	"path"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/intake"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/setting"
)

// Files of the calendar and of filled-in forms; both have a column period.
const (
	CalendarFile = "calendar.csv"
	AnswerFiles  = "submissions/*.csv"
)

// Files are those that reports are opened and filled in from.
func Files() []intake.File {
	return []intake.File{
		{Path: CalendarFile, Title: "开表", Columns: "form*=报表 period*=期别", Help: "填报层级的每个区域得到一份空表",
			Key: "form period", After: []string{network.AreaCodes.File, network.UnitCodes.File, form.Codes.File},
			Row: takeCalendar, Done: func(r *intake.Run) error {
				_, err := FollowNetwork(r.Tx)
				return err
			}},
		{Path: AnswerFiles, Title: "填报内容",
			Columns: "unit*=单位 period*=期别 state=状态（草稿、历史） source=来源（历史必填）",
			Help:    "文件名是报表代码；其余每列一格，列名是“行号.列代码”，如 `2.F`", Key: "unit period", Free: true,
			After: []string{network.UnitCodes.File, form.Codes.File, CalendarFile}, Row: takeAnswer},
	}
}

// takeCalendar opens a form for a period: every unit that has to report gets its empty draft.
func takeCalendar(r *intake.Run, w *intake.Row) (bool, error) {
	f := intake.Ref(w, "form", form.Codes)
	p := w.Period("period")
	if w.Bad() {
		return false, nil
	}
	if f.ID != 0 {
		var err error
		if f, err = form.At(r.Tx, f.ID, p); err != nil {
			return false, err
		}
	}
	if wrong := f.NotFor(p); wrong != nil {
		w.Fail("period", "%s", errs.WordsOf(wrong))
		return false, nil
	}
	type allAreas struct{}
	areas := intake.Keep(r, allAreas{}, network.AllAreas)
	_, last := p.Range(f.YearStart)
	reporters := reporting(r, areas, f, last)
	opened := false
	for _, a := range areas {
		if a.Level != f.Level || !a.OpenOn(last) || !oneOf(r, w, f, a, reporters[a.Code]) {
			continue
		}
		_, changed, err := Open(r.Tx, journal.System, owes(r, f, reporters[a.Code][0], a, p))
		if err != nil {
			return false, err
		}
		opened = opened || changed
	}
	return opened, nil
}

// reporting are those who fill f in on a day, as reporters has them.
func reporting(r *intake.Run, areas []network.Area, f form.Form, day string) map[string][]network.Unit {
	type allUnits struct{}
	return reporters(areas, intake.Keep(r, allUnits{}, network.AllUnits), f, day)
}

// reportsOn says whether a unit fills f in for a period: by its kind, or in the place of one whose work it took over.
func reportsOn(r *intake.Run, unit network.Unit, f form.Form, p period.Period) bool {
	if unit.Kind == f.Reporters {
		return true
	}
	_, last := p.Range(f.YearStart)
	area, err := network.AreaByID(r.Tx, unit.AreaID)
	return err == nil && slices.ContainsFunc(reporting(r, []network.Area{area}, f, last)[area.Code],
		func(u network.Unit) bool { return u.Code == unit.Code })
}

// oneOf says whether an area has just one unit to fill f in. A unit whose row was refused may be the missing one.
func oneOf(r *intake.Run, w *intake.Row, f form.Form, a network.Area, units []network.Unit) bool {
	switch {
	case len(units) == 1:
		return true
	case !r.Whole(network.UnitCodes.File):
		w.Spoil()
	case len(units) == 0:
		w.Fail("", "%s没有填报%s的单位（类别%s）", a.Name, f.Code, f.Reporters)
	default:
		w.Fail("", "%s填报%s的单位不止一个（类别%s）", a.Name, f.Code, f.Reporters)
	}
	return false
}

// What is asked once for a file.
type (
	isSample  struct{}
	sampleDue struct{}
)

// owes says what a unit owes. In a sample all of it falls due on one day, so that nothing is late.
func owes(r *intake.Run, f form.Form, unit network.Unit, a network.Area, p period.Period) Owed {
	due := intake.Keep(r, sampleDue{}, setting.SampleDue)
	if due == "" {
		due = f.DueOn(p)
	}
	return Owed{Form: f, Unit: unit, Area: a, Period: p, DueOn: due}
}

// takeAnswer takes in one filled form. Its file is called like the form, its further columns like the cells.
func takeAnswer(r *intake.Run, w *intake.Row) (bool, error) {
	f := intake.RefCode(w, "", form.Codes, strings.TrimSuffix(path.Base(w.File), ".csv"))
	unit := intake.Ref(w, "unit", network.UnitCodes)
	p := w.Period("period")
	historical := intake.Word(w, "state", map[string]bool{"": false, "草稿": false, "draft": false,
		"历史": true, "historical": true})
	if historical && w.Text("source") == "" {
		w.Fail("source", "历史数据没有签字，要写明来源")
	}
	if w.Bad() {
		return false, nil
	}
	f, err := form.At(r.Tx, f.ID, p)
	if err != nil {
		return false, err
	}
	if !reportsOn(r, unit, f, p) || !f.Asks(p) {
		w.Fail("unit", "%s不填报%s的这一期", unit.Name, f.Name)
		return false, nil
	}
	in := Filled{Cells: cells(w, f), Simulated: intake.Keep(r, isSample{}, setting.IsSample)}
	if _, unreadable := f.Read(in.Cells); len(unreadable) > 0 {
		for _, key := range slices.Sorted(maps.Keys(unreadable)) {
			w.Fail(strings.TrimSuffix(strings.TrimPrefix(key, "cells["), "]"), "%s", unreadable[key])
		}
	}
	if w.Bad() {
		return false, nil
	}
	if historical {
		in.Source = w.Text("source")
	}
	area, err := areaIn(r.Tx, f, unit, p)
	if err != nil {
		return false, err
	}
	_, changed, err := Import(r.Tx, journal.System, owes(r, f, unit, area, p), in)
	return changed, err
}

// areaIn is the unit's area as it stood at the end of the period.
func areaIn(tx *db.Tx, f form.Form, unit network.Unit, p period.Period) (network.Area, error) {
	now, err := network.AreaByID(tx, unit.AreaID)
	if err != nil {
		return now, err
	}
	_, last := p.Range(f.YearStart)
	then, err := network.AreaByCode(tx, now.Code, last)
	if errs.KindOf(err) == errs.Missing {
		return now, nil
	}
	return then, err
}

// cells are the row's cells by key; a column may also be called by the form's name for it: 1.女.
func cells(w *intake.Row, f form.Form) map[string]string {
	cells, further := map[string]string{}, w.Further()
	for _, c := range f.Cells() {
		for _, name := range []string{c.Key, c.Row.Number + "." + c.Column.Name} {
			delete(further, name)
			if text := w.Text(name); text != "" {
				cells[c.Key] = text
			}
		}
	}
	for name, head := range further {
		if w.Text(name) != "" {
			w.Fail(head, "报表%s没有这一格；列名是“行号.列代码”", f.Code)
		}
	}
	return cells
}
