package evaluation

// The file of rounds that a publication tells of: that they were held, in which stages, by months. No findings, no
// answers, nobody's judgement: what is not published is not shown.

import (
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/held"
	"yipanqi/internal/intake"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
)

// Files are those that rounds are imported from.
func Files() []intake.File {
	return []intake.File{{Path: "rounds.csv", Title: "公开来源写明的评估",
		Columns: "title*=名称 kind*=类别 organiser*=组织评估的单位 plans*=规划（代码，用顿号分开） from=起始年 until=截止年 " +
			"begins*=开始月份（如2018-03） ends*=结束月份 stages*=阶段（一行一个，如：启动：工作部署会：说明） source_title*=来源",
		Help: "记为历史记录；只写来源写明的阶段，不写参加单位、发现和结论", Key: "title organiser",
		After: []string{network.UnitCodes.File, plan.Codes.File}, Row: takeRound}}
}

// takeRound records a round once; one that is there already stays as it is.
func takeRound(r *intake.Run, w *intake.Row) (bool, error) {
	organiser := intake.Ref(w, "organiser", network.UnitCodes)
	of := Round{ID: db.NewID(), Title: w.Text("title"), Kind: codeOf(kinds, w.Text("kind")), Unit: organiser.Code,
		From: w.Text("from"), Until: w.Text("until"), Basis: w.Text("source_title"), LegalNature: natures[0].Code,
		Plans: strings.FieldsFunc(w.Text("plans"), func(r rune) bool { return strings.ContainsRune("、，, ", r) }),
		State: Closed, Scheme: Scheme{}, Leading: []Seat{}, CreatedAt: r.Tx.Now, Version: 1,
		UpdatedBy: journal.System.Name, UpdatedAt: r.Tx.Now}
	if of.Kind == "" {
		w.Fail("kind", "没有“%s”这个类别", w.Text("kind"))
	}
	for _, code := range of.Plans {
		if _, err := plan.ByCode(r.Tx, code); err != nil {
			w.Fail("plans", "没有代码为“%s”的规划", code)
		}
	}
	for column, text := range map[string]string{"from": of.From, "until": of.Until, "begins": w.Text("begins"),
		"ends": w.Text("ends")} {
		if _, err := period.Parse(text); err != nil && (text != "" || column == "begins" || column == "ends") {
			w.Fail(column, "“%s”不是年份或月份", text)
		}
	}
	of.Stages = told(w, organiser.Code)
	if w.Bad() {
		return false, nil
	}
	area, err := network.AreaByID(r.Tx, organiser.AreaID)
	if err != nil {
		return false, err
	}
	of.AreaID, of.AreaPath = area.ID, area.Path
	known, err := every(r.Tx)
	same := func(o Round) bool { return o.Unit == of.Unit && o.Title == of.Title }
	if err != nil || slices.ContainsFunc(known, same) {
		return false, err
	}
	if err := insert(r.Tx, of); err != nil {
		return false, err
	}
	if err := of.findable(r.Tx); err != nil {
		return false, err
	}
	return true, held.Log(r.Tx, journal.System, VerbRecord, of.Object(), nil, of.row(), nil)
}

// told are the stages as a publication has them, by months: kind, title and what it says of them.
func told(w *intake.Row, lead string) (all []Stage) {
	for line := range strings.SplitSeq(w.Text("stages"), "\n") {
		cells := append(strings.SplitN(strings.TrimSpace(line), "：", 3), "", "")
		if cells[0] == "" {
			continue
		}
		s := Stage{Kind: codeOf(stageKinds, cells[0]), Title: cells[1], Reason: cells[2], From: w.Text("begins"),
			Until: w.Text("ends"), Lead: lead, State: StageDone}
		if s.Kind == "" || s.Title == "" {
			w.Fail("stages", "“%s”应写成：启动：工作部署会：说明", line)
		}
		all = append(all, s)
	}
	return all
}

// codeOf is the code of a word, or of a code.
func codeOf(all []choice, said string) string {
	for _, c := range all {
		if said == c.Code || said == string(c.Word) {
			return c.Code
		}
	}
	return ""
}

// recorded says whether the round is only what a publication tells of.
func (r Round) recorded() bool { return r.State == Closed && r.LaunchedOn == "" }
