package letter

// Letters that lie before a unit, for those who ask what it was sent.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// To are the letters in force of two kinds that are addressed to a unit, the newest first; 50 at most.
func To(tx *db.Tx, unit string, a, b Kind) ([]Letter, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM letters l WHERE l.kind IN ($2, $3) AND l.in_force > 0
		AND l.state <> 'withdrawn' AND EXISTS (SELECT 1 FROM letter_receipts c WHERE c.letter_id = l.id
			AND c.edition = l.in_force AND c.unit = $1) ORDER BY l.id DESC LIMIT 50`, unit, string(a), string(b))
}

// IssuedBy are the letters in force of an office that by may see, the newest first, at most so many.
func IssuedBy(tx *db.Tx, by auth.User, unit string, most int) ([]Letter, error) {
	seen, args, err := visible(tx, by)
	if err != nil {
		return nil, err
	}
	return db.All(tx, scan, `SELECT `+columns+` FROM letters l WHERE l.unit = $5 AND l.in_force > 0
		AND l.state <> 'withdrawn' AND `+seen+` ORDER BY l.id DESC LIMIT $6`, append(args, unit, most)...)
}
