package opinion

// How many remarks are adopted, over all texts of a year.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
)

// Measures are the remarks of units on the texts of a year that were adopted or partly so, of those replied to.
func Measures(tx *db.Tx, by auth.User, of module.Work) ([]module.Measure, error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	n, replied, err := adopted(tx, by, of)
	return []module.Measure{module.Counted("adoption", "意见采纳率", n, replied, "采纳和部分采纳的意见 ÷ 已回应的意见",
		"/opinions")}, err
}
