package meeting

// Meetings in a list, cut down in SQL to what the user may see.

import (
	"maps"
	"slices"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/list"
)

// Item is a meeting in a list.
type Item struct {
	ID      string `json:"id"`
	Number  string `json:"number"`
	Title   string `json:"title"`
	State   State  `json:"state"`
	Lamp    string `json:"lamp"`
	Due     string `json:"due"` // of the next step; '' = none
	Kind    string `json:"kind"`
	Starts  string `json:"starts"`
	Ends    string `json:"ends"`
	Host    string `json:"host"`
	Place   string `json:"place,omitempty"`
	Seats   int    `json:"seats"`
	Present int    `json:"present"`
	m       Meeting
	host    string
	hostEN  string
	kind    Kind
}

// URL is the meeting's page.
func (i Item) URL() string { return "/meetings/" + i.ID }

// Filter narrows the list; empty fields do not.
type Filter struct {
	Kind  string `json:"kind"`
	State string `json:"state" enum:"draft,notified,held,minuted,closed,cancelled,recorded"`
	Year  int    `json:"year"`
	Unit  string `json:"unit" doc:"Code of a unit that holds the meeting or is invited."`
	Show  string `json:"show" enum:"waiting,invited" doc:"Which of them are wanted, as the page offers."`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

const counts = `(SELECT CAST(COALESCE(sum(i.seats), 0) AS BIGINT) FROM invitations i WHERE i.meeting = m.id),
	(SELECT count(*)
	FROM attendees a JOIN invitations i ON i.id = a.invitation WHERE i.meeting = m.id AND a.arrived_at IS NOT NULL)`

// source is the list as the user may see it. A city holds tens of meetings a year, so they are sorted without an index.
func source(tx *db.Tx, by auth.User, f Filter) (s list.Source[Item], err error) {
	due, err := dueRule(tx)
	if err != nil {
		return s, err
	}
	kinds, err := Kinds(tx)
	if err != nil {
		return s, err
	}
	s = list.Source[Item]{Key: "m.id", From: "meetings m JOIN units u ON u.code = m.host", Few: true,
		Select: columns + `, u.name, u.name_en, ` + counts + ` FROM meetings m JOIN units u ON u.code = m.host`,
		Scan:   func(r db.Row) (Item, error) { return scanItem(r, kinds, due, tx.Today()) },
		ID:     func(i Item) string { return i.ID },
		Orders: map[string][]string{"title": {"m.title", "m.starts DESC", "m.id"},
			"kind": {"m.kind", "m.starts DESC", "m.id"}, "starts": {"m.starts", "m.id"},
			"host": {"m.host", "m.starts DESC", "m.id"}, "state": {"m.state", "m.starts DESC", "m.id"}}}
	units, err := speaksFor(tx, by)
	if err != nil {
		return s, err
	}
	invited := db.Texts(slices.Collect(maps.Keys(units)))
	own, paths := by.Scope()
	s.And(`(m.area_path IN (SELECT a.path FROM areas a WHERE `+auth.Within("a.path", 2)+`)
		OR m.host IN (SELECT j.key FROM json_each($1) j) OR m.state <> 'draft' AND (m.chair_unit IN (SELECT j.key
		FROM json_each($3) j) OR EXISTS (SELECT 1 FROM invitations i WHERE i.meeting = m.id
		AND i.unit IN (SELECT j.key FROM json_each($3) j))))`, db.Texts(own), db.Texts(paths), invited)
	if f.Kind != "" {
		s.Equal("", "m.kind", f.Kind)
	}
	if f.State != "" {
		s.Equal("", "m.state", f.State)
	}
	if f.Year != 0 {
		from, to := yearSpan(f.Year)
		s.And("m.starts >= ? AND m.starts < ?", from, to)
	}
	if f.Unit != "" {
		s.And(`(m.host = ? OR EXISTS (SELECT 1 FROM invitations i WHERE i.meeting = m.id AND i.unit = ?))`, f.Unit,
			f.Unit)
	}
	switch f.Show {
	case "invited":
		s.And(`EXISTS (SELECT 1 FROM invitations i WHERE i.meeting = m.id
			AND i.unit IN (SELECT j.key FROM json_each(?) j))`, invited)
	case "waiting":
		s.And(`m.state IN ('draft', 'notified', 'held', 'minuted')`)
	}
	return s, nil
}

func scanItem(r db.Row, kinds []Kind, due rule, today string) (i Item, err error) {
	var hosts string
	m := &i.m
	if err := r.Scan(&m.ID, &m.Number, &m.Title, &m.Kind, &m.Session, &m.Host, &hosts, &m.AreaPath, &m.Starts, &m.Ends,
		&m.Form, &m.Place, &m.ChairUnit, &m.ChairRole, &m.About, &m.PreparedBy, &m.Scope, &m.ReplyBy, &m.Source,
		&m.SourceURL, &m.State, &m.Reason, &m.Entries, &m.Version, &m.UpdatedBy, &m.UpdatedAt, &i.host, &i.hostEN,
		&i.Seats, &i.Present); err != nil {
		return i, err
	}
	m.Starts, m.Ends = m.Starts.UTC(), m.Ends.UTC()
	for _, k := range kinds {
		if k.Code == m.Kind {
			i.kind = k
		}
	}
	i.ID, i.Number, i.Title, i.State, i.Kind = m.ID, m.Number, m.Title, m.State, m.Kind
	i.Starts, i.Ends, i.Host, i.Place = clock(m.Starts), clock(m.Ends), m.Host, m.Place
	i.Due = due.next(*m, i.kind)
	i.Lamp = flow.Lamp(i.Due, today, flow.Near)
	return i, codes(hosts, &m.CoHosts)
}

// meetingYears are the years in which any meeting begins.
func meetingYears(tx *db.Tx) (map[int]bool, error) {
	years := map[int]bool{}
	starts, err := db.All(tx, db.Single[time.Time], `SELECT m.starts FROM meetings m`)
	for _, at := range starts {
		years[at.In(db.China).Year()] = true
	}
	return years, err
}
