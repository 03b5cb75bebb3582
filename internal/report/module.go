package report

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/module"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
)

var grants = auth.Grant(auth.Grants{
	auth.Office:         {"report.read"},
	auth.CommitteeChief: {"report.read"},
})

// Module is the reports that are written from references.
func Module(secrets account.Secrets) module.Module {
	return module.Module{Name: "report", Grants: grants, Places: []trail.Place{Trail()},
		Routes: func(m *web.Mux) { Routes(m, secrets) },
		Files:  Files(), Kinds: Kinds(), Reindex: Reindex,
		Nav: []module.Nav{{Label: "报告", Group: module.GroupData, URL: "/reports/annual", Verb: "report.read",
			Order: 70}},
	}
}
