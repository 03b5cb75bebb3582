package main

// The city itself: areas, units and the role labels that stand in for people.

import (
	"fmt"
	"strings"
)

const (
	cityCode  = "990100"
	firstYear = 2014
	lastYear  = 2023
	// signedFrom is the first year that was reported in this system: what is older was imported.
	signedFrom = 2019
)

type district struct{ code, name, short, english, login, row, col string }

// districts lie as their names say; weight is how many of a hundred inhabitants live there.
var districts = []district{
	{"990101", "东岭区", "东岭", "Dongling", "dongling", "2", "3"},
	{"990102", "西川区", "西川", "Xichuan", "xichuan", "2", "1"},
	{"990103", "南屏区", "南屏", "Nanping", "nanping", "3", "2"},
	{"990104", "北原区", "北原", "Beiyuan", "beiyuan", "1", "2"},
	{"990105", "中湖区", "中湖", "Zhonghu", "zhonghu", "2", "2"},
}

var weights = []int64{24, 19, 16, 11, 30}

// city is what the tables say and the numbers made from them.
type city struct {
	departments, streets, forms, rows, indicators, goals, measures, domains, points, plots []record
	numbers                                                                                map[number]int64
}

func newCity() (*city, error) {
	c := &city{numbers: map[number]int64{}}
	for name, into := range map[string]*[]record{"departments": &c.departments, "streets": &c.streets, "forms": &c.forms,
		"rows": &c.rows, "indicators": &c.indicators, "goals": &c.goals, "measures": &c.measures, "domains": &c.domains, "points": &c.points, "plots": &c.plots} {
		var err error
		if *into, err = readTable(name + ".csv"); err != nil {
			return nil, err
		}
	}
	c.simulate()
	return c, nil
}

const opened = "2010-01-01" // 成立日期: since before the figures

func (c *city) writeNetwork(w *writer) {
	areas := [][]string{{cityCode, "示范市", "示范", "Shifan", "city", "", opened, "", ""}}
	units := [][]string{
		unit("SF-WCC", "示范市妇女儿童工作委员会", "市妇儿工委", "Shifan Working Committee on Women and Children", "committee", "",
			cityCode, "十二个成员单位（模拟）"),
		unit("SF-WCCO", "示范市妇女儿童工作委员会办公室", "市妇儿工委办", "Office of the Shifan Working Committee", "committee_office",
			"SF-WCC", cityCode, ""),
	}
	for _, d := range c.departments {
		units = append(units, unit("SF-"+d["code"], d["name"], d["short_name"], d["name_en"], kindOf(d), "SF-WCC", cityCode,
			"成员单位（模拟）"))
	}
	units = append(units, unit("SF-INS", "示范市医疗保障局", "市医保局", "Shifan Medical Insurance Bureau", "dept_INS", "",
		cityCode, "尚不是成员单位（模拟）"))
	for _, d := range districts {
		areas = append(areas, []string{d.code, d.name, d.short, d.english, "district", cityCode, opened, d.row, d.col})
		units = append(units,
			unit(d.code+"-WCC", "示范市"+d.name+"妇女儿童工作委员会", d.name+"妇儿工委",
				d.english+" District Working Committee", "district_committee", "SF-WCC", d.code, ""),
			unit(d.code+"-WCCO", "示范市"+d.name+"妇女儿童工作委员会办公室", d.name+"妇儿工委办",
				"Office of the "+d.english+" District Working Committee", "district_office", d.code+"-WCC", d.code, ""))
	}
	for _, s := range c.streets {
		code := s["district"] + s["code"]
		areas = append(areas, []string{code, s["name"], s["short_name"], s["name_en"], "street", s["district"], opened, "", ""})
		units = append(units, unit(code+"-WCS", s["name"]+"妇女儿童工作站", s["short_name"]+"妇儿工作站",
			s["name_en"]+" Women and Children’s Station", "street_station", s["district"]+"-WCCO", code, ""))
		english := strings.Fields(s["name_en"])[0]
		for i, part := range communityParts {
			areas = append(areas, []string{communityCode(s, i), stem(s) + part[0] + "社区", stem(s) + part[0],
				english + " " + part[1] + " Community", "community", code, opened, "", ""})
		}
	}
	for _, d := range districts {
		units = append(units, unit(d.code+"-GOV", "示范市"+d.name+"人民政府", d.name+"政府", d.english+" District Government",
			"district_government", "", d.code, ""))
	}
	w.table("areas.csv", "代码 名称 简称 英文名 层级 上级 启用日期 图块行 图块列", areas)
	w.table("units.csv", "代码 名称 简称 英文名 类别 上级单位 所辖区域 成立日期 说明", units)
	w.table("labels.csv", "词类 代码 名称 英文名", c.labels())
}

// communityParts are the communities of each street.
var communityParts = [][2]string{{"东", "East"}, {"中", "Central"}, {"西", "West"}}

func communityCode(street record, i int) string {
	return fmt.Sprintf("%s%s%03d", street["district"], street["code"], i+1)
}

func stem(street record) string {
	return strings.TrimSuffix(strings.TrimSuffix(street["short_name"], "街道"), "镇")
}

func unit(code, name, short, english, kind, parent, area, note string) []string {
	return []string{code, name, short, english, kind, parent, area, opened, note}
}

// kindOf is a kind for each department, because a form is filled in by the only unit of a kind.
func kindOf(d record) string { return "dept_" + d["code"] }

func (c *city) labels() [][]string {
	rows := [][]string{
		{"区域层级", "city", "市", "City"},
		{"区域层级", "district", "区", "District"},
		{"区域层级", "street", "街道（镇）", "Subdistrict or town"},
		{"区域层级", "community", "社区", "Community"},
		{"单位类别", "committee", "妇女儿童工作委员会", "Working Committee on Women and Children"},
		{"单位类别", "committee_office", "妇儿工委办公室", "Committee office"},
	}
	names := map[string][2]string{"department": {"市级部门", "Municipal departments"}, "organisation": {"群团组织", "Mass organisations"}}
	for _, d := range append(c.departments, record{"code": "INS", "kind": "department"},
		record{"code": "HCM", "kind": "department"}) { // one that is no member yet, one that a reform makes
		rows = append(rows, []string{"单位类别", kindOf(d), names[d["kind"]][0], names[d["kind"]][1]})
	}
	return append(rows, [][]string{
		{"单位类别", "district_committee", "区妇女儿童工作委员会", "District committees"},
		{"单位类别", "district_office", "区妇儿工委办公室", "District committee offices"},
		{"单位类别", "district_government", "区人民政府", "District governments"},
		{"单位类别", "street_station", "街道（镇）妇儿工作站", "Subdistrict stations"},
		{"岗位", "office", "妇儿工委办工作人员", "Committee office staff"},
		{"岗位", "statistician", "统计负责人", "Statistics officer"},
		{"岗位", "leader", "单位负责人", "Unit head"},
		{"岗位", "liaison", "联络员", "Liaison officer"},
		{"岗位", "committee_leader", "妇儿工委主任、副主任", "Committee director"},
		{"岗位", "system_admin", "系统管理员", "System administrator"},
		{"岗位", "security_admin", "安全管理员", "Security administrator"},
		{"岗位", "audit_admin", "审计管理员", "Audit administrator"},
		{"岗位", "outsider", "受聘人员", "Engaged outsider"},
		{"岗位", "acting_leader", "单位负责人（代签）", "Head of the unit (acting)"},
		{"岗位", "acting_statistician", "统计负责人（代签）", "Statistics officer (acting)"},
		{"岗位", "acting_liaison", "联络员（代签）", "Liaison (acting)"},
	}...)
}
