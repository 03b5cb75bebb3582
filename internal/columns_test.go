package internal

// Lines keep to 120 columns: a tab is four, a Chinese character two. A line is let off for a literal, a link or a
// Chinese sentence of more than 40 columns, which cannot be broken. Kept text (samples, test data, pages made by templ)
// and migrations that have run somewhere are left as they are.

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/width"
)

const (
	columns   = 120
	unbroken  = 40
	written   = ".go .templ .sql .js .mjs .css .md"
	notOurs   = "node_modules dist .git bin var testdata"
	leftAlone = notOurs + " samples"
	oldSQL    = "0006_definitions.sql 0007_check.sql"
)

var (
	literal  = regexp.MustCompile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`|[^\\s\"'`]+")
	sqlWords = regexp.MustCompile(`\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|VALUES)\b`)
)

func TestLinesKeepToTheirColumns(t *testing.T) {
	t.Parallel()
	seen := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != ".." && oneOf(name, leftAlone) {
			return filepath.SkipDir
		}
		if d.IsDir() || !oneOf(filepath.Ext(name), written) || strings.HasSuffix(name, "_templ.go") ||
			oneOf(name, oldSQL) {
			return nil
		}
		seen++
		text, err := os.ReadFile(path)
		for i, line := range strings.Split(string(text), "\n") {
			if n := wide(line); n > columns && !keptWhole(filepath.Ext(name), line) {
				t.Errorf("%s:%d has %d columns; break it at %d", path, i+1, n, columns)
			}
		}
		return err
	})
	if err != nil || seen < 100 {
		t.Fatalf("read %d files: %v", seen, err)
	}
}

func TestWhatALineIsLetOffFor(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]bool{
		`return errs.Invalidf("` + strings.Repeat("请重填。", 8) + `", name)`:                true,
		`see https://example.org/` + strings.Repeat("long/", 12) + ` for more`:           true,
		`return db.One(tx, "SELECT a FROM b WHERE c = $1 ` + strings.Repeat("AND d ", 9): false,
		`f(` + strings.Repeat(`"short", `, 20) + `)`:                                     false,
		strings.Repeat("a word ", 20):                                                    false,
	} {
		if got := keptWhole(".go", line); got != want {
			t.Errorf("%s: let off %v, want %v", line, got, want)
		}
	}
	if n := wide("\t表a"); n != 7 {
		t.Errorf("a tab, a Chinese character and a letter are %d columns, want 7", n)
	}
	if !keptWhole(".md", "| a | b |") {
		t.Error("a row of a table in Markdown cannot be broken")
	}
}

func keptWhole(ext, line string) bool {
	if ext == ".md" && strings.HasPrefix(line, "|") {
		return true
	}
	for _, word := range literal.FindAllString(line, -1) {
		if wide(word) > unbroken && !sqlWords.MatchString(word) {
			return true
		}
	}
	return false
}

func wide(line string) (n int) {
	for _, r := range line {
		switch k := width.LookupRune(r).Kind(); {
		case r == '\t':
			n += 4
		case k == width.EastAsianWide || k == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

func oneOf(word, words string) bool {
	for _, w := range strings.Fields(words) {
		if w == word {
			return true
		}
	}
	return false
}
