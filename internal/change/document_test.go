package change_test

// The paper that announces an adjustment: before the day it names the members that there are after it, in their order.

import (
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/change"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/network"
	"yipanqi/internal/web/webtest"
)

// notice is what the paper says of an adjustment, as a text.
func (c *city) notice(s *webtest.Site, a change.Adjustment) string {
	c.t.Helper()
	body := s.Check(c.t, webtest.Scenario{As: "office", Path: a.URL() + "/notice"}).Body.Bytes()
	text, err := document.ReadText("notice.docx", body)
	c.must(err)
	return text
}

func TestTheNoticeOfAnAdjustment(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.site()
		empty := c.draft()
		s.Run(t, webtest.Scenario{As: "office", Path: empty.URL() + "/notice", Status: 404,
			Contains: []string{"还没有写调整哪些单位"}})
		a := c.draft(named, join, change.Line{Kind: "seat", From: []string{"STA"}, Seat: network.ViceUnit})
		c.newUnit(a, true)
		taken := merge
		taken.Shares = []change.Share{{Kind: "goal", Unit: "HCM"}, {Kind: "measure", Unit: "HCM"},
			{Kind: "indicator", Unit: "HCM"}}
		c.must(c.update(func(tx *db.Tx) error { _, err := change.AddLine(tx, c.office, a.ID, 0, taken); return err }))
		s.Run(t, webtest.Scenario{As: "leader", Path: a.URL() + "/notice", Status: 404})
		before := c.notice(s, a)
		for _, words := range []string{"根据演示〔2024〕3号", "市文化局更名为市文化和旅游局", "市医保局成为成员单位",
			"市卫生局、市计生局合并为市卫生健康局", "市统计局改为副主任单位", "自2024年3月31日起生效"} {
			if !strings.Contains(before, words) {
				t.Errorf("the notice lacks %s:\n%s", words, before)
			}
		}
		c.must(c.update(func(tx *db.Tx) error { _, _, err := change.Look(tx, c.office, a.ID, 0, holds()); return err }))
		c.must(c.update(func(tx *db.Tx) error { _, err := change.Approve(tx, c.chief, a.ID, 0, holds()); return err }))
		c.day(reform)
		c.jobs()
		c.state(a.ID, change.Applied)
		c.view(func(tx *db.Tx) error { c.members(tx, reform, "STA HCM CUL INS"); return nil })
		if was, is := seated(before), seated(c.notice(c.site(), a)); !slices.Equal(was, is) || len(was) != 4 {
			t.Errorf("it announced %q, and it came to %q", was, is)
		}
	})
}

// seated are the members that a notice lists, in its order.
func seated(text string) (names []string) {
	_, list, _ := strings.Cut(text, "调整后的成员单位")
	list, _, _ = strings.Cut(list, "生效")
	for _, line := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("\n\t ", r) }) {
		if strings.HasPrefix(line, "市") {
			names = append(names, line)
		}
	}
	return names
}
