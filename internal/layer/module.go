package layer

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/trail"
)

var words = map[string]say.Key{VerbUpload: "上传图层", VerbWithdraw: "撤下图层"}

var verbs = auth.Name(map[string]say.Key{VerbRead: "看图层", VerbUpload: words[VerbUpload],
	VerbWithdraw: words[VerbWithdraw]})

// Module is layers.
func Module() module.Module {
	return module.Module{Name: "layer", Grants: grants, Words: verbs, English: english, Routes: Routes,
		Nav:    []module.Nav{{Label: "图层", Group: module.GroupData, URL: "/layers", Verb: VerbRead, Order: 46}},
		Places: []trail.Place{Trail()}, Verify: Verify, Files: Files(),
	}
}

// Verify names every layer that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) ([]journal.Finding, error) {
	all, err := All(tx)
	rows := map[string]held.Row{}
	for _, l := range all {
		if l, err = withBody(tx, l); err != nil {
			return nil, err
		}
		rows[l.Object()] = l.row()
	}
	if err != nil {
		return nil, err
	}
	return held.Verify(tx, held.Table{Name: "layers", Kind: "layer", Begin: []string{VerbUpload}, Rows: rows})
}
