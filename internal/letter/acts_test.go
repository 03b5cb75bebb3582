package letter_test

// What the tests of letters do to one: draft, check, issue, receive; and what they ask afterwards.

import (
	"fmt"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/letter"
)

func (c *city) get(id string) (l letter.Letter) {
	c.T.Helper()
	c.Look(func(tx *db.Tx) (err error) { l, err = letter.Get(tx, id); return err })
	return l
}

func (c *city) draft(about string) (l letter.Letter) {
	c.T.Helper()
	c.Must(c.update(func(tx *db.Tx) (err error) {
		l, err = letter.Draft(tx, c.People["office"], letter.Letter{Kind: letter.KindNotice, About: about,
			Title: "关于召开2024年全委会的通知", Main: []string{"EDU", "HEA"}, Copies: []string{"EAST"},
			Body: "一、时间\n2024年3月29日上午。\n二、要求\n请按时参加。", Disclosure: "not_open"})
		return err
	}))
	return l
}

// digest is that of what somebody would read now.
func (c *city) digest(id string) (digest string) {
	c.T.Helper()
	c.Look(func(tx *db.Tx) error {
		l, err := letter.Get(tx, id)
		if err != nil {
			return err
		}
		if l.State != letter.StateDraft {
			v, err := letter.VersionOf(tx, id, l.Edition)
			digest = v.Digest
			return err
		}
		v, _, err := letter.Preview(tx, l, c.Issuer)
		digest = v.Digest
		return err
	})
	return digest
}

type reasoned func(*db.Tx, auth.User, string, int64, string) (letter.Letter, error)

func (c *city) by(as, id string, do reasoned, said string) error {
	return c.update(func(tx *db.Tx) error {
		_, err := do(tx, c.People[as], id, c.get(id).Version, said)
		return err
	})
}

func (c *city) check(as, id string) error { return c.checks(as, id, c.digest(id)) }

func (c *city) checks(as, id, digest string) error {
	return c.by(as, id, func(tx *db.Tx, by auth.User, id string, version int64, digest string) (letter.Letter, error) {
		return letter.Check(tx, by, id, version, digest, c.Issuer)
	}, digest)
}

func (c *city) issue(as, id string) error {
	return c.update(func(tx *db.Tx) error { _, err := letter.Issue(tx, c.People[as], id, 0, c.blocked); return err })
}

func (c *city) receive(as, id string) error {
	edition := c.get(id).InForce
	return c.update(func(tx *db.Tx) error { _, err := letter.Receive(tx, c.People[as], id, edition); return err })
}

// out takes a draft to its issue.
func (c *city) out(id string) {
	c.T.Helper()
	c.Must(c.check("colleague", id))
	c.Must(c.signs("head", id, letter.Sign))
	c.Must(c.issue("office", id))
}

// refused is an error of a kind whose message says what to do.
func (c *city) refused(err error, kind errs.Kind, says string) {
	c.T.Helper()
	if errs.KindOf(err) != kind || !strings.Contains(fmt.Sprint(err), says) {
		c.T.Errorf("got %v, want one of kind %d that says %s", err, kind, says)
	}
}

func (c *city) findings() (found []journal.Finding) {
	c.T.Helper()
	c.Look(func(tx *db.Tx) (err error) { found, err = letter.Verify(tx, c.Issuer); return err })
	return found
}

func (c *city) clean() {
	c.T.Helper()
	for _, f := range c.findings() {
		c.T.Errorf("journal verify finds %+v", f)
	}
}
