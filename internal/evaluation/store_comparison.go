package evaluation

// Rows of what the voices of a round say, and of notes on their differences.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/held"
)

func scanNote(r db.Row) (n Note, err error) {
	return n, r.Scan(&n.RoundID, &n.Line, &n.Text, &n.Person, &n.On)
}

const notes = `SELECT n.round_id, n.line, n.text, n.person, n.noted_on FROM round_notes n `

// notesOf are those of a round, by line.
func notesOf(tx *db.Tx, round string) (map[string]Note, error) {
	all, err := db.All(tx, scanNote, notes+`WHERE n.round_id = $1`, round)
	by := map[string]Note{}
	for _, n := range all {
		by[n.Line] = n
	}
	return by, err
}

func everyNote(tx *db.Tx) ([]Note, error) {
	return db.All(tx, scanNote, notes+`ORDER BY n.round_id, n.line`)
}

func putNote(tx *db.Tx, n Note) error {
	return tx.Exec(`INSERT INTO round_notes (round_id, line, text, person, noted_on) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (round_id, line) DO UPDATE SET text = excluded.text, person = excluded.person,
		noted_on = excluded.noted_on`, n.RoundID, n.Line, n.Text, n.Person, n.On)
}

func (n Note) row() held.Row {
	return held.Row{"round_id": n.RoundID, "line": n.Line, "text": n.Text, "person": n.Person, "noted_on": n.On}
}

func scanVoice(r db.Row) (v Voice, err error) {
	return v, r.Scan(&v.RoundID, &v.Line, &v.Voice, &v.Class, &v.Text, &v.Person, &v.On)
}

const voicesSaid = `SELECT v.round_id, v.line, v.voice, v.class, v.text, v.person, v.noted_on FROM round_voices v `

// voicesOf are those of a round, by line and voice.
func voicesOf(tx *db.Tx, round string) (map[string]map[string]Voice, error) {
	all, err := db.All(tx, scanVoice, voicesSaid+`WHERE v.round_id = $1`, round)
	by := map[string]map[string]Voice{}
	for _, v := range all {
		if by[v.Line] == nil {
			by[v.Line] = map[string]Voice{}
		}
		by[v.Line][v.Voice] = v
	}
	return by, err
}

func everyVoice(tx *db.Tx) ([]Voice, error) {
	return db.All(tx, scanVoice, voicesSaid+`ORDER BY v.round_id, v.line, v.voice`)
}

func putVoice(tx *db.Tx, v Voice) error {
	return tx.Exec(`INSERT INTO round_voices (round_id, line, voice, class, text, person, noted_on)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (round_id, line, voice) DO UPDATE SET class = excluded.class,
		text = excluded.text, person = excluded.person,
		noted_on = excluded.noted_on`, v.RoundID, v.Line, v.Voice, v.Class,
		v.Text, v.Person, v.On)
}

func (v Voice) row() held.Row {
	return held.Row{"round_id": v.RoundID, "line": v.Line, "voice": v.Voice, "class": v.Class, "text": v.Text,
		"person": v.Person, "noted_on": v.On}
}
