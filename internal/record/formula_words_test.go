package record_test

// Rules on pages are sentences: no code of a field, choice, standard or function is left in any shipped one.

import (
	"context"
	"regexp"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/record"
)

var code = regexp.MustCompile(`[a-z]+_[a-z_]+|[A-Z]+_[A-Z_]+|\b(if|and|or|not|missing|standard|parameter|count|any|most)\b`)

// parameters are the office's own: this fixture has none, so that they have a code and no name.
var parameters = regexp.MustCompile(`本地参数“[A-Z_]+”`)

func TestRulesAreWorded(t *testing.T) {
	t.Parallel()
	d := fixture.SQLite(t)
	err := d.View(context.Background(), func(tx *db.Tx) error {
		all, err := record.Worded(tx, auth.User{})
		for rule, text := range all {
			if found := code.FindString(parameters.ReplaceAllString(text, "")); found != "" {
				t.Errorf("%q is left in\n%s\nof\n%s", found, text, rule)
			}
		}
		if len(all) < 20 {
			t.Errorf("only %d rules", len(all))
		}
		rule := "if(busy_place, female_stalls >= male_places * standard('toilet_ratio_busy'), " +
			"female_stalls >= male_places * standard('toilet_ratio'))"
		if got, want := all[rule], "如果人流集中场所，取女厕位数 ≥ 男厕位合计 × 标准“人流集中场所：女厕位比男厕位”；否则取女厕位数 ≥ "+
			"男厕位合计 × 标准“所有公共厕所：女厕位比男厕位”"; got != want {
			t.Errorf("%s\nwant\n%s", got, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
