package instruction

// The list of instructions as a reader may see it, and what the measure of answered ones counts.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/list"
	"yipanqi/internal/module"
)

// source is the list that by may see: the committee's own people see all, units what names them once it is written.
func source(by auth.User, in listInput) list.Source[Instruction] {
	s := list.Source[Instruction]{Key: "i.id", From: "instructions i", Select: columns + ` FROM instructions i`,
		Scan: scan, ID: func(i Instruction) string { return i.ID }, Few: true,
		Orders: map[string][]string{
			"time":   {"i.updated_at", "i.id"},
			"on":     {"i.written_on", "i.id"},
			"leader": {"i.leader", "i.id"},
			"due":    {"CASE WHEN i.due_on = '' THEN '9' ELSE i.due_on END", "i.id"},
			"state":  {"i.state", "i.id"},
		}}
	units, paths := by.Scope()
	if !by.Can(VerbRead) {
		paths = nil
	}
	s.And(`(`+auth.Within("i.area_path", 1)+` OR i.written_on <> '' AND EXISTS (SELECT 1 FROM instruction_units u
		WHERE u.instruction_id = i.id AND u.unit IN (SELECT j.key FROM json_each($2) j)))`, db.Texts(paths),
		db.Texts(units))
	if in.State != "" {
		s.Equal("", "i.state", in.State)
	}
	if in.Kind != "" {
		s.Equal("", "i.kind", in.Kind)
	}
	if in.Word != "" {
		s.And(`(i.title LIKE '%' || ? || '%' OR i.text LIKE '%' || ? || '%')`, in.Word, in.Word)
	}
	return s
}

// Answered is how many instructions of a year that ask for a report the leader is satisfied with, of how many that were
// written where by sees all of them; Days are how long each of the answered took, from the day it bears, in order.
// Withdrawn ones are left out. Source: oversight.md §15, instruction_answered.
func Answered(tx *db.Tx, by auth.User, of module.Work) (satisfied, asked int, days []int, err error) {
	first, last := of.Days()
	_, paths := by.Scope()
	rows, err := withUnits(tx, `WHERE i.kind IN ('act', 'report_back') AND i.state <> 'withdrawn'
		AND `+auth.Within("i.area_path", 1)+` AND i.written_on >= $2 AND i.written_on <= $3 ORDER BY i.id`,
		db.Texts(paths), first, last)
	for _, i := range rows {
		if of.Units != nil && !slices.ContainsFunc(i.Units, of.Of) {
			continue
		}
		asked++
		if i.State == StateSatisfied {
			satisfied++
			days = append(days, calendar.Between(i.WrittenOn, i.UpdatedAt.In(db.China).Format(dayLayout)))
		}
	}
	slices.Sort(days)
	return satisfied, asked, days, err
}
