package attest

// Rows against what the journal vouches for, column by column. It names differences and mends none.

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/journal"
)

// Verify names every place where a definition is not what the program last wrote and journaled. It writes nothing. The
// rows are read again only when a definition changed, so it may be asked at every figure.
func Verify(tx *db.Tx) ([]Difference, error) {
	rows, err := verifyRows(tx)
	if err != nil {
		return nil, err
	}
	last, begun, made, err := lastEntry(tx)
	if err != nil {
		return nil, err
	}
	if !begun || !made {
		return append(slices.Clone(rows.differences), Difference{Table: "journal", Key: Object}), nil
	}
	differences := slices.Clone(rows.differences)
	for _, table := range db.AttestedTables() {
		if want, is := last.Detail[table.Table], rows.digests[table.Table]; want != is {
			differences = append(differences, Difference{Table: table.Table, Expected: want, Actual: is})
		}
	}
	return differences, nil
}

// Doubted says which rows of a table, by key, SQL changed or added: nobody should get rights from them, not even for
// the moment that they stand there. all: the table's texts are not those that were journaled.
func Doubted(tx *db.Tx, table string) (keys map[string]bool, all bool, err error) {
	keys = map[string]bool{}
	for _, c := range pending(tx) {
		if c.table.Table == table { // what the transaction itself writes is attested at its end
			for key := range c.wrong {
				keys[key] = true
			}
			return keys, false, nil
		}
	}
	differences, err := Verify(tx)
	for _, d := range differences {
		if d.Table == table {
			keys[d.Key], all = true, all || d.Key == ""
		}
	}
	return keys, all, err
}

// besides are the tables that say how figures are grouped, aimed and called, and when something is due, but not what a
// figure is.
var besides = map[string]bool{"labels": true, "plans": true, "domains": true, "goals": true, "goal_units": true,
	"goal_indicators": true, "targets": true, "parameters": true, "report_templates": true, "aliases": true,
	"holidays": true, "unit_names": true, "memberships": true, "declared_members": true, "unit_duties": true,
	"adjustments": true, "adjustment_lines": true, "adjustment_units": true, "adjustment_shares": true,
	"goal_units_past": true, "measures": true, "measure_units": true, "indicator_sources_past": true,
	"committee_rules": true, "post_changes": true, "tag_sets": true, "tags": true, "tagged": true,
	"plan_steps": true, "goal_links": true}

// OfFigures are the differences that make a figure mean something else, or come from somebody else.
func OfFigures(all []Difference) (some []Difference) {
	for _, d := range all {
		if !besides[d.Table] {
			some = append(some, d)
		}
	}
	return some
}

// Place is where the difference is, as table, key and column.
func (d Difference) Place() string {
	place := d.Table
	for _, more := range []string{d.Key, d.Column} {
		if more != "" {
			place += " " + more
		}
	}
	return place
}

// Whole says whether Verify finds nothing. In a transaction that is changing definitions, whose texts are written at
// its end, it says whether what it changes was whole before.
func Whole(tx *db.Tx) (bool, error) {
	changes := pending(tx)
	if changes == nil {
		differences, err := Verify(tx)
		return len(differences) == 0, err
	}
	_, begun, _, err := lastEntry(tx)
	wrong := 0
	for _, c := range changes {
		wrong += len(c.wrong)
	}
	return wrong == 0 || !begun, err
}

type verified struct {
	digests     map[string]string // by table, of what is attested
	differences []Difference
}

func verifyRows(tx *db.Tx) (verified, error) {
	type key struct{}
	return db.Remember(tx, key{}, func(tx *db.Tx) (verified, error) {
		v := verified{digests: map[string]string{}}
		for _, table := range db.AttestedTables() {
			said, err := attestedTexts(tx, table)
			if err != nil {
				return v, err
			}
			v.digests[table.Table] = said.digest()
			now, err := written(tx, table)
			if err != nil {
				return v, err
			}
			for _, d := range compare(table, said, now) {
				// A column that a later program added; a text that lost one has another digest.
				if d.Column == "" || d.Expected != "" {
					v.differences = append(v.differences, d)
				}
			}
		}
		return v, nil
	})
}

// compare holds the rows of a table against what was attested of them.
func compare(table db.Attested, said, now texts) (found []Difference) {
	for _, key := range slices.Sorted(maps.Keys(now)) {
		text, was := now[key], said[key]
		switch {
		case was == text:
		case was == "":
			found = append(found, Difference{Table: table.Table, Key: key, Actual: text})
		default:
			found = append(found, columns(table, key, was, text)...)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(said)) {
		if _, there := now[key]; !there {
			found = append(found, Difference{Table: table.Table, Key: key, Expected: said[key]})
		}
	}
	return found
}

// columns names the columns in which two texts of one row differ.
func columns(table db.Attested, key, was, is string) (found []Difference) {
	a, b := fields(was), fields(is)
	for _, column := range slices.Sorted(maps.Keys(merged(a, b))) {
		if a[column] != b[column] {
			found = append(found, Difference{table.Table, key, column, a[column], b[column]})
		}
	}
	if len(found) == 0 { // a text that is not canonical
		found = append(found, Difference{Table: table.Table, Key: key, Expected: was, Actual: is})
	}
	return found
}

func merged(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// fields are the columns of a text, NULL as the word.
func fields(text string) map[string]string {
	var row map[string]any
	all := map[string]string{}
	if json.Unmarshal([]byte(text), &row) != nil {
		return all
	}
	for column, v := range row {
		if s, is := v.(string); is {
			all[column] = strconv.Quote(s)
		} else {
			all[column] = "NULL"
		}
	}
	return all
}

// Findings are the differences as `journal verify` says them.
func Findings(all []Difference) (found []journal.Finding) {
	for _, d := range all {
		f := journal.Finding{Code: "definition.differs", Table: d.Table, Object: d.Key, Column: d.Column,
			Expected: d.Expected, Actual: d.Actual}
		switch {
		case d.Table == "journal":
			f.Code = "definition.baseline"
		case d.Key == "":
			f.Code = "definition.journal"
		case d.Column == "" && d.Actual == "":
			f.Code = "definition.missing"
		case d.Column == "" && d.Expected == "":
			f.Code = "definition.unknown"
		}
		found = append(found, f)
	}
	return found
}
