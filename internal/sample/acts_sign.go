package sample

// Signatures in a sample's story: people's keys are in hand here, so no phrase unlocks them.

import (
	"fmt"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/letter"
)

// signing stands for the method in a line that signs: SIGN /letters/{L1}/sign.
const signing = "SIGN"

// sign signs what an address names, as the route of that address would.
func (p *player) sign(path string, user auth.User, key account.Unlocked) error {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if len(parts) != 3 {
		return fmt.Errorf("no address to sign")
	}
	switch parts[0] + " " + parts[2] {
	case "letters sign", "letters countersign":
		l, err := letter.Get(p.Tx, parts[1])
		if err != nil {
			return err
		}
		v, err := letter.VersionOf(p.Tx, l.ID, l.Edition)
		if err != nil {
			return err
		}
		if parts[2] == "sign" {
			_, err = letter.Sign(p.Tx, user, l.ID, v.Digest, key)
		} else {
			_, err = letter.Countersign(p.Tx, user, l.ID, v.Digest, key)
		}
		return err
	}
	return fmt.Errorf("nobody signs at this address")
}
