package cli_test

// `journal verify --since-checkpoint`: what it says of itself first, and that it does not answer for what is older.

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/db"
	"yipanqi/internal/journal"
)

func TestVerifyingWhatIsNewSaysSoFirst(t *testing.T) {
	t.Parallel()
	data := installation(t)
	held := filepath.Join(t.TempDir(), "held.json")
	run(t, 0, "", "journal", "checkpoint", "-o", held, "--data", data)
	since := []string{"--against", held, "--since-checkpoint"}
	a, err := app.Open(context.Background(), app.Config{Data: data})
	must(t, err)
	must(t, a.DB.Update(context.Background(), func(tx *db.Tx) error {
		return journal.Log(tx, journal.System, "unit.put", "unit/new", map[string]string{"name": "新单位"})
	}))
	must(t, a.Close())
	first, rest, _ := strings.Cut(verifying(t, 0, data, since...), "\n")
	for _, words := range []string{"只核对检查点", held, "以后的：日志1条，涉及1项", "以前的没有核对"} {
		if !strings.Contains(first, words) {
			t.Errorf("the first line does not say %q: %s", words, first)
		}
	}
	if strings.Contains(rest, "相互一致") || !strings.Contains(rest, "没有核对") {
		t.Errorf("it answers for more than it did: %s", rest)
	}
	if out := verifying(t, 0, data, append(since, "--json")...); !strings.HasPrefix(strings.TrimLeft(out, "{ \n"),
		`"since"`) {
		t.Errorf("JSON does not begin with what it is since: %.120s", out)
	}
	verifying(t, 0, data, "--since-checkpoint") // since the checkpoint in the data folder
	edit := func(text string) {
		t.Helper()
		a, err := app.Open(context.Background(), app.Config{Data: data})
		must(t, err)
		defer a.Close()
		must(t, a.DB.Update(context.Background(), func(tx *db.Tx) error { return tx.Exec(text) }))
	}
	edit(`UPDATE journal SET actor = 'X' WHERE seq = 1`)
	verifying(t, 0, data, since...)
	verifying(t, 1, data)
	edit(`UPDATE journal SET actor = 'X' WHERE object = 'unit/new'`)
	out := verifying(t, 1, data, since...)
	if !strings.HasPrefix(out, "只核对检查点") || !strings.Contains(out, "unit/new") {
		t.Errorf("an entry that is new and was edited is not named: %s", out)
	}
}
