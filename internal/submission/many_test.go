package submission_test

// A leader reads several reports on one page, differences first, and signs those that were ticked with one phrase: each
// text for itself, and all of them or none.

import (
	"net/url"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/webtest"
)

func TestSeveralReportsAreSignedAtOnce(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := newSite(c)
		c.through(0, c.open(0, "2017").ID, cells("100", "100", "50", "50"))
		moved, same, other := c.open(0, "2018"), c.open(0, "2019"), c.open(1, "2018")
		c.must(c.save(c.first[0], moved.ID, cells("100", "101", "90", "50")))
		c.must(c.save(c.first[0], same.ID, cells("7", "7", "7", "7")))
		c.must(c.save(c.first[1], other.ID, cells("7", "7", "7", "7")))
		for _, id := range []string{moved.ID, same.ID} {
			c.must(c.prepare(c.first[0], id))
		}
		c.must(c.prepare(c.first[1], other.ID))
		digest := func(id string) string {
			all := view(c, func(tx *db.Tx) ([]submission.Version, error) { return submission.Versions(tx, id) })
			return all[len(all)-1].Digest
		}
		read := func(phrase string, ids ...string) url.Values {
			form := url.Values{"phrase": {phrase}}
			for _, id := range ids {
				form.Set("chosen["+id+"]", digest(id))
			}
			return form
		}
		const path = "/submissions/signing"
		s.Run(t, webtest.Scenario{As: "second", Path: path, Contains: []string{"比上期变动最大的格",
			"上期没有审核通过的数", digest(moved.ID), digest(same.ID), "已核对，签这份"},
			NotContains: []string{digest(other.ID), "checked"}},
			webtest.Scenario{As: "second", Path: path, JSON: true, Contains: []string{`"more":0`,
				`{"key":"2.M","label":"婚前医学检查人数·男","was":"50","is":"90"},{"key":"1.F"`}},
			webtest.Scenario{As: "first", Path: path, Contains: []string{"没有等您签字的报表"}},
			webtest.Scenario{As: "office", Path: path, Status: 403})
		stale := read(phrase, moved.ID)
		stale.Set("chosen["+same.ID+"]", strings.Repeat("0", 64))
		for says, form := range map[string]url.Values{
			"请勾选您已经核对过的报表":       read(phrase),
			"内容在您阅读之后有变化":        stale,
			"没有找到这份报表":           read(phrase, moved.ID, other.ID),
			"一次最多签20份":           manyIDs(phrase, 21),
			"《婚前医学检查情况》（东山区）：内容": stale,
		} {
			s.Run(t, webtest.Scenario{As: "second", Path: path, Form: form, JSON: true, Status: 422,
				Contains: []string{says}})
			for _, id := range []string{moved.ID, same.ID, other.ID} {
				if state := c.get(id).State; state != submission.Prepared {
					t.Fatalf("after %q a report is %s; all or none were to be signed", says, state)
				}
			}
		}
		s.Run(t, webtest.Scenario{As: "second", Path: path, Form: manyIDs(phrase, 20), JSON: true, Status: 422,
			Contains: []string{"没有找到这项内容"}, NotContains: []string{"一次最多"}},
			webtest.Scenario{As: "second", Path: path, Form: read(phrase, moved.ID, same.ID), JSON: true,
				Contains: []string{moved.ID, same.ID}},
			webtest.Scenario{As: "second", Path: path, Contains: []string{"没有等您签字的报表"}})
		for _, id := range []string{moved.ID, same.ID} {
			if state := c.get(id).State; state != submission.Signed {
				t.Errorf("a report that was ticked is %s", state)
			}
			c.must(c.do(c.office, id, c.accept))
		}
		if state := c.get(other.ID).State; state != submission.Prepared {
			t.Errorf("a report of another unit is %s", state)
		}
	})
}

func manyIDs(phrase string, n int) url.Values {
	form := url.Values{"phrase": {phrase}}
	for range n {
		form.Set("chosen["+strings.Repeat("x", len(form))+"]", "d")
	}
	return form
}
