package evaluation_test

// The middle of the story of a round: what is asked, stood, signed, compared, held back and recommended. Its begin and
// end are story_test.go's; figures amended after the cutoff are told by the sample.

import (
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/opinion"
	"yipanqi/internal/request"
	"yipanqi/internal/web/webtest"
)

func (s *story) ask(due string) step {
	return func(tx *db.Tx) (evaluation.Round, error) {
		return evaluation.Ask(tx, s.People["office"], s.r.ID, s.r.Version, due, "")
	}
}

func (s *story) asks() {
	s.take("self-evaluation begins", 0, s.stage(evaluation.VerbStart, 1, ""))
	s.take("it is done though nobody was asked", errs.Conflict, s.stage(evaluation.VerbFinish, 1, ""))
	s.take("with a day that is over", errs.Invalid, s.ask("2020-01-01"))
	s.take("the office asks", 0, s.ask(""))
	s.take("and again", errs.Conflict, s.ask(""))
	answers := done(s.city, func(tx *db.Tx) ([]request.Answer, error) {
		asked, err := s.r.Asked(tx)
		s.Must(err)
		if len(asked) != 1 || asked[0].SignRule != request.Two || asked[0].DueOn != "2023-06-30" {
			s.T.Fatalf("asked are %+v", asked)
		}
		return request.Answers(tx, asked[0].ID)
	})
	if len(answers) != 3 {
		s.T.Errorf("%d are asked", len(answers))
	}
}

// lines are how a participant stands.
func (s *story) lines(unit string) []evaluation.Line {
	return done(s.city, func(tx *db.Tx) ([]evaluation.Line, error) {
		p, _ := s.r.Participant(unit)
		return s.r.Attainment(tx, p)
	})
}

func (s *story) stands() {
	own := s.lines("a")
	if len(own) != 1 || own[0].Value != "31" || own[0].Base != "20" || own[0].Change != "+11" ||
		own[0].Class != evaluation.Reachable || own[0].Target != "≥60间（2025年）" {
		s.T.Fatalf("the lead unit stands at %+v", own)
	}
	if other := s.lines("b"); len(other) != 0 {
		s.T.Errorf("a unit without indicators stands at %+v", other)
	}
	move := func(as, unit, code, class, why string) error {
		_, err := do(s.city, func(tx *db.Tx) (evaluation.Move, error) {
			return evaluation.Classify(tx, s.People[as], s.r.ID, unit, code, class, why)
		})
		return err
	}
	s.Refused(errs.Missing, move("b statistician", "a", "ROOMS", evaluation.Far, "理由"), "another unit's indicator")
	s.Refused(errs.Denied, move("a leader", "a", "ROOMS", evaluation.Far, "理由"), "a leader moves")
	s.Refused(errs.Invalid, move("a statistician", "a", "ROOMS", evaluation.Met, "理由"), "moved to met")
	s.Refused(errs.Invalid, move("a statistician", "a", "ROOMS", evaluation.Far, " "), "moved without a reason")
	s.Refused(errs.Invalid, move("a statistician", "a", "NONE", evaluation.Far, "理由"), "no indicator")
	s.Must(move("a statistician", "a", "ROOMS", evaluation.Far, "没有场地"))
	if own = s.lines("a"); own[0].Class != evaluation.Far || own[0].Computed != evaluation.Reachable {
		s.T.Errorf("moved, it is %s by somebody and %s by the verdict", own[0].Class, own[0].Computed)
	}
}

func (s *story) prepare(as, unit string) error {
	_, err := do(s.city, func(tx *db.Tx) (evaluation.Sheet, error) {
		text, err := evaluation.SheetText(tx, s.People[as], s.r.ID, unit)
		if err != nil {
			return evaluation.Sheet{}, err
		}
		return evaluation.Prepare(tx, s.People[as], s.r.ID, unit, text.Digest, s.Keys[as])
	})
	return err
}

func (s *story) sign(as, unit string) error {
	_, err := do(s.city, func(tx *db.Tx) (evaluation.Sheet, error) {
		all, err := evaluation.SheetsOf(tx, s.r.ID, unit)
		if err != nil || len(all) == 0 {
			return evaluation.Sheet{}, err
		}
		return evaluation.Sign(tx, s.People[as], s.r.ID, unit, all[len(all)-1].Digest, s.Keys[as])
	})
	return err
}

func (s *story) signs() {
	back := func(as, why string) error {
		_, err := do(s.city, func(tx *db.Tx) (evaluation.Sheet, error) {
			return evaluation.Return(tx, s.People[as], s.r.ID, "a", why)
		})
		return err
	}
	s.remindedOf("sheet.prepare", "2023-06-30")
	s.Refused(errs.Conflict, s.prepare("b statistician", "b"), "a sheet without a figure")
	s.Refused(errs.Missing, s.prepare("b statistician", "a"), "another unit's sheet")
	s.Refused(errs.Denied, s.prepare("office", "a"), "the organiser freezes it")
	_, err := do(s.city, func(tx *db.Tx) (evaluation.Sheet, error) {
		return evaluation.Prepare(tx, s.People["a statistician"], s.r.ID, "a", "0", s.Keys["a statistician"])
	})
	s.Refused(errs.Conflict, err, "what was not read")
	s.Must(s.prepare("a statistician", "a"))
	s.Refused(errs.Conflict, s.prepare("a statistician", "a"), "frozen twice")
	s.Refused(errs.Denied, s.sign("a statistician", "a"), "who froze it signs as well")
	s.Refused(errs.Missing, s.sign("b leader", "a"), "another unit's leader signs")
	s.Refused(errs.Invalid, back("a leader", ""), "sent back without a reason")
	s.Must(back("a leader", "请核对"))
	s.Must(s.prepare("a statistician", "a"))
	s.remindedOf("sheet.sign", "2023-06-30")
	s.Must(s.sign("a leader", "a"))
	s.remindedOf("", "")
	s.Refused(errs.Conflict, s.sign("a leader", "a"), "signed twice")
	all := done(s.city, func(tx *db.Tx) ([]evaluation.Sheet, error) { return evaluation.SheetsOf(tx, s.r.ID, "a") })
	if len(all) != 2 || all[0].State != evaluation.SheetReturned || all[1].State != evaluation.SheetSigned ||
		len(all[1].Signatures) != 2 || !strings.Contains(all[1].Text, `"value":"31"`) {
		s.T.Errorf("the sheets are %+v", all)
	}
	paper := done(s.city, func(tx *db.Tx) (string, error) {
		p, _ := s.r.Participant("a")
		d, err := evaluation.ReportPaper(tx, s.r, p, s.Issuer)
		return d.Note, err
	})
	if !strings.Contains(paper, "1项数据，0项已双签字") || strings.Count(paper, "签名有效") != 2 {
		s.T.Errorf("under the report stands %s", paper)
	}
}

func (s *story) compares() {
	say := func(as, line, voice, class, text string) error {
		_, err := do(s.city, func(tx *db.Tx) (evaluation.Voice, error) {
			return evaluation.Say(tx, s.People[as], s.r.ID, line, evaluation.Voice{Voice: voice, Class: class,
				Text: text})
		})
		return err
	}
	const line = "ROOMS.a"
	s.Refused(errs.Denied, say("a", line, evaluation.VoiceThird, evaluation.Met, "报告"), "a participant says")
	s.Refused(errs.Invalid, say("office", "NONE.a", evaluation.VoiceThird, evaluation.Met, "报告"), "no line")
	s.Refused(errs.Invalid, say("office", line, "press", evaluation.Met, "报告"), "no voice")
	s.Refused(errs.Invalid, say("office", line, evaluation.VoiceThird, evaluation.Met, ""), "without a place")
	s.Must(say("office", line, evaluation.VoiceThird, evaluation.OnTrack, "报告第三页"))
	s.Must(say("office", line, evaluation.VoiceThird, evaluation.Met, "报告第四页"))
	all := done(s.city, func(tx *db.Tx) ([]evaluation.Compared, error) { return s.r.Comparison(tx) })
	if len(all) != 1 || all[0].Apart != 3 || all[0].Self != evaluation.Far || all[0].Computed != evaluation.Reachable {
		s.T.Errorf("compared are %+v", all)
	}
	explain := func(as, text string) error {
		_, err := do(s.city, func(tx *db.Tx) (evaluation.Note, error) {
			return evaluation.Explain(tx, s.People[as], s.r.ID, line, text)
		})
		return err
	}
	s.Refused(errs.Denied, explain("chief", "口径不同"), "the leader explains")
	s.Refused(errs.Invalid, explain("office", " "), "explained with nothing")
	s.Must(explain("office", "口径不同"))
	s.Must(explain("office", "口径不同，以系统为准"))
	s.gathers()
}

// gathers is the same comparison by goals and by domains: lines are counted, and one leads to those below it.
func (s *story) gathers() {
	at := s.r.URL() + "/comparison"
	s.site().Run(s.T, webtest.Scenario{As: "office", Path: at + "?by=goal", Contains: []string{"母婴室够用",
		"在规划里看", "1 / 1行", "已说明1处", "差距较大1行", "经努力可达标1行", "已达标1行",
		at + "?by=goal&amp;of=W%2F1.1"}},
		webtest.Scenario{As: "office", Path: at + "?by=domain", JSON: true, Contains: []string{`"groups":[{"code":` +
			`"W/env","name":"规划 · 妇女与环境","lines":1,"differences":1,"explained":1,"apart":3,"self":{"far":1}`}},
		webtest.Scenario{As: "office", Path: at + "?by=domain&format=csv", Contains: []string{"W/env", "差距较大1行"}},
		webtest.Scenario{As: "office", Path: at + "?by=goal&of=W/1.1", Contains: []string{"母婴室够用",
			"口径不同，以系统为准"}},
		webtest.Scenario{As: "office", Path: at + "?by=goal&of=W/9.9", Status: 422,
			Contains: []string{"没有“W/9.9”这个选项"}},
		webtest.Scenario{As: "office", Path: at + "?by=weather", Status: 422},
		webtest.Scenario{As: "a", Path: at + "?by=goal", Status: 403})
}

func (s *story) waits() {
	blocked := func() error {
		_, err := do(s.city, func(tx *db.Tx) (bool, error) { return true, opinion.Blocks(tx, s.r.Object(), "CO") })
		return err
	}
	s.Must(blocked())
	text := done(s.city, func(tx *db.Tx) (opinion.Text, error) {
		return opinion.LayOpen(tx, s.People["office"], opinion.Text{Title: "评估报告", About: s.r.Object(),
			DueOn: "2023-12-29", Readers: []string{"b"}}, "一、进展正常。")
	})
	o := done(s.city, func(tx *db.Tx) (opinion.Opinion, error) {
		editions, err := opinion.Editions(tx, text.ID)
		s.Must(err)
		return opinion.Write(tx, s.People["b"], opinion.Opinion{TextID: text.ID, Weight: opinion.Must, Kind: "fact",
			Anchor: opinion.Anchor{Paragraph: editions[0].Paragraphs[0].ID, Quote: "进展正常"}, Reason: "数不对",
			ShownAs: "role"}, true)
	})
	s.Refused(errs.Conflict, blocked(), "a remark that must be answered is not")
	done(s.city, func(tx *db.Tx) (opinion.Opinion, error) {
		return opinion.Reply(tx, s.People["office"], o.ID, o.Version, opinion.NotAdopted, "数是双签字的", "")
	})
	s.Must(blocked())
}

// advice is a recommendation as an office would make it.
func advice() evaluation.Recommendation {
	return evaluation.Recommendation{Text: "补建母婴室", Findings: []string{"母婴室慢于进度"}, Indicator: "ROOMS",
		Unit: "a",
		What: "建成十间", DueOn: "2023-12-29", Criterion: "effectiveness", DiscussedOn: "2023-03-01"}
}

func (s *story) recommend(as string, c evaluation.Recommendation) (evaluation.Recommendation, error) {
	return do(s.city, func(tx *db.Tx) (evaluation.Recommendation, error) {
		return evaluation.Recommend(tx, s.People[as], s.r.ID, c)
	})
}

func (s *story) advises() {
	for words, bad := range map[string]func(*evaluation.Recommendation){
		"text: 请写建议":        func(c *evaluation.Recommendation) { c.Text = "" },
		"findings: 请写针对的问题": func(c *evaluation.Recommendation) { c.Findings = []string{" "} },
		"findings: 针对的问题最多20个，现在有21个": func(c *evaluation.Recommendation) {
			c.Findings = strings.Split(strings.Repeat("慢。", 20)+"慢", "。")
		},
		"findings: 第2个问题最多2000个字": func(c *evaluation.Recommendation) {
			c.Findings = []string{"慢", strings.Repeat("长", 2001)}
		},
		"what: 请写明做什么":              func(c *evaluation.Recommendation) { c.What = "" },
		"by: 请填什么时候做完":              func(c *evaluation.Recommendation) { c.DueOn = "2023-01-01" },
		"discussed_on: 请填和责任单位沟通":   func(c *evaluation.Recommendation) { c.DiscussedOn = "2024-01-01" },
		"criterion: 没有“luck”这个选项":   func(c *evaluation.Recommendation) { c.Criterion = "luck" },
		"indicator: 没有代码为“NONE”的指标": func(c *evaluation.Recommendation) { c.Indicator = "NONE" },
		"addressee: 请选择责任单位":        func(c *evaluation.Recommendation) { c.Unit = "" },
		"addressee: 没有单位“NONE”":     func(c *evaluation.Recommendation) { c.Unit = "NONE" },
		"addressee: 示范市文化局已于":       func(c *evaluation.Recommendation) { c.Unit = "gone" },
	} {
		c := advice()
		bad(&c)
		if _, err := s.recommend("office", c); err == nil || !strings.Contains(err.Error(), words) {
			s.T.Errorf("it says %v; want %s", err, words)
		}
	}
	_, err := s.recommend("a", advice())
	s.Refused(errs.Denied, err, "a participant recommends")
	made, err := s.recommend("office", advice())
	s.Must(err)
	_, err = s.recommend("office", advice())
	s.Refused(errs.Conflict, err, "the same from a second tab")
	if made.Number != 1 || made.AnswerBy != "2023-03-29" { // twenty working days
		s.T.Errorf("it is number %d, to be answered by %s", made.Number, made.AnswerBy)
	}
	respond := func(as string, c evaluation.Recommendation, response, reason string) (evaluation.Recommendation,
		error) {
		return do(s.city, func(tx *db.Tx) (evaluation.Recommendation, error) {
			return evaluation.Respond(tx, s.People[as], c.ID, c.Version, response, reason)
		})
	}
	for who, kind := range map[string]errs.Kind{"office": errs.Denied, "a": errs.Denied, "b leader": errs.Missing} {
		_, err := respond(who, made, "accepted", "")
		s.Refused(kind, err, who+" answers")
	}
	_, err = respond("a leader", made, "perhaps", "")
	s.Refused(errs.Invalid, err, "no answer")
	_, err = respond("a leader", made, "rejected", "")
	s.Refused(errs.Invalid, err, "rejected without a reason")
	toMatter := func(c evaluation.Recommendation) (evaluation.Recommendation, error) {
		return do(s.city, func(tx *db.Tx) (evaluation.Recommendation, error) {
			return evaluation.ToMatter(tx, s.People["office"], c.ID, c.Version)
		})
	}
	_, err = toMatter(made)
	s.Refused(errs.Conflict, err, "a matter of what nobody accepted")
	made, err = respond("a leader", made, "accepted", "")
	s.Must(err)
	made, err = toMatter(made)
	s.Must(err)
	if _, err = toMatter(made); made.Matter == "" {
		s.T.Error("no matter came of it")
	}
	s.Refused(errs.Conflict, err, "a matter twice")
	long := advice() // what the matter's fields do not take in stands in its source
	long.Text, long.Findings = strings.Repeat("长", 2000), slices.Repeat([]string{strings.Repeat("长", 2000)}, 20)
	third, err := s.recommend("office", long)
	s.Must(err)
	third, err = respond("a leader", third, "accepted", "")
	s.Must(err)
	_, err = toMatter(third)
	s.Must(err)
	second, err := s.recommend("office", advice())
	s.Must(err)
	second, err = respond("a leader", second, "rejected", "没有场地")
	s.Must(err)
	if second.State != evaluation.Rejected || second.Number != 3 {
		s.T.Errorf("the second is %s, number %d", second.State, second.Number)
	}
}
