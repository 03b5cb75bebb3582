package letter

// Letters in lists, cut down in SQL to what the user may see, and whether one may be seen: the same condition.

import (
	"slices"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/list"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

// visible is the condition that by may see letter l, its parameters from $1 on: a draft is its office's; what was
// checked also theirs who countersign and sign it; what was issued also theirs whom it is addressed to, those of an
// office what its committee gets, and of who oversees the area. The search opens it to the same (findable).
func visible(tx *db.Tx, by auth.User) (text string, args []any, err error) {
	own, paths := by.Scope()
	units := slices.Clone(own)
	for _, unit := range own {
		served, err := serves(tx, unit)
		if err != nil {
			return "", nil, err
		}
		units = append(units, served...)
	}
	var chief []string
	for _, p := range by.Posts {
		if p.Role == auth.CommitteeChief {
			chief = append(chief, p.AreaPath)
		}
	}
	return `(l.unit IN (SELECT j.key FROM json_each($1) j)
		OR l.state <> 'draft' AND (l.area_path IN (SELECT j.key FROM json_each($4) j)
			OR l.issuer IN (SELECT j.key FROM json_each($1) j)
			OR EXISTS (SELECT 1 FROM letter_signatures g WHERE g.letter_id = l.id
				AND g.unit IN (SELECT j.key FROM json_each($1) j)))
		OR l.in_force > 0 AND (` + auth.Within("l.area_path", 2) + `
			OR EXISTS (SELECT 1 FROM letter_receipts c WHERE c.letter_id = l.id
				AND (c.unit IN (SELECT j.key FROM json_each($3) j)
					OR c.holder IN (SELECT j.key FROM json_each($3) j)))))`,
		[]any{db.Texts(own), db.Texts(paths), db.Texts(units), db.Texts(chief)}, nil
}

// mine are the units for which by may receive: the own ones, and the committee that an own office serves.
func mine(tx *db.Tx, by auth.User) (units []string, err error) {
	units, _ = by.Scope()
	for _, p := range by.Posts {
		if p.Role != auth.Office {
			continue
		}
		served, err := serves(tx, p.Unit)
		if err != nil {
			return nil, err
		}
		units = append(units, served...)
	}
	return units, nil
}

// serves is the committee that an office works for, if any.
func serves(tx *db.Tx, office string) ([]string, error) {
	u, err := network.UnitByCode(tx, office)
	if errs.KindOf(err) == errs.Missing || err == nil && u.Parent == "" {
		return nil, nil
	}
	return []string{u.Parent}, err
}

func sees(tx *db.Tx, by auth.User, l Letter) (bool, error) {
	text, args, err := visible(tx, by)
	if err != nil {
		return false, err
	}
	_, err = db.Value[int](tx, `SELECT 1 FROM letters l WHERE l.id = $5 AND `+text, append(args, l.ID)...)
	if errs.KindOf(err) == errs.Missing {
		return false, nil
	}
	return err == nil, err
}

// Filter narrows a list; empty fields do not.
type Filter struct {
	State string `json:"state" enum:"draft,checked,countersigned,signed,issued,withdrawn"`
	Kind  string `json:"kind" enum:"notice,letter,report,request,circular,opinions,minutes"`
	Lamp  string `json:"lamp" enum:"grey,green,blue,red"`
	Word  string `json:"q"`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

// Item is one line of a list.
type Item struct {
	ID        string    `json:"id"`
	Number    string    `json:"number"`
	Title     string    `json:"title"`
	State     State     `json:"state"`
	Lamp      string    `json:"lamp"`
	Due       string    `json:"due"` // by when somebody still has to receive it
	Kind      Kind      `json:"kind"`
	Issuer    string    `json:"issuer"`
	Received  int64     `json:"received"`
	Addressed int64     `json:"addressed"`
	Edition   int64     `json:"edition"`
	UpdatedAt time.Time `json:"updated_at"`

	issuer, issuerEN string
	correcting       bool
	inForce          int64
}

// URL is the letter's page.
func (i Item) URL() string { return "/letters/" + i.ID }

// itemOf is the letter as a line; u is its issuer.
func (l Letter) itemOf(u network.Unit, today string) Item {
	return Item{ID: l.ID, Number: l.Number, Title: l.Title, State: l.State, Lamp: l.Lamp(today), Due: l.Due(),
		Kind: l.Kind, Issuer: l.Issuer, Received: l.Received, Addressed: l.Addressed, Edition: l.Edition,
		UpdatedAt: l.UpdatedAt, issuer: u.Name, issuerEN: u.NameEN, correcting: l.Correcting(), inForce: l.InForce}
}

// units are all units by code: a row is read while another query runs, so names are looked up before.
func units(tx *db.Tx) (map[string]network.Unit, error) {
	all, err := network.AllUnits(tx)
	by := map[string]network.Unit{}
	for _, u := range all {
		by[u.Code] = u
	}
	return by, err
}

func source(tx *db.Tx, by auth.User, f Filter) (s list.Source[Item], err error) {
	units, err := units(tx)
	if err != nil {
		return s, err
	}
	s = list.Source[Item]{Key: "l.id", From: "letters l", Select: columns + ` FROM letters l`,
		Scan: func(r db.Row) (Item, error) {
			l, err := scan(r)
			if err != nil {
				return Item{}, err
			}
			return l.itemOf(units[l.Issuer], tx.Today()), nil
		},
		ID: func(i Item) string { return i.ID },
		Orders: map[string][]string{
			"updated": {"l.updated_at", "l.id"},
			"number":  {"l.year", "l.mark", "l.seq", "l.id"},
			"title":   {"l.title", "l.id"},
			"state":   {"l.state", "l.updated_at DESC", "l.id"},
			"due":     {"CASE WHEN l.received < l.addressed THEN l.receipt_due ELSE '9999' END", "l.id"},
		}}
	text, args, err := visible(tx, by)
	if err != nil {
		return s, err
	}
	s.And(text, args...)
	if f.State != "" {
		s.Equal("state", "l.state", f.State)
	}
	if f.Kind != "" {
		s.Equal("", "l.kind", f.Kind)
	}
	if f.Word != "" {
		s.And(`(l.title LIKE '%' || ? || '%'
			OR l.mark || '〔' || l.year || '〕' || l.seq || '号' LIKE '%' || ? || '%')`, f.Word, f.Word)
	}
	today := tx.Today()
	soon := tx.Now.In(db.China).AddDate(0, 0, flow.Near).Format(time.DateOnly)
	const force = `l.in_force > 0 AND l.state <> 'withdrawn'`
	const open = ` AND l.received < l.addressed AND l.receipt_due `
	switch f.Lamp {
	case flow.Grey:
		s.And(`NOT (` + force + `)`)
	case flow.Green:
		s.And(force+` AND (l.received >= l.addressed OR l.receipt_due > ?)`, soon)
	case flow.Blue:
		s.And(force+open+`>= ?`+open+`<= ?`, today, soon)
	case flow.Red:
		s.And(force+open+`< ?`, today)
	}
	return s, nil
}

const owed = `l.in_force > 0 AND l.state <> 'withdrawn' AND EXISTS (SELECT 1 FROM letter_receipts c
	WHERE c.letter_id = l.id AND c.edition = l.in_force AND c.at IS NULL
	AND c.holder IN (SELECT j.key FROM json_each($1) j))`

// owedBy are the letters that units have not received, the longest due first; 200 at most.
func owedBy(tx *db.Tx, units []string) ([]Letter, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM letters l WHERE `+owed+` ORDER BY l.receipt_due, l.id LIMIT 200`,
		db.Texts(units))
}

// inHand are the letters between draft and issue that by may see, the oldest first; 200 at most.
func inHand(tx *db.Tx, by auth.User) ([]Letter, error) {
	text, args, err := visible(tx, by)
	if err != nil {
		return nil, err
	}
	return db.All(tx, scan, `SELECT `+columns+` FROM letters l
		WHERE l.state IN ('draft', 'checked', 'countersigned', 'signed') AND `+text+`
		ORDER BY l.updated_at, l.id LIMIT 200`, args...)
}

// page returns the next rows by id, whoever asks.
func page(tx *db.Tx, after string, limit int) ([]Letter, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM letters l WHERE l.id > $1 ORDER BY l.id LIMIT $2`, after, limit)
}

// reception is one receipt that is owed or was given: days, ” for none.
type reception struct {
	unit, issued, due, on string
	paper                 bool
}

// receptions are those of editions in force of letters that by may see, issued from a day on until before another.
func receptions(tx *db.Tx, by auth.User, of module.Work) ([]reception, error) {
	first, last := of.Days()
	text, args, err := visible(tx, by)
	if err != nil {
		return nil, err
	}
	return db.All(tx, func(r db.Row) (c reception, err error) {
		var issued time.Time
		var channel string
		err = r.Scan(&c.unit, &issued, &c.due, &c.on, &channel)
		c.issued, c.paper = issued.In(db.China).Format(time.DateOnly), channel == OnPaper
		return c, err
	}, `SELECT c.unit, v.issued_at, c.due_on, c.received_on, c.channel FROM letters l
		JOIN letter_versions v ON v.letter_id = l.id AND v.edition = l.in_force
		JOIN letter_receipts c ON c.letter_id = l.id AND c.edition = l.in_force
		WHERE l.state <> 'withdrawn' AND v.dated_on >= $5 AND v.dated_on <= $6 AND `+text+`
		AND `+module.Counts("c.unit", 7)+`
		ORDER BY l.id, c.unit`, append(args, first, last, of.Keys())...)
}
