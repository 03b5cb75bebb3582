package home

// What stands under a plan's goals and measures, handed to plan's page, which must not know it: how their indicators
// stand, the records that serve them, and what is being followed up of them.

import (
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/matter"
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
	work, err := workOf(r, p, rows)
	if err != nil {
		return s, err
	}
	s.Open = work
	s.Records, s.Under, s.Names = served, map[string]templ.Component{}, map[string][]string{}
	s.Served = map[string][]string{}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for goal, of := range rows {
		for _, one := range of {
			of := one.latest.Indicator
			s.Names[goal] = append(s.Names[goal], part.Name(ctx, of.Name, of.NameEN))
		}
		s.Under[goal] = underGoal(p.Code, goal, of, served[goal], work[goal])
	}
	for goal, of := range served {
		for _, one := range of {
			s.Served[goal] = append(s.Served[goal], part.T(ctx, "%s%d条", one.Name, one.Count))
		}
		s.Under[goal] = underGoal(p.Code, goal, rows[goal], of, work[goal])
	}
	for code, of := range work {
		if s.Under[code] == nil {
			s.Under[code] = underGoal(p.Code, code, nil, nil, of)
		}
	}
	return s, nil
}

// workOf is what is followed up of each goal and each measure: what names it, and what is about an indicator below it.
func workOf(r *web.Request, p plan.Plan, rows map[string][]Row) (map[string][]plan.OpenItems, error) {
	all, err := matter.OpenAbout(r.Tx, r.User)
	if err != nil {
		return nil, err
	}
	work := map[string][]plan.OpenItems{}
	put := func(code, query string, w matter.OpenWork) {
		at := slices.IndexFunc(work[code], func(o plan.OpenItems) bool { return o.Query == query })
		if at < 0 {
			work[code], at = append(work[code], plan.OpenItems{Query: query}), len(work[code])
		}
		work[code][at].Open, work[code][at].Late = work[code][at].Open+w.Open, work[code][at].Late+w.Late
	}
	for _, w := range all {
		if in, of, named := strings.Cut(w.Goal, "/"); named {
			if in == p.Code {
				put(of, url.Values{"goal": {w.Goal}}.Encode(), w)
				if w.Measure != "" {
					put(plan.OfMeasure(w.Measure), url.Values{"goal": {w.Goal}}.Encode(), w)
				}
			}
			continue
		}
		for goal, of := range rows {
			if slices.ContainsFunc(of, func(one Row) bool { return one.latest.Indicator.Code == w.Indicator }) {
				put(goal, url.Values{"indicator": {w.Indicator}}.Encode(), w)
			}
		}
	}
	return work, nil
}
