package sample_test

// The fictional city as its people leave it: what its files promise is counted here.

import (
	"context"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/attest"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sample"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
)

const shifan = "../../samples/shifan"

func TestTheFictionalCity(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		view(t, d, func(tx *db.Tx) {
			if today := tx.Today(); today != "2024-03-15" {
				t.Errorf("the city stands on %s", today)
			}
			counted(t, tx)
			network2024(t, tx)
			meets(t, tx)
			writes(t, tx)
			follows(t, tx)
			difficult(t, tx)
			supervised(t, tx)
			measuresOf(t, tx, 2024, "2024-03-15", "约为90%")
			measuresOf(t, tx, 2023, "2024-03-15", "两个街道的联席会议", "两个社区没有儿童之家")
			revises(t, tx)
			judges(t, tx)
			everyState(t, tx)
			everyLamp(t, tx)
			everyKind(t, tx)
			dated(t, tx)
			sinceTheStart(t, tx)
		})
		clean(t, d)
		if again := mustImport(t, d, os.DirFS(shifan)); again.Changed != 0 {
			t.Errorf("an import of the sample's own folder changes %d rows:\n%s", again.Changed, again)
		}
	})
}

// clean: the journal finds nothing. Its checkpoints need the installation's key, which these tests do without.
func clean(t *testing.T, d *db.DB) {
	t.Helper()
	must(t, journal.Seal(context.Background(), d))
	view(t, d, func(tx *db.Tx) {
		checked, err := journal.Verify(tx, nil)
		must(t, err)
		for _, f := range checked.Findings {
			if f.Code != "checkpoint.baseline" {
				t.Errorf("the journal finds %+v", f)
			}
		}
	})
}

// counted: the sets of the specification that there are by now.
func counted(t *testing.T, tx *db.Tx) {
	t.Helper()
	members := `parent = 'SF-WCC' AND kind LIKE 'dept_%' AND opens_on <= '2024-03-15'`
	cycle := `FROM submissions s JOIN forms f ON f.id = s.form_id WHERE s.period = 202300
		AND f.code NOT IN ('WOF-H', 'D-PM')`
	fed := `FROM submissions s JOIN forms f ON f.id = s.form_id WHERE f.code IN ('WOF-H', 'D-PM')`
	for sql, want := range map[string]int64{
		`SELECT count(*) FROM units WHERE ` + members:                                         12,
		`SELECT count(*) FROM units WHERE code = 'SF-INS' AND parent IS NULL`:                 1,
		`SELECT count(*) FROM areas WHERE level = 'district' AND tile_row > 0`:                5,
		`SELECT count(*) FROM areas WHERE level = 'street'`:                                   15,
		`SELECT count(*) FROM areas WHERE level = 'community'`:                                45,
		`SELECT count(*) ` + fed + ` AND s.state = 'accepted'`:                                2,
		`SELECT count(*) ` + fed + ` AND s.state = 'draft' AND s.draft LIKE '%counted%'`:      4,
		`SELECT count(DISTINCT s.unit) ` + cycle:                                              17,
		`SELECT count(*) ` + cycle:                                                            35,
		`SELECT count(*) ` + cycle + ` AND s.state = 'accepted'`:                              31,
		`SELECT count(*) ` + cycle + ` AND s.state = 'returned'`:                              2,
		`SELECT count(*) ` + cycle + ` AND s.state = 'draft' AND s.due_on < '2024-03-15'`:     0,
		`SELECT count(*) ` + cycle + ` AND s.accepted_id IS NULL AND s.due_on > '2024-03-30'`: 4,
		`SELECT count(*) FROM submissions WHERE late`:                                         1,
		`SELECT count(*) FROM indicators`:                                                     70,
		`SELECT count(DISTINCT indicator_id) FROM goal_indicators`:                            64,
		`SELECT count(DISTINCT kind) FROM finds WHERE kind IN ('unit', 'plan', 'indicator', 'form', 'matter', 'meeting',
			'letter', 'register', 'report')`: 9,
		`SELECT count(*) FROM plans WHERE starts = 2021 AND ends = 2025`: 2,
		`SELECT count(*) FROM goals g JOIN plans p ON p.code = g.plan AND p.status = 'issued'
			WHERE NOT EXISTS (SELECT 1 FROM goal_units u
			WHERE u.plan = g.plan AND u.goal = g.code AND u.duty = 'lead')`: 0,
		`SELECT count(*) FROM domains d JOIN plans p ON p.code = d.plan AND p.status = 'issued'
			WHERE 2 <> (SELECT count(*) FROM measures m
			WHERE m.plan = d.plan AND m.domain = d.code)`: 0,
		`SELECT count(*) FROM measures m WHERE NOT EXISTS (SELECT 1 FROM measure_units u
			WHERE u.plan = m.plan AND u.measure = m.code AND u.duty = 'lead')`: 0,
		`SELECT count(*) FROM people WHERE NOT sample`:                                                 0,
		`SELECT count(*) FROM versions WHERE origin <> 'simulated'`:                                    0,
		`SELECT count(*) FROM versions WHERE number = 2`:                                               3,
		`SELECT count(*) FROM published_figures WHERE source_title NOT LIKE '%模拟%'`:                    0,
		`SELECT count(*) FROM (SELECT 1 FROM facts GROUP BY period / 100 HAVING count(*) > 300) years`: 10,
	} {
		if got, err := db.Value[int64](tx, sql); err != nil || got != want {
			t.Errorf("%s is %d, %v; want %d", sql, got, err, want)
		}
	}
}

func everyState(t *testing.T, tx *db.Tx) {
	t.Helper()
	states, err := db.All(tx, db.Single[string], `SELECT DISTINCT state FROM submissions ORDER BY state`)
	must(t, err)
	var want []string
	for _, s := range []submission.State{submission.Draft, submission.Prepared, submission.Signed, submission.Accepted,
		submission.Returned, submission.Historical, submission.Withdrawn, submission.Scanned} {
		want = append(want, string(s))
	}
	slices.Sort(want)
	slices.Sort(states)
	if !slices.Equal(states, want) {
		t.Errorf("submissions stand in %q", states)
	}
}

// everyLamp: as of 2023 the city's indicators show each lamp, 55 of the 64 that serve goals have a value, and somewhere
// a report is missing, a source differs and a definition changed.
func everyLamp(t *testing.T, tx *db.Tx) {
	t.Helper()
	city, err := network.AreaByCode(tx, "990100", "")
	must(t, err)
	targets, err := progress.Targets(tx, city.ID, 0)
	must(t, err)
	all, err := indicator.List(tx)
	must(t, err)
	serving, err := db.All(tx, db.Single[int64], `SELECT DISTINCT indicator_id FROM goal_indicators`)
	must(t, err)
	lamps, data, broken := map[progress.Lamp]int{}, 0, 0
	for _, i := range all {
		series, err := progress.Values(tx, progress.Query{Indicators: []indicator.Indicator{i},
			Areas: []network.Area{city}, Sexes: []int{quantity.SexTotal}})
		must(t, err)
		s := progress.AsOf(i, city, series, 2023, progress.First(progress.TargetsAt(targets[i.ID], 2023)))
		lamps[s.Verdict.Lamp]++
		if slices.Contains(serving, i.ID) && slices.ContainsFunc(series, func(v progress.Value) bool {
			return v.Rat != nil
		}) {
			data++
		}
		if strings.Contains(say.Chinese(s.Verdict.Words), "定义有变") {
			broken++
		}
	}
	for _, lamp := range progress.Lamps() {
		if lamps[lamp] == 0 {
			t.Errorf("no indicator shows the lamp %s: %v", lamp, lamps)
		}
	}
	if data != 55 || broken == 0 {
		t.Errorf("%d indicators of goals have data, want 55; %d have a new definition", data, broken)
	}
}

func everyKind(t *testing.T, tx *db.Tx) {
	t.Helper()
	kinds, err := db.All(tx, db.Single[string],
		`SELECT DISTINCT op FROM targets UNION SELECT DISTINCT level FROM targets`)
	must(t, err)
	slices.Sort(kinds)
	want := []string{indicator.AtLeast, indicator.AtMost, indicator.Increase, indicator.Decrease, indicator.NoTarget,
		indicator.Own, indicator.National}
	slices.Sort(want)
	if !slices.Equal(kinds, want) {
		t.Errorf("targets are of the kinds %q, want %q", kinds, want)
	}
}

// dated: nothing was done before it could be, or after the day on which the city stands.
func dated(t *testing.T, tx *db.Tx) {
	t.Helper()
	n, err := db.Value[int64](tx, `SELECT count(*) FROM signatures g JOIN versions v ON v.id = g.version_id
		JOIN submissions s ON s.id = v.submission_id WHERE g.at > $1 OR s.period > 209900`, tx.Now)
	if err != nil || n > 0 {
		t.Errorf("%d signatures are from the future, %v", n, err)
	}
	first, err := db.Value[time.Time](tx, `SELECT min(at) FROM signatures`)
	if err != nil && !strings.Contains(err.Error(), "Scan") || err == nil && first.Year() != 2020 {
		t.Errorf("the first signature is from %s, %v", first, err)
	}
}

// somebody moves the day on.
var somebody = auth.User{ID: "somebody", Name: "某人（演示）"}

func TestACityWithoutAClockHasNoneToMove(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Update(context.Background(), func(tx *db.Tx) error {
			_, err := sample.NextDay(tx, somebody)
			return err
		})
		if errs.KindOf(err) != errs.Missing {
			t.Errorf("a clock that is not there is moved: %v", err)
		}
	})
}

// A day that is moved on is the same in every process and after a restart; sessions go on, and the journal does not
// take it for a clock that went back.
func TestTheCitysClockIsMovedOnAndNeverBack(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		secret := ""
		must(t, d.Update(ctx, func(tx *db.Tx) (err error) {
			secret, _, err = auth.OpenSession(tx, "somebody", auth.Cookie)
			return err
		}))
		for _, want := range []string{"2024-03-16", "2024-03-17", "2024-03-18"} {
			must(t, d.Update(ctx, func(tx *db.Tx) error {
				day, err := sample.NextDay(tx, somebody)
				if day != want {
					t.Errorf("the next day is %s, want %s", day, want)
				}
				return err
			}))
			view(t, d, func(tx *db.Tx) {
				if tx.Today() != want {
					t.Errorf("after %s it is %s", want, tx.Today())
				}
				if who, err := auth.SessionPerson(tx, secret, auth.Cookie); err != nil || who != "somebody" {
					t.Errorf("who is signed in is not any more on %s: %v", want, err)
				}
			})
		}
		clean(t, d)
	})
}

// What the sample's files say twice is said once there, and every name has its English.
func TestEveryNameOfTheFictionalCityIsEnglishToo(t *testing.T) {
	t.Parallel()
	sampletest.Living(t, func(t *testing.T, d *db.DB) {
		view(t, d, func(tx *db.Tx) {
			for table, column := range map[string]string{"areas": "name_en", "units": "name_en", "labels": "name_en",
				"plans": "name_en", "domains": "name_en", "goals": "text_en", "indicators": "name_en",
				"elements": "name_en", "parameters": "name_en", "report_templates": "name_en"} {
				n, err := db.Value[int64](tx, `SELECT count(*) FROM `+table+` WHERE `+column+` = ''`)
				if err != nil || n > 0 {
					t.Errorf("%d rows of %s have no English name, %v", n, table, err)
				}
			}
			n, err := db.Value[int64](tx, `SELECT count(*) FROM forms WHERE definition LIKE '%_en":""%'`)
			if err != nil || n > 0 {
				t.Errorf("%d forms lack English words, %v", n, err)
			}
		})
	})
}

// Texts of the fictional city hold nothing that hurts, and say that they are made up.
func TestTheFictionalCityIsNeutral(t *testing.T) {
	t.Parallel()
	must(t, fs.WalkDir(os.DirFS(shifan), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasSuffix(name, ".xlsx") || strings.HasPrefix(name, "generate/main") {
			return err
		}
		body, err := fs.ReadFile(os.DirFS(shifan), name)
		for _, word := range []string{"死亡", "患病", "病例", "暴力", "侵害", "拐卖", "批准文号：", "北京"} {
			if strings.Contains(string(body), word) {
				t.Errorf("%s says %s", name, word)
			}
		}
		return err
	}))
}

// Proofs of the city do not say that its definitions came after what rests on them.
func sinceTheStart(t *testing.T, tx *db.Tx) {
	t.Helper()
	since, err := attest.Since(tx)
	must(t, err)
	first, err := db.Value[int64](tx, `SELECT count(*) FROM versions WHERE accepted_at < $1`, since)
	if err != nil || first > 0 {
		t.Errorf("%d versions were accepted before %s, when definitions were first attested; %v", first, since, err)
	}
}
