package request_test

// One request from its draft to answers accepted, late, returned, signed by two and given by another unit; every edit
// of its rows is found. The city is made in city_test.go.

import (
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/request"
	"yipanqi/internal/web/webtest"
)

// draft is a request to three units, the last question for two of them.
func (c *city) draft(rule string) request.Request {
	return done(c, func(tx *db.Tx) (request.Request, error) {
		return request.Create(tx, c.People["office"], request.Request{Kind: request.Material, Title: "年度总结材料征集",
			DueOn: "2024-03-15", Reviewer: c.Posts["reviewer"], SignRule: rule, Addressees: []string{"a", "b", "c"},
			Questions: []request.Question{{Text: "一年来做了什么", Kind: request.Text, Required: true, Limit: 20},
				{Text: "还有什么困难", Kind: request.Choice, Choices: []string{"经费", "人手"}},
				{Text: "附一份名单", Kind: request.Table, Columns: []string{"姓名", "岗位"}, Units: []string{"a",
					"b"}}}})
	})
}

func (c *city) sent(rule string) request.Request {
	r := c.draft(rule)
	return done(c, func(tx *db.Tx) (request.Request, error) {
		return request.Send(tx, c.People["office"], r.ID, r.Version)
	})
}

func (c *city) receive(r request.Request, unit string) request.Answer {
	c.T.Helper()
	a := c.answer(r, unit)
	return done(c, func(tx *db.Tx) (request.Answer, error) { return request.Receive(tx, c.People[unit], a.ID) })
}

func (c *city) write(a request.Answer, as string, given request.Content) request.Answer {
	c.T.Helper()
	return done(c, func(tx *db.Tx) (request.Answer, error) {
		return request.Save(tx, c.People[as], a.ID, a.Version, given, nil)
	})
}

func (c *city) submit(a request.Answer, as string) (request.Answer, error) {
	return do(c, func(tx *db.Tx) (request.Answer, error) {
		return request.Submit(tx, c.People[as], a.ID, a.Version, "", c.Keys["nobody"])
	})
}

var said = request.Content{"1": {Text: "办了十二件实事"}, "2": {Choice: "经费"},
	"3": {Rows: [][]string{{"甲", "联络员"}, {"", ""}}}}

func TestARequestFromDraftToAccepted(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		r := c.sent(request.Nobody)
		if q, _ := r.Question("3"); q.Asks("c") || !q.Asks("a") {
			t.Error("the third question is put to the wrong units")
		}
		_, err := do(c, func(tx *db.Tx) (request.Request, error) {
			return request.Edit(tx, c.People["office"], r)
		})
		c.Refused(errs.Conflict, err, "a request is changed after it was sent")

		a := c.answer(r, "a")
		_, err = do(c, func(tx *db.Tx) (request.Answer, error) {
			return request.Save(tx, c.People["a"], a.ID, a.Version, said, nil)
		})
		c.Refused(errs.Conflict, err, "an answer is written before it was received")
		_, err = do(c, func(tx *db.Tx) (request.Answer, error) { return request.Receive(tx, c.People["b"], a.ID) })
		c.Refused(errs.Missing, err, "another unit receives it")
		a = c.receive(r, "a")
		_, err = c.submit(a, "a")
		c.Refused(errs.Invalid, err, "an answer without the required one is submitted")
		a = c.write(a, "a", said)
		if len(a.Draft["3"].Rows) != 1 {
			t.Errorf("empty rows are kept: %v", a.Draft["3"].Rows)
		}
		a, err = c.submit(a, "a")
		c.Must(err)
		if a.State != request.Submitted || a.Late {
			t.Errorf("the answer is %s, late %t", a.State, a.Late)
		}

		_, err = do(c, func(tx *db.Tx) (request.Answer, error) {
			return request.Accept(tx, c.People["office"], a.ID, a.Version)
		})
		c.Must(err) // the office's other person holds the same post as the reviewer: a successor inherits it

		b := c.receive(r, "b") // answers that there is nothing, late, and is returned once
		b = c.write(b, "b", request.Content{"1": {None: "本年度没有开展"}})
		c.Pass(14)
		b, err = c.submit(b, "b")
		c.Must(err)
		if !b.Late {
			t.Error("what came after its day is not marked late")
		}
		back := func(remarks map[string]string, days int) (request.Answer, error) {
			return do(c, func(tx *db.Tx) (request.Answer, error) {
				return request.Return(tx, c.People["reviewer"], b.ID, b.Version, remarks, days)
			})
		}
		_, err = back(map[string]string{"1": " ", "9": "没有这一题"}, 3)
		c.Refused(errs.Invalid, err, "an answer is returned without a remark on a question")
		_, err = back(map[string]string{"1": "请写明"}, 0)
		c.Refused(errs.Invalid, err, "an answer is returned without time to mend it")
		b, err = back(map[string]string{"1": "请写明原因"}, 3)
		c.Must(err)
		if b.State != request.Returned || b.DueOn != "2024-03-21" || b.Returns != 1 {
			t.Errorf("returned on a Monday with 3 working days it is %s, due %s, returned %d times", b.State, b.DueOn,
				b.Returns)
		}
		b = c.write(b, "b", request.Content{"1": {Text: "补写的情况"}})
		b, err = c.submit(b, "b second")
		c.Must(err)
		done(c, func(tx *db.Tx) (request.Answer, error) {
			return request.Accept(tx, c.People["reviewer"], b.ID, b.Version)
		})
		if n, text := c.verified(); n > 0 {
			t.Errorf("an honest request has findings:\n%s", text)
		}
	})
}

func TestSigningRules(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		r := c.sent(request.Two)
		a := c.write(c.receive(r, "a"), "a", said)
		_, err := c.submit(a, "a")
		c.Refused(errs.Conflict, err, "an answer is submitted without the signature asked for")
		prepare := func(as, with string) (request.Answer, error) {
			return do(c, func(tx *db.Tx) (request.Answer, error) {
				return request.Prepare(tx, c.People[as], a.ID, a.Version, c.Keys[with])
			})
		}
		_, err = prepare("a", "nobody")
		c.Refused(errs.Invalid, err, "the first signs without a key")
		_, err = prepare("a", "b")
		c.Refused(errs.Conflict, err, "the first signs with another's key")
		a, err = prepare("a", "a")
		c.Must(err)
		sign := func(as, with, digest string) (request.Answer, error) {
			return do(c, func(tx *db.Tx) (request.Answer, error) {
				return request.Submit(tx, c.People[as], a.ID, a.Version, digest, c.Keys[with])
			})
		}
		_, err = sign("a leader", "a leader", "another")
		c.Refused(errs.Conflict, err, "the leader signs what he did not read")
		a = done(c, func(tx *db.Tx) (request.Answer, error) {
			return request.Recall(tx, c.People["a second"], a.ID, a.Version)
		})
		a, err = prepare("a second", "a second")
		c.Must(err)
		_, v := c.shown(a)
		_, err = sign("a", "a", v.Digest)
		c.Refused(errs.Denied, err, "somebody signs who is no leader")
		_, err = sign("a leader", "nobody", v.Digest)
		c.Refused(errs.Invalid, err, "the leader signs without a key")
		a, err = sign("a leader", "a leader", v.Digest)
		c.Must(err)
		if _, v = c.shown(a); len(v.Signatures) != 2 || v.Number != 2 {
			t.Errorf("version %d has %d signatures", v.Number, len(v.Signatures))
		}
		if n, text := c.verified(); n > 0 {
			t.Errorf("an honest request has findings:\n%s", text)
		}
		for table, edits := range map[string][]string{
			"requests": {"title = 'x'", "questions = '[]'", "due_on = '2024-04-01'", "reviewer = 'x'", "about = 'x'"},
			"answers": {"state = 'accepted'", "late = true", "returns = 4", "due_on = '2024-04-01'",
				"received_by = 'x'"},
			"answer_versions": {"text = '{}'", "digest = 'x'", "verdict = 'accepted'", "remarks = '{\"1\":\"x\"}'",
				"person = 'x'", "unit = 'b'", "judged_by = 'x'"},
			"answer_signatures": {"signature = 'x'", "person = 'x'", "post = 'x'", "unit = 'x'", "digest = 'x'",
				"at = '2020-01-01 00:00:00'"},
		} {
			for _, edit := range edits {
				c.edited(table, edit)
			}
		}
	})
}

// shown is the answer with its newest version.
func (c *city) shown(a request.Answer) (request.Answer, request.Version) {
	c.T.Helper()
	versions := done(c, func(tx *db.Tx) ([]request.Version, error) { return request.VersionsOf(tx, a.ID) })
	return a, versions[len(versions)-1]
}

// edited changes a table from outside, expects that to be found, and undoes it.
func (c *city) edited(table, edit string) {
	c.T.Helper()
	dbtest.Outside(c.T, c.DB, `CREATE TABLE kept AS SELECT * FROM `+table, `UPDATE `+table+` SET `+edit)
	if n, _ := c.verified(); n == 0 {
		c.T.Errorf("%s: %s is not found", table, edit)
	}
	column, _, _ := strings.Cut(edit, " ")
	dbtest.Outside(c.T, c.DB, `UPDATE `+table+` SET `+column+` = (SELECT k.`+column+` FROM kept k WHERE `+
		keysOf(table)+`)`, `DROP TABLE kept`)
	if n, text := c.verified(); n > 0 {
		c.T.Fatalf("%s: %s undone still has findings:\n%s", table, edit, text)
	}
}

func keysOf(table string) string {
	if table == "answer_signatures" {
		return "k.version_id = answer_signatures.version_id AND k.role = answer_signatures.role"
	}
	return "k.id = " + table + ".id"
}

func TestAnotherUnitAnswers(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		r := c.sent(request.Nobody)
		instead := func(unit, by, reason string) (request.Answer, error) {
			a := c.answer(r, "c")
			return do(c, func(tx *db.Tx) (request.Answer, error) {
				return request.Substitute(tx, c.People["office"], a.ID, a.Version, by, reason)
			})
		}
		_, err := instead("c", "EO", "")
		c.Refused(errs.Invalid, err, "another unit answers without a reason")
		_, err = instead("c", "nowhere", "撤并")
		c.Refused(errs.Invalid, err, "a unit answers that there is not")
		a, err := instead("c", "EO", "职责划转")
		c.Must(err)
		if a.State != request.Open || a.Unit != "EO" || a.Asked != "c" {
			t.Errorf("the answer is %s of %s for %s", a.State, a.Unit, a.Asked)
		}
		a, err = instead("c", "a", "并入教育局")
		c.Must(err)
		if a.State != request.Replaced {
			t.Errorf("the answer of a unit that was asked as well stands for both, but it is %s", a.State)
		}
		if n, text := c.verified(); n > 0 {
			t.Errorf("an honest request has findings:\n%s", text)
		}
		r = done(c, func(tx *db.Tx) (request.Request, error) { return request.Get(tx, r.ID) })
		done(c, func(tx *db.Tx) (request.Request, error) {
			return request.Withdraw(tx, c.People["office"], r.ID, r.Version, "改用报表")
		})
		if a := c.answer(r, "a"); a.State != request.Withdrawn {
			t.Errorf("after the request was withdrawn an answer is %s", a.State)
		}
		if n, text := c.verified(); n > 0 {
			t.Errorf("a withdrawn request has findings:\n%s", text)
		}
	})
}

// Before it is sent the page says what its units were asked in the year before, and which earlier answer covers the
// same
// question; a unit's page of it says nothing of that, and a year later it is forgotten.
func TestTheBurdenIsShownBeforeSending(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		r := c.sent(request.Nobody)
		a := c.write(c.receive(r, "a"), "a", said)
		if _, err := c.submit(a, "a"); err != nil {
			t.Fatal(err)
		}
		again := c.draft(request.Nobody)
		s := c.site()
		s.Run(t, webtest.Scenario{As: "office", Path: again.URL(), JSON: true, Contains: []string{
			`"requests":1,"questions":3,"asked_twice":0,"characters":`, `"question":"1","answer":"` + a.ID + `"`,
			`"code":"forms","name":"报表","count":2,"parts":30`,
			`"requests":1,"questions":2,"asked_twice":0,"characters":0,"other":[`}},
			webtest.Scenario{As: "office", Path: again.URL(), Contains: []string{"填报负担", "年度总结材料征集",
				"2（30格）"}},
			webtest.Scenario{As: "office", Path: "/requests/burden?year=2024&sort=-forms",
				Contains: []string{"示范市教育局", "重复的题"}},
			webtest.Scenario{As: "office", Path: "/requests/burden", JSON: true, Contains: []string{`"unit":"a"`,
				`"asked_twice":0`, `"count":2,"parts":30`}},
			webtest.Scenario{As: "office", Path: "/requests/burden?year=1800", Status: 422, JSON: true},
			webtest.Scenario{As: "a", Path: "/requests/burden", Status: 403},
			webtest.Scenario{As: "office", Path: r.URL(), JSON: true, NotContains: []string{`"burden"`}},
			webtest.Scenario{As: "a", Path: r.URL(), JSON: true, NotContains: []string{`"burden"`}},
			webtest.Scenario{As: "office", Path: again.URL() + "/edit", Contains: []string{"全选："}})
		c.Pass(370)
		c.site().Run(t, webtest.Scenario{As: "office", Path: again.URL(), JSON: true,
			Contains: []string{`"requests":0,"questions":0`}})
	})
}
