package check

// The page of one text: figures and counts filtered by verdict, the same for programs and as a table.

import (
	"bytes"
	"context"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/table"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type showInput struct {
	ID      string `json:"id"`
	Verdict string `json:"verdict"` // show only these; "" = all
	Lacks   string `json:"lacks"`   // show only those that lack it; "" = all
	Start   string `json:"start"`   // of the selected figure
	Edit    bool   `json:"edit"`    // the selected figure's match is being corrected
	Others  bool   `json:"others"`  // show dates, ordinals and names too
}

// answer is what a program gets: the figures of one verdict if the request names one, else all.
type answer struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Area    string `json:"area,omitempty"`
	Year    int    `json:"year,omitempty"`
	Version int64  `json:"version"`
	Figures []flat `json:"figures"`
}

// showData is a checked text as its page shows it.
type showData struct {
	answer
	text      Check
	result    Result
	in        showInput
	missed    int // notes that find no place in the uploaded document
	mayDelete bool
	usual     usual
	trail     trail.Data
	own       []network.Area // of the reader's posts, to choose with one click
	user      auth.User
	corrects
}

// corrects is what the form for corrections offers; may is false for those who must not use it.
type corrects struct {
	may   bool
	terms []network.Label
	names map[string]network.Label // of terms, by code
	areas []network.Area           // that the user sees, for the form
	all   map[string]network.Area  // by code
	// computed are the codes of indicators, which have a page of their own where their data are asked for.
	computed map[string]bool
}

// lets says whether the figure is one of those asked for.
func (in showInput) lets(i Item) bool {
	return (in.Verdict == "" || string(i.Verdict) == in.Verdict) && (in.Lacks == "" || string(i.Lacks) == in.Lacks)
}

func (p pages) show(r *web.Request, in showInput) (d showData, err error) {
	d.in, d.user, d.mayDelete = in, r.User, r.User.Can("check.delete")
	if in.Verdict != "" && !slices.Contains(verdicts(), Verdict(in.Verdict)) {
		return d, errs.Missingf("没有这种核对结果。")
	}
	if in.Lacks != "" && !slices.Contains(everyLack(), Lack(in.Lacks)) {
		return d, errs.Missingf("没有这种没有核对的原因。")
	}
	if d.text, d.result, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.answer = answer{d.text.ID, d.text.Name, d.text.Area, d.text.Year, d.text.Version, []flat{}}
	for _, i := range d.result.Figures {
		if in.lets(i) {
			d.Figures = append(d.Figures, i.Plain())
		}
	}
	if d.trail, err = trail.Read(r.Tx, r.User, Trail(), d.text.ID); err != nil {
		return d, err
	}
	if d.corrects, err = correctsFor(r, d.text.Unit); err != nil {
		return d, err
	}
	d.own = ownAreas(r, d.areas)
	if d.usual, err = usualOf(r, d.areas); err != nil || d.text.Digest == "" {
		return d, err
	}
	r.Tx.Outside = true
	original, err := p.files.Get(d.text.Digest)
	if err != nil {
		return d, err
	}
	err = web.Files.Do(r.Context, func() error {
		d.missed, err = document.Annotate(io.Discard, original, places(d.result.Figures), r.Tx.Now)
		return err
	})
	return d, err
}

// showAgain is the page after a refused correction: its form is open again.
func (p pages) showAgain(r *web.Request, in showInput) (showData, error) {
	in.Edit = true
	return p.show(r, in)
}

func correctsFor(r *web.Request, unit string) (c corrects, err error) {
	if c.terms, err = terms(r.Tx); err != nil {
		return c, err
	}
	slices.SortFunc(c.terms, func(a, b network.Label) int { return strings.Compare(a.Code, b.Code) })
	c.names, c.all, c.computed = map[string]network.Label{}, map[string]network.Area{}, map[string]bool{}
	indicators, err := indicator.List(r.Tx)
	if err != nil {
		return c, err
	}
	for _, i := range indicators {
		c.computed[i.Code] = true
	}
	for _, t := range c.terms {
		c.names[t.Code] = t
	}
	all, err := network.AllAreas(r.Tx)
	if err != nil {
		return c, err
	}
	for _, a := range all {
		if old, known := c.all[a.Code]; !known || old.OpensOn < a.OpensOn {
			c.all[a.Code] = a
		}
	}
	_, denied := mayCorrect(r.User, unit)
	c.may = denied == nil
	c.areas, err = seen(r)
	return c, err
}

// Table is the figures as CSV.
func (d showData) Table(context.Context) table.Table {
	t := table.Table{Name: "check-figures", Columns: []table.Column{
		{Name: "起点", Number: true}, {Name: "终点", Number: true}, {Name: "原文"}, {Name: "类型代码"},
		{Name: "数值", Number: true}, {Name: "数值2", Number: true}, {Name: "计量单位"}, {Name: "修饰"},
		{Name: "方向代码"}, {Name: "对比基期"}, {Name: "主语"}, {Name: "地区"}, {Name: "期间"},
		{Name: "核对结果", Words: true}, {Name: "核对结果代码"}, {Name: "指标代码"},
		{Name: "应为", Number: true}, {Name: "理由"}, {Name: "出处"}, {Name: "改正单位"}, {Name: "改正人"},
		{Name: "改正时间"}, {Name: "没有核对的原因代码"}, {Name: "地区依据"}, {Name: "期间依据"}}}
	for _, i := range d.Figures {
		area, period := i.AreaFrom.words(), i.PeriodFrom.words()
		verdict := ""
		if i.Verdict != "" { // a date has none
			verdict = string(i.Verdict.Words())
		}
		var by corrector
		at := ""
		if i.By != nil {
			by, at = *i.By, part.When(i.By.At)
		}
		t.Rows = append(t.Rows, []string{strconv.Itoa(i.Start), strconv.Itoa(i.End), i.Text, string(i.Kind), i.Value,
			i.Value2, i.Unit, i.Qualifier,
			i.Direction, i.Base, i.Subject, i.Area, i.Period, verdict, string(i.Verdict), i.Indicator,
			i.Expected, i.Why, i.Proof, by.UnitName, by.Person, at, string(i.Lacks), area, period})
	}
	return t
}

// block is a paragraph of the text, or the rows of a table.
type block struct {
	heading bool
	pieces  []piece
	rows    [][][]piece // rows of cells
}

// piece is text, or a figure with what was written.
type piece struct {
	text string
	item *Item
}

// blocks lays the text out: a line is a paragraph, lines with tabs that follow each other are a table.
func (d showData) blocks() (all []block) {
	text, next := []rune(d.text.Text), 0
	for from := 0; from < len(text); {
		to := from
		for to < len(text) && text[to] != '\n' {
			to++
		}
		line := text[from:to]
		switch {
		case slices.Contains(line, '\t'):
			row := [][]piece{}
			for cell := from; cell <= to; {
				end := cell
				for end < to && text[end] != '\t' {
					end++
				}
				row = append(row, d.pieces(text, cell, end, &next))
				cell = end + 1
			}
			if n := len(all); n > 0 && all[n-1].rows != nil {
				all[n-1].rows = append(all[n-1].rows, row)
			} else {
				all = append(all, block{rows: [][][]piece{row}})
			}
		case strings.TrimSpace(string(line)) != "":
			all = append(all, block{heading: heading(string(line), len(all) == 0),
				pieces: d.pieces(text, from, to, &next)})
		}
		from = to + 1
	}
	return all
}

var numbered = regexp.MustCompile(`^([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十]+[章节部])`)

// heading tells a short line with a heading's number, and a short first line.
func heading(line string, first bool) bool {
	line = strings.TrimSpace(line)
	return len(line) <= 120 && !strings.ContainsAny(line, "。；") && (first || numbered.MatchString(line))
}

// pieces cuts a part of the text at its figures; next is the first figure that is not placed yet.
func (d showData) pieces(text []rune, from, to int, next *int) (all []piece) {
	for ; *next < len(d.result.Figures) && d.result.Figures[*next].Start < to; *next++ {
		item := &d.result.Figures[*next]
		if item.Start < from {
			continue
		}
		if item.Start > from {
			all = append(all, piece{text: string(text[from:item.Start])})
		}
		from = min(item.End, to)
		all = append(all, piece{text: string(text[item.Start:from]), item: item})
	}
	if from < to {
		all = append(all, piece{text: string(text[from:to])})
	}
	return all
}

// places are bare notes on the figures that the document comments on by default, to see which find a place.
func places(items []Item) (notes []document.Note) {
	for _, i := range items {
		if i.Kind.Statistic() && i.Verdict != Unknown {
			notes = append(notes, document.Note{Start: i.Start, End: i.End, Text: "."})
		}
	}
	return notes
}

// address is this page with other choices.
func (d showData) address(change func(*showInput)) string {
	in := showInput{Verdict: d.in.Verdict, Lacks: d.in.Lacks, Others: d.in.Others}
	change(&in)
	var b bytes.Buffer
	add := func(name, value string) {
		if value == "" {
			return
		}
		b.WriteByte("?&"[min(b.Len(), 1)])
		b.WriteString(name + "=" + value)
	}
	add("verdict", in.Verdict)
	add("lacks", in.Lacks)
	add("start", in.Start)
	if in.Others {
		add("others", "true")
	}
	if in.Edit {
		add("edit", "true")
	}
	if in.Start != "" {
		b.WriteString("#f-" + in.Start)
	}
	return d.text.URL() + b.String()
}
