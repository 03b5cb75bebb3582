package plan

// Plans and their goals as the search finds them: a goal by its own words, on its plan's page.

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
	}
}

// Reindex puts all plans and goals where they are found.
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
	p, err := ByCode(tx, g.Plan)
	if err != nil {
		return err
	}
	scope, err := scopeOf(tx, p)
	if err != nil {
		return err
	}
	return find.Put(tx, find.Doc{Object: "goal/" + g.Plan + "/" + g.Code, Title: g.Text, TitleEN: g.TextEN,
		Note: p.Name + " " + g.Code, NoteEN: p.NameEN + " " + g.Code, Scope: scope})
}
