package change

// How changes of persons are reported: in time, of all.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
)

// Measures are the changes of a year that were reported within the time, of all.
func Measures(tx *db.Tx, by auth.User, of module.Work) ([]module.Measure, error) {
	if !by.Can("post_change.read") {
		return nil, nil
	}
	in, all, err := Reporting(tx, by, of)
	return []module.Measure{module.Counted("change_in_time", "变动按期报告", in, all,
		"变动后一个月内报告的人员变动 ÷ 全部人员变动", "/changes")}, err
}
