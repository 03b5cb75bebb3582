package network

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/module"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {"area.read", "unit.read"},
})

// Module is areas and units; their pages are home's.
func Module() module.Module {
	return module.Module{Name: "network", Grants: grants,
		Files: Files(),
		Kinds: Kinds(), Reindex: Reindex,
	}
}
