package record

// Files of registers: definitions, lists of codes, standards, and who plays which part here.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/intake"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

const (
	definitionFiles = "registers/*.yaml"
	codesFile       = "registers/codes.csv"
	standardsFile   = "registers/standards.csv"
	partsFile       = "register_parts.csv"
)

// Files are those that registers are imported from.
func Files() []intake.File {
	return []intake.File{
		{Path: codesFile, Title: "业务登记的代码表", Key: "list code", Code: "list/code",
			Columns: "list*=代码表 code*=代码 name*=名称 name_en=英文名 heading=组 required=必查 note=说明 source=来源 confirmed=已确认",
			Row:     takeItem},
		{Path: standardsFile, Title: "有起止日期的标准", Key: "code region valid_from", Code: "code/region/valid_from",
			Columns: "code*=标准 region*=区域 valid_from=自 valid_to=至 applies=适用 operator*=比较 value*=数值 unit=计量单位 " +
				"direction=方向 source=来源 confirmed=已确认", Row: takeStandard},
		{Path: definitionFiles, Title: "业务登记的定义",
			Help: "一项登记一个文件：字段、环节、核对、统计、列表、打印。名称用中文或英文：" + register.KeysHelp(),
			After: []string{codesFile, standardsFile, element.RegisterFile, network.LabelFile, plan.GoalCodes.File,
				indicator.Codes.File},
			Text: takeDefinition, Done: owned},
		{Path: partsFile, Title: "各项登记由谁办", Key: "register part kind", Code: "register/part/kind",
			Columns: "register*=登记 part*=办理 kind*=单位类别 roles*=岗位", After: []string{definitionFiles},
			Row: takePart},
		recordsFile(),
	}
}

func takeItem(r *intake.Run, w *intake.Row) (bool, error) {
	if w.Bad() {
		return false, nil
	}
	o := register.Option{Code: w.Text("code"), Name: say.Name{ZH: w.Text("name"), EN: w.Text("name_en")},
		Heading: w.Text("heading"), Must: w.Text("required") == yes.ZH}
	return putItem(r.Tx, w.Text("list"), o, w.Text("note"), w.Text("source"), w.Text("confirmed"),
		w.Line)
}

func takeStandard(r *intake.Run, w *intake.Row) (bool, error) {
	s := Standard{Code: w.Text("code"), Region: w.Text("region"), From: since(w.Text("valid_from")),
		To: since(w.Text("valid_to")), Applies: w.Text("applies"), Operator: w.Text("operator"), Value: w.Text("value"),
		Unit: w.Text("unit"), Direction: w.Text("direction"), Source: w.Text("source"), Confirmed: w.Text("confirmed")}
	if w.Bad() {
		return false, nil
	}
	return putStandard(r.Tx, s)
}

// since is a day; a year is its first.
func since(text string) string {
	if len(text) == len("2017") {
		return text + "-01-01"
	}
	return text
}

func takePart(r *intake.Run, w *intake.Row) (bool, error) {
	d, err := ByCode(r.Tx, w.Text("register"))
	if errs.KindOf(err) == errs.Missing {
		w.Fail("register", "没有业务登记“%s”。", w.Text("register"))
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if _, known := d.Part(w.Text("part")); !known {
		w.Fail("part", "办理里没有“%s”。", w.Text("part"))
	}
	roles := strings.FieldsFunc(w.Text("roles"), func(r rune) bool { return strings.ContainsRune("+、, ", r) })
	for _, role := range roles {
		if !auth.KnownRole(role) {
			w.Fail("roles", "没有“%s”这个岗位角色。", role)
		}
	}
	kinds, err := network.Labels(r.Tx, "unit_kind")
	if err != nil {
		return false, err
	}
	if _, known := kinds[w.Text("kind")]; !known {
		w.Fail("kind", "没有“%s”这个单位类别。", w.Text("kind"))
	}
	if w.Bad() {
		return false, nil
	}
	return Assign(r.Tx, d.Code, w.Text("part"), w.Text("kind"), roles)
}

func takeDefinition(r *intake.Run, file, body string) (bool, error) {
	known, err := Known(r.Tx)
	if err != nil {
		return false, err
	}
	d, problems := register.Parse(file, []byte(body), known)
	if len(problems) == 0 {
		if problems, err = Effects(r.Tx, file, d); err != nil {
			return false, err
		}
	}
	if r.Refuse(problems); len(problems) > 0 {
		return false, nil
	}
	return Define(r.Tx, d)
}

// Known is what a definition may name here.
func Known(tx *db.Tx) (k register.Known, err error) {
	k.Lists, k.Standards = map[string]bool{}, map[string]bool{}
	all, err := lists(tx)
	k.Items = map[string]map[string]bool{}
	for list, options := range all {
		k.Lists[list], k.Items[list] = true, map[string]bool{}
		for _, o := range options {
			k.Items[list][o.Code] = true
		}
	}
	if err != nil {
		return k, err
	}
	rows, err := standards(tx)
	for _, s := range rows {
		k.Standards[s.Code] = true
	}
	if err != nil {
		return k, err
	}
	k.Elements, k.Counted, k.Categories = map[string]bool{}, map[string]string{}, map[string]string{}
	elements, err := element.All(tx)
	for code, e := range elements {
		k.Elements[code], k.Counted[code] = true, e.Categories
	}
	if err != nil {
		return k, err
	}
	categories, err := element.Categories(tx)
	for code, c := range categories {
		k.Categories[code] = c.List
	}
	if err != nil {
		return k, err
	}
	k.Levels, err = labels(tx, "area_level")
	if err != nil {
		return k, err
	}
	for _, level := range usual {
		k.Levels[level] = true
	}
	k.Kinds, err = labels(tx, "unit_kind")
	for _, kind := range institutions {
		k.Kinds[kind] = true
	}
	if err == nil {
		err = served(tx, &k)
	}
	return k, err
}

// served are the goals and indicators that registers may say they serve: those of an installation that has any.
func served(tx *db.Tx, k *register.Known) error {
	p, err := placed(tx)
	if err != nil {
		return err
	}
	k.Goals, k.Indicators = map[string]bool{}, map[string]bool{}
	for code := range p.aims {
		k.Goals[code] = true
	}
	all, err := indicator.List(tx)
	for _, i := range all {
		k.Indicators[i.Code] = true
	}
	return err
}

type brokenKey struct{}

// Broken is what definitions in use name that is there no more, each at its line: a goal that left its plan, a list of
// codes that was taken away.
func Broken(tx *db.Tx) (table.Problems, error) {
	return db.Remember(tx, brokenKey{}, func(tx *db.Tx) (all table.Problems, err error) {
		known, err := Known(tx)
		if err != nil {
			return nil, err
		}
		registers, err := Registers(tx)
		for _, d := range registers {
			_, problems := register.Parse(definitionFile(d.Code), []byte(d.Text), known)
			all = append(all, problems...)
		}
		return all, err
	})
}

// institutions are kinds of units that a definition may count though the installation has none of them.
var institutions = []string{"research_base", "midwifery"}

// usual are levels that a definition may name though the installation has no area of them.
var usual = []string{"city", "district", "street", "community", "village"}

func labels(tx *db.Tx, kind string) (map[string]bool, error) {
	all, err := network.Labels(tx, kind)
	known := map[string]bool{}
	for code := range all {
		known[code] = true
	}
	return known, err
}

var allowed = []string{"text", "para"}

// changedType says whether values of one type can no longer be read as another.
func changedType(was, now register.Field) bool {
	return was.Type != now.Type && !(slices.Contains(allowed, was.Type) && slices.Contains(allowed, now.Type))
}
