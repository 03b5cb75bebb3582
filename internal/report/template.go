package report

// The text of a report as the office edits it, with references for figures, read with every mistake named. It knows no
// value.

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/quantity"
)

// Template is the text of a report as the office edits it:
//
//	---
//	title: 2018年工作总结
//	year: 2018
//	number: 演示〔2018〕1号
//	---
//	# a part          ## 一、 a chapter          ### （一） a section
//	Text with {{figure W-HEA-007 year=2018 decimals=1 unit=%}}, {{change W-HEA-007 from=2017 to=2018}}
//	and {{parameter LOW_INCOME_SHARE unit=%}}.
//
// How a figure is shown (decimals, 亿 or 万, 近 or 余) belongs to the reference; the value is never typed here.
type Template struct {
	Meta   map[string]string
	Blocks []Block
}

// Year is the year that the text is about: its year line, else the first year that title or date names; 0 if none does.
// Figures of another year under such a text would be false.
func (t Template) Year() int {
	for _, said := range []string{t.Meta["year"] + "年", t.Meta["title"], t.Meta["date"]} {
		if found := yearNamed.FindStringSubmatch(said); found != nil {
			year, _ := strconv.Atoi(found[1])
			return year
		}
	}
	return 0
}

var yearNamed = regexp.MustCompile(`((?:19|20)\d\d)年`)

// Block is a heading (Level 1 to 3, the number of # signs) or a paragraph (Level 0).
type Block struct {
	Level int
	Parts []Part
}

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
	OwnUnit  bool // no unit given: the indicator's
	Line     int
}

// Key names the reference's figure in lists.
func (r Reference) Key() string {
	switch {
	case r.Kind == ChangeRef:
		return fmt.Sprintf("%s@%d-%d", r.Code, r.Year, r.From)
	case r.Area != "":
		return fmt.Sprintf("%s@%d@%s", r.Code, r.Year, r.Area)
	}
	return fmt.Sprintf("%s@%d", r.Code, r.Year)
}

var reference = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

// ParseTemplate reads a template. All its mistakes come back at once, each with its line.
func ParseTemplate(body string) (Template, error) {
	t := Template{Meta: map[string]string{}}
	problems := errs.Fields{}
	lines := strings.Split(strings.ReplaceAll(body, "\r\n", "\n"), "\n")
	at := 0
	if len(lines) > 0 && strings.TrimSpace(lines[0]) == "---" {
		for at = 1; at < len(lines) && strings.TrimSpace(lines[at]) != "---"; at++ {
			if name, value, ok := strings.Cut(lines[at], ":"); ok {
				t.Meta[strings.TrimSpace(name)] = strings.TrimSpace(value)
			}
		}
		at++
	}
	for ; at < len(lines); at++ {
		text := strings.TrimSpace(lines[at])
		if text == "" {
			continue
		}
		b := Block{}
		for b.Level < 3 && strings.HasPrefix(text, "#") {
			b.Level++
			text = text[1:]
		}
		var err error
		if b.Parts, err = parseParts(strings.TrimSpace(text), at+1); err != nil {
			problems["line"+strconv.Itoa(at+1)] = errs.WordsOf(err)
			continue
		}
		t.Blocks = append(t.Blocks, b)
	}
	return t, problems.Check("模板里有写错的引用，请按提示改正。")
}

func parseParts(text string, line int) (parts []Part, err error) {
	end := 0
	for _, m := range reference.FindAllStringSubmatchIndex(text, -1) {
		if m[0] > end {
			parts = append(parts, Part{Text: text[end:m[0]]})
		}
		ref, err := parseReference(text[m[2]:m[3]], line)
		if err != nil {
			return nil, err
		}
		parts = append(parts, Part{Ref: &ref})
		end = m[1]
	}
	if rest := text[end:]; rest != "" {
		if strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
			return nil, errs.Invalidf("第%d行：引用没有写完整，应为 {{figure 指标代码 …}}", line)
		}
		parts = append(parts, Part{Text: rest})
	}
	return parts, nil
}

func parseReference(text string, line int) (Reference, error) {
	words := strings.Fields(text)
	if len(words) < 2 {
		return Reference{}, errs.Invalidf("第%d行：引用应写成 {{figure 指标代码 …}}", line)
	}
	r := Reference{Kind: words[0], Code: words[1], Decimals: -1, OwnUnit: true, Line: line}
	if r.Kind != FigureRef && r.Kind != ChangeRef && r.Kind != ParameterRef {
		return r, errs.Invalidf("第%d行：不认识“%s”，可用 figure、change、parameter", line, r.Kind)
	}
	for _, word := range words[2:] {
		name, value, ok := strings.Cut(word, "=")
		if !ok || !r.set(name, value) {
			return r, errs.Invalidf("第%d行：“%s”写得不对。可用 year from to area decimals scale(万|亿) before(近|约|超过) after(余|以上|左右) unit", line, word)
		}
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
	case "scale":
		r.Style.Scale = value
		return r.Style.Known()
	case "before", "after":
		r.Style.Qualifier = value
		return value != "" && r.Style.Known()
	case "unit":
		r.Style.Unit, r.OwnUnit = value, false
	default:
		return false
	}
	return true
}

// References lists all references in order, with year filled in.
func (t Template) References(year int) []*Reference {
	var refs []*Reference
	for _, b := range t.Blocks {
		for _, p := range b.Parts {
			if p.Ref != nil {
				if p.Ref.Year == 0 {
					p.Ref.Year = year
				}
				refs = append(refs, p.Ref)
			}
		}
	}
	return refs
}
