package journal

// What an audit found as data, with words by code in both languages from findings.csv.

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"
)

// Finding is one thing that does not fit: data, not words. Code says what kind it is and has its words in findings.csv;
// Object is what it is about ("submission/0190…", "forms/DEMO-F01"), Expected and Actual what should be and what is.
type Finding struct {
	Code     string `json:"code"`
	Table    string `json:"table"`
	Object   string `json:"object"`
	Column   string `json:"column"`
	Expected string `json:"expected"`
	Actual   string `json:"actual"`
}

// findings.csv: code, Chinese, English. {object}, {table}, {column}, {expected} and {actual} are put in.
//
//go:embed findings.csv
var findingWords string

var words = sync.OnceValue(func() map[string][2]string {
	rows, err := csv.NewReader(strings.NewReader(findingWords)).ReadAll()
	if err != nil {
		panic(err) // it is in the program
	}
	all := map[string][2]string{}
	for _, row := range rows[1:] {
		all[row[0]] = [2]string{row[1], row[2]}
	}
	return all
})

// Codes are the kinds of findings that have words.
func Codes() map[string][2]string { return words() }

// Words says the finding for people, in "zh" or "en".
func (f Finding) Words(lang string) string {
	said := words()[f.Code]
	text := said[0]
	if lang == "en" {
		text = said[1]
	}
	if text == "" {
		text = f.Code + " {table} {object} {column} {expected} {actual}"
	}
	return strings.NewReplacer("{table}", f.Table, "{object}", f.Object, "{column}", f.Column,
		"{expected}", f.Expected, "{actual}", f.Actual).Replace(text)
}
