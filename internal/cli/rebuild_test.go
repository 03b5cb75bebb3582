package cli_test

// What the search finds is no evidence: whoever emptied it gets it back, and a comparison writes nothing. Sums of
// facts: package fact.

import (
	"path/filepath"
	"testing"
)

func TestRebuildWritesTheSearchAnew(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	run(t, 0, "", "import", "--sample", samples, "--data", data)
	o := own(t, filepath.Join(data, "yipanqi.db"))
	before, _ := o.count("finds")
	o.exec(`DELETE FROM finds WHERE kind = 'indicator'`)
	less, _ := o.count("finds")
	run(t, 0, "", "rebuild", "--check", "--data", data)
	if n, _ := o.count("finds"); n != less || less >= before {
		t.Fatalf("after a comparison %d things can be found, want the %d that were left of %d", n, less, before)
	}
	run(t, 0, "", "rebuild", "--data", data)
	if n, _ := o.count("finds"); n != before {
		t.Errorf("after a rebuild %d things can be found, want %d", n, before)
	}
}
