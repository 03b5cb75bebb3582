package meeting

// The files of an office's own kinds of meetings and of its own needs of training. A row replaces the program's of the
// same code, or of the same role and subject.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/intake"
	"yipanqi/internal/network"
)

// ownFiles are those two.
func ownFiles() []intake.File {
	return []intake.File{{Path: "meeting_kinds.csv", Title: "会议类别",
		Columns: "code*=代码 name*=名称 name_en=英文名 invitees=通常对象 minutes*=需纪要（是、否） training*=计入培训（是、否） " +
			"rhythm=频次（如：每年两次） status=状态（待确认、已确认、停用）",
		Help: "同代码的代替程序提供的类别；没有写到的照旧可用", Key: "code", Row: takeKind},
		{Path: "training_needs.csv", Title: "岗位应训内容",
			Columns: "role*=岗位（代码或名称） subject*=培训内容（履职、监测统计、性别平等、评估、督导、系统操作） " +
				"status=状态（待确认、已确认、停用） basis=依据",
			Help: "同岗位同内容的代替程序的默认；不再要求的写停用", Key: "role subject", After: []string{network.LabelFile},
			Row: takeNeed}}
}

var yesNo = map[string]bool{"是": true, "否": false, "yes": true, "no": false}

func takeKind(r *intake.Run, w *intake.Row) (bool, error) {
	k := Kind{Code: w.Text("code"), Name: w.Text("name"), NameEN: w.Text("name_en"), Invitees: w.Text("invitees"),
		NeedsMinutes: intake.Word(w, "minutes", yesNo), Training: intake.Word(w, "training", yesNo),
		Rhythm: w.Text("rhythm"), Status: intake.Word(w, "status", statusOf), Position: w.Position}
	if len(k.Code) > 40 || strings.Trim(k.Code, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		w.Fail("code", "代码只用小写字母、数字和下划线，最多40个")
	}
	for column, text := range map[string]string{"name": k.Name, "name_en": k.NameEN, "invitees": k.Invitees,
		"rhythm": k.Rhythm} {
		if !short(text, maxTitle) {
			w.Fail(column, "最多%d个字", maxTitle)
		}
	}
	if w.Bad() {
		return false, nil
	}
	return putKind(r.Tx, k)
}

func takeNeed(r *intake.Run, w *intake.Row) (bool, error) {
	type roles struct{}
	n := Need{Role: w.Text("role"), Subject: codeOf(subjects, w.Text("subject")),
		Status: intake.Word(w, "status", statusOf), Basis: w.Text("basis")}
	load := func(tx *db.Tx) (map[string]network.Label, error) { return network.Labels(tx, "role") }
	for _, l := range intake.Keep(r, roles{}, load) {
		if l.Name == n.Role {
			n.Role = l.Code
		}
	}
	if !auth.KnownRole(n.Role) {
		w.Fail("role", "没有“%s”这个岗位角色", w.Text("role"))
	}
	if n.Subject == "" {
		w.Fail("subject", "没有“%s”这种培训内容", w.Text("subject"))
	}
	if !short(n.Basis, maxShort) {
		w.Fail("basis", "最多%d个字", maxShort)
	}
	if w.Bad() {
		return false, nil
	}
	return putNeed(r.Tx, n)
}
