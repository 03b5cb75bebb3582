package request

// How requests are answered: in time, and with 无此项. One request's own measures stand on its page.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/evidence"
	"yipanqi/internal/module"
)

// Tally say how requests were answered, each with both its parts: answers by their day ÷ units asked, and questions
// answered with 无此项 ÷ questions answered.
type Tally struct {
	InTime   int `json:"in_time"`
	Asked    int `json:"asked"`
	None     int `json:"none"`
	Answered int `json:"answered"`
}

// count counts an answer as it was submitted: cells are by question.
func (t *Tally) count(questions []Question, a Answer, submitted bool, cells map[string]Cell) {
	if a.State == Replaced {
		return
	}
	t.Asked++
	if !submitted {
		return
	}
	if !a.Late {
		t.InTime++
	}
	for _, q := range questions {
		c := cells[q.Number]
		if c.NotAsked || c.Empty() && len(c.Files) == 0 {
			continue
		}
		t.Answered++
		if c.None != "" {
			t.None++
		}
	}
}

// Measures are those of the requests of a year that are asked where by may see all answers.
func Measures(tx *db.Tx, by auth.User, of module.Work) ([]module.Measure, error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	var t Tally
	asked, err := sentIn(tx, by, of)
	for _, r := range asked {
		if err := r.tally(tx, &t, of); err != nil {
			return nil, err
		}
	}
	return []module.Measure{
		module.Counted("answer_in_time", "征集按期", t.InTime, t.Asked,
			"截止日前答复的单位 ÷ 征集的单位（次）", "/requests"),
		module.Counted("none_share", "无此项占比", t.None, t.Answered, "答“无此项”的题 ÷ 已答的题", "/requests")}, err
}

// tally adds the answers to a request of the units whose work counts.
func (r Request) tally(tx *db.Tx, t *Tally, of module.Work) error {
	answers, err := Answers(tx, r.ID)
	for _, a := range answers {
		if !of.Of(a.Unit) {
			continue
		}
		v, err := submitted(tx, a)
		if err != nil {
			return err
		}
		files, err := evidence.Of(tx, a.Object())
		if err != nil {
			return err
		}
		cells, err := r.cells(Line{Answer: a, version: v, files: files})
		if err != nil {
			return err
		}
		t.count(r.Questions, a, v.ID != "", cells)
	}
	return err
}

// submitted is the newest version that was given, not only prepared: empty if there is none.
func submitted(tx *db.Tx, a Answer) (Version, error) {
	all, err := VersionsOf(tx, a.ID)
	for i := len(all) - 1; i >= 0 && err == nil; i-- {
		if all[i].Verdict == recalled || i == len(all)-1 && a.State == Prepared {
			continue
		}
		return all[i], nil
	}
	return Version{}, err
}
