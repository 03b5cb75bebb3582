// Package form is what is counted and how it is asked for: elements and the statutory forms 报表 with their header,
// rows, columns, checks and levels. It reads typed cells; it keeps no answers, see packages submission and fact.
package form

import (
	"regexp"
	"slices"
	"strconv"
	"time"

	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

// Form 报表 is a statutory table that one kind of unit fills in each area of a level. Its JSON is the stored
// definition.
type Form struct {
	ID             int64                     `json:"-"`
	Code           string                    `json:"code"`
	Name           string                    `json:"name"`
	NameEN         string                    `json:"name_en"`
	Number         string                    `json:"number"`          // 表号
	Issuer         string                    `json:"issuer"`          // 制定机关
	Approver       string                    `json:"approver"`        // 批准机关
	ApprovalNumber string                    `json:"approval_number"` // 批准文号
	ValidUntil     string                    `json:"valid_until"`     // 有效期至, a day
	Note           string                    `json:"note,omitempty"`
	Frequency      period.Kind               `json:"frequency"`
	YearStart      period.YearStart          `json:"year_start,omitempty"`
	Level          string                    `json:"level"`     // of the areas that report
	Reporters      string                    `json:"reporters"` // the kind of unit that reports in each
	Due            string                    `json:"due"`       // see DueOn
	Signers        Signers                   `json:"signers"`
	Levels         map[string]element.Method `json:"levels"`
	Columns        []Column                  `json:"columns"`
	Rows           []Row                     `json:"rows"`
	Rules          []Rule                    `json:"checks,omitempty"`
}

// Signers are the roles whose holders sign one after the other, two or three different people of the reporting unit,
// and what the form calls their places, where it does not call them by the role.
type Signers struct {
	First       string `json:"first"`
	Second      string `json:"second"`
	Third       string `json:"third,omitempty"` // empty: two sign
	FirstLabel  string `json:"first_label,omitempty"`
	SecondLabel string `json:"second_label,omitempty"`
	ThirdLabel  string `json:"third_label,omitempty"`
}

// Place is where somebody signs: the role that its holder needs, and what the form calls it, if anything.
type Place struct {
	Role  string `json:"role"`
	Label string `json:"label,omitempty"`
}

// Places are those of a form in the order in which they are signed.
func (s Signers) Places() []Place {
	places := []Place{{s.First, s.FirstLabel}, {s.Second, s.SecondLabel}}
	if s.Third != "" {
		places = append(places, Place{s.Third, s.ThirdLabel})
	}
	return places
}

// Column holds one sex, or everybody (quantity.SexTotal) in a form without sex, and of these one category, or the whole
// of them. CategoryID is filled in by whoever reads a form.
type Column struct {
	Code       string `json:"code"`
	Name       string `json:"name"`
	NameEN     string `json:"name_en"`
	Sex        int    `json:"sex"`
	Category   string `json:"category,omitempty"`
	CategoryID int    `json:"-"`
}

// Whole says whether the column holds everybody: then it needs no name beside that of the row.
func (c Column) Whole() bool { return c.Sex == quantity.SexTotal && c.Category == "" }

// Row asks for one element in one calibre. Of and CalibreID are filled in by whoever reads a form.
type Row struct {
	Number    string          `json:"number"`
	Label     string          `json:"label"`
	LabelEN   string          `json:"label_en"`
	Element   string          `json:"element"`
	Calibre   string          `json:"calibre"`
	Indent    int             `json:"indent,omitempty"`
	Negative  bool            `json:"negative,omitempty"` // numbers below zero make sense
	Of        element.Element `json:"-"`
	CalibreID int64           `json:"-"`
}

// CellSpec is one cell of a form.
type CellSpec struct {
	Key    string // ROW.COLUMN, as "2.F"
	Row    *Row   // the form's, so not to be changed
	Column Column
}

// Words name the cell for people: 第2行·女, or 第2行 where there is only one column.
func (c CellSpec) Words() string {
	if c.Column.Whole() {
		return "第" + c.Row.Number + "行"
	}
	return "第" + c.Row.Number + "行·" + c.Column.Name
}

// Cells are all cells, row by row.
func (f Form) Cells() []CellSpec {
	cells := make([]CellSpec, 0, len(f.Rows)*len(f.Columns))
	for i := range f.Rows {
		for _, column := range f.Columns {
			cells = append(cells, CellSpec{Key: f.Rows[i].Number + "." + column.Code, Row: &f.Rows[i], Column: column})
		}
	}
	return cells
}

// Key is how the cell at row and column is called: "2.F".
func Key(row Row, column Column) string { return row.Number + "." + column.Code }

// elements are what the rows ask for, in their order.
func (f Form) elements() (asked []element.Element) {
	for _, row := range f.Rows {
		asked = append(asked, row.Of)
	}
	return asked
}

func (f Form) sexes() (sexes []int) {
	for _, column := range f.Columns {
		if !slices.Contains(sexes, column.Sex) {
			sexes = append(sexes, column.Sex)
		}
	}
	return sexes
}

func (f Form) categories() (ids []int) {
	for _, column := range f.Columns {
		if !slices.Contains(ids, column.CategoryID) {
			ids = append(ids, column.CategoryID)
		}
	}
	return ids
}

// ByCategory says whether the form has columns for categories.
func (f Form) ByCategory() bool {
	return slices.ContainsFunc(f.Columns, func(c Column) bool { return c.Category != "" })
}

// Adding are the columns that add up to the whole of a row: those of the whole where the form asks for it, else all.
func (f Form) Adding() (columns []Column) {
	for _, c := range f.Columns {
		if c.Category == "" {
			columns = append(columns, c)
		}
	}
	if len(columns) == 0 {
		return f.Columns
	}
	return columns
}

// Derives says whether the whole of a row is added up and never entered.
func (f Form) Derives() bool { return len(f.Adding()) > 1 }

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

// Void says whether the form's validity has ended by a day.
func (f Form) Void(day string) bool { return f.ValidUntil != "" && f.ValidUntil < day }

// NotFor is why the form cannot be opened for p, and what to do about it; nil if it can.
func (f Form) NotFor(p period.Period) error {
	switch first, _ := p.Range(f.YearStart); {
	case p.Kind() != f.Frequency:
		return errs.Invalidf("报表%s是%s，%s不是它的一期：请改期别。", f.Code, frequencyWord(f.Frequency),
			p.String())
	case f.Void(first):
		return errs.Invalidf("报表%s的有效期到%s为止，已经失效，不能再开%s。请先发布延长了有效期的新版本（报表页上的“上传新版本”）。",
			f.Code, f.ValidUntil, p.String())
	}
	return nil
}

// Asks says whether the form is filled for p: its frequency fits and it is still valid when the period begins.
func (f Form) Asks(p period.Period) bool { return f.NotFor(p) == nil }
