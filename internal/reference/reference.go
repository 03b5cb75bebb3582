// Package reference is figures that stand in a text as references, {{figure CODE year=2023}}: read with every mistake
// named, and resolved to what is accepted or published, with formula, source, digest, and whether two people signed it.
// What a text is for, and whether it may go out, is its callers' business.
package reference

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/quantity"
)

// Part is plain text, or a reference if Ref is not nil.
type Part struct {
	Text string
	Ref  *Reference
}

// Kinds of reference.
const (
	FigureRef    = "figure"
	ChangeRef    = "change"
	ParameterRef = "parameter"
	MeasureRef   = "measure" // of a register: {{measure child_home.homes_new year=2023}}
	TargetRef    = "target"  // what a plan asks of an indicator: {{target C-WEL-003 year=2023}}
	TableRef     = "table"   // of either, by area: {{table child_home.homes_new,C-WEL-003 year=2023}}
)

// Reference asks for one figure. Year 0 is the report's year; Area "" the report's area.
type Reference struct {
	Kind     string
	Code     string
	Area     string
	Year     int
	From     int // of a change
	Decimals int // -1: as many as the indicator has
	Style    quantity.Style
	Level    string // of a table's areas; '' = directly below
	Split    string // of a measure, field=code: one part of it
	OwnUnit  bool   // no unit given: the indicator's
	Line     int
}

// Key names the reference's figure in lists.
func (r Reference) Key() string {
	switch {
	case r.Kind == TargetRef:
		return fmt.Sprintf("target %s@%d@%s", r.Code, r.Year, r.Area)
	case r.Kind == ChangeRef:
		return fmt.Sprintf("%s@%d-%d", r.Code, r.Year, r.From)
	case r.Split != "":
		return fmt.Sprintf("%s@%d@%s@%s", r.Code, r.Year, r.Area, r.Split)
	case r.Area != "":
		return fmt.Sprintf("%s@%d@%s", r.Code, r.Year, r.Area)
	}
	return fmt.Sprintf("%s@%d", r.Code, r.Year)
}

var reference = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

// Parse reads the references of a line; line is its number, for messages. A brace that is left over is a reference that
// was not written out.
func Parse(text string, line int) (parts []Part, err error) {
	plain := func(text string) {
		if strings.Contains(text, "{{") || strings.Contains(text, "}}") {
			err = errs.Invalidf("第%d行：引用没有写完整，应为 {{figure 指标代码 …}}", line)
		}
		if text != "" {
			parts = append(parts, Part{Text: text})
		}
	}
	end := 0
	for _, m := range reference.FindAllStringSubmatchIndex(text, -1) {
		plain(text[end:m[0]])
		ref, wrong := parse(text[m[2]:m[3]], line)
		if wrong != nil {
			return nil, wrong
		}
		parts, end = append(parts, Part{Ref: &ref}), m[1]
	}
	if plain(text[end:]); err != nil {
		return nil, err
	}
	return parts, alone(parts)
}

func parse(text string, line int) (Reference, error) {
	words := strings.Fields(text)
	if len(words) < 2 {
		return Reference{}, errs.Invalidf("第%d行：引用应写成 {{figure 指标代码 …}}", line)
	}
	r := Reference{Kind: words[0], Code: words[1], Decimals: -1, OwnUnit: true, Line: line}
	if r.Kind != FigureRef && r.Kind != ChangeRef && r.Kind != ParameterRef && r.Kind != MeasureRef &&
		r.Kind != TargetRef && r.Kind != TableRef {
		return r, errs.Invalidf("第%d行：不认识“%s”，可用 figure、change、target、parameter、measure、table", line, r.Kind)
	}
	for _, word := range words[2:] {
		name, value, ok := strings.Cut(word, "=")
		if !ok || !r.set(name, value) {
			return r, errs.Invalidf("第%d行：“%s”写得不对。可用 year from to area decimals scale(万|亿) before(近|约|超过) after(余|以上|左右) unit split", line, word)
		}
	}
	if register, measure := r.Measure(); r.Kind == MeasureRef && (register == "" || measure == "") {
		return r, errs.Invalidf("第%d行：登记的统计要写成“登记.统计”，例如 {{measure child_home.homes_new year=2023}}", line)
	}
	if r.Kind == TableRef {
		_, err := r.columns()
		return r, err
	}
	if r.Kind == ChangeRef && r.From == 0 {
		return r, errs.Invalidf("第%d行：变化要写明从哪一年起，例如 {{change %s from=2017 to=2018}}", line, r.Code)
	}
	return r, nil
}

func (r *Reference) set(name, value string) bool {
	number := func(to *int) bool {
		n, err := strconv.Atoi(value)
		*to = n
		return err == nil && n >= 0
	}
	switch name {
	case "year", "to":
		return number(&r.Year)
	case "from":
		return number(&r.From)
	case "decimals":
		return number(&r.Decimals) && r.Decimals <= 6
	case "area":
		r.Area = value
	case "level":
		r.Level = value
		return r.Kind == TableRef
	case "split": // home_host:school
		field, code, ok := strings.Cut(value, ":")
		r.Split = field + "=" + code
		return ok && r.Kind == MeasureRef
	case "scale":
		r.Style.Scale = value
		return r.Style.Known()
	case "before", "after":
		r.Style.Qualifier = value
		return r.Kind != TableRef && value != "" && r.Style.Known()
	case "unit":
		r.Style.Unit, r.OwnUnit = value, false
		return r.Kind != TableRef
	default:
		return false
	}
	return true
}
