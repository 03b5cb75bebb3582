package submission_test

// What verified once and is kept in the process is found all the same when somebody edits it: every edit planted after
// a look is named at the next.

import (
	"context"
	"errors"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
)

func TestWhatVerifiedOnceIsFoundWhenEdited(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := c.open(0, "2018")
		c.must(c.save(c.first[0], s.ID, cells("100", "120", "10", "20")))
		c.must(c.prepare(c.first[0], s.ID))
		c.must(c.sign(c.second[0], s.ID))
		c.must(c.do(c.office, s.ID, c.accept))
		undo := errors.New("undo")
		look := func(edit func(*db.Tx) error, issuer sign.PublicKey) (ok bool) {
			err := c.Update(context.Background(), func(tx *db.Tx) error {
				if edit != nil {
					c.must(edit(tx))
				}
				v, err := submission.Vouch(tx, submission.Submission{ID: s.ID}, issuer)
				c.must(err)
				_, ok = v.Holds()
				if ok = ok && len(v.Checks) > 0; ok && (len(v.Cells) != 4 || len(v.Accepted.Signatures) != 2) {
					t.Errorf("%d cells and %d signatures, want 4 and 2", len(v.Cells), len(v.Accepted.Signatures))
				}
				return undo
			})
			if !errors.Is(err, undo) {
				t.Fatal(err)
			}
			return ok
		}
		for range 2 { // the second look is at what the first left in the process
			if !look(nil, c.issuer) {
				t.Fatal("an untouched report does not verify")
			}
		}
		for what, edit := range map[string]func(*db.Tx) error{
			"a digit of the text": exec(`UPDATE versions SET text = replace(text, '"value":"100"', '"value":"900"')
				WHERE submission_id = $1`, s.ID),
			"a text in other words": exec(`UPDATE versions SET text = text || ' ' WHERE submission_id = $1`, s.ID),
			"a digest": exec(`UPDATE versions SET digest = replace(digest, substr(digest, 1, 2), 'zz')
				WHERE submission_id = $1`, s.ID),
			"a reason":  exec(`UPDATE versions SET reason = 'x' WHERE submission_id = $1`, s.ID),
			"an origin": exec(`UPDATE versions SET origin = 'simulated' WHERE submission_id = $1`, s.ID),
			"a source":  exec(`UPDATE versions SET source = '年鉴' WHERE submission_id = $1`, s.ID),
			"a signature": exec(`UPDATE signatures
				SET signature = (SELECT signature FROM signatures WHERE role = 'first') WHERE role = 'second'`),
			"a signature's digest": exec(`UPDATE signatures SET digest = 'x' WHERE role = 'second'`),
			"a signer's name":      exec(`UPDATE signatures SET person = '冒名' WHERE role = 'second'`),
			"a signer": exec(`UPDATE signatures SET person_id = (SELECT min(p.id) FROM people p
				WHERE p.id <> person_id) WHERE role = 'second'`),
			"a signer's post":     exec(`UPDATE signatures SET post = 'x' WHERE role = 'second'`),
			"a signature removed": exec(`DELETE FROM signatures WHERE role = 'second'`),
			"a key": exec(`UPDATE signing_keys
				SET public_key = (SELECT k.public_key FROM signing_keys k WHERE k.id <> signing_keys.id
				ORDER BY k.id LIMIT 1)`),
			"a certificate": exec(`UPDATE signing_keys
				SET certificate = replace(certificate, $1, '冒名')`, c.second[0].Name),
			"a certificate that is none": exec(`UPDATE signing_keys SET certificate = 'x'`),
			"a fact":                     exec(`UPDATE facts SET value = value + 1 WHERE sex = 1`),
			"a fact's grade":             exec(`UPDATE facts SET grade = grade + 1 WHERE sex = 1`),
			"a fact removed":             exec(`DELETE FROM facts WHERE sex = 1`),
			"a state":                    exec(`UPDATE submissions SET late = NOT late WHERE id = $1`, s.ID),
			"a journal's entry":          exec(`DELETE FROM journal WHERE object = $1 AND object_seq = 2`, s.Object()),
		} {
			if look(edit, c.issuer) {
				t.Errorf("%s was edited after the report had verified, and nobody sees it", what)
			}
		}
		other, err := sign.Generate()
		c.must(err)
		stranger, err := other.Public()
		c.must(err)
		if look(nil, stranger) {
			t.Error("verified by this installation's key, it verifies by another's")
		}
		if !look(nil, c.issuer) {
			t.Error("untouched, it does not verify any more")
		}
	})
}
