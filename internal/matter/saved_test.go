package matter_test

// The list of matters is saved as it is shown: whole, cut by the same filters and to what the reader may see.

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"yipanqi/internal/matter"
	"yipanqi/internal/web/webtest"
)

func TestTheListOfMattersIsSaved(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		c.many(600) // 60 matters: more than a page
		two := proposal()
		two.Title = "给两个单位的事"
		two.Items = append(two.Items, matter.Asked{Unit: "HEA", Text: "另一项", Due: "2024-06-28"})
		m := c.raised(two)
		s := newSite(c)
		saved := func(who, path string) [][]string {
			t.Helper()
			text := s.Check(t, webtest.Scenario{As: who, Path: path}).Body.String()
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
			c.Must(err)
			return rows
		}
		all := saved("office", "/matters?format=csv")
		ids := c.seenAt(s, "office", "/matters", "matters")
		if len(all) < 62 || len(ids) != 50 {
			t.Errorf("%d lines are saved of a list whose first page has %d", len(all), len(ids))
		}
		if got := strings.Join(all[0], "|"); !strings.HasPrefix(got, "编号|事项|来源|牵头单位|状态") {
			t.Errorf("the heads are %s", got)
		}
		line := ""
		for _, row := range all {
			if strings.Contains(strings.Join(row, "|"), two.Title) {
				line = strings.Join(row, "|")
			}
		}
		if !strings.Contains(line, m.Number) || !strings.Contains(line, "/matters/"+m.ID) ||
			!strings.Contains(line, "0/2") {
			t.Errorf("the matter is saved as %q", line)
		}
		var own struct{ Total int }
		c.Must(json.Unmarshal(s.Check(t, webtest.Scenario{As: "hea", Path: "/matters", JSON: true}).Body.Bytes(), &own))
		if got := len(saved("hea", "/matters?format=csv")) - 1; got != own.Total || got == 0 || got >= len(all)-1 {
			t.Errorf("a unit that sees %d matters saves %d", own.Total, got)
		}
		if none := saved("office", "/matters?state=merged&format=csv"); len(none) != 1 {
			t.Errorf("a filter that nothing passes saves %d lines", len(none)-1)
		}
		book := s.Check(t, webtest.Scenario{As: "office", Path: "/matters?format=xlsx"}).Body.String()
		if !strings.HasPrefix(book, "PK") {
			t.Error("the workbook is none")
		}
	})
}
