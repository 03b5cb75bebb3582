package letter

// Figures of a letter: references to what is accepted or published, resolved when its text is frozen, and those that
// somebody typed. Every issued document says how many of them two people signed, and lists the rest.

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/figurecheck"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/reference"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
)

// Figured is a reference as the frozen text has it, in the body's order.
type Figured struct {
	Key     string `json:"key"`
	Text    string `json:"text"`
	Name    string `json:"name"`
	When    string `json:"when"`
	Status  string `json:"status"`
	Proof   string `json:"proof"`
	Source  string `json:"source,omitempty"`
	Digest  string `json:"digest"`
	Problem string `json:"problem,omitempty"`
	Target  bool   `json:"target,omitempty"` // what a plan asks for: nobody signs it, and it is not counted
}

// Signed says whether what the figure rests on is complete and signed by two.
func (f Figured) Signed() bool { return f.Status == string(progress.Proven) && f.Problem == "" }

// Typed is a figure that stands in a text as somebody typed it.
type Typed struct {
	Text     string `json:"text"`
	Sentence string `json:"sentence"`
}

// vocabulary knows no indicator: what a figure is about does not matter here.
var vocabulary = figurecheck.NewVocabulary(nil, nil, nil)

// blank stands for a reference where only what was typed is looked for.
const blankFigure = "□"

// TypedIn are the statistics that are typed in a text.
func TypedIn(body string) (all []Typed) {
	var lines []string
	for line := range strings.SplitSeq(body, "\n") {
		parts, err := reference.Parse(line, 0)
		if err != nil { // it is told where it is saved
			lines = append(lines, line)
			continue
		}
		plain := ""
		for _, p := range parts {
			if p.Ref != nil {
				p.Text = blankFigure
			}
			plain += p.Text
		}
		lines = append(lines, plain)
	}
	body = strings.Join(lines, "\n")
	runes := []rune(body)
	read, _ := vocabulary.Read(context.Background(), body, figurecheck.About{}) // too short to be stopped
	for _, f := range read.Figures {
		if f.Kind.Statistic() {
			all = append(all, Typed{f.Text, unbarred(string(runes[f.Sentence.Start:f.Sentence.End]))})
		}
	}
	return all
}

// unbarred is a row of a table without its bars; what is no row stays as it is.
func unbarred(line string) string {
	words, is := cells(line)
	if !is {
		return line
	}
	return strings.Join(words, "，")
}

// references are those of a body; each says its year, since a letter has none.
func references(body string) (refs []*reference.Reference, err error) {
	at := 0
	for line := range strings.SplitSeq(body, "\n") {
		at++
		parts, err := reference.Parse(line, at)
		if err != nil {
			return nil, err
		}
		for _, p := range parts {
			if p.Ref == nil {
				continue
			}
			if p.Ref.Year == 0 {
				return nil, errs.Invalidf("第%d行：引用要写明年份，例如 {{figure %s year=2023}}", at, p.Ref.Code)
			}
			refs = append(refs, p.Ref)
		}
	}
	return refs, nil
}

// Table is a table as the frozen text has it: its heads, and its rows by area. Its cells are the next figures of the
// text, row by row.
type Table struct {
	Heads []string `json:"heads"`
	Rows  []Named  `json:"rows"`
}

// spread are the references of a letter with those of its tables' cells, and the tables by the place of their first
// cell.
type spread struct {
	area network.Area // of the office that writes
	refs []*reference.Reference
	laid map[int]reference.Table
}

// asked are the references of the body; whoever writes one that cannot be laid out is told when it is saved.
func (l Letter) asked(tx *db.Tx) (a spread, err error) {
	refs, err := references(l.Body)
	if err != nil || len(refs) == 0 {
		return a, err
	}
	unit, err := network.UnitByCode(tx, l.Unit)
	if err != nil {
		return a, err
	}
	if a.area, err = network.AreaByID(tx, unit.AreaID); err != nil {
		return a, err
	}
	a.laid = map[int]reference.Table{}
	for _, ref := range refs {
		if ref.Kind != reference.TableRef {
			a.refs = append(a.refs, ref)
			continue
		}
		t, err := ref.Lay(tx, a.area)
		if err != nil {
			return a, err
		}
		a.laid[len(a.refs)] = t
		a.refs = append(a.refs, t.Cells...)
	}
	return a, nil
}

// resolve is what the references of a letter come to now, as its office may see them: whoever reads it reads the same.
func (l Letter) resolve(tx *db.Tx, issuer sign.PublicKey) (all []Figured, tables []Table, err error) {
	a, err := l.asked(tx)
	if err != nil || len(a.refs) == 0 {
		return nil, nil, err
	}
	office := auth.User{Posts: []auth.Post{{Role: auth.Office, Unit: l.Unit, AreaID: a.area.ID,
		AreaPath: l.AreaPath}}}
	_, found, err := reference.Read(tx, office, issuer, a.area, a.refs)
	for _, f := range found {
		all = append(all, Figured{f.Key, f.Text, f.Name, f.When, f.Status, f.Proof, f.Source, f.Digest, f.Problem,
			f.Target})
	}
	for _, at := range slices.Sorted(maps.Keys(a.laid)) {
		if err == nil {
			t := Table{Heads: a.laid[at].Heads(found[at : at+len(a.laid[at].Cells)])}
			for _, place := range a.laid[at].Areas {
				t.Rows = append(t.Rows, Named{place.Code, place.Name})
			}
			tables = append(tables, t)
		}
	}
	return all, tables, err
}

// resolved refuses a text whose references lead to no value, naming each with the part that it stands in. A table may
// lack some, not all.
func resolved(c Content) error {
	var why say.Words
	add := func(part string, w say.Words) {
		if part != "" {
			w = say.New("“%s”里%s", part, w)
		}
		if !why.IsZero() {
			w = say.New("%s；%s", why, w)
		}
		why = w
	}
	part := ""
	for _, line := range c.Lines() {
		if line.Level == 1 {
			part = line.Text()
		}
		for _, f := range line.Missing() {
			if line.Table != nil {
				add(part, say.New("表里一个数也没有：%s", f.Problem))
			} else {
				add(part, say.New("引用 %s 没有数可取：%s", f.Key, f.Problem))
			}
		}
	}
	if why.IsZero() {
		return nil
	}
	return errs.Fields{"body": why}.Check("还不能定稿：有的引用没有数可取，请改正或删去。")
}

// Counted is how many figures a document has, how many of them are signed by two, and the rest.
type Counted struct {
	All    int    `json:"all"`
	Signed int    `json:"signed"`
	Rest   []Open `json:"rest"`
}

// Open is a figure that is not signed by two, and why. Of one that was typed the proof is empty.
type Open struct {
	Text  string `json:"text"`
	About string `json:"about"`
	Why   string `json:"why"`
	Proof string `json:"proof,omitempty"`
}

// Words that the printed document has for a figure that is not signed by two.
const typedWords = "手工填写，没有引用数据"

// why says why a figure is not signed by two.
func (f Figured) why() string {
	switch {
	case f.Problem != "":
		return f.Problem
	case strings.HasPrefix(f.Proof, "/published/"):
		return "公开来源：" + f.Source
	}
	return string(progress.Status(f.Status).Words())
}

// Counted counts the text's figures. Those of a table that are not signed for the same reason are told of together.
func (c Content) Counted() Counted {
	n := Counted{Rest: []Open{}}
	for _, line := range c.Lines() {
		if line.Table != nil {
			n.table(*line.Table)
		}
		for p := range line.each() {
			if p.Figure == nil || p.Figure.Target {
				continue
			}
			if n.All++; p.Figure.Signed() {
				n.Signed++
				continue
			}
			n.Rest = append(n.Rest, Open{p.Figure.Text, p.Figure.Name + "，" + p.Figure.When, p.Figure.why(),
				p.Figure.Proof})
		}
	}
	for _, t := range TypedIn(c.Body) {
		n.All++
		n.Rest = append(n.Rest, Open{Text: t.Text, About: inWords(t.Sentence), Why: typedWords})
	}
	return n
}

// inWords is a sentence, or the row of a table, as a note cites it.
func inWords(sentence string) string {
	return strings.ReplaceAll(strings.Trim(sentence, "| \n"), " | ", "，")
}

func (n *Counted) table(t Laid) {
	for column, head := range t.Heads {
		var order []string
		alike := map[string]int{}
		for _, row := range t.Rows {
			f := row.Cells[column].Figure
			if row.Cells[column].Text != none {
				n.All++
			}
			if f.Signed() {
				n.Signed++
				continue
			}
			if alike[f.why()]++; alike[f.why()] == 1 {
				order = append(order, f.why())
			}
		}
		for _, why := range order {
			n.Rest = append(n.Rest, Open{Text: strconv.Itoa(alike[why]) + "个地区", About: "表中“" + head + "”",
				Why: why})
		}
	}
}
