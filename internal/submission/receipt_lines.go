package submission

// The numbers on a receipt, a line for each row of the form, and how close the lines stand on its one sheet of paper.

import "strings"

// receiptLine is a row of the form with what stands in its cells.
type receiptLine struct {
	Row, Label string
	Values     []receiptValue
}

// receiptValue is a cell; Column is empty where the form has one only.
type receiptValue struct{ Column, Value string }

// lines puts the cells of a row together. A cell's label is the row's, a dot, and the column's (see Label).
func (c Content) lines() (all []receiptLine) {
	for _, cell := range c.Cells {
		label, column := cell.Label, ""
		if at := strings.LastIndex(label, "·"); at > 0 {
			label, column = label[:at], label[at+len("·"):]
		}
		if n := len(all); n > 0 && all[n-1].Row == cell.Row && all[n-1].Label == label {
			all[n-1].Values = append(all[n-1].Values, receiptValue{column, cell.Value})
			continue
		}
		all = append(all, receiptLine{cell.Row, label, []receiptValue{{column, cell.Value}}})
	}
	return all
}

// lineTiers say how the lines of a receipt stand on its one sheet, by how many there are and how many values stand in
// one: in so many columns, close to each other, small where they must be. The first that has room for all is taken;
// what is more than the last holds goes on to a second sheet.
var lineTiers = []struct {
	lines, values int
	class         string
}{{8, 4, ""}, {30, 9, "receipt-close receipt-1"}, {60, 4, "receipt-close"}, {120, 2, "receipt-close receipt-3"},
	{128, 6, "receipt-close receipt-small"}, {220, 2, "receipt-close receipt-4 receipt-small"},
	{300, 1, "receipt-close receipt-5 receipt-small"}, {0, 0, "receipt-close receipt-1 receipt-small"}}

// tier is the class of a receipt with these lines.
func tier(all []receiptLine) string {
	values := 0
	for _, l := range all {
		values = max(values, len(l.Values))
	}
	last := lineTiers[len(lineTiers)-1].class
	for _, t := range lineTiers {
		if len(all) <= t.lines && values <= t.values {
			return t.class
		}
	}
	return last
}
