package internal

// Every finding that a verification can make has words in both languages, and no words are left over.

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"yipanqi/internal/journal"
)

func TestFindingsHaveWords(t *testing.T) {
	t.Parallel()
	said := journal.Codes()
	used := map[string]bool{}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil {
					used[text] = true
				}
			}
			pair, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			name, ok := pair.Key.(*ast.Ident)
			lit, isText := pair.Value.(*ast.BasicLit)
			if ok && isText && name.Name == "Code" && lit.Kind == token.STRING {
				code, _ := strconv.Unquote(lit.Value)
				if strings.Contains(code, ".") && said[code] == [2]string{} {
					t.Errorf("%s: finding %s has no words in journal/findings.csv", s.set.Position(lit.Pos()), code)
				}
			}
			return true
		})
	}
	for code, words := range said {
		if words[0] == "" || words[1] == "" || !used[code] {
			t.Errorf("journal/findings.csv: %s lacks a language or is used nowhere", code)
		}
	}
}
