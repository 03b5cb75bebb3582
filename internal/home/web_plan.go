package home

// How the indicators under a plan's goals stand, handed to plan's page, which must not know them.

import (
	"github.com/a-h/templ"

	"yipanqi/internal/plan"
	"yipanqi/internal/web"
)

// UnderGoals is how the indicators of a plan's goals stand on the user's board, for the plan's own page.
func UnderGoals(r *web.Request, p plan.Plan) (s plan.Standing, err error) {
	if !r.User.Can("board.read") {
		return s, nil
	}
	b, err := ReadBoard(r.Tx, r.User, Choice{Plan: p.Code})
	if err != nil {
		return s, err
	}
	rows := map[string][]Row{}
	for _, d := range b.Domains {
		for _, g := range d.Goals {
			if len(g.Rows) > 0 {
				rows[g.Code] = g.Rows
			}
		}
	}
	s = plan.Standing{Area: b.Area, Year: b.Year, Indicators: rows, Under: map[string]templ.Component{},
		Names: map[string][]string{}}
	for goal, of := range rows {
		s.Under[goal] = goalIndicators(of)
		for _, one := range of {
			s.Names[goal] = append(s.Names[goal], one.Name)
		}
	}
	return s, nil
}
