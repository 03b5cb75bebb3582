package letter

// A letter as somebody engaged from outside reads it: what was issued, as it was issued.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/module"
)

func exhibited(tx *db.Tx, id string, _ []string) (x module.Exhibited, err error) {
	l, err := Get(tx, id)
	if err == nil && !l.Issued() {
		err = errs.Missingf("没有找到这件发文。它可能不存在，或者还没有发出。")
	}
	if err != nil {
		return x, err
	}
	v, err := VersionOf(tx, id, l.InForce)
	if err != nil {
		return x, err
	}
	c, err := v.Content()
	if err != nil {
		return x, err
	}
	return module.Exhibited{Title: c.Title, Blocks: Print(c, l.Number, v.DatedOn).Blocks}, nil
}
