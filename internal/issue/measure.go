package issue

// What became of the issues that were listed: whether they eased, how soon something was done about them, and what came
// of what researches proposed.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

// Measures are those of the issues listed in a year, as far as by sees them.
func Measures(tx *db.Tx, by auth.User, of module.Work) ([]module.Measure, error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	all, err := listedOf(tx, by, of)
	if err != nil {
		return nil, err
	}
	var eased, acted, taken, advised int
	var days []int
	for _, i := range all {
		if i.State == Eased || i.State == Solved {
			eased++
		}
		if first := i.firstAct(); first != nil {
			acted, days = acted+1, append(days, *first)
		}
		n, of := i.taken()
		taken, advised = taken+n, advised+of
	}
	first := module.Counted("issue_acted", "重难点问题有举措", acted, len(all),
		"列入后有了举措的问题 ÷ 当年列入的问题", "/issues")
	if len(days) > 0 {
		first.Beside = say.New("列入到第一项举措的中位数%s天", module.Median(days))
	}
	return []module.Measure{module.Counted("issue_eased", "重难点问题缓解", eased, len(all),
		"已缓解或已解决的问题 ÷ 当年列入的问题", "/issues"), first,
		module.Counted("issue_advice", "调研建议采用", taken, advised, "转为事项、政策、经费等的建议 ÷ 当年列入的问题的调研建议",
			"/issues")}, nil
}
