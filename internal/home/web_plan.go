package home

// What stands under a plan's goals, handed to plan's page, which must not know it: how their indicators stand, and the
// records that serve them.

import (
	"github.com/a-h/templ"

	"yipanqi/internal/plan"
	"yipanqi/internal/record"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// UnderGoals is how the indicators of a plan's goals stand on the user's board, and which confirmed records that the
// user may see serve the goals, for the plan's own page.
func UnderGoals(r *web.Request, p plan.Plan, chosen string) (s plan.Standing, err error) {
	kept, err := tag.Choice{Tag: chosen}.Read(r.Tx)
	if err != nil {
		return s, err
	}
	s.Tag, s.Pick = chosen, tag.Field(kept)
	s.Lists = func(goal string) bool { return kept.Goal(p.Code, goal) }
	if s.Tags, err = tag.OnGoals(r.Tx, p.Code); err != nil {
		return s, err
	}
	served, err := record.Serving(r.Tx, r.User, p.Code)
	if err != nil {
		return s, err
	}
	rows := map[string][]Row{}
	if r.User.Can("board.read") {
		b, err := ReadBoard(r.Tx, r.User, Choice{Plan: p.Code, Choice: tag.Choice{Tag: chosen}})
		if err != nil {
			return s, err
		}
		s.Area, s.Year = b.Area, b.Year
		for _, d := range b.Domains {
			for _, g := range d.Goals {
				if len(g.Rows) > 0 {
					rows[g.Code] = g.Rows
				}
			}
		}
		s.Indicators = rows
	}
	s.Records, s.Under, s.Names = served, map[string]templ.Component{}, map[string][]string{}
	s.Served = map[string][]string{}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for goal, of := range rows {
		for _, one := range of {
			of := one.latest.Indicator
			s.Names[goal] = append(s.Names[goal], part.Name(ctx, of.Name, of.NameEN))
		}
		s.Under[goal] = underGoal(p.Code, goal, of, served[goal])
	}
	for goal, of := range served {
		for _, one := range of {
			s.Served[goal] = append(s.Served[goal], part.T(ctx, "%s%d条", one.Name, one.Count))
		}
		s.Under[goal] = underGoal(p.Code, goal, rows[goal], of)
	}
	return s, nil
}
