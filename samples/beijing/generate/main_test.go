package main

// The simulated reports in the sample are what the generator writes. That they lead to the published rates: package
// sample.

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

func TestCommittedFilesAreWhatTheGeneratorWrites(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, sub := range []string{"submissions", "todo"} {
		if err := os.Mkdir(filepath.Join(dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := write(dir, simulate()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"submissions/PME.csv", "todo/朝阳区婚检.csv", "todo/朝阳区婚检.xlsx"} {
		want, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s differs from what the generator writes (%v): run go run ./generate in samples/beijing", name,
				err)
		}
	}
}
