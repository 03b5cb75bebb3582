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
		{Path: AreaCodes.File, Title: "区域", Columns: intake.Named + " short_name=简称 level*=层级 parent=上级 opens_on*=启用日期 " +
			"closes_on=停用日期 tile_row=图块行 tile_col=图块列",
			Key: "code opens_on", Tree: true, After: []string{LabelFile}, Row: takeArea},
		{Path: UnitCodes.File, Title: "单位", Columns: intake.Named + " short_name=简称 kind*=类别 parent=上级单位 area*=所辖区域 " +
			"opens_on*=成立日期 closes_on=撤销日期 successor=承接单位 note=说明",
			Key: "code", Tree: true, After: []string{LabelFile, AreaCodes.File}, Row: takeUnit},
	}
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
