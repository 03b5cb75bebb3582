package account

// Whose each signing key is and since when, as the journal has it, so that a row of signing_keys alone proves nothing;
// and accounts, whose rows carry a mark that only the program makes, so that SQL lets nobody in to make a key.

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/journal"
)

// Verify holds the signing keys against the journal: whose each is and since when. Locks, counts and the encrypted
// halves decide nothing; that a certificate fits its key is asked with every signature.
func Verify(tx *db.Tx) (findings []journal.Finding, err error) {
	for _, of := range []func(*db.Tx) ([]journal.Finding, error){verifyAccounts, verifySessions} {
		some, err := of(tx)
		if err != nil {
			return nil, err
		}
		findings = append(findings, some...)
	}
	keys, err := allKeys(tx)
	if err != nil {
		return nil, err
	}
	made, err := journal.OfVerb(tx, verbKeyCreate)
	if err != nil {
		return nil, err
	}
	said := map[string]journal.Entry{} // by key
	for _, e := range made {
		if journal.Made(tx, e) {
			said[e.Detail["key"]] = e
		}
	}
	found := func(key, column, expected, actual string) {
		findings = append(findings, journal.Finding{Code: "key.journal", Table: "signing_keys",
			Object: "key/" + key, Column: column, Expected: expected, Actual: actual})
	}
	for _, k := range keys {
		e, known := said[k.ID]
		delete(said, k.ID)
		switch {
		case !known:
			found(k.ID, "id", "", k.PersonID)
		case e.Object != "person/"+k.PersonID:
			found(k.ID, "person_id", e.Object, "person/"+k.PersonID)
		case e.Detail["public_key"] != string(k.PublicKey):
			found(k.ID, "public_key", e.Detail["public_key"], string(k.PublicKey))
		case !e.At.Equal(k.CreatedAt):
			found(k.ID, "created_at", e.At.Format(time.RFC3339Nano), k.CreatedAt.Format(time.RFC3339Nano))
		case k.Certificate.PublicKey != k.PublicKey:
			found(k.ID, "certificate", string(k.PublicKey), string(k.Certificate.PublicKey))
		default:
			now, err := standing(tx, k.PersonID, k.ID)
			if err != nil {
				return findings, err
			}
			if !now.retired.Equal(k.RetiredAt) {
				found(k.ID, "retired_at", dated(now.retired), dated(k.RetiredAt))
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(said)) {
		found(id, "id", said[id].Object, "")
	}
	return findings, nil
}

const (
	baselineObject = "accounts"
	verbBaseline   = "account.baseline"
)

// baselineNow is what the entry of a baseline says that the entries of accounts name their rows, too.
const baselineNow = "2"

// Begin takes the accounts of a database from before they had marks, or before the journal named them, as they stand,
// once: the journal says that it was done. A row that SQL wrote since they have marks stays as it is.
func Begin(ctx context.Context, d *db.DB) error {
	marked, named := false, false
	err := d.View(ctx, func(tx *db.Tx) error {
		e, found, made, err := journal.LastOf(tx, baselineObject)
		marked, named = found, found && made && e.Detail["kind"] == baselineNow
		return err
	})
	if err != nil || named {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		accounts, err := List(tx)
		if err != nil {
			return err
		}
		for _, a := range accounts {
			if !a.Made && marked {
				continue
			}
			if !a.Made {
				if err := update(tx, &a); err != nil {
					return err
				}
			}
			if err := journal.Log(tx, journal.System, verbBaseline, personObject(a.PersonID), a.said()); err != nil {
				return err
			}
		}
		return journal.Log(tx, journal.System, verbBaseline, baselineObject,
			map[string]string{"rows": strconv.Itoa(len(accounts)), "kind": baselineNow})
	})
}

// verifyAccounts names accounts that the program did not write as they stand, older ones put back, and those that are
// gone.
func verifyAccounts(tx *db.Tx) (findings []journal.Finding, err error) {
	accounts, err := List(tx)
	if err != nil {
		return nil, err
	}
	made, err := journal.MadeBy(tx, verbAccountCreate)
	if err != nil {
		return nil, err
	}
	found := func(code, object, expected, actual string) {
		findings = append(findings, journal.Finding{Code: code, Table: "accounts", Object: object, Expected: expected,
			Actual: actual})
	}
	there := map[string]bool{}
	for _, a := range accounts {
		object := personObject(a.PersonID)
		there[object] = true
		newest, err := a.newest(tx)
		switch {
		case err != nil:
			return findings, err
		case !a.Made:
			found("account.forged", object, "", a.Login)
		case !newest:
			found("account.older", object, "", a.Login)
		}
	}
	for _, object := range slices.Sorted(maps.Keys(made)) {
		if !there[object] {
			found("account.missing", object, made[object].Detail["login"], "")
		}
	}
	return findings, nil
}

// verifySessions names sessions that the program did not write as they stand, and those that were ended and put back.
func verifySessions(tx *db.Tx) (findings []journal.Finding, err error) {
	sessions, err := auth.Sessions(tx)
	for _, s := range sessions {
		if err != nil {
			break
		}
		f := journal.Finding{Table: "sessions", Object: personObject(s.PersonID), Actual: s.Name()}
		ended := false
		if ended, err = (journal.Keys{}).Ended(tx, s.PersonID, s.Name(), s.Began); !s.Made {
			f.Code = "session.forged"
		} else if ended {
			f.Code = "session.ended"
		}
		if f.Code != "" {
			findings = append(findings, f)
		}
	}
	return findings, err
}

func dated(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.Format(time.RFC3339Nano)
}
