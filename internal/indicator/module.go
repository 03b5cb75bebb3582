package indicator

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers:      {"indicator.read"},
	auth.Office:       {VerbPublished},
	auth.Statistician: {VerbPublished},
})

// verbs are what its verbs are called.
var verbs = auth.Name(map[string]say.Key{VerbPublished: "登记公开来源的数据"})

// Module is the definitions of indicators and their parameters; values are progress's.
func Module() module.Module {
	return module.Module{Name: "indicator", Grants: grants, Words: verbs, English: english,
		Routes: Routes,
		Files:  Files(),
		Kinds:  Kinds(), Reindex: Reindex, Holds: Holds(),
		Sees: map[string]module.Sees{"published": seesPublished},
	}
}
