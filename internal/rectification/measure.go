package rectification

// How plans come in.

import (
	"fmt"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
)

// Measures are the plans of a year that were filed by their day, of those that are owed.
func Measures(tx *db.Tx, by auth.User, of module.Work) ([]module.Measure, error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	in, owed, err := filedInTime(tx, by, of, tx.Today())
	return []module.Measure{module.Counted("plan_in_time", "方案按期", in, owed,
		"按期报送的整改方案 ÷ 应报送的整改方案", fmt.Sprintf("/rectifications?year=%d", of.Year))}, err
}
