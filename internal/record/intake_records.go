package record

// Records that come with a folder to import: what was kept before this program, each in the stage it was in. Nobody
// confirmed them here, which their origin says; what is missing in them stays missing.

import (
	"path"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/intake"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/register"
)

const recordFiles = "records/*.csv"

func recordsFile() intake.File {
	return intake.File{Path: recordFiles, Title: "业务登记的记录", Free: true, Last: true,
		Key: "number", Code: "number",
		Columns: "number*=记录编号 unit*=填报单位 area=所属区域 state*=环节 quoted=引自公开来源",
		Help:    "文件名是登记的代码；其余的列与登记的导出表相同。带进来的记录没有经过本系统两人确认",
		After:   []string{partsFile, network.UnitCodes.File, network.AreaCodes.File}, Row: takeRecord, Done: linked}
}

type shopKey struct{}

func takeRecord(r *intake.Run, w *intake.Row) (bool, error) {
	code := strings.TrimSuffix(path.Base(w.File), ".csv")
	var failed error
	k := intake.Keep(r, shopKey{}, func(tx *db.Tx) (desk, error) {
		d, err := ByCode(tx, code)
		if err != nil {
			failed = err
			return desk{}, nil
		}
		k, err := deskOf(tx, journal.System, d, "")
		k.w.Record = func(_, text string) (string, bool) { return text, true } // linked looks when all are there
		return k, err
	})
	if failed != nil || k.d.Code == "" {
		w.Fail("", "没有业务登记“%s”。文件名要是登记的代码；随附的登记先用 yipanqi register put 装入。", code)
		return false, nil
	}
	rec, err := k.brought(r.Tx, w)
	if err != nil || w.Bad() {
		if err != nil && !w.Refuse(err) {
			return false, err
		}
		return false, nil
	}
	return k.bring(r.Tx, rec)
}

// brought is the record that a row says, of which everything is in order but what is missing.
func (k desk) brought(tx *db.Tx, w *intake.Row) (rec Record, err error) {
	rec = Record{ID: db.NewID(), Register: k.d.Code, Version: k.d.Version, Number: w.Text("number"), Since: tx.Now,
		Origin: FromFile, CreatedAt: tx.Now, Body: register.Body{}, Counted: register.Body{}}
	unit, known := k.places.units[w.Text("unit")]
	if !known {
		code, ok := k.places.unitCalled(w.Text("unit"), tx.Today())
		if unit = k.places.units[code]; !ok {
			w.Fail("unit", "没有找到这个单位。请填单位名称或代码。")
			return rec, nil
		}
	}
	if text := w.Text("quoted"); text != "" { // where it stands, word for word or with its address
		rec.Body[sourceKey] = text
	}
	rec.Unit = unit.Code
	area := k.places.area(unit.AreaID)
	if text := w.Text("area"); text != "" {
		code, ok := k.places.areaCalled(text, "", "", tx.Today())
		if area = k.places.areas[code]; !ok {
			w.Fail("area", "没有找到区域“%s”，或者层级不对。请从列表里选，或填区域代码。", text)
		}
	}
	rec.Area, rec.AreaPath = area.Code, area.Path
	for _, s := range k.d.States {
		if text := w.Text("state"); text == s.Code || text == s.Name.ZH || text == s.Name.EN {
			rec.State = s.Code
		}
	}
	if rec.State == "" {
		w.Fail("state", "没有“%s”这个状态。", w.Text("state"))
	}
	cells := map[string]string{}
	for written := range w.Further() {
		cells[written] = w.Values[written]
	}
	_, given, wrong := k.given(k.heads(), cells)
	for column, words := range wrong {
		w.Fail(column, words.Key, words.Args...)
	}
	body, wrong := k.d.Read(rec.Body, given, func(register.Field) bool { return true }, k.w)
	for column, words := range wrong {
		w.Fail(column, words.Key, words.Args...)
	}
	if w.Bad() {
		return rec, nil
	}
	k.finish(&rec, body)
	if other, err := alike(tx, k.d, rec); err != nil || other != "" && other != rec.Number {
		if other != "" {
			w.Fail(k.d.Unique[0], "记录%s已经登记过同样的内容。请改那一条，或作废本条。", other)
		}
		return rec, err
	}
	for _, said := range k.d.Judge(rec.Body, rec.asked(k.places), k.w) {
		if said.Hard {
			w.Fail("", "%s", said.Message)
		}
	}
	return rec, nil
}

// bring puts the record, if it is not there as it is and nobody has worked on it here.
func (k desk) bring(tx *db.Tx, rec Record) (bool, error) {
	before, err := byNumber(tx, k.d.Code, rec.Number)
	was := held.Row(nil)
	switch {
	case errs.KindOf(err) == errs.Missing:
		before = Record{}
	case err != nil:
		return false, err
	case before.State == rec.State && text(before.Body) == text(rec.Body) && before.Unit == rec.Unit &&
		before.Area == rec.Area:
		return false, nil
	default:
		if worked, err := workedOn(tx, before); err != nil || worked {
			return false, err
		}
		was = before.row()
		rec.ID, rec.Edits, rec.CreatedAt, rec.CreatedBy = before.ID, before.Edits, before.CreatedAt, before.CreatedBy
	}
	for _, s := range k.d.Stages { // what it waits for is due as if it had just come there; what is quoted waits not
		if s.To == rec.State && rec.Body[sourceKey] == "" {
			if err := k.due(tx, &rec, s); err != nil {
				return false, err
			}
			break
		}
	}
	if k.d.State(rec.State).Counts != register.Uncounted {
		rec.Counted, rec.Counts = rec.Body, true
	}
	rec.UpdatedBy, rec.UpdatedAt = journal.System.Name, tx.Now
	if was == nil {
		rec.Edits = 1
		err = insert(tx, rec)
	} else {
		err = update(tx, &rec)
	}
	if err != nil {
		return false, err
	}
	if err := findable(tx, k.d, rec); err != nil {
		return false, err
	}
	return true, held.Log(tx, journal.System, VerbImport, rec.Object(), was, rec.row(),
		map[string]string{"to": rec.State})
}

// workedOn says whether anything but an import happened to a record: what people did since a file does not undo.
func workedOn(tx *db.Tx, r Record) (bool, error) {
	entries, err := journal.Of(tx, r.Object())
	return slices.ContainsFunc(entries, func(e journal.Entry) bool { return e.Verb != VerbImport }), err
}

// linked refuses imported records that lead to records that are not there.
func linked(r *intake.Run) error {
	all, err := Registers(r.Tx)
	if err != nil {
		return err
	}
	for _, d := range all {
		for _, f := range d.Fields {
			if f.Type != "link" && f.Type != "links" {
				continue
			}
			if err := lost(r.Tx, d, f); err != nil {
				return err
			}
		}
	}
	return nil
}

func lost(tx *db.Tx, d register.Definition, f register.Field) error {
	if _, err := ByCode(tx, f.Of); errs.KindOf(err) == errs.Missing {
		return nil // of another module
	}
	known, err := numbers(tx, f.Of)
	if err != nil {
		return err
	}
	return each(tx, d.Code, "", func(r Record) error {
		codes := r.Body.Chosen(f.Code)
		if f.Type == "link" && !register.IsNothing(r.Body[f.Code]) {
			codes = []string{r.Body[f.Code]}
		}
		for _, number := range codes {
			if !known[number] {
				return errs.Invalidf("“%s”的记录%s：“%s”写的“%s”没有这条记录。", d.Name, r.Number, f.Name, number)
			}
		}
		return nil
	})
}
