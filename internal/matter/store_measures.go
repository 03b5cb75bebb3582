package matter

// How the measures are counted: all of them in one statement over the items that somebody may see.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// What a measure counts, as conditions. $today, $ago30 and $ago100 are days.
const (
	isRunning = `i.state IN ('raised', 'received', 'declined', 'planned', 'in_progress')`
	isOpen    = `(` + isRunning + ` OR i.state = 'reported')`
	judged    = `i.class <> 'continuing'`
	passed    = judged + ` AND i.state = 'closed' AND i.judgement IN ('done', 'mostly')`
	overdue   = judged + ` AND ` + isRunning + ` AND i.due <> '' AND i.due < ?today`
	lastNews  = `CASE WHEN i.noted_on <> '' THEN i.noted_on WHEN i.started_on <> '' THEN i.started_on
		WHEN i.received_on <> '' THEN i.received_on ELSE i.since END`
	isSilent = isRunning + ` AND ` + lastNews + ` < CASE WHEN i.class = 'continuing' THEN ?ago100 ELSE ?ago30 END`
	yearOn   = `CAST(CAST(substr(i.first_closed_on, 1, 4) AS INTEGER) + 1 AS TEXT) || substr(i.first_closed_on, 5)`
	owesNow  = `i.class = 'continuing' AND i.state = 'in_progress' AND i.next_on < ?today`
)

// sums are numerator and denominator of each measure, in the order of measures.
const sums = `COALESCE(sum(CASE WHEN ` + passed + ` AND i.reported_on <= i.original_due THEN 1 ELSE 0 END), 0),
	COALESCE(sum(CASE WHEN ` + passed + ` OR ` + overdue + ` THEN 1 ELSE 0 END), 0),
	COALESCE(sum(CASE WHEN ` + passed + ` AND i.reported_on <= i.due THEN 1 ELSE 0 END), 0),
	COALESCE(sum(CASE WHEN ` + passed + ` OR ` + overdue + ` THEN 1 ELSE 0 END), 0),
	COALESCE(sum(CASE WHEN i.state = 'reported' THEN 1 ELSE 0 END), 0),
	COALESCE(sum(CASE WHEN ` + isOpen + ` THEN 1 ELSE 0 END), 0),
	COALESCE(sum(CASE WHEN i.checks > 0 AND i.first_judgement IN ('done', 'mostly', 'obsolete') THEN 1 ELSE 0 END), 0),
	COALESCE(sum(CASE WHEN i.checks > 0 THEN 1 ELSE 0 END), 0),
	COALESCE(sum(CASE WHEN i.reopened_on <> '' AND i.reopened_on <= ` + yearOn + ` THEN 1 ELSE 0 END), 0),
	COALESCE(sum(CASE WHEN i.closings > 0 THEN 1 ELSE 0 END), 0),
	COALESCE(sum(CASE WHEN ` + isSilent + ` THEN 1 ELSE 0 END), 0),
	COALESCE(sum(CASE WHEN ` + isOpen + ` THEN 1 ELSE 0 END), 0),
	COALESCE(sum(i.notes_in_time), 0),
	COALESCE(sum(i.notes_owed + CASE WHEN ` + owesNow + ` THEN 1 ELSE 0 END), 0)`

// counted are numerator and denominator of each measure over the items that by may see and the filter leaves.
func counted(tx *db.Tx, by auth.User, f Filter) (counts []int, err error) {
	where, args, err := seenItems(tx, by, f)
	if err != nil {
		return nil, err
	}
	today := tx.Today()
	text, all := days(sums, map[string]string{"today": today, "ago30": daysLater(today, -30),
		"ago100": daysLater(today, -100)}, args)
	return db.One(tx, func(r db.Row) (n []int, err error) {
		n = make([]int, 2*len(measures))
		at := make([]any, len(n))
		for i := range n {
			at[i] = &n[i]
		}
		return n, r.Scan(at...)
	}, `SELECT `+text+` FROM matter_items i WHERE `+where, all...)
}
