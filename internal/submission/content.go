package submission

// The one text that both people sign, made from a draft and read back. Its words never change for a schema once signed.

import (
	"cmp"
	"encoding/json"
	"maps"
	"strconv"

	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
)

// Origins of a version's numbers.
const (
	Entered   = "entered"
	Simulated = "simulated"
)

const contentSchema = "yipanqi/submission/1"

// Content is the one document that both people sign, as canonical JSON (RFC 8785). Every value is a string as it
// was typed. A historical version has the same shape with its source named and no signatures.
type Content struct {
	Schema     string        `json:"schema"`
	Sample     bool          `json:"sample,omitempty"`
	Submission string        `json:"submission"`
	Version    string        `json:"version"`
	Reason     string        `json:"reason,omitempty"` // of an amendment
	Origin     string        `json:"origin"`
	Source     string        `json:"source,omitempty"` // of historical data
	Form       ContentForm   `json:"form"`
	Unit       Named         `json:"unit"`
	Area       Named         `json:"area"`
	Period     string        `json:"period"`
	From       string        `json:"from"` // first and last day of the statistical period
	To         string        `json:"to"`
	Cells      []ContentCell `json:"cells"`
	Notes      []Note        `json:"notes"`
	Evidence   []ContentFile `json:"evidence,omitempty"`       // files that stood on it when it was frozen
	Places     []form.Place  `json:"signing_places,omitempty"` // of who signs, where there are more than two
}

// Named is a code with the name it had when the content was frozen.
type Named struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// ContentForm names the form, and its definition by digest.
type ContentForm struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Number string `json:"number"` // 表号
	Digest string `json:"digest"`
}

// ContentCell is one cell as typed, with everything needed to count it.
type ContentCell struct {
	Row      string   `json:"row"`
	Column   string   `json:"column"`
	Element  string   `json:"element"`
	Sex      string   `json:"sex"` // GB/T 2261.1, _T = total
	Category string   `json:"category,omitempty"`
	Calibre  string   `json:"calibre"`
	Label    string   `json:"label"`
	Value    string   `json:"value"`
	Counted  *Counted `json:"counted,omitempty"` // if a register did
}

// Key is how the grid names the cell.
func (c ContentCell) Key() string { return c.Row + "." + c.Column }

// Note is a finding that did not block, with the reason that both take upon themselves.
type Note struct {
	Check  string `json:"check"`
	Words  string `json:"words"`
	Reason string `json:"reason"`
}

// Typed is what stands in the grid: every cell as typed, by key, and reasons by check.
type Typed struct {
	Cells map[string]string `json:"cells"`
	Notes map[string]string `json:"notes,omitempty"`
	// Counted is where numbers come from that nobody typed; only Fill writes it.
	Counted map[string]Counted `json:"counted,omitempty"`
	// Left is what the form has no place for any more; Carried is the row's version since it asks otherwise.
	Left    []Left `json:"left,omitempty"`
	Carried int64  `json:"carried,omitempty"`
	Moves   []Move `json:"moves,omitempty"` // the oldest first
}

// with is t with what was typed now put over it; a text made empty is gone, one that was not sent stays.
func (t Typed) with(now Typed) Typed {
	over := func(old, now map[string]string) map[string]string {
		all := map[string]string{}
		maps.Copy(all, old)
		maps.Copy(all, now)
		return all
	}
	t.Cells, t.Notes = over(t.Cells, now.Cells), over(t.Notes, now.Notes)
	return t
}

// content is the document for version number of the submission as it is typed now; soft are the findings that both
// take upon themselves.
func (s Submission) content(number int64, soft []form.Finding) (Content, error) {
	definition, err := json.Marshal(s.Form)
	if err != nil {
		return Content{}, err
	}
	c := Content{Schema: contentSchema, Submission: s.ID, Version: strconv.FormatInt(number, 10),
		Reason: s.AmendReason, Origin: Entered,
		Form: ContentForm{s.Form.Code, s.Form.Name, s.Form.Number, sign.Digest(definition)},
		Unit: Named{s.Unit.Code, s.Unit.Name}, Area: Named{s.Area.Code, s.Area.Name},
		Period: s.Period.String(), Cells: []ContentCell{}, Notes: []Note{}}
	if places := s.Form.Signers.Places(); len(places) > 2 {
		c.Places = places
	}
	c.From, c.To = s.Period.Range(s.Form.YearStart)
	for _, spec := range s.Form.Cells() {
		cell := ContentCell{Row: spec.Row.Number, Column: spec.Column.Code, Element: spec.Row.Element,
			Sex: quantity.SexCode(spec.Column.Sex), Category: spec.Column.Category, Calibre: spec.Row.Calibre,
			Label: Label(spec),
			Value: s.Typed.Cells[spec.Key]}
		if counted, ok := s.Typed.Counted[spec.Key]; ok {
			cell.Counted = &counted
		}
		c.Cells = append(c.Cells, cell)
	}
	for _, f := range soft {
		c.Notes = append(c.Notes, Note{f.Key, f.Message, s.Typed.Notes[f.Key]})
	}
	return c, nil
}

// Label says what a cell asks for: 结婚登记人数·女.
func Label(spec form.CellSpec) string {
	if spec.Column.Whole() {
		return spec.Row.Label
	}
	return spec.Row.Label + "·" + spec.Column.Name
}

// text is the canonical JSON and its SM3 digest.
func (c Content) text() (signed.Frozen, error) { return signed.Freeze(c) }

// isOf says whether the text speaks of version v of the submission, and not of another.
func (c Content) isOf(s Submission, v Version) bool {
	return c.Schema == contentSchema && c.Submission == s.ID && c.Version == strconv.FormatInt(v.Number, 10) &&
		c.Form.Code == s.Form.Code && c.Unit.Code == s.Unit.Code && c.Area.Code == s.Area.Code &&
		c.Period == s.Period.String() && c.Origin == v.Origin && c.Source == v.Source &&
		c.Reason == v.Reason
}

// ParseContent reads a version's text.
func ParseContent(text string) (c Content, err error) {
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return c, errs.Invalidf("签字文本读不出来：%s", err.Error())
	}
	return c, nil
}

// Typed are the cells by key and the reasons by check: what the draft looked like.
func (c Content) Typed() Typed {
	t := Typed{Cells: map[string]string{}, Notes: map[string]string{}}
	for _, cell := range c.Cells {
		if cell.Value != "" {
			t.Cells[cell.Key()] = cell.Value
		}
		if cell.Counted != nil {
			if t.Counted == nil {
				t.Counted = map[string]Counted{}
			}
			t.Counted[cell.Key()] = *cell.Counted
		}
	}
	for _, n := range c.Notes {
		t.Notes[n.Check] = n.Reason
	}
	return t
}

// dictionary turns codes in a text into the small integers of facts.
type dictionary struct {
	elements   map[string]element.Element
	calibres   map[string]int64
	categories map[string]int // by code; the whole is 0
}

// dictionaryOf knows the codes of one form.
func dictionaryOf(f form.Form) dictionary {
	d := dictionary{map[string]element.Element{}, map[string]int64{}, map[string]int{"": 0}}
	for _, column := range f.Columns {
		d.categories[column.Category] = column.CategoryID
	}
	for _, row := range f.Rows {
		d.elements[row.Element], d.calibres[row.Calibre] = row.Of, row.CalibreID
	}
	return d
}

// knowing knows all codes of the installation.
func knowing(known form.Known) dictionary {
	d := dictionary{known.Elements, known.Calibres, map[string]int{"": 0}}
	for code, c := range known.Categories {
		d.categories[code] = c.ID
	}
	return d
}

// facts are the cells of the text as they count: what was signed is what is summed. An empty cell is no fact.
func (d dictionary) facts(c Content) ([]fact.Cell, error) {
	var cells []fact.Cell
	for _, cell := range c.Cells {
		e, known := d.elements[cell.Element]
		calibre, named := d.calibres[cell.Calibre]
		category, listed := d.categories[cell.Category]
		if !known || !named || !listed {
			return nil, errs.Conflictf("报表定义在签字后改过：已没有数据项%s、口径%s或分类%s。请退回，按新表重新填报签字。",
				cell.Element, cell.Calibre, cmp.Or(cell.Category, element.WholeCode))
		}
		sex, err := quantity.ParseSex(cell.Sex)
		if err != nil {
			return nil, err
		}
		value, mark, err := quantity.ParseCell(cell.Value, e.Decimals)
		if err != nil {
			return nil, err
		}
		if mark != quantity.Empty {
			cells = append(cells, fact.Cell{Element: e.ID, Sex: sex, Category: category, Calibre: calibre,
				Value: value, Mark: mark})
		}
	}
	return cells, nil
}

// Facts are the cells of a version of the submission as they count.
func (s Submission) Facts(v Version) ([]fact.Cell, error) {
	c, err := ParseContent(v.Text)
	if err != nil {
		return nil, err
	}
	return dictionaryOf(s.Form).facts(c)
}

// Difference is one cell that two versions, or two people, see differently.
type Difference struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	Was   string `json:"was"`
	Is    string `json:"is"`
}

// differ says whether there is any difference.
func differ(f form.Form, was, is map[string]string) bool {
	for i := range f.Rows {
		for j := range f.Columns {
			if key := form.Key(f.Rows[i], f.Columns[j]); was[key] != is[key] {
				return true
			}
		}
	}
	return false
}

// Differences compares cell by cell, in the form's order.
func Differences(f form.Form, was, is map[string]string) (all []Difference) {
	for _, spec := range f.Cells() {
		if a, b := was[spec.Key], is[spec.Key]; a != b {
			all = append(all, Difference{spec.Key, Label(spec), a, b})
		}
	}
	return all
}
