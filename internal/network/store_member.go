package network

// Rows of memberships, of declared numbers and of earlier names.

import (
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

const memberColumns = `id, body, member, seat, opens_on, closes_on, basis, position`

func scanMember(r db.Row) (m Membership, err error) {
	return m, r.Scan(&m.ID, &m.Body, &m.Member, &m.Seat, &m.OpensOn, &m.ClosesOn, &m.Basis, &m.Position)
}

// What db.Remember keeps.
type (
	allMembers  struct{}
	allDeclared struct{}
	allNames    struct{}
)

// memberships are all that ever were, in the order of their bodies; shared, so not to be changed.
func memberships(tx *db.Tx) ([]Membership, error) {
	return db.Remember(tx, allMembers{}, func(tx *db.Tx) ([]Membership, error) {
		return db.All(tx, scanMember, `SELECT `+memberColumns+` FROM memberships
			ORDER BY body, position, member, opens_on`)
	})
}

// Members are the seats of a body on a day (today if empty), by rank and in their order.
func Members(tx *db.Tx, body, day string) ([]Membership, error) {
	return seatsOn(tx, day, func(m Membership) bool { return m.Body == body })
}

// MembershipsOf are the seats that a unit has on a day (today if empty).
func MembershipsOf(tx *db.Tx, unit, day string) ([]Membership, error) {
	return seatsOn(tx, day, func(m Membership) bool { return m.Member == unit })
}

func seatsOn(tx *db.Tx, day string, which func(Membership) bool) (some []Membership, err error) {
	if day == "" {
		day = tx.Today()
	}
	all, err := memberships(tx)
	for _, m := range all {
		if which(m) && m.OpenOn(day) {
			some = append(some, m)
		}
	}
	return ByRank(some), err
}

// Bodies are the units that ever had members, in order of code.
func Bodies(tx *db.Tx) (codes []string, err error) {
	all, err := memberships(tx)
	for _, m := range all {
		if !slices.Contains(codes, m.Body) {
			codes = append(codes, m.Body)
		}
	}
	declared, declaredErr := declarations(tx)
	for _, d := range declared {
		if !slices.Contains(codes, d.Body) {
			codes = append(codes, d.Body)
		}
	}
	slices.Sort(codes)
	if err == nil {
		err = declaredErr
	}
	return codes, err
}

func declarations(tx *db.Tx) ([]Declared, error) {
	return db.Remember(tx, allDeclared{}, func(tx *db.Tx) ([]Declared, error) {
		return db.All(tx, func(r db.Row) (d Declared, err error) {
			return d, r.Scan(&d.Body, &d.OpensOn, &d.Members, &d.Basis)
		}, `SELECT body, opens_on, members, basis FROM declared_members ORDER BY body, opens_on`)
	})
}

// DeclaredOf is how many members a body was last said to have by a day; not found if nobody said.
func DeclaredOf(tx *db.Tx, body, day string) (d Declared, found bool, err error) {
	all, err := declarations(tx)
	for _, one := range all {
		if one.Body == body && one.OpensOn <= day {
			d, found = one, true
		}
	}
	return d, found, err
}

// PutMembership adds a seat, or updates the one of the same body, member and first day; it reports whether anything
// changed. A member has one seat at a time.
func PutMembership(tx *db.Tx, m Membership) (Membership, bool, error) {
	if err := m.Validate(); err != nil {
		return m, false, err
	}
	all, err := memberships(tx)
	if err != nil {
		return m, false, err
	}
	found := false
	for _, old := range all {
		if old.Body != m.Body || old.Member != m.Member {
			continue
		}
		if old.OpensOn == m.OpensOn {
			if m.ClosesOn == "" {
				m.ClosesOn = old.ClosesOn // a file of before does not take a seat back
			}
			if m.ID, found = old.ID, true; old == m {
				return m, false, nil
			}
		} else if (m.ClosesOn == "" || old.OpensOn < m.ClosesOn) && (old.ClosesOn == "" || m.OpensOn < old.ClosesOn) {
			return m, false, errs.Conflictf("%s在这段时间已有席位（%s起）。请先结束原来的席位。", m.Member, old.OpensOn)
		}
	}
	if found {
		return m, true, tx.Exec(`UPDATE memberships SET seat = $1, closes_on = $2, basis = $3, position = $4
			WHERE id = $5`, string(m.Seat), m.ClosesOn, m.Basis, m.Position, m.ID)
	}
	m.ID = db.NewID()
	return m, true, tx.Exec(`INSERT INTO memberships (`+memberColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		m.ID, m.Body, m.Member, string(m.Seat), m.OpensOn, m.ClosesOn, m.Basis, m.Position)
}

// PutDeclared keeps how many members a body is said to have, and reports whether anything changed.
func PutDeclared(tx *db.Tx, d Declared) (bool, error) {
	n, err := tx.ExecN(`INSERT INTO declared_members (body, opens_on, members, basis) VALUES ($1, $2, $3, $4)
		ON CONFLICT (body, opens_on) DO UPDATE SET members = excluded.members, basis = excluded.basis
		WHERE declared_members.members <> excluded.members OR declared_members.basis <> excluded.basis`,
		d.Body, d.OpensOn, d.Members, d.Basis)
	return n > 0, err
}

// formerName is what a unit was called until a day.
type formerName struct {
	unit, until             string
	name, shortName, nameEN string
}

// formerNames are the earlier names of all units, oldest first; shared, so not to be changed.
func formerNames(tx *db.Tx) (map[string][]formerName, error) {
	return db.Remember(tx, allNames{}, func(tx *db.Tx) (map[string][]formerName, error) {
		by := map[string][]formerName{}
		err := db.Each(tx, func(r db.Row) error {
			var n formerName
			err := r.Scan(&n.unit, &n.until, &n.name, &n.shortName, &n.nameEN)
			by[n.unit] = append(by[n.unit], n)
			return err
		}, `SELECT unit, until, name, short_name, name_en FROM unit_names ORDER BY unit, until`)
		return by, err
	})
}

// NamedOn is the unit as it was called on a day.
func NamedOn(tx *db.Tx, u Unit, day string) (Unit, error) {
	names, err := formerNames(tx)
	for _, n := range names[u.Code] {
		if day < n.until {
			u.Name, u.ShortName, u.NameEN = n.name, n.shortName, n.nameEN
			break
		}
	}
	return u, err
}

// UnitOn is a unit as it was called on a day.
func UnitOn(tx *db.Tx, code, day string) (Unit, error) {
	u, err := UnitByCode(tx, code)
	if err != nil {
		return u, err
	}
	return NamedOn(tx, u, day)
}

func endMembership(tx *db.Tx, id, day string) error {
	return tx.ExecOne(`UPDATE memberships SET closes_on = $1 WHERE id = $2 AND (closes_on = '' OR closes_on > $1)`,
		day, id)
}

// insertFormerName keeps what a unit was called until a day.
func insertFormerName(tx *db.Tx, u Unit, until string) error {
	return tx.Exec(`INSERT INTO unit_names (unit, until, name, short_name, name_en) VALUES ($1, $2, $3, $4, $5)`,
		u.Code, until, u.Name, u.ShortName, u.NameEN)
}

// speakers are the posts of a day in the members of a body, by unit and role.
func speakers(tx *db.Tx, body, day string) (map[string]map[string][]Post, error) {
	by := map[string]map[string][]Post{}
	posts, err := db.All(tx, scanPost, `SELECT `+postColumns+` FROM posts p JOIN people h ON h.id = p.person_id
		WHERE p.unit IN (SELECT m.member FROM memberships m WHERE m.body = $1)
		AND p.opens_on <= $2 AND (p.closes_on = '' OR p.closes_on > $2) ORDER BY p.unit, p.opens_on, p.id`, body, day)
	for _, p := range posts {
		if by[p.Unit] == nil {
			by[p.Unit] = map[string][]Post{}
		}
		by[p.Unit][p.Role] = append(by[p.Unit][p.Role], p)
	}
	return by, err
}
