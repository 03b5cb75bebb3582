package edition

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/blob"
	"yipanqi/internal/module"
	"yipanqi/internal/web"
)

// Module is how forms come to ask otherwise.
func Module(files blob.Store) module.Module {
	return module.Module{Name: "edition", English: english, Routes: func(m *web.Mux) { Routes(m, files) }}
}
