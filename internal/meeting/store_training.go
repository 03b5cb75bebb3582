package meeting

// Records of training as they follow from rows: items of training, and who was there.

import (
	"encoding/json"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// trainings are all records of meetings that were held, newest first.
func trainings(tx *db.Tx) ([]TrainingRecord, error) {
	return db.All(tx, func(r db.Row) (t TrainingRecord, err error) {
		var starts time.Time
		var of, points string
		if err := r.Scan(&t.Meeting, &t.Title, &starts, &t.Item, &t.itemTitle, &of, &t.Hours, &t.Teacher, &t.Attendee,
			&t.Person, &t.Post, &t.PersonID, &t.PostID, &points, &t.Unit, &t.UnitName, &t.UnitEN,
			&t.AreaPath); err != nil {
			return t, err
		}
		t.On, t.Subjects = dayOf(starts), strings.Fields(of)
		given := map[string]string{}
		err = json.Unmarshal([]byte(points), &given)
		t.Score = given[t.Item]
		return t, err
	}, `SELECT m.id, m.title, m.starts, g.id, g.title, g.subjects, g.hours, g.teacher, a.id, a.name, a.title,
		a.person_id,
			a.post_id, a.scores, u.code, u.name, u.name_en, r.path
		FROM agenda_items g JOIN meetings m ON m.id = g.meeting JOIN invitations i ON i.meeting = m.id
		JOIN attendees a ON a.invitation = i.id JOIN units u ON u.code = i.unit JOIN areas r ON r.id = u.area_id
		WHERE g.kind = 'train' AND a.arrived_at IS NOT NULL AND m.state IN ('held', 'minuted', 'closed')
		ORDER BY m.starts DESC, g.number, i.position, a.position, a.id`)
}

// trainingsOf are the records of one meeting, in the order of units and people.
func trainingsOf(tx *db.Tx, id string) (of []TrainingRecord, err error) {
	all, err := trainings(tx)
	for _, t := range all {
		if t.Meeting == id {
			of = append(of, t)
		}
	}
	return of, err
}

const heldPost = `SELECT h.id, h.name, h.name_en, u.code, u.name, u.name_en, p.role, p.opens_on, a.path
	FROM posts p JOIN people h ON h.id = p.person_id JOIN units u ON u.code = p.unit
	JOIN areas a ON a.id = u.area_id`

func scanHeld(r db.Row) (o Owed, err error) {
	return o, r.Scan(&o.person, &o.Person, &o.PersonEN, &o.Unit, &o.UnitName, &o.UnitEN, &o.Role, &o.Since,
		&o.AreaPath)
}

// takenPosts are the posts that somebody took between two days, in order of units and roles.
func takenPosts(tx *db.Tx, first, last string) ([]Owed, error) {
	return db.All(tx, scanHeld, heldPost+` WHERE p.opens_on >= $1 AND p.opens_on <= $2
		ORDER BY u.position, u.code, p.role, p.opens_on, p.id`, first, last)
}

// postsOf are the posts held in a unit on a day.
func postsOf(tx *db.Tx, unit, day string) ([]Owed, error) {
	return db.All(tx, scanHeld, heldPost+` WHERE p.unit = $1 AND p.opens_on <= $2
		AND (p.closes_on = '' OR p.closes_on > $2) ORDER BY p.role, p.opens_on, p.id`, unit, day)
}

// heldPosts are the posts held on a day in units that by may see, in order of units and roles.
func heldPosts(tx *db.Tx, by auth.User, day string) ([]Owed, error) {
	units, paths := by.Scope()
	return db.All(tx, scanHeld, heldPost+`
		WHERE p.opens_on <= $3 AND (p.closes_on = '' OR p.closes_on > $3) AND `+auth.Visible("p.unit", "a.path", 1)+`
		ORDER BY u.position, u.code, p.role, p.opens_on, p.id`, db.Texts(units), db.Texts(paths), day)
}
