package letter

// The body of a letter as paragraphs and headings: what stands behind 一、 or （一） alone on a line is a heading, as
// people write it.

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Block is a paragraph, or a heading of level 1 (一、) or 2 （一）.
type Block struct {
	Level int
	Text  string
}

var headed = []*regexp.Regexp{regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、`),
	regexp.MustCompile(`^（[一二三四五六七八九十]{1,3}）`)}

const maxHeading = 40 // characters

// Blocks are the body's lines, each a block.
func Blocks(body string) (all []Block) {
	for line := range strings.SplitSeq(body, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		b := Block{Text: line}
		for i, pattern := range headed {
			if pattern.MatchString(line) && utf8.RuneCountInString(line) <= maxHeading &&
				!strings.ContainsAny(line, "。；！？") {
				b.Level = i + 1
			}
		}
		all = append(all, b)
	}
	return all
}
