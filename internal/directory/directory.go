// Package directory is what anybody may do with facilities without an account: look them up and read their pages. What
// is public of a record, package record says.
package directory

import (
	"yipanqi/internal/module"
	"yipanqi/internal/web/part"

	_ "embed"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

// Module is the public directory.
func Module() module.Module {
	return module.Module{Name: "directory", English: english, Routes: Routes}
}
