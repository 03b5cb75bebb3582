// Package element is what is counted: elements, whom they count (calibres), and which form answers for an element at
// each area level. Forms ask for elements, facts are numbers of them, formulas compute with them; it knows none of
// these.
package element

import (
	"yipanqi/internal/errs"
	"yipanqi/internal/formula"
	"yipanqi/internal/period"
)

// Element 数据项 is one thing that is counted. Decimals, Sums, BySex, Categories and YearStart never change once a
// form asks for it.
type Element struct {
	ID         int64            `json:"-"`
	Code       string           `json:"code"`
	Name       string           `json:"name"`
	NameEN     string           `json:"name_en"`
	Unit       string           `json:"unit"`
	Decimals   int              `json:"decimals"`
	Sums       bool             `json:"sums"` // over areas
	BySex      bool             `json:"by_sex"`
	Categories string           `json:"categories,omitempty"` // list that it is counted by
	YearStart  period.YearStart `json:"year_start,omitempty"`
	Definition string           `json:"definition,omitempty"`
}

// Validate checks what the database cannot.
func (e Element) Validate() error {
	f := errs.Fields{}
	if !formula.ValidElement(e.Code) {
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

// Calibre 口径 is who is counted, such as 户籍 or 常住; figures of different calibres never meet. ID 0 is not
// applicable.
type Calibre struct {
	ID     int64  `json:"-"`
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"`
}

// NoCalibre is the code of the calibre with ID 0 (SDMX _Z).
const NoCalibre = "_Z"

// CountsPeople says whether it is people that are counted, so that they can be told apart by sex.
func (e Element) CountsPeople() bool {
	switch e.Unit {
	case "人", "人次", "名", "例", "万人", "万人次":
		return true
	}
	return false
}
