package instruction

// Remarks and files below an instruction: the scan of the paper, what was said about it.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/notice"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
)

// Trail is the place of instructions among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "instruction", Page: func(id string) string { return "/instructions/" + id },
		Sees:  func(tx *db.Tx, by auth.User, id string) error { _, err := Read(tx, by, id); return err },
		Holds: holds,
		Fields: func(*db.Tx, string) ([]trail.Field, error) {
			return []trail.Field{{Key: "scan", Name: "批示原件扫描", NameEN: "Scan of the paper"},
				{Key: "report", Name: "办理结果", NameEN: "Result"}}, nil
		},
		Words: func(verb string) say.Key { return lifeWords[verb] }, Told: notice.Told("instruction")}
}

// holds: the office that sees to it lays files on it as long as it is not ended.
func holds(tx *db.Tx, by auth.User, id string) (unit string, err error) {
	i, err := Read(tx, by, id)
	if err != nil {
		return "", err
	}
	post, err := scene{Instruction: i}.plays(by, Keeper)
	if err == nil && i.State == StateWithdrawn {
		err = errs.Conflictf("这件批示已撤回，不能再附材料。")
	}
	return post.UnitName, err
}
