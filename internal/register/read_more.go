package register

// What a register's file says beyond one record: which records the program opens, which have had nothing done with them
// for too long, what must be true of several together, and what of a record can be followed up as a matter.

import (
	"slices"
	"strings"

	"yipanqi/internal/definition"
	"yipanqi/internal/formula"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
)

// Opens makes the program open a record for each record of another register and each month or year.
type Opens struct {
	Of    string   // the other register
	Link  string   // field that names its record
	At    string   // field of the month or year
	Stock []string // fields of the other: from and until when it is asked
}

// Quiet is a rule on what has had nothing done with it for too long.
type Quiet struct {
	Code  string
	Name  say.Name
	Of    string // register of what is done; none: a step of the record itself
	Link  string // its field that names the record
	On    string // its field of the day
	Days  int
	Where formula.Expression // on the record
	From  string             // field of the record from which it is counted before anything was done
}

// Across is a rule on several records together: on the sums of those that are alike in some fields and of one year.
type Across struct {
	Check
	Alike     []string
	At        string // field of the day, month or year
	YearStart period.YearStart
	Least     int // records that there must be before it is judged
}

// Raises is what of a record can be followed up: each row of a table, each item of a checklist that is not met, or what
// one field says.
type Raises struct{ Table, Text, Lead, Due string }

func (r *reader) more(opens, quiet, across, raises *definition.Node) {
	if opens != nil {
		r.opens(opens)
	}
	for n, read := range map[*definition.Node]func(*definition.Node){quiet: r.quiet, across: r.across} {
		if n != nil {
			r.List(n, read)
		}
	}
	if raises != nil {
		r.raises(raises)
	}
}

// other refuses a register that is not known.
func (r *reader) other(n *definition.Node, code string) {
	if r.known.Registers != nil && !r.known.Registers[code] {
		r.Problem(n, "没有“%s”这项登记。", code)
	}
}

// typed refuses a field that is not of one of some types.
func (r *reader) typed(n *definition.Node, code string, types ...string) {
	if !slices.Contains(types, r.d.field(code).Type) {
		r.Problem(n, "“%s”不是这里要的字段：要%s。", code, wordsOf(types))
	}
}

func wordsOf(types []string) string {
	var words []string
	for _, t := range types {
		words = append(words, Types[t])
	}
	return strings.Join(words, "、")
}

func (r *reader) opens(n *definition.Node) {
	var o Opens
	r.Fields(n, definition.Need("of", r.Text(&o.Of)), definition.Need("link", r.Text(&o.Link)),
		definition.Need("at", r.Text(&o.At)), definition.May("stock", r.codes(&o.Stock)))
	r.other(n, o.Of)
	r.typed(n, o.Link, "link")
	r.typed(n, o.At, "month", "year")
	if f := r.d.field(o.Link); f.Of != o.Of {
		r.Problem(n, "“%s”关联的不是“%s”。", o.Link, o.Of)
	}
	r.d.Opens = o
}

func (r *reader) quiet(n *definition.Node) {
	var q Quiet
	r.Fields(n, append(r.named(&q.Name), definition.Need("code", r.Text(&q.Code, code)),
		definition.May("of", r.Text(&q.Of, code)), definition.May("link", r.Text(&q.Link, code)),
		definition.May("on", r.Text(&q.On, code)), definition.Need("days", r.Int(&q.Days)),
		definition.May("where", r.rule(&q.Where)), definition.May("counted", r.Text(&q.From)))...)
	if q.Of != "" {
		r.other(n, q.Of)
	}
	if (q.Of == "") != (q.Link == "") || (q.Of == "") != (q.On == "") {
		r.Problem(n, "“%s”要写明选自、关联和日期，或者都不写（按本记录的环节算）。", q.Name.ZH)
	}
	if q.Days < 1 || q.Days > 3660 {
		r.Problem(n, "“%s”的天数请填1到3660。", q.Name.ZH)
	}
	if q.From != "" {
		r.typed(n, q.From, "date")
	}
	r.knows(n, q.Where, "")
	if slices.ContainsFunc(r.d.Views, func(v View) bool { return v.Code == q.Code }) {
		r.Problem(n, "“%s”写了两次。", q.Code)
	}
	if q.Name.EN == "" {
		q.Name.EN = english(q.Code)
	}
	r.d.Quiet = append(r.d.Quiet, q)
}

func (r *reader) across(n *definition.Node) {
	a, kind, start := Across{Check: Check{Hard: true}}, "", ""
	r.Fields(n, definition.Need("rule", r.rule(&a.Rule)), definition.Need("message", r.Text(&a.Message.ZH)),
		definition.May("message_en", r.Text(&a.Message.EN)), definition.May("kind", r.Text(&kind,
			definition.Matches(`^(hard|soft|必改|提示)$`, "核对的类别请填 必改（不改不能报送）或 提示（写明情况可以报送）。"))),
		definition.Need("alike", r.codes(&a.Alike)), definition.Need("at", r.Text(&a.At)),
		definition.May("year_start", r.Text(&start)), definition.May("least", r.Int(&a.Least)))
	a.Hard = kind != "soft" && kind != "提示"
	for _, code := range a.Alike {
		if f := r.d.field(code); code != "unit" && code != "area" && (!f.Plain() || f.Code == "") {
			r.Problem(n, "“%s”不是填一个值的字段。", code)
		}
	}
	r.typed(n, a.At, "date", "month", "year")
	var err error
	a.YearStart, err = period.ParseYearStart(start)
	r.Refuse(n, err)
	r.knows(n, a.Rule, "")
	r.d.Across = append(r.d.Across, a)
}

func (r *reader) raises(n *definition.Node) {
	var m Raises
	r.Fields(n, definition.May("table", r.Text(&m.Table)), definition.May("text", r.Text(&m.Text)),
		definition.May("lead", r.Text(&m.Lead)), definition.May("due", r.Text(&m.Due)))
	if m.Table != "" {
		r.typed(n, m.Table, "rows", "checklist")
	}
	if (m.Text == "") != (r.d.field(m.Table).Type == "checklist") {
		r.Problem(n, "转督办要写明问题的正文在哪个字段；检查表的不写，不符合的项目就是问题。")
	}
	for code, types := range map[string][]string{m.Text: {"text", "para", "one"}, m.Lead: {"unit"}, m.Due: {"date"}} {
		at := code
		if m.Table != "" {
			at = m.Table + "." + code
		}
		if code != "" && !slices.Contains(types, r.d.At(at).Type) {
			r.Problem(n, "“%s”不是这里要的字段：要%s。", code, wordsOf(types))
		}
	}
	r.d.Raises = m
}

// Year is the year, beginning where the rule says, that a value of its field lies in.
func (a Across) Year(value string) (p period.Period, ok bool) {
	if len(value) < 4 {
		return p, false
	}
	m := Measure{Flow: a.At, YearStart: a.YearStart}
	p, err := period.Parse(value[:4])
	if err != nil {
		return p, false
	}
	for _, year := range []period.Period{p.Previous(), p, p.Next()} {
		if m.In(Body{a.At: value}, year) {
			return year, true
		}
	}
	return p, false
}

// In says whether another record is of the same year.
func (a Across) In(value string, year period.Period) bool {
	return Measure{Flow: a.At, YearStart: a.YearStart}.In(Body{a.At: value}, year)
}

// Sum is the numbers of several bodies added up under their keys.
func Sum(bodies []Body) Body {
	total := Body{}
	for _, b := range bodies {
		for k, v := range b {
			r, ok := decimalOf(v).Rat()
			if !ok {
				continue
			}
			if before, has := decimalOf(total[k]).Rat(); has {
				r.Add(r, before)
			}
			total[k] = formula.Number(r).Plain(4)
		}
	}
	return total
}

// JudgeAcross are the rules on several records that fail, of this one and those that each rule takes with it.
func (d Definition) JudgeAcross(row Row, w World, with func(Across) []Body) (said []Said) {
	for _, a := range d.Across {
		bodies := with(a)
		if len(bodies) < max(a.Least, 1) {
			continue
		}
		if a.Rule.Eval(d.Scope(Sum(bodies), row, w)).False() {
			said = append(said, Said{a.Hard, a.Message, a.Rule.String()})
		}
	}
	return said
}
