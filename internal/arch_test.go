package internal

// What ARCHITECTURE.md says of the code is held true: ranks, roles of files, heads, no city, no mocks. Length of lines
// is columns_test.go's, of files scripts/lint's.

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// ranks: a package imports lower ranks only; equals never import each other (ARCHITECTURE.md).
var ranks = [][]string{
	{"say"},
	{"errs"},
	{"period", "quantity", "calendar", "geo", "charset"},
	{"formula"},
	{"db"},
	{"setting", "auth", "sign", "blob", "table", "document", "figurecheck", "mail"},
	{"definition"},
	{"register"},
	{"journal", "find"},
	{"evidence", "held"},
	{"attest"},
	{"intake"},
	{"web/part"},
	{"web"},
	{"job"},
	{"flow", "list", "trail"},
	{"module"},
	{"network", "holiday"},
	{"account", "element", "layer"},
	{"notice", "signed"},
	{"change", "plan", "form"},
	{"indicator", "fact", "delegation"},
	{"tag"},
	{"progress"},
	{"submission"},
	{"asof", "proof", "reference"},
	{"letter"},
	{"engagement"},
	{"opinion"},
	{"request"},
	{"matter"},
	{"instruction", "panel", "score"},
	{"rectification"},
	{"meeting"},
	{"cycle", "issue"},
	{"record"},
	{"supervision"},
	{"evaluation"},
	{"directory", "report", "check", "edition"},
	{"revision"},
	{"home", "admin"},
	{"sample"},
	{"app"},
	{"cli"},
}

// testOnly packages serve tests and may be imported by tests alone.
var testOnly = map[string]bool{"db/dbtest": true, "document/doctest": true, "web/webtest": true, "mail/mailtest": true,
	"app/apptest": true, "sample/sampletest": true, "account/accounttest": true}

const prefix = "yipanqi/internal/"

type source struct {
	path, pkg string // pkg: folder below internal
	test      bool
	file      *ast.File
	set       *token.FileSet
}

func TestImportsFollowTheRanks(t *testing.T) {
	t.Parallel()
	rank := map[string]int{}
	for i, equals := range ranks {
		for _, pkg := range equals {
			rank[pkg] = i + 1
		}
	}
	for _, s := range sources(t) {
		if s.test || testOnly[s.pkg] || s.pkg == "." {
			continue
		}
		if rank[s.pkg] == 0 {
			t.Errorf("%s: package %s has no rank; give it one in arch_test.go and ARCHITECTURE.md", s.path, s.pkg)
		}
		for _, path := range imports(s) {
			other, ours := strings.CutPrefix(path, prefix)
			if !ours {
				continue
			}
			if testOnly[other] {
				t.Errorf("%s imports %s, which is for tests only", s.path, other)
			} else if rank[other] >= rank[s.pkg] {
				t.Errorf("%s (rank %d) imports %s (rank %d): only lower ranks may be imported", s.path,
					rank[s.pkg], other, rank[other])
			}
		}
	}
}

// The ranks that ARCHITECTURE.md shows are these.
func TestRanksAreThoseOfTheBook(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, equals := range ranks {
		rows = append(rows, "`"+strings.Join(equals, " ")+"`")
	}
	want := "Ranks, lowest first: " + strings.Join(rows, " < ") + "."
	if book := strings.Join(strings.Fields(string(text)), " "); !strings.Contains(book, want) {
		t.Errorf("ARCHITECTURE.md does not say:\n%s", want)
	}
}

func TestFileRoles(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		if s.test || testOnly[s.pkg] {
			continue
		}
		name := filepath.Base(s.path)
		page := strings.HasSuffix(name, "_templ.go")
		for _, path := range imports(s) {
			switch {
			case path == prefix+"web" && !strings.HasPrefix(name, "web") && name != "module.go" && s.pkg != "app":
				t.Errorf("%s imports the web kernel; only web*.go may", s.path)
			case path == "net/http" && s.pkg != "web" && s.pkg != "app":
				t.Errorf("%s imports net/http; only web and app may", s.path)
			case path == prefix+"web/part" && !page && !strings.HasPrefix(name, "web") &&
				name != "module.go" && s.pkg != "web" && s.pkg != "app":
				t.Errorf("%s imports web/part; only pages and web*.go may", s.path)
			case (strings.HasPrefix(path, "github.com/jackc/") ||
				strings.HasPrefix(path, "modernc.org/")) && s.pkg != "db":
				t.Errorf("%s imports a database driver; only db may", s.path)
			}
		}
	}
}

var sqlText = regexp.MustCompile(`^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|LOCK TABLE|` +
	`WITH (RECURSIVE )?\w+ ?(\(|AS))\s`)

func TestSQLStandsOnlyInStores(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		name := filepath.Base(s.path)
		if s.test || testOnly[s.pkg] || s.pkg == "db" || strings.HasPrefix(name, "store") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil && sqlText.MatchString(text) {
					t.Errorf("%s: SQL outside store*.go: %.60q", s.set.Position(lit.Pos()), text)
				}
			}
			return true
		})
	}
}

func TestPackageNamesSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, vague := range []string{"util", "utils", "common", "helper", "helpers", "model",
			"models", "service", "manager"} {
			if filepath.Base(s.pkg) == vague {
				t.Errorf("%s: a package named %s says nothing", s.path, vague)
			}
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	documented := map[string]bool{}
	for _, s := range sources(t) {
		if !s.test && s.file.Doc != nil {
			documented[s.pkg] = true
		}
	}
	for _, s := range sources(t) {
		if !s.test && s.pkg != "." && !documented[s.pkg] {
			t.Errorf("package %s has no package comment", s.pkg)
			documented[s.pkg] = true
		}
	}
}

// Every file that people wrote says at its head what it is for, tests no less, and where it is not plain what it is
// not: a reader opens the right one.
func TestEveryFileSaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	seen := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != ".." && oneOf(d.Name(), notOurs) {
			return filepath.SkipDir
		}
		ext := filepath.Ext(path)
		ours := oneOf(ext, ".go .templ .js .mjs .ts .css .sql .sh .yaml") || ext == "" &&
			oneOf(filepath.Base(filepath.Dir(path)), "scripts .ci")
		if d.IsDir() || !ours || strings.HasSuffix(path, "_templ.go") {
			return nil
		}
		seen++
		text, err := os.ReadFile(path)
		if head := headOf(ext, string(text)); len(head) < 20 {
			t.Errorf("%s says %q at its head; say in a line or two what it is for and what it is not", path, head)
		}
		return err
	})
	if err != nil || seen < 1000 {
		t.Fatalf("read %d files: %v", seen, err)
	}
}

var (
	packageLine = regexp.MustCompile(`(?m)^package \w+\n`)
	commented   = regexp.MustCompile(`^(?://[^\n]*\n)+`)
	above       = regexp.MustCompile(`(?:^|\n)((?://[^\n]*\n)+)$`)
	starts      = regexp.MustCompile(`^(?:#!/bin/[^\n]*\n)?(?:// |/\* |# |-- \+goose Up\n-- |-- )[^+][^\n]*`)
)

// headOf is what a file says at its head: a comment directly above the package clause, or one below it that is not a
// declaration's; elsewhere the first line, in a script that below its interpreter, in SQL that below goose's own.
func headOf(ext, text string) string {
	if ext != ".go" && ext != ".templ" {
		return starts.FindString(text)
	}
	at := packageLine.FindStringIndex(text)
	if at == nil {
		return ""
	}
	if found := above.FindStringSubmatch(text[:at[0]]); found != nil && !strings.HasPrefix(found[1], "//go:") {
		return found[1]
	}
	below := strings.TrimLeft(text[at[1]:], "\n")
	head := commented.FindString(below)
	if rest := below[len(head):]; strings.HasPrefix(head, "//go:") ||
		!strings.HasPrefix(rest, "\n") && !strings.HasPrefix(rest, "import") {
		return ""
	}
	return head
}

func TestWhatCountsAsAHead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ext, text string
		want      bool
	}{
		{".go", "// Package a is one.\npackage a\n", true},
		{".go", "//go:build x\n\npackage a\n\n// What this is.\n\nimport \"b\"\n", true},
		{".go", "package a\n\n// f does it.\nfunc f() {}\n", false},
		{".go", "package a\n\nimport \"b\"\n\n// What this is.\n\nvar c = 1\n", false},
		{".go", "//go:build x\npackage a\n", false},
		{".templ", "package a\n\n// What this is.\n\nimport \"b\"\n", true},
		{".js", "// What this is.\nimport b\n", true}, {".js", "import b\n// What this is.\n", false},
		{".css", "/* What this is. */\n", true}, {".css", "a { b: c }\n", false},
		{".sql", "-- +goose Up\n-- What this is.\n", true}, {".sql", "-- +goose Up\nCREATE TABLE a (b TEXT);\n", false},
		{"", "#!/bin/sh\n# What this is.\n", true}, {"", "#!/bin/sh\nset -eu\n", false}, {"", "#!/bin/sh\n", false},
		{".yaml", "# 这是什么。\na: b\n", true}, {".yaml", "a: b # 这是什么。\n", false},
	} {
		if got := headOf(c.ext, c.text) != ""; got != c.want {
			t.Errorf("%s %q: a head %t, want %t", c.ext, c.text, got, c.want)
		}
	}
}

func TestNoInitAndNoMocks(t *testing.T) {
	t.Parallel()
	for _, s := range sources(t) {
		for _, decl := range s.file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s has an init function", s.path)
			}
		}
		for _, path := range imports(s) {
			if strings.Contains(path, "mock") {
				t.Errorf("%s imports %s: tests use the real thing", s.path, path)
			}
		}
	}
}

// No city stands in the code: neither its name nor its codes.
func TestNoCityInTheCode(t *testing.T) {
	t.Parallel()
	city := regexp.MustCompile(`北京|(?i:beijing)\b|朝阳区|\b1101\d\d\b|\b110000\b`)
	for _, s := range sources(t) {
		if s.test || testOnly[s.pkg] {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if found := city.FindString(lit.Value); found != "" {
					t.Errorf("%s: %q stands in the code; it belongs into samples/", s.set.Position(lit.Pos()), found)
				}
			}
			return true
		})
	}
}

func imports(s source) (paths []string) {
	for _, i := range s.file.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		paths = append(paths, path)
	}
	return paths
}

func sources(t *testing.T) (all []source) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		all = append(all, source{path, filepath.ToSlash(filepath.Dir(path)),
			strings.HasSuffix(path, "_test.go"), file, set})
		return nil
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("read the sources: %v (%d files)", err, len(all))
	}
	return all
}
