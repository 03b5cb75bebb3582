package meeting

// What a unit has open in meetings, and the meetings and decisions that concern a thing.

import (
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/module"
)

// hostedBy are the meetings that a unit holds and that are not over with, oldest first.
func hostedBy(tx *db.Tx, unit string) ([]Meeting, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM meetings m WHERE m.host = $1
		AND m.state IN ('draft', 'notified', 'held', 'minuted') ORDER BY m.starts, m.id`, unit)
}

// newest are the meetings of a host in some states, newest first.
func newest(tx *db.Tx, host string, most int, states []State) ([]Meeting, error) {
	var names []string
	for _, s := range states {
		names = append(names, string(s))
	}
	return db.All(tx, scan, `SELECT `+columns+` FROM meetings m WHERE m.host = $1
		AND m.state IN (SELECT j.key FROM json_each($3) j) ORDER BY m.starts DESC, m.id DESC LIMIT $2`, host, most,
		db.Texts(names))
}

// unfollowed are the decisions that a unit leads, that are to be followed up and that are no matter yet.
func unfollowed(tx *db.Tx, unit string) ([]Decision, error) {
	return db.All(tx, scanDecision, `SELECT `+decisionColumns+` FROM decisions d JOIN meetings m ON m.id = d.meeting
		WHERE d.lead = $1 AND d.follow AND d.matter = '' AND m.state IN ('held', 'minuted')
		ORDER BY m.starts, d.number, d.id`, unit)
}

func invitationByID(tx *db.Tx, id string) (Invitation, error) {
	return db.One(tx, scanInvitation, `SELECT `+invitationColumns+` FROM invitations WHERE id = $1`, id)
}

// moveInvitation gives an invitation to its unit.
func moveInvitation(tx *db.Tx, i Invitation) error {
	return tx.ExecOne(`UPDATE invitations SET unit = $1 WHERE id = $2`, i.Unit, i.ID)
}

// concerning are the newest meetings of a unit, which holds them or is asked to them, or of an area, whose units hold
// them.
func concerning(tx *db.Tx, of module.Of) ([]string, error) {
	if of.Kind == "area" {
		return db.All(tx, db.Single[string], `SELECT m.id FROM meetings m WHERE m.area_path = $1
			ORDER BY m.starts DESC, m.id LIMIT 20`, of.Path)
	}
	return db.All(tx, db.Single[string], `SELECT m.id FROM meetings m WHERE m.host = $1 OR EXISTS (
		SELECT 1 FROM invitations i WHERE i.meeting = m.id AND i.unit = $1)
		ORDER BY m.starts DESC, m.id LIMIT 20`, of.Code)
}

// decidedAbout are the newest decisions about an indicator or a goal.
func decidedAbout(tx *db.Tx, kind, code string) ([]Decision, error) {
	column := "d.indicator"
	if kind == "goal" {
		column = "d.goal"
	}
	return db.All(tx, scanDecision, `SELECT `+decisionColumns+` FROM decisions d JOIN meetings m ON m.id = d.meeting
		WHERE `+column+` = $1 ORDER BY m.starts DESC, d.number, d.id LIMIT 20`, code)
}

// everyDecision are all decisions, those of the newest meeting first.
func everyDecision(tx *db.Tx) ([]Decision, error) {
	return db.All(tx, scanDecision, `SELECT `+decisionColumns+` FROM decisions d JOIN meetings m ON m.id = d.meeting
		ORDER BY m.starts DESC, d.number, d.id`)
}

// roleSince are the days since which people held a role without a gap before a post of theirs began: of a person and a
// role, from the day on which a post ended the day on which it began.
func roleSince(tx *db.Tx) (map[[3]string]string, error) {
	began := map[[3]string]string{}
	err := db.Each(tx, func(r db.Row) error {
		var person, role, opens, closes string
		err := r.Scan(&person, &role, &opens, &closes)
		began[[3]string{person, role, closes}] = opens
		return err
	}, `SELECT person_id, role, opens_on, closes_on FROM posts WHERE closes_on <> '' AND closes_on > opens_on`)
	return began, err
}

// between are the meetings that stand and go on at any time of a span, by time.
func between(tx *db.Tx, from, until time.Time) ([]Meeting, error) {
	return db.All(tx, scan, `SELECT `+columns+` FROM meetings m WHERE m.starts < $2 AND m.ends >= $1
		AND m.state <> 'cancelled' ORDER BY m.starts, m.id`, from, until)
}
