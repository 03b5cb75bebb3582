package matter

// What the tests need of the package's inside; what only benchmarks need is in export_bench_test.go. No test itself.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
)

// JudgeEffect and Around are the rules of the ledger of effects.
var (
	JudgeEffect = judgeEffect
	Around      = around
)

// Move is what the manifest offers for the units that are closed.
var Move = move

// DeskOf are the groups that lie before somebody.
var DeskOf = deskOf

// PaperOf is a paper of an item, as somebody may read it.
func PaperOf(tx *db.Tx, by auth.User, id, kind string) (d document.Document, err error) {
	c, err := read(tx, by, id)
	if err != nil {
		return d, err
	}
	_, d, err = c.Paper(tx, kind)
	return d, err
}
