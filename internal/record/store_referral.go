package record

// Rows of referrals, each with where its record is now.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/list"
)

const (
	referralColumns = `f.id, f.record, f.title, f.from_unit, f.to_unit, f.reason, f.state, f.answer, f.due_on,
	f.offered_at, f.offered_by, f.answered_on, f.answered_by, r.register, r.number, r.unit, r.state, r.version`
	referralTables = ` FROM referrals f JOIN records r ON r.id = f.record `
)

func scanReferral(row db.Row) (f Referral, err error) {
	err = row.Scan(&f.ID, &f.Record, &f.Title, &f.From, &f.To, &f.Reason, &f.State, &f.Answer, &f.DueOn, &f.OfferedAt,
		&f.OfferedBy, &f.AnsweredOn, &f.AnsweredBy, &f.Register, &f.Number, &f.Holder, &f.Stage, &f.version)
	f.OfferedAt = f.OfferedAt.UTC()
	return f, err
}

func referral(tx *db.Tx, id string) (Referral, error) {
	return db.One(tx, scanReferral, `SELECT `+referralColumns+referralTables+`WHERE f.id = $1`, id)
}

// referralsOf are those of a record, newest first.
func referralsOf(tx *db.Tx, record string) ([]Referral, error) {
	return db.All(tx, scanReferral, `SELECT `+referralColumns+referralTables+`WHERE f.record = $1
		ORDER BY f.offered_at DESC, f.id DESC LIMIT 50`, record)
}

// offeredTo is the unit that a record is offered to now, if it is.
func offeredTo(tx *db.Tx, record string) (string, error) {
	units, err := db.All(tx, db.Single[string], `SELECT to_unit FROM referrals WHERE record = $1 AND state = 'offered'`,
		record)
	if len(units) == 0 {
		return "", err
	}
	return units[0], err
}

func insertReferral(tx *db.Tx, f Referral) error {
	return tx.Exec(`INSERT INTO referrals (id, record, title, from_unit, to_unit, reason, state, answer, due_on,
		offered_at, offered_by, answered_on, answered_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, f.ID, f.Record, f.Title, f.From, f.To,
		f.Reason, string(f.State), f.Answer, f.DueOn, f.OfferedAt, f.OfferedBy, f.AnsweredOn, f.AnsweredBy)
}

// settle ends an offer, if nobody else did.
func settle(tx *db.Tx, f Referral) error {
	return tx.ExecOne(`UPDATE referrals SET state = $1, answer = $2, answered_on = $3, answered_by = $4
		WHERE id = $5 AND state = 'offered'`, string(f.State), f.Answer, f.AnsweredOn, f.AnsweredBy, f.ID)
}

// lateReferrals are offers that should have been answered before a day.
func lateReferrals(tx *db.Tx, day string, limit int) ([]Referral, error) {
	return db.All(tx, scanReferral, `SELECT `+referralColumns+referralTables+`WHERE f.state = 'offered'
		AND f.due_on <> '' AND f.due_on < $1 ORDER BY f.due_on, f.id LIMIT $2`, day, limit)
}

// openReferrals are offers that are due up to a day, and what came back of late, from a place on.
func openReferrals(tx *db.Tx, until, late, day, id string, limit int) ([]Referral, error) {
	const due = `CASE WHEN f.state = 'offered' THEN f.due_on ELSE f.answered_on END`
	return db.All(tx, scanReferral, `SELECT `+referralColumns+referralTables+`WHERE (f.state = 'offered'
		AND f.due_on <> '' AND f.due_on <= $1 OR f.state IN ('refused', 'lapsed') AND f.answered_on >= $2
		AND f.answered_on <= $1) AND (`+due+`, f.id) > ($3, $4) ORDER BY `+due+`, f.id LIMIT $5`, until, late, day,
		id, limit)
}

// offeredToAny are the offers that wait for one of some units.
func offeredToAny(tx *db.Tx, units []string, limit int) ([]Referral, error) {
	return db.All(tx, scanReferral, `SELECT `+referralColumns+referralTables+`WHERE f.state = 'offered'
		AND f.to_unit IN (SELECT j.key FROM json_each($1) j) ORDER BY f.due_on, f.id LIMIT $2`, db.Texts(units), limit)
}

// pageOfReferrals are all in order of their ids, after one.
func pageOfReferrals(tx *db.Tx, after string, limit int) ([]Referral, error) {
	return db.All(tx, scanReferral, `SELECT `+referralColumns+referralTables+`WHERE f.id > $1 ORDER BY f.id LIMIT $2`,
		after, limit)
}

// referralSource is the list of those that by's units sent or were sent.
func referralSource(by auth.User, in referralsInput) list.Source[Referral] {
	s := list.Source[Referral]{Key: "f.id", From: "referrals f JOIN records r ON r.id = f.record", Few: true,
		Select: referralColumns + referralTables, Scan: scanReferral, ID: func(f Referral) string { return f.ID },
		Orders: map[string][]string{"offered": {"f.offered_at", "f.id"}, "due": {"f.due_on", "f.id"}}}
	units, _ := by.Scope()
	keys := db.Texts(units)
	const (
		from = "f.from_unit IN (SELECT j.key FROM json_each(?) j)"
		to   = "f.to_unit IN (SELECT j.key FROM json_each(?) j)"
	)
	switch in.Box {
	case "in":
		s.And(to, keys)
	case "out":
		s.And(from, keys)
	default:
		s.And("("+from+" OR "+to+")", keys, keys)
	}
	if in.State != "" {
		s.Equal("", "f.state", in.State)
	}
	return s
}
