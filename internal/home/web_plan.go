package home

// How the indicators under a plan's goals stand, handed to plan's page, which must not know them.

import (
	"github.com/a-h/templ"

	"yipanqi/internal/plan"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
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
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for goal, of := range rows {
		s.Under[goal] = goalIndicators(of)
		for _, one := range of {
			of := one.latest.Indicator
			s.Names[goal] = append(s.Names[goal], part.Name(ctx, of.Name, of.NameEN))
		}
	}
	return s, nil
}
