package sample

// A sample's own clock: it stands on a day when the sample is loaded, runs on from there, and can be moved on by a day.
// Never back: what was signed stays behind it.

import (
	"strconv"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/setting"
)

// clockKey is the setting that says by how many seconds the sample's clock is ahead of the machine's.
const clockKey = "sample.clock"

const verbNextDay = "sample.day"

// Ahead is how far the sample's clock is ahead of the machine's, mostly less than nothing.
func Ahead(tx *db.Tx) (time.Duration, error) {
	seconds, err := setting.Get(tx, clockKey)
	if err != nil || seconds == "" {
		return 0, err
	}
	n, err := strconv.ParseInt(seconds, 10, 64)
	return time.Duration(n) * time.Second, err
}

// setClock sets the sample's clock to the morning of its day and lets the transaction begin on the day that the city
// began to use the program.
func setClock(tx *db.Tx, script demo) (day time.Time, err error) {
	starts, err := morning(script.Starts)
	if err != nil {
		return day, err
	}
	if day, err = morning(script.Day); err != nil {
		return day, err
	}
	if err := putClock(tx, day.Sub(tx.Now).Truncate(time.Second)); err != nil {
		return day, err
	}
	tx.Now = starts
	return day.Add(-time.Minute), journal.Log(tx, journal.System, journal.VerbClock, journal.ObjectClock,
		map[string]string{"day": script.Day})
}

// morning is when offices open on a day.
func morning(day string) (time.Time, error) {
	at, err := time.ParseInLocation(time.DateOnly, day, db.China)
	if err != nil {
		return at, errs.Invalidf("%s：日期请写成 2024-03-15：%s", scriptFile, day)
	}
	return at.Add(9 * time.Hour).UTC(), nil
}

// HasClock says whether the sample goes by a clock of its own.
func HasClock(tx *db.Tx) (bool, error) {
	value, err := setting.Get(tx, clockKey)
	return value != "", err
}

// NextDay moves the sample's clock on by a day and returns the day that it shows then. Who is signed in stays so: for
// them no time has passed.
func NextDay(tx *db.Tx, by auth.User) (string, error) {
	own, err := HasClock(tx)
	if err != nil {
		return "", err
	}
	if !own {
		return "", errs.Missingf("这里没有可以拨动的时钟：只有演示城市有。")
	}
	ahead, err := Ahead(tx)
	if err != nil {
		return "", err
	}
	const day = 24 * time.Hour
	if err := putClock(tx, ahead+day); err != nil {
		return "", err
	}
	if err := auth.ExtendSessions(tx, day); err != nil {
		return "", err
	}
	to := tx.Now.Add(day).In(db.China).Format(time.DateOnly)
	return to, journal.Log(tx, by, verbNextDay, journal.ObjectClock, map[string]string{"day": to})
}

func putClock(tx *db.Tx, ahead time.Duration) error {
	_, err := setting.Put(tx, clockKey, strconv.FormatInt(int64(ahead/time.Second), 10))
	return err
}
