package network

// Files of the network: labels, areas and units. Who holds which post is account's.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/intake"
)

// What other files call by a code. An area's code stands for its newest row.
var (
	AreaCodes = intake.Codes[Area]{Name: "区域", File: "areas.csv", Load: NewestArea}
	UnitCodes = intake.Codes[Unit]{Name: "单位", File: "units.csv", Load: UnitByCode}
)

// LabelFile is the file of labels, which others come after.
const LabelFile = "labels.csv"

// Files are those that a city's network is imported from.
func Files() []intake.File {
	return []intake.File{
		{Path: LabelFile, Title: "称呼", Columns: "kind*=词类（岗位、单位类别、区域层级） " + intake.Named,
			Key: "kind code", Row: takeLabel},
		{Path: AreaCodes.File, Title: "区域",
			Columns: intake.Named + " short_name=简称 level*=层级 parent=上级 opens_on*=启用日期 " +
				"closes_on=停用日期 tile_row=图块行 tile_col=图块列",
			Key: "code opens_on", Tree: true, After: []string{LabelFile}, Row: takeArea},
		{Path: UnitCodes.File, Title: "单位",
			Columns: intake.Named + " short_name=简称 kind*=类别 parent=上级单位 area*=所辖区域 " +
				"opens_on*=成立日期 closes_on=撤销日期 successor=承接单位 note=说明",
			Key: "code", Tree: true, After: []string{LabelFile, AreaCodes.File}, Row: takeUnit},
		{Path: "bodies.csv", Title: "机构应有成员数",
			Columns: "body*=机构 opens_on*=起算日期 members*=成员单位数 basis*=依据",
			Key:     "body opens_on", After: []string{UnitCodes.File}, Row: takeDeclared},
		{Path: "memberships.csv", Title: "成员资格", Columns: "body*=机构 member*=单位 " +
			"seat*=席位（主任单位、副主任单位、成员单位、列席单位） opens_on*=起 closes_on=止 basis*=依据",
			Key: "body member opens_on", After: []string{UnitCodes.File}, Row: takeMembership},
		{Path: "duties.csv", Title: "单位职责",
			Columns: "unit*=单位 opens_on*=施行日期 closes_on=停止日期 text*=职责 " +
				"clause=分解书条目 basis*=依据", Key: "unit opens_on", After: []string{UnitCodes.File}, Row: takeDuty},
		{Path: "rules.csv", Title: "工作制度", Columns: "code*=代码 version*=版本 body*=机构 " +
			"kind*=类别（会议、报告、联络员、督办、监测统计、评估、档案） title*=名称 text*=正文 basis=依据 in_force_on*=施行日期 " +
			"repealed_on=废止日期", Key: "code version", After: []string{UnitCodes.File}, Row: takeRule},
	}
}

func takeDeclared(r *intake.Run, w *intake.Row) (bool, error) {
	intake.Ref(w, "body", UnitCodes)
	d := Declared{Body: w.Text("body"), OpensOn: w.Day("opens_on"), Members: w.Int("members"), Basis: w.Text("basis")}
	if w.Bad() {
		return false, nil
	}
	return PutDeclared(r.Tx, d)
}

func takeMembership(r *intake.Run, w *intake.Row) (bool, error) {
	intake.Ref(w, "body", UnitCodes)
	intake.Ref(w, "member", UnitCodes)
	m := Membership{Body: w.Text("body"), Member: w.Text("member"), OpensOn: w.Day("opens_on"),
		ClosesOn: w.Day("closes_on"), Basis: w.Text("basis"), Position: w.Position,
		Seat: intake.Word(w, "seat", map[string]Seating{"主任单位": DirectorUnit, "副主任单位": ViceUnit,
			"成员单位": MemberUnit,
			"列席单位": Observer, "director_unit": DirectorUnit, "vice": ViceUnit, "member": MemberUnit,
			"observer": Observer})}
	if w.Bad() {
		return false, nil
	}
	_, changed, err := PutMembership(r.Tx, m)
	return changed, err
}

func takeDuty(r *intake.Run, w *intake.Row) (bool, error) {
	intake.Ref(w, "unit", UnitCodes)
	d := UnitDuty{Unit: w.Text("unit"), OpensOn: w.Day("opens_on"), ClosesOn: w.Day("closes_on"), Text: w.Text("text"),
		Clause: w.Text("clause"), Basis: w.Text("basis")}
	if w.Bad() {
		return false, nil
	}
	return PutDuty(r.Tx, d)
}

func takeRule(r *intake.Run, w *intake.Row) (bool, error) {
	intake.Ref(w, "body", UnitCodes)
	u := Rule{Code: w.Text("code"), Version: w.Int("version"), Body: w.Text("body"), Title: w.Text("title"),
		Text: w.Text("text"), Basis: w.Text("basis"), InForceOn: w.Day("in_force_on"), RepealedOn: w.Day("repealed_on"),
		Kind: intake.Word(w, "kind", map[string]string{"会议": "meeting", "报告": "reporting", "联络员": "liaison",
			"督办": "follow_up", "监测统计": "monitoring", "评估": "assessment", "档案": "archive",
			"meeting":   "meeting",
			"reporting": "reporting", "liaison": "liaison", "follow_up": "follow_up", "monitoring": "monitoring",
			"assessment": "assessment", "archive": "archive"})}
	if w.Bad() {
		return false, nil
	}
	return PutRule(r.Tx, u)
}

func takeLabel(r *intake.Run, w *intake.Row) (bool, error) {
	l := Label{Code: w.Text("code"), Name: w.Text("name"), NameEN: w.Text("name_en"), Position: w.Position,
		Kind: intake.Word(w, "kind", map[string]string{"岗位": "role", "单位类别": "unit_kind",
			"区域层级": "area_level", "role": "role", "unit_kind": "unit_kind", "area_level": "area_level"})}
	if l.Kind == "role" && !auth.KnownRole(l.Code) {
		w.Fail("code", "没有“%s”这个岗位角色", l.Code)
	}
	if w.Bad() {
		return false, nil
	}
	return PutLabel(r.Tx, l)
}

// LabelCode is the code that a label's code or name stands for.
func LabelCode(r *intake.Run, w *intake.Row, column, kind string) string {
	labels := intake.Keep(r, labelsOf(kind), func(tx *db.Tx) (map[string]Label, error) { return Labels(tx, kind) })
	s := w.Text(column)
	if _, known := labels[s]; known {
		return s
	}
	code := ""
	for _, l := range labels {
		if l.Name == s && (code == "" || l.Position < labels[code].Position) {
			code = l.Code
		}
	}
	if s != "" && code != "" {
		return code
	}
	if s != "" && !r.Lost(LabelFile, s) {
		w.Fail(column, "“%s”没有在labels.csv里登记", s)
	}
	w.Spoil()
	return ""
}

func takeArea(r *intake.Run, w *intake.Row) (bool, error) {
	a := Area{Code: w.Text("code"), Name: w.Text("name"),
		ShortName: w.Or("short_name", w.Text("name")), NameEN: w.Text("name_en"),
		Level: LabelCode(r, w, "level", "area_level"), ParentID: intake.Ref(w, "parent", AreaCodes).ID,
		OpensOn: w.Day("opens_on"), ClosesOn: w.Day("closes_on"),
		TileRow: w.Int("tile_row"), TileCol: w.Int("tile_col")}
	if w.Bad() {
		return false, nil
	}
	_, changed, err := PutArea(r.Tx, a)
	return changed, err
}

func takeUnit(r *intake.Run, w *intake.Row) (bool, error) {
	intake.Ref(w, "parent", UnitCodes)
	u := Unit{Code: w.Text("code"), Name: w.Text("name"), ShortName: w.Or("short_name", w.Text("name")),
		NameEN: w.Text("name_en"), Kind: LabelCode(r, w, "kind", "unit_kind"),
		Parent: w.Text("parent"), AreaID: intake.Ref(w, "area", AreaCodes).ID, Note: w.Text("note"),
		OpensOn: w.Day("opens_on"), ClosesOn: w.Day("closes_on"), Successor: w.Text("successor"), Position: w.Position}
	if w.Bad() {
		return false, nil
	}
	return PutUnit(r.Tx, u)
}
