// Package tag is sets of tags by which goals and indicators are marked from a day to a day, each with its source: data
// of an installation, none in the code. Choice is how every page that lists goals or indicators is narrowed to what a
// tag marks; it is the only place that says what that is. It computes nothing and draws no page.
package tag

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"yipanqi/internal/errs"
)

// Set is tags that somebody published together, from a day to a day.
type Set struct {
	Code        string `json:"code"`
	Name        string `json:"name"`
	NameEN      string `json:"name_en"`
	OpensOn     string `json:"opens_on,omitempty"`
	ClosesOn    string `json:"closes_on,omitempty"`
	Note        string `json:"note,omitempty"`
	SourceTitle string `json:"source_title"`
	SourceURL   string `json:"source_url,omitempty"`
	Position    int    `json:"-"`
}

// Tag is one of a set.
type Tag struct {
	Set      string `json:"set"`
	Code     string `json:"code"`
	Name     string `json:"name"`
	NameEN   string `json:"name_en"`
	OpensOn  string `json:"opens_on,omitempty"`
	ClosesOn string `json:"closes_on,omitempty"`
	Position int    `json:"-"`
}

// Mark is a tag on a goal of a plan, or on an indicator wherever it hangs.
type Mark struct {
	Set       string `json:"set"`
	Tag       string `json:"tag"`
	Plan      string `json:"plan,omitempty"`
	Goal      string `json:"goal,omitempty"`
	Indicator string `json:"indicator,omitempty"`
	OpensOn   string `json:"opens_on,omitempty"`
	ClosesOn  string `json:"closes_on,omitempty"`
	Note      string `json:"note,omitempty"`
	Position  int    `json:"-"`
}

// open says whether a day is within two: the first is in, the second is out; "" has no end.
func open(from, until, day string) bool { return from <= day && (until == "" || day < until) }

// OpenOn says whether the set holds on a day.
func (s Set) OpenOn(day string) bool { return open(s.OpensOn, s.ClosesOn, day) }

// OpenOn says whether the tag holds on a day, its set apart.
func (t Tag) OpenOn(day string) bool { return open(t.OpensOn, t.ClosesOn, day) }

// OpenOn says whether the mark holds on a day, its tag apart.
func (m Mark) OpenOn(day string) bool { return open(m.OpensOn, m.ClosesOn, day) }

// How long what is said of a set may be: a choice on every page names it.
const (
	maxCode = 40
	maxName = 60
	maxText = 600
)

// coded wants a code that an address can name.
func coded(f errs.Fields, code string) {
	other := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_", r)
	}
	switch {
	case strings.TrimSpace(code) == "":
		f.Say("code", "此项必填。")
	case strings.ContainsFunc(code, other) || utf8.RuneCountInString(code) > maxCode:
		f.Say("code", "代码用字母、汉字、数字、连字符，最多%d个字。", maxCode)
	}
}

// within wants texts of a bounded length.
func within(f errs.Fields, most int, fields map[string]string) {
	for field, text := range fields {
		if utf8.RuneCountInString(text) > most {
			f.Say(field, "最多%d个字。", most)
		}
	}
}

func inOrder(f errs.Fields, from, until string) {
	if until != "" && until <= from {
		f.Say("closes_on", "停用日期要晚于启用日期。")
	}
}

// Validate checks what the database cannot.
func (s Set) Validate() error {
	f := errs.Fields{}
	coded(f, s.Code)
	for field, value := range map[string]string{"name": s.Name, "source_title": s.SourceTitle} {
		if strings.TrimSpace(value) == "" {
			f.Say(field, "此项必填。")
		}
	}
	within(f, maxName, map[string]string{"name": s.Name, "name_en": s.NameEN})
	within(f, maxText, map[string]string{"source_title": s.SourceTitle, "note": s.Note, "source_url": s.SourceURL})
	inOrder(f, s.OpensOn, s.ClosesOn)
	return f.Check("标签组的信息不完整。")
}

// Validate checks what the database cannot.
func (t Tag) Validate() error {
	f := errs.Fields{}
	coded(f, t.Code)
	if strings.TrimSpace(t.Name) == "" {
		f.Say("name", "此项必填。")
	}
	within(f, maxName, map[string]string{"name": t.Name, "name_en": t.NameEN})
	inOrder(f, t.OpensOn, t.ClosesOn)
	return f.Check("标签的信息不完整。")
}

// Validate checks what the database cannot.
func (m Mark) Validate() error {
	f := errs.Fields{}
	if (m.Goal == "") == (m.Indicator == "") {
		f.Say("goal", "目标和指标填一个：标目标时填规划和目标，标指标时只填指标。")
	} else if (m.Goal == "") != (m.Plan == "") {
		f.Say("plan", "规划和目标要一起填；标指标时两个都留空。")
	}
	within(f, maxText, map[string]string{"note": m.Note})
	inOrder(f, m.OpensOn, m.ClosesOn)
	return f.Check("标签的信息不完整。")
}

// overlaps says whether both hold on some day.
func (m Mark) overlaps(other Mark) bool {
	return (m.ClosesOn == "" || other.OpensOn < m.ClosesOn) && (other.ClosesOn == "" || m.OpensOn < other.ClosesOn)
}
