package record_test

// Rows verified since a checkpoint: what is new is held against the journal, of what is older nothing is said.

import (
	"context"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/record"
)

func TestWhatIsNewIsVerifiedAlone(t *testing.T) {
	eachTown(t, func(c *town) {
		if err := journal.Seal(context.Background(), c.d); err != nil {
			c.Fatal(err)
		}
		from := journal.Known{From: "witness.json", Checkpoint: true}
		c.view(func(tx *db.Tx) (err error) {
			from.Head, err = journal.LastSealed(tx)
			return err
		})
		old := c.numbered("child_home", "CHH-1")
		fresh, err := c.create("east", "child_home", map[string]string{"facility_name": "新家"})
		if err != nil {
			c.Fatal(err)
		}
		verified := func(since bool, from journal.Known, want ...string) {
			c.Helper()
			var objects []string
			c.view(func(tx *db.Tx) error {
				if since {
					report, _, err := journal.VerifySince(tx, from, nil)
					for _, f := range report.Findings {
						objects = append(objects, f.Code)
					}
					if err != nil {
						return err
					}
				}
				found, err := record.Verify(tx, "")
				for _, f := range found {
					objects = append(objects, f.Object)
				}
				return err
			})
			slices.Sort(objects)
			slices.Sort(want)
			if !slices.Equal(objects, want) {
				c.Errorf("found %v, want %v (since the checkpoint: %v)", objects, want, since)
			}
		}
		verified(true, from)
		must(c, func(tx *db.Tx) (int, error) {
			return 0, tx.Exec(`UPDATE records SET title = 'X' WHERE id IN ($1, $2)`, old.ID, fresh.ID)
		})
		verified(true, from, fresh.Object())
		verified(false, from, fresh.Object(), old.Object())
		other := from
		other.Hash = strings.Repeat("0", len(from.Hash))
		verified(true, other, "journal.known", "journal.head", fresh.Object())
		c.view(func(tx *db.Tx) error {
			earlier := journal.Known{Head: journal.Head{Seq: 1, Hash: "x"}, From: "receipt.json"}
			_, _, err := journal.VerifySince(tx, from, []journal.Known{earlier})
			if errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), "receipt.json") {
				c.Errorf("a receipt from before the checkpoint is answered: %v", err)
			}
			return nil
		})
		must(c, func(tx *db.Tx) (int, error) { return 0, tx.Exec(`DELETE FROM records WHERE id = $1`, fresh.ID) })
		verified(true, from, fresh.Object())
	})
}
