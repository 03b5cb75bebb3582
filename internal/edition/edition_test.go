package edition_test

// What an edition changes is listed part by part, and an edition that takes away what an indicator is computed from is
// refused with its name. Drafts that are carried over are tested in package submission.

import (
	"context"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/edition"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

const sites = `code: SITES
name: 服务网点
number: 示范1表
issuer: 示范市统计局
valid_until: 2030-12-31
frequency: A
level: city
reporters: health
due: "+1-02-20"
rows:
  - {number: 1, element: ROOMS, label: 网点}
  - {number: 2, element: BEDS, label: 床位}
checks:
  - {expr: ROOMS <= BEDS, message: 网点不多于床位, kind: soft}
`

// city is what the form of these tests needs; it returns the office that publishes.
func city(t *testing.T, tx *db.Tx) auth.User {
	t.Helper()
	for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
		{Kind: "unit_kind", Code: "health", Name: "卫生"}, {Kind: "unit_kind", Code: "office", Name: "办"},
		{Kind: "role", Code: "office", Name: "办公室"}} {
		_, err := network.PutLabel(tx, l)
		must(t, err)
	}
	root, _, err := network.PutArea(tx, network.Area{Code: "990000", Name: "示范市", Level: "city",
		OpensOn: "1900-01-01"})
	must(t, err)
	for _, code := range []string{"ROOMS", "BEDS"} {
		_, _, err := element.Put(tx, element.Element{Code: code, Name: code, Sums: true})
		must(t, err)
	}
	i, _, err := indicator.Put(tx, indicator.Indicator{Code: "ROOMS_N", Name: "网点数", Unit: "个"})
	must(t, err)
	_, err = indicator.PutVersion(tx, indicator.Version{IndicatorID: i.ID, Formula: "ROOMS", From: year(t, "2000")})
	must(t, err)
	return auth.User{ID: "p", Name: "王办公", Posts: []auth.Post{{Role: auth.Office, Unit: "office",
		AreaPath: root.Path}}}
}

func year(t *testing.T, code string) period.Period {
	t.Helper()
	p, err := period.Parse(code)
	must(t, err)
	return p
}

func read(t *testing.T, tx *db.Tx, text string) form.Form {
	t.Helper()
	known, err := form.LoadKnown(tx)
	must(t, err)
	f, problems := form.ReadFile("x.yaml", []byte(text), known)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return f
}

func TestAnEditionIsHeldAgainstWhatRestsOnTheForm(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.UpdateAlone(context.Background(), func(tx *db.Tx) error {
			office := city(t, tx)
			_, err := edition.Publish(tx, office, read(t, tx, sites), period.Period{})
			must(t, err)
			was, err := form.ByCode(tx, "SITES")
			must(t, err)
			renamed := read(t, tx, strings.NewReplacer("label: 床位", "label: 张数", "2030-12-31", "2033-12-31",
				"number: 2,", "number: 3,", "kind: soft", "kind: hard", "<= BEDS", "<= BEDS * 2").Replace(sites))
			var said []string
			for _, c := range edition.Compare(was, renamed) {
				said = append(said, strings.Join([]string{string(c.Part), string(c.Way), c.Name, c.Was, c.Is}, "|"))
			}
			want := []string{"head|changed|有效期至|2030-12-31|2033-12-31", "row|renamed|张数|床位|张数",
				"row|changed|张数|2 · BEDS|3 · BEDS", "rule|changed|网点不多于床位|soft · ROOMS <= BEDS|hard · ROOMS <= BEDS * 2"}
			if !slices.Equal(said, want) {
				t.Errorf("changes are %q, want %q", said, want)
			}
			_, err = edition.Publish(tx, office, renamed, year(t, "2025"))
			must(t, err)
			if f, err := form.At(tx, was.ID, year(t, "2024")); err != nil || f.Rows[1].Label != "床位" {
				t.Errorf("2024 is asked by %+v, %v", f.Rows, err)
			}

			fewer := read(t, tx, strings.Replace(strings.Split(sites, "checks:")[0],
				"  - {number: 1, element: ROOMS, label: 网点}\n", "", 1))
			e, err := edition.EffectsOf(tx, renamed, fewer, year(t, "2026"))
			must(t, err)
			if len(e.Obstacle) != 1 || e.Obstacle[0].Kind != edition.ByIndicator || e.Obstacle[0].Name != "网点数" {
				t.Errorf("obstacles are %+v, want the indicator", e.Obstacle)
			}
			if _, err = edition.Publish(tx, office, fewer, year(t, "2026")); errs.KindOf(err) != errs.Conflict {
				t.Errorf("an edition that an indicator forbids is published: %v", err)
			}
			for name, by := range map[string]auth.User{"nobody": {}, "a unit's statistician": {ID: "q",
				Posts: []auth.Post{{Role: auth.Statistician, Unit: "health", UnitName: "卫生局"}}}} {
				if _, err := edition.Publish(tx, by, renamed, year(t, "2027")); errs.KindOf(err) != errs.Denied {
					t.Errorf("%s publishes: %v", name, err)
				}
			}
			issuer := auth.User{ID: "r", Posts: []auth.Post{{Role: auth.Statistician, Unit: "sta",
				UnitName: "示范市统计局"}}}
			_, err = edition.Publish(tx, issuer, read(t, tx, strings.Replace(sites, "床位}", "床位数}", 1)),
				year(t, "2027"))
			must(t, err)
			return nil
		}))
	})
}
