package admin

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/module"
)

var grants = auth.Grant(auth.Grants{auth.AuditAdmin: {"journal.read"}})

// Module is the journal's page.
func Module() module.Module {
	return module.Module{Name: "admin", Routes: routes, Grants: grants,
		Nav: []module.Nav{{Label: "存证日志", Group: module.GroupAdmin, URL: "/journal",
			Verb: "journal.read", Order: 110}}}
}
