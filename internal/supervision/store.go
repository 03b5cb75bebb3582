package supervision

// Rows of groups and visits. What was noted is store_note.go's, findings and letters store_finding.go's.

import (
	"encoding/json"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
)

const groupColumns = `g.id, g.about, g.office, g.area_id, g.area_path, g.title, g.members, g.areas, g.lacks,
	g.trained_on, g.version, g.updated_by, g.updated_at`

func scanGroup(r db.Row) (g Group, err error) {
	var members, areas string
	if err = r.Scan(&g.ID, &g.About, &g.Office, &g.AreaID, &g.AreaPath, &g.Title, &members, &areas, &g.Lacks,
		&g.TrainedOn, &g.Version, &g.UpdatedBy, &g.UpdatedAt); err != nil {
		return g, err
	}
	g.UpdatedAt = g.UpdatedAt.UTC()
	return g, readAll(members, &g.Members, areas, &g.Areas)
}

// readAll reads texts of JSON, each into what follows it.
func readAll(pairs ...any) error {
	for i := 0; i < len(pairs); i += 2 {
		if err := json.Unmarshal([]byte(pairs[i].(string)), pairs[i+1]); err != nil {
			return err
		}
	}
	return nil
}

func asJSON[T any](all []T) string {
	if all == nil {
		all = []T{}
	}
	text, err := json.Marshal(all)
	if err != nil {
		panic(err) // plain texts always marshal
	}
	return string(text)
}

func mapJSON(all map[string]string) string {
	if all == nil {
		return "{}"
	}
	text, _ := json.Marshal(all) // texts always marshal
	return string(text)
}

// GetGroup returns a group, whoever asks; see ReadGroup.
func GetGroup(tx *db.Tx, id string) (Group, error) {
	g, err := db.One(tx, scanGroup, `SELECT `+groupColumns+` FROM supervision_groups g WHERE g.id = $1`, id)
	if err != nil {
		return g, err
	}
	posts, err := network.PostsOf(tx, g.Head().Person, tx.Today())
	g.left = len(posts) == 0
	return g, err
}

func everyGroup(tx *db.Tx) ([]Group, error) {
	return db.All(tx, scanGroup, `SELECT `+groupColumns+` FROM supervision_groups g ORDER BY g.id`)
}

// groupsOf are those that by may see, of what they are about or, where about is empty, all.
func groupsOf(tx *db.Tx, by auth.User, about string) ([]Group, error) {
	_, paths := by.Scope()
	return db.All(tx, scanGroup, `SELECT `+groupColumns+` FROM supervision_groups g WHERE (`+
		auth.Within("g.area_path", 1)+` OR EXISTS (SELECT 1 FROM supervision_people p WHERE p.group_id = g.id
		AND p.person_id = $2)) AND ($3 = '' OR g.about = $3) ORDER BY g.id LIMIT 200`, db.Texts(paths), by.ID, about)
}

// namesakes are how many other groups of an office for the same are called as one is.
func namesakes(tx *db.Tx, g Group) (int, error) {
	return db.Value[int](tx, `SELECT count(*) FROM supervision_groups g WHERE g.office = $1 AND g.about = $2
		AND g.title = $3 AND g.id <> $4`, g.Office, g.About, g.Title, g.ID)
}

// sameDay are the visits of a group to an area on a day, other than one, that were not cancelled.
func sameDay(tx *db.Tx, v Visit, day string) ([]Visit, error) {
	return db.All(tx, scanVisit, `SELECT `+visitColumns+` FROM visits v WHERE v.group_id = $1 AND v.area_id = $2
		AND v.on_day = $3 AND v.id <> $4 AND v.state <> 'cancelled' ORDER BY v.id`, v.GroupID, v.AreaID, day, v.ID)
}

func insertGroup(tx *db.Tx, g Group) error {
	if err := tx.Exec(`INSERT INTO supervision_groups (id, about, office, area_id, area_path, title, members, areas,
		lacks, trained_on, version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, g.ID, g.About, g.Office, g.AreaID,
		g.AreaPath, g.Title, asJSON(g.Members), asJSON(g.Areas), g.Lacks, g.TrainedOn, g.Version, g.UpdatedBy,
		g.UpdatedAt); err != nil {
		return err
	}
	return g.putPeople(tx)
}

func updateGroup(tx *db.Tx, g *Group) error {
	g.Version++
	if err := tx.ExecOne(`UPDATE supervision_groups SET title = $1, members = $2, areas = $3, lacks = $4,
		trained_on = $5, version = $6, updated_by = $7, updated_at = $8 WHERE id = $9 AND version = $10`, g.Title,
		asJSON(g.Members), asJSON(g.Areas), g.Lacks, g.TrainedOn, g.Version, g.UpdatedBy, g.UpdatedAt, g.ID,
		g.Version-1); err != nil {
		return err
	}
	return g.putPeople(tx)
}

func (g Group) putPeople(tx *db.Tx) error {
	if err := tx.Exec(`DELETE FROM supervision_people WHERE group_id = $1`, g.ID); err != nil {
		return err
	}
	for _, m := range g.Members {
		if m.Person == "" {
			continue
		}
		if err := tx.Exec(`INSERT INTO supervision_people (group_id, person_id) VALUES ($1, $2)`, g.ID,
			m.Person); err != nil {
			return err
		}
	}
	return nil
}

// peopleOf are the people of all groups as their rows say, for verification.
func peopleOf(tx *db.Tx, group string) ([]string, error) {
	return db.All(tx, func(r db.Row) (id string, err error) { return id, r.Scan(&id) },
		`SELECT person_id FROM supervision_people WHERE group_id = $1 ORDER BY person_id`, group)
}

// strays are the groups of people that no group has.
func strays(tx *db.Tx) ([]string, error) {
	return db.All(tx, func(r db.Row) (id string, err error) { return id, r.Scan(&id) },
		`SELECT DISTINCT p.group_id FROM supervision_people p
		WHERE NOT EXISTS (SELECT 1 FROM supervision_groups g WHERE g.id = p.group_id) ORDER BY p.group_id`)
}

// row is what of a group the journal has to say.
func (g Group) row() held.Row {
	return held.Row{"about": g.About, "office": g.Office, "area_id": held.Int(g.AreaID), "area_path": g.AreaPath,
		"title": g.Title, "members": asJSON(g.Members), "areas": asJSON(g.Areas), "lacks": g.Lacks,
		"trained_on": g.TrainedOn, "version": held.Int(g.Version), "updated_by": g.UpdatedBy,
		"updated_at": held.Time(g.UpdatedAt)}
}

const visitColumns = `v.id, v.about, v.group_id, v.office, v.office_path, v.area_id, v.area_path, v.on_day, v.half,
	v.methods, v.agenda, v.present, v.oral_feedback, v.unannounced, v.hasty, v.notice, v.started_on, v.noted_on,
	v.note_due, v.choices, v.reason, v.state, v.version, v.updated_by, v.updated_at`

func scanVisit(r db.Row) (v Visit, err error) {
	var methods, agenda, choices string
	if err = r.Scan(&v.ID, &v.About, &v.GroupID, &v.Office, &v.OfficePath, &v.AreaID, &v.AreaPath, &v.OnDay, &v.Half,
		&methods, &agenda, &v.Present, &v.OralFeedback, &v.Unannounced, &v.Hasty, &v.Notice, &v.StartedOn, &v.NotedOn,
		&v.NoteDue, &choices, &v.Reason, &v.State, &v.Version, &v.UpdatedBy, &v.UpdatedAt); err != nil {
		return v, err
	}
	v.UpdatedAt = v.UpdatedAt.UTC()
	err = readAll(methods, &v.Methods, agenda, &v.Agenda, choices, &v.Choices)
	v.odd = odd(agenda, asJSON(v.Agenda)) + odd(choices, mapJSON(v.Choices)) + odd(methods, asJSON(v.Methods))
	return v, err
}

// Get returns a visit with its group, whoever asks; see Read.
func Get(tx *db.Tx, id string) (v Visit, err error) {
	if v, err = db.One(tx, scanVisit, `SELECT `+visitColumns+` FROM visits v WHERE v.id = $1`, id); err != nil {
		return v, err
	}
	if v.group, err = GetGroup(tx, v.GroupID); err != nil || v.Notice == "" {
		return v, err
	}
	l, err := letter.Get(tx, strings.TrimPrefix(v.Notice, "letter/"))
	v.recalled = l.State == letter.StateWithdrawn
	return v, err
}

// groupOf is a group that a row names; none where somebody took it away, so that verification can say so.
func groupOf(tx *db.Tx, id string) (Group, error) {
	g, err := GetGroup(tx, id)
	if errs.KindOf(err) == errs.Missing {
		return Group{}, nil
	}
	return g, err
}

// odd is a text of JSON that the program would have written otherwise: somebody else did.
func odd(stored, own string) string {
	if stored == own {
		return ""
	}
	return stored
}

// grouped gives visits their groups.
func grouped(tx *db.Tx, all []Visit, err error) ([]Visit, error) {
	groups := map[string]Group{}
	for n := range all {
		v := &all[n]
		g, known := groups[v.GroupID]
		if !known {
			if g, err = groupOf(tx, v.GroupID); err != nil {
				return nil, err
			}
			groups[v.GroupID] = g
		}
		v.group = g
	}
	return all, err
}

func every(tx *db.Tx) ([]Visit, error) {
	all, err := db.All(tx, scanVisit, `SELECT `+visitColumns+` FROM visits v ORDER BY v.id`)
	return grouped(tx, all, err)
}

// visitsOf are the visits of a group that were not cancelled.
func visitsOf(tx *db.Tx, group string) ([]Visit, error) {
	all, err := db.All(tx, scanVisit, `SELECT `+visitColumns+` FROM visits v WHERE v.group_id = $1
		AND v.state <> 'cancelled' ORDER BY v.on_day, v.id`, group)
	return grouped(tx, all, err)
}

// visitsTo are the visits of an office's groups to an area about the same, that were not cancelled.
func visitsTo(tx *db.Tx, office, about string, area int64) ([]Visit, error) {
	all, err := db.All(tx, scanVisit, `SELECT `+visitColumns+` FROM visits v WHERE v.area_id = $1 AND v.office = $2
		AND v.about = $3 AND v.state <> 'cancelled' ORDER BY v.on_day, v.id`, area, office, about)
	return grouped(tx, all, err)
}

// othersOn are the groups, other than one, of which some person has a visit on a day, and the name of the group.
func othersOn(tx *db.Tx, person, day, group string) ([]string, error) {
	return db.All(tx, func(r db.Row) (title string, err error) { return title, r.Scan(&title) },
		`SELECT g.title FROM visits v JOIN supervision_people p ON p.group_id = v.group_id
		JOIN supervision_groups g ON g.id = v.group_id
		WHERE p.person_id = $1 AND v.on_day = $2 AND v.group_id <> $3 AND v.state <> 'cancelled' ORDER BY v.id`,
		person, day, group)
}

func insert(tx *db.Tx, v Visit) error {
	return tx.Exec(`INSERT INTO visits (id, about, group_id, office, office_path, area_id, area_path, on_day, half,
		methods, agenda, present, oral_feedback, unannounced, hasty, notice, started_on, noted_on, note_due, choices,
		reason, state, version, updated_by, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
		$23, $24, $25)`, v.ID, v.About, v.GroupID, v.Office, v.OfficePath, v.AreaID, v.AreaPath, v.OnDay, v.Half,
		asJSON(v.Methods), asJSON(v.Agenda), v.Present, v.OralFeedback, v.Unannounced, v.Hasty, v.Notice, v.StartedOn,
		v.NotedOn, v.NoteDue, mapJSON(v.Choices), v.Reason, string(v.State), v.Version, v.UpdatedBy, v.UpdatedAt)
}

// update writes what a step changes, if the row is still the one that was read.
func update(tx *db.Tx, v *Visit) error {
	v.Version++
	return tx.ExecOne(`UPDATE visits SET on_day = $1, half = $2, methods = $3, agenda = $4, present = $5,
		oral_feedback = $6, unannounced = $7, hasty = $8, notice = $9, started_on = $10, noted_on = $11, note_due = $12,
		choices = $13, reason = $14, state = $15, version = $16, updated_by = $17, updated_at = $18
		WHERE id = $19 AND version = $20`, v.OnDay, v.Half, asJSON(v.Methods), asJSON(v.Agenda), v.Present,
		v.OralFeedback, v.Unannounced, v.Hasty, v.Notice, v.StartedOn, v.NotedOn, v.NoteDue, mapJSON(v.Choices),
		v.Reason, string(v.State), v.Version, v.UpdatedBy, v.UpdatedAt, v.ID, v.Version-1)
}

// row is what of a visit the journal has to say.
func (v Visit) row() held.Row {
	return held.Row{"about": v.About, "group_id": v.GroupID, "office": v.Office, "office_path": v.OfficePath,
		"area_id": held.Int(v.AreaID), "area_path": v.AreaPath, "on_day": v.OnDay, "half": v.Half,
		"methods": asJSON(v.Methods), "agenda": asJSON(v.Agenda) + v.odd, "present": v.Present,
		"oral_feedback": v.OralFeedback, "unannounced": held.Bool(v.Unannounced), "hasty": v.Hasty, "notice": v.Notice,
		"started_on": v.StartedOn, "noted_on": v.NotedOn, "note_due": v.NoteDue, "choices": mapJSON(v.Choices) + v.odd,
		"reason": v.Reason, "state": string(v.State), "version": held.Int(v.Version), "updated_by": v.UpdatedBy,
		"updated_at": held.Time(v.UpdatedAt)}
}
