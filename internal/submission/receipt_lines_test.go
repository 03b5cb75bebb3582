package submission

// A receipt has one line for each row of its form, and stands on one sheet by how many there are. How large a sheet
// then is, a browser measures (e2e/scenarios/journey.mjs).

import (
	"strconv"
	"testing"
)

func TestAReceiptHasALineForEachRow(t *testing.T) {
	t.Parallel()
	c := Content{Cells: []ContentCell{{Row: "1", Label: "登记人数·男", Value: "3"},
		{Row: "1", Label: "登记人数·女", Value: "4"}, {Row: "1", Label: "登记人数", Value: "7"},
		{Row: "2", Label: "次数", Value: "9"}}}
	all := c.lines()
	if len(all) != 2 || all[0].Label != "登记人数" || len(all[0].Values) != 3 ||
		all[0].Values[1] != (receiptValue{"女", "4"}) || all[0].Values[2] != (receiptValue{"", "7"}) ||
		all[1].Values[0].Value != "9" {
		t.Errorf("the lines are %+v", all)
	}
	for _, shape := range []struct {
		lines, values int
		class         string
	}{{8, 2, ""}, {14, 2, "receipt-close receipt-1"}, {50, 6, "receipt-close receipt-small"},
		{100, 3, "receipt-close receipt-small"}, {150, 2, "receipt-close receipt-4 receipt-small"},
		{300, 1, "receipt-close receipt-5 receipt-small"}, {20, 15, "receipt-close receipt-1 receipt-small"},
		{400, 1, "receipt-close receipt-1 receipt-small"}} {
		some := make([]receiptLine, shape.lines)
		for i := range some {
			some[i] = receiptLine{Row: strconv.Itoa(i), Values: make([]receiptValue, shape.values)}
		}
		if got := tier(some); got != shape.class {
			t.Errorf("%d lines of %d stand as %q, want %q", shape.lines, shape.values, got, shape.class)
		}
	}
}
