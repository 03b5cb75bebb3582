package home

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/module"
	"yipanqi/internal/web"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {"board.read", "search.read"},
})

// Module is the pages that gather what the modules have. kinds are what can be searched for,
// waiting is how many things wait for a user.
func Module(files blob.Store, kinds []find.Kind,
	waiting func(*db.Tx, auth.User) (int, error)) module.Module {
	return module.Module{Name: "home", Grants: grants,
		Routes: func(m *web.Mux) { Routes(m, files, kinds) },
		Nav: []module.Nav{{Label: "总览", URL: "/board", Verb: "board.read", Order: 10},
			{Label: "待办", URL: "/todo", Verb: "submission.read", Order: 20, Count: waiting},
			{Label: "单位", URL: "/units", Verb: "unit.read", Order: 60}},
	}
}
