package proof

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/module"
	"yipanqi/internal/web"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers: {"proof.read"},
})

// Module is the way from a figure to its signatures.
func Module(secrets account.Secrets) module.Module {
	return module.Module{Name: "proof", Grants: grants,
		Routes: func(m *web.Mux) { Routes(m, secrets) },
	}
}
