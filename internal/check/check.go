// Package check 数据核对 holds the figures of any report against the data: which stand, which only nearly, which are
// wrong and which nobody has ever reported. Finding figures and what they are about is figurecheck's; nothing here
// changes a number.
package check

import (
	"encoding/json"
	"time"
	"unicode/utf8"

	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/figurecheck"
	"yipanqi/internal/say"
)

// Verdict says how a statistic stands against the data; empty for dates, ordinals and names.
type Verdict string

const (
	Proven       Verdict = "proven"       // equals a value that follows from signed reports
	Paper        Verdict = "paper"        // likewise, of which some were signed in ink: a weaker proof
	Published    Verdict = "published"    // equals what a named public source says
	Consistent   Verdict = "consistent"   // true as rounded or qualified
	Contradicted Verdict = "contradicted" // the data or the text's own arithmetic say otherwise
	Changed      Verdict = "changed"      // was right until the data changed
	Unknown      Verdict = "unknown"      // nothing to hold it against, or not surely
)

// verdicts in the order in which they are shown: what needs attention first.
func verdicts() []Verdict {
	return []Verdict{Contradicted, Changed, Consistent, Proven, Paper, Published, Unknown}
}

// Lack says what is missing to judge a figure; empty for those that were judged.
type Lack string

const (
	NoIndicator Lack = "indicator" // its words name none of ours
	NoArea      Lack = "area"      // its words name no area, and none was chosen for the text
	Elsewhere   Lack = "elsewhere" // it is of an area that has no data here
	NoPeriod    Lack = "period"    // its words name no time, nor does the text, and no year was given
	NoData      Lack = "data"      // nobody has reported it
	Doubt       Lack = "doubt"     // the data may speak of it, but the words or the numbers are not sure enough
)

// everyLack is all of them, in the order in which they are shown.
func everyLack() []Lack { return []Lack{NoArea, NoPeriod, NoIndicator, NoData, Elsewhere, Doubt} }

// Item is one figure of the text with its verdict.
type Item struct {
	*figurecheck.Figure
	Verdict    Verdict
	Lacks      Lack
	Indicator  string // code of the indicator or standard it was held against
	Name       string // what that is called
	AreaCode   string
	PeriodCode string
	Expected   string // the right value, in the figure's unit, if the verdict is Contradicted or Changed
	Why        []say.Words
	Proof      string      // page that proves the right value
	Simulated  bool        // the data are simulated
	Corrected  *Correction // what a person said that the figure is about
	Candidates []string    // codes of what it may be about, where its words name more than one

	// What told its area and its period, unless its own words do.
	AreaFrom, PeriodFrom *figurecheck.Origin

	differs bool   // from a number that it may mean
	loosely bool   // from one that it may mean if it is surely of what its words name
	sex     string // that the words say, where there are no data
}

// flat is an Item as programs read it; why is one Chinese sentence.
type flat struct {
	figurecheck.Figure
	Verdict    Verdict    `json:"verdict"`
	Lacks      Lack       `json:"lacks,omitempty"`
	AreaFrom   *from      `json:"area_from,omitempty"`
	PeriodFrom *from      `json:"period_from,omitempty"`
	Indicator  string     `json:"indicator"`
	Name       string     `json:"indicator_name"`
	AreaCode   string     `json:"area_code"`
	PeriodCode string     `json:"period_code"`
	Expected   string     `json:"expected"`
	Why        string     `json:"why"`
	Proof      string     `json:"proof"`
	Simulated  bool       `json:"simulated,omitempty"`
	Corrected  bool       `json:"corrected,omitempty"`
	By         *corrector `json:"corrected_by,omitempty"`
	Candidates []string   `json:"candidates,omitempty"`
}

// from is what told an area or a period, as programs read it: a code, and the words of the text.
type from struct {
	Code string `json:"code"`
	Text string `json:"text,omitempty"`
}

func fromOf(o *figurecheck.Origin) *from {
	if o == nil {
		return nil
	}
	return &from{string(o.From), o.Text}
}

// corrector is who made a correction, as programs read it.
type corrector struct {
	Person   string    `json:"person"`
	PersonEN string    `json:"person_en,omitempty"`
	Unit     string    `json:"unit"`
	UnitName string    `json:"unit_name"`
	UnitEN   string    `json:"unit_name_en,omitempty"`
	At       time.Time `json:"at"`
}

// Plain is what a program gets.
func (i Item) Plain() flat {
	f := flat{*i.Figure, i.Verdict, i.Lacks, fromOf(i.AreaFrom), fromOf(i.PeriodFrom), i.Indicator,
		i.Name, i.AreaCode, i.PeriodCode, i.Expected, i.Reason(),
		i.Proof, i.Simulated, i.Corrected != nil, nil, i.Candidates}
	if c := i.Corrected; c != nil {
		f.By = &corrector{c.Person.ZH, c.Person.EN, c.Unit, c.Of.ZH, c.Of.EN, c.At}
	}
	return f
}

// MarshalJSON writes all fields flat.
func (i Item) MarshalJSON() ([]byte, error) { return json.Marshal(i.Plain()) }

// Reason is why the figure has its verdict, in Chinese.
func (i Item) Reason() string { return say.Chinese(i.Why) }

// Result is a checked text.
type Result struct {
	Figures []Item `json:"figures"`
}

// Count is how many statistics have the verdict.
func (r Result) Count(v Verdict) (n int) {
	for _, i := range r.Figures {
		if i.Kind.Statistic() && i.Verdict == v {
			n++
		}
	}
	return n
}

// Lacking is how many statistics could not be judged for want of it.
func (r Result) Lacking(what Lack) (n int) {
	for _, i := range r.Figures {
		if i.Kind.Statistic() && i.Lacks == what {
			n++
		}
	}
	return n
}

// Judged is how many statistics have a verdict.
func (r Result) Judged() int { return r.Statistics() - r.Count(Unknown) }

// Statistics is how many figures are held against data.
func (r Result) Statistics() (n int) {
	for _, i := range r.Figures {
		if i.Kind.Statistic() {
			n++
		}
	}
	return n
}

// Check is a text that somebody had checked. Figures are held against the data whenever it is read, so what has changed
// since shows.
type Check struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	Area      string    `json:"area,omitempty"` // code; "" = as the text says
	Year      int       `json:"year,omitempty"`
	Text      string    `json:"text,omitempty"`
	Digest    string    `json:"-"` // of the uploaded .docx, kept to be annotated
	PersonID  string    `json:"-"`
	Unit      string    `json:"unit"`
	Version   int64     `json:"version"`
	CreatedAt time.Time `json:"created_at"`
}

const wrongYear = "年份请填1949至2199之间的四位数，或者留空。"

// sensible says whether a text can be of the year; 0 leaves it open.
func sensible(year int) bool { return year == 0 || 1949 <= year && year <= 2199 }

// Validate checks what the database cannot.
func (c Check) Validate() error {
	f := errs.Fields{}
	switch n := utf8.RuneCountInString(c.Text); {
	case n == 0:
		f.Say("text", "请粘贴文字，或者选择一个文件。")
	case n > document.MaxText:
		f.Say("text", "文字太长，请分成几部分核对。")
	}
	if !sensible(c.Year) {
		f.Say("year", wrongYear)
	}
	return f.Check("没有核对：请先改正标出的地方。")
}
