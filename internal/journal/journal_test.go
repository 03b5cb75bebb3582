package journal_test

// The journal has what happened and nothing else, sealed in order whoever writes at once, and every plain edit is found
// by name. Its write and verify are the fixture of the package.

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/journal"
)

var actor = auth.User{ID: "p1", Name: "张三"}

func write(t *testing.T, d *db.DB, n int) {
	t.Helper()
	for i := range n {
		must(t, d.Update(context.Background(), func(tx *db.Tx) error {
			return journal.Log(tx, actor, "thing.change", fmt.Sprintf("thing/%d", i%3),
				map[string]string{"n": fmt.Sprint(i)})
		}))
	}
	must(t, journal.Seal(context.Background(), d))
}

func verify(t *testing.T, d *db.DB, known ...journal.Head) ([]journal.Finding, journal.Head) {
	t.Helper()
	var held []journal.Known
	for _, head := range known {
		held = append(held, journal.Known{Head: head, From: "receipt.json"})
	}
	var r journal.Report
	must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
		r, err = journal.Verify(tx, held)
		return err
	}))
	return r.Findings, r.Head
}

func TestUntouchedJournalVerifies(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		adopt(t, d)
		write(t, d, 10)
		_, receipt := verify(t, d)
		write(t, d, 5)
		if findings, head := verify(t, d, receipt); len(findings) > 0 || head.Seq != 15 {
			t.Fatalf("findings %v, head %v; want none and 15", findings, head)
		}
	})
}

func TestPlantedEditsAreFoundAndNamed(t *testing.T) {
	t.Parallel()
	for name, edit := range map[string]struct{ sql, says string }{
		"changed in the middle": {`UPDATE journal SET detail = '{"n":"999"}' WHERE seq = 5`,
			"被改动过：内容与封链摘要不符"},
		"actor changed":           {`UPDATE journal SET actor = '李四' WHERE seq = 5`, "被改动过"},
		"deleted in the middle":   {`DELETE FROM journal WHERE seq = 5`, "缺失"},
		"deleted at the end":      {`DELETE FROM journal WHERE seq = 10`, "链尾不符"},
		"moved to another object": {`UPDATE journal SET object = 'thing/9', object_seq = 1 WHERE seq = 5`, "被改动过"},
		"chain rewritten shorter": {`DELETE FROM journal WHERE seq = 10; UPDATE seal_head
			SET seq = 9, hash = (SELECT hash FROM journal WHERE seq = 9)`, "与receipt.json不符"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				adopt(t, d)
				write(t, d, 10)
				_, receipt := verify(t, d)
				must(t, d.Update(context.Background(), func(tx *db.Tx) error {
					for _, statement := range strings.Split(edit.sql, ";") {
						if err := tx.Exec(statement); err != nil {
							return err
						}
					}
					return nil
				}))
				findings, _ := verify(t, d, receipt)
				for _, f := range findings {
					if strings.Contains(f.Words("zh"), edit.says) {
						return
					}
				}
				t.Fatalf("not found; findings: %v", findings)
			})
		})
	}
}

func TestRefusedTransactionLeavesNoEntry(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		boom := errors.New("boom")
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			if err := journal.Log(tx, actor, "thing.change", "thing/1", nil); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Fatal(err)
		}
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			entries, err := journal.Of(tx, "thing/1")
			if len(entries) != 0 {
				t.Errorf("%d entries of something that did not happen", len(entries))
			}
			return err
		}))
	})
}

// Many writers and two sealers at once: none lost, none twice, and the entries of one object in their order.
func TestSealersAndWritersTogether(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		adopt(t, d)
		const writers, each = 8, 25
		var writing, sealing sync.WaitGroup
		done := make(chan struct{})
		for range 2 {
			sealing.Go(func() {
				for {
					if err := journal.Seal(context.Background(), d); err != nil {
						t.Errorf("seal: %v", err)
					}
					select {
					case <-done:
						return
					default:
					}
				}
			})
		}
		for w := range writers {
			writing.Go(func() {
				for i := range each {
					err := d.Update(context.Background(), func(tx *db.Tx) error {
						return journal.Log(tx, actor, "thing.change", fmt.Sprintf("thing/%d", (w+i)%4), nil)
					})
					if err != nil {
						t.Errorf("write: %v", err)
					}
				}
			})
		}
		writing.Wait()
		close(done)
		sealing.Wait()
		must(t, journal.Seal(context.Background(), d))
		if findings, head := verify(t, d); len(findings) > 0 || head.Seq != writers*each {
			t.Fatalf("findings %v, %d of %d entries sealed", findings, head.Seq, writers*each)
		}
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			for o := range 4 {
				entries, err := journal.Of(tx, fmt.Sprintf("thing/%d", o))
				if err != nil {
					return err
				}
				for i := 1; i < len(entries); i++ {
					if entries[i].Seq <= entries[i-1].Seq {
						t.Errorf("thing/%d: entry %d is sealed before entry %d", o,
							entries[i].ObjectSeq, entries[i-1].ObjectSeq)
					}
				}
			}
			return nil
		}))
	})
}

func adopt(t *testing.T, d *db.DB) {
	t.Helper()
	must(t, journal.Adopt(context.Background(), d, nil))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
