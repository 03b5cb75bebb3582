package holiday

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/module"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {"holiday.read"},
})

// Module is the days off as the state announced them.
func Module() module.Module {
	return module.Module{Name: "holiday", Grants: grants,
		Files:  Files(),
		Routes: Routes,
	}
}
