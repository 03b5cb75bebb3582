package record_test

// Registers are counted many records at once, and come to what the rules say of each record by itself.

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/record"
)

func TestManyRecordsAtOnceCountAsEachByItself(t *testing.T) {
	t.Parallel()
	d := fixture.SQLite(t) // nothing is read from it but areas, units and definitions
	if err := d.View(context.Background(), func(tx *db.Tx) error {
		all, err := record.Registers(tx)
		if err != nil {
			return err
		}
		tops := map[string]string{}
		for _, code := range []string{"980100", "980101"} {
			a, err := network.NewestArea(tx, code)
			if err != nil {
				return err
			}
			tops[code] = a.Path
		}
		counted := 0
		for i, def := range all {
			for j, c := range []struct {
				period, top   string
				alike, atOnce int
			}{{"2023", "980100", 20_000, 1000}, {"2023", "980101", 20_000, 16}, {"2023-05", "980100", 3, 16},
				{"2023-Q2", "980100", 3, 1000}} {
				p, err := period.Parse(c.period)
				if err != nil {
					return err
				}
				r := rand.New(rand.NewPCG(uint64(i), uint64(j)))
				differ, n, err := record.BothWays(tx, def, p, tops[c.top], 150, c.alike, c.atOnce, r)
				if err != nil {
					return err
				}
				counted += n
				for _, one := range differ {
					t.Errorf("%s in %s of %s: %s", def.Code, c.period, c.top, one)
				}
			}
		}
		if counted < 1000 {
			return fmt.Errorf("only %d records were counted by any measure", counted)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
