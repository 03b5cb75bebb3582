package issue

// The file of issues that a city had before it had the program, or keeps in a table: each is proposed, and listing it
// stays a decision.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/held"
	"yipanqi/internal/indicator"
	"yipanqi/internal/intake"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
)

// Files are those that issues are imported from.
func Files() []intake.File {
	return []intake.File{{Path: "issues.csv", Title: "拟列的重难点问题",
		Columns: "office*=提出的妇儿工委办 title*=名称 indicators=指标（名称或代码，用顿号分开） " +
			"goals=对应的目标（规划代码/目标代码，用顿号分开） relief=没有指标的，怎样看出缓解 why=为什么难（用顿号分开） " +
			"why_text=难在哪里 lead=牵头单位（名称或代码） supporting=配合单位（名称或代码，用顿号分开） " +
			"acts=已公开的举措（一行一项：年份 类别：内容） source=来源",
		Help: "记为拟列，由会议决定列入；同一妇儿工委办已有同一名称的不再记。写了来源的按来源记载，来源没有说的留空，不再办理", Key: "office title",
		After: []string{network.UnitCodes.File, indicator.Codes.File, plan.Codes.File}, Row: takeIssue}}
}

// takeIssue proposes an issue once; one that is there already stays as it is.
func takeIssue(r *intake.Run, w *intake.Row) (bool, error) {
	unit := intake.Ref(w, "office", network.UnitCodes)
	i := Issue{ID: db.NewID(), Title: w.Text("title"), Relief: w.Text("relief"), WhyText: w.Text("why_text"),
		Goals: several(w, "goals", nil), Source: w.Text("source"), State: Proposed, CreatedAt: r.Tx.Now, Version: 1,
		UpdatedBy: journal.System.Name, UpdatedAt: r.Tx.Now}
	for _, said := range several(w, "why", nil) {
		i.Why = append(i.Why, coded(whys, said))
	}
	units := intake.Keep(r, "units", func(tx *db.Tx) (map[string]string, error) {
		codes := map[string]string{}
		all, err := network.AllUnits(tx)
		for _, u := range all {
			codes[u.Name], codes[u.ShortName] = u.Code, u.Code
		}
		return codes, err
	})
	names := intake.Keep(r, "indicators", func(tx *db.Tx) (map[string]string, error) {
		codes := map[string]string{}
		all, err := indicator.List(tx)
		for _, one := range all {
			codes[one.Name] = one.Code
		}
		return codes, err
	})
	i.Indicators, i.Supporting = several(w, "indicators", names), several(w, "supporting", units)
	switch lead := several(w, "lead", units); {
	case len(lead) > 1:
		w.Fail("lead", "牵头单位只能有一个，其他的请填在配合单位里")
	case len(lead) == 1:
		i.Lead = lead[0]
	}
	acts, wrong := toldActs(w.Text("acts"), i.told())
	if wrong.Key != "" {
		w.Fail("acts", wrong.Key, wrong.Args...)
	}
	i.Acts = acts
	if w.Bad() {
		return false, nil
	}
	area, err := network.AreaByID(r.Tx, unit.AreaID)
	if err != nil {
		return false, err
	}
	i.Unit, i.AreaID, i.AreaPath = unit.Code, area.ID, area.Path
	i.asTold()
	staff, err := network.Staff(r.Tx, unit.Code, r.Tx.Today())
	if err != nil {
		return false, err
	}
	at := slices.IndexFunc(staff, func(p network.Post) bool { return p.Role == auth.Office })
	if at < 0 {
		w.Fail("office", "这个妇儿工委办还没有工作人员，请先登记人员")
		return false, nil
	}
	i.CreatedBy = staff[at].PersonID
	by := journal.System
	by.Posts = []auth.Post{{Unit: unit.Code, UnitName: unit.Name, Role: auth.Office, AreaID: area.ID,
		AreaCode: area.Code, AreaPath: area.Path}}
	if err := i.known(r.Tx, by); err != nil {
		if w.Refuse(err) {
			return false, nil
		}
		return false, err
	}
	all, err := every(r.Tx)
	same := func(o Issue) bool { return o.Unit == i.Unit && o.Title == i.Title }
	if err != nil || slices.ContainsFunc(all, same) {
		return false, err
	}
	if err := insert(r.Tx, i); err != nil {
		return false, err
	}
	if err := findable(r.Tx, i); err != nil {
		return false, err
	}
	return true, held.Log(r.Tx, journal.System, VerbPropose, i.Object(), nil, i.row(), nil)
}

// several are the codes of what a cell names, by code or name.
func several(w *intake.Row, column string, codes map[string]string) (all []string) {
	apart := func(r rune) bool { return strings.ContainsRune("、，,；;", r) }
	for _, said := range strings.FieldsFunc(w.Text(column), apart) {
		if said = strings.TrimSpace(said); codes[said] != "" {
			said = codes[said]
		}
		all = append(all, said)
	}
	return all
}
