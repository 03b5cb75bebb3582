package setting_test

// A setting is put once, and an installation is a sample only once somebody made it one.

import (
	"context"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/setting"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			for _, c := range []struct {
				value   string
				changed bool
			}{{"示范市", true}, {"示范市", false}, {"新禾市", true}} {
				before, err := setting.Get(tx, setting.Name)
				if err != nil || before == c.value && c.changed {
					t.Errorf("before %s the name is %q, %v", c.value, before, err)
				}
				if changed, err := setting.Put(tx, setting.Name, c.value); err != nil || changed != c.changed {
					t.Errorf("putting %s: changed %t, %v", c.value, changed, err)
				}
				if got, err := setting.Get(tx, setting.Name); err != nil || got != c.value {
					t.Errorf("the name is %q, %v; want %s", got, err, c.value)
				}
			}
			sample, err := setting.IsSample(tx)
			due, errDue := setting.SampleDue(tx)
			if err != nil || errDue != nil || sample || due != "" {
				t.Errorf("a sample from the start: %t, due on %q, %v, %v", sample, due, err, errDue)
			}
			return setting.MakeSample(tx, "2019-01-31")
		})
		if err != nil {
			t.Fatal(err)
		}
		err = d.View(context.Background(), func(tx *db.Tx) error {
			sample, err := setting.IsSample(tx)
			due, errDue := setting.SampleDue(tx)
			if err != nil || errDue != nil || !sample || due != "2019-01-31" {
				t.Errorf("a sample: %t, due on %q, %v, %v", sample, due, err, errDue)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
