package module

// What people sign, each at the address of its route. At the door the phrase opens the key, ahead of the transaction;
// the story of a sample has the keys of its people in hand, and signs here.

import (
	"fmt"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/sign"
)

// Signing is a step at whose route a key is asked for.
type Signing struct {
	Path string // /letters/{id}/sign
	// Sign takes the step, of the text as it stands. ids are those in the path, in its order.
	Sign func(tx *db.Tx, by auth.User, ids []string, key Key) error
}

// Key is account.Unlocked, which is above this package.
type Key struct {
	ID      string
	Private sign.PrivateKey
}

// ids are those in an address of the signing; false for any other address.
func (s Signing) ids(address string) (ids []string, is bool) {
	pattern, parts := strings.Split(s.Path, "/"), strings.Split(address, "/")
	if len(pattern) != len(parts) {
		return nil, false
	}
	for i, part := range pattern {
		switch {
		case strings.HasPrefix(part, "{"):
			ids = append(ids, parts[i])
		case part != parts[i]:
			return nil, false
		}
	}
	return ids, true
}

// Sign takes the step of an address with a key, whichever module has it.
func (l List) Sign(tx *db.Tx, by auth.User, address string, key Key) error {
	for _, one := range l {
		for _, s := range one.Signs {
			if ids, is := s.ids(address); is {
				return s.Sign(tx, by, ids, key)
			}
		}
	}
	return fmt.Errorf("nobody signs at %s", address)
}
