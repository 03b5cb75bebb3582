package supervision_test

// Every text that supervision takes has a limit, every choice knows what there is, and every day and time is one that
// can be: whoever goes beyond is told at which field.

import (
	"net/url"
	"strings"
	"testing"

	"yipanqi/internal/web/webtest"
)

func TestEveryInputHasItsLimit(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.signing()
		g := c.formed("edu-head", "990104", "990105")
		c.On("2023-09-04")
		later := may(c, "office", c.plan(g, "990105", "2023-09-20", false))
		v := may(c, "office", c.plan(g, "990104", "2023-09-12", true))
		s.begun(v)
		f := s.found(v, "看到的（模拟）")
		s.finished(v)
		s.settled(v, f)
		second := may(c, "office", c.plan(g, "990105", "2023-09-12", true))
		site := c.site()
		group := url.Values{"title": {"另一组（模拟）"}, "areas": {"990101"}, "lacks": {"缺（模拟）"},
			"trained_on":        {"2023-08-30"},
			"members[1.person]": {c.People["hea-head"].ID},
			"members[1.kind]":   {"unit_leader"},
			"members[1.part]":   {"head"}, "members[2.name]": {"专家（模拟）"}, "members[2.kind]": {"expert"}}
		plan := url.Values{"group": {g.ID}, "area": {"990104"}, "on": {"2023-09-21"}, "half": {"day"},
			"methods": {"hear"}, "agenda": {"看"}}
		found := url.Values{"visit": {v.ID}, "kind": {"problem"}, "text": {"另一个（模拟）"},
			"clause": {"某条（模拟）"}, "weight": {"slight"}, "figure": {"台账（模拟）"}}
		site2 := url.Values{"place": {"某处（模拟）"}, "kind": {"school"}, "chosen": {"assigned"}}
		draw := url.Values{"list": {"甲\n乙"}, "n": {"1"}, "kind": {"school"}}
		note := url.Values{"own_id": {"0a0a0a0a-0000"}, "kind": {"note"}, "text": {"某事（模拟）"},
			"at": {"2023-09-12T08:30:00+08:00"}}
		version := url.Values{"version": {"1"}}
		long, word := strings.Repeat("长", 2001), strings.Repeat("长", 130)
		for _, of := range []struct {
			as, path string
			form     url.Values
			wrong    []string // field, value, and where the message stands if elsewhere
		}{
			{"office", "/supervision/groups", group, []string{
				"title", word, "lacks", long, "trained_on", "2999-01-01", "areas", "none",
				"about", "round/none"}},
			{"office", "/supervision/groups", group, []string{
				"members[2.name]>members", word, "members[2.from]>members", word,
				"members[2.kind]>members", "none", "members[2.part]>members", "none",
				"members[2.unit]>members", "none", "members[1.person]>members", "none"}},
			{"office", "/visits", plan, []string{
				"group", "none", "area", "none", "on", "9999-12-31", "on", "2001-01-01", "on", "someday",
				"half", "night", "methods", "none", "agenda", long}},
			{"office", "/visits/" + later.ID + "/notify", version, []string{
				"hasty", long}},
			{"office", "/visits/" + later.ID + "/cancel", version, []string{
				"reason", long}},
			{"edu", "/visits/" + later.ID + "/sites", site2, []string{
				"place", word, "kind", "none", "chosen", "drawn", "record", "none"}},
			{"edu", "/visits/" + later.ID + "/draws", draw, []string{
				"list", word + "\n" + word + "1", "kind", "none", "n", "9", "seed", word}},
			{"edu", "/visits/" + second.ID + "/notes", note, []string{
				"own_id", word, "kind", "none", "text", long, "place", word, "of", word, "item", "plan",
				"found", "partly", "at", "9999-01-01T00:00:00+08:00", "at", "2023-09-12T23:30:00+08:00",
				"at", "2023-09-11T10:00:00+08:00", "at", "soon"}},
			{"edu", "/findings", found, []string{
				"kind", "none", "text", long, "clause", long, "measure", long, "advice", long, "goal", word,
				"goal", "W/none", "indicator", "none", "lead", "none", "weight", "none",
				"cause_kind", "none", "figure", strings.Repeat("长", 181), "evidence", "visit_note/none"}},
			{"office", "/visits/" + v.ID + "/feedback", url.Values{}, []string{
				"plan_due", "9999-12-31", "plan_due", "2023-01-01", "plan_due", "soon"}},
		} {
			for n := 0; n < len(of.wrong); n += 2 {
				name, at, is := strings.Cut(of.wrong[n], ">")
				if !is {
					at = name
				}
				form := url.Values{name: {of.wrong[n+1]}}
				for key, values := range of.form {
					if key != name {
						form[key] = values
					}
				}
				site.Check(t, webtest.Scenario{As: of.as, Path: of.path, Form: form, JSON: true, Status: 422,
					Contains: []string{`"` + at + `":`}})
			}
		}
		for path, form := range map[string]url.Values{"/supervision/groups": group, "/visits": plan} {
			site.Check(t, webtest.Scenario{As: "office", Path: path, Form: form, JSON: true}) // all else was right
		}
		for path, form := range map[string]url.Values{"/findings": found, "/visits/" + second.ID + "/notes": note} {
			site.Check(t, webtest.Scenario{As: "edu", Path: path, Form: form, JSON: true})
		}
	})
}
