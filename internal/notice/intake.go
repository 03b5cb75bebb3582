package notice

// The file of the office's own ladders of reminders.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/intake"
	"yipanqi/internal/network"
)

// Files are those that reminders are imported from.
func Files() []intake.File {
	return []intake.File{{Path: "reminders.csv", Title: "提醒规则",
		Columns: "step*=环节（submission.prepare填报，submission.sign第二人签字，submission.complete第三人签字，submission.accept妇儿工委办审核） " +
			"when*=时间（-10工作日、-3天、0、+1工作日） " +
			"role*=岗位（岗位代码或名称，或第一签字人、第二签字人、第三签字人） of*=对象（本单位、妇儿工委办、妇儿工委） " +
			"status=状态（待确认、已确认、停用） basis=依据",
		Help: "写了某个环节，就代替程序对这个环节的默认规则；现行规则见 `/reminders`，可存成这个文件",
		Key:  "step when role of", After: []string{network.LabelFile}, Row: takeRung}}
}

// takeRung puts a rung of the office's own ladder of reminders.
func takeRung(r *intake.Run, w *intake.Row) (bool, error) {
	type roles struct{}
	role := w.Text("role")
	load := func(tx *db.Tx) (map[string]network.Label, error) { return network.Labels(tx, "role") }
	for _, l := range intake.Keep(r, roles{}, load) {
		if l.Name == role {
			role = l.Code
		}
	}
	rung, err := ReadRung(w.Text("step"), w.Text("when"), role, w.Text("of"), w.Text("status"), w.Text("basis"))
	if err != nil || w.Bad() {
		return false, err
	}
	if !KnownStep(rung.Step) {
		w.Fail("step", "“%s”无法识别，可填：%s", w.Text("step"), StepWords())
		return false, nil
	}
	return PutRung(r.Tx, rung)
}
