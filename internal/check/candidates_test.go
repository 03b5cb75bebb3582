package check_test

// A name that several indicators share is no doubt that only a reading of the words can settle: one click does.

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/web/webtest"
)

func TestSeveralAreCalledSo(t *testing.T) {
	each(t, func(t *testing.T, s *webtest.Site) {
		must(t, s.DB.Update(context.Background(), func(tx *db.Tx) error {
			for _, code := range []string{"W-HEA-007", "W-EDU-001"} {
				if _, err := indicator.PutAlias(tx, code, "两可比例", 900); err != nil {
					return err
				}
			}
			return nil
		}))
		at := send(t, s, url.Values{"text": {"2018年，全市两可比例为15.5%。"}}, nil)
		figure := func() (f struct {
			Start      int
			Verdict    string
			Indicator  string
			Candidates []string
		}) {
			var a struct{ Figures []json.RawMessage }
			body := s.Check(t, webtest.Scenario{As: "office", Path: at, JSON: true}).Body.Bytes()
			must(t, json.Unmarshal(body, &a))
			must(t, json.Unmarshal(a.Figures[len(a.Figures)-1], &f))
			return f
		}
		f := figure()
		if slices.Sort(f.Candidates); f.Verdict != "unknown" ||
			!slices.Equal(f.Candidates, []string{"W-EDU-001", "W-HEA-007"}) {
			t.Fatalf("a name of two is %+v, want unknown and both of them", f)
		}
		page := s.Check(t, webtest.Scenario{As: "office", Path: at,
			Contains: []string{"这几项都叫这个名字，说的是哪一项？", "婚前医学检查率"}}).Body.String()
		if n := strings.Count(page, `name="indicator" value="W-HEA-007"`); n != 1 {
			t.Errorf("婚前医学检查率 can be chosen with %d buttons, want 1", n)
		}
		id := strings.TrimPrefix(at, "/checks/")
		s.Check(t, webtest.Scenario{As: "office", Method: "POST", Status: 303,
			Path: "/checks/" + id + "/figures/" + strconv.Itoa(f.Start) + "/correct",
			Form: url.Values{"indicator": {"W-HEA-007"}, "verdict": {""}}})
		if f = figure(); f.Indicator != "W-HEA-007" || len(f.Candidates) > 0 || f.Verdict == "unknown" {
			t.Errorf("once chosen it is %+v, want a verdict on W-HEA-007 and no choice", f)
		}
	})
}
