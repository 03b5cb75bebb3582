package form

// Cells as typed turned into exact values, with a message for each that cannot be read.

import (
	"yipanqi/internal/errs"
	"yipanqi/internal/quantity"
)

// Cell is a cell as read. Value is in the element's smallest unit, 0 unless the mark has a value.
type Cell struct {
	Value int64
	Mark  quantity.Mark
}

// Values are the cells of one filled form by key. A cell that nobody filled is not in it.
type Values map[string]Cell

// Read turns cells as typed, by key, into values. Every cell that cannot be read has a message at "cells[KEY]"; empty
// cells are left out, they are for Check to name.
func (f Form) Read(entries map[string]string) (Values, errs.Fields) {
	cells := f.Cells()
	values, fields := make(Values, len(entries)), errs.Fields{}
	known := make(map[string]bool, len(cells))
	for i := range cells {
		spec := &cells[i]
		known[spec.Key] = true
		value, mark, err := quantity.ParseCell(entries[spec.Key], spec.Row.Of.Decimals)
		if err == nil && value < 0 && !spec.Row.Negative {
			err = errs.Invalidf("不能是负数")
		}
		switch {
		case err != nil:
			fields[field(spec.Key)] = errs.WordsOf(err)
		case mark != quantity.Empty:
			values[spec.Key] = Cell{value, mark}
		}
	}
	for key, text := range entries {
		if !known[key] && text != "" {
			fields.Say(field(key), "本表没有这一格（%s）。粘贴的内容可能太宽或太长。", key)
		}
	}
	return values, fields
}

func field(key string) string { return "cells[" + key + "]" }

// Missing are the cells that nobody filled.
func (f Form) Missing(values Values) []CellSpec {
	var missing []CellSpec
	for _, spec := range f.Cells() {
		if _, filled := values[spec.Key]; !filled {
			missing = append(missing, spec)
		}
	}
	return missing
}

// Total is the sum of a row over its columns, see Adding: exact where every cell is filled, and not confidential. It is
// what a form that derives it shows as 合计.
func (f Form) Total(values Values, row Row) (total int64, ok bool) {
	for _, column := range f.Adding() {
		cell, filled := values[Key(row, column)]
		switch {
		case filled && cell.Mark == quantity.Exact:
			total += cell.Value
			ok = true
		case !filled || cell.Mark != quantity.NotApplicable:
			return 0, false
		}
	}
	return total, ok
}
