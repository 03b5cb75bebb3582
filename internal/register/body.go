package register

// What people type, read into a record's body; and a body as rules see it. Bodies are flat: every part of a field is a
// key of its own, every value plain text as it is kept (2018-12-31, 12.5, 1 and 0, codes).

import (
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/errs"
	"yipanqi/internal/formula"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// World is what values may name: lists of codes, units, areas, other records, goals of plans; and what rules ask for.
// Each find takes a code or a name and gives the code.
type World struct {
	List   func(list string) []Option
	Unit   func(text string) (code string, ok bool)
	Area   func(text, level string) (code string, ok bool)
	Person func(text string) (id string, ok bool)
	Record func(register, text string) (number string, ok bool)
	Goal   func(text string) (code string, ok bool)
	// Call is parameter(CODE) and standard(code) for the record's area and day; by says which row it used.
	Call func(function, code string) (value formula.Value, by string)
	// Beyond says what is wrong with a geometry in a system of coordinates that lies outside an area; nothing where
	// nobody supplied the area's boundary.
	Beyond func(system, area, geometry string) (message say.Name, beyond bool)
	// Called is what a parameter or standard is called; nothing if nobody has it.
	Called func(function, code string) say.Name
	Today  string
}

// Options are what may be chosen in a field: its own, or those of its list.
func (f Field) Choices(w World) []Option {
	if len(f.Options) > 0 {
		return f.Options
	}
	return w.List(f.Of)
}

// Read takes what was typed into a copy of a body: of fields that write says may be written. Keys that are not given
// stay. A key of the field itself, for one of many parts, replaces them all.
func (d Definition) Read(before Body, given map[string]string, write func(Field) bool, w World) (Body, errs.Fields) {
	b, wrong, of := Body{}, errs.Fields{}, map[string]map[string]string{} // by field
	for k, v := range before {
		b[k] = v
	}
	for k, text := range given {
		code, _, _ := strings.Cut(k, mark)
		if of[code] == nil {
			of[code] = map[string]string{}
		}
		of[code][k] = strings.TrimSpace(text)
	}
	for i := range d.Fields {
		code := d.Fields[i].Code
		mine := of[code]
		delete(of, code)
		if len(mine) == 0 || d.Fields[i].Type == "files" {
			continue
		}
		f := d.Fields[i]
		if f.Type == "calc" || !write(f) {
			if !f.same(b, mine) && f.Type != "calc" {
				wrong.Say(f.Code, "“%s”现在不能由您修改。", f.Name.ZH)
			}
			continue
		}
		f.take(b, mine, wrong, w)
	}
	for _, rest := range of {
		for k, text := range rest {
			switch {
			case k != Remark.Code:
				wrong.Say(k, "没有“%s”这个字段。", k)
			case text != b[k] && !write(Remark):
				wrong.Say(k, "“%s”现在不能由您修改。", Remark.Name.ZH)
			default:
				if b[k] = text; len([]rune(text)) > maxPara {
					wrong.Say(k, "最多%d个字。", maxPara)
				}
			}
		}
	}
	for k, v := range b {
		if v == "" {
			delete(b, k)
		}
	}
	return b, wrong
}

// same says whether what was given is what stands there.
func (f Field) same(b Body, given map[string]string) bool {
	for k, text := range given {
		if text != b[k] && !(k == f.Code && f.Several()) && !(text == "0" && b[k] == "") {
			return false
		}
	}
	return true
}

// take reads the keys of one field.
func (f Field) take(b Body, given map[string]string, wrong errs.Fields, w World) {
	switch {
	case f.Several():
		f.takeSeveral(b, given, wrong, w)
	case f.Type == "rows":
		f.takeRows(b, given, wrong, w)
	default:
		for k, text := range given {
			value, why := f.part(strings.TrimPrefix(strings.TrimPrefix(k, f.Code), mark), text, w)
			if why != nil {
				wrong[k] = *why
			}
			b[k] = value
		}
	}
}

func (f Field) takeSeveral(b Body, given map[string]string, wrong errs.Fields, w World) {
	if whole, replaced := given[f.Code]; replaced {
		for k := range b {
			if strings.HasPrefix(k, f.Code+mark) {
				delete(b, k)
			}
		}
		place := 1
		between := func(r rune) bool { return strings.ContainsRune("、，,;；+|\n", r) }
		for _, one := range strings.FieldsFunc(whole, between) {
			code, why := f.value(strings.TrimSpace(one), w)
			if why != nil {
				wrong[f.Code] = *why
				continue
			}
			if b[key(f.Code, code)] == "" {
				b[key(f.Code, code)] = strconv.Itoa(place)
			}
			if f.Ordered {
				place++
			}
		}
	}
	for k, text := range given {
		part, is := strings.CutPrefix(k, f.Code+mark)
		if !is {
			continue
		}
		code, why := f.value(part, w)
		if why != nil {
			wrong[f.Code] = *why
			continue
		}
		if delete(b, key(f.Code, code)); text != "" && text != "0" && text != "false" && text != "off" {
			b[key(f.Code, code)] = "1"
		}
	}
}

// With is a body with the keys of others beside its own: all that anything stands under.
func (b Body) With(others ...map[string]string) map[string]string {
	all := maps.Clone(map[string]string(b))
	for _, other := range others {
		for k := range other {
			all[k] = b[k]
		}
	}
	return all
}

const (
	maxText = 200
	maxPara = 5000
	maxRows = 200
)

// takeRows reads columns of rows. A row whose columns are all empty goes; places stay as they are, so that two people
// who add rows do not write over each other's.
func (f Field) takeRows(b Body, given map[string]string, wrong errs.Fields, w World) {
	for k, text := range given {
		place, column, _ := strings.Cut(strings.TrimPrefix(k, f.Code+mark), mark)
		n, err := strconv.Atoi(place)
		at := slices.IndexFunc(f.Columns, func(c Field) bool { return c.Code == column })
		if at < 0 || err != nil || n < 0 || n >= maxRows {
			wrong.Say(k, "没有“%s”这个字段。", k)
			continue
		}
		c := f.Columns[at]
		if f.Append && b[k] != "" && text != b[k] {
			wrong.Say(k, "“%s”只能增加，不能修改以前的行。", f.Name.ZH)
			continue
		}
		value, why := c.value(text, w)
		if why != nil {
			wrong[k] = *why
		}
		b[k] = value
	}
}

// part reads one key of a field: its own, or a part's.
func (f Field) part(part, text string, w World) (string, *say.Words) {
	switch f.Type {
	case "sexed":
		cut := strings.Split(part, mark)
		if !slices.Contains(Sexes, cut[len(cut)-1]) || len(cut) > 2 || (len(cut) == 2) != (f.By != "") {
			return "", wrongly("要分男女填写。")
		}
		return number(text, f)
	case "checklist":
		if rest, noted := strings.CutSuffix(part, mark+"note"); noted {
			part = rest
		} else if text != "" && !slices.ContainsFunc(Answers, func(o Option) bool { return o.Code == text }) {
			return text, wrongly("请选符合、不符合或不适用。")
		}
		if !slices.ContainsFunc(w.List(f.Of), func(o Option) bool { return o.Code == part }) {
			return "", wrongly("检查表里没有“%s”这一项。", part)
		}
		return limited(text, maxText)
	case "point":
		if part != "lon" && part != "lat" {
			return "", wrongly("位置要填经度和纬度。")
		}
		return coordinate(part, text)
	}
	if part != "" {
		return "", wrongly("这里只能填一个值。")
	}
	return f.value(text, w)
}

func wrongly(msg say.Key, args ...any) *say.Words {
	words := say.New(msg, args...)
	return &words
}

func limited(text string, most int) (string, *say.Words) {
	if len([]rune(text)) > most {
		return text, wrongly("最多%d个字。", most)
	}
	return text, nil
}

func coordinate(part, text string) (string, *say.Words) {
	r, _, ok := quantity.Decimal(text)
	most := big.NewRat(map[string]int64{"lon": 180, "lat": 90}[part], 1)
	if text != "" && (!ok || r.Abs(r).Cmp(most) > 0) {
		return text, wrongly("经度在−180到180之间，纬度在−90到90之间，用小数写。")
	}
	return text, nil
}

// Missing are the fields that a record still needs, by its own rules.
func (d Definition) Missing(b Body, s formula.Scope, w World) errs.Fields {
	wrong := errs.Fields{}
	for _, f := range d.Fields {
		needed := f.Required || f.When.Eval(s).True()
		if needed && f.empty(b) && f.Type != "calc" && f.Type != "files" {
			wrong.Say(f.Code, "请填写“%s”。", f.Name.ZH)
		}
		switch f.Type {
		case "rows":
			f.missingColumns(b, s, wrong)
		case "checklist":
			if needed || !f.empty(b) {
				f.missingItems(b, wrong, w)
			}
			for _, item := range b.Chosen(f.Code) {
				if slices.Contains(f.Noted, b[key(f.Code, item)]) && b[key(f.Code, item, "note")] == "" {
					wrong.Say(key(f.Code, item, "note"), "选了不符合，请写明情况。")
				}
			}
		case "sexed", "point":
			if parts := f.Keys(w); needed || !f.empty(b) {
				for _, part := range parts {
					if b[key(f.Code, part)] == "" {
						wrong.Say(key(f.Code, part), "请填写“%s”的每一格。", f.Name.ZH)
					}
				}
			}
		}
	}
	return wrong
}

// missingItems are those of a checklist that must be looked at and were not.
func (f Field) missingItems(b Body, wrong errs.Fields, w World) {
	for _, o := range w.List(f.Of) {
		if o.Must && b[key(f.Code, o.Code)] == "" {
			wrong.Say(key(f.Code, o.Code), "“%s”是必查项，请查了再填。", o.Name.ZH)
		}
	}
}

func (f Field) missingColumns(b Body, s formula.Scope, wrong errs.Fields) {
	for i, row := range s.Rows(f.Code) {
		place := b.Chosen(f.Code)[i]
		for _, c := range f.Columns {
			if k := key(f.Code, place, c.Code); b[k] == "" && (c.Required || c.When.Eval(row).True()) {
				wrong.Say(k, "请填写“%s”。", c.Name.ZH)
			}
		}
	}
}

// Keys are those below a field that has a fixed number of them.
func (f Field) Keys(w World) (parts []string) {
	switch {
	case f.Type == "point":
		return []string{"lon", "lat"}
	case f.By != "":
		for _, o := range w.List(f.By) {
			for _, sex := range Sexes {
				parts = append(parts, key(o.Code, sex))
			}
		}
		return parts
	}
	return Sexes
}

func (f Field) empty(b Body) bool {
	if f.Plain() {
		return b[f.Code] == ""
	}
	return len(b.Chosen(f.Code)) == 0
}

// Day is the day of a date, or of an instant.
func Day(text string) (time.Time, bool) {
	at, err := time.Parse(time.DateOnly, text[:min(len(text), len(time.DateOnly))])
	return at, err == nil
}
