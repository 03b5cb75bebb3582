package home

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/web"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers:        {"board.read", "search.read", "measure.read"},
	auth.Office:         {"screen.read"},
	auth.CommitteeChief: {"screen.read"},
})

// Module is the pages that gather what the modules have; all are these, once all have said what they are.
func Module(files blob.Store, all func() module.List) module.Module {
	return module.Module{Name: "home", Grants: grants,
		Routes: func(m *web.Mux) { Routes(m, files, all()) },
		Nav: []module.Nav{{Label: "总览", URL: "/board", Verb: "board.read", Order: 10},
			{Label: "待办", URL: "/todo", Verb: "submission.read", Order: 20,
				Count: func(tx *db.Tx, by auth.User) (int, error) { return all().Waiting(tx, by) }},
			{Label: "报表负担", Group: module.GroupData, URL: "/burden", Verb: "submission.read", Order: 53},
			{Label: "工作统计", Group: module.GroupWork, URL: "/measures", Verb: "measure.read", Order: 38},
			{Label: "督办大屏", Group: module.GroupWork, URL: "/screen", Verb: "screen.read", Order: 39},
			{Label: "单位", Group: module.GroupUnits, URL: "/units", Verb: "unit.read", Order: 60}},
	}
}
