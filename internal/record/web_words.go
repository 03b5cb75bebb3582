package record

// Values of records as people read them: codes by their names, numbers with their units, in either language.

import (
	"context"
	_ "embed"
	"strings"

	"yipanqi/internal/quantity"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

// reader says names in one language.
type reader func(say.Name) string

func chinese(n say.Name) string { return n.ZH }

func in(ctx context.Context) reader {
	return func(n say.Name) string { return part.Name(ctx, n.ZH, n.EN) }
}

// plain is a field as its record is called by: in Chinese, short.
func (k desk) plain(f register.Field, b register.Body) string { return short(k.said(chinese, f, b)) }

// said is a whole field in one piece.
func (k desk) said(say reader, f register.Field, b register.Body) string {
	switch {
	case f.Several():
		return strings.Join(k.names(say, f, b.InOrder(f.Code)), say(comma))
	case f.Type == "point":
		if b[register.Key(f.Code, "lon")] == "" {
			return ""
		}
		return b[register.Key(f.Code, "lon")] + ", " + b[register.Key(f.Code, "lat")]
	case f.Type == "sexed":
		return k.sexed(say, f, b)
	case f.Type == "checklist":
		return k.checked(say, f, b)
	case f.Type == "rows":
		var rows []string
		for _, place := range b.Chosen(f.Code) {
			var cells []string
			for _, c := range f.Columns {
				cells = append(cells, k.one(say, c, b[register.Key(f.Code, place, c.Code)]))
			}
			rows = append(rows, strings.Join(cells, "｜"))
		}
		return strings.Join(rows, "\n")
	}
	return k.one(say, f, b[f.Code])
}

var (
	men   = say.Name{ZH: "男", EN: "M"}
	women = say.Name{ZH: "女", EN: "F"}
	yes   = say.Name{ZH: "是", EN: "Yes"}
	no    = say.Name{ZH: "否", EN: "No"}
	comma = say.Name{ZH: "、", EN: ", "}
)

func (k desk) sexed(say reader, f register.Field, b register.Body) string {
	if f.By == "" {
		if b[register.Key(f.Code, "1")]+b[register.Key(f.Code, "2")] == "" {
			return ""
		}
		return say(men) + b[register.Key(f.Code, "1")] + " " + say(women) + b[register.Key(f.Code, "2")]
	}
	var all []string
	for _, o := range k.w.List(f.By) {
		m, w := b[register.Key(f.Code, o.Code, "1")], b[register.Key(f.Code, o.Code, "2")]
		if m+w != "" {
			all = append(all, say(o.Name)+" "+say(men)+m+" "+say(women)+w)
		}
	}
	return strings.Join(all, "；")
}

func (k desk) checked(say reader, f register.Field, b register.Body) string {
	var all []string
	for _, o := range k.w.List(f.Of) {
		answer := b[register.Key(f.Code, o.Code)]
		if answer == "" {
			continue
		}
		text := say(o.Name) + "：" + say(name(register.Answers, answer))
		if note := b[register.Key(f.Code, o.Code, "note")]; note != "" {
			text += "（" + note + "）"
		}
		all = append(all, text)
	}
	return strings.Join(all, "\n")
}

func (k desk) names(say reader, f register.Field, codes []string) (names []string) {
	for _, code := range codes {
		names = append(names, k.one(say, f, code))
	}
	return names
}

// one is one value: of a field that has one, or one of those that a field has.
func (k desk) one(say reader, f register.Field, value string) string {
	if value == "" {
		return ""
	}
	if register.IsNothing(value) {
		return say(name(register.Nothing, value))
	}
	switch f.Type {
	case "one", "many":
		return say(name(f.Choices(k.w), value))
	case "unit", "units":
		return say(k.places.unitName(value))
	case "area", "areas":
		return say(k.places.areaName(value))
	case "link", "links":
		if to, known := k.linked[f.Of+" "+value]; known {
			return to.Title
		}
	case "goals":
		return say(k.aimsOf([]string{value})[0].name())
	case "y/n":
		return say(map[string]register.Option{"1": {Name: yes}, "0": {Name: no}}[value].Name)
	case "calc":
		if f.Of != "" {
			return say(name(f.Choices(k.w), value))
		}
		if f.Unit == "" && (value == "1" || value == "0") {
			return say(map[string]register.Option{"1": {Name: yes}, "0": {Name: no}}[value].Name)
		}
	case "instant":
		return strings.Replace(value, "T", " ", 1)
	case "money":
		return quantity.Grouped(value)
	}
	return value
}

// measured is one value with its unit, where a page or a paper has room for it.
func (k desk) measured(ctx context.Context, f register.Field, b register.Body) string {
	text := k.said(in(ctx), f, b)
	if text == "" || f.Unit == "" || register.IsNothing(b[f.Code]) && f.Plain() {
		return text
	}
	return text + " " + unitOf(ctx, f)
}

// unitOf is what a field is measured in; English counts things without a word.
func unitOf(ctx context.Context, f register.Field) string {
	if f.UnitEN == "" {
		return part.T(ctx, say.Key(f.Unit))
	}
	return part.Name(ctx, f.Unit, f.UnitEN)
}

// HoursIn are the opening hours in the reader's language, with their unit.
func (f Facility) HoursIn(ctx context.Context) string {
	for _, code := range facilityHours {
		if field, known := f.k.d.Field(code); known && f.Hours != "" {
			text := f.k.measured(ctx, field, f.Value)
			if code == facilityHours[1] {
				text = part.T(ctx, "每周%s", text)
			}
			return text
		}
	}
	return ""
}

// words are the figure with its unit: over 4000, nearly 5000.
func (q Quote) words(ctx context.Context, m register.Measure) string {
	return part.Measured(ctx, q.Value, q.mark, m.Unit.ZH, m.Unit.EN).String()
}

// leftOut names them.
func (d measureData) leftOut(ctx context.Context, s Shown) string {
	var names []string
	for _, code := range s.Left[:min(len(s.Left), mostLeft)] {
		names = append(names, called(ctx, d.k.places.areaName(code)))
	}
	if len(s.Left) > mostLeft {
		names = append(names, "…")
	}
	return strings.Join(names, part.T(ctx, "、"))
}
