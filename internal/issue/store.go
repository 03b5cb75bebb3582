package issue

// Rows of issues, and the list of them as the user may see it.

import (
	"encoding/json"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/list"
	"yipanqi/internal/module"
)

const columns = `i.id, i.number, i.title, i.unit, i.area_id, i.area_path, i.goals, i.indicators, i.relief, i.why,
	i.why_text, i.lead, i.state, i.listed_on, i.basis, i.acted_on, i.proposals, i.acts, i.researches, i.years,
	i.reviews, i.reason, i.carried, i.closed_by, i.source, i.created_by, i.created_at, i.version, i.updated_by,
	i.updated_at`

func scan(r db.Row) (i Issue, err error) {
	var goals, indicators, why, proposals, acts, researches, years, reviews string
	if err = r.Scan(&i.ID, &i.Number, &i.Title, &i.Unit, &i.AreaID, &i.AreaPath, &goals, &indicators, &i.Relief, &why,
		&i.WhyText, &i.Lead, &i.State, &i.ListedOn, &i.Basis, &i.ActedOn, &proposals, &acts, &researches, &years,
		&reviews, &i.Reason, &i.Carried, &i.ClosedBy, &i.Source, &i.CreatedBy, &i.CreatedAt, &i.Version, &i.UpdatedBy,
		&i.UpdatedAt); err != nil {
		return i, err
	}
	i.CreatedAt, i.UpdatedAt = i.CreatedAt.UTC(), i.UpdatedAt.UTC()
	for text, to := range map[*string]any{&goals: &i.Goals, &indicators: &i.Indicators, &why: &i.Why,
		&proposals: &i.Proposals, &acts: &i.Acts, &researches: &i.Researches, &years: &i.Years,
		&reviews: &i.Reviews} {
		if err := json.Unmarshal([]byte(*text), to); err != nil {
			return i, err
		}
	}
	return i, nil
}

func asJSON[T any](all []T) string {
	if all == nil {
		all = []T{}
	}
	text, err := json.Marshal(all)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// Get returns one issue with its units.
func Get(tx *db.Tx, id string) (Issue, error) {
	i, err := db.One(tx, scan, `SELECT `+columns+` FROM issues i WHERE i.id = $1`, id)
	if err != nil {
		return i, err
	}
	return i, i.units(tx)
}

func (i *Issue) units(tx *db.Tx) (err error) {
	i.Supporting, err = db.All(tx, db.Single[string], `SELECT unit FROM issue_units WHERE issue_id = $1 ORDER BY unit`,
		i.ID)
	return err
}

// every returns all issues, with their units.
func every(tx *db.Tx) ([]Issue, error) {
	all, err := db.All(tx, scan, `SELECT `+columns+` FROM issues i ORDER BY i.id`)
	for n := range all {
		if err == nil {
			err = all[n].units(tx)
		}
	}
	return all, err
}

// listedIn is how many issues an office has listed in a year.
func listedIn(tx *db.Tx, unit, year string) (int, error) {
	return db.Value[int](tx, `SELECT count(*) FROM issues WHERE unit = $1 AND number LIKE $2`, unit, year+"-%")
}

func insert(tx *db.Tx, i Issue) error {
	if err := tx.Exec(`INSERT INTO issues (id, number, title, unit, area_id, area_path, goals, indicators, relief, why,
		why_text, lead, state, listed_on, basis, acted_on, proposals, acts, researches, reviews, reason, carried,
		created_by, created_at, version, updated_by, updated_at, years, closed_by, source)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
			$23, $24, $25, $26, $27, $28, $29, $30)`, i.ID, i.Number, i.Title, i.Unit, i.AreaID, i.AreaPath,
		asJSON(i.Goals),
		asJSON(i.Indicators), i.Relief, asJSON(i.Why), i.WhyText, i.Lead, i.State, i.ListedOn, i.Basis, i.ActedOn,
		asJSON(i.Proposals), asJSON(i.Acts), asJSON(i.Researches), asJSON(i.Reviews), i.Reason, i.Carried, i.CreatedBy,
		i.CreatedAt, i.Version, i.UpdatedBy, i.UpdatedAt, asJSON(i.Years), i.ClosedBy, i.Source); err != nil {
		return err
	}
	return i.putUnits(tx)
}

func (i Issue) putUnits(tx *db.Tx) error {
	if err := tx.Exec(`DELETE FROM issue_units WHERE issue_id = $1`, i.ID); err != nil {
		return err
	}
	for _, unit := range i.Supporting {
		if err := tx.Exec(`INSERT INTO issue_units (issue_id, unit) VALUES ($1, $2)`, i.ID, unit); err != nil {
			return err
		}
	}
	return nil
}

func update(tx *db.Tx, i *Issue) error {
	i.Version++
	if err := tx.ExecOne(`UPDATE issues SET number = $1, title = $2, goals = $3, indicators = $4, relief = $5, why = $6,
		why_text = $7, lead = $8, state = $9, listed_on = $10, basis = $11, acted_on = $12, proposals = $13, acts = $14,
		researches = $15, reviews = $16, reason = $17, version = $18, updated_by = $19, updated_at = $20,
		years = $21, closed_by = $22 WHERE id = $23 AND version = $24`, i.Number, i.Title, asJSON(i.Goals),
		asJSON(i.Indicators),
		i.Relief,
		asJSON(i.Why), i.WhyText, i.Lead, i.State, i.ListedOn, i.Basis, i.ActedOn, asJSON(i.Proposals), asJSON(i.Acts),
		asJSON(i.Researches), asJSON(i.Reviews), i.Reason, i.Version, i.UpdatedBy, i.UpdatedAt, asJSON(i.Years),
		i.ClosedBy, i.ID, i.Version-1); err != nil {
		return err
	}
	return i.putUnits(tx)
}

// row is what of an issue the journal has to say.
func (i Issue) row() held.Row {
	years := "" // of issues that were kept before there were any, the journal says none
	if len(i.Years) > 0 {
		years = asJSON(i.Years)
	}
	return held.Row{"years": years, "number": i.Number, "title": i.Title, "unit": i.Unit, "area_id": held.Int(i.AreaID),
		"area_path": i.AreaPath, "goals": asJSON(i.Goals), "indicators": asJSON(i.Indicators), "relief": i.Relief,
		"why": asJSON(i.Why), "why_text": i.WhyText, "lead": i.Lead, "state": string(i.State), "listed_on": i.ListedOn,
		"basis": i.Basis, "acted_on": i.ActedOn, "proposals": asJSON(i.Proposals), "acts": asJSON(i.Acts),
		"researches": asJSON(i.Researches), "reviews": asJSON(i.Reviews), "reason": i.Reason,
		"carried": i.Carried, "closed_by": i.ClosedBy, "source": i.Source,
		"created_by": i.CreatedBy, "created_at": held.Time(i.CreatedAt), "supporting": strings.Join(i.Supporting, " ")}
}

// Listing is a line of the list.
type Listing struct {
	ID       string `json:"id"`
	Number   string `json:"number"`
	Title    string `json:"title"`
	State    State  `json:"state"`
	Lamp     string `json:"lamp"`
	DueOn    string `json:"due"`
	Lead     string `json:"lead"`
	LeadName string `json:"lead_name"`
	Acts     int    `json:"acts"`
	leadEN   string
}

func source(p pace, tx *db.Tx, by auth.User, state string) list.Source[Listing] {
	today := tx.Today()
	s := list.Source[Listing]{Key: "i.id", From: "issues i",
		Select: `i.id, i.number, i.title, i.state, i.acted_on, i.lead, i.acts,
			CASE WHEN i.source <> '' AND i.lead = i.unit THEN '' ELSE u.name END,
			CASE WHEN i.source <> '' AND i.lead = i.unit THEN '' ELSE u.name_en END
			FROM issues i JOIN units u ON u.code = i.lead`,
		Scan: func(r db.Row) (l Listing, err error) {
			var acted, acts string
			if err = r.Scan(&l.ID, &l.Number, &l.Title, &l.State, &acted, &l.Lead, &acts, &l.LeadName,
				&l.leadEN); err != nil {
				return l, err
			}
			var all []Act
			err = json.Unmarshal([]byte(acts), &all)
			l.Acts, l.DueOn = len(all), p.due(Issue{State: l.State, ActedOn: acted})
			l.Lamp = flow.Lamp(l.DueOn, today, near)
			return l, err
		},
		ID: func(l Listing) string { return l.ID },
		Orders: map[string][]string{"number": {"i.number", "i.id"}, "title": {"i.title", "i.id"},
			"state": {"i.state", "i.acted_on", "i.id"}, "due": {"i.acted_on", "i.id"}}}
	units, paths := by.Scope()
	s.And(seen, db.Texts(units), db.Texts(paths))
	if state != "" {
		s.Equal("state", "i.state", state)
	}
	return s
}

// near is how many days before the ninety are over the lamp turns.
const near = 14

// seen is the condition on an issue i by which units ($1) and areas ($2) see it.
var seen = `(` + auth.Visible("i.unit", "i.area_path", 1) + ` OR i.lead IN (SELECT j.key FROM json_each($1) j)
	OR EXISTS (SELECT 1 FROM issue_units w WHERE w.issue_id = i.id
	AND w.unit IN (SELECT j.key FROM json_each($1) j)))`

// listedOf are the issues listed in a year that by may see.
func listedOf(tx *db.Tx, by auth.User, of module.Work) ([]Issue, error) {
	first, last := of.Days()
	units, paths := by.Scope()
	return db.All(tx, scan, `SELECT `+columns+` FROM issues i WHERE i.listed_on >= $3 AND i.listed_on <= $4 AND `+seen+
		` AND `+module.Counts("i.lead", 5)+` ORDER BY i.id`, db.Texts(units), db.Texts(paths), first, last, of.Keys())
}
