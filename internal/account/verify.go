package account

// Whose each signing key is and since when, as the journal has it, so that a row of signing_keys alone proves nothing.

import (
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
	made := map[string][]journal.Entry{} // by person
	for _, k := range keys {
		entries, read := made[k.PersonID]
		if !read {
			if entries, err = journal.Of(tx, "person/"+k.PersonID); err != nil {
				return findings, err
			}
			made[k.PersonID] = entries
		}
		found := func(column, expected, actual string) {
			findings = append(findings, journal.Finding{Code: "key.journal", Table: "signing_keys",
				Object: "key/" + k.ID, Column: column, Expected: expected, Actual: actual})
		}
		var e journal.Entry
		for _, entry := range entries {
			if entry.Verb == "key.create" && entry.Detail["key"] == k.ID && journal.Made(tx, entry) {
				e = entry
			}
		}
		switch {
		case e.Verb == "":
			found("", "", k.PersonID)
		case e.Detail["public_key"] != string(k.PublicKey):
			found("public_key", e.Detail["public_key"], string(k.PublicKey))
		case !e.At.Equal(k.CreatedAt):
			found("created_at", e.At.Format(time.RFC3339Nano), k.CreatedAt.Format(time.RFC3339Nano))
		case k.Certificate.PublicKey != k.PublicKey:
			found("certificate", string(k.PublicKey), string(k.Certificate.PublicKey))
		}
	}
	return findings, nil
}
