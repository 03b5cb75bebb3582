package app

// The file city.yaml: what the installation is called, the year it shows first, and the limits that it sets for the
// steps of all modules.

import (
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

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
			"期限写成 `7天`、`3工作日`、`1个月`、`24小时`，遇放假不顺延的后面加“不顺延”"}}
}

// cityText is the file city.yaml: what this installation is called, the year it shows first, and the limits it sets by
// verb. A limit that it does not set, "", is the program's proposal.
type cityText struct {
	name, nameEN, year string
	limits             map[string]string
}

func readCity(file string, body []byte, flows []flow.Table) (c cityText, problems table.Problems) {
	c.limits = map[string]string{}
	for _, life := range flows {
		for _, verb := range life.Limited() {
			c.limits[verb] = ""
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
	for _, verb := range slices.Sorted(maps.Keys(c.limits)) {
		settings = append(settings, [2]string{flow.LimitKey(verb), c.limits[verb]})
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

// readLimits reads by verb how long the next step may take: submission.sign: 5工作日.
func readLimits(d *definition.Reader, n *definition.Node, limits map[string]string) {
	d.Each(n, func(key, value *definition.Node) {
		if _, known := limits[key.Value]; !known {
			d.Problem(key, "没有“%s”这一步的期限可定，可写：%s", key.Value,
				strings.Join(slices.Sorted(maps.Keys(limits)), " "))
			return
		}
		text := ""
		d.Text(&text)(value)
		l, err := calendar.Parse(text)
		if err != nil {
			d.Refuse(value, err)
			return
		}
		limits[key.Value] = l.String()
	})
}

func shownYear(s string) error {
	if n, err := strconv.Atoi(s); err != nil || !intake.IsYear(n) {
		return errs.Invalidf(intake.WrongYear, s, period.FirstYear, period.LastYear)
	}
	return nil
}
