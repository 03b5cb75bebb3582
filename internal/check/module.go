package check

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/module"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers:      {"check.read", "check.create", "check.area", "check.delete"},
	auth.Office:       {"check.correct"},
	auth.Statistician: {"check.correct"},
})

// Module is texts whose figures are held against the data.
func Module(files blob.Store) module.Module {
	return module.Module{Name: "check", Grants: grants, Places: []trail.Place{Trail()},
		Routes: func(m *web.Mux) { Routes(m, files) },
		Nav:    []module.Nav{{Label: "核对", Group: module.GroupData, URL: "/checks", Verb: "check.read", Order: 80}},
		Files:  Files(),
		Kinds:  Kinds(), Reindex: Reindex,
	}
}
