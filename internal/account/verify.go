package account

// Whose each signing key is and since when, as the journal has it, so that a row of signing_keys alone proves nothing;
// and accounts, whose rows carry a mark that only the program makes, so that SQL lets nobody in to make a key.

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/journal"
)

// Verify holds the signing keys against the journal: whose each is and since when. Locks, counts and the encrypted
// halves decide nothing; that a certificate fits its key is asked with every signature.
func Verify(tx *db.Tx) (findings []journal.Finding, err error) {
	if findings, err = verifyAccounts(tx); err != nil {
		return nil, err
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

// Begin marks the accounts of a database from before accounts had marks, once: the journal says that it was done.
func Begin(ctx context.Context, d *db.DB) error {
	done := false
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		_, done, _, err = journal.LastOf(tx, baselineObject)
		return err
	})
	if err != nil || done {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		accounts, err := List(tx)
		if err != nil {
			return err
		}
		marked := 0
		for _, a := range accounts {
			if !a.Made {
				if err := update(tx, a); err != nil {
					return err
				}
				marked++
			}
		}
		return journal.Log(tx, journal.System, verbBaseline, baselineObject,
			map[string]string{"rows": strconv.Itoa(marked)})
	})
}

// verifyAccounts names accounts that the program did not write as they stand, and those that are gone.
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
		there[personObject(a.PersonID)] = true
		if !a.Made {
			found("account.forged", personObject(a.PersonID), "", a.Login)
		}
	}
	for _, object := range slices.Sorted(maps.Keys(made)) {
		if !there[object] {
			found("account.missing", object, made[object].Detail["login"], "")
		}
	}
	return findings, nil
}
