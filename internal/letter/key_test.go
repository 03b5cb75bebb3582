package letter_test

// Between the phrase and the signature somebody may have retired the key: then it signs nothing, and nothing is lost.

import (
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
)

// signs takes a step that needs a key, with what is frozen now.
func (c *city) signs(as, id string, do func(*db.Tx, auth.User, string, string, account.Unlocked) (letter.Letter,
	error)) error {
	digest := c.digest(id)
	return c.update(func(tx *db.Tx) error {
		_, err := do(tx, c.People[as], id, digest, c.Keys[as])
		return err
	})
}

func TestAKeyRetiredMeanwhileSignsNothing(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		var l letter.Letter
		c.Must(c.update(func(tx *db.Tx) (err error) {
			l, err = letter.Draft(tx, c.People["office"], letter.Letter{Kind: letter.KindNotice, Main: []string{"EDU"},
				Title: "关于报送材料的通知", Disclosure: "open", Body: "请按时报送。"})
			return err
		}))
		c.Must(c.check("colleague", l.ID))
		c.Must(c.update(func(tx *db.Tx) error {
			return account.RetireKey(tx, c.People["office"], c.People["head"].ID)
		}))
		c.refused(c.signs("head", l.ID, letter.Sign), errs.Conflict, "已经停用")
		if got := c.get(l.ID); got.State != letter.StateChecked {
			t.Errorf("afterwards the letter is %s", got.State)
		}
		c.clean()
	})
}
