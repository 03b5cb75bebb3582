package opinion

// How many remarks are adopted, over all texts of a year.

import (
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
)

// Measures are the remarks on the texts of a year that were adopted or partly so, of those that were replied to.
func Measures(tx *db.Tx, by auth.User, year int) ([]module.Measure, error) {
	if !by.Can(VerbRead) {
		return nil, nil
	}
	n, of, err := adopted(tx, by, strconv.Itoa(year))
	return []module.Measure{module.Counted("adoption", "意见采纳率", n, of, "采纳和部分采纳的意见 ÷ 已回应的意见",
		"/opinions")}, err
}
