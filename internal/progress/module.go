package progress

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/web"
)

// About are the cards of all modules about a thing.
type About func(*db.Tx, auth.User, module.Of) ([]module.Card, error)

// Module is what indicators come to, and how far they are.
func Module(about About) module.Module {
	return module.Module{Name: "progress",
		Routes: func(m *web.Mux) { Routes(m, about) },
		Nav: []module.Nav{
			{Label: "指标", Group: module.GroupData, URL: "/indicators", Verb: "indicator.read", Order: 50},
			{Label: "分母", Group: module.GroupData, URL: "/denominators", Verb: "indicator.read", Order: 51}},
	}
}
