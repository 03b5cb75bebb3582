package flow_test

// A life as a table: a button is shown just where the step will be taken, replay stops at what cannot be, and a wrong
// table is refused by name. The modules' own tables are checked with the program, in package app.

import (
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/journal"
	"yipanqi/internal/say"
)

// In a program the modules grant.
var _ = auth.Grant(auth.Grants{
	auth.Office:       {"submission.read", "submission.accept", "submission.return", "submission.withdraw"},
	auth.Statistician: {"submission.read", "submission.edit", "submission.amend"},
	auth.Leader:       {"submission.read", "submission.sign", "submission.return"}})

// letter is a table with everything that a table may have.
func letter() flow.Table {
	return flow.Table{Object: "letter", Ends: []string{"answered", "void"},
		Either: map[string][]string{"back": {"draft", "sent"}},
		Apart:  map[string]say.Key{"letter.judge": "您写的信不能由您评定。"},
		Words: map[string]say.Key{"draft": "草稿", "sent": "已发", "answered": "已答", "void": "作废", "held": "搁置",
			"letter.write": "起草", "letter.send": "发出", "letter.answer": "答复", "letter.judge": "评定",
			"letter.hold": "搁置", "letter.resume": "恢复", "letter.void": "作废",
			"writer": "起草人", "office": "办公室", "program": "系统"},
		Steps: []flow.Step{
			flow.Line("", "letter.write", "writer", "draft"),
			flow.Line("draft", "letter.send", "office", "sent", flow.Rule{Not: []string{"letter.write"},
				Within: calendar.Within(5, calendar.WorkDays)}),
			flow.Line("sent", "letter.answer", "writer", "answered", flow.Rule{Needs: []string{"reason", "file"}}),
			flow.Line("answered", "letter.judge", "office", "answered", flow.Rule{Not: []string{"letter.write"},
				Aside: []string{"letter.answer"}}),
			flow.Line("draft", "letter.hold", flow.Program, "held"),
			flow.Line("sent", "letter.hold", flow.Program, "held"),
			flow.Line("held", "letter.resume", flow.Program, "back"),
			flow.Line("draft", "letter.void", "office", "void"),
		}}
}

func all(string) bool { return true }

// user holds the office's post in unit A, whose role has every verb of the tests.
func user(id string) auth.User {
	return auth.User{ID: id, Name: id, Posts: []auth.Post{{Role: auth.Office, Unit: "A"}}}
}

// plays: everybody plays the office in unit A, nobody anything else.
func plays(part string) (auth.Post, error) {
	if part == "office" {
		return auth.Post{Role: auth.Office, Unit: "A"}, nil
	}
	return auth.Post{}, errs.Deniedf("须由起草人办理。")
}

// withVerbs is the letter's table with verbs that the office has, for what asks auth.
func withVerbs() flow.Table {
	t := letter()
	t.Object = "submission"
	rename := strings.NewReplacer("letter.write", "submission.edit", "letter.send", "submission.accept",
		"letter.answer", "submission.sign", "letter.judge", "submission.return", "letter.void", "submission.withdraw")
	for i, s := range t.Steps {
		s.Verb = rename.Replace(s.Verb)
		for j := range s.Not {
			s.Not[j] = rename.Replace(s.Not[j])
		}
		for j := range s.Aside {
			s.Aside[j] = rename.Replace(s.Aside[j])
		}
		t.Steps[i] = s
	}
	t.Apart = map[string]say.Key{"submission.return": "您写的信不能由您评定。"}
	t.Words["submission.edit"], t.Words["submission.accept"] = "起草", "发出"
	return t
}

func verbs(steps []flow.Step) (all []string) {
	for _, s := range steps {
		all = append(all, s.Verb)
	}
	return all
}

func TestOpenAndTakeAgree(t *testing.T) {
	t.Parallel()
	table := withVerbs()
	wrote := []flow.Deed{{Verb: "submission.edit", PersonID: "甲", Unit: "B"}}
	for _, c := range []struct {
		what string
		by   string
		flow.Case
		open []string
		deny map[string]errs.Kind
	}{
		{"a draft for the office", "乙", flow.Case{State: "draft", Plays: plays, Did: wrote},
			[]string{"submission.accept", "submission.withdraw"},
			map[string]errs.Kind{"submission.return": errs.Conflict, "submission.sign": errs.Denied}},
		{"a draft for who wrote it", "甲", flow.Case{State: "draft", Plays: plays, Did: wrote},
			[]string{"submission.withdraw"}, map[string]errs.Kind{"submission.accept": errs.Denied}},
		{"what does not fit", "乙", flow.Case{State: "draft", Plays: plays, Fits: func(s flow.Step) error {
			if s.Verb == "submission.withdraw" {
				return errs.Conflictf("已经发出。")
			}
			return nil
		}}, []string{"submission.accept"}, map[string]errs.Kind{"submission.withdraw": errs.Conflict}},
		{"answered by the own unit", "乙", flow.Case{State: "answered", Plays: plays,
			Did: []flow.Deed{{Verb: "submission.sign", PersonID: "丙", Unit: "A"}}}, nil,
			map[string]errs.Kind{"submission.return": errs.Denied}},
		{"answered by another unit", "乙", flow.Case{State: "answered", Plays: plays,
			Did: []flow.Deed{{Verb: "submission.sign", PersonID: "丙", Unit: "B"}}},
			[]string{"submission.return"}, nil},
		{"held", "乙", flow.Case{State: "held", Plays: plays}, nil,
			map[string]errs.Kind{"submission.accept": errs.Conflict}},
	} {
		open := table.Open(user(c.by), c.Case)
		if !slices.Equal(verbs(open), c.open) {
			t.Errorf("%s: open are %v, want %v", c.what, verbs(open), c.open)
		}
		for _, s := range open {
			got, post, err := table.Take(s.Verb, user(c.by), c.Case)
			if err != nil || got.To != s.To || post.Unit != "A" {
				t.Errorf("%s: %s is a button and gives %v", c.what, s.Verb, err)
			}
		}
		for verb, kind := range c.deny {
			if _, _, err := table.Take(verb, user(c.by), c.Case); errs.KindOf(err) != kind {
				t.Errorf("%s: %s gives %v, want %d", c.what, verb, err, kind)
			}
		}
	}
	if _, _, err := table.Take("submission.accept", user("甲"), flow.Case{State: "draft", Plays: plays,
		Did: wrote}); err == nil || !strings.Contains(err.Error(), "办理过“起草”的人或单位不能再办“发出”") {
		t.Errorf("the usual refusal is %v", err)
	}
	if _, _, err := table.Take("submission.return", user("甲"), flow.Case{State: "answered", Plays: plays,
		Did: wrote}); err == nil || !strings.Contains(err.Error(), "您写的信") {
		t.Errorf("the table's own refusal is %v", err)
	}
	nobody := auth.User{ID: "丁"}
	if open := table.Open(nobody, flow.Case{State: "draft", Plays: plays}); open != nil {
		t.Errorf("who has no verb may %v", verbs(open))
	}
}

func TestReplayStopsAtWhatCannotBe(t *testing.T) {
	t.Parallel()
	table := letter()
	replay := func(landed string, verbs ...string) (string, bool, []string) {
		var entries []journal.Entry
		for _, verb := range verbs {
			entries = append(entries, journal.Entry{Verb: "letter." + verb})
		}
		var told []string
		state, ok := table.Replay(entries, func(e journal.Entry, s flow.Step, ok bool) string {
			if !ok {
				told = append(told, "!"+s.From+" "+e.Verb)
			}
			return landed
		})
		return state, ok, told
	}
	for _, c := range []struct {
		landed, verbs, state, told string
	}{
		{"", "write send answer judge judge", "answered", ""},
		{"draft", "write hold resume send", "sent", ""},
		{"sent", "write send hold resume answer", "answered", ""},
		{"", "write answer", "draft", "!draft letter.answer"},
		{"", "send", "", "! letter.send"},
		{"", "write send answer answer judge", "answered", "!answered letter.answer"},
		{"", "", "", ""},
	} {
		state, ok, told := replay(c.landed, strings.Fields(c.verbs)...)
		if state != c.state || ok != (c.told == "") || strings.Join(told, ", ") != c.told {
			t.Errorf("%s ends in %q, %t, %v, want %q, %q", c.verbs, state, ok, told, c.state, c.told)
		}
	}
}

func TestLacksNamesWhatIsNeeded(t *testing.T) {
	t.Parallel()
	s, _ := letter().Step("sent", "letter.answer")
	for given, want := range map[string]string{"": "reason file", "reason": "file", "reason file": ""} {
		detail := map[string]string{"other": "x"}
		for _, name := range strings.Fields(given) {
			detail[name] = "x"
		}
		if got := strings.Join(s.Lacks(detail), " "); got != want {
			t.Errorf("with %q it lacks %q, want %q", given, got, want)
		}
	}
}

// A table that is wrong is refused, and what is wrong is named.
func TestAWrongTableIsRefused(t *testing.T) {
	t.Parallel()
	if faults := letter().Faults(all); faults != nil {
		t.Fatalf("the good table has faults: %v", faults)
	}
	for want, spoil := range map[string]func(*flow.Table){
		"two lines for draft, letter.send": func(t *flow.Table) {
			t.Steps = append(t.Steps, flow.Line("draft", "letter.send", "office", "void"))
		},
		"sent, matter.close: the verb is not one of letter": func(t *flow.Table) {
			t.Steps = append(t.Steps, flow.Line("sent", "matter.close", "office", "void"))
		},
		"sent, letter.void: nobody takes the step": func(t *flow.Table) {
			t.Steps = append(t.Steps, flow.Line("sent", "letter.void", "", "void"))
		},
		"draft, letter.send: keeps off who took letter.print, which no step is": func(t *flow.Table) {
			t.Steps[1].Not = []string{"letter.print"}
		},
		"answered, letter.judge: keeps off who took letter.print, which no step is": func(t *flow.Table) {
			t.Steps[3].Aside = []string{"letter.print"}
		},
		"draft, letter.void: limits what follows, and nothing does": func(t *flow.Table) {
			t.Steps[7].Within = calendar.Within(1, calendar.Days)
		},
		"[*], letter.write: no words for draft":        func(t *flow.Table) { delete(t.Words, "draft") },
		"draft, letter.send: no words for letter.send": func(t *flow.Table) { delete(t.Words, "letter.send") },
		"draft, letter.send: no words for office":      func(t *flow.Table) { delete(t.Words, "office") },
		"held, letter.resume: no words for sent":       func(t *flow.Table) { delete(t.Words, "sent") },
		"nothing begins":                               func(t *flow.Table) { t.Steps = t.Steps[1:] },
		"nothing ends":                                 func(t *flow.Table) { t.Ends = nil },
		"the end lost is never reached":                func(t *flow.Table) { t.Ends = append(t.Ends, "lost") },
		"back may be lost, to which no step leads": func(t *flow.Table) {
			t.Either["back"] = []string{"sent", "lost"}
		},
		"no step leads to either, which stands for several states": func(t *flow.Table) {
			t.Either["either"] = []string{"sent", "void"}
		},
		"nothing leads out of void, and it is no end": func(t *flow.Table) { t.Ends = []string{"answered"} },
		"lost is left and never reached": func(t *flow.Table) {
			t.Steps = append(t.Steps, flow.Line("lost", "letter.send", "office", "sent"))
		},
		"nothing leads out of stuck, and it is no end": func(t *flow.Table) {
			t.Words["stuck"] = "卡住"
			t.Steps = append(t.Steps, flow.Line("sent", "letter.hold", "office", "stuck"))
		},
		"from round no end can be reached": func(t *flow.Table) {
			t.Words["round"] = "打转"
			t.Steps = append(t.Steps, flow.Line("sent", "letter.void", "office", "round"),
				flow.Line("round", "letter.void", "office", "round"))
		},
	} {
		table := letter()
		spoil(&table)
		if faults := table.Faults(all); !slices.Contains(faults, want) {
			t.Errorf("faults are %q, want %q among them", faults, want)
		}
	}
	faults := letter().Faults(func(verb string) bool { return verb != "letter.judge" })
	if !slices.Equal(faults, []string{"answered, letter.judge: no role has the verb"}) {
		t.Errorf("without a grant the faults are %q", faults)
	}
}

func TestTheTableIsWrittenAsItIs(t *testing.T) {
	t.Parallel()
	drawn := letter().Mermaid()
	for _, line := range []string{"  [*] --> draft: write (writer)\n", "  held --> draft: resume (program)\n",
		"  held --> sent: resume (program)\n"} {
		if !strings.Contains(drawn, line) {
			t.Errorf("the diagram lacks %q:\n%s", line, drawn)
		}
	}
	lines := strings.Split(letter().Lines(), "\n")
	for i, want := range map[int]string{
		0: "| from | verb | who | to | not who took | not the unit of | needs | then within |",
		1: "|---|---|---|---|---|---|---|---|",
		3: "| draft | letter.send | office | sent | letter.write |  |  | 5 working days |",
		5: "| answered | letter.judge | office | answered | letter.write | letter.answer |  |  |",
	} {
		if lines[i] != want {
			t.Errorf("line %d is %q, want %q", i, lines[i], want)
		}
	}
	plain := letter()
	for i := range plain.Steps {
		plain.Steps[i].Rule = flow.Rule{}
	}
	if head := strings.Split(plain.Lines(), "\n")[0]; head != "| from | verb | who | to |" {
		t.Errorf("a table without rules has the head %q", head)
	}
	if states := letter().States(); !slices.Equal(states, []string{"draft", "sent", "answered", "held", "void"}) {
		t.Errorf("states are %v", states)
	}
}
