package form

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/module"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {"form.read"},
})

// Module is the statutory forms.
func Module() module.Module {
	return module.Module{Name: "form", Grants: grants,
		Routes: Routes,
		Files:  Files(),
		Kinds:  Kinds(), Reindex: Reindex,
	}
}
