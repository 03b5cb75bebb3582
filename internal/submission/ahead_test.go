package submission_test

// What is verified ahead of acceptance counts only if nothing of it was edited in between.

import (
	"context"
	"errors"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
)

// What was verified ahead counts only for what stands in the database at acceptance: every edit planted in between is
// refused.
func TestVerifiedAheadIsVerifiedAtAcceptance(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		c.must(c.save(c.first[0], s.ID, cells("100", "120", "10", "20")))
		c.must(c.prepare(c.first[0], s.ID))
		c.must(c.sign(c.second[0], s.ID))
		ahead, err := submission.VerifyAhead(context.Background(), c.DB, s.ID, c.issuer)
		c.must(err)
		version := c.get(s.ID).Version
		undo := errors.New("undo")
		accept := func(edit func(*db.Tx) error, issuer sign.PublicKey) error {
			var answer error
			err := c.UpdateAlone(context.Background(), func(tx *db.Tx) error {
				if edit != nil {
					c.must(edit(tx))
				}
				_, answer = submission.AcceptVerified(tx, c.office, s.ID, version, issuer, ahead)
				return undo
			})
			if !errors.Is(err, undo) {
				t.Fatal(err)
			}
			return answer
		}
		for what, edit := range map[string]func(*db.Tx) error{
			"a digit of the text": exec(`UPDATE versions SET text = replace(text, '"value":"100"', '"value":"900"')
				WHERE submission_id = $1`, s.ID),
			"a text in other words": exec(`UPDATE versions SET text = text || ' ' WHERE submission_id = $1`, s.ID),
			"a digest": exec(`UPDATE versions SET digest = replace(digest, substr(digest, 1, 2), 'zz')
				WHERE submission_id = $1`, s.ID),
			"a signature": exec(`UPDATE signatures
				SET signature = (SELECT signature FROM signatures WHERE role = 'first') WHERE role = 'second'`),
			"a signature's digest": exec(`UPDATE signatures SET digest = 'x' WHERE role = 'second'`),
			"a signer's name":      exec(`UPDATE signatures SET person = '冒名' WHERE role = 'second'`),
			"a signature removed":  exec(`DELETE FROM signatures WHERE role = 'second'`),
			"a key": exec(`UPDATE signing_keys
				SET public_key = (SELECT k.public_key FROM signing_keys k WHERE k.id <> signing_keys.id
				ORDER BY k.id LIMIT 1)`),
			"a certificate": exec(`UPDATE signing_keys
				SET certificate = replace(certificate, $1, '冒名')`, c.second[0].Name),
			"the draft": exec(`UPDATE submissions SET draft = replace(draft, '"100"', '"900"')
				WHERE id = $1`, s.ID),
			"another newest version": exec(`INSERT INTO versions (submission_id, number, text, digest, reason, origin,
				source, created_at)
				SELECT submission_id, number + 1, text, digest, reason, origin, source, created_at FROM versions
				WHERE submission_id = $1`, s.ID),
		} {
			if err := accept(edit, c.issuer); err == nil {
				t.Errorf("%s was edited after it was verified, and accepted", what)
			}
		}
		other, err := sign.Generate()
		c.must(err)
		stranger, err := other.Public()
		c.must(err)
		if err := accept(nil, stranger); err == nil {
			t.Error("verified by this installation's key, accepted by another's")
		}
		if err := accept(nil, c.issuer); err != nil {
			t.Errorf("unchanged: %v", err)
		}
		if err := accept(exec(`UPDATE signing_keys SET failures = failures + 1`), c.issuer); err != nil {
			t.Errorf("with a wrong phrase typed meanwhile: %v", err)
		}
	})
}

// What does not verify, or is not there, is left to Accept to refuse.
func TestVerifyAheadLeavesRefusalsToAccept(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		for _, id := range []string{"nobody", s.ID} {
			if _, err := submission.VerifyAhead(context.Background(), c.DB, id, c.issuer); err != nil {
				t.Errorf("%s: %v", id, err)
			}
		}
		c.must(c.save(c.first[0], s.ID, cells("100", "120", "10", "20")))
		c.must(c.prepare(c.first[0], s.ID))
		c.must(c.sign(c.second[0], s.ID))
		c.must(c.update(exec(`UPDATE versions SET text = replace(text, '"value":"100"', '"value":"900"')
			WHERE submission_id = $1`, s.ID)))
		ahead, err := submission.VerifyAhead(context.Background(), c.DB, s.ID, c.issuer)
		c.must(err)
		err = c.do(c.office, s.ID, func(tx *db.Tx, _ auth.User, id string, version int64) error {
			_, err := submission.AcceptVerified(tx, c.office, id, version, c.issuer, ahead)
			return err
		})
		if errs.KindOf(err) != errs.Conflict {
			t.Errorf("an edited text: %v, want a conflict", err)
		}
	})
}
