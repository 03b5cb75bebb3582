package sample_test

// The indicator system of the fictional city: 64 indicators, 55 with data, 9 records, 22 duties, one revision.

import (
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/revision"
)

func revises(t *testing.T, tx *db.Tx) {
	t.Helper()
	for sql, want := range map[string]int64{
		`SELECT count(*) FROM no_data_records WHERE state NOT IN ('proposed', 'solved', 'dismissed')`: 9,
		`SELECT count(*) FROM sex_duties WHERE should = 1`:                                            22,
		`SELECT count(*) FROM sex_duties WHERE should = 1 AND now = 'yes'`:                            14,
		`SELECT count(*) FROM indicator_links`:                                                        27,
		`SELECT count(*) FROM revisions WHERE state = 'applied' AND meeting <> ''`:                    1,
		`SELECT count(*) FROM goal_indicators_past`:                                                   1,
	} {
		if got, err := db.Value[int64](tx, sql); err != nil || got != want {
			t.Errorf("%s is %d (%v), want %d", sql, got, err, want)
		}
	}
	root, err := network.Root(tx)
	must(t, err)
	by := auth.User{ID: "office", Posts: []auth.Post{{Unit: "SF-WCCO", Role: auth.Office, AreaPath: root.Path}}}
	plans, err := plan.Seen(tx, by)
	must(t, err)
	all, err := revision.Health(tx, by, plans)
	must(t, err)
	if data := revision.Counts(all)[0]; data.Has != 55 || data.Of != 64 {
		t.Errorf("%d of %d indicators have data", data.Has, data.Of)
	}
}
