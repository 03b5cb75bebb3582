package plan

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/module"
	"yipanqi/internal/web"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {"plan.read"},
})

// Module is the plans; standing says how far one has come.
func Module(standing func(*web.Request, Plan, string) (Standing, error)) module.Module {
	return module.Module{Name: "plan", Grants: grants,
		Routes: func(m *web.Mux) { Routes(m, standing) },
		Nav:    []module.Nav{{Label: "规划", URL: "/plans", Verb: "plan.read", Order: 40}},
		Files:  Files(),
		Kinds:  Kinds(), Reindex: Reindex, Holds: Holds(),
	}
}
