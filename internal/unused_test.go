package internal

// Nothing stands in the code that no other code names: what only tests use is theirs, what nobody uses goes.

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// called are named by others: by an interface outside, or by tests that hold the whole program against its golden files
// and manifests.
const called = "main init Error String MarshalJSON UnmarshalJSON MarshalText UnmarshalText IsBool Connect Plain " +
	"Matrix SiteOf HouseOf Granted"

// forTests are the folders of what tests of several packages use.
const forTests = "accounttest dbtest doctest mailtest sampletest webtest"

func TestNothingStandsForTestsAlone(t *testing.T) {
	t.Parallel()
	declared, named := map[string]string{}, map[string]int{}
	fset := token.NewFileSet()
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != ".." && (oneOf(name, leftAlone) || oneOf(name, forTests)) {
			return filepath.SkipDir
		}
		if filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				named[id.Name]++
			}
			return true
		})
		for _, decl := range file.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				declared[d.Name.Name] = path
			case *ast.GenDecl: // a constant may be there for its place among others
				for _, spec := range d.Specs {
					switch s := spec.(type) {
					case *ast.TypeSpec:
						declared[s.Name.Name] = path
					case *ast.ValueSpec:
						if d.Tok == token.CONST {
							continue
						}
						for _, id := range s.Names {
							declared[id.Name] = path
						}
					}
				}
			}
		}
		return nil
	})
	if err != nil || len(declared) < 3000 {
		t.Fatalf("found %d names: %v", len(declared), err)
	}
	for name, path := range declared {
		if named[name] == 1 && name != "_" && !oneOf(name, called) {
			t.Errorf("%s: nobody names %s", path, name)
		}
	}
}
