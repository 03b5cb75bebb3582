package signed

// How a signature is read from any table of signatures: they have the same columns, see Columns.

import (
	"database/sql"

	"yipanqi/internal/db"
)

// Columns are what Scan reads, of a table of signatures called g joined with its keys as Keys does.
const Columns = `g.role, g.person_id, g.person, g.post, g.unit, g.at, COALESCE(g.key_id, ''), g.digest, g.signature,
	COALESCE(k.public_key, ''), COALESCE(k.certificate, '')`

// Keys joins the signers' keys; a signature that is awaited has none.
const Keys = ` LEFT JOIN signing_keys k ON k.id = g.key_id `

// Stored is a signature as it stands in the tables, its certificate not parsed: two that are equal verify alike.
type Stored struct {
	Signature   // without its certificate
	Certificate string
}

// ScanStored reads Columns, after those that the table has more.
func ScanStored(r db.Row, before ...any) (s Stored, err error) {
	var at sql.NullTime
	err = r.Scan(append(before, &s.Role, &s.PersonID, &s.Person, &s.Post, &s.Unit, &at, &s.KeyID, &s.Digest, &s.Value,
		&s.PublicKey, &s.Certificate)...)
	if at.Valid {
		s.At = at.Time.UTC()
	}
	return s, err
}

// Parse is the signature with its certificate.
func (s Stored) Parse() (g Signature, err error) {
	g = s.Signature
	if s.Certificate != "" {
		g.Certificate, err = certificate(s.Certificate)
	}
	return g, err
}

// Scan reads Columns, after those that the table has more.
func Scan(r db.Row, before ...any) (Signature, error) {
	s, err := ScanStored(r, before...)
	if err != nil {
		return s.Signature, err
	}
	return s.Parse()
}
