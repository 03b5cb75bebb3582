package opinion_test

// A remark from its draft over reply and dissent to silence, on words that move with the text; every edit of its rows
// is found. The city is made in city_test.go.

import (
	"context"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/opinion"
	"yipanqi/internal/web/webtest"
)

const scheme = "实施方案（征求意见稿）\n第一条 年底前建成六十间母婴室。\n\n第二条 经费由市级承担。\n第三条 各区每季度报告进展。"

func (c *city) open() opinion.Text {
	return done(c, func(tx *db.Tx) (opinion.Text, error) {
		return opinion.LayOpen(tx, c.People["office"], opinion.Text{Title: "母婴室建设方案", About: "meeting/1",
			DueOn: "2024-03-15", Readers: []string{"a", "b"}}, scheme)
	})
}

func (c *city) remark(t opinion.Text, as, paragraph, quote, weight string, file bool) (opinion.Opinion, error) {
	return do(c, func(tx *db.Tx) (opinion.Opinion, error) {
		return opinion.Write(tx, c.People[as], opinion.Opinion{TextID: t.ID, Weight: weight, Kind: "content",
			Anchor: opinion.Anchor{Paragraph: paragraph, Quote: quote}, Reason: "理由", Suggestion: "改法",
			ShownAs: "role"}, file)
	})
}

func (c *city) reply(o opinion.Opinion, as, verdict, reason, changed string) (opinion.Opinion, error) {
	return do(c, func(tx *db.Tx) (opinion.Opinion, error) {
		return opinion.Reply(tx, c.People[as], o.ID, o.Version, verdict, reason, changed)
	})
}

func (c *city) count(t opinion.Text) opinion.Adoption {
	return opinion.Count(done(c, func(tx *db.Tx) ([]opinion.Opinion, error) { return opinion.On(tx, t.ID) }))
}

func TestARemarkFromDraftToDissent(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		text := c.open()
		_, err := c.remark(text, "c", "p2", "", opinion.Must, true)
		c.Refused(errs.Missing, err, "a unit remarks that the text is not laid open to")
		_, err = c.remark(text, "a", "p9", "", opinion.Must, true)
		c.Refused(errs.Conflict, err, "a remark on a paragraph that there is not")
		_, err = c.remark(text, "a", "p2", "七十间", opinion.Must, true)
		c.Refused(errs.Invalid, err, "a remark on words that do not stand there")
		must, err := c.remark(text, "a", "p2", "六十间", opinion.Must, true)
		c.Must(err)
		if must.Clause != "第一条" || must.State != opinion.Filed || must.Unit != "a" {
			t.Errorf("the remark is on %q, %s, of %s", must.Clause, must.State, must.Unit)
		}
		draft, err := c.remark(text, "b", "p3", "", opinion.Advise, false)
		c.Must(err)
		if c.count(text).Filed != 1 {
			t.Error("a draft counts")
		}
		_, err = c.reply(draft, "office", opinion.Adopted, "", "改")
		c.Refused(errs.Missing, err, "the office replies to somebody's draft")
		for _, wrong := range []opinion.Opinion{{ID: draft.ID, Version: draft.Version + 9}, {Version: 3}} {
			_, err = do(c, func(tx *db.Tx) (opinion.Opinion, error) {
				one := draft
				one.ID, one.Version = wrong.ID, wrong.Version
				return opinion.Write(tx, c.People["b"], one, false)
			})
			c.Refused(errs.Invalid, err, "a draft beyond the last that there is")
		}
		draft.Reason = "改过的理由"
		advise := done(c, func(tx *db.Tx) (opinion.Opinion, error) {
			return opinion.Write(tx, c.People["b"], draft, true)
		})
		blocks := func() int {
			return len(done(c, func(tx *db.Tx) ([]opinion.Opinion, error) {
				return opinion.Blocking(tx, "meeting/1", "CO")
			}))
		}
		if blocks() != 1 {
			t.Error("a must without a reply does not stop the issue")
		}

		_, err = c.reply(must, "a", opinion.Adopted, "", "改")
		c.Refused(errs.Denied, err, "its author replies")
		_, err = c.reply(must, "office", opinion.Adopted, "", "")
		c.Refused(errs.Invalid, err, "adopted without the words as they stand now")
		_, err = c.reply(must, "office", opinion.NotAdopted, "", "")
		c.Refused(errs.Invalid, err, "not adopted without a reason")
		_, err = c.reply(must, "office", opinion.Partly, "", "五十间")
		c.Refused(errs.Invalid, err, "partly adopted without a reason")
		must, err = c.reply(must, "office", opinion.NotAdopted, "已有预算", "")
		c.Must(err)
		if blocks() != 0 {
			t.Error("a must that was replied to stops the issue")
		}
		_, err = do(c, func(tx *db.Tx) (opinion.Opinion, error) {
			return opinion.Stance(tx, c.People["b"], must.ID, must.Version, true)
		})
		c.Refused(errs.Denied, err, "another keeps the dissent")
		must = done(c, func(tx *db.Tx) (opinion.Opinion, error) {
			return opinion.Stance(tx, c.People["a"], must.ID, must.Version, true)
		})
		_, err = c.reply(advise, "reviewer", opinion.Partly, "只改一处", "经费由市、区分担。")
		c.Must(err)
		lapse := func() int { return done(c, opinion.Lapse) }
		c.Pass(7) // Monday 11: the fifth working day after Monday 4
		if lapse() != 0 {
			t.Error("the author's silence counts before the limit is over")
		}
		c.Pass(1)
		if lapse() != 1 || lapse() != 0 {
			t.Error("the author's silence does not count once")
		}
		a := c.count(text)
		if a != (opinion.Adoption{Filed: 2, Replied: 2, Partly: 1, NotAdopted: 1, Kept: 1, Silent: 1}) ||
			a.Taken() != 1 {
			t.Errorf("the count is %+v", a)
		}
		if n, said := c.verified(); n > 0 {
			t.Errorf("honest remarks have findings:\n%s", said)
		}
		for table, edits := range map[string][]string{
			"opinions": {"weight = 'note'", "verdict = 'adopted'", "reply = 'x'", "changed_text = 'x'", "quote = 'x'",
				"state = 'settled'", "person = 'x'", "silent = true", "paragraph = 'p1'", "shown_as = 'name'"},
			"opinion_texts":    {"about = 'x'", "due_on = '2030-01-01'", "state = 'closed'", "title = 'x'"},
			"opinion_versions": {"paragraphs = '[]'", "reason = 'x'", "person = 'x'"},
			"opinion_readers":  {"unit = 'c' WHERE unit = 'a'"},
		} {
			for _, edit := range edits {
				dbtest.Outside(t, c.DB, `CREATE TABLE kept AS SELECT * FROM `+table, `UPDATE `+table+` SET `+edit)
				if n, _ := c.verified(); n == 0 {
					t.Errorf("%s: %s is not found", table, edit)
				}
				column, _, _ := strings.Cut(edit, " ")
				back := `k.id = ` + table + `.id`
				if table == "opinion_readers" {
					back = `k.unit = CASE opinion_readers.unit WHEN 'c' THEN 'a' ELSE opinion_readers.unit END`
				}
				dbtest.Outside(t, c.DB, `UPDATE `+table+` SET `+column+` = (SELECT k.`+column+` FROM kept k WHERE `+
					back+`)`, `DROP TABLE kept`)
			}
		}
		if n, said := c.verified(); n > 0 {
			t.Errorf("with all edits undone there are findings:\n%s", said)
		}
	})
}

func TestRemarksSurviveEdits(t *testing.T) {
	t.Parallel()
	first, err := opinion.Split(scheme, nil)
	if err != nil || len(first) != 4 || first[1].ID != "p2" || first[1].Clause != "第一条" {
		t.Fatalf("paragraphs are %+v, %v", first, err)
	}
	now, err := opinion.Split("实施方案（征求意见稿）\n第一条 目的是方便带婴儿的人。\n第二条 年底前建成六十间母婴室。\n"+
		"第三条 经费由市级和区级分担。", first)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ paragraph, quote, standing string }{
		{"p1", "实施方案", opinion.Here}, {"p2", "六十间母婴室", opinion.Moved}, {"p2", "第一条", opinion.Changed},
		{"p3", "经费由市级承担", opinion.Changed}, {"p3", "经费由市级", opinion.Here},
		{"p4", "每季度", opinion.Gone},
	} {
		got, _ := opinion.Anchor{Paragraph: c.paragraph, Quote: c.quote}.Find(first, now)
		if got != c.standing {
			t.Errorf("“%s” in %s: %s, want %s in %+v", c.quote, c.paragraph, got, c.standing, now)
		}
	}
	if same, _ := opinion.Split(scheme, first); same[3] != first[3] {
		t.Errorf("an unchanged text has other paragraphs: %+v", same)
	}
	for text, want := range map[string]string{"": "写正文", strings.Repeat("长", 3001): "3000",
		strings.Repeat("段\n", 501): "500"} {
		if _, err := opinion.Split(text, nil); errs.KindOf(err) != errs.Invalid ||
			!strings.Contains(errs.FieldsOf(err)["text"].String(), want) {
			t.Errorf("a text of %d bytes: %v", len(text), err)
		}
	}
}

func TestPagesOfAText(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		text := c.open()
		s, at := c.site(), text.URL()
		s.Run(t,
			webtest.Scenario{As: "c", Path: at, Status: 404},
			webtest.Scenario{As: "c", Path: "/opinions", NotContains: []string{"母婴室建设方案"}},
			webtest.Scenario{As: "a", Path: "/opinions?format=csv", Contains: []string{"母婴室建设方案"}},
			webtest.Scenario{As: "a", Path: at + "?on=p2", Contains: []string{"针对的原文", "提出意见"}},
			webtest.Scenario{As: "a", Path: at + "/opinions", Status: 422,
				Form: map[string][]string{"paragraph": {"p2"},
					"kind": {"content"}, "weight": {"must"}, "reason": {""}, "suggestion": {"留着的字"},
					"shown_as": {"role"}},
				Contains: []string{"请写明理由", "留着的字"}},
			webtest.Scenario{As: "a", Path: at + "/opinions", Status: 303,
				Form: map[string][]string{"paragraph": {"p2"},
					"kind": {"content"}, "weight": {"must"}, "reason": {"数目要再核"}, "shown_as": {"role"}}},
			webtest.Scenario{As: "office", Path: at, Contains: []string{"数目要再核", "1条必须修改的还没有回应",
				"暂无"},
				NotContains: []string{"a联络员"}})
		o := done(c, func(tx *db.Tx) ([]opinion.Opinion, error) { return opinion.On(tx, text.ID) })[0]
		s.Run(t,
			webtest.Scenario{As: "office", Path: at + "?opinion=" + o.ID, Contains: []string{"改后文字",
				"没有全部采纳的必填"}},
			webtest.Scenario{As: "office", Path: at + "/opinions/" + o.ID + "/reply", Status: 422,
				Form:     map[string][]string{"version": {"2"}, "verdict": {"adopted"}, "reply": {"打了一半的字"}},
				Contains: []string{"采纳的，请写明改后的文字", "打了一半的字"}},
			webtest.Scenario{As: "office", Path: at + "/opinions/" + o.ID + "/reply", Status: 303,
				Form: map[string][]string{"version": {"2"}, "verdict": {"adopted"}, "changed_text": {"五十间"}}},
			webtest.Scenario{As: "office", Path: at + "/revise", Status: 303,
				Form: map[string][]string{"version": {"1"},
					"text": {strings.ReplaceAll(scheme, "六十", "五十")}, "reason": {"采纳意见"}}},
			webtest.Scenario{As: "a", Path: at, Contains: []string{"第2版", "原文已改", "五十间", "100.0%（1÷1）",
				"保留我的意见",
				"待确认"}},
			webtest.Scenario{As: "a", Path: at + "?format=csv", Contains: []string{"第一条", "采纳", "五十间"}},
			webtest.Scenario{As: "office", Path: at + "/document"},
			webtest.Scenario{As: "office", Path: at + "/close", Status: 303,
				Form: map[string][]string{"version": {"2"}}},
			webtest.Scenario{As: "a", Path: at, Contains: []string{"征求意见已结束"},
				NotContains: []string{"提意见</a>"}})
		c.Must(c.View(context.Background(), func(tx *db.Tx) error {
			tasks, err := opinion.Tasks(tx, c.People["a"])
			if len(tasks) != 1 || tasks[0].Verb != opinion.VerbSettle {
				t.Errorf("the author's tasks are %+v", tasks)
			}
			return err
		}))
	})
}
