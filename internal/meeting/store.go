package meeting

// The row of a meeting, written only if it is still the one that was read, and the rows of kinds. What hangs on a
// meeting is store_rows.go's.

import (
	"encoding/json"

	"yipanqi/internal/db"
)

const columns = `m.id, m.number, m.title, m.kind, m.session, m.host, m.co_hosts, m.area_path, m.starts, m.ends, m.form,
	m.place, m.chair_unit, m.chair_role, m.about, m.prepared_by, m.scope, m.reply_by, m.source, m.source_url, m.state,
	m.reason, m.entries, m.version, m.updated_by, m.updated_at`

func scan(r db.Row) (m Meeting, err error) {
	var hosts string
	if err := r.Scan(&m.ID, &m.Number, &m.Title, &m.Kind, &m.Session, &m.Host, &hosts, &m.AreaPath, &m.Starts, &m.Ends,
		&m.Form, &m.Place, &m.ChairUnit, &m.ChairRole, &m.About, &m.PreparedBy, &m.Scope, &m.ReplyBy, &m.Source,
		&m.SourceURL, &m.State, &m.Reason, &m.Entries, &m.Version, &m.UpdatedBy, &m.UpdatedAt); err != nil {
		return m, err
	}
	m.Starts, m.Ends, m.UpdatedAt = m.Starts.UTC(), m.Ends.UTC(), m.UpdatedAt.UTC()
	return m, codes(hosts, &m.CoHosts)
}

// codes reads a JSON list.
func codes(text string, into *[]string) error { return json.Unmarshal([]byte(text), into) }

// byID returns a meeting, whoever asks; see Read.
func byID(tx *db.Tx, id string) (Meeting, error) {
	return db.One(tx, scan, `SELECT `+columns+` FROM meetings m WHERE m.id = $1`, id)
}

func insert(tx *db.Tx, m Meeting) error {
	return tx.Exec(`INSERT INTO meetings (id, number, title, kind, session, host, co_hosts, area_path, starts, ends,
		form,
		place, chair_unit, chair_role, about, prepared_by, scope, reply_by, source, source_url, state, reason, entries,
		version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, 0,
			0, $23, $24)`,
		m.ID, m.Number, m.Title, m.Kind, m.Session, m.Host, asList(m.CoHosts), m.AreaPath, m.Starts, m.Ends, m.Form,
		m.Place,
		m.ChairUnit, m.ChairRole, m.About, m.PreparedBy, m.Scope, m.ReplyBy, m.Source, m.SourceURL, string(m.State),
		m.Reason, m.UpdatedBy, m.UpdatedAt)
}

// update writes what can change, if the row is still the one that was read.
func update(tx *db.Tx, m *Meeting) error {
	err := tx.ExecOne(`UPDATE meetings SET number = $1, title = $2, kind = $3, session = $4, host = $5, co_hosts = $6,
			area_path = $7, starts = $8, ends = $9, form = $10, place = $11, chair_unit = $12, chair_role = $13,
			about = $14, prepared_by = $15, scope = $16, reply_by = $17, source = $18, source_url = $19, state = $20,
			reason = $21, entries = entries + 1, version = version + 1, updated_by = $22, updated_at = $23
		WHERE id = $24 AND version = $25`,
		m.Number, m.Title, m.Kind, m.Session, m.Host, asList(m.CoHosts), m.AreaPath, m.Starts, m.Ends, m.Form, m.Place,
		m.ChairUnit, m.ChairRole, m.About, m.PreparedBy, m.Scope, m.ReplyBy, m.Source, m.SourceURL, string(m.State),
		m.Reason, m.UpdatedBy, m.UpdatedAt, m.ID, m.Version)
	m.Entries++
	m.Version++
	return err
}

// every returns all meetings of some states, all if none is named, oldest first.
func every(tx *db.Tx, states ...State) ([]Meeting, error) {
	where, args := "", []any(nil)
	if len(states) > 0 {
		names := make([]string, len(states))
		for i, s := range states {
			names[i] = string(s)
		}
		where, args = ` WHERE m.state IN (SELECT j.key FROM json_each($1) j)`, []any{db.Texts(names)}
	}
	return db.All(tx, scan, `SELECT `+columns+` FROM meetings m`+where+` ORDER BY m.starts, m.id`, args...)
}

// numbered is how many meetings of hosts in an area have a number that begins so.
func numbered(tx *db.Tx, areaPath, begins string) (int, error) {
	return db.Value[int](tx, `SELECT count(*) FROM meetings WHERE area_path = $1 AND number LIKE $2 || '%'`, areaPath,
		begins)
}

// sameNamed are the meetings of a host with a title that begin on a day: what an import means by them.
func sameNamed(tx *db.Tx, host, title string) ([]Meeting, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM meetings m WHERE m.host = $1 AND m.title = $2 ORDER BY m.id`, host,
		title)
}

// overlapping are the meetings at the same time to which some of the units are invited, with those units.
func overlapping(tx *db.Tx, m Meeting, units []string) (titles []string, err error) {
	return db.All(tx, db.Single[string], `SELECT DISTINCT o.title FROM meetings o JOIN invitations i ON i.meeting = o.id
		WHERE o.id <> $1 AND o.state = 'notified' AND o.starts < $2 AND o.ends > $3
		AND i.unit IN (SELECT j.key FROM json_each($4) j) ORDER BY o.title`, m.ID, m.Ends, m.Starts, db.Texts(units))
}

// isInvited says whether one of the units is invited to a meeting.
func isInvited(tx *db.Tx, meeting string, units []string) (bool, error) {
	n, err := db.Value[int](tx, `SELECT count(*) FROM invitations WHERE meeting = $1
		AND unit IN (SELECT j.key FROM json_each($2) j)`, meeting, db.Texts(units))
	return n > 0, err
}

func ownKinds(tx *db.Tx) ([]Kind, error) {
	return db.All(tx, func(r db.Row) (k Kind, err error) {
		return k, r.Scan(&k.Code, &k.Name, &k.NameEN, &k.Invitees, &k.NeedsMinutes, &k.Training, &k.Rhythm, &k.Status,
			&k.Position)
	}, `SELECT code, name, name_en, invitees, needs_minutes, training, rhythm, status, position FROM meeting_kinds
		ORDER BY position, code`)
}

func ownNeeds(tx *db.Tx) ([]Need, error) {
	return db.All(tx, func(r db.Row) (n Need, err error) {
		return n, r.Scan(&n.Role, &n.Subject, &n.Status, &n.Basis)
	}, `SELECT role, subject, status, basis FROM training_needs ORDER BY role, subject`)
}

// beforeMeeting are the newest meetings of the host's area that are over before a meeting: one may have prepared it.
func beforeMeeting(tx *db.Tx, m Meeting) ([]Meeting, error) {
	until := m.Starts
	if until.IsZero() {
		until = tx.Now
	}
	return db.All(tx, scan, `SELECT `+columns+` FROM meetings m JOIN units u ON u.code = m.host
		WHERE u.area_id = (SELECT h.area_id FROM units h WHERE h.code = $1) AND m.starts < $2 AND m.id <> $3
		AND m.state IN ('held', 'minuted', 'closed') ORDER BY m.starts DESC, m.id LIMIT 20`, m.Host, until, m.ID)
}

// putKind keeps a kind of the office's own, and reports whether anything changed.
func putKind(tx *db.Tx, k Kind) (bool, error) {
	n, err := tx.ExecN(`INSERT INTO meeting_kinds (code, name, name_en, invitees, needs_minutes, training, rhythm,
		status, position) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en,
			invitees = excluded.invitees, needs_minutes = excluded.needs_minutes, training = excluded.training,
			rhythm = excluded.rhythm, status = excluded.status, position = excluded.position
		WHERE meeting_kinds.name <> excluded.name OR meeting_kinds.name_en <> excluded.name_en
			OR meeting_kinds.invitees <> excluded.invitees OR meeting_kinds.needs_minutes <> excluded.needs_minutes
			OR meeting_kinds.training <> excluded.training OR meeting_kinds.rhythm <> excluded.rhythm
			OR meeting_kinds.status <> excluded.status OR meeting_kinds.position <> excluded.position`,
		k.Code, k.Name, k.NameEN, k.Invitees, k.NeedsMinutes, k.Training, k.Rhythm, string(k.Status), k.Position)
	return n > 0, err
}

// putNeed keeps a need of the office's own, and reports whether anything changed.
func putNeed(tx *db.Tx, n Need) (bool, error) {
	rows, err := tx.ExecN(`INSERT INTO training_needs (role, subject, status, basis) VALUES ($1, $2, $3, $4)
		ON CONFLICT (role, subject) DO UPDATE SET status = excluded.status, basis = excluded.basis
		WHERE training_needs.status <> excluded.status OR training_needs.basis <> excluded.basis`,
		n.Role, n.Subject, string(n.Status), n.Basis)
	return rows > 0, err
}
