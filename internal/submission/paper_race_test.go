package submission_test

// Several people at one report at the same moment, on paper and with keys: of what excludes each other one thing
// happens, the rest is refused in words, and the journal agrees with what is left.

import (
	"slices"
	"sync"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/submission"
)

// together does all at the same moment and says which of them were done; others have to be refused as too late.
func (c *city) together(all ...func() error) (done []int) {
	c.t.Helper()
	came, working := make([]error, len(all)), sync.WaitGroup{}
	for i, do := range all {
		working.Go(func() { came[i] = do() })
	}
	working.Wait()
	for i, err := range came {
		if err == nil {
			done = append(done, i)
		} else if errs.KindOf(err) != errs.Conflict && errs.KindOf(err) != errs.Denied {
			c.t.Errorf("of %d at once, %d is refused as %v", len(all), i, err)
		}
	}
	return done
}

func TestSeveralAtOneReport(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		for _, year := range []string{"2016", "2017", "2018"} {
			s := c.open(0, year)
			c.must(c.save(c.first[0], s.ID, cells("100", "120", "10", "20")))
			done := c.together(func() error { return c.print(c.first[0], s.ID) },
				func() error { return c.print(c.both, s.ID) },
				func() error { return c.prepare(c.first[0], s.ID) })
			if len(done) != 1 {
				t.Errorf("printed twice and signed at once: %v were done", done)
			}
			if slices.Equal(done, []int{2}) {
				c.must(c.do(c.first[0], s.ID, recall))
				c.must(c.print(c.first[0], s.ID))
			}
			lay := func(body string) func() error {
				return func() error { return c.layDown(c.first[0], 0, s.ID, body, nil) }
			}
			if done = c.together(lay(year), lay(year), lay(year+" again")); len(done) != 1 {
				t.Errorf("three scans laid down at once: %v were kept", done)
			}
			version := c.get(s.ID).Version
			step := func(fn func(*db.Tx) error) func() error {
				return func() error { return c.update(fn) }
			}
			confirms := step(func(tx *db.Tx) error {
				_, err := submission.Confirm(tx, c.office, s.ID, version)
				return err
			})
			done = c.together(confirms, confirms,
				step(func(tx *db.Tx) error {
					_, err := submission.Refuse(tx, c.office, s.ID, version, "看不清公章")
					return err
				}), step(func(tx *db.Tx) error { return recall(tx, c.first[0], s.ID, version) }))
			if len(done) != 1 {
				t.Errorf("confirmed twice, refused and taken back at once: %v were done", done)
			}
		}
		c.clean()
	})
}
