package evidence_test

// A changed byte and a deleted file are found by reading what is attached, and the thing that they lie on is named.

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/evidence"
)

func TestEveryAttachedByteIsRead(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir := t.TempDir()
		files := blob.Open(dir)
		digests := map[string]string{}
		must(t, d.Update(context.Background(), func(tx *db.Tx) (err error) {
			for _, object := range []string{"engagement/1", "panel/1", "submission/1"} {
				digests[object], err = files.Put([]byte("一份材料：" + object))
				must(t, err)
			}
			for _, object := range []string{"engagement/1", "panel/1"} {
				_, err = evidence.Attach(tx, clerk, evidence.File{Object: object, Digest: digests[object],
					Name: "扫描件.pdf"})
				must(t, err)
			}
			_, err = blob.Attach(tx, blob.Use{Object: "submission/1", Digest: digests["submission/1"], Name: "表.xlsx"})
			return err
		}))
		found := func() (codes map[string]string) {
			codes = map[string]string{}
			must(t, d.View(context.Background(), func(tx *db.Tx) error {
				wait, err := evidence.Bytes(tx, files)
				must(t, err)
				all, n := wait()
				if n != 3 {
					t.Errorf("%d contents are read, want 3", n)
				}
				for _, f := range all {
					codes[f.Object] = f.Code
				}
				return nil
			}))
			return codes
		}
		if codes := found(); len(codes) > 0 {
			t.Errorf("whole files have findings: %v", codes)
		}
		at := func(object string) string { return filepath.Join(dir, digests[object][:2], digests[object]) }
		body, err := os.ReadFile(at("engagement/1"))
		must(t, err)
		body[3]++
		must(t, os.WriteFile(at("engagement/1"), body, 0o600))
		must(t, os.Remove(at("submission/1")))
		codes := found()
		if len(codes) != 2 || codes["engagement/1"] != "file.changed" || codes["submission/1"] != "file.missing" {
			t.Errorf("a changed byte and a deleted file are found as %v", codes)
		}
	})
}
