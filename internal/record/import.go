package record

// Many records at once from one table: all of it or nothing, or what is right as drafts, with every mistake by row and
// column. What is imported is a draft like any other; nobody has confirmed it.

import (
	"fmt"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/table"
)

// Imported is what came of a table.
type Imported struct {
	Made     int            `json:"made"`
	Changed  int            `json:"changed"`
	Refused  int            `json:"refused"` // rows
	Problems table.Problems `json:"problems"`
}

const maxImport = 200_000

// ImportRows makes a record of every row, or changes the one of the row's number. With some, rows that are wrong are
// left out; else one wrong row refuses all, and the problems are its reason.
func ImportRows(tx *db.Tx, by auth.User, code string, rows []table.Record, some bool) (out Imported, err error) {
	if err := by.Check(VerbImport); err != nil {
		return out, err
	}
	d, err := ByCode(tx, code)
	if err != nil {
		return out, err
	}
	k, err := deskOf(tx, by, d, "")
	if err != nil {
		return out, err
	}
	if len(rows) > maxImport {
		return out, errs.Invalidf("一次最多导入%d行。请分几次导入。", maxImport)
	}
	heads := k.heads()
	k.news = &news{last: map[string]int64{}}
	for _, row := range rows {
		changed, err := k.importRow(tx, by, heads, row)
		if fields := errs.FieldsOf(err); err != nil && errs.KindOf(err) != errs.Internal {
			out.Refused++
			out.note(row, heads, err, fields)
			continue
		}
		if err != nil {
			return out, err
		}
		if changed {
			out.Changed++
		} else {
			out.Made++
		}
	}
	if out.Refused > 0 && !some {
		return out, out.refusal()
	}
	return out, k.news.done(tx, k.d)
}

// refusal names every mistake by its row and column.
func (out Imported) refusal() error {
	wrong := errs.Fields{}
	for _, p := range out.Problems {
		wrong[fmt.Sprintf("%05d %s", p.Line, p.Column)] = p.Reason
	}
	return wrong.Check("没有导入：请改正标出的地方，全部改好后再导入；也可以选择先把没有错的存为草稿。")
}

const maxNoted = 200

// note adds what is wrong with a row, by the heads that its author wrote.
func (out *Imported) note(row table.Record, heads []head, err error, fields errs.Fields) {
	add := func(p table.Problem) {
		if len(out.Problems) < maxNoted {
			out.Problems = append(out.Problems, p)
		}
	}
	if len(fields) == 0 {
		words := errs.WordsOf(err)
		add(row.Problem("", words.Key, words.Args...))
	}
	for name, words := range fields.First() {
		key := strings.TrimSuffix(strings.TrimPrefix(name, "value["), "]")
		column := key
		for _, h := range heads {
			if h.key == key || h.f.Code != "" && h.f.Code == key {
				column = h.name.ZH
				break
			}
		}
		add(row.Problem(column, words.Key, words.Args...))
	}
}

// importRow makes or changes the record of one row.
func (k desk) importRow(tx *db.Tx, by auth.User, heads []head, row table.Record) (changed bool, err error) {
	own, given, wrong := k.given(heads, row.Values)
	if err := wrong.Check("没有保存：请先改正标出的地方。"); err != nil {
		return false, err
	}
	if number := own["number"]; number != "" {
		if err := k.news.write(tx, k.d); err != nil { // it may be of this file
			return false, err
		}
		r, err := byNumber(tx, k.d.Code, number)
		if err == nil {
			_, err = Read(tx, by, r.ID)
		}
		if err != nil {
			return false, errs.Fields{"number": {Key: "没有这个编号的记录。新记录请把编号留空。"}}.Check("没有这个编号的记录。")
		}
		_, err = Save(tx, by, r.ID, r.Edits, nil, given)
		return true, err
	}
	unit := ""
	if own["unit"] != "" {
		code, ok := k.places.unitCalled(own["unit"], tx.Today())
		if !ok {
			return false, errs.Fields{"unit": {Key: "没有找到这个单位。请填单位名称或代码。"}}.
				Check("没有找到这个单位。")
		}
		unit = code
	}
	_, err = k.create(tx, by, Draft{Unit: unit, Area: own["area"], Given: given, Origin: FromFile})
	return false, err
}
