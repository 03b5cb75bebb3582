package request

// What a unit answers: one value for each question, kept as typed and frozen when it is submitted. Who may do so is
// states.go's.

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
)

// Given is the answer to one question: what its kind asks for, or why there is nothing to say.
type Given struct {
	Text    string     `json:"text,omitempty"`
	Choice  string     `json:"choice,omitempty"`
	Rows    [][]string `json:"rows,omitempty"`
	Figures []Figure   `json:"figures,omitempty"`
	None    string     `json:"none,omitempty"` // 无此项: the reason
}

// Empty says whether nothing is said.
func (g Given) Empty() bool {
	return g.Text == "" && g.Choice == "" && len(g.Rows) == 0 && len(g.Figures) == 0 && g.None == ""
}

// Characters are those written, as limits count them.
func (g Given) Characters() int {
	n := count(g.Text) + count(g.None)
	for _, row := range g.Rows {
		for _, cell := range row {
			n += count(cell)
		}
	}
	return n
}

// count is how many characters a text has, spaces and line ends aside, as Chinese offices count them.
func count(text string) int { return utf8.RuneCountInString(strings.Join(strings.Fields(text), "")) }

// Content is an answer by question.
type Content map[string]Given

// Characters are those of all.
func (c Content) Characters() (n int) {
	for _, g := range c {
		n += g.Characters()
	}
	return n
}

// Answer is what one unit owes to a request.
type Answer struct {
	ID          string    `json:"id"`
	RequestID   string    `json:"request"`
	Unit        string    `json:"unit"`
	Asked       string    `json:"asked"` // the unit that the request named
	AreaPath    string    `json:"-"`
	State       State     `json:"state"`
	DueOn       string    `json:"due"`
	Draft       Content   `json:"-"`
	ReceivedAt  time.Time `json:"received_at,omitzero"`
	ReceivedBy  string    `json:"received_by,omitempty"`
	SubmittedAt time.Time `json:"submitted_at,omitzero"`
	FirstAt     time.Time `json:"-"`
	Late        bool      `json:"late,omitempty"`
	Returns     int       `json:"returns,omitempty"`
	AcceptedAt  time.Time `json:"accepted_at,omitzero"`
	StepAt      time.Time `json:"-"`
	Version     int64     `json:"version"`
	UpdatedBy   string    `json:"-"`
	UpdatedAt   time.Time `json:"-"`
}

// Object is the answer's name in the journal.
func (a Answer) Object() string { return "answer/" + a.ID }

// URL is its page.
func (a Answer) URL() string { return "/answers/" + a.ID }

// Overdue says whether the unit still owes it after its day.
func (a Answer) Overdue(today string) bool { return a.State.Owed() && a.DueOn < today }

const (
	maxNone = 200
	maxCell = 500
)

// keep drops what is empty or asked by no question, and refuses what nobody means to type.
func keep(questions []Question, given Content) (Content, error) {
	wrong, kept := errs.Fields{}, Content{}
	for _, q := range questions {
		g, at := given[q.Number], func(name string) string { return name + "[" + q.Number + "]" }
		g.Text, g.None = strings.TrimSpace(g.Text), strings.TrimSpace(g.None)
		g.Rows = tidyRows(g.Rows, len(q.Columns))
		if longer(g.Text, maxLimit) {
			wrong.Say(at("text"), "太长：最多%d个字。长的材料请作为附件。", maxLimit)
		}
		if longer(g.None, maxNone) {
			wrong.Say(at("none"), "理由请用一句话说，最多%d个字。", maxNone)
		}
		if g.Choice != "" && !slices.Contains(q.Choices, g.Choice) {
			wrong.Say(at("choice"), "没有“%s”这个选项。", g.Choice)
		}
		if len(g.Rows) > maxRows {
			wrong.Say(at("rows"), "表最多%d行。更长的表请作为附件。", maxRows)
		}
		for _, row := range g.Rows {
			if slices.ContainsFunc(row, func(cell string) bool { return longer(cell, maxCell) }) {
				wrong.Say(at("rows"), "一格最多%d个字。", maxCell)
			}
		}
		if !g.Empty() {
			kept[q.Number] = g
		}
	}
	return kept, wrong.Check("没有保存：请先改正标出的地方。")
}

// tidyRows are the rows that say something, each of so many cells.
func tidyRows(rows [][]string, columns int) (kept [][]string) {
	for _, row := range rows {
		cells, said := make([]string, columns), false
		for i := range cells {
			if i < len(row) {
				cells[i] = strings.TrimSpace(row[i])
			}
			said = said || cells[i] != ""
		}
		if said {
			kept = append(kept, cells)
		}
	}
	return kept
}

// lacking names, by question, what has to be answered before the whole can be submitted. files are those that stand on
// the answer.
func lacking(questions []Question, given Content, files []evidence.File) error {
	wrong := errs.Fields{}
	for _, q := range questions {
		g := given[q.Number]
		if !q.Required || g.None != "" {
			continue
		}
		switch q.Kind {
		case Choice:
			if g.Choice == "" {
				wrong.Say("choice["+q.Number+"]", "第%s题必答：请选一项。确实没有，请勾选“无此项”并写明理由。", q.Number)
			}
		case Table:
			if len(g.Rows) == 0 {
				wrong.Say("rows["+q.Number+"]", "第%s题必答：请填表。确实没有，请勾选“无此项”并写明理由。", q.Number)
			}
		case Figures:
			if len(g.Figures) == 0 {
				wrong.Say("figures["+q.Number+"]", "第%s题必答：请引用数据。确实没有，请勾选“无此项”并写明理由。", q.Number)
			}
		case File:
			if !slices.ContainsFunc(files, func(f evidence.File) bool { return f.Current() && f.Field == q.Number }) {
				wrong.Say("files["+q.Number+"]", "第%s题必答：请附上材料。确实没有，请勾选“无此项”并写明理由。", q.Number)
			}
		default:
			if g.Text == "" {
				wrong.Say("text["+q.Number+"]", "第%s题必答：请填写。确实没有，请勾选“无此项”并写明理由。", q.Number)
			}
		}
	}
	return wrong.Check("还不能提交：有必答的题目没有答。")
}

// Over says by how many characters an answer is longer than its question allows; such a one is kept and marked.
func (q Question) Over(g Given) int {
	if q.Limit == 0 {
		return 0
	}
	return max(0, g.Characters()-q.Limit)
}
