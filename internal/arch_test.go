package internal

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// ranks: a package imports lower ranks only; equals never import each other (ARCHITECTURE.md).
var ranks = [][]string{
	{"errs"},
	{"period", "quantity"},
	{"db"},
	{"auth", "sign", "blob", "table", "document", "figurecheck"},
	{"journal"},
	{"attest"},
	{"web/part"},
	{"web"},
	{"network"},
	{"account"},
	{"plan"},
	{"indicator"},
	{"form"},
	{"fact"},
	{"progress"},
	{"submission"},
	{"proof"},
	{"report", "check"},
	{"exchange"},
	{"home"},
	{"app"},
	{"cli"},
}

// testOnly packages serve tests and may be imported by tests alone.
var testOnly = map[string]bool{"db/dbtest": true, "document/doctest": true, "web/webtest": true, "app/apptest": true}

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
			case path == prefix+"web" && !strings.HasPrefix(name, "web") && s.pkg != "app":
				t.Errorf("%s imports the web kernel; only web*.go may", s.path)
			case path == "net/http" && s.pkg != "web" && s.pkg != "app":
				t.Errorf("%s imports net/http; only web and app may", s.path)
			case path == prefix+"web/part" && !page && !strings.HasPrefix(name, "web") &&
				s.pkg != "web" && s.pkg != "app":
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
