package sample_test

// A town that moves to another county keeps its series and proofs, and each county the sums of its own towns.

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/fact"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/proof"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sign"
)

// move imports the city in which a town belongs to another county since the middle of 2021, after its older figures.
func move(t *testing.T, d *db.DB) {
	t.Helper()
	before := xinhe(t)
	replace(t, before, "published.csv", "HOME-COV,XH,2019,,41.5", "HOME-COV,XH-W-1,2018,,50,,,no,,新禾年鉴（虚构）,\n"+
		"HOME-COV,XH,2019,,41.5")
	mustImport(t, d, before)
	mustImport(t, d, movedFolder(t))
}

func movedFolder(t *testing.T) fstest.MapFS {
	folder := xinhe(t)
	replace(t, folder, "areas.csv", "XH-W-1,南坪镇,南坪,Nanping,town,XH-W,2001-01-01,,,",
		"XH-W-1,南坪镇,南坪,Nanping,town,XH-W,2001-1-1,2021/7/1,,\n"+
			"XH-W-1,南坪镇,南坪,Nanping,town,XH-E,2021-07-01 00:00:00,,,")
	return folder
}

// A town moves to another county under its old code, as the message about a changed parent advises. Each year's form
// stays with, or goes to, the row of that year; a closed area owes nothing for what comes after.
func TestATownMovesToAnotherParent(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		move(t, d)
		if again := mustImport(t, d, movedFolder(t)); again.Changed != 0 {
			t.Errorf("a second import changes %d rows:\n%s", again.Changed, again)
		}
		view(t, d, func(tx *db.Tx) {
			got, err := db.All(tx, db.Single[string], `SELECT CAST(s.period AS TEXT) || ' ' || up.code || ' ' || s.state
				FROM submissions s JOIN areas a ON a.id = s.area_id JOIN areas up ON up.id = a.parent_id
				JOIN forms f ON f.id = s.form_id WHERE a.code = 'XH-W-1' AND f.code = 'HOME-1'
				ORDER BY s.period, up.code`)
			must(t, err)
			joined := strings.Join(got, "; ")
			if !strings.Contains(joined, "202000 XH-W") || !strings.Contains(joined, "202100 XH-E draft") {
				t.Errorf("the town's forms are %s", joined)
			}
			u, err := network.UnitByCode(tx, "ST-W1")
			must(t, err)
			a, err := network.AreaByCode(tx, "XH-W-1", "")
			if err != nil || u.AreaID != a.ID || a.OpensOn != "2021-07-01" {
				t.Errorf("the unit is of area %d, the town is %+v, %v", u.AreaID, a, err)
			}
		})
	})
}

// What the town reported, and what was published of it, before it moved stands in its own series, with its proof; the
// sums of either county are those of the towns that it had then.
func TestAMovedTownKeepsItsSeries(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		move(t, d)
		view(t, d, func(tx *db.Tx) {
			homes, err := indicator.ByCode(tx, "HOME-COV")
			must(t, err)
			town, err := network.AreaByCode(tx, "XH-W-1", "")
			must(t, err)
			series := func(code string) string {
				area, err := network.AreaByCode(tx, code, "")
				must(t, err)
				values, err := progress.Values(tx, progress.Query{Indicators: []indicator.Indicator{homes},
					Areas: []network.Area{area}, Sexes: []int{quantity.SexTotal}})
				must(t, err)
				var said []string
				for _, v := range values {
					said = append(said, fmt.Sprintf("%s %s %s", v.Period, v.Text(), v.Status))
				}
				return strings.Join(said, ", ")
			}
			for code, want := range map[string]string{
				"XH-W-1": "2018 50 unproven, 2020 55.6 unproven, 2021  incomplete",
				"XH-W":   "2020 55.6 unproven, 2021  incomplete", // last year counts in this one
				"XH-E":   "2020 31.8 unproven, 2021  incomplete",
			} {
				if got := series(code); got != want {
					t.Errorf("the series of %s is %q, want %q", code, got, want)
				}
			}
			at, _ := period.Parse("2020")
			elsewhere, _ := period.Parse("2022")
			for p, want := range map[period.Period]int{at: 2, elsewhere: 1} {
				if rows, err := network.During(tx, town, p); err != nil || len(rows) != want {
					t.Errorf("in %s the town may stand in %d rows, %v; want %d", p, len(rows), err, want)
				}
			}
			moves, err := progress.Moves(tx, town)
			if err != nil || len(moves) != 1 || !strings.Contains(moves[0].Words().String(),
				"2021-07-01起由西禾县改属东禾县") {
				t.Errorf("the moves are %v, %v", moves, err)
			}
			if year, err := progress.FirstYear(tx, town.ID); err != nil || year == 0 {
				t.Errorf("its page begins with %d, %v", year, err)
			}
			key, err := sign.Generate()
			must(t, err)
			issuer, err := key.Public()
			must(t, err)
			city := auth.User{ID: "p", Posts: []auth.Post{{Unit: "JCO", Role: auth.Office, AreaPath: "1."}}}
			at2020 := proof.Key{Indicator: "HOME-COV", Area: "XH-W-1", Period: "2020", Sex: "_T"}
			p, err := proof.Read(tx, city, at2020, issuer)
			must(t, err)
			if len(p.Sources) != 1 || !p.Sources[0].Verified || len(p.Parts) != 2 || len(p.Parts[0].Addends) != 1 ||
				p.Parts[0].Addends[0].Value != "5" {
				t.Errorf("the proof has the sources %+v and parts %+v", p.Sources, p.Parts)
			}
			again, err := fact.Periods(tx, []int64{town.ID})
			if err != nil || len(again) < 2 {
				t.Errorf("reports are due for %v, %v", again, err)
			}
		})
	})
}
