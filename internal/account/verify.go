package account

// Whose each signing key is and since when, as the journal has it, so that a row of signing_keys alone proves nothing.

import (
	"maps"
	"slices"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/journal"
)

// Verify holds the signing keys against the journal: whose each is and since when. Locks, counts and the encrypted
// halves decide nothing; that a certificate fits its key is asked with every signature.
func Verify(tx *db.Tx) (findings []journal.Finding, err error) {
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
