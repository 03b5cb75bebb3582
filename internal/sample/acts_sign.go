package sample

// Signatures in a sample's story: people's keys are in hand here, so no phrase unlocks them. What is signed at an
// address its module says.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/module"
)

// signing stands for the method in a line that signs: SIGN /letters/{L1}/sign. So does one that accepts a report: its
// route verifies the signatures ahead of a transaction, and the story is one.
const signing = "SIGN"

// Signer takes the step of an address with a key: module.List.Sign.
type Signer func(tx *db.Tx, by auth.User, address string, key module.Key) error
