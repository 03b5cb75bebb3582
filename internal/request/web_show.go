package request

// A request's page: what is asked, of whom, and how the answers stand; for who asks and oversees, every unit against
// every question. Who is asked sees the own line.

import (
	"context"
	"strconv"

	"yipanqi/internal/evidence"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// showData is a request for its reader.
type showData struct {
	Request      `json:"request"`
	UnitName     string      `json:"unit_name"`
	ReviewerName string      `json:"reviewer_name"`
	Answers      []Line      `json:"answers"`
	Asked        []string    `json:"asked_names,omitempty"` // of a draft
	Actions      []string    `json:"actions"`
	Trail        trail.Data  `json:"trail"`
	Burden       []Burden    `json:"burden,omitempty"`   // of a draft that can be sent
	Measures     *Tally      `json:"measures,omitempty"` // for who asks
	Letters      []Carrier   `json:"letters"`            // that carry it
	Units        []Choosable `json:"-"`
	may          map[string]bool
	carries      bool // the reader can draft the letter that carries it
}

// Line is one unit's answer in the matrix.
type Line struct {
	Answer
	UnitName  string          `json:"unit_name"`
	AskedName string          `json:"asked_name,omitempty"` // the unit asked first, if another answers
	Cells     map[string]Cell `json:"cells"`                // by question
	Actions   []string        `json:"actions"`
	version   Version
	files     []evidence.File
}

// Cell is one answer to one question as far as its reader may see it: what was submitted.
type Cell struct {
	Given
	Files    []string `json:"files,omitempty"`
	Over     int      `json:"over,omitempty"`   // characters beyond the limit
	Remark   string   `json:"remark,omitempty"` // with which it was returned
	NotAsked bool     `json:"not_asked,omitempty"`
}

func show(r *web.Request, in idInput) (d showData, err error) {
	if d.Request, err = Read(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	d.Actions, d.may = []string{}, map[string]bool{}
	for _, st := range life.Open(r.User, d.as(r.User)) {
		d.Actions, d.may[st.Verb] = append(d.Actions, st.Verb), true
	}
	names, err := unitNames(r)
	if err != nil {
		return d, err
	}
	if err := d.lines(r, names); err != nil {
		return d, err
	}
	d.UnitName, d.ReviewerName = names(d.Unit), d.reviewer.Person
	if !d.owns(r.User) {
		var asked []string
		for _, l := range d.Answers {
			asked = append(asked, l.Asked)
		}
		d.Request = d.told(asked)
	}
	if d.State == Draft || d.State == Withdrawn {
		for _, code := range d.Addressees {
			d.Asked = append(d.Asked, names(code))
		}
	}
	if d.may[VerbSubstitute] || d.State == Sent && r.User.Can(VerbSubstitute) {
		if d.Units, err = unitsBelow(r.Tx, d.AreaPath, d.Unit); err != nil {
			return d, err
		}
	}
	if d.owns(r.User) && len(d.Answers) > 0 {
		d.Measures = &Tally{}
		for _, l := range d.Answers {
			d.Measures.count(d.Questions, l.Answer, l.version.ID != "", l.Cells)
		}
	}
	if err := d.carriers(r); err != nil {
		return d, err
	}
	_, not := d.plays(r.User, Answer{}, asker)
	d.carries = not == nil && len(d.Letters) == 0 && d.State != Withdrawn && r.User.Can(VerbCreate)
	d.Trail, err = trail.Read(r.Tx, r.User, Trail(), d.ID)
	return d, err
}

// unitNames says what units are called, in the reader's language.
func unitNames(r *web.Request) (func(code string) string, error) {
	units, err := network.AllUnits(r.Tx)
	by := map[string]network.Unit{}
	for _, u := range units {
		by[u.Code] = u
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	return func(code string) string { return part.Name(ctx, by[code].Name, by[code].NameEN) }, err
}

func (d *showData) lines(r *web.Request, names func(string) string) error {
	answers, err := Answers(r.Tx, d.ID)
	if err != nil {
		return err
	}
	d.Answers = []Line{}
	for _, a := range answers {
		if !d.owns(r.User) && !r.User.Sees(a.Unit, a.AreaPath) {
			continue
		}
		l := Line{Answer: a, UnitName: names(a.Unit)}
		if a.Asked != a.Unit {
			l.AskedName = names(a.Asked)
		}
		if l.version, err = submitted(r.Tx, a); err != nil {
			return err
		}
		if l.files, err = evidence.Of(r.Tx, a.Object()); err != nil {
			return err
		}
		v, err := newest(r.Tx, a.ID)
		if err != nil {
			return err
		}
		l.Actions = append([]string{}, can(r.Tx, r.User, d.Request, a, v)...)
		if l.Cells, err = d.cells(l); err != nil {
			return err
		}
		d.Answers = append(d.Answers, l)
	}
	return nil
}

// cells are what the reader sees of each question: nothing of what was not submitted.
func (r Request) cells(l Line) (map[string]Cell, error) {
	cells := map[string]Cell{}
	content, err := Content{}, error(nil)
	if l.version.ID != "" {
		if content, err = l.version.Content(); err != nil {
			return nil, err
		}
	}
	for _, q := range r.Questions {
		c := Cell{Given: content[q.Number], NotAsked: !q.Asks(l.Asked), Remark: l.version.Remarks[q.Number]}
		c.Over = q.Over(c.Given)
		for _, f := range l.files {
			if f.Field == q.Number && f.Current() && l.version.ID != "" {
				c.Files = append(c.Files, f.Name)
			}
		}
		cells[q.Number] = c
	}
	return cells, nil
}

// Table is the whole matrix: a line for each unit, a column for each question.
func (d showData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "request-" + d.ID, Heading: d.Title, Columns: []table.Column{
		{Name: "单位"}, {Name: "单位代码"},
		{Name: "原对象"}, {Name: "状态", Words: true}, {Name: "截止日期"}, {Name: "签收时间"}, {Name: "提交时间"},
		{Name: "逾期", Words: true}, {Name: "退回次数", Number: true}}}
	for _, q := range d.Questions {
		t.Columns = append(t.Columns, table.Column{Name: say.Key(q.Number + " " + q.Text)})
	}
	for _, l := range d.Answers {
		row := []string{l.UnitName, l.Unit, l.AskedName, string(l.State.Words()), l.DueOn, stamp(l.ReceivedAt),
			stamp(l.SubmittedAt), map[bool]string{true: "逾期"}[l.Late], strconv.Itoa(l.Returns)}
		for _, q := range d.Questions {
			row = append(row, l.Cells[q.Number].line(ctx))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
