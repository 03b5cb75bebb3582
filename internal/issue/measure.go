package issue

// What became of the issues that were listed.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
)

// Measures are the issues listed in a year that have eased, of all of them.
func Measures(tx *db.Tx, by auth.User, of module.Work) ([]module.Measure, error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	eased, listed, err := easedOf(tx, by, of)
	return []module.Measure{module.Counted("issue_eased", "重难点问题缓解", eased, listed,
		"已缓解或已解决的问题 ÷ 当年列入的问题", "/issues")}, err
}
