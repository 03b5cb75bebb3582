package document_test

// Pages measure as GB/T 9704-2012 asks, in LibreOffice's own print: text area, lines, page numbers, attachments,
// signature. Its find and near serve head_test.go.

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"yipanqi/internal/document"
	"yipanqi/internal/document/doctest"
)

// GB/T 9704-2012 in points: A4, and the text area of 156 × 225 mm on it.
const (
	mm     = 72 / 25.4
	left   = 28 * mm
	right  = left + 156*mm
	top    = 37 * mm
	bottom = top + 225*mm
	pitch  = 28.0
)

func pages(t *testing.T, d document.Document) []doctest.Page {
	t.Helper()
	return doctest.Pages(t, doctest.PDF(t, write(t, d)))
}

// textArea is what stands between header and footer, from top to bottom.
func textArea(p doctest.Page) []doctest.Line {
	lines := slices.DeleteFunc(slices.Clone(p.Lines),
		func(l doctest.Line) bool { return l.Bottom < top || l.Top > bottom })
	slices.SortStableFunc(lines, func(a, b doctest.Line) int { return int(math.Copysign(1, a.Top-b.Top)) })
	return lines
}

func find(t *testing.T, p doctest.Page, text string) doctest.Line {
	t.Helper()
	for _, l := range p.Lines {
		if strings.ReplaceAll(l.Text, " ", "") == text {
			return l
		}
	}
	t.Fatalf("no line %q on a page that says %q", text, p.Text())
	return doctest.Line{}
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance {
		t.Errorf("%s is at %.2f pt, want %.2f ± %.2f", what, got, want, tolerance)
	}
}

// characters counts what a line holds; poppler takes a wide gap for a space.
func characters(l doctest.Line) int {
	return utf8.RuneCountInString(strings.ReplaceAll(l.Text, " ", ""))
}

func TestTextArea(t *testing.T) {
	t.Parallel()
	ps := pages(t, document.Document{
		Title: "关于测量版心的报告", Sample: "演示样稿",
		Blocks: []document.Block{document.Text(strings.Repeat("天地玄黄宇宙洪荒日月盈昃辰宿列张", 28*22*3/16))},
	})
	if len(ps) != 4 {
		t.Fatalf("%d pages, want 4", len(ps))
	}
	near(t, "the width of the page", ps[0].Width, 210*mm, 0.5)
	near(t, "the height of the page", ps[0].Height, 297*mm, 0.5)

	first := textArea(ps[0])
	near(t, "the middle of the title", (first[0].Left+first[0].Right)/2, (left+right)/2, mm)
	near(t, "the first line's indent", first[1].Left-left, 32, 0.5)
	if n := characters(first[1]); n != 26 {
		t.Errorf("an indented line holds %d characters, want 26", n)
	}
	for _, p := range ps[1:3] {
		lines := textArea(p)
		if len(lines) != 22 {
			t.Fatalf("a full page holds %d lines, want 22", len(lines))
		}
		// LibreOffice stands characters at the foot of an exact line.
		near(t, "the top of the text area", lines[0].Bottom-pitch, top, mm)
		for i, l := range lines {
			if n := characters(l); n != 28 {
				t.Errorf("line %d holds %d characters, want 28: %s", i+1, n, l.Text)
			}
			near(t, "the left margin", l.Left, left, mm)
			near(t, "the right margin", l.Right, right, mm)
			if i > 0 {
				near(t, "the distance of two lines", l.Top-lines[i-1].Top, pitch, 0.2)
			}
		}
	}

	for i, p := range ps {
		number := find(t, p, []string{"—1—", "—2—", "—3—", "—4—"}[i])
		near(t, "the height of the page number", (number.Top+number.Bottom)/2, bottom+7*mm, mm)
		if i%2 == 0 {
			near(t, "an odd page number's end", number.Right, right-14, mm)
		} else {
			near(t, "an even page number's start", number.Left, left+14, mm)
		}
		if mark := find(t, p, "演示样稿"); mark.Bottom > top {
			t.Errorf("the sample mark of page %d stands in the text", i+1)
		}
	}
}

func TestAttachmentWithLongTable(t *testing.T) {
	t.Parallel()
	const rows = 40
	d := small()
	d.Attachments[0].Blocks = []document.Block{sources(rows)}
	ps := pages(t, d)
	if len(ps) < 5 {
		t.Fatalf("%d pages, want the letter, a table of three pages or more and another attachment", len(ps))
	}
	label, title := find(t, ps[1], "附件1"), find(t, ps[1], "数据来源")
	if first := textArea(ps[1])[0]; label.Top != first.Top {
		t.Errorf("附件1 does not open its page, %q does", first.Text)
	}
	near(t, "附件1", label.Left, left, mm)
	near(t, "the middle of the attachment's title", (title.Left+title.Right)/2, (left+right)/2, mm)
	near(t, "the attachment's title below 附件1", title.Bottom-label.Bottom, pitch+36, 4) // its line is 36 pt high
	find(t, ps[len(ps)-1], "附件2")

	digits := 0
	for i, p := range ps[1 : len(ps)-1] {
		digits += strings.Count(p.Text(), "f")
		if !strings.Contains(p.Text(), "指标") || !strings.Contains(p.Text(), "摘要") {
			t.Errorf("page %d does not repeat the table's header: %q", i+2, p.Text())
		}
		for _, l := range p.Lines {
			if l.Left < left-1 || l.Right > right+1 {
				t.Errorf("%q lies outside the text area: %.1f to %.1f", l.Text, l.Left, l.Right)
			}
		}
	}
	if digits != rows*64 {
		t.Errorf("the digests show %d digits, want %d", digits, rows*64)
	}
}

func TestSignature(t *testing.T) {
	t.Parallel()
	const date = "二〇一八年十二月三十一日"
	for _, c := range []struct {
		issuer   string
		dateEnds bool // the date is longer and ends two characters before the margin, not the issuer
	}{
		{"示范市演示委员会", true},
		{"示范市人民政府妇女儿童工作委员会办公室", false},
	} {
		p := pages(t, document.Document{Title: "报告", Issuer: c.issuer, Date: date})[0]
		issuer, on := find(t, p, c.issuer), find(t, p, date)
		near(t, "the date's start after the issuer's", on.Left-issuer.Left, 32, 0.5)
		longer := issuer
		if c.dateEnds {
			longer = on
		}
		near(t, "the end of the longer line", longer.Right, right-32, 1)
	}
}
