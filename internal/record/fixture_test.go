package record_test

// The sample records of the domain paper in a small city of their own, and what the measures must give on them.

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/element"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/intake"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
	"yipanqi/registers"
)

const (
	fixtureLabels = "词类,代码,名称,英文名\n区域层级,city,市,City\n区域层级,district,区,District\n区域层级,street,街道,Street\n" +
		"区域层级,community,社区,Community\n区域层级,village,村,Village\n单位类别,office,办公室,Office\n" +
		"单位类别,research_base,研究基地,Base\n单位类别,bureau,部门,Bureau\n" +
		"单位类别,midwifery,助产机构,Midwifery institution\n"
	fixtureAreas = "代码,名称,简称,英文名,层级,上级,启用日期\n980100,示范市,示范市,City,city,,2010-01-01\n" +
		"980101,东岭区,东岭,East,district,980100,2010-01-01\n980102,西川区,西川,West,district,980100,2010-01-01\n" +
		"980101001,桐花街道,桐花街道,Tonghua,street,980101,2010-01-01\n" +
		"980102001,青石街道,青石街道,Qingshi,street,980102,2010-01-01\n" +
		"980102002,柳溪镇,柳溪镇,Liuxi,street,980102,2010-01-01\n" +
		"980101001001,桐花社区,桐花社区,Tonghua,community,980101001,2010-01-01\n" +
		"980101001002,银杏社区,银杏社区,Yinxing,community,980101001,2010-01-01\n" +
		"980102001001,青石社区,青石社区,Qingshi,community,980102001,2010-01-01\n" +
		"980102002001,柳溪村,柳溪村,Liuxi,village,980102002,2010-01-01\n"
)

// goals of the fixture: two plans that run, and one that is only drafted.
var fixtureGoals = map[string]string{
	"plans.csv": "代码,名称,英文名,类型,区域,起始年,结束年,状态\nW,妇女发展规划,Women’s plan,妇女,980100,2021,2025,已印发\n" +
		"C,儿童发展规划,Children’s plan,儿童,980100,2021,2025,已印发\n" +
		"E,东岭区规划,East’s plan,合并,980101,2021,2025,已印发\nD,下一个规划,Next plan,合并,980100,2026,2030,起草\n",
	"domains.csv": "规划,代码,名称,英文名\nW,health,健康,Health\nC,health,健康,Health\nE,health,健康,Health\nD,health,健康,Health\n",
	"goals.csv": "规划,代码,领域,目标,英文\nW,1.1,health,妇女身心健康，生活美好,Women are healthy\nW,1.2,health,妇女体质增强,Fitter women\n" +
		"C,1.2,health,儿童近视率下降,Fewer children short-sighted\nE,3.1,health,东岭的目标,A goal of the east\n" +
		"D,1.1,health,还没有印发的目标,A goal not issued\n",
}

// fixtureFiles are what the fixture is imported by.
var fixtureFiles = slices.Concat(network.Files(), element.Files(), form.Files(), plan.Files(), indicator.Files(),
	record.Files())

// sampleRecords are the records of the paper as they stand there.
func sampleRecords(t testing.TB) (all []map[string]any) {
	t.Helper()
	f, err := os.Open("testdata/sample_records.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		one := map[string]any{}
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

// unitsOf are all units that the records name, in the areas that their names begin with.
func unitsOf(all []map[string]any) string {
	names := map[string]bool{}
	for _, who := range tellers {
		names[who[0]] = true
	}
	for _, one := range all {
		names[one["reporting_unit"].(string)] = true
		for _, field := range []string{"operating_unit", "maintenance_unit", "publishing_unit", "spending_unit",
			"research_base", "inspected_institution", "issuing_units", "host_units", "participating_units"} {
			for _, name := range texts(one[field]) {
				names[name] = true
			}
		}
		if rows, is := one["findings"].([]any); is {
			names[rows[0].(map[string]any)["addressee_unit"].(string)] = true
		}
	}
	rows := []string{"代码,名称,简称,英文名,类别,所辖区域,成立日期"}
	for i, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range names {
			if !yield(name) {
				return
			}
		}
	}) {
		area := "980100"
		for prefix, code := range map[string]string{"东岭区": "980101", "西川区": "980102",
			"桐花社区": "980101001001"} {
			if strings.HasPrefix(name, prefix) {
				area = code
			}
		}
		kind := "bureau"
		switch {
		case strings.Contains(name, "研究基地"):
			kind = "research_base"
		case strings.HasSuffix(name, "区医院"):
			kind = "midwifery"
		}
		rows = append(rows, fmt.Sprintf("U%02d,%s,%s,Unit %d,%s,%s,2010-01-01", i, name, name, i, kind, area))
	}
	return strings.Join(rows, "\n") + "\n"
}

func texts(v any) (all []string) {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		for _, one := range v {
			all = append(all, one.(string))
		}
	}
	return all
}

// cells are one record's values by column.
func cells(d register.Definition, one map[string]any) map[string]string {
	row := map[string]string{}
	for _, number := range texts(one["service_points"]) { // one field for each register here
		field := map[string]string{"CO-": "service_points", "CHH": "service_homes",
			"LAO": "service_legal_aid"}[number[:3]]
		row[field] += "、" + number
	}
	delete(one, "service_points")
	for code, v := range one {
		f, known := d.Field(code)
		switch {
		case !known || f.Type == "calc":
		case f.Type == "point":
			at := v.([]any)
			row[code+":lon"], row[code+":lat"] = fmt.Sprint(at[0]), fmt.Sprint(at[1])
		case f.Type == "rows":
			row[code] = lines(f, v.([]any))
		case f.Type == "sexed" || f.Type == "checklist":
			spread(row, code, v.(map[string]any))
		case f.Several():
			row[code] = strings.Join(texts(v), "、")
		case f.Type == "shape":
			row[code] = `{"type":"Polygon","coordinates":[[[118,36],[118.0022181,36],[118.0022181,36.0009012],[118,36.0009012],` +
				`[118,36]]]}` // 200 m by 100 m
		default:
			row[code] = plain(v)
		}
	}
	return row
}

func spread(row map[string]string, at string, v map[string]any) {
	for part, inner := range v {
		if deeper, is := inner.(map[string]any); is {
			spread(row, at+":"+part, deeper)
			continue
		}
		if at == "deidentify_check" { // the paper's record numbers the items N1 …, its list of them D1 …
			part = strings.Replace(part, "N", "D", 1)
		}
		row[at+":"+part] = plain(inner)
	}
}

func plain(v any) string {
	switch v := v.(type) {
	case bool:
		if v {
			return "是"
		}
		return "否"
	case float64:
		return fmt.Sprintf("%v", json.Number(fmt.Sprintf("%.10g", v)))
	}
	return fmt.Sprint(v)
}

func lines(f register.Field, rows []any) string {
	var all []string
	for _, r := range rows {
		row := r.(map[string]any)
		var values []string
		for _, c := range f.Columns {
			if v, there := row[c.Code]; there {
				values = append(values, plain(v))
			} else {
				values = append(values, "")
			}
		}
		all = append(all, strings.Join(values, "｜"))
	}
	return strings.Join(all, "\n")
}

// ownStandard are the shipped standards and one of the fixture's city: several rooms may stand for a large one.
func ownStandard(t testing.TB) []byte {
	t.Helper()
	shipped, err := registers.FS.ReadFile("standards.csv")
	if err != nil {
		t.Fatal(err)
	}
	shipped = append(shipped, "park_size_500,示范市,2017-01-01,,面积下限,>=,5000,平方米,,示范（模拟）,否\n"+
		"park_radius_500,示范市,2017-01-01,,服务半径,=,500,米,,示范（模拟）,否\n"...)
	return append(shipped, "mbr_area_several,示范市,2017-01-01,,分设多间的：每间的面积,>=,4,平方米,,示范（模拟）,否\n"...)
}

// fixture is a database with the small city and the records of the paper.
var fixture = dbtest.Filled{Fill: func(t testing.TB, d *db.DB) {
	t.Helper()
	all := sampleRecords(t)
	folder := fstest.MapFS{"labels.csv": {Data: []byte(fixtureLabels)}, "areas.csv": {Data: []byte(fixtureAreas)},
		"units.csv": {Data: []byte(unitsOf(all))}, "registers/standards.csv": {Data: ownStandard(t)}}
	for name, text := range fixtureGoals {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	bring := func() {
		t.Helper()
		if _, err := intake.Import(context.Background(), d, fixtureFiles, registers.Over(folder),
			func(string, int, int) {}); err != nil {
			t.Fatalf("import: %v", err)
		}
	}
	bring()
	by := map[string][]map[string]any{}
	for _, one := range all {
		by[one["register"].(string)] = append(by[one["register"].(string)], one)
	}
	if err := d.View(context.Background(), func(tx *db.Tx) error {
		for code, some := range by {
			def, err := record.ByCode(tx, code)
			if err != nil {
				return fmt.Errorf("%s: %v", code, err)
			}
			folder["records/"+code+".csv"] = &fstest.MapFile{Data: []byte(sheet(def, some))}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	bring()
}}

func sheet(def register.Definition, some []map[string]any) string {
	heads := []string{"number", "unit", "area", "state"}
	var rows []map[string]string
	for _, one := range some {
		row := cells(def, one)
		for _, sex := range register.Sexes { // in the paper's returns each person has one disease
			if found := row["disease_persons:infectious:"+sex]; found != "" {
				row["found_persons:"+sex] = found
			}
		}
		row["number"], row["unit"], row["area"] = one["key"].(string), one["reporting_unit"].(string),
			one["home_area"].(string)
		row["state"] = one["stage"].(string)
		for head := range row {
			if !slices.Contains(heads, head) {
				heads = append(heads, head)
			}
		}
		rows = append(rows, row)
	}
	slices.Sort(heads)
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Write(heads)
	for _, row := range rows {
		var line []string
		for _, head := range heads {
			line = append(line, row[head])
		}
		w.Write(line)
	}
	w.Flush()
	return b.String()
}

// expected is a row of the paper that this part builds, with where it stands here.
var expected = map[string]struct{ register, measure, split string }{
	"cases_published":    {"typical_case", "cases_published", ""},
	"one_stop_sites":     {"premarital_site", "one_stop_sites", ""},
	"one_stop_districts": {"premarital_site", "one_stop_districts", ""},
	"pme_married":        {"premarital_month", "pme_married", ""},
	"pme_examined":       {"premarital_month", "pme_examined", ""}, "pme_rate": {"premarital_month", "pme_rate", ""},
	"obi_visits": {"obstetric_inspection", "obi_visits", ""}, "lao_outlets": {"legal_aid_outlet", "lao_outlets", ""},
	"homes_new": {"child_home", "homes_new", ""}, "homes_open": {"child_home", "homes_open", ""},
	"homes_cover": {"child_home", "homes_cover", ""}, "mbr_rooms": {"mother_baby_room", "mbr_rooms", ""},
	"mbr_rate": {"mother_baby_room", "mbr_rate", ""}, "wc_upgraded": {"public_toilet", "wc_upgraded", ""},
	"wc_ratio_ok": {"public_toilet", "wc_ratio_ok", ""}, "co_done": {"convenience_outlet", "co_done", ""},
	"sc_cover": {"fifteen_minute_service_circle", "sc_cover", ""}, "ws_cover": {"waste_sorting_area", "ws_cover", ""},
	"ps_tested": {"product_sample", "ps_tested", ""}, "ps_passed": {"product_sample", "ps_passed", ""},
	"ad_cases": {"advertising_case", "ad_cases", ""}, "pd_issued": {"policy_document", "pd_issued", ""},
	"fund_spent": {"funding_item", "fund_spent", ""}, "rt_outcomes adopted": {"research_topic", "rt_adopted", ""},
	"tr_people": {"training_session", "tr_people", ""}, "ge_pupils": {"gender_education_pilot", "ge_pupils", ""},
	"ex_count": {"expert", "ex_count", ""}, "ps rate": {"product_sample", "ps_rate", ""},
	"lao_outlets levels 1+2": {"legal_aid_outlet", "lao_centres", ""},
}

func TestMeasuresGiveWhatThePaperExpects(t *testing.T) {
	t.Parallel()
	fixture.Each(t, func(t *testing.T, d *db.DB) {
		f, err := os.Open("testdata/sample_expected.csv")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		rows, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		asked := 0
		for _, row := range rows[1:] {
			where, ours := expected[row[0]]
			if !ours {
				continue
			}
			asked++
			if got := measured(t, d, where.register, where.measure, where.split, row[1], row[2]); got != row[3] {
				t.Errorf("%s in %s, %s is %q, the paper says %s: %s", row[0], row[1], row[2], got, row[3], row[4])
			}
		}
		if asked < len(expected) {
			t.Errorf("only %d rows of the paper were asked, of %d measures", asked, len(expected))
		}
	})
}

// measured is what a measure comes to: 2023, 2023-12, 2023-12-31 or a statistical year.
func measured(t *testing.T, d *db.DB, code, measure, split, when, area string) (value string) {
	t.Helper()
	when = strings.TrimPrefix(when, "statistical year ")
	p, err := period.Parse(when[:4])
	if err != nil {
		t.Fatal(err)
	}
	if err := d.View(context.Background(), func(tx *db.Tx) error {
		def, err := record.ByCode(tx, code)
		if err != nil {
			return err
		}
		top, err := network.NewestArea(tx, map[string]string{"示范市": "980100", "东岭区": "980101"}[area])
		if err != nil {
			return err
		}
		tally, err := record.Count(tx, def, p, top.Path)
		if err != nil {
			return err
		}
		value = tally.Value(measure, top.Path, split)
		return nil
	}); err != nil {
		t.Fatalf("%s: %v", measure, err)
	}
	return value
}
