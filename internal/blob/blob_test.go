package blob_test

// An attachment is kept once by its digest, handed out only unchanged, and no digest leads out of the folder.

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
)

func TestSameContentIsKeptOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := blob.Open(dir)
	a, err := s.Put([]byte("content"))
	must(t, err)
	b, err := s.Put([]byte("content"))
	must(t, err)
	files, _ := filepath.Glob(filepath.Join(dir, "*", "*"))
	if a != b || len(files) != 1 {
		t.Fatalf("digests %s and %s, %d files", a, b, len(files))
	}
	got, err := s.Get(a)
	must(t, err)
	if !bytes.Equal(got, []byte("content")) {
		t.Fatalf("came back as %q", got)
	}
}

func TestChangedOrMissingFileIsSaid(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := blob.Open(dir)
	digest, err := s.Put([]byte("content"))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, digest[:2], digest), []byte("other"), 0o600))
	if _, err := s.Get(digest); errs.KindOf(err) != errs.Conflict {
		t.Fatalf("a changed attachment is handed out: %v", err)
	}
	for _, bad := range []string{"", "../../etc/passwd", strings.Repeat("../", 20) + "etc/", "00" + digest[2:]} {
		if _, err := s.Get(bad); errs.KindOf(err) != errs.Missing {
			t.Fatalf("digest %q: %v, want missing", bad, err)
		}
	}
}

func TestUses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			_, err := blob.Attach(tx, blob.Use{Object: "submission/1", Digest: "d",
				Name: "表.xlsx", Size: 7, PersonID: "p"})
			return err
		}))
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			uses, err := blob.Of(tx, "submission/1")
			if err != nil || len(uses) != 1 || uses[0].Name != "表.xlsx" {
				t.Errorf("attachments are %v, %v", uses, err)
			}
			return err
		}))
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
