package register

// A register's file read: what it is called, who keeps it, its states and stages, with every mistake at its line.
// Fields are read_field.go's, what is counted and shown is read_measure.go's.

import (
	"embed"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/definition"
	"yipanqi/internal/errs"
	"yipanqi/internal/formula"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

// Known is what a file may refer to. A nil map is not asked: then the file is checked for itself alone.
type Known struct {
	Lists     map[string]bool            // of codes
	Items     map[string]map[string]bool // the codes of each list
	Registers map[string]bool
	Elements  map[string]bool
	Counted   map[string]string // the list by which an element is counted apart; empty: none
	// Categories are those that elements are counted by, each with its list.
	Categories map[string]string
	Levels     map[string]bool // of areas
	Kinds      map[string]bool // of units
	Standards  map[string]bool
	// Goals of plans are called plan/code.
	Goals, Indicators map[string]bool
}

//go:embed sets/*.yaml
var sets embed.FS

type reader struct {
	*definition.Reader
	known Known
	d     *Definition
	// Where each field, stage and measure stands: what refers to others is held against them once all are read.
	fieldAt, stageAt, measureAt []*definition.Node
}

// Parse reads a register's file and finds all its mistakes in one go. The definition is usable only if there are none.
func Parse(file string, data []byte, known Known) (d Definition, problems table.Problems) {
	problems = definition.Read(file, data, keys, func(r *definition.Reader, n *definition.Node) {
		(&reader{Reader: r, known: known, d: &d}).definition(n)
	})
	d.Text = string(data)
	return d, problems
}

var code = definition.Matches(`^[a-z][a-z0-9_]{0,47}$`, "代码由小写字母、数字和下划线组成，字母开头，不超过48个。")

func (r *reader) definition(n *definition.Node) {
	d := r.d
	var parts, fields, states, stages, checks, measures, views, list, mapped, prints, public, referral *definition.Node
	var opens, quiet, across, raises *definition.Node
	set := ""
	r.Fields(n,
		definition.Need("code", r.Text(&d.Code, code)),
		definition.Need("name", r.Text(&d.Name.ZH)),
		definition.Need("name_en", r.Text(&d.Name.EN)),
		definition.May("system", r.Text(&d.System)),
		definition.Need("privacy", r.Text(&d.Privacy, definition.Matches(`^P[0-4]$`, "保密级别请填 P0 到 P4。"))),
		definition.Need("number", r.Text(&d.Number, numberPattern)),
		definition.May("goals", r.each(&d.Goals, func(code string) error {
			return among(r.known.Goals, code, "没有目标“%s”。请写成 规划代码/目标代码，或先导入规划的目标。")
		})),
		definition.May("indicators", r.each(&d.Indicators, func(code string) error {
			return among(r.known.Indicators, code, "没有指标“%s”。请核对代码，或先导入指标。")
		})),
		definition.May("unique", r.codes(&d.Unique)),
		definition.May("note", r.Text(&d.Note)),
		definition.Need("parts", definition.Later(&parts)),
		definition.Need("fields", definition.Later(&fields)),
		definition.May("set", r.Text(&set, definition.Among(map[string]bool{"plain": true, "facility": true},
			"没有“%s”这个环节组，可选：plain、facility。"))),
		definition.May("states", definition.Later(&states)),
		definition.May("stages", definition.Later(&stages)),
		definition.May("checks", definition.Later(&checks)),
		definition.May("measures", definition.Later(&measures)),
		definition.May("views", definition.Later(&views)),
		definition.Need("list", definition.Later(&list)),
		definition.May("map", definition.Later(&mapped)),
		definition.May("prints", definition.Later(&prints)),
		definition.May("public", definition.Later(&public)),
		definition.May("referral", definition.Later(&referral)),
		definition.May("opens", definition.Later(&opens)),
		definition.May("quiet", definition.Later(&quiet)),
		definition.May("across", definition.Later(&across)),
		definition.May("raises", definition.Later(&raises)),
	)
	if d.Privacy == "P3" || d.Privacy == "P4" {
		r.Problem(n, "保密级别%s是个人案件，不能放在业务登记里。", d.Privacy)
	}
	if parts == nil || fields == nil || list == nil {
		return
	}
	r.List(parts, r.part)
	r.fields(fields, &d.Fields, "")
	r.life(n, set, states, stages)
	if len(d.Parts) == 0 || len(d.Fields) == 0 || len(d.Stages) == 0 {
		return
	}
	r.fieldRules()
	for _, code := range d.Unique {
		if f := d.field(code); !f.Plain() || f.Code == "" || f.Type == "calc" {
			r.Problem(n, "“唯一”里的“%s”不是填一个值的字段。", code)
		}
	}
	each := func(n *definition.Node, item func(*definition.Node)) {
		if n != nil {
			r.List(n, item)
		}
	}
	each(checks, r.check)
	each(measures, r.measure)
	r.shares()
	each(views, r.view)
	each(prints, r.print)
	r.more(opens, quiet, across, raises)
	r.columns(list)
	for node, read := range map[*definition.Node]func(*definition.Node){mapped: r.mapped, public: r.public,
		referral: r.referral} {
		if node != nil {
			read(node)
		}
	}
	r.covers()
}

func numberPattern(s string) error {
	if !strings.Contains(s, "{seq:") || strings.Contains(strings.NewReplacer("{area}", "", "{unit}", "", "{year}", "",
		"{seq:3}", "", "{seq:4}", "", "{seq:5}", "", "{seq:6}", "").Replace(s), "{") {
		return errs.Invalidf("编号里只能用 {area} {unit} {year} 和 {seq:4}（3到6位），且必须有 {seq:…}。")
	}
	return nil
}

func (r *reader) codes(into *[]string) func(*definition.Node) { return r.each(into) }

// each reads a list of codes and holds each against the rules.
func (r *reader) each(into *[]string, rules ...func(string) error) func(*definition.Node) {
	return func(n *definition.Node) {
		r.List(n, func(n *definition.Node) {
			text := ""
			r.Text(&text, rules...)(n)
			*into = append(*into, text)
		})
	}
}

// among refuses a code that is not known, where anybody says which are.
func among(known map[string]bool, code string, msg say.Key) error {
	if known != nil && !known[code] {
		return errs.Invalidf(msg, code)
	}
	return nil
}

// named reads a name in both languages; without an English one the code is said in words.
func (r *reader) named(name *say.Name) []definition.Field {
	return []definition.Field{definition.Need("name", r.Text(&name.ZH)), definition.May("name_en", r.Text(&name.EN))}
}

func (r *reader) rule(into *formula.Expression) func(*definition.Node) {
	return func(n *definition.Node) {
		text := ""
		r.Text(&text)(n)
		var err error
		*into, err = formula.ParseExpression(text)
		r.Refuse(n, err)
	}
}

func (r *reader) part(n *definition.Node) {
	var p Part
	r.Fields(n, append(r.named(&p.Name),
		definition.Need("code", r.Text(&p.Code, code)),
		definition.Need("roles", r.codes(&p.Roles)),
		definition.May("kinds", r.codes(&p.Kinds)),
		definition.May("above", r.Yes(&p.Above)))...)
	for _, role := range p.Roles {
		if !auth.KnownRole(role) {
			r.Problem(n, "没有“%s”这个岗位角色。", role)
		}
	}
	for _, kind := range p.Kinds {
		if r.known.Kinds != nil && !r.known.Kinds[kind] {
			r.Problem(n, "没有“%s”这个单位类别。", kind)
		}
	}
	if _, twice := r.d.Part(p.Code); twice {
		r.Problem(n, "“%s”写了两次。", p.Code)
	}
	if p.Name.EN == "" {
		p.Name.EN = english(p.Code)
	}
	r.d.Parts = append(r.d.Parts, p)
}

// life reads states and stages, those of a set first.
func (r *reader) life(n *definition.Node, set string, states, stages *definition.Node) {
	if set != "" {
		body, err := sets.ReadFile("sets/" + set + ".yaml")
		if err != nil {
			return // refused above
		}
		problems := definition.Read(set, body, keys, func(in *definition.Reader, n *definition.Node) {
			(&reader{Reader: in, known: r.known, d: r.d}).set(n)
		})
		for range r.d.Stages { // they stand in the set
			r.stageAt = append(r.stageAt, n)
		}
		for _, p := range problems {
			r.Problem(n, "环节组“%s”用不上：%s", set, p.Reason)
		}
	}
	if states != nil {
		r.List(states, r.state)
	}
	if stages != nil {
		r.List(stages, r.stage)
	}
	if len(r.d.Stages) == 0 {
		r.Problem(n, "缺少“stages”：请写明环节，或选一个环节组。")
		return
	}
	r.reachable(n)
}

func (r *reader) set(n *definition.Node) {
	r.Fields(n, definition.Need("states", func(n *definition.Node) { r.List(n, r.state) }),
		definition.Need("stages", func(n *definition.Node) { r.List(n, r.stage) }))
}

func (r *reader) state(n *definition.Node) {
	var s State
	counts := ""
	r.Fields(n, append(r.named(&s.Name),
		definition.Need("code", r.Text(&s.Code, code)),
		definition.May("counts", r.Text(&counts, definition.Matches(`^(yes|keep|是|沿用)$`,
			"计数请填 是（按现在的内容）或 沿用（按上次确认的内容），不计的不写。"))),
		definition.May("ends", r.Yes(&s.Ends)), definition.May("public", r.Yes(&s.Open)))...)
	s.Counts = map[string]Counting{"yes": Counted, "是": Counted, "keep": Kept, "沿用": Kept}[counts]
	if slices.ContainsFunc(r.d.States, func(o State) bool { return o.Code == s.Code }) {
		r.Problem(n, "状态“%s”写了两次。", s.Code)
	}
	if s.Name.EN == "" {
		s.Name.EN = english(s.Code)
	}
	r.d.States = append(r.d.States, s)
}

func (r *reader) stage(n *definition.Node) {
	var s Stage
	from := ""
	r.Fields(n, append(r.named(&s.Name),
		definition.Need("from", func(n *definition.Node) {
			if n.Content != nil {
				r.codes(&s.From)(n)
				return
			}
			if from = n.Value; from != "" {
				s.From = []string{from}
			}
		}),
		definition.Need("verb", r.Text(&s.Verb, code)),
		definition.Need("who", r.Text(&s.Who)),
		definition.May("not", r.codes(&s.Not)),
		definition.Need("to", r.Text(&s.To)),
		definition.May("within", func(n *definition.Node) { r.limits(n, &s) }),
		definition.May("counted", r.Text(&s.Counted)),
		definition.May("needs", r.codes(&s.Needs)),
		definition.May("when", r.rule(&s.When)),
		definition.May("basis", r.Text(&s.Basis)))...)
	if _, known := r.d.Part(s.Who); !known && s.Who != Program {
		r.Problem(n, "办理里没有“%s”。", s.Who)
	}
	for _, state := range append([]string{s.To}, s.From...) {
		if !slices.ContainsFunc(r.d.States, func(o State) bool { return o.Code == state }) {
			r.Problem(n, "没有“%s”这个状态。", state)
		}
	}
	for _, earlier := range r.d.Stages {
		if earlier.Verb == s.Verb && slices.ContainsFunc(s.From, earlier.Leaves) {
			r.Problem(n, "动作“%s”从同一个状态写了两次。", s.Verb)
		}
	}
	if s.Name.EN == "" {
		s.Name.EN = english(s.Verb)
	}
	r.d.Stages, r.stageAt = append(r.d.Stages, s), append(r.stageAt, n)
}

// limits reads one limit, or several with the day from which each holds.
func (r *reader) limits(n *definition.Node, s *Stage) {
	read := func(n *definition.Node, text string, l Limit) {
		var err error
		l.Limit, err = calendar.Parse(text)
		r.Refuse(n, err)
		if len(s.Limits) > 0 && s.Limits[len(s.Limits)-1].Since >= l.Since {
			r.Problem(n, "期限要按起用日期从早到晚写。")
		}
		s.Limits = append(s.Limits, l)
	}
	if len(n.Content) == 0 {
		read(n, n.Value, Limit{})
		return
	}
	r.List(n, func(n *definition.Node) {
		var l Limit
		text := ""
		r.Fields(n, definition.Need("limit", r.Text(&text)), definition.May("since", r.Text(&l.Since, definition.Day)),
			definition.May("basis", r.Text(&l.Basis)), definition.May("confirmed", r.Yes(&l.Confirmed)))
		read(n, text, l)
	})
}

// reachable refuses a life that nobody can begin, a state that no step leads to, and one that nobody can leave though
// it is no end.
func (r *reader) reachable(n *definition.Node) {
	begins := false
	reached := map[string]bool{}
	for _, s := range r.d.Stages {
		begins = begins || len(s.From) == 0
		reached[s.To] = true
	}
	if !begins || len(r.d.Stages[0].From) > 0 {
		r.Problem(n, "第一个环节要从“”开始：没有它就建不了记录。")
	}
	for _, st := range r.d.States {
		left := slices.ContainsFunc(r.d.Stages, func(s Stage) bool { return s.Leaves(st.Code) })
		if !reached[st.Code] {
			r.Problem(n, "没有环节通到状态“%s”。", st.Code)
		}
		if !left && !st.Ends {
			r.Problem(n, "状态“%s”没有环节能走出去，又没有写明“结束: 是”。", st.Code)
		}
	}
	for _, s := range r.d.Stages {
		for _, verb := range s.Not {
			if !slices.ContainsFunc(r.d.Stages, func(o Stage) bool { return o.Verb == verb }) {
				r.Problem(n, "动作“%s”的“不得”里写了“%s”，没有这个动作。", s.Verb, verb)
			}
		}
	}
}
