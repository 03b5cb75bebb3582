package check_test

// Corrections that held for everybody become those of the unit of whoever made them, or go if nobody can say whose.

import (
	"context"
	"slices"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
)

func TestEarlierCorrectionsFindTheirUnit(t *testing.T) {
	t.Parallel()
	for name, target := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return t.TempDir() + "/old.db" },
		"postgres": dbtest.EmptyPostgres,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := context.Background()
			d, err := db.Open(ctx, target(t))
			must(t, err)
			defer d.Close()
			must(t, d.MigrateTo(ctx, 24))
			for _, statement := range []string{
				`INSERT INTO areas VALUES (1, '990000', '示范市', '', '', 'city', NULL,
					'1.', '2000-01-01', '', NULL, 0, 0)`,
				`INSERT INTO units VALUES ('A', '甲', '', '', 'office', NULL, 1, '', '2000-01-01', '', NULL, 0),
					('B', '乙', '', '', 'office', NULL, 1, '', '2000-01-01', '', NULL, 1)`,
				`INSERT INTO people SELECT key, value, '', false, '2020-01-01 00:00:00' FROM json_each('{"p1": "赵",
					"p2": "钱", "p3": "孙", "p4": "孙", "p5": "李"}')`,
				`INSERT INTO posts VALUES ('1', 'p1', 'A', 'office', '2018-01-01', ''),
					('2', 'p1', 'A', 'statistician', '2018-01-01', ''), ('3', 'p2', 'A', 'office', '2018-01-01', ''),
					('4', 'p2', 'B', 'office', '2018-01-01', ''), ('5', 'p3', 'A', 'office', '2018-01-01', ''),
					('6', 'p4', 'A', 'office', '2018-01-01', ''), ('7', 'p5', 'B', 'leader', '2018-01-01', '')`,
				`INSERT INTO corrections SELECT key, '', '', '', '', '', value, '2020-01-01 00:00:00'
					FROM json_each('{"one post": "赵", "two units": "钱", "two people": "孙", "no right": "李",
						"nobody": "周"}')`,
			} {
				must(t, d.Update(ctx, func(tx *db.Tx) error { return tx.Exec(statement) }))
			}
			must(t, d.Migrate(ctx))
			must(t, d.View(ctx, func(tx *db.Tx) error {
				kept, err := db.All(tx, db.Single[string],
					`SELECT key || ' ' || unit || ' ' || role || ' ' || person_id FROM corrections`)
				if !slices.Equal(kept, []string{"one post A office p1"}) {
					t.Errorf("kept %q", kept)
				}
				return err
			}))
		})
	}
}
