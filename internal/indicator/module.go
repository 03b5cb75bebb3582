package indicator

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/module"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {"indicator.read"},
})

// Module is the definitions of indicators and their parameters; values are progress's.
func Module() module.Module {
	return module.Module{Name: "indicator", Grants: grants,
		Routes: Routes,
		Files:  Files(),
		Kinds:  Kinds(), Reindex: Reindex, Holds: Holds(),
	}
}
