package document

// What a document is as a file: its kind, its name, and words that every document has alike.

import (
	"strings"
	"time"
)

// MediaType is that of what Write writes.
const MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// SampleMark stands on every page of what a sample prints.
const SampleMark = "演示样稿"

// FileName is the name of a document without what no file's name may hold.
func FileName(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) || r < ' ' {
			return '_'
		}
		return r
	}, strings.TrimSpace(name)) + ".docx"
}

// Day is a day, 2018-12-31, as documents write it; what is no day stays as it is.
func Day(day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return at.Format("2006年1月2日")
}
