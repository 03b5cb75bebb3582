package account

// Whether a signing key may be used, as the journal has it. Somebody who set another's password can come in as them and
// make a key in their name; such a key waits until the security administrator, who is a third person, has compared its
// fingerprint with its owner (decision 0014).

import (
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// Doubt is why a key waits: who set the password before it was made, and when.
type Doubt struct {
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	byID string
}

// stand is what the journal says of one key.
type stand struct {
	retired time.Time // zero: in use
	doubt   *Doubt    // nil: nothing to wait for
}

// standing reads what the journal says of a person's key.
func standing(tx *db.Tx, personID, keyID string) (s stand, err error) {
	entries, err := journal.Doors(tx, personObject(personID))
	if err != nil {
		return s, err
	}
	var set *Doubt // a password that somebody else set, and nobody has vouched for a key since
	current := ""
	for _, e := range entries {
		foreign := e.ActorID != personID
		switch e.Verb {
		case verbAccountCreate:
			foreign = foreign && e.Detail["once"] != ""
			fallthrough
		case verbPasswordReset, verbPasswordChange:
			if foreign {
				set = &Doubt{e.Actor, e.At, e.ActorID}
			}
		}
		if !journal.Made(tx, e) {
			continue // whoever forges an entry takes nothing away by it
		}
		switch e.Verb {
		case verbKeyCreate, verbKeyRetire:
			if current == keyID {
				s.retired = e.At
			}
			if current = ""; e.Verb == verbKeyCreate {
				current = e.Detail["key"]
			}
			if current == keyID {
				s = stand{doubt: set}
			}
		case verbKeyApprove:
			if set = nil; e.Detail["key"] == keyID {
				s.doubt = nil
			}
		}
	}
	return s, nil
}

// MayBeUsed refuses a key that waits, and one that the journal says is retired: asked before a key is unlocked, and
// again in the transaction that signs with it.
func MayBeUsed(tx *db.Tx, k Key) error {
	s, err := standing(tx, k.PersonID, k.ID)
	switch {
	case err != nil:
		return err
	case !s.retired.IsZero():
		return errs.Conflictf("这把签名密钥已经停用。请到“我的账号”重新设置。")
	case s.doubt != nil:
		return errs.Conflictf("您的密码是由%s设置的，此后设立的签名密钥须经安全管理员与您核对后才能签字。"+
			"请把“我的账号”里的证书指纹告诉安全管理员。", s.doubt.By)
	}
	return nil
}

// ApproveKey lets a key sign that was made after somebody else had set the password: the security administrator has
// compared the fingerprint with the person.
func ApproveKey(tx *db.Tx, by auth.User, personID string) error {
	k, there, err := db.Maybe(KeyOf(tx, personID))
	if err != nil {
		return err
	}
	if !there {
		return errs.Conflictf("此人现在没有签名密钥。")
	}
	s, err := standing(tx, personID, k.ID)
	switch {
	case err != nil:
		return err
	case s.doubt == nil:
		return errs.Conflictf("这把签名密钥不用核对。")
	case by.ID == personID || by.ID == s.doubt.byID:
		return errs.Conflictf("须由设密码的人和本人之外的安全管理员核对。")
	}
	print, err := k.Fingerprint()
	if err != nil {
		return err
	}
	return journal.Log(tx, by, verbKeyApprove, personObject(personID), map[string]string{"key": k.ID,
		"fingerprint": print})
}

// readDoubt says whether the person's key waits to be compared.
func (p *Managed) readDoubt(tx *db.Tx) error {
	if p.Key == "" {
		return nil
	}
	s, err := standing(tx, p.ID, p.Key)
	if err != nil || s.doubt == nil {
		return err
	}
	k, err := KeyByID(tx, p.Key)
	if err == nil {
		p.Doubt = s.doubt
		p.Fingerprint, err = k.Fingerprint()
	}
	return err
}

// Fingerprint is the SM3 digest of the certificate's canonical text.
func (k Key) Fingerprint() (string, error) {
	text, err := sign.Canonical(k.Certificate)
	return sign.Digest(text), err
}
