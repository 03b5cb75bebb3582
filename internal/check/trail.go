package check

// The trail below a checked text.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
)

// Trail is the place of checks among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "check", Page: func(id string) string { return "/checks/" + id },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Get(tx, by, id)
			return err
		},
		Words: func(verb string) say.Key { return done[verb] }}
}

// done are the journal's verbs of a check as its trail says them.
var done = map[string]say.Key{
	"check.create": "提交核对", "check.area": "选定文稿所说的地区或年份", "check.correct": "更正识别结果",
	"check.uncorrect": "撤销更正",
}
