package sample_test

// The story of a reform of the member units, as oversight.md §3 tells it, in the fictional city: step by step through
// the routes that people use.

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/change"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/form"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/letter"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/sample"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/setting"
	"yipanqi/internal/submission"
	"yipanqi/internal/web"
)

// stage is the fictional city with its doors open.
type stage struct {
	t    *testing.T
	d    *db.DB
	app  *app.App
	door *web.Mux
	kept map[string]string
	keys map[string]account.Unlocked
}

func newStage(t *testing.T, d *db.DB) *stage {
	a := &app.App{DB: d, Secrets: sampletest.Secrets()}
	a.Data = t.TempDir()
	m, err := a.Mux()
	must(t, err)
	return &stage{t: t, d: d, app: a, door: m, kept: map[string]string{}, keys: map[string]account.Unlocked{}}
}

func (s *stage) step(name string, do func(*stage)) {
	if !s.t.Run(name, func(t *testing.T) {
		one := *s
		one.t = t
		do(&one)
	}) {
		s.t.FailNow()
	}
}

func (s *stage) update(fn func(*db.Tx) error) {
	s.t.Helper()
	must(s.t, s.d.Update(context.Background(), fn))
}

func (s *stage) who(tx *db.Tx, login string) auth.User {
	s.t.Helper()
	if login == "" {
		return auth.User{}
	}
	a, err := account.ByLogin(tx, login)
	must(s.t, err)
	u, err := account.UserOf(tx, a.PersonID)
	must(s.t, err)
	return u
}

// try goes through a door as somebody; what stands in {braces} was kept before.
func (s *stage) try(login, do, with string) (answer map[string]any, err error) {
	s.t.Helper()
	for key, value := range s.kept {
		do, with = strings.ReplaceAll(do, "{"+key+"}", value), strings.ReplaceAll(with, "{"+key+"}", value)
	}
	method, path, _ := strings.Cut(do, " ")
	err = s.d.Update(context.Background(), func(tx *db.Tx) error {
		said, err := s.door.Inside(tx, s.who(tx, login), method, path, "application/json", []byte(with))
		if err == nil {
			err = json.Unmarshal(said, &answer)
		}
		return err
	})
	return answer, err
}

func (s *stage) does(login, do, with string) map[string]any {
	s.t.Helper()
	answer, err := s.try(login, do, with)
	if err != nil {
		s.t.Fatalf("%s as %s: %v %v", do, login, err, errs.FieldsOf(err))
	}
	return answer
}

func (s *stage) refused(words, login, do, with string) {
	s.t.Helper()
	_, err := s.try(login, do, with)
	said := fmt.Sprint(err, errs.FieldsOf(err))
	if err == nil || !strings.Contains(said, words) {
		s.t.Errorf("%s as %s: %s; want “%s”", do, login, said, words)
	}
}

// key is somebody's signing key, unlocked once.
func (s *stage) key(tx *db.Tx, login string) account.Unlocked {
	s.t.Helper()
	if key, known := s.keys[login]; known {
		return key
	}
	k, err := account.KeyOf(tx, s.who(tx, login).ID)
	must(s.t, err)
	private, err := k.Locked.Unlock("yipanqi-sign", sampletest.Secrets().Pepper)
	must(s.t, err)
	s.keys[login] = account.Unlocked{ID: k.ID, Private: private}
	return s.keys[login]
}

// signs puts the director's signature under a letter that was checked.
func (s *stage) signs(letterID string) {
	s.t.Helper()
	s.update(func(tx *db.Tx) error {
		v, err := letter.VersionOf(tx, letterID, 1)
		must(s.t, err)
		_, err = letter.Sign(tx, s.who(tx, "director"), letterID, v.Digest, s.key(tx, "director"))
		return err
	})
}

// to moves the city on to a day.
func (s *stage) to(day string) {
	s.t.Helper()
	for now := ""; now < day; {
		s.update(func(tx *db.Tx) (err error) { now, err = sample.NextDay(tx, somebody); return err })
	}
}

// at is a time of the day on which the city stands.
func (s *stage) at(text string) {
	s.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", text, db.China)
	must(s.t, err)
	s.update(func(tx *db.Tx) error {
		ahead, err := sample.Ahead(tx)
		must(s.t, err)
		ahead += at.Sub(tx.Now)
		_, err = setting.Put(tx, "sample.clock", strconv.FormatInt(int64(ahead/time.Second), 10))
		return err
	})
}

// applies runs the day's job to its end, as the runner does.
func (s *stage) applies() {
	s.t.Helper()
	every := change.Jobs(func() []module.Hold { return s.app.List().Holds() })[0]
	round := job.Round{}
	s.update(func(tx *db.Tx) error { round.For = tx.Now; return nil })
	for first := true; first || round.Rest != ""; first = false {
		s.update(func(tx *db.Tx) (err error) { round.Rest, err = every.Run(tx, round); return err })
	}
}

// part of an answer, by a path of names.
func part(answer map[string]any, path string) any {
	var v any = answer
	for _, name := range strings.Split(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[name]
	}
	return v
}

// busy gives the two bureaus what the story counts: nine items more, four reports, a request to each and a letter.
func (s *stage) busy() {
	s.does("office", "POST /adjustments/{OLD}/withdraw", `{"version": 0, "reason": "另拟一项（模拟）"}`)
	items := []string{}
	for i := range 9 {
		unit := []string{"SF-HEA", "SF-FPB"}[i%2]
		items = append(items, fmt.Sprintf(`"%d.unit":"%s","%d.text":"第%d项（模拟）","%d.due":"2024-0%d-20"`, i+1, unit, i+1,
			i+1, i+1, 4+i%3))
	}
	s.does("office", "POST /matters", `{"title":"合并前的在办事项（模拟）","problem":"须在合并中交接。（模拟）",
		"source":"other","source_on":"2024-03-14","quote":"清单（模拟）","lead":"SF-HEA",
		"no_indicator":"工作安排（模拟）",
		"aim":"不断线。（模拟）","class":"phased","items":{`+strings.Join(items, ",")+`}}`)
	reviewer := s.does("office", "GET /requests/new?kind=material", "")["reviewers"].([]any)[0].(map[string]any)["code"]
	r := s.does("office", "POST /requests", fmt.Sprintf(`{"kind":"material","title":"一季度材料（模拟）",
		"unit":["SF-HEA","SF-FPB"],"due":"2024-04-10",
		"reviewer":"%s","sign_rule":"none","q":{"1.text":"做了什么","1.kind":"text",
		"1.required":"on","1.limit":"300"}}`, reviewer))
	s.does("office", fmt.Sprintf("POST /requests/%s/send", r["id"]), `{"version":1}`)
	l := s.does("office", "POST /letters", `{"issuer":"SF-WCCO","kind":"notice","title":"关于做好交接的通知（模拟）",
		"main":["SF-HEA"],"copies":[],"body":"请做好交接。（模拟）","disclosure":"not_open"}`)
	s.kept["L"] = fmt.Sprint(l["id"])
	shown := s.does("office", "GET /letters/{L}", "")
	s.does("office-b", "POST /letters/{L}/check", fmt.Sprintf(`{"version":%v,"digest":"%s"}`,
		part(shown, "letter.version"), shown["digest"]))
	s.signs(s.kept["L"])
	s.does("office", "POST /letters/{L}/issue", `{"version":0}`)
	s.update(func(tx *db.Tx) error {
		s.key(tx, "family-planning-leader") // who still holds it
		forms, err := form.List(tx)
		must(s.t, err)
		root, err := network.Root(tx)
		must(s.t, err)
		at, _ := period.Parse("2024")
		for _, f := range forms {
			short, _, _ := strings.Cut(f.Code, "-")
			u, err := network.UnitByCode(tx, "SF-"+short)
			if err != nil || short != "HEA" && short != "FPB" {
				continue
			}
			_, _, err = submission.Open(tx, journal.System, submission.Owed{Form: f, Unit: u, Area: root, Period: at,
				DueOn: "2025-03-31"})
			must(s.t, err)
		}
		return nil
	})
}

// clocks are the items of a unit with all that says how they stand.
func (s *stage) clocks(units ...string) []string {
	var all []string
	for _, unit := range units {
		for _, one := range s.does("office", "GET /items?unit="+unit, "")["items"].([]any) {
			i := one.(map[string]any)
			if i["state"] != "closed" && i["state"] != "withdrawn" {
				all = append(all, fmt.Sprint(i["id"], i["state"], i["lamp"], i["due"], s.promised(i["id"])))
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// promised is the day that an item was to be done by at first.
func (s *stage) promised(id any) (day string) {
	s.update(func(tx *db.Tx) (err error) {
		day, err = db.Value[string](tx, `SELECT original_due FROM matter_items WHERE id = $1`, id)
		return err
	})
	return day
}

// owing are the people of the committee and its members who owe training.
func (s *stage) owing() int {
	return len(s.does("office", "GET /trainings?body=SF-WCC", "")["needs"].([]any))
}

func TestTheStoryOfAReform(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		s := newStage(t, d)
		old := s.does("office", "GET /adjustments", "")["adjustments"].([]any)[0].(map[string]any)
		s.kept["OLD"] = fmt.Sprint(old["id"])
		s.busy()
		s.step("1 the office drafts the reform with three lines and the document", func(s *stage) {
			a := s.does("office", "POST /adjustments", `{"body":"SF-WCC","title":"机构改革（模拟）",
				"basis":"改革方案〔2024〕3号（模拟）","effective_on":"2024-03-31"}`)
			s.kept["A"] = fmt.Sprint(a["id"])
			s.update(func(tx *db.Tx) error {
				_, err := evidence.Attach(tx, s.who(tx, "office"), evidence.File{Object: "adjustment/" + s.kept["A"],
					Digest: strings.Repeat("0", 64), Name: "改革方案（模拟）.pdf",
					MediaType: "application/pdf", Size: 1})
				return err
			})
			s.does("office", "POST /adjustments/{A}/lines/unit", `{"version":0,"code":"SF-HCB",
				"name":"示范市卫生健康委",				"name_en":"Shifan Health Commission","kind":"dept_HCM"}`)
			s.does("office", "POST /adjustments/{A}/lines/merge", `{"version":0,"from":["SF-HEA","SF-FPB"],
				"to":["SF-HCB"]}`)
			s.does("office", "POST /adjustments/{A}/lines/rename", `{"version":0,"from":["SF-CUL"],
				"name":"示范市文化和旅游局","name_en":"Shifan Culture and Tourism Bureau"}`)
			s.does("office", "POST /adjustments/{A}/lines/join", `{"version":0,"to":["SF-INS"],"seat":"member"}`)
			s.does("office", "POST /adjustments/{A}/shares", `{"version":0,"line":1,"units":{
				"post unit/SF-HEA":"SF-HCB","indicator indicator/W-HEA-001":"?"}}`)
		})
		s.step("2 the preview shows 11 items, 4 forms, 2 requests, 1 letter, and an indicator that nobody takes",
			func(s *stage) {
				s.does("office", "POST /adjustments/{A}/preview", `{"version":0}`)
				p := part(s.does("office", "GET /adjustments/{A}", ""), "preview").(map[string]any)
				for kind, want := range map[string]float64{"item": 11, "form": 4, "request": 2, "letter": 1} {
					if got := part(p, "counts."+kind); got != want {
						s.t.Errorf("%v of %s, want %v", got, kind, want)
					}
				}
				if p["missing"] != 1.0 {
					s.t.Errorf("%v have no receiver", p["missing"])
				}
			})
		s.step("3 it is refused", func(s *stage) {
			s.refused("1项无人承接", "director", "POST /adjustments/{A}/approve", `{"version":0}`)
		})
		s.step("4 the office assigns it", func(s *stage) {
			s.does("office", "POST /adjustments/{A}/shares", `{"version":0,"line":1,
				"units":{"indicator indicator/W-HEA-001":"SF-STA"}}`)
			s.does("office", "POST /adjustments/{A}/preview", `{"version":0}`)
		})
		s.step("5 the director approves", func(s *stage) {
			a := s.does("director", "POST /adjustments/{A}/approve", `{"version":0}`)
			if a["state"] != "approved" || !strings.HasSuffix(fmt.Sprint(a["number"]), "〔2024〕2号") {
				s.t.Errorf("it is %v %v", a["state"], a["number"])
			}
		})
		var clocks []string
		s.step("6 on the day all items are the new unit's, with their clocks", func(s *stage) {
			s.to("2024-03-31")
			clocks = s.clocks("SF-HEA", "SF-FPB")
			s.applies()
			if now := s.clocks("SF-HCB"); len(now) != 11 || !slices.Equal(now, clocks) {
				s.t.Errorf("the items were\n%s\nand are\n%s", strings.Join(clocks, "\n"), strings.Join(now, "\n"))
			}
			for _, code := range []string{"SF-HEA", "SF-FPB"} {
				if left := s.clocks(code); len(left) > 0 {
					s.t.Errorf("%s still has %v", code, left)
				}
			}
		})
		s.rest()
		clean(t, d)
	})
}
