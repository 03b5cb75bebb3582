package app_test

// The big city that all benchmarks of this package share: built once, its reports opened, signed and accepted by the
// program's own actions. Nothing is measured here.

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/attest"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
)

// The shape of the big city: 6,720 communities below 336 streets below 16 districts, ten years, six forms of 50
// elements.
const (
	districts    = 16
	streets      = 21 // of a district
	communities  = 20 // of a street
	forms        = 6
	rowsOfAForm  = 50
	firstYear    = 2009
	lastYear     = 2018
	blocksFilled = 0.9 // one block of (community, year, form) in ten is left for new reports
)

// bigCity is the city in a database, with two who sign and an office that accepts.
type bigCity struct {
	*db.DB
	name    string // of the database and its size, for the results
	config  app.Config
	tries   atomic.Int64 // of accepting, with those that the database had begun anew
	root    network.Area
	areas   map[string][]network.Area // by level, in order of id
	filled  []network.Area            // communities that hold facts
	forms   []form.Form
	unit    network.Unit
	first   auth.User
	second  auth.User
	office  auth.User
	keys    map[string]account.Unlocked
	secrets account.Secrets
	issuer  sign.PublicKey
}

// openCity opens the database and, if it is empty, builds the city with about so many facts.
func openCity(b *testing.B, name string, config app.Config, facts int) *bigCity {
	b.Helper()
	c := installation(b, name, config)
	must(b, c.Update(context.Background(), func(tx *db.Tx) error { return c.build(tx, c.define) }))
	n := min(int(float64(facts)/blocksFilled)/(forms*rowsOfAForm*(lastYear-firstYear+1)), len(c.areas["community"]))
	c.filled = streetByStreet(c.areas["community"])[:n]
	must(b, c.Update(context.Background(), c.hire))
	must(b, c.fill())
	return c
}

// installation opens the database with the keys of its installation, or makes it.
func installation(b *testing.B, name string, config app.Config, options ...db.Option) *bigCity {
	b.Helper()
	c := &bigCity{name: name, config: config, areas: map[string][]network.Area{}, keys: map[string]account.Unlocked{}}
	var err error
	a, err := app.Open(b.Context(), config)
	must(b, err)
	must(b, a.Close())
	c.secrets = a.Secrets
	c.issuer, err = a.Secrets.Installation.Public()
	must(b, err)
	mac, err := os.ReadFile(filepath.Join(config.Data, "secrets", "journal.key"))
	must(b, err)
	c.DB, err = db.Open(context.Background(), config.DB, append(options, db.WithGuard(attest.Guard))...)
	must(b, err)
	b.Cleanup(func() { c.Close() })
	c.Carry(journal.Keys{MAC: mac, Installation: c.secrets.Installation, Public: c.issuer})
	return c
}

// streetByStreet orders communities by their street's place in its district, so that all districts fill alike.
func streetByStreet(all []network.Area) []network.Area {
	return slices.SortedStableFunc(slices.Values(all),
		func(a, b network.Area) int { return strings.Compare(a.Code[4:6], b.Code[4:6]) })
}

// build makes areas and forms, or reads them if they are there.
func (c *bigCity) build(tx *db.Tx, define func(*db.Tx) error) error {
	known, err := network.AllAreas(tx)
	if err != nil {
		return err
	}
	if len(known) == 0 {
		if err := define(tx); err != nil {
			return err
		}
		if known, err = network.AllAreas(tx); err != nil {
			return err
		}
	}
	c.root = known[0]
	for _, a := range known {
		c.areas[a.Level] = append(c.areas[a.Level], a)
	}
	c.forms, err = form.List(tx)
	return err
}

func (c *bigCity) define(tx *db.Tx) error {
	levels := []string{"city", "district", "street", "community"}
	for _, l := range levels {
		if _, err := network.PutLabel(tx, network.Label{Kind: "area_level", Code: l, Name: l}); err != nil {
			return err
		}
	}
	for _, kind := range []string{"station", "office"} {
		if _, err := network.PutLabel(tx, network.Label{Kind: "unit_kind", Code: kind, Name: kind}); err != nil {
			return err
		}
	}
	if err := putAreas(tx, levels, []int{1, districts, streets, communities}, network.Area{}); err != nil {
		return err
	}
	root, err := network.Root(tx)
	if err != nil {
		return err
	}
	for _, code := range []string{"station", "office"} {
		if _, err := network.PutUnit(tx, network.Unit{Code: code, Name: code, Kind: code, AreaID: root.ID,
			OpensOn: "2000-01-01"}); err != nil {
			return err
		}
	}
	for n := range forms {
		if err := putForm(tx, n, levels); err != nil {
			return err
		}
	}
	return putPlan(tx, root)
}

// putAreas makes the areas below above depth first, so that ids follow the tree.
func putAreas(tx *db.Tx, levels []string, each []int, above network.Area) error {
	for i := range each[0] {
		code := fmt.Sprintf("%s%02d", above.Code, i+10)
		a, _, err := network.PutArea(tx, network.Area{Code: code, Name: "地区" + code, Level: levels[0],
			ParentID: above.ID, OpensOn: "2000-01-01"})
		if err != nil {
			return err
		}
		if len(each) > 1 {
			if err := putAreas(tx, levels[1:], each[1:], a); err != nil {
				return err
			}
		}
	}
	return nil
}

// putForm makes a form of fifty elements that the last of the levels reports and those above it add up.
func putForm(tx *db.Tx, n int, levels []string) error {
	own := levels[len(levels)-1]
	f := form.Form{Code: fmt.Sprintf("F%d", n+1), Name: fmt.Sprintf("基准报表%d", n+1),
		ValidUntil: "2030-12-31", Frequency: period.Year,
		Level: own, Reporters: "station", Due: "+1-01-31",
		Signers: form.Signers{First: auth.Statistician, Second: auth.Leader},
		Levels:  map[string]element.Method{}, Columns: []form.Column{{Code: "V", Name: "数", Sex: quantity.SexTotal}}}
	for _, l := range levels {
		f.Levels[l] = element.RolledUp
	}
	f.Levels[own] = element.OwnReport
	for i := range rowsOfAForm {
		e, _, err := element.Put(tx, element.Element{Code: fmt.Sprintf("E%03d", n*rowsOfAForm+i+1),
			Name: fmt.Sprintf("数据项%d-%d", n+1, i+1), Unit: "人", Sums: true})
		if err != nil {
			return err
		}
		f.Rows = append(f.Rows, form.Row{Number: strconv.Itoa(i + 1), Label: e.Name,
			Element: e.Code, Calibre: "_Z", Of: e})
	}
	_, _, err := form.Put(tx, f)
	return err
}

// fill writes the facts in bulk and has Rebuild add them up.
func (c *bigCity) fill() error {
	ctx := context.Background()
	written := false
	err := c.Update(ctx, func(tx *db.Tx) error {
		any, err := db.Value[int64](tx, `SELECT count(*) FROM (SELECT 1 FROM facts LIMIT 1) x`)
		if written = any == 0; err != nil || !written {
			return err
		}
		years := map[string]int{}
		for y := firstYear; y <= lastYear; y++ {
			years[strconv.Itoa(y*100)] = 1
		}
		list, err := json.Marshal(years)
		if err != nil {
			return err
		}
		areas := map[int64]int{}
		for _, a := range c.filled {
			areas[a.ID] = 1
		}
		filled, err := json.Marshal(areas)
		if err != nil {
			return err
		}
		if err := tx.Exec(`INSERT INTO facts (area_id, period, element_id, sex, category, calibre, value, mark, grade,
			version_id)
			SELECT a.id, y.period, e.id, -1, 0, 0, 1 + (a.id * 7919 + y.period * 31 + e.id * 17) % 100000, 0, 0, 0
			FROM areas a CROSS JOIN (SELECT CAST(key AS INTEGER) AS period FROM json_each($1)) y CROSS JOIN elements e
			WHERE a.id IN (SELECT CAST(key AS INTEGER) FROM json_each($2))
			AND (a.id + y.period / 100 + (e.id - 1) / 50) % 10 <> 0
			ORDER BY a.id, y.period, e.id`, string(list), string(filled)); err != nil {
			return err
		}
		for _, f := range c.forms {
			if err := c.expect(tx, string(list), f.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || !written {
		return err
	}
	if _, err := fact.Rebuild(ctx, c.DB, false); err != nil || !c.Postgres {
		return err
	}
	return c.maintain("ANALYZE")
}

// expect says that every community owes the form in every year.
func (c *bigCity) expect(tx *db.Tx, years string, formID int64) error {
	due := map[string]int{}
	for _, a := range c.areas["community"] {
		for _, id := range append(a.AncestorIDs(), a.ID) {
			due[strconv.FormatInt(id, 10)]++
		}
	}
	list, err := json.Marshal(due)
	if err != nil {
		return err
	}
	return tx.Exec(`INSERT INTO expectations (area_id, period, form_id, due)
		SELECT CAST(a.key AS BIGINT), CAST(y.key AS BIGINT), CAST($3 AS BIGINT), CAST(CAST(a.value AS TEXT) AS BIGINT)
		FROM json_each($1) a CROSS JOIN json_each($2) y`, string(list), years, formID)
}

// maintain runs a statement for upkeep.
func (c *bigCity) maintain(statement string) error {
	return c.Update(context.Background(), func(tx *db.Tx) error { return tx.Exec(statement) })
}

// report is a submission that both have signed, with the figures it will make true.
type report struct {
	submission.Submission
	cells map[int64]int64 // by element
}

// signed opens, fills and signs n reports. If year is 0 they are of any form and year of communities that hold facts:
// nine in ten replace facts. Else they are of one form and that year, of any community.
func (c *bigCity) signed(n int, year int) (reports []report, err error) {
	taken := 0
	for len(reports) < n {
		err := c.UpdateAlone(context.Background(), func(tx *db.Tx) error {
			var batch []report
			for len(batch) < min(100, n-len(reports)) {
				f, y, areas := c.forms[0], year, c.areas["community"]
				if year == 0 {
					f, y, areas = c.forms[rand.IntN(len(c.forms))], firstYear+rand.IntN(lastYear-firstYear+1), c.filled
				}
				p, err := period.FromInt(y * 100)
				if err != nil {
					return err
				}
				r, ok, err := c.sign(tx, submission.Owed{Form: f, Unit: c.unit,
					Area: areas[rand.IntN(len(areas))], Period: p})
				if err != nil {
					return err
				}
				if ok {
					batch = append(batch, r)
				} else if taken++; taken > 100*n {
					return fmt.Errorf("%s: hardly anything is left to report after so many runs; delete the database", c.name)
				}
			}
			reports = append(reports, batch...)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return reports, nil
}

// sign takes what is owed to where the office can accept it; not if somebody has reported it already.
func (c *bigCity) sign(tx *db.Tx, o submission.Owed) (r report, ok bool, err error) {
	return c.signBy(tx, o, c.first, c.second)
}

func (c *bigCity) signBy(tx *db.Tx, o submission.Owed, first, second auth.User) (r report, ok bool, err error) {
	r.cells = map[int64]int64{}
	typed := map[string]string{}
	for _, cell := range o.Form.Cells() {
		v := rand.Int64N(100000)
		r.cells[cell.Row.Of.ID] = v
		typed[cell.Key] = strconv.FormatInt(v, 10)
	}
	s, changed, err := submission.Import(tx, first, o, submission.Filled{Cells: typed})
	if err != nil || !changed || s.State != submission.Draft || s.Version != 2 {
		return r, false, err
	}
	v, _, err := submission.Preview(tx, first, s)
	if err != nil {
		return r, false, err
	}
	if _, err := submission.Prepare(tx, first, s.ID, v.Digest, c.keys[first.ID]); err != nil {
		return r, false, err
	}
	r.Submission, err = submission.Sign(tx, second, s.ID, v.Digest, c.keys[second.ID])
	return r, true, err
}

// accept is what is measured: one request of the office, from its start, with what is verified ahead, to the end of its
// commit.
func (c *bigCity) accept(r report) error {
	ahead, err := submission.VerifyAhead(context.Background(), c.DB, r.ID, c.issuer)
	if err != nil {
		return err
	}
	return c.UpdateAlone(context.Background(), func(tx *db.Tx) error {
		c.tries.Add(1)
		_, err := submission.AcceptVerified(tx, c.office, r.ID, r.Version, c.issuer, ahead)
		return err
	})
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
