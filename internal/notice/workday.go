package notice

// Which days are worked, by the table of days off as far as it is announced.

import (
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/holiday"
)

func workdays(tx *db.Tx) (days, error) {
	off, err := holiday.Table(tx)
	return days{func(day time.Time) bool { return !off.Off(day.Format(time.DateOnly)) }}, err
}
