package matter

// Tables of matters: matters.csv of an import, all of it or nothing; and a table that the office pastes, of which the
// good rows are kept and the others named. Both become drafts: handing out is a person's act.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/intake"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/table"
)

const tableFile = "matters.csv"

const tableColumns = "title*=标题 problem*=问题 source*=来源（类别） source_on=来源日期 quote=来源原文 " +
	"lead*=牵头单位（名称或代码） supporting=配合单位（用顿号分开） area=地区（名称或代码） indicator=对应的指标（名称或代码） " +
	"goal=对应的目标（规划代码/目标代码） measure=规划措施 no_indicator=没有对应指标的理由 urgency=紧急程度 class=整改类型 " +
	"aim*=整改目标 item=内容 due=期限"

// Files are those that matters are imported from.
func Files() []intake.File {
	return []intake.File{{Path: tableFile, Title: "督办事项草稿", Columns: "office*=交办的妇儿工委办 " + tableColumns,
		Help: "记为草稿，由妇儿工委办核对后交办；已有同一标题和问题的不再记", Key: "office title problem",
		After: []string{network.UnitCodes.File, network.AreaCodes.File, indicator.Codes.File},
		Row:   takeImported}}
}

func takeImported(r *intake.Run, w *intake.Row) (bool, error) {
	unit := intake.Ref(w, "office", network.UnitCodes)
	if w.Bad() {
		return false, nil
	}
	area, err := network.AreaByID(r.Tx, unit.AreaID)
	if err != nil {
		return false, err
	}
	by := journal.System
	by.Posts = []auth.Post{{Unit: unit.Code, UnitName: unit.Name, Role: auth.Office, AreaID: area.ID,
		AreaCode: area.Code, AreaPath: area.Path}}
	d := draftOf(r, w)
	if w.Bad() {
		return false, nil
	}
	if there, err := sameDraft(r.Tx, unit.Code, d); err != nil || there {
		return false, err
	}
	_, err = KeepDraft(r.Tx, by, d)
	return err == nil, err
}

// draftOf is a row as a draft. Units, areas and indicators may be called by name.
func draftOf(r *intake.Run, w *intake.Row) Draft {
	d := Draft{Title: w.Text("title"), Problem: w.Text("problem"), Goal: w.Text("goal"), Measure: w.Text("measure"),
		NoIndicator: w.Text("no_indicator"), Aim: w.Text("aim"), Class: codeIn(w, "class", classes, Immediate),
		Urgency: codeIn(w, "urgency", urgencies, Normal)}
	d.Sources = []Source{{Kind: codeIn(w, "source", kinds, ""), On: w.Day("source_on"), Quote: w.Text("quote")}}
	units := intake.Keep(r, "units", func(tx *db.Tx) (map[string]string, error) {
		all, err := network.AllUnits(tx)
		return codesOf(all, func(u network.Unit) []string { return []string{u.Code, u.Name, u.ShortName} }), err
	})
	areas := intake.Keep(r, "areas", func(tx *db.Tx) (map[string]string, error) {
		all, err := network.AllAreas(tx)
		return codesOf(all, func(a network.Area) []string { return []string{a.Code, a.Name} }), err
	})
	indicators := intake.Keep(r, "indicators", func(tx *db.Tx) (map[string]string, error) {
		all, err := indicator.List(tx)
		return codesOf(all, func(i indicator.Indicator) []string { return []string{i.Code, i.Name} }), err
	})
	d.Lead = called(w, "lead", "单位", w.Text("lead"), units)
	d.Area = called(w, "area", "地区", w.Text("area"), areas)
	d.Indicator = called(w, "indicator", "指标", w.Text("indicator"), indicators)
	apart := func(r rune) bool { return strings.ContainsRune("、，,；; ", r) }
	for _, name := range strings.FieldsFunc(w.Text("supporting"), apart) {
		d.Supporting = append(d.Supporting, called(w, "supporting", "单位", name, units))
	}
	if item, due := w.Text("item"), w.Day("due"); item != "" || due != "" {
		if item == "" {
			item = d.Title
		}
		d.Items = []Asked{{Unit: d.Lead, Text: item, Due: due}}
	}
	return d
}

// codesOf are the codes of things by what they are called, each by its code first of all.
func codesOf[T any](all []T, names func(T) []string) map[string]string {
	codes := map[string]string{}
	for _, one := range slices.Backward(all) {
		of := names(one)
		for _, name := range of {
			codes[name] = of[0]
		}
	}
	for _, one := range all {
		codes[names(one)[0]] = names(one)[0]
	}
	return codes
}

func called(w *intake.Row, column, what, name string, codes map[string]string) string {
	if name != "" && codes[name] == "" {
		w.Fail(column, "没有这个%s：%s", what, name)
	}
	return codes[name]
}

func codeIn(w *intake.Row, column string, from choices, usual string) string {
	text := w.Text(column)
	if text == "" {
		return usual
	}
	for _, o := range from {
		if text == o.code || text == string(o.word) {
			return o.code
		}
	}
	w.Fail(column, "“%s”无法识别，可填：%s", text, strings.Join(from.words(), " "))
	return ""
}

// Pasted is what came of a table that was pasted.
type Pasted struct {
	Kept  []string // ids of the drafts
	Wrong table.Problems
	Left  string // the rows that were not kept, under the head of the table, to be mended
}

// mostRows is how many rows one table may have.
const mostRows = 500

// Paste keeps the good rows of a table as drafts and names what is wrong with the others.
func Paste(tx *db.Tx, by auth.User, text string) (p Pasted, err error) {
	if err := by.Check(VerbDraft); err != nil {
		return p, err
	}
	post := by.Posts[slices.IndexFunc(by.Posts, func(p auth.Post) bool { return p.Role == auth.Office })]
	take := func(r *intake.Run, w *intake.Row) (bool, error) {
		d := draftOf(r, w)
		if w.Bad() {
			return false, nil
		}
		there, err := sameDraft(tx, post.Unit, d)
		if err != nil {
			return false, err
		}
		if there {
			w.Fail("title", "已有同一标题和问题的督办事项，没有重复存")
			return false, nil
		}
		m, err := KeepDraft(tx, by, d)
		if err == nil {
			p.Kept = append(p.Kept, m.ID)
		}
		return err == nil, err
	}
	folder, err := intake.ReadTable(intake.File{Path: tableFile, Columns: tableColumns, Key: "title problem",
		Row: take}, []byte(text))
	if err != nil {
		return p, err
	}
	r := folder.Begin(tx, func(string, int, int) {})
	if rows := len(r.Rows(tableFile)); rows == 0 || rows > mostRows {
		if wrong := r.Problems(); len(wrong) > 0 {
			return p, errs.Fields{"table": wrong[0].Reason}.Check("没有存：表格读不出来，请按提示修改。")
		}
		wrong := errs.Fields{}
		wrong.Say("table", "表格要有1到%d行，第一行是列名。", mostRows)
		return p, wrong.Check("没有存：表格读不出来，请按提示修改。")
	}
	if err := r.Apply(func(intake.File) bool { return true }, nil); err != nil {
		return p, err
	}
	p.Wrong = r.Problems()
	slices.SortStableFunc(p.Wrong, func(a, b table.Problem) int { return a.Line - b.Line })
	p.Left = left(text, r.Rows(tableFile), p.Wrong)
	return p, nil
}

// left are the head of a table and the rows in which something is wrong, as they were written. A row may go on over
// several lines.
func left(text string, rows []*intake.Row, wrong table.Problems) string {
	lines, starts := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), map[int]bool{}
	for _, w := range rows {
		starts[w.Line] = true
	}
	bad := map[int]bool{}
	for _, one := range wrong {
		starts[one.Line], bad[one.Line] = true, true
	}
	var kept []string
	keeping := true // the head
	for at, line := range lines {
		if starts[at+1] {
			keeping = bad[at+1]
		}
		if keeping && strings.TrimSpace(line) != "" {
			kept = append(kept, line)
		}
	}
	if len(bad) == 0 {
		return ""
	}
	return strings.Join(kept, "\n")
}
