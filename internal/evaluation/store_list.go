package evaluation

// Where the list of rounds comes from.

import (
	"encoding/json"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/list"
	"yipanqi/internal/plan"
	"yipanqi/internal/tag"
)

func source(by auth.User, state, kind string) list.Source[Listing] {
	s := list.Source[Listing]{Key: "r.id", From: "evaluation_rounds r", Few: true,
		Select: `r.id, r.title, r.kind, r.unit, r.from_period, r.until_period, r.cutoff_on, r.state, r.stages, u.name,
			u.name_en FROM evaluation_rounds r JOIN units u ON u.code = r.unit`,
		Scan: func(row db.Row) (l Listing, err error) {
			var stages string
			if err = row.Scan(&l.ID, &l.Title, &l.Kind, &l.Unit, &l.From, &l.Until, &l.CutoffOn, &l.State, &stages,
				&l.name, &l.nameEN); err != nil {
				return l, err
			}
			var all []Stage
			err = json.Unmarshal([]byte(stages), &all)
			for _, one := range all {
				if l.Stages++; one.over() {
					l.Done++
				}
			}
			return l, err
		},
		ID: func(l Listing) string { return l.ID },
		Orders: map[string][]string{"title": {"r.title", "r.id"}, "kind": {"r.kind", "r.id"},
			"from": {"r.from_period", "r.until_period", "r.id"}, "cutoff": {"r.cutoff_on", "r.id"},
			"state": {"r.state", "r.id"}}}
	units, paths := by.Scope()
	s.And(seen, db.Texts(units), db.Texts(paths))
	if state != "" {
		s.Equal("state", "r.state", state)
	}
	if kind != "" {
		s.Equal("kind", "r.kind", kind)
	}
	return s
}

// marked keeps the rounds of plans that have a goal which a tag leaves.
func marked(tx *db.Tx, s *list.Source[Listing], kept tag.Kept) error {
	if kept.Tag == "" {
		return nil
	}
	plans, err := plan.List(tx)
	text, args := "1 = 0", []any{}
	for _, p := range plans {
		if kept.Plan(p.Code) {
			text += " OR replace(r.plans, ?, '') <> r.plans"
			args = append(args, strconv.Quote(p.Code)) // as JSON writes it
		}
	}
	s.And("("+text+")", args...)
	return err
}

// adviceSeen is the condition of the recommendations that somebody may know of: $1 and $2 are their units and areas.
var adviceSeen = `(` + auth.Visible("c.unit", "c.area_path", 1) + ` OR ` + auth.Visible("r.unit", "r.area_path", 1) +
	`)`

func adviceSource(by auth.User, today string, in adviceListInput) list.Source[AdviceListing] {
	s := list.Source[AdviceListing]{Key: "c.id", Few: true,
		From: "recommendations c JOIN evaluation_rounds r ON r.id = c.round_id",
		Select: `c.id, c.round_id, r.title, c.number, c.what, c.unit, c.due_on, c.state, c.answer_by, c.matter, u.name,
			u.name_en FROM recommendations c JOIN evaluation_rounds r ON r.id = c.round_id
			JOIN units u ON u.code = c.unit`,
		Scan: func(row db.Row) (l AdviceListing, err error) {
			err = row.Scan(&l.ID, &l.Round, &l.RoundTitle, &l.Number, &l.What, &l.Unit, &l.DueOn, &l.State, &l.AnswerBy,
				&l.Matter, &l.name, &l.nameEN)
			l.Lamp = Recommendation{State: l.State, AnswerBy: l.AnswerBy}.Lamp(today)
			return l, err
		},
		ID: func(l AdviceListing) string { return l.ID },
		Orders: map[string][]string{"what": {"c.what", "c.id"}, "round": {"r.title", "c.number", "c.id"},
			"unit": {"c.unit", "c.id"}, "due": {"c.due_on", "c.id"}, "state": {"c.state", "c.id"},
			"answer": {"c.answer_by", "c.id"}}}
	units, paths := by.Scope()
	s.And(adviceSeen, db.Texts(units), db.Texts(paths))
	if in.State != "" {
		s.Equal("state", "c.state", in.State)
	}
	if in.Round != "" {
		s.And("c.round_id = ?", in.Round)
	}
	if in.Unit != "" {
		s.And("c.unit = ?", in.Unit)
	}
	return s
}
