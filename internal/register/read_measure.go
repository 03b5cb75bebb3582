package register

// What a register's file checks, counts, lists, prints and makes public.

import (
	"regexp"
	"slices"
	"strings"

	"yipanqi/internal/definition"
	"yipanqi/internal/period"
)

// names are what rules may use beside fields.
var names = []string{"today", "state", "unit", "unit.kind", "area", "number", "due", "area.level"}

// knows says whether a rule may use a name: a field, its part, a table's column.
func (d Definition) knows(name, table string) bool {
	if slices.Contains(names, name) {
		return true
	}
	code, part, _ := strings.Cut(name, ".")
	if table != "" {
		if at := slices.IndexFunc(d.field(table).Columns, func(f Field) bool { return f.Code == code }); at >= 0 {
			return part == ""
		}
	}
	f, known := d.Field(code)
	switch {
	case !known:
		return false
	case part == "":
		return true
	case f.Type == "rows":
		return slices.ContainsFunc(f.Columns, func(c Field) bool { return c.Code == part })
	case f.Type == "sexed":
		return part == "men" || part == "women" || f.By != "" && (part == "men_most" || part == "women_most")
	case f.Type == "checklist":
		return slices.Contains([]string{"ok", "defect", "na"}, part)
	case f.Type == "point":
		return part == "lon" || part == "lat"
	case f.Type == "shape":
		return part == "square"
	}
	return false
}

func (r *reader) check(n *definition.Node) {
	c, kind := Check{Hard: true}, ""
	r.Fields(n,
		definition.Need("rule", r.rule(&c.Rule)),
		definition.Need("message", r.Text(&c.Message.ZH)),
		definition.May("message_en", r.Text(&c.Message.EN)),
		definition.May("kind", r.Text(&kind, definition.Matches(`^(hard|soft|必改|提示)$`,
			"核对的类别请填 必改（不改不能报送）或 提示（写明情况可以报送）。"))),
	)
	c.Hard = kind != "soft" && kind != "提示"
	r.knows(n, c.Rule, "")
	r.d.Checks = append(r.d.Checks, c)
}

func (r *reader) measure(n *definition.Node) {
	var m Measure
	var per []string
	start, of, as := "", map[string]*string{}, (*definition.Node)(nil)
	for _, method := range []string{"count", "sum", "distinct", "median", "share", "areas", "institutions", "posts",
		"texts", "within"} {
		of[method] = new(string)
	}
	r.Fields(n, append(r.named(&m.Name),
		definition.Need("code", r.Text(&m.Code, code)),
		definition.May("count", r.Text(of["count"])),
		definition.May("sum", r.Text(of["sum"])),
		definition.May("distinct", r.Text(of["distinct"])),
		definition.May("median", r.Text(of["median"])),
		definition.May("share", r.Text(of["share"])),
		definition.May("areas", r.Text(of["areas"])),
		definition.May("institutions", r.Text(of["institutions"])),
		definition.May("posts", r.Text(of["posts"], definition.Among(map[string]bool{PostsChanged: true,
			PostsTrained: true}, "没有“%s”这种岗位数，可选：changed（换了人的）、trained（换人后受过训的）。"))),
		definition.May("texts", r.Text(of["texts"])),
		definition.May("within", r.Text(of["within"])),
		definition.May("radius", r.rule(&m.Radius)),
		definition.May("layer", r.Text(&m.Layer)),
		definition.May("value", r.rule(&m.Value)),
		definition.May("over", r.Text(&m.Over)),
		definition.May("where", r.rule(&m.Where)),
		definition.May("stock", r.codes(&m.Stock)),
		definition.May("flow", r.Text(&m.Flow)),
		definition.May("per", r.codes(&per)),
		definition.May("year_start", r.Text(&start)),
		definition.May("area", r.Text(&m.Area)),
		definition.May("split", r.codes(&m.Split)),
		definition.May("level", r.Text(&m.Level)),
		definition.May("unit", r.Text(&m.Unit.ZH)),
		definition.May("unit_en", r.Text(&m.Unit.EN)),
		definition.May("decimals", r.Int(&m.Decimals)),
		definition.May("into", r.Text(&m.Into)),
		definition.May("calibre", r.Text(&m.Calibre)),
		definition.May("by", r.Text(&m.By)),
		definition.May("categories", definition.Later(&as)),
		definition.May("indicator", r.Text(&m.Indicator)),
		definition.May("figure", r.Text(&m.Figure)),
		definition.May("basis", r.Text(&m.Basis)))...)
	for method, text := range of {
		if *text != "" && m.Method != "" {
			r.Problem(n, "统计“%s”只能有一种算法。", m.Name.ZH)
		}
		if *text != "" {
			m.Method, m.Of = method, *text
		}
	}
	if m.Method == "" && m.Layer != "" {
		m.Method, m.Of = "layer", m.Layer
	}
	if m.Name.EN == "" {
		m.Name.EN = english(m.Code)
	}
	var err error
	m.YearStart, err = period.ParseYearStart(start)
	r.Refuse(n, err)
	for _, p := range per {
		m.Per = append(m.Per, period.Kind(p))
		if !slices.Contains([]string{"M", "Q", "S", "A"}, p) {
			r.Problem(n, "统计“%s”的频率请填 M（月）、Q（季）、S（半年）或 A（年）。", m.Name.ZH)
		}
	}
	if len(m.Per) == 0 {
		m.Per = []period.Kind{"A"}
	}
	r.counts(n, m)
	r.categories(n, as, &m)
	if _, twice := r.d.Measure(m.Code); twice {
		r.Problem(n, "统计“%s”写了两次。", m.Code)
	}
	same := func(o Measure) bool { return o.Name.ZH == m.Name.ZH || o.Name.EN == m.Name.EN }
	if slices.ContainsFunc(r.d.Measures, same) {
		r.Problem(n, "统计“%s”与另一项同名（中文或英文），分不清是哪个数。请改名称。", m.Name.ZH)
	}
	if len(r.d.Measures) == MaxMeasures {
		r.Problem(n, "一项业务登记最多有%d项统计。请分成两项登记。", MaxMeasures)
	}
	r.d.Measures, r.measureAt = append(r.d.Measures, m), append(r.measureAt, n)
}

// counts holds a measure against the fields that it uses.
func (r *reader) counts(n *definition.Node, m Measure) {
	f, known := r.d.Field(m.Of)
	numeric := f.Type == "number" || f.Type == "money" || f.Type == "sexed"
	switch {
	case m.Method == "":
		r.Problem(n, "统计“%s”要写明数、合计、去重、中位、比例、区域数、单位数、岗位数、文字、覆盖或图层之一。", m.Name.ZH)
	case m.Method == "count" && m.Of != "records" && m.Of != "记录" && f.Type != "rows",
		m.Method == "sum" && m.Value.IsZero() && !numeric, m.Method == "distinct" && !known,
		m.Method == "texts" && f.Type != "rows":
		r.Problem(n, "统计“%s”里的“%s”不能这样算。", m.Name.ZH, m.Of)
	case m.Into != "" && r.known.Elements != nil && !r.known.Elements[m.Into]:
		r.Problem(n, "统计“%s”计入的数据项“%s”还没有。", m.Name.ZH, m.Into)
	case m.Method == "areas" && r.known.Levels != nil && !anyLevel(r.known.Levels, m.Of):
		r.Problem(n, "没有“%s”这个地区层级。", m.Of)
	case m.Method == "institutions" && r.known.Kinds != nil && !r.known.Kinds[m.Of]:
		r.Problem(n, "没有“%s”这个单位类别。", m.Of)
	case m.Level != "" && r.known.Levels != nil && !anyLevel(r.known.Levels, m.Level):
		r.Problem(n, "没有“%s”这个地区层级。", m.Level)
	}
	for _, code := range append(append(slices.Clone(m.Stock), m.Split...), m.Flow, m.Area) {
		if code != "" && code != "unit.kind" && !(m.Method == "posts" && code == PostKind) && !r.d.splits(m, code) {
			r.Problem(n, "统计“%s”用到的“%s”不是字段。", m.Name.ZH, code)
		}
	}
	table := ""
	if f.Type == "rows" {
		table = m.Of
	}
	if m.OfRecords() {
		r.knows(n, m.Where, table)
		r.knows(n, m.Value, "")
	}
}

// splits says whether a measure may be split by a field: by any of the record, or by a column of the rows it counts.
func (d Definition) splits(m Measure, code string) bool {
	table, _, row := strings.Cut(code, ".")
	if row && table != m.Of {
		return false
	}
	return d.At(code).Code != ""
}

// shares are read once all measures are known.
func (r *reader) shares() {
	for i, m := range r.d.Measures {
		if m.Method != "share" {
			continue
		}
		for _, code := range []string{m.Of, m.Over} {
			if part, known := r.d.Measure(code); !known || part.Method == "share" {
				r.Problem(r.measureAt[i], "统计“%s”的分子或分母“%s”不是本登记的统计。", m.Name.ZH, code)
			}
		}
	}
}

func (r *reader) view(n *definition.Node) {
	var v View
	r.Fields(n, append(r.named(&v.Name), definition.Need("code", r.Text(&v.Code, code)),
		definition.Need("rule", r.rule(&v.Rule)))...)
	r.knows(n, v.Rule, "")
	if v.Name.EN == "" {
		v.Name.EN = english(v.Code)
	}
	r.d.Views = append(r.d.Views, v)
}

// placeholder is a field in the text of a letter.
var placeholder = regexp.MustCompile(`\{([a-z_0-9]+)\}`)

// Fill puts what say says of each field into the text of a letter.
func (p Print) Fill(say func(field string) string) string {
	return placeholder.ReplaceAllStringFunc(p.Text, func(found string) string { return say(found[1 : len(found)-1]) })
}

func (r *reader) print(n *definition.Node) {
	p := Print{Shape: "one"}
	var boxes *definition.Node
	r.Fields(n, append(r.named(&p.Name), definition.Need("code", r.Text(&p.Code, code)),
		definition.May("kind", r.Text(&p.Shape, definition.Matches(`^(one|list|book|sign)$`,
			"打印的类别请填 one（一条一张）、list（一览表）、book（汇编）或 sign（门牌）。"))),
		definition.May("where", r.rule(&p.Where)),
		definition.May("text", r.Text(&p.Text)),
		definition.May("boxes", definition.Later(&boxes)))...)
	if boxes != nil {
		r.List(boxes, func(n *definition.Node) {
			var b Box
			r.Fields(n, definition.May("section", r.Text(&b.Section)), definition.Need("label", r.Text(&b.Label)),
				definition.May("field", r.Text(&b.Field)), definition.May("lines", r.Int(&b.Lines)))
			if b.Field != "" && !r.d.knows(b.Field, "") {
				r.Problem(n, "打印“%s”的“%s”不是字段。", p.Name.ZH, b.Field)
			}
			p.Boxes = append(p.Boxes, b)
		})
	}
	if boxes == nil && p.Text == "" {
		r.Problem(n, "打印“%s”要写明栏，或者正文。", p.Name.ZH)
	}
	for _, found := range placeholder.FindAllStringSubmatch(p.Text, -1) {
		if !r.d.knows(found[1], "") {
			r.Problem(n, "打印“%s”的“%s”不是字段。", p.Name.ZH, found[1])
		}
	}
	r.knows(n, p.Where, "")
	if p.Name.EN == "" {
		p.Name.EN = english(p.Code)
	}
	r.d.Prints = append(r.d.Prints, p)
}

func (r *reader) columns(n *definition.Node) {
	l := &r.d.List
	r.Fields(n, definition.Need("columns", r.codes(&l.Columns)), definition.May("filters", r.codes(&l.Filters)),
		definition.May("sort", r.Text(&l.Sort)))
	for _, code := range append(append(slices.Clone(l.Columns), l.Filters...), strings.TrimPrefix(l.Sort, "-")) {
		if f, known := r.d.Field(code); code != "" && (!known || f.Type == "rows" || f.Type == "files") {
			r.Problem(n, "列表里的“%s”不是字段，或者不能列出。", code)
		}
	}
	for _, code := range l.Filters {
		f := r.d.field(code)
		if code != "state" && code != "area" &&
			!slices.Contains([]string{"one", "many", "y/n", "year", "goals"}, f.Type) {
			r.Problem(n, "不能按“%s”筛选：只有单选、多选、是否、年份、规划目标和环节可以。", code)
		}
	}
	if f := r.d.field(strings.TrimPrefix(l.Sort, "-")); l.Sort != "" && !f.Plain() {
		r.Problem(n, "不能按“%s”排序。", l.Sort)
	}
}

func (r *reader) mapped(n *definition.Node) {
	m := &r.d.Map
	r.Fields(n, definition.May("point", r.Text(&m.Point)), definition.May("shape", r.Text(&m.Shape)),
		definition.May("colour", r.Text(&m.Colour)), definition.May("crs", r.Text(&m.System)),
		definition.May("confirmed", r.Yes(&m.Confirmed)))
	if _, known := r.d.Field(m.Colour); m.Colour != "" && !known {
		r.Problem(n, "地图用的“%s”不是这种字段。", m.Colour)
	}
	if m.System != "" && !slices.Contains(Systems, m.System) {
		r.Problem(n, "坐标系请填 %s 之一。", strings.Join(Systems, "、"))
	}
	for code, kind := range map[string]string{m.Point: "point", m.Shape: "shape"} {
		if code != "" && r.d.field(code).Type != kind {
			r.Problem(n, "地图用的“%s”不是这种字段。", code)
		}
	}
}

func (r *reader) public(n *definition.Node) {
	p := &r.d.Public
	r.Fields(n, definition.Need("columns", r.codes(&p.Fields)), definition.May("where", r.rule(&p.Where)),
		definition.May("report", r.Yes(&p.Report)), definition.May("items", r.Text(&p.Items)))
	if p.Items != "" && r.known.Lists != nil && !r.known.Lists[p.Items] {
		r.Problem(n, "没有“%s”这个代码表。", p.Items)
	}
	for _, code := range p.Fields {
		if f, known := r.d.Field(code); !known || len(f.Seen) > 0 {
			r.Problem(n, "公开的“%s”不是字段，或者限定了给谁看。", code)
		}
	}
	r.knows(n, p.Where, "")
	if _, placed := r.d.Place(); p.Report && !placed {
		r.Problem(n, "公开里没有位置，公众查不到，也就不能报故障。")
	}
}

func (r *reader) referral(n *definition.Node) {
	f := &r.d.Referral
	r.Fields(n, definition.Need("from", r.codes(&f.From)), definition.Need("who", r.Text(&f.Who)),
		definition.May("kinds", r.codes(&f.Kinds)), definition.May("within", func(n *definition.Node) {
			s := Stage{}
			r.limits(n, &s)
			f.Limit = s.Limits[0]
		}))
	if _, known := r.d.Part(f.Who); !known {
		r.Problem(n, "办理里没有“%s”。", f.Who)
	}
	for _, state := range f.From {
		if !slices.ContainsFunc(r.d.States, func(s State) bool { return s.Code == state }) {
			r.Problem(n, "没有“%s”这个状态。", state)
		}
	}
}
