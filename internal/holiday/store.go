package holiday

// The table of days off.

import (
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
)

func all(tx *db.Tx) ([]calendar.Day, error) {
	return db.All(tx, func(r db.Row) (d calendar.Day, err error) {
		var kind string
		err = r.Scan(&d.On, &d.Announced, &kind, &d.Name, &d.NameEN, &d.Notice, &d.Note)
		d.Off = kind == off
		return d, err
	}, `SELECT on_day, announced_on, kind, name, name_en, notice, note FROM holidays ORDER BY on_day, announced_on`)
}

const off, work = "off", "work"

// Put adds or updates what one notice says of a day and reports whether anything changed. weekday is what the file says
// of it, "" if nothing.
func Put(tx *db.Tx, d calendar.Day, weekday string) (bool, error) {
	if err := validate(d, weekday); err != nil {
		return false, err
	}
	kind := work
	if d.Off {
		kind = off
	}
	n, err := tx.ExecN(`INSERT INTO holidays AS h (on_day, announced_on, kind, name, name_en, notice, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (on_day, announced_on) DO UPDATE SET kind = excluded.kind, name = excluded.name,
			name_en = excluded.name_en, notice = excluded.notice, note = excluded.note
		WHERE h.kind <> excluded.kind OR h.name <> excluded.name OR h.name_en <> excluded.name_en
			OR h.notice <> excluded.notice OR h.note <> excluded.note`,
		d.On, d.Announced, kind, d.Name, d.NameEN, d.Notice, d.Note)
	return n > 0, err
}
