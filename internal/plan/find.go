package plan

// Plans, their goals and measures as the search finds them: each by its own words, on its plan's page.

import (
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/network"
)

// Kinds are what this module makes findable.
func Kinds() []find.Kind {
	return []find.Kind{
		{Code: "plan", Verb: "plan.read", Name: "规划", NameEN: "Plans",
			Page: func(code string) string { return "/plans/" + code }},
		{Code: "goal", Verb: "plan.read", Name: "目标", NameEN: "Goals",
			Page: func(code string) string { return "/plans/" + strings.Replace(code, "/", "#", 1) }},
		{Code: "measure", Verb: "plan.read", Name: "策略措施", NameEN: "Measures",
			Page: func(code string) string { return "/plans/" + strings.Replace(code, "/", "#measure-", 1) }},
	}
}

// Reindex puts all plans, goals and measures where they are found.
func Reindex(tx *db.Tx) error {
	plans, err := List(tx)
	if err != nil {
		return err
	}
	for _, p := range plans {
		if err := findPlan(tx, p); err != nil {
			return err
		}
		goals, err := Goals(tx, p.Code)
		if err != nil {
			return err
		}
		for _, g := range goals {
			g.Plan = p.Code
			if err := findGoal(tx, g); err != nil {
				return err
			}
		}
		measures, err := Measures(tx, p.Code)
		if err != nil {
			return err
		}
		for _, m := range measures {
			if err := findMeasure(tx, m); err != nil {
				return err
			}
		}
	}
	return nil
}

func scopeOf(tx *db.Tx, p Plan) (find.Scope, error) {
	area, err := network.AreaByID(tx, p.AreaID)
	return find.Scope{Path: area.Path, Figures: true}, err
}

func findPlan(tx *db.Tx, p Plan) error {
	scope, err := scopeOf(tx, p)
	if err != nil {
		return err
	}
	return find.Put(tx, find.Doc{Object: "plan/" + p.Code, Title: p.Name, TitleEN: p.NameEN, Scope: scope})
}

func findGoal(tx *db.Tx, g Goal) error {
	return findPart(tx, "goal", g.Plan, g.Code, g.Text, g.TextEN)
}

func findMeasure(tx *db.Tx, m Measure) error {
	return findPart(tx, "measure", m.Plan, m.Code, m.Text, m.TextEN)
}

// findPart puts a part of a plan where it is found.
func findPart(tx *db.Tx, kind, in, code, text, textEN string) error {
	p, err := ByCode(tx, in)
	if err != nil {
		return err
	}
	scope, err := scopeOf(tx, p)
	if err != nil {
		return err
	}
	return find.Put(tx, find.Doc{Object: kind + "/" + in + "/" + code, Title: text, TitleEN: textEN,
		Note: p.Name + " " + code, NoteEN: p.NameEN + " " + code, Scope: scope})
}
