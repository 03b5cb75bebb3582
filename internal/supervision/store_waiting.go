package supervision

// Rows that wait for somebody, and counts of a year.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
)

// waitingVisits are those of the user's groups and offices on which something may wait.
func waitingVisits(tx *db.Tx, by auth.User, today string) ([]Visit, error) {
	units, _ := by.Scope()
	all, err := db.All(tx, scanVisit, `SELECT `+visitColumns+` FROM visits v WHERE v.state <> 'cancelled'
		AND (v.state <> 'planned' OR v.on_day >= $3) AND (v.office IN (SELECT j.key FROM json_each($1) j)
		OR EXISTS (SELECT 1 FROM supervision_people p WHERE p.group_id = v.group_id AND p.person_id = $2))
		AND (v.state <> 'noted' OR EXISTS (SELECT 1 FROM findings f LEFT JOIN feedbacks b ON b.id = f.feedback_id
			WHERE f.visit_id = v.id AND f.state <> 'dropped' AND (b.id IS NULL OR b.state IN ('drafted', 'consented'))))
		ORDER BY v.on_day, v.id LIMIT 200`, db.Texts(units), by.ID, today)
	return grouped(tx, all, err)
}

// waitingFeedbacks are the letters of the user's groups and offices on which something may wait.
func waitingFeedbacks(tx *db.Tx, by auth.User) ([]Feedback, error) {
	units, _ := by.Scope()
	return feedbacksWhere(tx, `(b.state IN ('drafted', 'consented') OR EXISTS (SELECT 1 FROM objections o
			WHERE o.feedback_id = b.id AND o.verdict IN ('changed', 'dropped')))
		AND (b.office IN (SELECT j.key FROM json_each($1) j)
		OR EXISTS (SELECT 1 FROM supervision_people p WHERE p.person_id = $2 AND (p.group_id = b.group_id
			OR b.further LIKE '%"' || p.group_id || '"%')))`, db.Texts(units), by.ID)
}

// lastDay is the day of the last visit of which a letter tells.
func lastDay(tx *db.Tx, feedback string) (string, error) {
	return db.Value[string](tx, `SELECT coalesce(max(v.on_day), '') FROM visits v JOIN findings f ON f.visit_id = v.id
		WHERE f.feedback_id = $1`, feedback)
}

// waitingFindings are those that wait for the user as head or for the user's area.
func waitingFindings(tx *db.Tx, by auth.User, today string) ([]Finding, error) {
	return findingsWhere(tx, `(f.state = 'filed' OR f.state = 'answered' AND f.says = 'objects' AND f.reason = '')
		AND EXISTS (SELECT 1 FROM supervision_people p WHERE p.group_id = f.group_id AND p.person_id = $2)
		OR f.state = 'shown' AND f.answer_due >= $4 AND $1 <> ''
			AND f.area_path IN (SELECT j.key FROM json_each($3) j)`,
		append(scope(by), today)...)
}

// notedFrom are the visits on which notes or a letter may be due, in pieces.
func notedFrom(tx *db.Tx, _, from string, most int) ([]Visit, error) {
	all, err := db.All(tx, scanVisit, `SELECT `+visitColumns+` FROM visits v WHERE v.state IN ('under_way', 'noted')
		AND v.id > $1 ORDER BY v.id LIMIT $2`, from, most)
	return grouped(tx, all, err)
}

// shownFrom are the findings that wait for an area's word, in pieces.
func shownFrom(tx *db.Tx, _, from string, most int) ([]Finding, error) {
	return db.All(tx, scanFinding, `SELECT `+findingColumns+` FROM findings f WHERE f.state = 'shown'
		AND f.id > $1 ORDER BY f.id LIMIT $2`, from, most)
}

// visitsSeen are the visits to an area that by sees, the latest first.
func visitsSeen(tx *db.Tx, by auth.User, path string) ([]Visit, error) {
	all, err := db.All(tx, scanVisit, `SELECT `+visitColumns+` FROM visits v WHERE `+seen+` AND v.area_path = $4
		AND v.state <> 'cancelled' ORDER BY v.on_day DESC, v.id LIMIT 5`, append(scope(by), path)...)
	return grouped(tx, all, err)
}

// visitsWith are the newest visits of the groups that by is in.
func visitsWith(tx *db.Tx, by auth.User) ([]Visit, error) {
	all, err := db.All(tx, scanVisit, `SELECT `+visitColumns+` FROM visits v JOIN supervision_people p
		ON p.group_id = v.group_id WHERE p.person_id = $1 AND v.state <> 'cancelled' ORDER BY v.on_day DESC, v.id
		LIMIT 20`, by.ID)
	return grouped(tx, all, err)
}

// visitsAbout are the visits that by sees and that were not cancelled: of the same or, where about is empty, all.
func visitsAbout(tx *db.Tx, by auth.User, about string) ([]Visit, error) {
	all, err := db.All(tx, scanVisit, `SELECT `+visitColumns+` FROM visits v WHERE `+seen+`
		AND ($4 = '' OR v.about = $4) AND v.state <> 'cancelled' ORDER BY v.on_day, v.id`, append(scope(by), about)...)
	return grouped(tx, all, err)
}

// yearly is what is counted of a year.
type yearly struct{ visited, areas, drawn, sites, upheld, decided int }

// reachedIn counts what by sees of a year: areas visited, of those that groups with a visit in the year go to. Of some
// units it counts the areas that they are in.
func reachedIn(tx *db.Tx, by auth.User, of module.Work) (y yearly, err error) {
	first, last := of.Days()
	ids, err := db.All(tx, db.Single[string], `SELECT a.code FROM areas a WHERE EXISTS (SELECT 1 FROM units u
		WHERE u.area_id = a.id AND `+module.Counts("u.code", 1)+`)`, of.Keys())
	if err != nil {
		return y, err
	}
	groups, err := db.All(tx, scanGroup, `SELECT `+groupColumns+` FROM supervision_groups g WHERE `+
		auth.Within("g.area_path", 1)+` AND EXISTS (SELECT 1 FROM visits v WHERE v.group_id = g.id
		AND v.on_day >= $2 AND v.on_day <= $3)`, scope(by)[0], first, last)
	if err != nil {
		return y, err
	}
	areas := map[string]bool{}
	for _, g := range groups {
		for _, code := range g.Areas {
			if slices.Contains(ids, code) {
				areas[code] = true
			}
		}
	}
	y.areas = len(areas)
	counted := func(row, day string) string {
		return auth.Within(row+".office_path", 1) + ` AND ` + row + `.` + day + ` >= $2 AND ` + row + `.` + day +
			` <= $3 AND EXISTS (SELECT 1 FROM units u WHERE u.area_id = ` + row + `.area_id AND ` +
			module.Counts("u.code", 4) + `)`
	}
	made := counted("v", "on_day") + ` AND v.state IN ('under_way', 'noted')`
	err = db.Each(tx, func(r db.Row) error {
		return r.Scan(&y.visited, &y.drawn, &y.sites, &y.upheld, &y.decided)
	}, `SELECT (SELECT count(DISTINCT v.area_id) FROM visits v WHERE `+made+`),
		(SELECT count(*) FROM visit_sites s JOIN visits v ON v.id = s.visit_id WHERE `+made+` AND s.chosen = 'drawn'),
		(SELECT count(*) FROM visit_sites s JOIN visits v ON v.id = s.visit_id WHERE `+made+`),
		(SELECT count(*) FROM objections o WHERE `+counted("o", "decided_on")+`
			AND o.verdict IN ('changed', 'dropped')),
		(SELECT count(*) FROM objections o WHERE `+counted("o", "decided_on")+`)`,
		scope(by)[0], first, last, of.Keys())
	return y, err
}
