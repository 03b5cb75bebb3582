package progress

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/module"
)

// Module is what indicators come to, and how far they are.
func Module() module.Module {
	return module.Module{Name: "progress",
		Routes: Routes,
		Nav:    []module.Nav{{Label: "指标", URL: "/indicators", Verb: "indicator.read", Order: 50}},
	}
}
