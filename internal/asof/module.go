package asof

// What the rest of the program knows of this module.

import (
	_ "embed"

	"yipanqi/internal/auth"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

// VerbRead is the right to see what has changed since a day.
const VerbRead = "since.read"

var grants = auth.Grant(auth.Grants{auth.Readers: {VerbRead}})

var verbs = auth.Name(map[string]say.Key{VerbRead: "看某日以来的变化"})

// Module is the page of what has changed since a day; the days themselves are the kernel's to show.
func Module(days *Book) module.Module {
	return module.Module{Name: "asof", Grants: grants, Words: verbs, English: english,
		Routes: func(m *web.Mux) { days.routes(m) }}
}
