package reference

// A reference to a table: {{table W-HEA-007,premarital_month.pme_rate year=2023}} has a row for every area below, in
// order of code and never ranked, and the area itself last. Each cell is a reference of its own, frozen with its proof.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

const (
	mostColumns = 8
	mostRows    = 100
)

// Table is a reference to one as it is laid out: what each cell asks for, row by row.
type Table struct {
	Areas []network.Area
	Codes []string // of the columns
	Cells []*Reference
}

// columns are the codes of a table's columns: of indicators, or REGISTER.MEASURE; each may name its year, CODE@2022.
func (r Reference) columns() (all []Reference, err error) {
	for _, code := range strings.Split(r.Code, ",") {
		c := r
		c.Kind, c.OwnUnit, c.Level = FigureRef, false, ""
		year, named := "", false
		if c.Code, year, named = strings.Cut(code, "@"); named {
			if c.Year, err = strconv.Atoi(year); err != nil {
				return nil, r.wrong()
			}
		}
		if register, measure := c.Measure(); measure != "" {
			if c.Kind = MeasureRef; register == "" {
				return nil, r.wrong()
			}
		}
		if c.Code == "" {
			return nil, r.wrong()
		}
		all = append(all, c)
	}
	if len(all) > mostColumns {
		return nil, errs.Invalidf("第%d行：一张表最多%d栏数据", r.Line, mostColumns)
	}
	return all, nil
}

func (r Reference) wrong() error {
	return errs.Invalidf("第%d行：表要写成 {{table 指标代码,登记.统计 year=2023}}，各栏用逗号隔开", r.Line)
}

// Lay lays a table out for an area: with a row for each area directly below it, or below it at the level that is named,
// as they were at the end of the year.
func (r Reference) Lay(tx *db.Tx, area network.Area) (t Table, err error) {
	columns, err := r.columns()
	if err != nil {
		return t, err
	}
	if r.Area != "" {
		if area, err = network.AreaByCode(tx, r.Area, ""); err != nil {
			return t, errs.Invalidf("第%d行：没有代码为%s的地区", r.Line, r.Area)
		}
	}
	below, err := network.Subtree(tx, area)
	if err != nil {
		return t, err
	}
	last := fmt.Sprintf("%d-12-31", r.Year)
	for _, a := range below {
		if a.ID != area.ID && a.OpenOn(last) && (r.Level == "" && a.ParentID == area.ID || r.Level == a.Level) {
			t.Areas = append(t.Areas, a)
		}
	}
	if len(t.Areas) == 0 || len(t.Areas) > mostRows {
		return t, errs.Invalidf("第%d行：表里要有1到%d个地区，这里有%d个。请改 area 或 level", r.Line, mostRows, len(t.Areas))
	}
	slices.SortFunc(t.Areas, func(a, b network.Area) int { return strings.Compare(a.Code, b.Code) })
	t.Areas = append(t.Areas, area)
	for _, c := range columns {
		t.Codes = append(t.Codes, c.Code)
	}
	for _, a := range t.Areas {
		for _, c := range columns {
			c.Area = a.Code
			t.Cells = append(t.Cells, &c)
		}
	}
	return t, nil
}

// Heads are the words over a table's columns, by what its cells came to: the name with its unit, and the year where the
// columns have different ones.
func (t Table) Heads(figures []Figure) (heads []string) {
	years := map[int]bool{}
	for _, c := range t.Cells {
		years[c.Year] = true
	}
	for at, code := range t.Codes {
		head := code
		for i := at; i < len(figures); i += len(t.Codes) {
			if f := figures[i]; f.Unit != "" {
				head = f.Name + "（" + f.Unit + "）"
				break
			}
		}
		if len(years) > 1 {
			head = yearWords(t.Cells[at].Year) + head
		}
		heads = append(heads, head)
	}
	return heads
}

// alone refuses a table in the middle of a sentence.
func alone(parts []Part) error {
	for _, p := range parts {
		if p.Ref != nil && p.Ref.Kind == TableRef && len(parts) > 1 {
			return errs.Invalidf("第%d行：表的引用要单独占一行", p.Ref.Line)
		}
	}
	return nil
}
