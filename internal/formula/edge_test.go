package formula

// What is just allowed, and what is just too much: the edges that a mutation run found unguarded.

import (
	"strings"
	"testing"
)

func TestEdgesOfFormulas(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"A/B":                   true,
		"AZ09_Z9/Z0":            true,
		"/A":                    false,
		"*A":                    false,
		"A//B":                  false,
		"A/*B":                  false,
		strings.Repeat("A", 60): true,
		strings.Repeat("A", 61): false,
		deep(maxFormula / 4):    true,
		strings.Repeat("A+", maxFormula/2-1) + "A": true,
		padded("A", maxFormula):                    true,
		padded("A", maxFormula+1):                  false,
	} {
		if _, err := Parse(text); (err == nil) != want {
			t.Errorf("%.40q (%d characters): %v, want it accepted: %t", text, len(text), err, want)
		}
	}
	if f, err := Parse("A"); err != nil || f.IsZero() || !(Formula{}).IsZero() {
		t.Errorf("IsZero tells a formula from none: %v", err)
	}
	if !ValidElement(strings.Repeat("A", 60)) || ValidElement(strings.Repeat("A", 61)) {
		t.Error("a code may have 60 characters")
	}
}

// deep is a sum of n numbers, nested to the right as far as it goes.
func deep(n int) string { return strings.Repeat("(A+", n-1) + "A" + strings.Repeat(")", n-1) }

func padded(text string, n int) string { return text + strings.Repeat(" ", n-len(text)) }
