package network

// What the rest of the program knows of this module.

import (
	_ "embed"

	"yipanqi/internal/auth"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {"area.read", "unit.read", "rule.read"},
	auth.Office:  {VerbRule},
})

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

var words = auth.Name(map[string]say.Key{"rule.read": "看工作制度", VerbRule: "登记工作制度",
	"membership.open": "成为成员", "membership.close": "不再是成员"})

// Module is areas, units, members and rules; the pages of one area and one unit are home's. about is what the modules
// say of a thing.
func Module(about About) module.Module {
	return module.Module{Name: "network", Grants: grants, Words: words, English: english,
		Routes: func(m *web.Mux) { Routes(m, about) },
		Nav: []module.Nav{
			{Label: "成员单位", Group: module.GroupUnits, URL: "/network", Verb: "unit.read", Order: 58},
			{Label: "工作制度", Group: module.GroupUnits, URL: "/rules", Verb: "rule.read", Order: 64}},
		Files: Files(),
		Kinds: Kinds(), Reindex: Reindex,
		Sees:  map[string]module.Sees{"unit": seesUnit, "rule": seesRule},
		Parts: map[string]string{"membership": "unit"},
	}
}
