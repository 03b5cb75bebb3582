package db

// Triggers that give the definitions a new revision whenever one of their tables changes, made from lines of the
// migrations.

import (
	"io/fs"
	"regexp"
	"strings"
)

// A line {revised T} of a migration says that T holds definitions: it becomes triggers that give them a new revision at
// every change of T, through whatever program it is made. The list of these tables is kept nowhere else.
var revisedLine = regexp.MustCompile(`(?m)^\{revised (\w+)\}$`)

const (
	uniqueSQLite   = `lower(hex(randomblob(16)))`
	uniquePostgres = `CAST(gen_random_uuid() AS TEXT)`
)

func revise(postgres bool, text string) string {
	return revisedLine.ReplaceAllStringFunc(text, func(line string) string {
		table := revisedLine.FindStringSubmatch(line)[1]
		if postgres {
			return triggerPostgres(table)
		}
		return triggersSQLite(table)
	})
}

func triggersSQLite(table string) string {
	var b strings.Builder
	for _, event := range []string{"INSERT", "UPDATE", "DELETE"} {
		b.WriteString("-- +goose StatementBegin\nCREATE TRIGGER " + table + "_" + strings.ToLower(event) +
			" AFTER " + event + " ON " + table +
			" BEGIN UPDATE definitions SET revision = " + uniqueSQLite + "; END;\n-- +goose StatementEnd\n")
	}
	return b.String()
}

func triggerPostgres(table string) string {
	return `-- +goose StatementBegin
CREATE OR REPLACE FUNCTION revise_definitions() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN UPDATE definitions SET revision = ` + uniquePostgres + `; RETURN NULL; END $$;
-- +goose StatementEnd
CREATE TRIGGER ` + table + `_revised AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ` + table + `
	FOR EACH STATEMENT EXECUTE FUNCTION revise_definitions();
`
}

// revised are the tables whose changes give the definitions a new revision.
var revised = revisedTables()

func revisedTables() map[string]bool {
	tables := map[string]bool{}
	files, _ := fs.Glob(migrations, "migrations/*.sql") // the pattern is good
	for _, name := range files {
		text, err := migrations.ReadFile(name)
		if err != nil {
			panic(err) // it is in the program
		}
		for _, found := range revisedLine.FindAllSubmatch(text, -1) {
			tables[string(found[1])] = true
		}
	}
	return tables
}
