package exchange

// Forms, calendar and filled-in forms: which unit owes which form for which area and period. Nothing imported is ever
// signed.

import (
	"maps"
	"path"
	"slices"
	"strings"

	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
	"yipanqi/internal/table"
)

func putForm(r *run, file, body string) (bool, error) {
	known, err := form.LoadKnown(r.tx)
	if err != nil {
		return false, err
	}
	f, problems := form.ParseYAML(file, []byte(body), known)
	r.forms.expect(f.Code)
	if len(problems) > 0 {
		r.problems = append(r.problems, problems...)
		r.forms.broken = r.forms.broken || f.Code == ""
		return false, nil
	}
	f, changed, err := form.Put(r.tx, f)
	if err == nil {
		r.forms.add(f.Code, f)
	}
	return changed, err
}

// putCalendar opens a form for a period: every unit that has to report gets its empty draft.
func putCalendar(r *run, w *row) (bool, error) {
	f := r.forms.find(w, "form", w.text("form"))
	p := w.period("period")
	if w.bad {
		return false, nil
	}
	if !f.Asks(p) {
		w.fail("period", "报表%s不报这一期：请核对频率和有效期", f.Code)
		return false, nil
	}
	_, last := p.Range(f.YearStart)
	reporters := r.reporters(f, last)
	opened := false
	for _, id := range slices.Sorted(maps.Keys(r.tree)) {
		a := r.tree[id]
		if a.Level != f.Level || !a.OpenOn(last) || !r.oneOf(w, f, a, reporters[a.Code]) {
			continue
		}
		_, changed, err := submission.Open(r.tx, journal.System, r.owed(f, reporters[a.Code][0], a, p))
		if err != nil {
			return false, err
		}
		opened = opened || changed
	}
	return opened, nil
}

// reporters are the units of the kind that fills f in, on a day, by the code of their area: a unit stays with its area
// when that moves to another parent.
func (r *run) reporters(f form.Form, day string) map[string][]network.Unit {
	by := map[string][]network.Unit{}
	for _, u := range r.units.known {
		if u.Kind == f.Reporters && u.OpensOn <= day && (u.ClosesOn == "" || day < u.ClosesOn) {
			code := r.tree[u.AreaID].Code
			by[code] = append(by[code], u)
		}
	}
	return by
}

// oneOf says whether an area has just one unit to fill f in. A unit whose row was refused may be the missing one.
func (r *run) oneOf(w *row, f form.Form, a network.Area, units []network.Unit) bool {
	switch {
	case len(units) == 1:
		return true
	case len(r.units.refused) > 0 || r.units.broken:
		w.bad = true
	case len(units) == 0:
		w.fail("", "%s没有填报%s的单位（类别%s）", a.Name, f.Code, f.Reporters)
	default:
		w.fail("", "%s填报%s的单位不止一个（类别%s）", a.Name, f.Code, f.Reporters)
	}
	return false
}

func (r *run) owed(f form.Form, unit network.Unit, a network.Area, p period.Period) submission.Owed {
	due := r.dueOn
	if due == "" {
		due = f.DueOn(p)
	}
	return submission.Owed{Form: f, Unit: unit, Area: a, Period: p, DueOn: due}
}

// putSubmission takes in one filled form. Its file is called like the form, its further columns like the cells.
func putSubmission(r *run, w *row) (bool, error) {
	code := strings.TrimSuffix(path.Base(w.File), ".csv")
	f := r.forms.find(w, "", code)
	unit := r.units.find(w, "unit", w.text("unit"))
	p := w.period("period")
	historical := word(w, "state", map[string]bool{"": false, "草稿": false, "draft": false,
		"历史": true, "historical": true})
	if historical && w.text("source") == "" {
		w.fail("source", "历史数据没有签字，要写明来源")
	}
	if w.bad {
		return false, nil
	}
	if unit.Kind != f.Reporters || !f.Asks(p) {
		w.fail("unit", "%s不填报%s的这一期", unit.Name, f.Name)
		return false, nil
	}
	cells := r.cells(w, f)
	if _, unreadable := f.Read(cells); len(unreadable) > 0 {
		for _, key := range slices.Sorted(maps.Keys(unreadable)) {
			w.fail(strings.TrimSuffix(strings.TrimPrefix(key, "cells["), "]"), "%s", unreadable[key])
		}
	}
	if w.bad {
		return false, nil
	}
	in := submission.Filled{Cells: cells, Simulated: r.sample}
	if historical {
		in.Source = w.text("source")
	}
	s, changed, err := submission.Import(r.tx, journal.System, r.owed(f, unit, r.areaIn(f, unit, p), p), in)
	if err == nil && len(cells) > 0 {
		r.filled = append(r.filled, s)
	}
	return changed, err
}

// areaIn is the unit's area as it stood at the end of the period.
func (r *run) areaIn(f form.Form, unit network.Unit, p period.Period) network.Area {
	now := r.tree[unit.AreaID]
	_, last := p.Range(f.YearStart)
	for _, a := range r.tree {
		if a.Code == now.Code && a.OpenOn(last) {
			return a
		}
	}
	return now
}

// cells are the row's cells by key; a column may also be called by the form's name for it: 1.女.
func (r *run) cells(w *row, f form.Form) map[string]string {
	cells, known := map[string]string{}, map[string]bool{"unit": true, "period": true, "state": true, "source": true}
	for _, c := range f.Cells() {
		for _, name := range []string{c.Key, c.Row.Number + "." + c.Column.Name} {
			known[name] = true
			if text := w.text(name); text != "" {
				cells[c.Key] = text
			}
		}
	}
	for name, head := range w.heads {
		if !known[name] && w.text(name) != "" {
			w.fail(head, "报表%s没有这一格；列名是“行号.列代码”", f.Code)
		}
	}
	return cells
}

func (r *run) problem(file string, line int, reason say.Key, args ...any) {
	r.problems = append(r.problems, table.Problem{File: file, Line: line, Reason: say.New(reason, args...)})
}
