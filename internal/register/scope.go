package register

// A body as rules see it, what is computed of it, and what its checks say.

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/formula"
	"yipanqi/internal/geo"
	"yipanqi/internal/say"
)

// Row is what rules may ask of a record beside its body.
type Row struct{ State, Unit, UnitKind, Area, AreaLevel, Number, Due string }

// Scope is a record as rules see it.
func (d Definition) Scope(b Body, row Row, w World) formula.Scope {
	s := formula.Scope{}
	its := map[string]string{"state": row.State, "unit": row.Unit, "unit.kind": row.UnitKind, "area": row.Area,
		"area.level": row.AreaLevel, "number": row.Number, "due": row.Due,
		"today": w.Today}
	s.Value = func(name string) formula.Value {
		if text, own := its[name]; own {
			return formula.Text(text)
		}
		code, part, _ := strings.Cut(name, ".")
		f, _ := d.Field(code)
		return f.at(b, code, part)
	}
	s.Rows = func(table string) (rows []formula.Scope) {
		f, _ := d.Field(table)
		for _, place := range b.Chosen(table) {
			rows = append(rows, formula.Scope{Rows: s.Rows, Call: s.Call, Value: func(name string) formula.Value {
				if at := slices.IndexFunc(f.Columns, func(c Field) bool { return c.Code == name }); at >= 0 {
					return f.Columns[at].at(b, key(table, place, name), "")
				}
				return s.Value(name)
			}})
		}
		return rows
	}
	s.Call = func(function, code string) formula.Value {
		if w.Call == nil {
			return formula.Value{}
		}
		v, _ := w.Call(function, code)
		return v
	}
	return s
}

// at is the value of a field, or of a part of one, under a key.
func (f Field) at(b Body, code, part string) formula.Value {
	switch {
	case f.Several():
		return formula.List(b.Chosen(code))
	case f.Type == "rows":
		return formula.List(b.Chosen(code))
	case f.Type == "sexed":
		switch part {
		case "men":
			return bySex(b, code, "1")
		case "women":
			return bySex(b, code, "2")
		case "men_most":
			return mostOf(b, code, "1")
		case "women_most":
			return mostOf(b, code, "2")
		}
		return b.Total(code)
	case f.Type == "checklist":
		if part == "" {
			part = "ok"
		}
		n := 0
		for _, item := range b.Chosen(code) {
			if b[key(code, item)] == part {
				n++
			}
		}
		if len(b.Chosen(code)) == 0 {
			return formula.Value{}
		}
		return formula.Whole(n)
	case f.Type == "shape" && part == "square":
		return square(b[code])
	case f.Type == "point":
		if part != "" {
			return formula.Decimal(b[key(code, part)])
		}
		return formula.List(b.Chosen(code))
	}
	text := b[code]
	switch {
	case IsNothing(text):
		return formula.Value{}
	case f.Type == "y/n":
		return formula.Yes(text == "1")
	case f.Type == "number" || f.Type == "money" || f.Type == "year":
		return decimalOf(text)
	case f.Type == "calc":
		if f.Unit == "" && (text == "1" || text == "0") {
			return formula.Yes(text == "1")
		}
		if v := decimalOf(text); f.Unit != "" {
			return v
		}
	}
	return formula.Text(text)
}

func decimalOf(text string) formula.Value {
	bare, negative := strings.CutPrefix(text, "-")
	v := formula.Decimal(bare)
	if r, ok := v.Rat(); ok && negative {
		return formula.Number(r.Neg(r))
	}
	return v
}

// square is how many square metres an outline has; missing where it has no inside.
func square(outline string) formula.Value {
	p, err := geo.Read(outline)
	if err != nil || p.Dimension() < 2 {
		return formula.Value{}
	}
	area, err := p.Square()
	if err != nil {
		return formula.Value{}
	}
	return formula.Whole(int(area))
}

// mostOf is the largest number of one sex among the categories of a field.
func mostOf(b Body, code, sex string) (most formula.Value) {
	for k, v := range b {
		if n, ok := decimalOf(v).Rat(); ok && strings.HasPrefix(k, code+mark) && strings.HasSuffix(k, mark+sex) {
			if so, any := most.Rat(); !any || n.Cmp(so) > 0 {
				most = formula.Number(n)
			}
		}
	}
	return most
}

func bySex(b Body, code, sex string) formula.Value {
	part := Body{}
	for k, v := range b {
		if strings.HasPrefix(k, code+mark) && strings.HasSuffix(k, mark+sex) {
			part[k] = v
		}
	}
	return part.Total(code)
}

// Compute puts what is computed into a body, with the row of a standard that it rests on beside it: a verdict keeps
// the rule it was made by.
func (d Definition) Compute(b Body, row Row, w World) Body {
	out := maps.Clone(b)
	for _, f := range d.Fields {
		if f.Type != "calc" {
			continue
		}
		var by []string
		asked := w
		asked.Call = func(function, code string) (formula.Value, string) {
			v, said := w.Call(function, code)
			if said != "" && !slices.Contains(by, said) {
				by = append(by, said)
			}
			return v, said
		}
		delete(out, f.Code)
		delete(out, key(f.Code, "by"))
		if text := f.Value.Eval(d.Scope(out, row, asked)).Plain(f.Decimals); text != "" {
			out[f.Code] = text
			if len(by) > 0 {
				out[key(f.Code, "by")] = strings.Join(by, "；")
			}
		}
	}
	return out
}

// Said is what a check says of a record.
type Said struct {
	Hard    bool     `json:"hard"`
	Message say.Name `json:"message"`
	Rule    string   `json:"rule"`
}

// Judge are the checks that fail. One on what is missing does not. A place outside the record's area is a soft one.
func (d Definition) Judge(b Body, row Row, w World) (said []Said) {
	s := d.Scope(b, row, w)
	for _, c := range d.Checks {
		if c.Rule.Eval(s).False() {
			said = append(said, Said{c.Hard, c.Message, c.Rule.String()})
		}
	}
	if geometry := d.Geometry(b); geometry != "" && w.Beyond != nil {
		if message, beyond := w.Beyond(d.Map.System, row.Area, geometry); beyond {
			said = append(said, Said{Message: message})
		}
	}
	return said
}

// Ready refuses a record that may not leave its keeper: what is missing, hard checks that fail, soft ones without a
// word about them in the remark. also are what rules on several records say.
func (d Definition) Ready(b Body, row Row, w World, also ...Said) error {
	s := d.Scope(b, row, w)
	wrong := d.Missing(b, s, w)
	for i, said := range append(d.Judge(b, row, w), also...) {
		name := "check" + strconv.Itoa(i+1)
		switch {
		case said.Hard:
			wrong.Say(name, "%s", said.Message)
		case b["remark"] == "":
			wrong.Say(name, "%s如实无误，请在备注里写明情况。", said.Message)
		}
	}
	return wrong.Check("还不能报送：请先改正标出的地方。")
}
