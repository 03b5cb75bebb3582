package document_test

// Charts of a document: what Word is given, what LibreOffice draws, and what is refused.

import (
	"bytes"
	"strings"
	"testing"

	"yipanqi/internal/document"
)

func charted() document.Chart {
	return document.Chart{Caption: "图1 各区覆盖率", Unit: "%", Categories: []string{"东岭区", "西川区", "全市"},
		Series: []document.Series{{Name: "覆盖率", Values: []string{"61.5", "", "58.04"}},
			{Name: "建档率", Values: []string{"70", "66.1", "-3"}}}}
}

// A chart stands in the text with its values as they were given; its words are printed.
func TestAChartIsDrawn(t *testing.T) {
	t.Parallel()
	d := document.Document{Title: "关于图的报告",
		Blocks: []document.Block{document.Text("见图。"), charted(), charted()}}
	part := part(t, write(t, d), "word/charts/chart2.xml")
	for _, want := range []string{"<c:v>58.04</c:v>",
		`<c:ptCount val="3"/><c:pt idx="0"><c:v>61.5</c:v></c:pt><c:pt idx="2">`, "<c:v>东岭区</c:v>"} {
		if !strings.Contains(part, want) {
			t.Errorf("the second chart has no %s", want)
		}
	}
	if ps := pages(t, d); len(ps) != 1 || strings.Count(ps[0].Text(), "图1各区覆盖率") != 2 ||
		strings.Count(ps[0].Text(), "西川区") != 2 || !strings.Contains(ps[0].Text(), "建档率") {
		t.Errorf("printed is %+v", ps)
	}
}

func TestChartsThatAreNone(t *testing.T) {
	t.Parallel()
	for what, spoil := range map[string]func(*document.Chart){
		"is no number":             func(c *document.Chart) { c.Series[0].Values[0] = "约60" },
		"has 2 values":             func(c *document.Chart) { c.Series[0].Values = []string{"1", "2"} },
		"has 0 series":             func(c *document.Chart) { c.Series = nil },
		"has 2 series of 0 values": func(c *document.Chart) { c.Categories = nil },
		`"1e5" in chart`:           func(c *document.Chart) { c.Series[1].Values[2] = "1e5" },
	} {
		c := charted()
		spoil(&c)
		err := document.Write(&bytes.Buffer{}, document.Document{Title: "报告", Blocks: []document.Block{c}})
		if err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("it says %v; want %s", err, what)
		}
	}
}
