package letter

// Figures of a letter: references to what is accepted or published, resolved when its text is frozen, and those that
// somebody typed. Every issued document says how many of them two people signed, and lists the rest.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/figurecheck"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/reference"
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
}

// Signed says whether what the figure rests on is complete and signed by two.
func (f Figured) Signed() bool { return f.Status == string(progress.Proven) && f.Problem == "" }

// typed is a figure that stands in a text as somebody typed it.
type typed struct {
	Text     string `json:"text"`
	Sentence string `json:"sentence"`
}

// vocabulary knows no indicator: what a figure is about does not matter here.
var vocabulary = figurecheck.NewVocabulary(nil, nil, nil)

// blank stands for a reference where only what was typed is looked for.
const blankFigure = "□"

// figures are the statistics that are typed in a text.
func figures(body string) (all []typed) {
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
	for _, f := range vocabulary.Read(body, figurecheck.About{}).Figures {
		if f.Kind.Statistic() {
			all = append(all, typed{f.Text, string(runes[f.Sentence.Start:f.Sentence.End])})
		}
	}
	return all
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

// resolve is what the references of a letter come to now, as its office may see them: whoever reads it reads the same.
func (l Letter) resolve(tx *db.Tx, issuer sign.PublicKey) (all []Figured, err error) {
	refs, err := references(l.Body)
	if err != nil || len(refs) == 0 {
		return nil, err
	}
	unit, err := network.UnitByCode(tx, l.Unit)
	if err != nil {
		return nil, err
	}
	area, err := network.AreaByID(tx, unit.AreaID)
	if err != nil {
		return nil, err
	}
	office := auth.User{Posts: []auth.Post{{Role: auth.Office, Unit: l.Unit, AreaID: area.ID, AreaPath: l.AreaPath}}}
	_, found, err := reference.Read(tx, office, issuer, area, refs)
	for _, f := range found {
		all = append(all, Figured{f.Key, f.Text, f.Name, f.When, f.Status, f.Proof, f.Source, f.Digest, f.Problem})
	}
	return all, err
}

// resolved refuses a text whose references lead to no value.
func resolved(all []Figured) error {
	wrong := errs.Fields{}
	for _, f := range all {
		if strings.Contains(f.Text, reference.Gap) {
			wrong.Say("body", "引用 %s 没有数可取：%s", f.Key, f.Problem)
		}
	}
	return wrong.Check("还不能定稿：有的引用没有数可取，请改正或删去。")
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

// Counted counts the text's figures.
func (c Content) Counted() Counted {
	n := Counted{Rest: []Open{}}
	for _, f := range c.Figures {
		if n.All++; f.Signed() {
			n.Signed++
			continue
		}
		why := f.Problem
		if why == "" && strings.HasPrefix(f.Proof, "/published/") {
			why = "公开来源：" + f.Source
		} else if why == "" {
			why = string(progress.Status(f.Status).Words())
		}
		n.Rest = append(n.Rest, Open{f.Text, f.Name + "，" + f.When, why, f.Proof})
	}
	for _, t := range figures(c.Body) {
		n.All++
		n.Rest = append(n.Rest, Open{Text: t.Text, About: t.Sentence, Why: typedWords})
	}
	return n
}

// Piece is words of a line, or a figure in it.
type Piece struct {
	Text   string
	Figure *Figured
}

// Line is a paragraph or heading of the text with its references resolved.
type Line struct {
	Level  int
	Pieces []Piece
}

// Text is the line's words.
func (l Line) Text() string {
	text := ""
	for _, p := range l.Pieces {
		text += p.Text
	}
	return text
}

// Lines are the body as it reads.
func (c Content) Lines() (all []Line) {
	at := 0
	for _, b := range Blocks(c.Body) {
		line := Line{Level: b.Level}
		parts, err := reference.Parse(b.Text, 0)
		if err != nil {
			parts = []reference.Part{{Text: b.Text}}
		}
		for _, p := range parts {
			piece := Piece{Text: p.Text}
			if p.Ref != nil && at < len(c.Figures) {
				piece = Piece{c.Figures[at].Text, &c.Figures[at]}
				at++
			} else if p.Ref != nil {
				piece.Text = reference.Gap
			}
			line.Pieces = append(line.Pieces, piece)
		}
		all = append(all, line)
	}
	return all
}
