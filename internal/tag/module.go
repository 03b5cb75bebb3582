package tag

// What the rest of the program knows of this module. Its pages show how figures stand and are home's.

import (
	_ "embed"

	"yipanqi/internal/auth"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var (
	english = part.Learn(dictionary)
	grants  = auth.Grant(auth.Grants{auth.Readers: {"tag.read"}})
	verbs   = auth.Name(map[string]say.Key{"tag.read": "看标签"})
)

// Module is the tags of goals and indicators.
func Module() module.Module {
	return module.Module{Name: "tag", Grants: grants, Words: verbs, English: english, Files: Files(),
		Nav: []module.Nav{{Label: "标签", Group: module.GroupData, URL: "/tags", Verb: "tag.read", Order: 52}}}
}
