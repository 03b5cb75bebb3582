package instruction

// How instructions that ask for a report are answered.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

// Measures are the instructions of a year with whose outcome their leader is satisfied, of those that ask for one.
func Measures(tx *db.Tx, by auth.User, of module.Work) ([]module.Measure, error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	satisfied, asked, days, err := Answered(tx, by, of)
	m := module.Counted("instruction_answered", "批示办结", satisfied, asked,
		"作出批示的领导过目后没有意见的批示 ÷ 要求办理的批示；撤回的不计", "/instructions?state=satisfied")
	if len(days) > 0 {
		m.Beside = say.New("从批示到过目的中位数%s天", module.Median(days))
	}
	return []module.Measure{m}, err
}
