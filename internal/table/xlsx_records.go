package table

// A workbook read as a plain table: its first sheet, with the columns named in the first row.

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var cellRef = regexp.MustCompile(`^([A-Z]{1,3})([0-9]{1,7})$`)

// Records are the rows of the first sheet under the names in its first row, as ReadCSV gives those of a CSV file.
func (w Workbook) Records(name string) (records []Record, err error) {
	if len(w) == 0 {
		return nil, nil
	}
	rows := map[int]map[string]string{}
	for cell, text := range w[0].At {
		found := cellRef.FindStringSubmatch(cell)
		if found == nil {
			continue
		}
		n, _ := strconv.Atoi(found[2]) // seven digits
		if rows[n] == nil {
			rows[n] = map[string]string{}
		}
		rows[n][found[1]] = strings.TrimSpace(text)
	}
	lines := slices.Sorted(maps.Keys(rows))
	if len(lines) == 0 {
		return nil, nil
	}
	heads, problems, seen := rows[lines[0]], Problems{}, map[string]bool{}
	for _, column := range slices.Sorted(maps.Keys(heads)) {
		if seen[heads[column]] && len(problems) < maxProblems {
			problems = append(problems, Record{File: name, Line: lines[0]}.Problem(heads[column],
				"表头“%s”出现了两次。", heads[column]))
		}
		seen[heads[column]] = true
	}
	for _, line := range lines[1:] {
		r := Record{File: name, Line: line, Values: map[string]string{}}
		for column, text := range rows[line] {
			head := heads[column]
			if head == "" && text != "" && len(problems) < maxProblems {
				problems = append(problems, r.Problem(column, "“%s”这一列没有表头。", column))
			}
			r.Values[head] = text
		}
		records = append(records, r)
	}
	return records, problems.Check()
}
