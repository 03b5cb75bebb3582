package main

// Elements, forms in statutory layout and what was filled in, year by year.

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

func (c *city) writeForms(w *writer) {
	var elements [][]string
	seen := map[string]bool{}
	for _, r := range c.rows {
		if f := c.form(r["form"]); !seen[r["element"]] {
			sex := map[bool]string{true: "是", false: "否"}[f["sex"] == "yes"]
			name := strings.TrimPrefix(r["name"], "其中：")
			english := strings.TrimPrefix(r["name_en"], "Of them ")
			if base := c.baseOf(r); name != r["name"] {
				name, english = base["name"]+"中"+name, base["name_en"]+": "+english
			}
			elements = append(elements, []string{r["element"], name, english, r["unit"], "0", "是", sex, ""})
		}
		seen[r["element"]] = true
	}
	w.table("elements.csv", "代码 名称 英文名 单位 小数位数 汇总 分性别 分类", append(elements, byCategory...))
	for _, f := range c.forms {
		w.text("forms/"+f["code"]+".yaml", c.yaml(f))
	}
}

// byCategory are counted apart by type of school; their form EDU-S and its answers are written by hand.
var byCategory = [][]string{
	{"SCH_PUPILS", "各类学校（园）在校学生", "Pupils of schools of all types", "人", "0", "是", "否", "SCHOOL"},
	{"SCH_TEACHERS", "各类学校（园）专任教师", "Full-time teachers of schools of all types", "人", "0", "是", "否", "SCHOOL"},
	{"SCH_TEACHERS_F", "各类学校（园）女专任教师", "Full-time women teachers of schools of all types", "人", "0", "是", "否",
		"SCHOOL"},
	{"SCH_TEACHERS_BA", "各类学校（园）本科及以上学历专任教师", "Full-time teachers with a bachelor’s degree or higher", "人",
		"0", "是", "否", "SCHOOL"},
}

func (c *city) baseOf(r record) record {
	for _, base := range c.rows {
		if keyOf(base) == r["of"] {
			return base
		}
	}
	return nil
}

func reporters(f record) string {
	switch {
	case f["unit"] != "":
		return "dept_" + f["unit"]
	case f["level"] == "district":
		return "district_office"
	}
	return "street_station"
}

func (c *city) yaml(f record) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	frequency, levels := "A", map[string]string{"city": "{city: own}", "district": "{district: own, city: rolled_up}",
		"street": "{street: own, district: rolled_up, city: rolled_up}"}
	if f["level"] == "street" {
		frequency = "M"
	}
	line("# 演示表：表号、机关和文号都不是官方的，数字都是模拟的。")
	line("code: %s\nname: %s（演示）\nname_en: %q", f["code"], f["name"], f["name_en"]+" (demo)")
	line("number: %s\nissuer: 演示单位\napprover: 演示单位\napproval_number: 演示〔2021〕1号", f["number"])
	line("valid_until: \"2026-12-31\"\nnote: 模拟数据，仅供演示。\nfrequency: %s\nlevel: %s", frequency, f["level"])
	signers := "first: statistician, second: leader"
	if f["signs"] == "three" {
		signers = "first: liaison, first_label: 填表人, second: statistician, third: leader"
	}
	line("reporters: %s\ndue: \"%s\"\nsigners: {%s}", reporters(f), f["due"], signers)
	if f["sex"] == "yes" {
		men, women := "Men", "Women"
		if strings.HasSuffix(f["code"], "-C") {
			men, women = "Boys", "Girls"
		}
		line("columns:\n  - {code: M, name: 男, name_en: %s, sex: 1}\n  - {code: F, name: 女, name_en: %s, sex: 2}", men, women)
	}
	line("rows:")
	for n, r := range c.rowsOf(f["code"]) {
		extra := ""
		if r["calibre"] != "" {
			extra += ", calibre: " + r["calibre"]
		}
		if label := r["label"]; label != "" {
			extra += ", label: " + label + ", label_en: " + strconv.Quote(r["label_en"])
		} else {
			extra += ", label: " + strconv.Quote(r["name"]) + ", label_en: " + strconv.Quote(r["name_en"])
		}
		if r["of"] != "" && strings.HasPrefix(r["name"], "其中") {
			extra += ", indent: 1"
		}
		line("  - {number: \"%d\", element: %s%s}", n+1, r["element"], extra)
	}
	line("levels: %s", levels[f["level"]])
	if checks := c.checks(f); checks != "" {
		line("checks:\n%s", strings.TrimSuffix(checks, "\n"))
	}
	return b.String()
}

// checks: a part is no more than its whole, and what is unlikely needs a reason.
func (c *city) checks(f record) string {
	var b strings.Builder
	check := func(expr, message, english, kind string) {
		fmt.Fprintf(&b, "  - {expr: %s, message: %s, message_en: %q, kind: %s}\n", expr, message, english, kind)
	}
	switch f["code"] { // first, so that reasons find them by their place
	case "D-W":
		check("SKILL_TRAINED <= LABOUR * 0.2", "参加培训人数超过劳动年龄人口的两成，请核对",
			"More than a fifth of the working age in training: please check", "soft")
	case "D-C":
		check("OUTDOOR <= AGE6_17 * 0.9", "参加校外实践活动的儿童超过九成，请核对是否按人次填报",
			"More than nine in ten children: please check that persons, not visits, are counted", "soft")
	}
	for _, r := range c.rowsOf(f["code"]) {
		base := c.baseOf(r)
		if base == nil || r["calibre"] != "" || base["calibre"] != "" || micro(r["hi"]) > 100*million {
			continue
		}
		name, of := strings.TrimPrefix(r["name"], "其中："), strings.TrimPrefix(base["name"], "其中：")
		kind := "hard"
		if r["element"] == "KINDER" || r["element"] == "SENIOR" { // gross rates may pass 100 %
			kind = "soft"
		}
		words := map[string]string{"hard": "不能多于", "soft": "一般不多于"}[kind]
		check(r["element"]+" <= "+r["of"], name+words+of,
			r["name_en"]+": no more than "+strings.ToLower(base["name_en"]), kind)
	}
	return b.String()
}

// fromRegisters are forms that nobody fills in by hand: closings of registers do. They are written by hand.
var fromRegisters = []string{"WOF-H", "D-PM"}

func (c *city) writeNumbers(w *writer) {
	var calendar [][]string
	for year := firstYear; year <= lastYear; year++ {
		for _, f := range c.forms {
			if f["level"] != "street" {
				calendar = append(calendar, []string{f["code"], strconv.Itoa(year)})
			}
		}
	}
	for _, form := range fromRegisters {
		calendar = append(calendar, []string{form, strconv.Itoa(lastYear)})
	}
	for _, year := range []int{lastYear - 1, lastYear} {
		calendar = append(calendar, []string{"EDU-S", strconv.Itoa(year)})
	}
	calendar = append(calendar, []string{"S-ACT", "2024-01"}, []string{"S-ACT", "2024-02"})
	w.table("calendar.csv", "报表 期别", calendar)
	for _, f := range c.forms {
		rows := c.rowsOf(f["code"])
		heads := []string{"单位", "期别", "状态", "来源"}
		for n := range rows {
			for _, sex := range sexesOf(f) {
				heads = append(heads, strconv.Itoa(n+1)+"."+sex)
			}
		}
		w.table("submissions/"+f["code"]+".csv", strings.Join(heads, " "), c.answers(f, rows))
	}
}

// answers are the filled-in forms of all years: the older ones come from yearbooks, nobody signed them here.
func (c *city) answers(f record, rows []record) (all [][]string) {
	if f["level"] == "street" {
		return c.months(rows)
	}
	for year := firstYear; year <= lastYear; year++ {
		if f["code"] == "HOU-C" && year == lastYear {
			continue // nobody has begun
		}
		reporting := []string{cityCode}
		if f["level"] == "district" {
			reporting = nil
			for _, d := range districts {
				reporting = append(reporting, d.code)
			}
		}
		for _, area := range reporting {
			by, state, source := "SF-"+f["unit"], "", ""
			if f["unit"] == "" {
				by = area + "-WCCO"
			}
			if year < signedFrom {
				state, source = "历史", "示范市统计年鉴"+strconv.Itoa(year+1)+"（模拟）"
			}
			line := []string{by, strconv.Itoa(year), state, source}
			for _, r := range rows {
				for _, sex := range sexesOf(f) {
					line = append(line, strconv.FormatInt(c.reported(r, year, area, sex), 10))
				}
			}
			all = append(all, line)
		}
	}
	return all
}

// reported is what stands in the form: in the one that came back, visits for children.
func (c *city) reported(r record, year int, area, sex string) int64 {
	n := c.numbers[number{keyOf(r), year, area, sex}]
	if r["element"] == "OUTDOOR" && year == lastYear && area == returnedDistrict {
		n = n * 147 / 100
	}
	return n
}

const returnedDistrict = "990105"

func (c *city) months(rows []record) (all [][]string) {
	for _, month := range []string{"2024-01", "2024-02"} {
		for i, s := range c.streets {
			if month == "2024-02" && i%5 == 4 { // not begun yet
				continue
			}
			line := []string{s["district"] + s["code"] + "-WCS", month, "", ""}
			for _, r := range rows {
				n := micro(r["hi"]) / million / int64(len(c.streets))
				n += n * chance(r["element"], s["district"], s["code"], month) / 1000 * 3 / 10
				line = append(line, strconv.FormatInt(n, 10))
			}
			all = append(all, line)
		}
	}
	return all
}

// writeHandout writes the workbook with the right numbers for the form that came back.
func (c *city) writeHandout(w *writer) {
	f, file := c.form("D-C"), excelize.NewFile()
	defer file.Close()
	rows := c.rowsOf(f["code"])
	set := func(cell string, v any) {
		if err := file.SetCellValue("Sheet1", cell, v); err != nil && w.err == nil {
			w.err = err
		}
	}
	set("A1", fmt.Sprintf("%s（演示）　中湖区　%d年（模拟数据，复制 B3:C%d 后粘贴到填报表）", f["name"], lastYear, len(rows)+2))
	set("B2", "男")
	set("C2", "女")
	var block [][]string
	for n, r := range rows {
		set("A"+strconv.Itoa(n+3), r["name"])
		var line []string
		for i, sex := range sexesOf(f) {
			count := c.numbers[number{keyOf(r), lastYear, returnedDistrict, sex}]
			set(string("BC"[i])+strconv.Itoa(n+3), count)
			line = append(line, strconv.FormatInt(count, 10))
		}
		block = append(block, line)
	}
	if err := file.SetColWidth("Sheet1", "A", "A", 32); err != nil && w.err == nil {
		w.err = err
	}
	var book strings.Builder
	if err := file.Write(&book); err != nil && w.err == nil {
		w.err = err
	}
	w.text(handout, book.String())
	w.table(strings.TrimSuffix(handout, path.Ext(handout))+".csv", "男 女", block)
}

const handout = "todo/中湖区儿童综合表.xlsx"
