// Package plan is the five-year plans: domains, goals, and which units answer for a goal (the breakdown
// 目标任务分解书). Indicators hang on goals in package indicator.
package plan

import (
	"strings"

	"yipanqi/internal/errs"
)

// Plan is a development plan of an area for a span of years, both included.
type Plan struct {
	Code        string `json:"code"`
	Name        string `json:"name"`
	NameEN      string `json:"name_en"`
	Kind        string `json:"kind"` // women, children, combined
	AreaID      int64  `json:"-"`
	Starts      int    `json:"starts"`
	Ends        int    `json:"ends"`
	Parent      string `json:"parent,omitempty"`
	Status      string `json:"status"` // one of States
	SourceTitle string `json:"source_title,omitempty"`
	SourceURL   string `json:"source_url,omitempty"`
	Note        string `json:"note,omitempty"`
	Position    int    `json:"-"`
}

// Domain is a field of a plan 发展领域.
type Domain struct {
	Plan     string `json:"-"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	NameEN   string `json:"name_en"`
	Position int    `json:"-"`
}

// Goal is a main goal 主要目标 within a domain.
type Goal struct {
	Plan        string `json:"-"`
	Code        string `json:"code"`
	Domain      string `json:"domain"`
	Text        string `json:"text"`
	TextEN      string `json:"text_en"`
	SourceTitle string `json:"source_title,omitempty"`
	SourceURL   string `json:"source_url,omitempty"`
	Position    int    `json:"-"`
}

// Duties of a unit for a goal.
const (
	Lead        = "lead"        // 主要责任单位
	Responsible = "responsible" // 责任单位
)

// GoalUnit says that a unit answers for a goal.
type GoalUnit struct {
	Plan string `json:"plan"`
	Goal string `json:"goal"`
	Unit string `json:"unit"`
	Duty string `json:"duty"`

	since string // the day from which it does; '' = ever since
}

// Validate checks what the database cannot.
func (p Plan) Validate() error {
	f := errs.Fields{}
	if strings.TrimSpace(p.Code) == "" {
		f.Say("code", "此项必填。")
	}
	if strings.TrimSpace(p.Name) == "" {
		f.Say("name", "此项必填。")
	}
	if p.Starts < 1949 || p.Ends < p.Starts || p.Ends > p.Starts+30 {
		f.Say("ends", "请填起止年份，例如 2016 和 2020。")
	}
	return f.Check("规划信息不完整。")
}
