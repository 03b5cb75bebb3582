package form

// Rules read from a form's file: comparisons as they are written, and ready-made kinds, some of which are comparisons
// written for the author.

import (
	"cmp"
	"slices"
	"strings"

	"yipanqi/internal/definition"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/formula"
	"yipanqi/internal/say"
)

// readyKind is a kind by what a file may call it, with what it says where the author says nothing.
type readyKind struct {
	code, name string
	kind       Kind
	words      say.Name
}

var ready = []readyKind{
	{"compare", "比较", Compared, say.Name{}},
	{"range", "历史范围", InRange, say.Name{ZH: "与本地区历年的数相差太大，请核对",
		EN: "Far from this area’s own history"}},
	{"change", "变动幅度", Steady, say.Name{ZH: "与上期相差太大，请核对", EN: "Changed much since the last period"}},
	{"districts", "与下级合计", AsBelow, say.Name{ZH: "与下级各区的合计不一致", EN: "Not the sum of the areas below"}},
	{"total", "合计", Compared, say.Name{ZH: "分项相加不等于合计", EN: "The parts do not add up to the total"}},
	{"adds_up", "各类合计", AddsUp, say.Name{ZH: "各类相加不等于合计", EN: "The categories do not add up to the whole"}},
	{"within", "各类不大于合计", Within, say.Name{ZH: "其中一类大于合计", EN: "A category is more than the whole"}},
	{"part", "部分不大于整体", Compared, say.Name{ZH: "部分大于整体", EN: "The part is more than the whole"}},
}

// typedRule is a rule as a file has it.
type typedRule struct{ rule, total, parts, part, whole, kind string }

func (r *reader) check(n *definition.Node, f *Form) {
	c, t := Rule{}, typedRule{kind: "hard"}
	r.Fields(n,
		definition.May("rule", r.Text(&t.rule, knownRule)),
		definition.May("expr", r.Text(&c.Expr)),
		definition.May("element", r.Text(&c.Element)),
		definition.May("limit", r.Text(&c.Limit, validLimit)),
		definition.May("total", r.Text(&t.total)),
		definition.May("parts", r.Text(&t.parts)),
		definition.May("part", r.Text(&t.part)),
		definition.May("whole", r.Text(&t.whole)),
		definition.May("message", r.Text(&c.Message)),
		definition.May("message_en", r.Text(&c.MessageEN)),
		definition.May("kind", r.Text(&t.kind, definition.Matches(`^(hard|soft)$`,
			"校验类型请填 hard（不改不能报）或 soft（说明原因可以报）。"))),
	)
	c.Hard = t.kind == "hard"
	at := slices.IndexFunc(ready, func(k readyKind) bool { return t.rule == k.code || t.rule == k.name })
	if at < 0 {
		at = 0 // none named; a wrong one is refused above
	}
	c.Kind = ready[at].kind
	if ready[at].code == "compare" {
		r.needs(n, "message", c.Message)
	} else if c.Message == "" {
		c.Message, c.MessageEN = ready[at].words.ZH, cmp.Or(c.MessageEN, ready[at].words.EN)
	}
	r.compose(n, ready[at].code, t, &c)
	if c.Kind == Compared {
		r.comparison(n, f, c.Expr)
	} else {
		r.held(n, f, c)
	}
	f.Rules = append(f.Rules, c)
}

// compose writes the comparison that a ready-made kind is.
func (r *reader) compose(n *definition.Node, code string, t typedRule, c *Rule) {
	switch code {
	case "total":
		r.needs(n, "total", t.total)
		r.needs(n, "parts", t.parts)
		parts := strings.FieldsFunc(t.parts, func(r rune) bool { return strings.ContainsRune(" 、，,;；+", r) })
		c.Expr = strings.Join(parts, " + ") + " == " + t.total
	case "part":
		r.needs(n, "part", t.part)
		r.needs(n, "whole", t.whole)
		c.Expr = t.part + " <= " + t.whole
	case "compare":
		r.needs(n, "expr", c.Expr)
	case "range", "change":
		r.needs(n, "element", c.Element)
		r.needs(n, "limit", c.Limit)
	default:
		r.needs(n, "element", c.Element)
	}
}

func (r *reader) needs(n *definition.Node, key, value string) {
	if value == "" {
		r.Lacks(n, key)
	}
}

func (r *reader) comparison(n *definition.Node, f *Form, expr string) {
	if expr == "" {
		return // said above
	}
	parsed, err := formula.ParseComparison(expr)
	r.Refuse(n, err)
	if err == nil {
		for _, o := range parsed.Operands() {
			r.Refuse(n, f.unique(o))
		}
	}
}

// held refuses a rule on cells that has no cells, or nothing to hold them against.
func (r *reader) held(n *definition.Node, f *Form, c Rule) {
	if _, asked := f.rowOf(c.Element); !asked && c.Element != EveryRow && c.Element != "" {
		r.Problem(n, "校验式里的数据项%s不在本表中。", c.Element)
	}
	if c.Expr != "" {
		r.Problem(n, "这种规则不写校验式，写数据项和界限。")
	}
	if whole := f.Adding(); c.Kind.across() && (!f.ByCategory() || whole[0].Category != "") {
		r.Problem(n, "这种规则要有分类的列，还要有一个合计列（分类写 _T）。")
	}
	if c.Kind == AsBelow && f.Levels[f.Level] != element.OwnChecked {
		r.Problem(n, "只有填报层级的取数是 own_checked（本级填报并与汇总核对），才能与下级合计比。")
	}
}

func knownRule(s string) error {
	if !slices.ContainsFunc(ready, func(k readyKind) bool { return s == k.code || s == k.name }) {
		return errs.Invalidf("规则请填 range（历史范围）、change（变动幅度）、districts（与下级合计）、total（合计）、part（部分不大于整体）、adds_up（各类合计）、" +
			"within（各类不大于合计），比较不用填。")
	}
	return nil
}

func validLimit(s string) error {
	_, _, err := limit(s)
	return err
}
