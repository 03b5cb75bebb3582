package register

// The fields of a register's file.

import (
	"slices"
	"strings"

	"yipanqi/internal/definition"
	"yipanqi/internal/formula"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

func (r *reader) fields(n *definition.Node, into *[]Field, table string) {
	r.List(n, func(n *definition.Node) {
		f := r.field(n, table)
		if slices.ContainsFunc(*into, func(o Field) bool { return o.Code == f.Code }) || table == "" && own(f.Code) {
			r.Problem(n, "字段“%s”写了两次，或者是每条记录都有的。", f.Code)
		}
		*into = append(*into, f)
		if table == "" {
			r.fieldAt = append(r.fieldAt, n)
		}
	})
}

func own(code string) bool {
	return slices.ContainsFunc(Own, func(f Field) bool { return f.Code == code }) ||
		slices.Contains([]string{"today", "remark", "quoted"}, code)
}

func (r *reader) field(n *definition.Node, table string) (f Field) {
	required, options, columns := "", (*definition.Node)(nil), (*definition.Node)(nil)
	group := say.Name{}
	r.Fields(n, append(r.named(&f.Name),
		definition.Need("code", r.Text(&f.Code, code)),
		definition.May("group", r.Text(&group.ZH)),
		definition.May("group_en", r.Text(&group.EN)),
		definition.Need("type", r.Text(&f.Type)),
		definition.May("required", r.Text(&required)),
		definition.May("help", r.Text(&f.Help)),
		definition.May("of", r.Text(&f.Of)),
		definition.May("options", definition.Later(&options)),
		definition.May("unit", r.Text(&f.Unit)),
		definition.May("unit_en", r.Text(&f.UnitEN)),
		definition.May("decimals", r.Int(&f.Decimals)),
		definition.May("min", r.Text(&f.Min, decimal)),
		definition.May("max", r.Text(&f.Max, decimal)),
		definition.May("level", r.Text(&f.Level)),
		definition.May("value", r.rule(&f.Value)),
		definition.May("columns", definition.Later(&columns)),
		definition.May("by", r.Text(&f.By)),
		definition.May("append", r.Yes(&f.Append)),
		definition.May("ordered", r.Yes(&f.Ordered)),
		definition.May("noted", r.codes(&f.Noted)),
		definition.May("writers", r.codes(&f.Parts)),
		definition.May("in_states", r.codes(&f.States)),
		definition.May("seen", r.codes(&f.Seen)),
		definition.May("until", r.rule(&f.Until)),
	)...)
	f.Group = group
	for kind, word := range Types {
		if f.Type == word {
			f.Type = kind
		}
	}
	if Types[f.Type] == "" {
		r.Problem(n, "字段“%s”的类型“%s”不在可用的类型里。", f.Name.ZH, f.Type)
	}
	if f.Name.EN == "" {
		f.Name.EN = english(f.Code)
	}
	switch required {
	case "", "否", "false":
	case "是", "true":
		f.Required = true
	default:
		var err error
		f.When, err = formula.ParseExpression(required)
		r.Refuse(n, err)
	}
	if options != nil {
		r.List(options, func(n *definition.Node) { r.option(n, &f) })
	}
	if columns != nil {
		r.fields(columns, &f.Columns, f.Code)
	}
	r.suits(n, f, table)
	return f
}

func decimal(s string) error {
	_, _, ok := quantity.Decimal(s)
	if !ok {
		return definition.Matches(`^-?\d+$`, "请填一个数，例如 0 或 12.5。")(s)
	}
	return nil
}

// option is a word that is its own code, or {code, name}.
func (r *reader) option(n *definition.Node, f *Field) {
	var o Option
	if len(n.Content) == 0 {
		r.Text(&o.Code)(n)
		o.Name = say.Name{ZH: o.Code, EN: o.Code}
	} else {
		r.Fields(n, append(r.named(&o.Name), definition.Need("code", r.Text(&o.Code)))...)
		if o.Name.EN == "" {
			o.Name.EN = english(o.Code)
		}
	}
	f.Options = append(f.Options, o)
}

// suits holds what a field says of itself against its type.
func (r *reader) suits(n *definition.Node, f Field, table string) {
	choice := f.Type == "one" || f.Type == "many"
	switch {
	case f.Type == "identity":
		r.Problem(n, "字段“%s”：身份只能放在个案库里，这里不能登记。", f.Name.ZH)
	case choice && f.Of == "" && len(f.Options) == 0, f.Type == "checklist" && f.Of == "":
		r.Problem(n, "字段“%s”要写明选自哪个代码表，或者列出选项。", f.Name.ZH)
	case (f.Type == "link" || f.Type == "links") && f.Of == "":
		r.Problem(n, "字段“%s”要写明关联哪个登记。", f.Name.ZH)
	case strings.HasPrefix(f.Type, "link") && r.known.Registers != nil && !r.known.Registers[f.Of]:
		r.Problem(n, "字段“%s”：没有业务登记“%s”。", f.Name.ZH, f.Of)
	case f.Type == "rows" && (table != "" || len(f.Columns) == 0):
		r.Problem(n, "字段“%s”：表要有列，表里不能再有表。", f.Name.ZH)
	case table != "" && slices.Contains([]string{"sexed", "checklist", "point", "shape", "many", "units", "areas",
		"links", "goals", "files", "calc"}, f.Type):
		r.Problem(n, "表“%s”的列不能是“%s”这种类型。", table, Types[f.Type])
	case f.Type == "calc" && f.Value.IsZero():
		r.Problem(n, "字段“%s”要写明算式。", f.Name.ZH)
	case f.Type != "calc" && !f.Value.IsZero():
		r.Problem(n, "字段“%s”不是计算字段，不能有算式。", f.Name.ZH)
	case f.Required && !f.When.IsZero():
		r.Problem(n, "字段“%s”的必填写了两种。", f.Name.ZH)
	case (choice || f.Type == "checklist") && f.Of != "" && r.known.Lists != nil && !r.known.Lists[f.Of],
		f.By != "" && r.known.Lists != nil && !r.known.Lists[f.By]:
		r.Problem(n, "字段“%s”：没有代码表“%s”。", f.Name.ZH, f.Of+f.By)
	case f.Ordered && f.Type != "units" && f.Type != "areas" && f.Type != "links":
		r.Problem(n, "字段“%s”：只有多单位、多区域和多关联可以有序。", f.Name.ZH)
	case f.Level != "" && r.known.Levels != nil && !anyLevel(r.known.Levels, f.Level):
		r.Problem(n, "没有“%s”这个地区层级。", f.Level)
	}
}

// fieldRules are read once all fields are known.
func (r *reader) fieldRules() {
	for i, f := range r.d.Fields {
		n := r.fieldAt[i]
		for _, e := range []formula.Expression{f.When, f.Value, f.Until} {
			r.knows(n, e, "")
		}
		for _, c := range f.Columns {
			r.knows(n, c.When, f.Code)
		}
		for _, part := range append(slices.Clone(f.Parts), f.Seen...) {
			if _, known := r.d.Part(part); !known {
				r.Problem(n, "字段“%s”：办理里没有“%s”。", f.Name.ZH, part)
			}
		}
		for _, state := range f.States {
			if r.d.State(state).Name.ZH == state && !slices.ContainsFunc(r.d.States,
				func(s State) bool { return s.Code == state }) {
				r.Problem(n, "字段“%s”：没有“%s”这个状态。", f.Name.ZH, state)
			}
		}
	}
	for i, s := range r.d.Stages {
		n := r.stageAt[i]
		r.knows(n, s.When, "")
		for _, need := range append(slices.Clone(s.Needs), s.Counted) {
			if _, known := r.d.Field(need); !known && need != "reason" && need != "" && need != "evidence" {
				r.Problem(n, "动作“%s”需要的“%s”不是字段。", s.Verb, need)
			}
		}
	}
}

// knows refuses a rule about what the register does not have.
func (r *reader) knows(n *definition.Node, e formula.Expression, table string) {
	r.Refuse(n, e.Unknown(func(name formula.Name) bool {
		in := name.Table
		if in == "" {
			in = table
		}
		return r.d.knows(name.Name, in)
	}))
	for _, standard := range e.Given("standard") {
		if r.known.Standards != nil && !r.known.Standards[standard] {
			r.Problem(n, "没有标准“%s”。", standard)
		}
	}
}
