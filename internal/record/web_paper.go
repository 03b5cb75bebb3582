package record

// Printed forms as files to save and print.

import (
	"maps"
	"strconv"

	"yipanqi/internal/errs"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func itoa(n int) string { return strconv.Itoa(n) }

type printInput struct {
	Code string `json:"code"`
	ID   string `json:"id"`
	Form string `json:"form"`
}

func printOne(r *web.Request, in printInput) (f web.File, err error) {
	rec, k, err := recordInput{in.Code, in.ID}.read(r)
	if err != nil {
		return f, err
	}
	k.veil(r.User, &rec)
	if err := k.know(r.Tx, r.User, rec); err != nil {
		return f, err
	}
	d := printing{k, part.With(r.Context, part.Env{Lang: "zh"})}
	p, err := d.form(in.Form, true)
	if err != nil {
		return f, err
	}
	return web.Word(r, p.Name.ZH+" "+rec.Number, d.one(p, rec))
}

// printMany prints the list or the book of all records that the reader sees and that count, as the form's condition
// says.
func printMany(r *web.Request, in struct {
	Code string `json:"code"`
	Form string `json:"form"`
}) (f web.File, err error) {
	k, err := definitionOf(r, in.Code)
	if err != nil {
		return f, err
	}
	k.linked = map[string]Record{} // all copies of the desk fill it
	d := printing{k, part.With(r.Context, part.Env{Lang: "zh"})}
	p, err := d.form(in.Form, false)
	if err != nil {
		return f, err
	}
	var rows []Record
	err = k.source(r.User, nil).Each(r.Tx, k.first(), func(rec Record) error {
		if !rec.Counts {
			return nil
		}
		rec.Body = maps.Clone(rec.Counted)
		k.veil(r.User, &rec)
		if !p.Where.IsZero() && !p.Where.Eval(k.d.Scope(rec.Body, rec.asked(k.places), k.w)).True() {
			return nil
		}
		if len(rows) == mostPrinted {
			return errs.Conflictf("超过%d条，一张表印不下。请改用Excel导出。", mostPrinted)
		}
		rows = append(rows, rec)
		return nil
	})
	if err != nil {
		return f, err
	}
	for _, rec := range rows {
		if err := k.know(r.Tx, r.User, rec); err != nil {
			return f, err
		}
	}
	return web.Word(r, p.Name.ZH, d.many(p, rows))
}
