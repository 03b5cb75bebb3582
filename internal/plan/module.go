package plan

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {"plan.read"},
	auth.Office:  {VerbStep},
})

var verbs = auth.Name(map[string]say.Key{VerbStep: "登记规划的阶段"})

// Module is the plans; standing says how far one has come.
func Module(standing func(*web.Request, Plan, string) (Standing, error)) module.Module {
	return module.Module{Name: "plan", Grants: grants, Words: verbs,
		Sees: map[string]module.Sees{"plan": func(tx *db.Tx, by auth.User, code string) error {
			p, err := ByCode(tx, code)
			if err == nil {
				_, err = network.SeenArea(tx, by, p.AreaID)
			}
			return err
		}},
		Routes: func(m *web.Mux) { Routes(m, standing) },
		Nav:    []module.Nav{{Label: "规划", URL: "/plans", Verb: "plan.read", Order: 40}},
		Files:  Files(),
		Kinds:  Kinds(), Reindex: Reindex, Holds: Holds(),
	}
}
