package form

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

var grants = auth.Grant(auth.Grants{
	auth.Readers:      {"form.read"},
	auth.Office:       {VerbPublish},
	auth.Statistician: {VerbPublish},
})

var verbs = auth.Name(map[string]say.Key{VerbPublish: "发布报表"})

// Module is the statutory forms.
func Module() module.Module {
	return module.Module{Name: "form", Grants: grants, Words: verbs, English: english, Routes: Routes,
		Nav: []module.Nav{{Label: "统计报表", Group: module.GroupData, URL: "/forms", Verb: "form.read",
			Order: 45}},
		Files: Files(),
		Kinds: Kinds(), Reindex: Reindex,
		Sees: map[string]module.Sees{"form": func(tx *db.Tx, by auth.User, code string) error {
			if !by.Can("form.read") {
				return errs.Missingf("没有找到这项内容。它可能已被删除，或者您没有查看权限。")
			}
			_, err := ByCode(tx, code)
			return err
		}},
	}
}
