package record

// A register's records as one table, the same out and in: a column for each key of a field, but one for all that are
// chosen of many, and one for all rows of a table in the record.

import (
	"context"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
)

// head is one column of the table.
type head struct {
	key  string // in the body; of the row for a register's own
	name say.Name
	f    register.Field
	part string // of the field, under its code
}

// ownHeads are the columns that every record has.
var ownHeads = []head{{key: "number", name: say.Name{ZH: "记录编号", EN: "Number"}},
	{key: "unit", name: say.Name{ZH: "填报单位", EN: "Unit"}},
	{key: "area", name: say.Name{ZH: "所属区域", EN: "Area"}},
	{key: "state", name: say.Name{ZH: "环节", EN: "Stage"}}}

func joined(a, b say.Name) say.Name {
	return say.Name{ZH: a.ZH + "·" + b.ZH, EN: a.EN + " · " + b.EN}
}

var (
	longitude = say.Name{ZH: "经度", EN: "Longitude"}
	latitude  = say.Name{ZH: "纬度", EN: "Latitude"}
	situation = say.Name{ZH: "情况说明", EN: "Note"}
)

// heads are the columns of a register's table.
func (k desk) heads() []head {
	all := append([]head{}, ownHeads...)
	for _, f := range k.d.Fields {
		add := func(name say.Name, part ...string) {
			all = append(all, head{register.Key(append([]string{f.Code}, part...)...), name, f,
				strings.Join(part, ":")})
		}
		switch {
		case f.Type == "files":
		case f.Type == "point":
			add(joined(f.Name, longitude), "lon")
			add(joined(f.Name, latitude), "lat")
		case f.Type == "sexed" && f.By == "":
			add(joined(f.Name, men), "1")
			add(joined(f.Name, women), "2")
		case f.Type == "sexed":
			for _, o := range k.w.List(f.By) {
				add(joined(joined(f.Name, o.Name), men), o.Code, "1")
				add(joined(joined(f.Name, o.Name), women), o.Code, "2")
			}
		case f.Type == "checklist":
			for _, o := range k.w.List(f.Of) {
				add(joined(f.Name, o.Name), o.Code)
				add(joined(joined(f.Name, o.Name), situation), o.Code, "note")
			}
		default:
			add(f.Name)
		}
	}
	return append(all, head{key: register.Remark.Code, name: register.Remark.Name})
}

// text is a record's value in a column.
func (k desk) text(ctx context.Context, h head, r Record) string {
	switch h.key {
	case "number":
		return r.Number
	case "unit":
		return called(ctx, k.places.unitName(r.Unit))
	case "area":
		return called(ctx, k.places.areaName(r.Area))
	case "state":
		return called(ctx, k.d.State(r.State).Name)
	case "remark":
		return r.Body["remark"]
	}
	value := r.Body[h.key]
	switch {
	case h.f.Type == "checklist" && !strings.HasSuffix(h.part, "note") && value != "":
		return called(ctx, name(register.Answers, value))
	case h.part != "":
		return value
	case h.f.Type == "money":
		return value // as a number, without marks between thousands
	case h.f.Type == "goals":
		return strings.Join(r.Body.Chosen(h.f.Code), "、") // their words have commas
	}
	return k.said(in(ctx), h.f, r.Body)
}

// headOf finds the column of a head as written: its key, or its name in either language.
func headOf(all []head, written string) (head, bool) {
	for _, h := range all {
		if written == h.key || written == h.name.ZH || strings.EqualFold(written, h.name.EN) {
			return h, true
		}
	}
	return head{}, false
}

// given are a row's cells as the keys of a body; what it says of the record itself stands apart.
func (k desk) given(all []head, cells map[string]string) (own, given map[string]string, wrong errs.Fields) {
	own, given, wrong = map[string]string{}, map[string]string{}, errs.Fields{}
	for written, text := range cells {
		h, known := headOf(all, written)
		switch {
		case written == "" || text == "" && !known:
		case !known:
			wrong.Say(written, "这项登记没有“%s”这一列。", written)
		case h.f.Code == "" && h.key != "remark":
			own[h.key] = text
		case h.f.Type == "calc":
		case h.f.Type == "rows":
			k.rowsOf(h.f, text, given, written, wrong)
		case h.f.Type == "checklist" && !strings.HasSuffix(h.part, "note"):
			given[h.key] = answerOf(text)
		default:
			given[h.key] = text
		}
	}
	return own, given, wrong
}

// rowsOf reads a table in one cell: a line for each row, a bar between columns.
func (k desk) rowsOf(f register.Field, text string, given map[string]string, written string, wrong errs.Fields) {
	for i, line := range strings.Split(text, "\n") {
		if line == "" {
			continue
		}
		cells := strings.Split(strings.ReplaceAll(line, "|", "｜"), "｜")
		if len(cells) != len(f.Columns) {
			wrong.Say(written, "第%d行要有%d栏，用“｜”隔开。", i+1, len(f.Columns))
			return
		}
		for c, column := range f.Columns {
			given[register.Key(f.Code, strconv.Itoa(i), column.Code)] = strings.TrimSpace(cells[c])
		}
	}
}

func answerOf(text string) string {
	for _, o := range register.Answers {
		if text == o.Name.ZH || text == o.Name.EN {
			return o.Code
		}
	}
	return text
}
