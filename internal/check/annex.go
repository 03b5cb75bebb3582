package check

// A text without its annexes of evidence: digests and lists of receipts are no statistics.

import "regexp"

// What is a figure of a text: not what an annex of evidence lists, as the product's own reports carry one. Its numbers
// count rows, forms and steps of formulas, or repeat those of the text beside their digests.

var (
	annexHead = regexp.MustCompile(`(?m)^附件\d*[ \t]*$`)
	digest    = regexp.MustCompile(`\b[0-9a-f]{64}\b`)
)

// body is the text without its annexes of evidence: from the first one's head on, where digests follow.
func body(text string) string {
	for _, at := range annexHead.FindAllStringIndex(text, -1) {
		if next := annexHead.FindStringIndex(text[at[1]:]); next != nil {
			if digest.MatchString(text[at[1] : at[1]+next[0]]) {
				return text[:at[0]]
			}
		} else if digest.MatchString(text[at[1]:]) {
			return text[:at[0]]
		}
	}
	return text
}
