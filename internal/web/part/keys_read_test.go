package part_test

// Finds every Chinese text that the program says, by the types of its source: the test of the dictionary rests on it.

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"unicode"
)

const sayPath = "yipanqi/internal/say"

// literals are the Chinese texts of a program, each with the place where it first stands.
type literals struct {
	set      *token.FileSet
	imported types.Importer
	keys     map[string]string // constants of type say.Key and what routes are for: the dictionary must have them
	names    map[string]string // in a say.Name without English
	all      map[string]string // every constant
	bare     map[string]string // what a page shows in both languages, because it stands outside of T
}

type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	Module                  *struct{ Main bool }
}

func newLiterals(set *token.FileSet, imported types.Importer) *literals {
	return &literals{set, imported, map[string]string{}, map[string]string{}, map[string]string{}, map[string]string{}}
}

var everything = sync.OnceValues(program)

// program reads all packages of the module, the generated pages among them, tests left out.
func program() (*literals, error) {
	list := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,Module",
		"yipanqi/...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, err
	}
	export, ours := map[string]string{}, []listed{}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		export[p.ImportPath] = p.Export
		if p.Module != nil && p.Module.Main {
			ours = append(ours, p)
		}
	}
	l := newLiterals(token.NewFileSet(), nil)
	l.imported = importer.ForCompiler(l.set, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(export[path])
	})
	for _, p := range ours {
		var files []*ast.File
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(l.set, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			files = append(files, file)
		}
		if err := l.read(p.ImportPath, files); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *literals) read(path string, files []*ast.File) error {
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	if _, err := (&types.Config{Importer: l.imported}).Check(path, l.set, files, info); err != nil {
		return err
	}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				if isSay(info.TypeOf(n), "Name") {
					l.name(info, n)
				}
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "WriteString" && len(n.Args) == 3 {
					l.keep(l.bare, n.Args[2], info)
				}
				for _, arg := range n.Args { // a page's piece takes texts that T has been over
					if isPiece(info.TypeOf(n)) && types.Identical(info.TypeOf(arg), types.Typ[types.String]) {
						l.keep(l.bare, arg, info)
					}
				}
			case ast.Expr:
				whole := l.keep(l.all, n, info)
				if isSay(info.TypeOf(n), "Key") {
					l.keep(l.keys, n, info)
				} else if whole {
					l.route(constant.StringVal(info.Types[n].Value), n)
				}
				return !whole
			}
			return true
		})
	}
	return nil
}

var route = regexp.MustCompile(`^(GET|POST) /\S* `)

// route notes what a route is for, which stands behind its address.
func (l *literals) route(pattern string, n ast.Node) {
	if words := route.ReplaceAllString(pattern, ""); words != pattern {
		l.keys[words], l.all[words] = l.set.Position(n.Pos()).String(), l.set.Position(n.Pos()).String()
	}
}

// name notes a name that says nothing in English.
func (l *literals) name(info *types.Info, n *ast.CompositeLit) {
	english := len(n.Elts) == 2
	for _, e := range n.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			e = pair.Value
		}
		if text := info.Types[e].Value; text != nil && constant.StringVal(text) == "" {
			english = false
		}
	}
	if !english {
		for _, e := range n.Elts {
			l.keep(l.names, e, info)
			if pair, ok := e.(*ast.KeyValueExpr); ok {
				l.keep(l.names, pair.Value, info)
			}
		}
	}
}

// keep notes a constant that holds Chinese and says whether e is a text at all.
func (l *literals) keep(found map[string]string, e ast.Expr, info *types.Info) bool {
	value := info.Types[e].Value
	if value == nil || value.Kind() != constant.String {
		return false
	}
	text := constant.StringVal(value)
	if chinese(text) && found[text] == "" {
		found[text] = l.set.Position(e.Pos()).String()
	}
	return true
}

func isSay(t types.Type, name string) bool {
	named, ok := t.(*types.Named)
	return ok && named.Obj().Name() == name && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == sayPath
}

func isPiece(t types.Type) bool {
	named, ok := t.(*types.Named)
	return ok && named.Obj().Name() == "Component" && named.Obj().Pkg().Path() == "github.com/a-h/templ"
}

// chinese says whether a text has anything that an English reader should not meet: characters, or their punctuation.
func chinese(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		return unicode.Is(unicode.Han, r) || strings.ContainsRune("，。、；：！？（）《》", r)
	}) >= 0
}
