// Package cycle is the reporting cycle: one year's forms from notice and training to the published monitoring report.
// It opens the forms, shows who is missing, and keeps what was extended, explained and left out. What units fill in and
// sign is package submission's, what goes out package letter's, trainings and the review meeting package meeting's.
package cycle

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/period"
)

// Cycle is one year of reporting.
type Cycle struct {
	ID            string        `json:"id"`
	Year          int           `json:"year"`
	Title         string        `json:"title"`
	Unit          string        `json:"unit"`
	Lead          string        `json:"lead,omitempty"`
	AreaID        int64         `json:"-"`
	AreaPath      string        `json:"-"`
	Forms         []string      `json:"forms"`
	Basis         string        `json:"basis"`
	Contact       string        `json:"contact"`
	OpensOn       string        `json:"opens_on"`
	Due           []Due         `json:"due_on"`
	Trainings     []string      `json:"trainings"`
	Untaught      string        `json:"untaught,omitempty"`
	Notice        string        `json:"notice,omitempty"`
	ReviewMeeting string        `json:"review_meeting,omitempty"`
	Extensions    []Extension   `json:"extensions"`
	Duns          []Dun         `json:"dunning_slips"`
	Explanations  []Explanation `json:"explanations"`
	Gaps          []Gap         `json:"gaps"`
	OpenedOn      string        `json:"opened_on,omitempty"`
	ClosedOn      string        `json:"closed_on,omitempty"`
	CompiledOn    string        `json:"compiled_on,omitempty"`
	Report        string        `json:"report,omitempty"`
	PublishedOn   string        `json:"published_on,omitempty"`
	CopiedFrom    string        `json:"copied_from,omitempty"`
	Reason        string        `json:"reason,omitempty"`
	State         State         `json:"state"`
	CreatedBy     string        `json:"-"`
	CreatedAt     time.Time     `json:"created_at"`
	Version       int64         `json:"version"`
	UpdatedBy     string        `json:"-"`
	UpdatedAt     time.Time     `json:"-"`
}

// Due is the last day on time of the forms of a level.
type Due struct {
	Level string `json:"level"`
	On    string `json:"on"`
}

// Extension is a later day for what a unit has not sent yet.
type Extension struct {
	Unit   string `json:"unit"`
	Until  string `json:"until"`
	Reason string `json:"reason"`
	By     string `json:"by"`
	On     string `json:"on"`
}

// Dun is a letter that asked a unit for what it had not sent.
type Dun struct {
	Unit   string `json:"unit"`
	Letter string `json:"letter"`
	On     string `json:"on"`
}

// Explanation is what the review meeting was told of a report.
type Explanation struct {
	Submission string `json:"submission"`
	Form       string `json:"form"`
	Unit       string `json:"unit"`
	Text       string `json:"text"`
	By         string `json:"by"`
	On         string `json:"on"`
}

// Gap is a report that was missing when the cycle was closed, and known to be.
type Gap struct {
	Submission string `json:"submission,omitempty"` // empty: it never was opened
	Form       string `json:"form"`
	Unit       string `json:"unit"`
	Area       string `json:"area"`
}

// Object is the cycle's name in the journal.
func (c Cycle) Object() string { return "cycle/" + c.ID }

// URL is its page.
func (c Cycle) URL() string { return "/cycles/" + c.ID }

// Period is the year of the data.
func (c Cycle) Period() period.Period {
	p, _ := period.FromInt(c.Year * 100) // checked when it was planned
	return p
}

// DueOn is the last day on time of a level, as planned; empty if the level has none.
func (c Cycle) DueOn(level string) string {
	at := slices.IndexFunc(c.Due, func(d Due) bool { return d.Level == level })
	if at < 0 {
		return ""
	}
	return c.Due[at].On
}

// LastDay is the last day on which anybody is on time.
func (c Cycle) LastDay() (last string) {
	for _, d := range c.Due {
		last = max(last, d.On)
	}
	for _, e := range c.Extensions {
		last = max(last, e.Until)
	}
	return last
}

const (
	maxTitle = 60 // characters: a letter's title holds it
	maxText  = 2000
	maxForms = 200
)

func longer(text string, most int) bool { return utf8.RuneCountInString(text) > most }

// form is the edition of a form that asks for the cycle's year.
func (c Cycle) form(tx *db.Tx, code string) (form.Form, error) {
	f, err := form.ByCode(tx, code)
	if err != nil {
		return f, err
	}
	return form.At(tx, f.ID, c.Period())
}

// definitions are the cycle's forms; one that is gone is left out.
func (c Cycle) definitions(tx *db.Tx) (forms []form.Form, err error) {
	for _, code := range c.Forms {
		f, err := c.form(tx, code)
		if errs.KindOf(err) == errs.Missing {
			continue
		}
		if err != nil {
			return nil, err
		}
		forms = append(forms, f)
	}
	return forms, nil
}

// editions are the cycle's forms by code.
func (c Cycle) editions(tx *db.Tx) (map[string]form.Form, error) {
	forms, err := c.definitions(tx)
	all := map[string]form.Form{}
	for _, f := range forms {
		all[f.Code] = f
	}
	return all, err
}

// unfit are the cycle's forms that cannot be asked for its year: past their validity, or not yearly.
func (c Cycle) unfit(forms []form.Form) (unfit []form.Form) {
	for _, f := range forms {
		if !f.Asks(c.Period()) {
			unfit = append(unfit, f)
		}
	}
	return unfit
}

// levels are those of some forms, in their order.
func levels(forms []form.Form) (all []string) {
	for _, f := range forms {
		if !slices.Contains(all, f.Level) {
			all = append(all, f.Level)
		}
	}
	return all
}

// clean takes blanks off, and days of levels that none of the forms has.
func (c *Cycle) clean() {
	c.Title, c.Basis, c.Contact = strings.TrimSpace(c.Title), strings.TrimSpace(c.Basis), strings.TrimSpace(c.Contact)
	slices.Sort(c.Forms)
	c.Forms = slices.Compact(c.Forms)
	slices.SortFunc(c.Due, func(a, b Due) int { return strings.Compare(a.Level, b.Level) })
}

// check says everything that is wrong with a cycle as typed. Forms that a copy brought along and that have expired are
// wrong as well: whoever saves has to drop or replace them.
func (c *Cycle) check(tx *db.Tx) error {
	wrong := errs.Fields{}
	c.clean()
	if c.Title == "" || longer(c.Title, maxTitle) {
		wrong.Say("title", "请写名称，最多%d个字。", maxTitle)
	}
	if c.Year < period.FirstYear || c.Year > period.LastYear {
		wrong.Say("year", "请填统计年度，如2023。")
		return wrong.Check("没有保存：请先改正标出的地方。")
	}
	if longer(c.Basis, maxText) || c.Basis == "" {
		wrong.Say("basis", "请写报表的依据：统计制度或批准文号。")
	}
	if longer(c.Contact, maxText) {
		wrong.Say("contact", "最多%d个字。", maxText)
	}
	if !calendar.IsDay(c.OpensOn) {
		wrong.Say("opens_on", "请填开放填报的日期。")
	}
	if err := c.checkForms(tx, wrong); err != nil {
		return err
	}
	return wrong.Check("没有保存：请先改正标出的地方。")
}

// checkForms refuses forms that cannot be asked, and days by which nobody could answer.
func (c *Cycle) checkForms(tx *db.Tx, wrong errs.Fields) error {
	var forms []form.Form
	for _, code := range c.Forms {
		f, err := c.form(tx, code)
		if errs.KindOf(err) == errs.Missing {
			wrong.Say("forms", "没有代码为“%s”的报表。请从列表里选。", code)
			continue
		}
		if err != nil {
			return err
		}
		forms = append(forms, f)
	}
	for _, f := range c.unfit(forms) {
		if f.Frequency != period.Year {
			wrong.Say("forms", "“%s”不是年报，不能放进年度监测周期。", f.Name)
		} else {
			wrong.Say("forms", "“%s”有效期至%s，不能用于%d年。请换成新的报表，或者去掉它。", f.Name, f.ValidUntil, c.Year)
		}
	}
	if len(c.Forms) == 0 || len(c.Forms) > maxForms {
		wrong.Say("forms", "请选择要报的报表，至少一张，最多%d张。", maxForms)
	}
	has := levels(forms)
	c.Due = slices.DeleteFunc(c.Due, func(d Due) bool { return !slices.Contains(has, d.Level) })
	for _, level := range has {
		if c.DueOn(level) == "" {
			wrong.Say("due_"+level, "请填这一层级的截止日期。")
		}
	}
	for _, f := range forms {
		on, name := c.DueOn(f.Level), "due_"+f.Level
		_, last := c.Period().Range(f.YearStart)
		switch {
		case on == "":
		case !calendar.IsDay(on):
			wrong.Say(name, "截止日期要写成 2024-03-31。")
		case on <= last:
			wrong.Say(name, "“%s”的统计年度到%s才结束，截止日期要在它以后。", f.Name, last)
		case calendar.IsDay(c.OpensOn) && on <= c.OpensOn:
			wrong.Say(name, "截止日期要在开放填报的日期（%s）以后。", c.OpensOn)
		}
	}
	return c.alone(tx, wrong)
}

// alone refuses a form that another cycle of the year asks for: a unit is not to be asked twice.
func (c Cycle) alone(tx *db.Tx, wrong errs.Fields) error {
	others, err := ofYear(tx, c.Year)
	for _, o := range others {
		if o.ID == c.ID || o.State == Dropped ||
			!strings.HasPrefix(o.AreaPath, c.AreaPath) && !strings.HasPrefix(c.AreaPath, o.AreaPath) {
			continue
		}
		for _, code := range c.Forms {
			if slices.Contains(o.Forms, code) {
				wrong.Say("forms", "报表%s已经在“%s”里，同一张报表一年只报一次。", code, o.Title)
			}
		}
	}
	return err
}
