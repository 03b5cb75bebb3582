// Package form is what is counted and how it is asked for: elements and the statutory forms 报表 with their header,
// rows, columns, checks and levels. It reads typed cells; it keeps no answers, see packages submission and fact.
package form

import (
	"regexp"
	"strconv"
	"time"

	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

// Element 数据项 is one thing that is counted. Decimals, Sums, BySex and YearStart never change once a form asks for
// it.
type Element struct {
	ID         int64            `json:"-"`
	Code       string           `json:"code"`
	Name       string           `json:"name"`
	NameEN     string           `json:"name_en"`
	Unit       string           `json:"unit"`
	Decimals   int              `json:"decimals"`
	Sums       bool             `json:"sums"` // over areas
	BySex      bool             `json:"by_sex"`
	YearStart  period.YearStart `json:"year_start,omitempty"`
	Definition string           `json:"definition,omitempty"`
}

// Validate checks what the database cannot.
func (e Element) Validate() error {
	f := errs.Fields{}
	if !indicator.ValidElement(e.Code) {
		f.Say("code", "数据项代码由大写字母、数字和下划线组成，例如 PME_EXAMINED。")
	}
	if e.Name == "" {
		f.Say("name", "此项必填。")
	}
	if e.Decimals < 0 || e.Decimals > 6 {
		f.Say("decimals", "小数位数请填0到6。")
	}
	if _, err := period.ParseYearStart(string(e.YearStart)); err != nil {
		f.Say("year_start", "统计年度起始日请写成 --10-01 这样；自然年留空。")
	}
	return f.Check("数据项信息不完整。")
}

// Method says which number is an element's value at an area level.
type Method string

const (
	OwnReport  Method = "own"         // what the area reports itself
	RolledUp   Method = "rolled_up"   // the sum of the areas below
	OwnChecked Method = "own_checked" // its own report; a difference to the sum is a finding
)

// Form 报表 is a statutory table that one kind of unit fills in each area of a level. Its JSON is the stored
// definition.
type Form struct {
	ID             int64             `json:"-"`
	Code           string            `json:"code"`
	Name           string            `json:"name"`
	NameEN         string            `json:"name_en"`
	Number         string            `json:"number"`          // 表号
	Issuer         string            `json:"issuer"`          // 制定机关
	Approver       string            `json:"approver"`        // 批准机关
	ApprovalNumber string            `json:"approval_number"` // 批准文号
	ValidUntil     string            `json:"valid_until"`     // 有效期至, a day
	Note           string            `json:"note,omitempty"`
	Frequency      period.Kind       `json:"frequency"`
	YearStart      period.YearStart  `json:"year_start,omitempty"`
	Level          string            `json:"level"`     // of the areas that report
	Reporters      string            `json:"reporters"` // the kind of unit that reports in each
	Due            string            `json:"due"`       // see DueOn
	Signers        Signers           `json:"signers"`
	Levels         map[string]Method `json:"levels"`
	Columns        []Column          `json:"columns"`
	Rows           []Row             `json:"rows"`
	Rules          []Rule            `json:"checks,omitempty"`
}

// Signers are the roles whose holders sign, two different people of the reporting unit.
type Signers struct {
	First  string `json:"first"`
	Second string `json:"second"`
}

// Column holds one sex, or everybody (quantity.SexTotal) as the only column of a form without sex.
type Column struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"`
	Sex    int    `json:"sex"`
}

// Row asks for one element in one calibre. Of and CalibreID are filled in by whoever reads a form.
type Row struct {
	Number    string  `json:"number"`
	Label     string  `json:"label"`
	LabelEN   string  `json:"label_en"`
	Element   string  `json:"element"`
	Calibre   string  `json:"calibre"`
	Indent    int     `json:"indent,omitempty"`
	Negative  bool    `json:"negative,omitempty"` // numbers below zero make sense
	Of        Element `json:"-"`
	CalibreID int64   `json:"-"`
}

// CellSpec is one cell of a form.
type CellSpec struct {
	Key    string // ROW.COLUMN, as "2.F"
	Row    Row
	Column Column
}

// Words name the cell for people: 第2行·女, or 第2行 where there is only one column.
func (c CellSpec) Words() string {
	if c.Column.Sex == quantity.SexTotal {
		return "第" + c.Row.Number + "行"
	}
	return "第" + c.Row.Number + "行·" + c.Column.Name
}

// Cells are all cells, row by row.
func (f Form) Cells() []CellSpec {
	var cells []CellSpec
	for _, row := range f.Rows {
		for _, column := range f.Columns {
			cells = append(cells, CellSpec{Key: Key(row, column), Row: row, Column: column})
		}
	}
	return cells
}

// Key is how the cell at row and column is called: "2.F".
func Key(row Row, column Column) string { return row.Number + "." + column.Code }

// BySex says whether the form has a column for each sex; the total is then derived, never entered.
func (f Form) BySex() bool { return len(f.Columns) > 0 && f.Columns[0].Sex != quantity.SexTotal }

var (
	dueDate = regexp.MustCompile(`^\+(\d)-(\d\d-\d\d)$`)
	dueDays = regexp.MustCompile(`^\+(\d{1,3})d$`)
)

func validDue(rule string) bool {
	if found := dueDate.FindStringSubmatch(rule); found != nil {
		_, err := time.Parse(time.DateOnly, "2001-"+found[2])
		return err == nil
	}
	return dueDays.MatchString(rule)
}

// DueOn is the last day on time for p: "+1-01-31" is 31 January of the year after p's year, "+20d" the twentieth day
// after p's last.
func (f Form) DueOn(p period.Period) string {
	if found := dueDate.FindStringSubmatch(f.Due); found != nil {
		years, _ := strconv.Atoi(found[1]) // digits
		return strconv.Itoa(p.Year()+years) + "-" + found[2]
	}
	found := dueDays.FindStringSubmatch(f.Due)
	_, last := p.Range(f.YearStart)
	end, err := time.Parse(time.DateOnly, last)
	if found == nil || err != nil {
		return ""
	}
	days, _ := strconv.Atoi(found[1])
	return end.AddDate(0, 0, days).Format(time.DateOnly)
}

// Asks says whether the form is filled for p: its frequency fits and it is still valid when the period begins.
func (f Form) Asks(p period.Period) bool {
	first, _ := p.Range(f.YearStart)
	return p.Kind() == f.Frequency && (f.ValidUntil == "" || first <= f.ValidUntil)
}
