package document

// The text of an HTML page as a browser shows it; scripts and hidden parts are no text.

import (
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"yipanqi/internal/errs"
)

// hypertext collects what a browser would show of an HTML page, as blocks.
type hypertext struct {
	into  []*[]*block
	rows  []*block // open rows
	below []*grown // of each open table
	taken int      // cells that stand below one of a row above
	text  strings.Builder
	space bool // before the next character
}

func readHTML(text string) ([]*block, error) {
	text, err := simpler(text)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, errs.Invalidf(rich)
	}
	var blocks []*block
	h := hypertext{into: []*[]*block{&blocks}}
	h.walk(root, false)
	h.end()
	return blocks, nil
}

// simpler is the page with spans for the elements that only format: html.Parse opens those anew in every paragraph
// that follows, so that a small page of them fills the memory. A page of too many tags is refused.
func simpler(text string) (string, error) {
	var b strings.Builder
	b.Grow(len(text))
	z := html.NewTokenizer(strings.NewReader(text))
	z.SetMaxBuf(maxToken)
	for found := 0; found <= maxMarkup; found++ {
		kind := z.Next()
		if kind == html.ErrorToken && z.Err() == io.EOF {
			return b.String(), nil
		}
		if kind == html.ErrorToken {
			break
		}
		raw := string(z.Raw())
		if kind == html.StartTagToken || kind == html.EndTagToken || kind == html.SelfClosingTagToken {
			name, more := z.TagName()
			if formatting[string(name)] {
				at := 1 // after < or </
				if kind == html.EndTagToken {
					at = 2
				}
				raw = raw[:at] + "span" + raw[at+len(name):]
			}
			for ; more; found++ {
				_, _, more = z.TagAttr()
			}
		}
		b.WriteString(raw)
	}
	return "", errs.Invalidf(manyTags)
}

var formatting = set("a b big code em font i nobr s small strike strong tt u")

var (
	unseen = set("head script style template noscript iframe object svg select textarea audio video canvas")
	blocky = set("html body p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot caption tr section article header " +
		"footer nav main aside blockquote pre address figure figcaption form fieldset legend hr details summary center td th")
	hidden = regexp.MustCompile(`(?i)display\s*:\s*none`)
)

func set(words string) map[string]bool {
	s := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		s[word] = true
	}
	return s
}

// walk visits a node and those below it; html.Parse nests at most 512.
func (h *hypertext) walk(n *html.Node, pre bool) {
	if n.Type == html.TextNode {
		h.add(n.Data, pre)
		return
	}
	if n.Type == html.ElementNode && (unseen[n.Data] || isHidden(n)) {
		return
	}
	if blocky[n.Data] {
		h.end()
		defer h.end()
	}
	switch n.Data {
	case "br":
		h.text.WriteByte('\n')
		h.space = false
	case "pre":
		pre = true
	case "table":
		h.below = append(h.below, &grown{})
		defer func() { h.below = h.below[:len(h.below)-1] }()
	case "tr":
		row := &block{cells: []*cell{}}
		h.put(row)
		h.rows = append(h.rows, row)
		if len(h.below) > 0 {
			h.below[len(h.below)-1].column = 0
		}
		defer func() {
			h.under(row)
			h.rows = h.rows[:len(h.rows)-1]
		}()
	case "td", "th":
		if len(h.rows) > 0 {
			c := &cell{span: spanOf(n, "colspan", 63)}
			row := h.rows[len(h.rows)-1]
			h.under(row)
			h.reach(row, c, spanOf(n, "rowspan", maxRows))
			h.into = append(h.into, &c.blocks)
			defer func() {
				h.end()
				h.into = h.into[:len(h.into)-1]
			}()
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		h.walk(child, pre)
	}
}

// maxRows is over how many rows a cell may reach; maxTaken cells in all may stand below one of a row above.
const maxRows, maxTaken = 1000, 100_000

// grown is where in its row a table is read, and for how many rows more a cell above takes each column.
type grown struct {
	column int
	rows   []int
}

func spanOf(n *html.Node, key string, most int) int {
	for _, a := range n.Attr {
		if a.Key == key {
			span, _ := strconv.Atoi(a.Val)
			return max(1, min(span, most))
		}
	}
	return 1
}

// under fills the next columns of the row that cells above reach down to: what follows stands behind them.
func (h *hypertext) under(row *block) {
	if len(h.below) == 0 {
		return
	}
	g := h.below[len(h.below)-1]
	for ; g.column < len(g.rows) && g.rows[g.column] > 0 && h.taken < maxTaken; g.column++ {
		g.rows[g.column]--
		h.taken++
		row.cells = append(row.cells, &cell{span: 1})
	}
}

// reach puts a cell into its row and takes its columns in so many rows, its own too.
func (h *hypertext) reach(row *block, c *cell, rows int) {
	row.cells = append(row.cells, c)
	if len(h.below) == 0 {
		return
	}
	g := h.below[len(h.below)-1]
	for at := g.column; rows > 1 && at < min(g.column+c.span, maxRows); at++ {
		for len(g.rows) <= at {
			g.rows = append(g.rows, 0)
		}
		g.rows[at] = rows - 1
	}
	g.column += c.span
}

func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "hidden" || a.Key == "style" && hidden.MatchString(a.Val) {
			return true
		}
	}
	return false
}

// add collapses white space as a browser does. A space that does not break is as good as any other here.
func (h *hypertext) add(text string, pre bool) {
	for _, r := range text {
		switch {
		case pre && r != '\u00A0':
			h.text.WriteRune(r)
		case strings.ContainsRune(" \t\n\r\f\u00A0", r):
			h.space = true
		default:
			if h.space && h.text.Len() > 0 && !strings.HasSuffix(h.text.String(), "\n") {
				h.text.WriteByte(' ')
			}
			h.space = false
			h.text.WriteRune(r)
		}
	}
}

// end ends the paragraph.
func (h *hypertext) end() {
	if text := strings.Trim(h.text.String(), "\n "); text != "" {
		h.put(line(text))
	}
	h.text.Reset()
	h.space = false
}

func (h *hypertext) put(b *block) {
	into := h.into[len(h.into)-1]
	*into = append(*into, b)
}
