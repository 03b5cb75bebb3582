package tag

// Files of tag sets, their tags, and what they mark, row by row. Nothing is taken away by a file: a day ends it.

import (
	"yipanqi/internal/indicator"
	"yipanqi/internal/intake"
	"yipanqi/internal/plan"
)

// What other files call by a code; a tag by set/code.
var (
	SetCodes = intake.Codes[Set]{Name: "标签组", File: "tag_sets.csv", Load: SetByCode}
	Codes    = intake.Codes[Tag]{Name: "标签", File: "tags.csv", Load: tagByCode}
)

const dated = " opens_on=启用日期（留空为一直） closes_on=停用日期（这一天起不再用）"

// Files are those that tags are imported from.
func Files() []intake.File {
	return []intake.File{
		{Path: SetCodes.File, Title: "标签组",
			Columns: intake.Named + dated + " note=说明 source_title*=来源 source_url=来源网址", Key: "code", Row: takeSet},
		{Path: Codes.File, Title: "标签", Columns: "set*=标签组 " + intake.Named + dated, Key: "set code",
			Code: "set code", After: []string{SetCodes.File}, Row: takeTag},
		{Path: "tagged.csv", Title: "标了标签的目标和指标", Columns: "set*=标签组 tag*=标签 plan=规划（标目标时填） " +
			"goal=目标 indicator=指标（标指标时只填它）" + dated + " note=说明",
			Help: "取消一个标签不删行，填停用日期", Key: "set tag plan goal indicator opens_on",
			After: []string{Codes.File, plan.GoalCodes.File, indicator.Codes.File}, Row: takeMark},
	}
}

func takeSet(r *intake.Run, w *intake.Row) (bool, error) {
	s := Set{Code: w.Text("code"), Name: w.Text("name"), NameEN: w.Text("name_en"), OpensOn: w.Day("opens_on"),
		ClosesOn: w.Day("closes_on"), Note: w.Text("note"), SourceTitle: w.Text("source_title"),
		SourceURL: w.Address("source_url"), Position: w.Position}
	w.Refuse(s.Validate())
	if w.Bad() {
		return false, nil
	}
	return PutSet(r.Tx, s)
}

func takeTag(r *intake.Run, w *intake.Row) (bool, error) {
	t := Tag{Set: w.Text("set"), Code: w.Text("code"), Name: w.Text("name"), NameEN: w.Text("name_en"),
		OpensOn: w.Day("opens_on"), ClosesOn: w.Day("closes_on"), Position: w.Position}
	intake.Ref(w, "set", SetCodes)
	w.Refuse(t.Validate())
	if w.Bad() {
		return false, nil
	}
	return Put(r.Tx, t)
}

func takeMark(r *intake.Run, w *intake.Row) (bool, error) {
	m := Mark{Set: w.Text("set"), Tag: w.Text("tag"), Plan: w.Text("plan"), Goal: w.Text("goal"),
		Indicator: w.Text("indicator"), OpensOn: w.Day("opens_on"), ClosesOn: w.Day("closes_on"),
		Note: w.Text("note"), Position: w.Position}
	intake.RefCode(w, "tag", Codes, m.Set+"/"+m.Tag)
	if m.Goal != "" && m.Plan != "" {
		intake.RefCode(w, "goal", plan.GoalCodes, m.Plan+"/"+m.Goal)
	}
	if m.Indicator != "" {
		intake.Ref(w, "indicator", indicator.Codes)
	}
	w.Refuse(m.Validate())
	if w.Bad() {
		return false, nil
	}
	return PutMark(r.Tx, m)
}
