package sample_test

// The second half of the story of a reform: what stays the old units', who takes over, who cannot sign any more, who
// owes training.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/journal"
	"yipanqi/internal/letter"
	"yipanqi/internal/submission"
)

// says looks for words in an answer, and for others that must not be there.
func (s *stage) says(login, do string, words, not []string) {
	s.t.Helper()
	said, err := json.Marshal(s.does(login, do, ""))
	must(s.t, err)
	for _, w := range words {
		if !bytes.Contains(said, []byte(w)) {
			s.t.Errorf("%s does not say %s", do, w)
		}
	}
	for _, w := range not {
		if bytes.Contains(said, []byte(w)) {
			at := bytes.Index(said, []byte(w))
			s.t.Errorf("%s says %s: …%s…", do, w, said[max(0, at-300):min(len(said), at+300)])
		}
	}
}

func (s *stage) paper(login, do string) string {
	s.t.Helper()
	text := ""
	s.update(func(tx *db.Tx) error {
		body, err := s.door.Inside(tx, s.who(tx, login), "GET", do, "", nil)
		must(s.t, err)
		text, err = document.ReadText("a.docx", body)
		return err
	})
	return text
}

func (s *stage) rest() {
	s.step("7 the report of 2023 names the old unit", func(s *stage) {
		s.says("office", "GET /reports/annual?year=2023", []string{"示范市卫生局"}, []string{"示范市卫生健康委"})
	})
	s.step("8 so does the board of 2023, and the members as of its last day", func(s *stage) {
		s.says("office", "GET /board?year=2023", []string{"SF-HEA"}, []string{`"code":"SF-HCB"`, "健康委"})
		s.says("office", "GET /network?day=2023-12-31", []string{"SF-HEA", "SF-FPB", "示范市文化局"},
			[]string{"SF-HCB", "SF-INS", "文化和旅游局"})
		s.says("office", "GET /network", []string{"SF-HCB", "SF-INS", "示范市文化和旅游局"},
			[]string{"SF-HEA", "SF-FPB", "示范市文化局"})
	})
	s.step("9 the new unit's liaison takes over, the list is kept", func(s *stage) {
		waiting := ""
		for _, one := range s.does("office", "GET /changes?unit=SF-HCB", "")["changes"].([]any) {
			waiting = fmt.Sprint(one.(map[string]any)["id"])
		}
		s.kept["T"] = waiting
		s.says("health-liaison", "GET /todo", []string{"接手工作"}, nil)
		s.refused("接任人", "office", "POST /changes/{T}/take-over", `{"version":0}`)
		c := s.does("health-liaison", "POST /changes/{T}/take-over", `{"version":0}`)
		for _, words := range []string{"在办的整改项", "待报的报表", "待答复的征集", "待签收的发文", "负责数据的指标"} {
			if !strings.Contains(fmt.Sprint(c["taken"]), words) {
				s.t.Errorf("the list lacks %s:\n%v", words, c["taken"])
			}
		}
		s.does("health-liaison", "POST /letters/{L}/receive", `{"edition":1}`)
	})
	s.step("10 the old leader signs no more, what was signed verifies", func(s *stage) {
		s.update(func(tx *db.Tx) error {
			by := s.who(tx, "family-planning-leader")
			if len(by.Posts) > 0 {
				s.t.Errorf("the old leader holds %v", by.Posts)
			}
			if _, err := letter.Countersign(tx, by, s.kept["L"], "", s.keys["family-planning-leader"]); err == nil {
				s.t.Error("the old leader countersigns")
			}
			id, err := db.Value[string](tx, `SELECT max(id) FROM submissions WHERE unit = 'SF-FPB'
				AND state = 'accepted'`)
			must(s.t, err)
			receipt, err := s.door.Inside(tx, s.who(tx, "office"), "GET", "/submissions/"+id+"/receipt", "", nil)
			must(s.t, err)
			if r := submission.VerifyReceipt(receipt); !r.Intact || len(r.Signatures) != 2 {
				s.t.Errorf("the old unit's receipt does not verify: %+v", r)
			}
			return nil
		})
	})
	s.step("11 a liaison's change that is reported after 40 days is late", func(s *stage) {
		c := s.does("culture-leader", "POST /changes", `{"unit":"SF-CUL","role":"liaison","person":"新联络员（模拟）",
			"title":"科长","changed_on":"2024-02-20"}`)
		if c["late"] != true {
			s.t.Errorf("due on %v, it is late: %v", c["due"], c["late"])
		}
		s.does("office", fmt.Sprintf("POST /changes/%s/confirm", c["id"]), `{"version":0}`)
	})
	s.step("12 four owe training; after one with sign-in, one does", (*stage).trains)
	s.step("13 roster, duties and the notice print", func(s *stage) {
		for path, words := range map[string]string{"/network/roster?body=SF-WCC": "示范市卫生健康委",
			"/network/liaisons?body=SF-WCC": "新联络员（模拟）", "/network/duties?body=SF-WCC": "示范市文化和旅游局",
			"/adjustments/{A}/notice":         "示范市文化局更名为示范市文化和旅游局",
			"/trainings/document?body=SF-WCC": "还没有参加或没有参加完的1人"} {
			if text := s.paper("office", strings.ReplaceAll(path, "{A}", s.kept["A"])); !strings.Contains(text, words) {
				s.t.Errorf("%s lacks %s:\n%s", path, words, text)
			}
		}
	})
	s.step("14 the journal holds every step", func(s *stage) {
		s.update(func(tx *db.Tx) error {
			entries, err := journal.Of(tx, "adjustment/"+s.kept["A"])
			must(s.t, err)
			var verbs []string
			for _, e := range entries {
				verbs = append(verbs, strings.TrimPrefix(e.Verb, "adjustment."))
			}
			verbs = slices.Compact(verbs)
			if got := strings.Join(verbs, " "); !strings.HasSuffix(got, "preview edit preview approve apply") {
				s.t.Errorf("the journal says %s", got)
			}
			return nil
		})
	})
}

// trains holds a training for the liaisons and statisticians of three units, who sign in by the code on the screen.
func (s *stage) trains() {
	if n := s.owing(); n != 4 {
		s.t.Errorf("%d owe training, want 4", n)
	}
	m := s.does("office", "POST /meetings", `{"version":0,"title":"联络员培训（模拟）","kind":"training",
		"host":"SF-WCCO","form":"video","starts":"2024-04-12 10:00","ends":"2024-04-12 11:30","chair_unit":"SF-WCC"}`)
	s.kept["M"] = fmt.Sprint(m["id"])
	s.does("office", "POST /meetings/{M}/agenda", `{"title":"履职和监测统计（模拟）","kind":"train","visible_to":"all",
		"subjects":["duties","statistics"],"hours":"2"}`)
	s.does("office", "POST /meetings/{M}/invite", `{"units":["SF-SPO","SF-HOU","SF-CUL"],"capacity":"attend",
		"level":"any","seats":1}`)
	n := s.does("office", "POST /meetings/{M}/notice", `{"body":"请参加。（模拟）"}`)
	s.kept["N"] = fmt.Sprint(n["letter"])
	shown := s.does("office", "GET /letters/{N}", "")
	s.does("office-b", "POST /letters/{N}/check", fmt.Sprintf(`{"version":%v,"digest":"%s"}`,
		part(shown, "letter.version"), shown["digest"]))
	s.signs(s.kept["N"])
	s.does("office", "POST /letters/{N}/issue", `{"version":0}`)
	s.does("office", "POST /meetings/{M}/notify", `{}`)
	people := map[string]string{"SF-SPO": "市体育局·联络员丙（演示）", "SF-HOU": "市住房城乡建设局·统计员甲（演示）",
		"SF-CUL": "新联络员（模拟）"}
	logins := map[string]string{"SF-SPO": "sport-liaison", "SF-HOU": "housing-liaison", "SF-CUL": "culture-leader"}
	for _, one := range part(s.does("office", "GET /meetings/{M}", ""), "meeting.invitations").([]any) {
		i := one.(map[string]any)
		unit := fmt.Sprint(i["unit"])
		s.does(logins[unit], "POST /meetings/{M}/reply", fmt.Sprintf(`{"invitation":"%s","name":{"1":"%s"},
			"title":{"1":"工作人员"},"level":{"1":"any"}}`, i["id"], people[unit]))
	}
	s.to("2024-04-12")
	s.at("2024-04-12 09:40")
	address := fmt.Sprint(s.does("office", "GET /meetings/{M}/screen", "")["address"])
	s.kept["C"] = address[strings.LastIndex(address, "/")+1:]
	for unit, name := range people {
		s.does("", "POST /arrive/{M}/{C}", fmt.Sprintf(`{"unit":"%s","name":"%s"}`, unit, name))
	}
	s.at("2024-04-12 11:40")
	s.does("office", "POST /meetings/{M}/hold", `{}`)
	if n := s.owing(); n != 1 {
		s.t.Errorf("%d owe training after it, want 1", n)
	}
	if n := len(s.does("office", "GET /trainings/records?meeting={M}", "")["records"].([]any)); n != 3 {
		s.t.Errorf("%d records of training", n)
	}
}
