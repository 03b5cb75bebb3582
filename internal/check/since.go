package check

import (
	"yipanqi/internal/db"
	"yipanqi/internal/figurecheck"
)

func (d data) since(tx *db.Tx, item Item, c figurecheck.Claim) (Item, error) { return item, nil }
func (d data) correct(tx *db.Tx, text string, r *figurecheck.Reading) (map[int]bool, error) { return map[int]bool{}, nil }
