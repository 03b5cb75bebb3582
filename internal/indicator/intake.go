package indicator

// Files of indicators with their versions, where they hang on goals, targets, published figures and standards, row by
// row. What texts call them is check's.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/formula"
	"yipanqi/internal/intake"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/quantity"
)

// Codes are what other files call indicators by.
var Codes = intake.Codes[Indicator]{Name: "指标", File: "indicators.csv", Load: ByCode}

// ParameterFile is the file of standards.
const ParameterFile = "parameters.csv"

// Files are those that indicators are imported from.
func Files() []intake.File {
	areas, calibres := network.AreaCodes.File, element.CalibreCodes.File
	return []intake.File{
		{Path: Codes.File, Title: "指标", Columns: "code*=代码 name=名称 name_en=英文名 unit=单位 unit_en=英文单位 decimals=小数位数 " +
			"direction=方向（提高为好、降低为好、中性） year_start=年度起始 source_unit=来源单位 from=起用期 formula=公式 calibre=口径 " +
			"definition=定义" + intake.Sourced, Help: "同一代码的第二行只填起用期起的新公式、定义", Key: "code from",
			After: []string{network.UnitCodes.File, calibres, element.Codes.File, form.Codes.File}, Row: takeIndicator},
		{Path: "goal_indicators.csv", Title: "目标下的指标", Columns: "plan*=规划 goal*=目标 indicator*=指标",
			Key: "plan goal indicator", After: []string{plan.GoalCodes.File, Codes.File}, Row: takeGoalIndicator},
		{Path: "targets.csv", Title: "目标值", Columns: "plan*=规划 indicator*=指标 area*=区域 op*=比较（≥、≤、提高、降低、无） value=目标值 " +
			"year=年份 baseline_year=基期 level=级别（本级、全国） words=表述" + intake.Sourced,
			Key: "plan indicator area level", After: []string{plan.Codes.File, Codes.File, areas}, Row: takeTarget},
		{Path: "published.csv", Title: "公开数据", Columns: "indicator*=指标 area*=区域 period*=期别（2018、2018-S1、2018-Q1、2018-01） " +
			"sex=性别（合计、男、女） value*=数值 mark=精确度（近、余、以上、约） calibre=口径 derived=推算（是、否） note=说明 " +
			"source_title*=来源 source_url=来源网址 source_page=页码 published_on=公布日期",
			Key:   "indicator area period sex calibre source_title source_url",
			After: []string{Codes.File, areas, calibres}, Row: takePublished},
		{Path: ParameterFile, Title: "标准", Columns: intake.Named + " area*=区域 value*=数值 unit=单位 opens_on*=生效日期 " +
			"closes_on=失效日期 note=说明 source_title*=来源 source_url=来源网址", Key: "code area opens_on",
			After: []string{areas}, Row: takeParameter},
	}
}

// takeIndicator puts an indicator with its first version; a further row of the same code is a further version.
func takeIndicator(r *intake.Run, w *intake.Row) (bool, error) {
	code := w.Text("code")
	v := Version{From: w.Period("from"), Formula: w.Text("formula"), Definition: w.Text("definition"),
		CalibreID: intake.Ref(w, "calibre", element.CalibreCodes).ID, SourceTitle: w.Text("source_title"),
		SourceURL: w.Address("source_url")}
	i, again := intake.Find(r, Codes, code)
	if w.Text("name") == "" && r.Lost(Codes.File, code) {
		w.Spoil()
		return false, nil
	}
	if w.Text("name") != "" || !again {
		intake.Ref(w, "source_unit", network.UnitCodes)
		i = Indicator{Code: code, Name: w.Text("name"), NameEN: w.Text("name_en"),
			Unit: w.Text("unit"), UnitEN: w.Text("unit_en"),
			Decimals: w.Int("decimals"), YearStart: period.YearStart(w.Text("year_start")),
			SourceUnit: w.Text("source_unit"), Position: w.Position,
			Direction: intake.Word(w, "direction", map[string]int{"": 0, "中性": 0, "提高为好": 1, "降低为好": -1,
				"上升为好": 1, "下降为好": -1,
				"neutral": 0, "up": 1, "down": -1})}
		again = false
		w.Refuse(i.Validate())
	}
	canCompute(r, w, i, v)
	if w.Bad() {
		return false, nil
	}
	changed := false
	if !again {
		var err error
		if i, changed, err = Put(r.Tx, i); err != nil {
			return false, err
		}
	}
	v.IndicatorID = i.ID
	versioned, err := PutVersion(r.Tx, v)
	return changed || versioned, err
}

// canCompute checks what the version's formula refers to.
func canCompute(r *intake.Run, w *intake.Row, i Indicator, v Version) {
	f, err := formula.Parse(v.Formula)
	w.RefuseAt("formula", err)
	for _, code := range f.Elements() {
		intake.RefCode(w, "formula", element.Codes, code)
	}
	if w.Bad() || !r.Whole(form.Codes.File) {
		return
	}
	type allForms struct{}
	type allElements struct{}
	forms, elements := intake.Keep(r, allForms{}, form.List), intake.Keep(r, allElements{}, element.All)
	w.RefuseAt("formula", CanFeed(forms, elements, i, v))
}

func takeGoalIndicator(r *intake.Run, w *intake.Row) (bool, error) {
	g := GoalIndicator{Plan: w.Text("plan"), Goal: w.Text("goal"),
		IndicatorID: intake.Ref(w, "indicator", Codes).ID, Position: w.Position}
	intake.RefCode(w, "goal", plan.GoalCodes, g.Plan+"/"+g.Goal)
	if w.Bad() {
		return false, nil
	}
	return PutOnGoal(r.Tx, g)
}

func takeTarget(r *intake.Run, w *intake.Row) (bool, error) {
	t := Target{Plan: w.Text("plan"), IndicatorID: intake.Ref(w, "indicator", Codes).ID,
		AreaID: intake.Ref(w, "area", network.AreaCodes).ID,
		Level: intake.Word(w, "level", map[string]string{"": Own, "本级": Own, "全国": National,
			Own: Own, National: National}),
		Op: intake.Word(w, "op", map[string]string{"≥": AtLeast, ">=": AtLeast, "ge": AtLeast,
			"≤": AtMost, "<=": AtMost, "le": AtMost, "提高": Increase, "上升": Increase,
			"increase": Increase, "降低": Decrease,
			"下降": Decrease, "decrease": Decrease, "无": NoTarget, "none": NoTarget}),
		Value: w.Text("value"), Year: w.Year("year"), BaselineYear: w.Year("baseline_year"), Words: w.Text("words"),
		SourceTitle: w.Text("source_title"), SourceURL: w.Address("source_url")}
	intake.Ref(w, "plan", plan.Codes)
	w.Refuse(t.Validate())
	if w.Bad() {
		return false, nil
	}
	return PutTarget(r.Tx, t)
}

func takePublished(r *intake.Run, w *intake.Row) (bool, error) {
	p := Published{IndicatorID: intake.Ref(w, "indicator", Codes).ID,
		AreaID: intake.Ref(w, "area", network.AreaCodes).ID,
		Period: w.Period("period"), Value: w.Text("value"), Derived: w.Yes("derived"), Note: w.Text("note"),
		Sex: intake.Word(w, "sex", map[string]int{"": quantity.SexTotal, "合计": quantity.SexTotal,
			"_T": quantity.SexTotal, "男": quantity.SexMale, "1": quantity.SexMale, "女": quantity.SexFemale,
			"2": quantity.SexFemale}),
		Mark: intake.Word(w, "mark", map[string]quantity.Mark{"": quantity.Exact, "近": quantity.Nearly,
			"余": quantity.Over, "超过": quantity.Over, "以上": quantity.AtLeast, "约": quantity.About,
			"exact": quantity.Exact, "nearly": quantity.Nearly, "over": quantity.Over,
			"at_least": quantity.AtLeast, "about": quantity.About}),
		CalibreID:   intake.Ref(w, "calibre", element.CalibreCodes).ID,
		SourceTitle: w.Text("source_title"), SourceURL: w.Address("source_url"), SourcePage: w.Text("source_page"),
		PublishedOn: w.Day("published_on"), Position: w.Position}
	w.Refuse(p.Validate())
	if w.Bad() {
		return false, nil
	}
	return PutPublished(r.Tx, p)
}

func takeParameter(r *intake.Run, w *intake.Row) (bool, error) {
	p := Parameter{Code: w.Text("code"), AreaID: intake.Ref(w, "area", network.AreaCodes).ID,
		OpensOn: w.Day("opens_on"), ClosesOn: w.Day("closes_on"), Name: w.Text("name"), NameEN: w.Text("name_en"),
		Value: w.Text("value"), Unit: w.Text("unit"), Note: w.Text("note"), SourceTitle: w.Text("source_title"),
		SourceURL: w.Address("source_url")}
	w.Refuse(p.Validate())
	if w.Bad() {
		return false, nil
	}
	return PutParameter(r.Tx, p)
}

// HasParameter says whether there is a standard of a code.
func HasParameter(r *intake.Run, code string) bool {
	type codesOfParameters struct{}
	return intake.Keep(r, codesOfParameters{}, func(tx *db.Tx) (map[string]bool, error) {
		all, err := Parameters(tx)
		known := map[string]bool{}
		for _, p := range all {
			known[p.Code] = true
		}
		return known, err
	})[code]
}
