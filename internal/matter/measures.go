package matter

// The measures of follow-up, one definition each, computed when read: what is counted over what, and where that is
// nothing, that there is nothing yet. What an indicator did after an item was closed is effect.go's.

import (
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

// Measure is a share with both its parts.
type Measure = module.Measure

const ofPassed = "按期报办结并经复核通过的项 ÷（销号的项 + 逾期未办结的项）；持续整改、暂停、合并、撤销和待复核的不计"

// measures are the definitions in their order; store_measures.go counts them.
var measures = []struct {
	code        string
	name, means say.Key
}{
	{"on_time_original", "按时办结率（原期限）", ofPassed}, {"on_time", "按时办结率（现期限）", ofPassed},
	{"reported", "待复核", "已报办结、等待复核的项 ÷ 在办的项"},
	{"first_pass", "复核一次通过率", "第一次复核就销号的项 ÷ 复核过的项"},
	{"reopened", "反弹率", "销号后12个月内重新督办的项 ÷ 销过号的项"},
	{"silent", "久无进展", "超过30天（持续整改超过100天）没有进展的项 ÷ 在办的项"},
	{"note_in_time", "持续整改按期报告", "按期的季度进展 ÷ 应有的季度进展"},
}

// Measures are all of them over the items that by may see and the filter leaves.
func Measures(tx *db.Tx, by auth.User, f Filter) (all []Measure, err error) {
	counts, err := counted(tx, by, f)
	if err != nil {
		return nil, err
	}
	for i, m := range measures {
		n, d := counts[2*i], counts[2*i+1]
		all = append(all, module.Counted(m.code, m.name, n, d, m.means, ""))
	}
	return all, nil
}

// OfYear are the measures over the items of units whose matters were raised in a year, with the effects of the closed
// ones.
func OfYear(tx *db.Tx, by auth.User, of module.Work) ([]module.Measure, error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	f := Filter{Year: of.Year, units: of.Units}
	all, err := Measures(tx, by, f)
	if err != nil {
		return nil, err
	}
	_, effect, err := Effects(tx, by, f)
	all = append(all, effect)
	for i := range all {
		all[i].URL = "/items/measures?year=" + strconv.Itoa(of.Year)
	}
	return all, err
}
