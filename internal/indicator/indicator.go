// Package indicator is what the plans are measured by: definitions with dated versions and formulas, targets, figures
// quoted from public sources, and the standards that rules set. It computes nothing; see package progress.
package indicator

import (
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/formula"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

// Indicator is what stays the same through all versions. Direction is +1 if more is better, -1 if less is, else 0.
type Indicator struct {
	ID         int64            `json:"-"`
	Code       string           `json:"code"`
	Name       string           `json:"name"`
	NameEN     string           `json:"name_en"`
	Unit       string           `json:"unit"`
	UnitEN     string           `json:"unit_en"`
	Decimals   int              `json:"decimals"`
	Direction  int              `json:"direction"`
	YearStart  period.YearStart `json:"year_start,omitempty"`
	SourceUnit string           `json:"source_unit,omitempty"`
	Position   int              `json:"-"`
}

// Version is a definition from one period on; From is no period for the first. Without a formula the indicator is known
// only from published figures. CalibreID is the calibre in which the formula takes its elements.
type Version struct {
	IndicatorID int64         `json:"-"`
	From        period.Period `json:"from"`
	Formula     string        `json:"formula"`
	CalibreID   int64         `json:"-"`
	Definition  string        `json:"definition"`
	SourceTitle string        `json:"source_title,omitempty"`
	SourceURL   string        `json:"source_url,omitempty"`
}

// VersionAt is the version in force in p: the last that starts at or before p. versions are in order of From.
func VersionAt(versions []Version, p period.Period) (in Version) {
	for i := len(versions) - 1; i >= 0; i-- {
		if versions[i].From.Int() <= p.Int() {
			return versions[i]
		}
	}
	return in
}

// GoalIndicator hangs an indicator on a goal of a plan.
type GoalIndicator struct {
	Plan        string
	Goal        string
	IndicatorID int64
	Position    int
}

// What a target asks for.
const (
	AtLeast  = "ge"
	AtMost   = "le"
	Increase = "increase" // direction only
	Decrease = "decrease"
	NoTarget = "none"
)

// Whose target it is.
const (
	Own      = "own"
	National = "national"
)

// Target is what a plan asks of an indicator in an area. Value is a plain decimal, empty for Increase, Decrease and
// NoTarget; BaselineYear 0 means the year before the plan.
type Target struct {
	Plan         string `json:"plan"`
	IndicatorID  int64  `json:"-"`
	AreaID       int64  `json:"-"`
	Level        string `json:"level"`
	Op           string `json:"op"`
	Value        string `json:"value,omitempty"`
	Year         int    `json:"year,omitempty"`
	BaselineYear int    `json:"baseline_year,omitempty"`
	Words        string `json:"words,omitempty"` // as the plan says it
	SourceTitle  string `json:"source_title,omitempty"`
	SourceURL    string `json:"source_url,omitempty"`
	Starts       int    `json:"-"` // of the plan; known to package progress
	Ends         int    `json:"-"`
}

// Published is a figure quoted from a public source: unsigned, never summed, kept beside what is computed. Value is a
// plain decimal in the indicator's unit, with the decimals of the source. Derived: worked out from what the source
// says.
type Published struct {
	ID          string        `json:"id"`
	IndicatorID int64         `json:"-"`
	AreaID      int64         `json:"-"`
	Period      period.Period `json:"period"`
	Sex         int           `json:"-"`
	CalibreID   int64         `json:"-"`
	Value       string        `json:"value"`
	Mark        quantity.Mark `json:"-"`
	Derived     bool          `json:"derived,omitempty"`
	Note        string        `json:"note,omitempty"`
	SourceTitle string        `json:"source_title"`
	SourceURL   string        `json:"source_url,omitempty"`
	SourcePage  string        `json:"source_page,omitempty"`  // where in the source: 第12页, 表3
	PublishedOn string        `json:"published_on,omitempty"` // the day on which the source came out
	Position    int           `json:"-"`
}

// Parameter is a standard or rate that a rule sets from a day on. It is not a statistic.
type Parameter struct {
	Code        string `json:"code"`
	AreaID      int64  `json:"-"`
	OpensOn     string `json:"opens_on"`
	ClosesOn    string `json:"closes_on,omitempty"`
	Name        string `json:"name"`
	NameEN      string `json:"name_en"`
	Value       string `json:"value"` // as the rule says it: 1000, 1:2
	Unit        string `json:"unit"`
	Note        string `json:"note,omitempty"`
	SourceTitle string `json:"source_title"`
	SourceURL   string `json:"source_url,omitempty"`
}

const required = "此项必填。"

func need(f errs.Fields, name, value string) {
	if strings.TrimSpace(value) == "" {
		f.Say(name, required)
	}
}

// Validate checks what the database cannot.
func (i Indicator) Validate() error {
	f := errs.Fields{}
	need(f, "code", i.Code)
	need(f, "name", i.Name)
	if strings.Contains(i.Code, "/") {
		f.Say("code", "代码里不能有斜线。")
	}
	if i.Decimals < 0 || i.Decimals > 6 {
		f.Say("decimals", "小数位数请填0到6。")
	}
	if i.Direction < -1 || i.Direction > 1 {
		f.Say("direction", "方向请填 1（越高越好）、-1（越低越好）或 0。")
	}
	if _, err := period.ParseYearStart(string(i.YearStart)); err != nil {
		f.Say("year_start", "统计年度起始日请写成 --10-01 这样；自然年留空。")
	}
	return f.Check("指标信息不完整。")
}

// Validate checks the formula's form; whether its elements exist is for package form to say.
func (v Version) Validate() error {
	_, err := formula.Parse(v.Formula)
	return err
}

// number wants a plain decimal of a length that any figure of a city has.
func number(f errs.Fields, field, text string) {
	if _, _, ok := quantity.Decimal(text); !ok {
		f.Say(field, "请填数字，例如 1234")
	} else if len(text) > 30 {
		f.Say(field, "数太大，请核对单位")
	}
}

// Validate checks what the database cannot.
func (t Target) Validate() error {
	f := errs.Fields{}
	switch t.Op {
	case AtLeast, AtMost:
		number(f, "value", t.Value)
		if t.Year == 0 {
			f.Say("year", "请填目标年份，例如 2020。")
		}
	case Increase, Decrease, NoTarget:
		if t.Value != "" {
			f.Say("value", "只有方向的目标不填目标值。")
		}
	default:
		f.Say("op", "目标类型请填 ge（不低于）、le（不高于）、increase（提高）、decrease（降低）或 none（未设目标）。")
	}
	if t.Level != Own && t.Level != National {
		f.Say("level", "请填 own（本规划目标）或 national（国家目标）。")
	}
	if t.Year != 0 && t.BaselineYear >= t.Year {
		f.Say("baseline_year", "基期年份要早于目标年份。")
	}
	if t.Op != NoTarget {
		need(f, "source_title", t.SourceTitle)
	}
	return f.Check("目标信息不完整。")
}

// Validate checks what the database cannot.
func (p Published) Validate() error {
	f := errs.Fields{}
	number(f, "value", p.Value)
	if p.Period.IsZero() {
		f.Say("period", "请填期间，例如 2018。")
	}
	need(f, "source_title", p.SourceTitle)
	return f.Check("公开数据的信息不完整。")
}

// Validate checks what the database cannot.
func (p Parameter) Validate() error {
	f := errs.Fields{}
	need(f, "code", p.Code)
	need(f, "name", p.Name)
	need(f, "value", p.Value)
	need(f, "opens_on", p.OpensOn)
	need(f, "source_title", p.SourceTitle)
	return f.Check("标准的信息不完整。")
}
