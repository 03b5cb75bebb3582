package exchange

import (
	"os"
	"strings"
	"testing"
)

func TestEveryFileAndColumnIsExplained(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/import.md")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	for _, s := range sources() {
		explained := ""
		for _, line := range lines {
			if strings.HasPrefix(line, "| `"+s.file+"`") {
				explained = line
			}
		}
		if explained == "" {
			t.Errorf("docs/import.md has no row for %s", s.file)
		}
		for _, c := range s.list() {
			words := c.chinese + " / " + c.name
			if c.needed {
				words = "**" + words + "**"
			}
			if !strings.Contains(explained, words) {
				t.Errorf("docs/import.md, %s: no %s", s.file, words)
			}
		}
	}
}
