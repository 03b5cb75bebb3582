package part

// Finds every Chinese text that the program says, by reading its source: the test of the dictionary rests on it.

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// Literals are the Chinese texts of a source tree, each with the place where it first stands.
type Literals struct {
	Keys map[string]string // texts that a user may read, so that the dictionary must have them
	All  map[string]string // every Chinese text, read by users or not
	Bare map[string]string // texts that a page shows in both languages, because they stand outside of T
}

// Keys reads all Go files below the root of fsys, the generated pages among them, tests left out. A key is the
// Chinese text in a call of T, In or one of their short forms (speaking), of an errs function or Check, or in a
// field Msg; the words of a route's pattern; the heads of a table to be saved; what a list says; a message put into a
// field of errs.Fields; and every Chinese text inside a function, method, variable or constant whose name ends in Word
// or Words.
func Keys(fsys fs.FS) (Literals, error) {
	l := Literals{map[string]string{}, map[string]string{}, map[string]string{}}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, source, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			l.read(decl, func(n ast.Node) string { return set.Position(n.Pos()).String() })
		}
		return nil
	})
	return l, err
}

func (l Literals) read(decl ast.Decl, place func(ast.Node) string) {
	keep(l.All, place, decl)
	if named(decl) {
		keep(l.Keys, place, decl)
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			switch called := nameOf(n.Fun); {
			case called == "WriteString" && isMarkup(n.Fun):
				keep(l.Bare, place, texts(n.Args)...)
			case speaking.MatchString(called):
				keep(l.Keys, place, texts(n.Args)...)
			}
		case *ast.BasicLit:
			if pattern, ok := constant(n); ok && route.MatchString(pattern) {
				words := route.ReplaceAllString(pattern, "")
				l.Keys[words], l.All[words] = place(n), place(n)
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Msg" {
				keep(l.Keys, place, texts([]ast.Expr{n.Value})...)
			}
		case *ast.CompositeLit:
			if strings.HasSuffix(nameOf(n.Type), "Fields") {
				keep(l.Keys, place, texts(values(n))...)
			}
			if list, ok := n.Type.(*ast.ArrayType); ok && nameOf(list.Elt) == "Column" || ofLists(n.Type) {
				keep(l.Keys, place, n)
			}
		case *ast.AssignStmt:
			if index, ok := n.Lhs[0].(*ast.IndexExpr); ok &&
				strings.Contains(strings.ToLower(nameOf(index.X)), "fields") {
				keep(l.Keys, place, texts(n.Rhs)...)
			}
		}
		return true
	})
}

var speaking = regexp.MustCompile(`^(T|t|In|say|because|words|Check|(Invalid|Denied|Missing|Conflict)f)$`)

// route is the address at the head of a route's pattern, before what the route is for.
var route = regexp.MustCompile(`^(GET|POST) /\S* `)

// keep notes every Chinese text below nodes. One that is joined to something else with + is only a piece.
func keep(found map[string]string, place func(ast.Node) string, nodes ...ast.Node) {
	for _, node := range nodes {
		ast.Inspect(node, func(n ast.Node) bool {
			if sum, ok := n.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
				if _, whole := constant(sum); !whole {
					keep(found, place, calls(sum)...)
					return false
				}
			}
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			text, whole := constant(e)
			if whole && strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0 {
				if _, known := found[text]; !known {
					found[text] = place(e)
				}
			}
			return !whole
		})
	}
}

// constant is the value of a string literal, or of several joined.
func constant(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		left, ok := constant(e.X)
		right, also := constant(e.Y)
		return left + right, ok && also && e.Op == token.ADD
	}
	return "", false
}

// calls are the operands of a sum that may hold texts of their own.
func calls(sum *ast.BinaryExpr) (found []ast.Node) {
	for _, e := range []ast.Expr{sum.X, sum.Y} {
		if _, literal := e.(*ast.BasicLit); !literal {
			found = append(found, e)
		}
	}
	return found
}

func named(decl ast.Decl) bool {
	words := func(name string) bool { return strings.HasSuffix(name, "Word") || strings.HasSuffix(name, "Words") }
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		return words(decl.Name.Name)
	case *ast.GenDecl:
		for _, spec := range decl.Specs {
			if v, ok := spec.(*ast.ValueSpec); ok && words(v.Names[0].Name) {
				return true
			}
		}
	}
	return false
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// ofLists says whether a type is one of package list's, or a slice of them: what a list says stands there.
func ofLists(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ArrayType:
		return ofLists(e.Elt)
	case *ast.IndexExpr:
		return ofLists(e.X)
	case *ast.SelectorExpr:
		return nameOf(e.X) == "list"
	}
	return false
}

// isMarkup tells the markup of a generated page from other writing.
func isMarkup(fun ast.Expr) bool {
	selector, ok := fun.(*ast.SelectorExpr)
	return ok && nameOf(selector.X) == "templruntime"
}

// texts are the constants that stand directly among es; what a call inside says is that call's.
func texts(es []ast.Expr) (found []ast.Node) {
	for _, e := range es {
		if _, ok := constant(e); ok {
			found = append(found, e)
		}
	}
	return found
}

func values(c *ast.CompositeLit) (found []ast.Expr) {
	for _, e := range c.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			found = append(found, pair.Value)
		}
	}
	return found
}
