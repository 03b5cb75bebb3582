package cli_test

// Whoever owns the database edits every column of every table; a new column joins by itself. Each edit is found and
// named, or the column stands in testdata/no_evidence.csv with the reason why nothing rests on it. A verification costs
// most, so it serves one edit of each module at once; what it does not name is tried again with less beside it, at last
// alone.

import (
	"context"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/evidence"
	"yipanqi/internal/journal"
	"yipanqi/internal/trail"
)

// noEvidence are the columns on which nothing rests, with the reason; table.* is all of them, table.- a row that is
// gone.
func noEvidence(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile("testdata/no_evidence.csv")
	must(t, err)
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	must(t, err)
	reasons := map[string]string{}
	for _, row := range rows[1:] {
		if row[2] == "" {
			t.Errorf("%s.%s has no reason", row[0], row[1])
		}
		reasons[row[0]+"."+row[1]] = row[2]
	}
	return reasons
}

// A table that is empty in the first sample is tried in the second.
func TestEveryColumnIsEvidenceOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	for name, target := range map[string]func(testing.TB) string{"sqlite": nil, "postgres": dbtest.EmptyPostgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			used := map[string]bool{}
			empty := tampered(t, samples, target, used, func(string) bool { return true })
			if len(empty) > 0 {
				again := tampered(t, "../../samples/shifan", target, used, func(table string) bool {
					return slices.Contains(empty, table)
				})
				for _, table := range again {
					t.Errorf("%s is empty in both samples: nothing was tried", table)
				}
			}
			for place := range noEvidence(t) {
				if !used[place] {
					t.Errorf("testdata/no_evidence.csv names %s, which is not there", place)
				}
			}
		})
	}
}

// tampered tries the tables that are wanted, in a sample, and names those with nothing in them.
func tampered(t *testing.T, sample string, target func(testing.TB) string, used map[string]bool,
	wanted func(table string) bool) (empty []string) {
	t.Helper()
	v := victim{t: t, data: t.TempDir(), attested: map[string]bool{}}
	v.at = v.data + "/yipanqi.db"
	if target != nil {
		v.at = target(t)
	}
	for _, a := range db.AttestedTables() {
		v.attested[a.Table] = true
	}
	run(t, 0, "", "import", "--sample", sample, "--db", v.at, "--data", v.data)
	if sample == samples {
		correct(t, v.at, v.data)
	}
	if found, err := v.findings(everything); err != nil || len(found) > 0 {
		t.Fatalf("an honest installation has findings: %+v %v", found, err)
	}
	v.owner = own(t, v.at)
	groups := map[string][]edit{}
	reasons := noEvidence(t)
	for _, table := range v.tables() {
		if reasons[table+".*"] != "" {
			used[table+".*"] = true
			continue
		}
		if !wanted(table) {
			continue
		}
		if n, _ := v.count(table); n == 0 {
			empty = append(empty, table)
		}
		group := v.group(table)
		for _, column := range v.columns(table) {
			if place := table + "." + column; reasons[place] != "" {
				used[place] = true
			} else if !slices.Contains(empty, table) {
				groups[group] = append(groups[group], edit{table, column})
			}
		}
		if place := table + ".-"; reasons[place] != "" {
			used[place] = true
		} else if !slices.Contains(empty, table) {
			groups[group] = append(groups[group], edit{table, ""})
		}
	}
	for _, e := range groups[alone] {
		v.try([]edit{e})
	}
	delete(groups, alone)
	for len(groups) > 0 {
		var definitions, reports, others []edit // an edited definition makes what rests on it false too
		for _, group := range slices.Sorted(maps.Keys(groups)) {
			e := groups[group][0]
			switch {
			case v.attested[e.table]:
				definitions = append(definitions, e)
			case together[e.table] == reported:
				reports = append(reports, e)
			default:
				others = append(others, e)
			}
			if groups[group] = groups[group][1:]; len(groups[group]) == 0 {
				delete(groups, group)
			}
		}
		v.try(definitions)
		v.try(reports)
		v.try(others)
	}
	if found, err := v.findings(everything); err != nil || len(found) > 0 {
		t.Errorf("with all edits undone: %s %v", short(found), err)
	}
	return empty
}

// edit is what is done to the first row of a table: one column of it, or if none the row itself is deleted.
type edit struct{ table, column string }

func (e edit) String() string {
	if e.column == "" {
		return "a row of " + e.table + " was deleted"
	}
	return e.table + "." + e.column + " was edited"
}

// alone is the group of what everything else is held against.
const alone = ""

// reported is the group of what was reported, which takes longest to verify.
const reported = "submission"

var together = map[string]string{"journal": alone, "seal_head": alone, "checkpoints": alone, "attested": alone,
	"attested_past": alone,
	"accounts":      alone, "sessions": alone, "signing_keys": alone, "rollups": reported, "submissions": reported,
	"versions": reported, "signatures": reported, "paper_scans": reported, "facts": reported, "expectations": reported}

// parts are those of a verification that are to name the edits: what some of them find the whole finds, too. A batch is
// all of definitions, all of reports, or neither, and what stands alone is alone.
func (v *victim) parts(done []edit) func(part string) bool {
	named := map[string]string{"journal": app.PartJournal, "seal_head": app.PartJournal, "checkpoints": app.PartJournal,
		"attested": app.PartDefinitions, "attested_past": app.PartDefinitions, "accounts": "account",
		"sessions": "account", "signing_keys": "account"}
	table := done[0].table
	if v.attested[table] {
		named[table] = app.PartDefinitions
	}
	return func(part string) bool {
		switch {
		case named[table] != "":
			return part == named[table]
		case together[table] == reported:
			return part == reported || part == app.PartSums
		}
		return !slices.Contains([]string{app.PartJournal, app.PartDefinitions, app.PartSums, reported, "account"}, part)
	}
}

func everything(string) bool { return true }

// group names the module that tells of a table: no two of its edits are in one batch, so that a finding about one is
// not taken for a finding about the other. An attested table is told of by itself. The rules are the same on both
// databases, so that on PostgreSQL, where it takes longest, a finding about the table will do.
func (v *victim) group(table string) string {
	group, is := together[table]
	if is && (group == alone || !v.postgres) {
		return group
	}
	if is || v.attested[table] || v.postgres {
		return table
	}
	stem, _, _ := strings.Cut(table, "_")
	return "module " + strings.TrimSuffix(stem, "s")
}

// victim is the installation whose database the owner edits.
type victim struct {
	owner
	t        *testing.T
	at, data string
	attested map[string]bool
}

// try makes edits, and halves them until all are named or one is not named alone.
func (v *victim) try(batch []edit) {
	v.t.Helper()
	if len(batch) == 0 {
		return
	}
	var done []edit
	for _, e := range batch {
		v.exec(`CREATE TEMP TABLE kept_` + e.table + ` AS SELECT * FROM ` + e.table + v.touched(e))
		if key := v.key(e.table); e.column != "" {
			if v.edit(e.table, key, e.column) {
				done = append(done, e)
			}
		} else {
			v.exec(`DELETE FROM ` + e.table + ` WHERE (` + key + `) = (SELECT ` + key + ` FROM ` + e.table +
				` ORDER BY ` + key + ` LIMIT 1)`)
			done = append(done, e)
		}
	}
	missed := v.unnamed(done)
	for _, e := range batch {
		if key := v.key(e.table); v.touched(e) == "" {
			v.exec(`DELETE FROM ` + e.table)
		} else {
			v.exec(`DELETE FROM ` + e.table + ` WHERE (` + key + `) IN (SELECT ` + key + ` FROM kept_` + e.table + `)`)
		}
		v.exec(`INSERT INTO ` + e.table + ` SELECT * FROM kept_` + e.table)
		v.exec(`DROP TABLE kept_` + e.table)
	}
	if len(missed) == 0 || len(done) == 1 {
		return
	}
	if half := len(missed) / 2; half > 0 {
		v.try(missed[:half])
		v.try(missed[half:])
	} else {
		v.try(missed)
	}
}

// touched picks the row that an edit changes; all rows, where the edited row will not be known by its key again.
func (v *victim) touched(e edit) string {
	key := v.key(e.table)
	if slices.Contains(strings.Split(key, ", "), e.column) {
		return ""
	}
	return ` WHERE (` + key + `) = (SELECT ` + key + ` FROM ` + e.table + ` ORDER BY ` + key + ` LIMIT 1)`
}

// unnamed are the edits that no finding leads to. What is not named alone is an error.
func (v *victim) unnamed(done []edit) (missed []edit) {
	v.t.Helper()
	if len(done) == 0 {
		return nil
	}
	found, err := v.findings(v.parts(done))
	if len(done) > 1 && err != nil {
		return done
	}
	for _, e := range done {
		if !v.named(found, e) {
			missed = append(missed, e)
		}
	}
	if len(done) == 1 && (len(missed) > 0 || err != nil) {
		v.t.Errorf("%s and is not named: %s %v", done[0], short(found), err)
	}
	return missed
}

// findings are what the wanted parts of `journal verify` say.
func (v *victim) findings(wanted func(part string) bool) ([]journal.Finding, error) {
	a, err := app.OpenReadOnly(context.Background(), app.Config{DB: v.at, Data: v.data})
	if err != nil {
		return []journal.Finding{{Code: "refused", Actual: err.Error()}}, nil
	}
	defer a.Close()
	all, err := a.VerifyParts(context.Background(), nil, wanted)
	return all.Findings, err
}

// named says whether a finding leads to the table, and of a definition to the column. What is attested of a row is a
// copy of it: whoever edits the copy is told of the row.
func (v *victim) named(found []journal.Finding, e edit) bool {
	for _, f := range found {
		definition := strings.HasPrefix(f.Code, "definition.")
		if f.Table == e.table && (!v.attested[e.table] || definition && (e.column == "" || f.Column == e.column ||
			f.Column == "")) || e.table == "attested" && definition {
			return true
		}
	}
	return false
}

// correct says what a figure is about, and lays files and a remark down, which the sample does not.
func correct(t *testing.T, target, data string) {
	t.Helper()
	a, err := app.Open(context.Background(), app.Config{DB: target, Data: data})
	must(t, err)
	defer a.Close()
	must(t, a.DB.Update(context.Background(), func(tx *db.Tx) error {
		office, err := account.ByLogin(tx, "office")
		if err != nil {
			return err
		}
		by, err := account.UserOf(tx, office.PersonID)
		if err != nil {
			return err
		}
		ask(t, a, tx, by)
		c, err := check.Create(tx, by, check.Check{Text: "2017年，北京市婚前医学检查率为12.76%。"})
		if err != nil {
			return err
		}
		digest, err := a.Files().Put([]byte("说明"))
		if err != nil {
			return err
		}
		for i, reason := range []string{"传错了", ""} {
			f, err := evidence.Attach(tx, by, evidence.File{Object: "check/" + c.ID, Digest: digest, Name: "说明.pdf",
				Field: strconv.Itoa(i)})
			if err == nil && reason != "" {
				_, err = evidence.Withdraw(tx, by, f.Object, f.ID, reason)
			}
			if err != nil {
				return err
			}
		}
		if _, err := trail.Write(tx, by, "check/"+c.ID, "请核对"); err != nil {
			return err
		}
		if _, err := account.SignIn(tx, by.ID, auth.Cookie, ""); err != nil {
			return err
		}
		return check.Correct(tx, by, c.ID, 17, check.Said{None: true})
	}))
}

func short(found []journal.Finding) string {
	if len(found) > 4 {
		return fmt.Sprintf("%+v … %d findings", found[:4], len(found))
	}
	return fmt.Sprintf("%+v", found)
}
