package opinion

// Where a remark is fixed: paragraph, clause and words. Paragraphs keep their ids from version to version, so a remark
// survives what is changed around it, and says so when its own words are gone.

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
)

// Paragraph is one paragraph of a version. ID stays as long as the paragraph does; Clause is the number it begins with.
type Paragraph struct {
	ID     string `json:"id"`
	Clause string `json:"clause,omitempty"`
	Text   string `json:"text"`
}

// Anchor is where a remark is fixed: the paragraph, its clause then, and the words remarked on in version Number.
type Anchor struct {
	Number    int    `json:"text_version"`
	Paragraph string `json:"paragraph"`
	Clause    string `json:"clause,omitempty"`
	Quote     string `json:"quote"`
}

// What has become of the words that a remark is on.
const (
	Here    = "here"
	Moved   = "moved"   // the words stand, the paragraph stands elsewhere
	Changed = "changed" // the paragraph stands, the words do not
	Gone    = "gone"    // the paragraph does not stand any more
)

const (
	maxParagraphs = 500
	maxParagraph  = 3000
)

var clauseText = regexp.MustCompile(`^(第[一二三四五六七八九十百千零〇\d]+[编章节条款项]|[一二三四五六七八九十]+、|` +
	`[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])`)

// Split cuts a text into paragraphs and gives those that stood in the version before their ids again: the same words
// first, then, between those, paragraphs that say nearly the same.
func Split(text string, before []Paragraph) ([]Paragraph, error) {
	var now []Paragraph
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if longer(line, maxParagraph) {
			return nil, errs.Fields{"text": {Key: "有一段超过3000个字。请分段。"}}.Check("没有保存：有一段太长。")
		}
		now = append(now, Paragraph{Clause: clauseText.FindString(line), Text: line})
	}
	if len(now) == 0 {
		return nil, errs.Fields{"text": {Key: "请写正文。"}}.Check("没有保存：请写正文。")
	}
	if len(now) > maxParagraphs {
		return nil, errs.Fields{"text": {Key: "最多500段。请分成几个文本。"}}.Check("没有保存：段落太多。")
	}
	same(before, now)
	last := 0
	for _, p := range before {
		n, _ := strconv.Atoi(strings.TrimPrefix(p.ID, "p"))
		last = max(last, n)
	}
	for i := range now {
		if now[i].ID == "" {
			last++
			now[i].ID = "p" + strconv.Itoa(last)
		}
	}
	return now, nil
}

// same hands the ids of before on to the paragraphs of now that are the same.
func same(before, now []Paragraph) {
	taken := make([]bool, len(before))
	for i := range now { // word for word, wherever it stands
		for j, p := range before {
			if !taken[j] && p.Text == now[i].Text {
				now[i].ID, taken[j] = p.ID, true
				break
			}
		}
	}
	for i := range now { // changed, the most alike first
		if now[i].ID != "" {
			continue
		}
		best, at := 40, -1
		for j, p := range before {
			if taken[j] {
				continue
			}
			if alike := likeness(p.Text, now[i].Text); alike > best {
				best, at = alike, j
			}
		}
		if at >= 0 {
			now[i].ID, taken[at] = before[at].ID, true
		}
	}
}

// likeness is how much two texts have in common, in percent: pairs of characters that both have.
func likeness(a, b string) int {
	pairs := map[string]int{}
	n := 0
	r := []rune(a)
	for i := 1; i < len(r); i++ {
		pairs[string(r[i-1:i+1])]++
		n++
	}
	r, common := []rune(b), 0
	for i := 1; i < len(r); i++ {
		pair := string(r[i-1 : i+1])
		if pairs[pair] > 0 {
			pairs[pair]--
			common++
		}
		n++
	}
	if n == 0 {
		return 0
	}
	return 200 * common / n
}

// Find says what has become of a remark's words in a text, and the paragraph as it stands now. first is the version
// that was remarked on.
func (a Anchor) Find(first, now []Paragraph) (string, Paragraph) {
	at := func(all []Paragraph) int {
		return slices.IndexFunc(all, func(p Paragraph) bool { return p.ID == a.Paragraph })
	}
	i := at(now)
	switch {
	case i < 0:
		return Gone, Paragraph{}
	case !strings.Contains(now[i].Text, a.Quote):
		return Changed, now[i]
	case neighbour(now, i) != neighbour(first, at(first)):
		return Moved, now[i]
	}
	return Here, now[i]
}

// neighbour is the paragraph that a paragraph follows.
func neighbour(all []Paragraph, i int) string {
	if i <= 0 {
		return ""
	}
	return all[i-1].ID
}
