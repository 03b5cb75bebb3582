package letter

// The trail below a letter, and the files that go out with it: they lie there while it can be written in, and the text
// that is frozen names them by digest.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
)

// Trail is the place of letters among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "letter", Page: func(id string) string { return "/letters/" + id },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, id)
			return err
		},
		Holds: holds, Words: func(verb string) say.Key { return lifeWords[verb] }}
}

// holds: the office that drafts it lays attachments down, as long as it can be written in.
func holds(tx *db.Tx, by auth.User, id string) (unit string, err error) {
	l, err := Read(tx, by, id)
	if err != nil {
		return "", err
	}
	post, ok := by.PostFor(l.Unit, auth.Office)
	if !ok || !l.State.Editable() {
		return "", errs.Conflictf("附件由拟稿的办公室在拟稿时放入；核稿以后要先退回修改。")
	}
	return post.UnitName, nil
}
