package matter

// What tests of other packages' kind need of this one.

// JudgeEffect and Around are the rules of the ledger of effects.
var (
	JudgeEffect = judgeEffect
	Around      = around
)

// Move is what the manifest offers for the units that are closed.
var Move = move
