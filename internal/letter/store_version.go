package letter

// Frozen versions with the signatures under them and the receipts of each. A version that was sent back before it was
// issued is frozen anew; an issued one is never written again.

import (
	"database/sql"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/signed"
)

// Version is a text as it was frozen.
type Version struct {
	Letter  string
	Edition int64
	signed.Frozen
	DatedOn  string
	IssuedAt time.Time // zero: not yet
}

func scanVersion(r db.Row) (v Version, err error) {
	var issued sql.NullTime
	err = r.Scan(&v.Letter, &v.Edition, &v.Text, &v.Digest, &v.DatedOn, &issued)
	v.IssuedAt = moment(issued)
	return v, err
}

func moment(at sql.NullTime) time.Time {
	if !at.Valid {
		return time.Time{}
	}
	return at.Time.UTC()
}

const versionColumns = `v.letter_id, v.edition, v.text, v.digest, v.dated_on, v.issued_at`

// Versions are the frozen texts of a letter, oldest first.
func Versions(tx *db.Tx, id string) ([]Version, error) {
	return db.All(tx, scanVersion, `SELECT `+versionColumns+` FROM letter_versions v WHERE v.letter_id = $1
		ORDER BY v.edition`, id)
}

// VersionOf is one frozen text.
func VersionOf(tx *db.Tx, id string, edition int64) (Version, error) {
	return db.One(tx, scanVersion, `SELECT `+versionColumns+` FROM letter_versions v
		WHERE v.letter_id = $1 AND v.edition = $2`, id, edition)
}

// Citing are the letters in force that take figures of an indicator, whoever asks.
func Citing(tx *db.Tx, indicator string) ([]Letter, error) {
	code := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(indicator)
	return db.All(tx, scan, `SELECT `+columns+` FROM letters l JOIN letter_versions v
		ON v.letter_id = l.id AND v.edition = l.in_force WHERE l.in_force > 0 AND l.state <> 'withdrawn'
		AND (v.text LIKE $1 ESCAPE '\' OR v.text LIKE $2 ESCAPE '\') ORDER BY l.id`,
		`%"key":"`+code+`@%`, `%{{table `+code+` %`)
}

func insertVersion(tx *db.Tx, v Version) error {
	return tx.Exec(`INSERT INTO letter_versions (letter_id, edition, text, digest, dated_on)
		VALUES ($1, $2, $3, $4, '')`, v.Letter, v.Edition, v.Text, v.Digest)
}

// melt removes a text that was frozen and not issued, with what was signed under it.
func melt(tx *db.Tx, id string, edition int64) error {
	if err := tx.Exec(`DELETE FROM letter_signatures WHERE letter_id = $1 AND edition = $2`, id, edition); err != nil {
		return err
	}
	return tx.Exec(`DELETE FROM letter_versions WHERE letter_id = $1 AND edition = $2 AND issued_at IS NULL`, id,
		edition)
}

func setDated(tx *db.Tx, id string, edition int64, day string) error {
	return tx.ExecOne(`UPDATE letter_versions SET dated_on = $1 WHERE letter_id = $2 AND edition = $3
		AND issued_at IS NULL`, day, id, edition)
}

func setIssued(tx *db.Tx, id string, edition int64) error {
	return tx.ExecOne(`UPDATE letter_versions SET issued_at = $1 WHERE letter_id = $2 AND edition = $3
		AND issued_at IS NULL`, tx.Now, id, edition)
}

// Signature is one signature under a version: countersigner's or signer's. Unit is its code.
type Signature struct {
	signed.Signature
	Letter     string
	Edition    int64
	RecordedBy string // who registered one on paper; '' = it was given with a key
	Scan       string // id of the file that shows it
}

// OnPaper says whether it was given on paper and registered.
func (g Signature) OnPaper() bool { return g.RecordedBy != "" }

func scanSignature(r db.Row) (g Signature, err error) {
	g.Signature, err = signed.Scan(r, &g.Letter, &g.Edition, &g.RecordedBy, &g.Scan)
	return g, err
}

// signaturesOf are those under one edition, countersigners first.
func signaturesOf(tx *db.Tx, id string, edition int64) ([]Signature, error) {
	return db.All(tx, scanSignature, `SELECT g.letter_id, g.edition, g.recorded_by, g.scan, `+signed.Columns+`
		FROM letter_signatures g`+
		signed.Keys+`WHERE g.letter_id = $1 AND g.edition = $2 ORDER BY g.role, g.unit`, id, edition)
}

// await makes a place for the signature of a unit.
func await(tx *db.Tx, id string, edition int64, role, unit string) error {
	return tx.Exec(`INSERT INTO letter_signatures (letter_id, edition, role, unit, person_id, person, post, key_id,
		digest, signature) VALUES ($1, $2, $3, $4, '', '', '', '', '', '')`, id, edition, role, unit)
}

// put writes a signature into its place.
func put(tx *db.Tx, g Signature) error {
	return tx.ExecOne(`UPDATE letter_signatures SET person_id = $1, person = $2, post = $3, key_id = $4, digest = $5,
			signature = $6, at = $7, recorded_by = $8, scan = $9
		WHERE letter_id = $10 AND edition = $11 AND role = $12 AND unit = $13 AND at IS NULL`,
		g.PersonID, g.Person, g.Post, g.KeyID, g.Digest, g.Value, g.At, g.RecordedBy, g.Scan, g.Letter, g.Edition,
		g.Role, g.Unit)
}

// Channels by which a unit can have received a letter.
const (
	BySystem = "system"
	OnPaper  = "paper"
)

// Receipt is what a unit that a letter is addressed to did with it. Receipts belong to an edition.
type Receipt struct {
	Letter     string
	Edition    int64
	Unit       string
	Place      string // main or copy
	Holder     string // the unit that has to receive it now, if another
	DueOn      string
	Channel    string // '' = not received
	PersonID   string
	Person     string
	Post       string
	ReceivedOn string
	RecordedBy string // who registered a receipt on paper
	Scan       string
	At         time.Time
}

// Done says whether the unit has received it.
func (r Receipt) Done() bool { return r.Channel != "" }

func scanReceipt(r db.Row) (c Receipt, err error) {
	var at sql.NullTime
	err = r.Scan(&c.Letter, &c.Edition, &c.Unit, &c.Place, &c.Holder, &c.DueOn, &c.Channel, &c.PersonID, &c.Person,
		&c.Post, &c.ReceivedOn, &c.RecordedBy, &c.Scan, &at)
	c.At = moment(at)
	return c, err
}

const receiptColumns = `c.letter_id, c.edition, c.unit, c.place, c.holder, c.due_on, c.channel, c.person_id, c.person,
	c.post, c.received_on, c.recorded_by, c.scan, c.at`

// Receipts are those of one edition: main recipients first, in the order of the units.
func Receipts(tx *db.Tx, id string, edition int64) ([]Receipt, error) {
	return db.All(tx, scanReceipt, `SELECT `+receiptColumns+` FROM letter_receipts c JOIN units u ON u.code = c.unit
		WHERE c.letter_id = $1 AND c.edition = $2 ORDER BY c.place DESC, u.position, c.unit`, id, edition)
}

// expect makes a place for the receipt of a unit.
func expect(tx *db.Tx, c Receipt) error {
	return tx.Exec(`INSERT INTO letter_receipts (letter_id, edition, unit, place, holder, due_on, channel, person_id,
			person, post, received_on, recorded_by, scan)
		VALUES ($1, $2, $3, $4, $3, $5, '', '', '', '', '', '', '')`, c.Letter, c.Edition, c.Unit, c.Place, c.DueOn)
}

// receive writes a receipt into its place.
func receive(tx *db.Tx, c Receipt) error {
	return tx.ExecOne(`UPDATE letter_receipts SET channel = $1, person_id = $2, person = $3, post = $4,
			received_on = $5, recorded_by = $6, scan = $7, at = $8
		WHERE letter_id = $9 AND edition = $10 AND unit = $11 AND at IS NULL`,
		c.Channel, c.PersonID, c.Person, c.Post, c.ReceivedOn, c.RecordedBy, c.Scan, c.At, c.Letter, c.Edition, c.Unit)
}

// editions are those in force of letters that by may see, dated from a day on until before another.
func editions(tx *db.Tx, by auth.User, of module.Work) ([]Version, error) {
	first, last := of.Days()
	text, args, err := visible(tx, by)
	if err != nil {
		return nil, err
	}
	return db.All(tx, scanVersion, `SELECT `+versionColumns+` FROM letter_versions v
		JOIN letters l ON l.id = v.letter_id AND l.in_force = v.edition
		WHERE l.state <> 'withdrawn' AND v.dated_on >= $5 AND v.dated_on <= $6 AND `+text+`
		AND `+module.Counts("l.unit", 7)+`
		ORDER BY v.letter_id`, append(args, first, last, of.Keys())...)
}
