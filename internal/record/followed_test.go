package record_test

// A finding becomes a matter with one click, linked both ways and never twice: handed out by the office, or laid on its
// desk by whoever inspected.

import (
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/matter"
	"yipanqi/internal/record"
	"yipanqi/internal/web/webtest"
)

func (c *town) follow(who, id, place string) (matter.Matter, error) {
	return do(c, func(tx *db.Tx) (matter.Matter, error) { return record.Follow(tx, c.people[who], id, place) })
}

func TestAFindingBecomesAMatterOnce(t *testing.T) {
	eachTown(t, func(c *town) {
		r := c.numbered("obstetric_inspection", "OBI-1")
		if len(r.Body.Chosen("findings")) == 0 {
			t.Fatalf("the record has no findings: %v", r.Body)
		}
		place := r.Body.Chosen("findings")[0]
		text := r.Body["findings:"+place+":finding_text"]
		_, err := c.follow("west", r.ID, place)
		c.refused(errs.Missing, err, "who does not see the record has it followed up")
		_, err = c.follow("office", r.ID, place)
		c.refused(errs.Missing, err, "the office, which does not see restricted records, has it followed up")
		_, err = c.follow("health-team", r.ID, "99")
		c.refused(errs.Missing, err, "a finding that is none is followed up")
		m, err := c.follow("health-team", r.ID, place)
		if err != nil || m.State != matter.InDraft || !strings.HasSuffix(m.Problem, text) ||
			m.Sources[0].Ref != r.Object() {
			t.Fatalf("who inspected asks: %+v, %v %v", m, err, errs.FieldsOf(err))
		}
		_, err = c.follow("health-team", r.ID, place)
		c.refused(errs.Conflict, err, "a finding becomes a matter twice")
		s := newSite(c)
		s.Check(t, webtest.Scenario{As: "health-team", Path: r.URL(), Contains: []string{"已报请，等妇儿工委办交办"}})
		c.verified(0)
	})
}

func TestTheOfficeHandsAFindingOut(t *testing.T) {
	eachTown(t, func(c *town) {
		r, err := c.create("east", "child_home", home("有缺项的家", "standard_check:H4", "defect",
			"standard_check:H4:note", "没有急救箱"))
		if err != nil {
			t.Fatal(err)
		}
		s := newSite(c)
		s.Check(t, webtest.Scenario{As: "office", Path: r.URL(), Contains: []string{"转为督办事项"}})
		m, err := c.follow("office", r.ID, "H4")
		if err != nil || m.State != matter.Raised || m.Number == "" {
			t.Fatalf("the office raises it: %+v, %v %v", m, err, errs.FieldsOf(err))
		}
		s.Check(t, webtest.Scenario{As: "office", Path: r.URL(), JSON: true, Contains: []string{`"matter":"` + m.ID}})
		if m.Lead != r.Unit || m.Sources[0].Ref != r.Object() || !strings.Contains(m.Items[0].Text, "没有急救箱") {
			t.Errorf("it goes to %s: %+v", m.Lead, m.Items)
		}
		c.verified(0)
	})
}
