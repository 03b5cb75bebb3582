package sample_test

// A city sets limits in its file; what it takes out of it is the program's proposal again.

import (
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/flow"
	"yipanqi/internal/setting"
	"yipanqi/internal/submission"
)

func TestACitySetsLimits(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, c := range []struct{ lines, want string }{
			{"year: 2021", ""}, {"year: 2021\nlimits:\n  submission.sign: 3 working days", "3工作日"}, {"year: 2021", ""},
		} {
			folder := xinhe(t)
			replace(t, folder, "city.yaml", "year: 2021", c.lines)
			mustImport(t, d, folder)
			if again := mustImport(t, d, folder); again.Changed != 0 {
				t.Errorf("%s: put again, %d things changed", c.lines, again.Changed)
			}
			view(t, d, func(tx *db.Tx) {
				got, err := setting.Get(tx, flow.LimitKey(submission.VerbSign))
				if err != nil || got != c.want {
					t.Errorf("%s: the limit is %q, %v, want %q", c.lines, got, err, c.want)
				}
			})
		}
	})
}
