package cli_test

// An older state put back whole is found by what others have kept of a newer one; an auditor without keys checks what
// the public key can.

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// An older state of the database, whole and signed, is put back under newer keys: the checkpoint in the data folder and
// the one at a witness both know better, and the findings are data.
func TestOlderStatePutBackIsFound(t *testing.T) {
	t.Parallel()
	data := installation(t)
	file, witness := filepath.Join(data, "yipanqi.db"), filepath.Join(t.TempDir(), "witness.json")
	older := filepath.Join(t.TempDir(), "older.db")
	copyFile(t, file, older)
	a, err := app.Open(context.Background(), app.Config{Data: data})
	must(t, err)
	must(t, a.DB.Update(context.Background(), func(tx *db.Tx) error {
		return journal.Log(tx, auth.User{ID: "p1", Name: "张三"}, "submission.accept", "submission/0190",
			map[string]string{"version": "2"})
	}))
	must(t, a.Close())
	run(t, 0, "", "journal", "checkpoint", "-o", witness, "--data", data)
	verifying(t, 0, data, "--against", witness)

	copyFile(t, older, file)
	if out := verifying(t, 1, data); !strings.Contains(out, "checkpoint.json") {
		t.Errorf("the data folder's checkpoint is not held against it: %s", out)
	}
	must(t, os.Remove(filepath.Join(data, "checkpoint.json")))
	verifying(t, 0, data) // whoever holds database and keys can do that
	var answer struct {
		OK       bool
		Findings []journal.Finding
	}
	must(t, json.Unmarshal([]byte(verifying(t, 1, data, "--against", witness, "--json")), &answer))
	if answer.OK || len(answer.Findings) != 1 || answer.Findings[0].Code != "witness.entry" ||
		answer.Findings[0].Object != "submission/0190/v2" {
		t.Errorf("the witness is contradicted, and found is %+v", answer)
	}
	if out := verifying(t, 1, installation(t), "--against", witness); !strings.Contains(out, "另一套系统") {
		t.Errorf("another installation's witness is taken: %s", out)
	}
}

// Without the secrets everything that the public key can check is checked, and what could not be is listed.
func TestAuditorWithoutKeys(t *testing.T) {
	t.Parallel()
	data := installation(t)
	copied := t.TempDir()
	copyFile(t, filepath.Join(data, "yipanqi.db"), filepath.Join(copied, "yipanqi.db"))
	out := verifying(t, 1, copied)
	for _, name := range []string{"secrets/pepper", "secrets/installation.key", "secrets/journal.key"} {
		if !strings.Contains(out, name) {
			t.Errorf("%s is not said to be missing: %s", name, out)
		}
	}
	if strings.Contains(out, "✗") {
		t.Errorf("a whole copy has findings: %s", out)
	}
}

func TestKeyIsShown(t *testing.T) {
	t.Parallel()
	data := installation(t)
	svg, pem := filepath.Join(data, "key.svg"), filepath.Join(data, "key.pem")
	var key app.ShownKey
	shown := run(t, 0, "", "key", "show", "--json", "--data", data, "--svg", svg, "--pem", pem)
	must(t, json.Unmarshal([]byte(shown), &key))
	if key.Fingerprint != sign.Fingerprint(key.PublicKey) {
		t.Errorf("the fingerprint is not the key's: %+v", key)
	}
	out := run(t, 0, "", "key", "show", "--data", data)
	if !strings.Contains(out, key.Fingerprint) || !strings.Contains(out, "▀") {
		t.Errorf("neither text nor code: %s", out)
	}
	picture, err := os.ReadFile(svg)
	must(t, err)
	text, err := os.ReadFile(pem)
	must(t, err)
	if trust, err := sign.ReadTrust(string(text)); err != nil || !trust.Holds(key.PublicKey) ||
		!strings.HasPrefix(string(picture), "<svg") {
		t.Errorf("PEM or picture: %v %v %.20s", trust, err, picture)
	}
}
