package submission

// Frozen versions and the signatures under them: added, never changed.

import (
	"cmp"
	"database/sql"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/signed"
)

const versionColumns = `v.id, v.submission_id, v.number, v.text, v.digest, v.reason, v.origin, v.source, v.created_at, v.accepted_at`

func scanVersion(r db.Row) (v Version, err error) {
	var accepted sql.NullTime
	err = r.Scan(&v.ID, &v.SubmissionID, &v.Number, &v.Text, &v.Digest, &v.Reason, &v.Origin,
		&v.Source, &v.CreatedAt, &accepted)
	v.CreatedAt, v.AcceptedAt = v.CreatedAt.UTC(), accepted.Time
	if accepted.Valid {
		v.AcceptedAt = accepted.Time.UTC()
	}
	return v, err
}

// Versions returns all frozen texts of a submission with their signatures, oldest first.
func Versions(tx *db.Tx, submissionID string) ([]Version, error) {
	all, err := db.All(tx, scanVersion, `SELECT `+versionColumns+` FROM versions v WHERE v.submission_id = $1
		ORDER BY v.number`, submissionID)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if err = all[i].put(tx); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// VersionByID returns one version with its signatures.
func VersionByID(tx *db.Tx, id int64) (Version, error) {
	return withSignatures(tx)(db.One(tx, scanVersion, `SELECT `+versionColumns+` FROM versions v WHERE v.id = $1`, id))
}

const latestVersion = `SELECT ` + versionColumns +
	` FROM versions v WHERE v.submission_id = $1 ORDER BY v.number DESC LIMIT 1`

// latest returns the newest version of a submission with its signatures; Missing if nothing was ever frozen.
func latest(tx *db.Tx, submissionID string) (Version, error) {
	return withSignatures(tx)(db.One(tx, scanVersion, latestVersion, submissionID))
}

// latestStored is latest as it stands in the tables, with nothing parsed.
func latestStored(tx *db.Tx, submissionID string) (s stored, err error) {
	if s.version, err = db.One(tx, scanVersion, latestVersion, submissionID); err != nil {
		return s, err
	}
	if s.version.Scans, err = scansOf(tx, s.version.ID); err != nil {
		return s, err
	}
	s.signatures, err = db.All(tx, scanOne, signaturesOf, s.version.ID)
	return s, err
}

func withSignatures(tx *db.Tx) func(Version, error) (Version, error) {
	return func(v Version, err error) (Version, error) {
		if err == nil {
			err = v.put(tx)
		}
		return v, err
	}
}

// put reads the signatures under the version and the scans of those in ink.
func (v *Version) put(tx *db.Tx) (err error) {
	if v.Signatures, err = signatures(tx, v.ID); err == nil {
		v.Scans, err = scansOf(tx, v.ID)
	}
	return err
}

// inkColumns are how a signature was given, and what speaks for one in ink: the confirmed scan of its version.
const inkColumns = `g.kind, COALESCE(p.signed_on, ''), COALESCE(p.digest, ''), COALESCE(p.file, ''),
	COALESCE(p.recorded_id, ''), COALESCE(p.recorded_by, ''), COALESCE(p.decided_id, ''), COALESCE(p.decided_by, ''), `

const withInk = ` LEFT JOIN paper_scans p ON p.version_id = g.version_id AND p.verdict = 'confirmed'`

const signaturesOf = `SELECT ` + inkColumns + signed.Columns + ` FROM signatures g` + signed.Keys + withInk +
	` WHERE g.version_id = $1 ORDER BY g.role`

// scanStored reads inkColumns and signed.Columns, after those that the query has more.
func scanStored(r db.Row, before ...any) (signed.Stored, error) {
	var kind string
	var paper signed.Paper
	g, err := signed.ScanStored(r, append(before, &kind, &paper.On, &paper.Scan, &paper.File, &paper.RecordedID,
		&paper.RecordedBy, &paper.ConfirmedID, &paper.ConfirmedBy)...)
	if g.Paper = paper; kind != "key" {
		g.Kind = kind
	}
	return g, err
}

func scanOne(r db.Row) (signed.Stored, error) { return scanStored(r) }

func scanSignature(r db.Row) (signed.Signature, error) {
	g, err := scanStored(r)
	if err != nil {
		return g.Signature, err
	}
	return g.Parse()
}

func signatures(tx *db.Tx, versionID int64) ([]signed.Signature, error) {
	return db.All(tx, scanSignature, signaturesOf, versionID)
}

// nextNumber is the number of the version that will be frozen next.
func nextNumber(tx *db.Tx, submissionID string) (int64, error) {
	return db.Value[int64](tx, `SELECT COALESCE(max(number), 0) + 1 FROM versions
		WHERE submission_id = $1`, submissionID)
}

func insertVersion(tx *db.Tx, v Version) (id int64, err error) {
	return db.Value[int64](tx, `INSERT INTO versions (submission_id, number, text, digest, reason, origin, source,
		created_at, accepted_at, period, area_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, (SELECT period FROM submissions WHERE id = $1),
			(SELECT area_id FROM submissions WHERE id = $1)) RETURNING id`,
		v.SubmissionID, v.Number, v.Text, v.Digest, v.Reason, v.Origin, v.Source, v.CreatedAt,
		sql.NullTime{Time: v.AcceptedAt, Valid: !v.AcceptedAt.IsZero()})
}

func setAccepted(tx *db.Tx, versionID int64) error {
	return tx.ExecOne(`UPDATE versions SET accepted_at = $1 WHERE id = $2`, tx.Now, versionID)
}

func insertSignature(tx *db.Tx, versionID int64, s signed.Signature) error {
	return tx.Exec(`INSERT INTO signatures (version_id, role, person_id, person, post, unit, kind, key_id, digest,
		signature, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, NULLIF($8, ''), $9, $10, $11)`,
		versionID, s.Role, s.PersonID, s.Person, s.Post, s.Unit, cmp.Or(s.Kind, "key"), s.KeyID, s.Digest, s.Value,
		s.At)
}

// missing turns a Missing error into ok = false.
func missing[T any](v T, err error) (T, bool, error) {
	if errs.KindOf(err) == errs.Missing {
		return v, false, nil
	}
	return v, err == nil, err
}
