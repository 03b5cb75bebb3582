package notice

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/module"
)

var grants = auth.Grant(auth.Grants{auth.Readers: {"notice.read", "notice.mark"}})

// Module is who is told when of what is due.
func (d Desk) Module() module.Module {
	return module.Module{Name: "notice", Grants: grants, Routes: d.Routes, Files: Files(),
		Nav: []module.Nav{{Label: "收件箱", URL: "/inbox", Verb: "notice.read", Order: 25, Count: d.Unread}}}
}
