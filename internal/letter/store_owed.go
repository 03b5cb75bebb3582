package letter

// Receipts that are owed, across letters.

import (
	"strings"

	"yipanqi/internal/db"
)

const owedColumns = receiptColumns + `, l.title, l.state FROM letter_receipts c
	JOIN letters l ON l.id = c.letter_id AND l.in_force = c.edition`

func scanOwed(r db.Row) (o owedRow, err error) {
	var state State
	o.Receipt, err = scanReceipt(withMore{r, []any{&o.title, &state}})
	o.withdraw = state == StateWithdrawn
	return o, err
}

// withMore reads more columns behind those that a scan function knows.
type withMore struct {
	db.Row
	more []any
}

func (w withMore) Scan(dest ...any) error { return w.Row.Scan(append(dest, w.more...)...) }

// owing are receipts that are due up to a day and missing, behind a place, the longest due first.
func owing(tx *db.Tx, until, from string, limit int) ([]owedRow, error) {
	at := append(strings.Fields(from), "", "", "")
	return db.All(tx, scanOwed, `SELECT `+owedColumns+` WHERE c.at IS NULL AND l.state <> 'withdrawn'
		AND c.due_on <= $1 AND (c.due_on > $2 OR c.due_on = $2 AND (c.letter_id > $3
			OR c.letter_id = $3 AND c.unit > $4))
		ORDER BY c.due_on, c.letter_id, c.unit LIMIT $5`, until, at[0], at[1], at[2], limit)
}

// receiptsFor are all receipts of the editions in force of letters.
func receiptsFor(tx *db.Tx, ids []string) ([]owedRow, error) {
	return db.All(tx, scanOwed, `SELECT `+owedColumns+`
		WHERE c.letter_id IN (SELECT j.key FROM json_each($1) j)`, db.Texts(ids))
}

// handOver makes another unit the holder of what one has not received of an edition, and says for which units that is.
func handOver(tx *db.Tx, id string, edition int64, from, to string) ([]string, error) {
	return db.All(tx, db.Single[string], `UPDATE letter_receipts SET holder = $1
		WHERE letter_id = $2 AND edition = $3 AND holder = $4 AND at IS NULL RETURNING unit`, to, id, edition, from)
}
