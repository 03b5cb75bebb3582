package report

// The text of a report as the office edits it, with references for figures, read with every mistake named. It knows no
// value.

import (
	"regexp"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/reference"
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
//	{{table W-HEA-007,C-WEL-003 year=2018}}
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
	Parts []reference.Part
}

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
		if b.Parts, err = reference.Parse(strings.TrimSpace(text), at+1); err != nil {
			problems["line"+strconv.Itoa(at+1)] = errs.WordsOf(err)
			continue
		}
		t.Blocks = append(t.Blocks, b)
	}
	return t, problems.Check("模板里有写错的引用，请按提示改正。")
}

// References lists all references in order, with year filled in.
func (t Template) References(year int) []*reference.Reference {
	var refs []*reference.Reference
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
