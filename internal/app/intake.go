package app

// The file city.yaml: what the installation is called, the year it shows first, and the limits that it sets for the
// steps of all modules.

import (
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/calendar"
	"yipanqi/internal/definition"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/intake"
	"yipanqi/internal/period"
	"yipanqi/internal/setting"
	"yipanqi/internal/table"
)

// CityFile is what a folder that brings in a city has.
const CityFile = "city.yaml"

func cityFiles(flows []flow.Table) []intake.File {
	return []intake.File{{Path: CityFile, Text: func(r *intake.Run, file, body string) (bool, error) {
		return takeCity(r, file, body, flows)
	},
		Help: "`name` / 名称：本系统的名称，`name_en` / 英文名，`year` / 年份：首页先显示的年份，`limits` / 期限：一步办完后，" +
			"下一步多久之内办，如 `submission.sign: 5工作日`（签字齐后多久之内审核）；不写的用系统建议的，页面上注明待确认。" +
			"期限写成 `7天`、`3工作日`、`1个月`、`24小时`，遇放假不顺延的后面加“不顺延”；后面可以写出自哪项制度哪一条，如 " +
			"`3工作日，依据督办制度第二条`；现行期限见 `/limits`"}}
}

// cityText is the file city.yaml: what this installation is called, the year it shows first, and the limits it sets by
// verb. A limit that it does not set, "", is the program's proposal.
type cityText struct {
	name, nameEN, year string
	limits             map[string]cityLimit
}

// cityLimit is a limit with the clause of the city's rules that it comes from.
type cityLimit struct{ within, basis string }

func readCity(file string, body []byte, flows []flow.Table) (c cityText, problems table.Problems) {
	c.limits = map[string]cityLimit{}
	for _, life := range flows {
		for _, l := range life.Limited() {
			c.limits[l.Name] = cityLimit{}
		}
	}
	problems = definition.Read(file, body, "name=名称 name_en=英文名 year=年份 limits=期限",
		func(d *definition.Reader, n *definition.Node) {
			d.Fields(n,
				definition.Need("name", d.Text(&c.name)),
				definition.May("name_en", d.Text(&c.nameEN)),
				definition.May("year", d.Text(&c.year, shownYear)),
				definition.May("limits", func(n *definition.Node) { readLimits(d, n, c.limits) }),
			)
		})
	return c, problems
}

// CityName is what a folder calls its city.
func CityName(folder fs.FS) (string, error) {
	body, err := fs.ReadFile(folder, CityFile)
	if err != nil {
		return "", err
	}
	c, problems := readCity(CityFile, body, new(App).modules().Flows())
	return c.name, problems.Check()
}

func takeCity(r *intake.Run, file, body string, flows []flow.Table) (bool, error) {
	c, problems := readCity(file, []byte(body), flows)
	if r.Refuse(problems); len(problems) > 0 {
		return false, nil
	}
	changed := false
	settings := [][2]string{{setting.Name, c.name}, {setting.NameEN, c.nameEN}, {setting.Year, c.year}}
	for _, name := range slices.Sorted(maps.Keys(c.limits)) {
		l := c.limits[name]
		settings = append(settings, [2]string{flow.LimitKey(name), l.within}, [2]string{flow.BasisKey(name), l.basis})
	}
	for _, s := range settings {
		was, err := setting.Get(r.Tx, s[0])
		if err != nil {
			return false, err
		}
		if was == s[1] {
			continue // what was never set needs no row that says nothing
		}
		new, err := setting.Put(r.Tx, s[0], s[1])
		if err != nil {
			return false, err
		}
		changed = changed || new
	}
	return changed, nil
}

// readLimits reads by verb how long the next step may take, and by which rule:
// submission.sign: 5工作日，依据报告制度第三条.
func readLimits(d *definition.Reader, n *definition.Node, limits map[string]cityLimit) {
	d.Each(n, func(key, value *definition.Node) {
		if _, known := limits[key.Value]; !known {
			d.Problem(key, "没有“%s”这一步的期限可定，可写：%s", key.Value,
				strings.Join(slices.Sorted(maps.Keys(limits)), " "))
			return
		}
		text := ""
		d.Text(&text)(value)
		within, basis, cites := strings.Cut(text, "依据")
		basis = strings.TrimSpace(basis)
		l, err := calendar.Parse(strings.Trim(within, "，, "))
		if err != nil {
			d.Refuse(value, err)
			return
		}
		if n := utf8.RuneCountInString(basis); cites && (n == 0 || n > mostBasis) {
			d.Problem(value, "“依据”后面请写明哪项制度第几条，%d字以内", mostBasis)
			return
		}
		limits[key.Value] = cityLimit{l.String(), basis}
	})
}

const mostBasis = 100

func shownYear(s string) error {
	if n, err := strconv.Atoi(s); err != nil || !intake.IsYear(n) {
		return errs.Invalidf(intake.WrongYear, s, period.FirstYear, period.LastYear)
	}
	return nil
}
