package revision

// Files of indicators without data, of links and of duties, row by row. What the program keeps already is not touched:
// a row adds what is not there yet.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/indicator"
	"yipanqi/internal/intake"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
)

// Files are those that this module is imported from.
func Files() []intake.File {
	units := network.UnitCodes.File
	return []intake.File{
		{Path: "no_data.csv", Title: "无数据登记", Columns: "office*=妇儿工委办 indicator*=指标 since*=起 " +
			"cause*=原因（无来源、未分区或分性别、非年度、定义不清、来源单位调整、调查停止、未共享、待查） " +
			"needs=需要（行政记录、部门统计调查制度、抽样调查、普查、购买服务，用顿号分开） " +
			"owner*=责任单位 plan=方案 " +
			"due*=期限 substitute=替代指标", Help: "指标已有没办结的登记时不再记", Key: "office indicator",
			After: []string{units, indicator.Codes.File}, Row: takeRecord},
		{Path: "indicator_links.csv", Title: "指标衔接",
			Columns: "office*=妇儿工委办 local=本地指标 level*=层级（国家、省（区、市）） " +
				"upper=上级指标 upper_unit=上级单位 upper_target=上级目标 " +
				"relation*=关系（相同、口径不同、单位不同、频次不同、统计年度不同、" +
				"范围不同、只是名称相同、只有本地有、只有上级有） difference=差异 conversion=换算" + intake.Sourced,
			Help: "两个指标已经登记了衔接时不再记", Key: "office local level upper",
			After: []string{units, indicator.Codes.File}, Row: takeLink},
		{Path: "sex_duties.csv", Title: "分性别统计任务", Columns: "office*=妇儿工委办 element*=数据项 unit*=单位 " +
			"should*=应分（是、否） now*=现状（已分、部分分、未分） regime=部门制度 obstacle=障碍 target_year=目标年",
			Help: "单位已有这个数据项的任务时不再记", Key: "office element unit",
			After: []string{units, element.Codes.File}, Row: takeDuty},
	}
}

// clerk is the program in the place of an office: an import adds rows that the office would.
func clerk(r *intake.Run, w *intake.Row) (by auth.User, k Kept, err error) {
	unit := intake.Ref(w, "office", network.UnitCodes)
	if w.Bad() {
		return by, k, nil
	}
	area, err := network.AreaByID(r.Tx, unit.AreaID)
	by = journal.System
	by.Posts = []auth.Post{{Unit: unit.Code, UnitName: unit.Name, Role: auth.Office, AreaID: area.ID,
		AreaCode: area.Code,
		AreaPath: area.Path}}
	return by, Kept{Office: unit.Code, AreaPath: area.Path}, err
}

// split are the codes that words apart by commas stand for.
func split(w *intake.Row, column string, all []choice) (codes []string) {
	apart := func(r rune) bool { return strings.ContainsRune("、，,；; ", r) }
	for _, said := range strings.FieldsFunc(w.Text(column), apart) {
		code := coded(all)[said]
		if code == "" {
			w.Fail(column, "没有“%s”这个选项", said)
		}
		codes = append(codes, code)
	}
	return codes
}

func takeRecord(r *intake.Run, w *intake.Row) (bool, error) {
	by, k, err := clerk(r, w)
	if err != nil {
		return false, err
	}
	intake.Ref(w, "owner", network.UnitCodes)
	i := intake.Ref(w, "indicator", indicator.Codes)
	o := Opened{Indicator: i.Code, Since: w.Text("since"), Cause: intake.Word(w, "cause", coded(causes)),
		Needs: split(w, "needs", needs), Owner: w.Text("owner"), DueOn: w.Day("due"), Substitute: w.Text("substitute")}
	if w.Bad() {
		return false, nil
	}
	there, err := recordsAbout(r.Tx, i.Code)
	if err != nil || slices.ContainsFunc(there, func(o Record) bool { return o.AreaPath == k.AreaPath && !o.ended() }) {
		return false, err
	}
	k.ID, k.State, k.Version = db.NewID(), Open, 1
	one := Record{Kept: k, Indicator: i.Code, Plan: w.Text("plan")}
	if err := one.open(r.Tx, o); err != nil {
		w.Refuse(err)
		return false, nil
	}
	return true, addRecord(r.Tx, by, VerbImport, &one)
}

func takeLink(r *intake.Run, w *intake.Row) (bool, error) {
	by, k, err := clerk(r, w)
	if err != nil {
		return false, err
	}
	if w.Text("local") != "" {
		intake.Ref(w, "local", indicator.Codes)
	}
	l := Link{Local: w.Text("local"), Level: intake.Word(w, "level", coded(levels)), Upper: w.Text("upper"),
		UpperUnit: w.Text("upper_unit"), UpperTarget: w.Text("upper_target"),
		Relation: intake.Word(w, "relation", coded(relations)), Difference: w.Text("difference"),
		Conversion: w.Text("conversion"), SourceTitle: w.Text("source_title"), SourceURL: w.Address("source_url")}
	if w.Bad() {
		return false, nil
	}
	there, err := linksOf(r.Tx, l.Local)
	if err != nil || slices.ContainsFunc(there, func(o Link) bool {
		return o.AreaPath == k.AreaPath && o.Level == l.Level && o.Upper == l.Upper
	}) {
		return false, err
	}
	_, err = PutLink(r.Tx, by, l)
	return err == nil && !w.Bad(), refused(w, err)
}

func takeDuty(r *intake.Run, w *intake.Row) (bool, error) {
	by, k, err := clerk(r, w)
	if err != nil {
		return false, err
	}
	intake.Ref(w, "element", element.Codes)
	intake.Ref(w, "unit", network.UnitCodes)
	d := Duty{Element: w.Text("element"), Unit: w.Text("unit"), Should: w.Yes("should"),
		Now: intake.Word(w, "now", coded(nows)), Regime: w.Text("regime"), Obstacle: w.Text("obstacle"),
		TargetYear: w.Year("target_year")}
	if w.Bad() {
		return false, nil
	}
	all, err := every[Duty](r.Tx)
	if err != nil || slices.ContainsFunc(all, func(o Duty) bool {
		return o.Element == d.Element && o.Unit == d.Unit && o.AreaPath == k.AreaPath
	}) {
		return false, err
	}
	_, err = PutDuty(r.Tx, by, d)
	return err == nil && !w.Bad(), refused(w, err)
}

// refused tells the row what was wrong with it; other errors end the import.
func refused(w *intake.Row, err error) error {
	if err == nil || w.Refuse(err) {
		return nil
	}
	return err
}
