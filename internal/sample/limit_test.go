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
		for _, c := range []struct{ lines, want, basis string }{{"year: 2021", "", ""},
			{"year: 2021\nlimits:\n  submission.sign: 3 working days", "3工作日", ""},
			{"year: 2021\nlimits:\n  submission.sign: 4工作日，依据报告制度第三条", "4工作日",
				"报告制度第三条"}, {"year: 2021", "", ""},
			{"year: 2021\nlimits:\n  visit.ahead: 3工作日，依据督导办法第二条\n  feedback.plan: 20天\n" +
				"  objection.within: 15天\n  rectification.due: 20天\n  post.change: 2个月\n  post.vacancy: 5工作日\n" +
				"  instruction.idle: 2工作日\n  issue.quiet: 60天\n  issue.advice: 10工作日", "", ""},
		} {
			folder := xinhe(t)
			replace(t, folder, "city.yaml", "year: 2021", c.lines)
			mustImport(t, d, folder)
			if again := mustImport(t, d, folder); again.Changed != 0 {
				t.Errorf("%s: put again, %d things changed", c.lines, again.Changed)
			}
			view(t, d, func(tx *db.Tx) {
				got, err := setting.Get(tx, flow.LimitKey(submission.VerbSign))
				basis, wrong := setting.Get(tx, flow.BasisKey(submission.VerbSign))
				if err != nil || wrong != nil || got != c.want || basis != c.basis {
					t.Errorf("%s: the limit is %q by %q, %v, %v, want %q by %q", c.lines, got, basis, err, wrong,
						c.want, c.basis)
				}
			})
		}
	})
}
