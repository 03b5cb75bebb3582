package document_test

// What is written is the golden document.xml, byte for byte the same each time, and what has no sound form is not
// written. Its small, write and part serve the package's tests; looks are measured in layout_test.go.

import (
	"archive/zip"
	"bytes"
	"flag"
	"io"
	"os"
	"strings"
	"testing"

	"yipanqi/internal/document"
)

var update = flag.Bool("update", false, "write testdata/document.xml anew")

// small has one of everything.
func small() document.Document {
	return document.Document{
		Title: "示范市妇女儿童工作委员会\n关于2018年工作情况的报告", Number: "演示〔2018〕1号", Recipient: "市人民政府",
		Issuer: "演示单位", Date: "2018年12月31日", Sample: "演示样稿",
		Blocks: []document.Block{
			document.Heading{Level: 0, Text: "2018年工作总结"},
			document.Heading{Level: 1, Text: "一、总体情况"},
			document.Heading{Level: 2, Text: "（一）婚前医学检查"},
			document.Heading{Level: 3, Text: "1.进展"},
			document.Heading{Level: 4, Text: "（1）数据"},
			document.Paragraph{Runs: []document.Run{
				{Text: "全市检查率达到"}, {Text: "16.5%", Mark: true, Link: "#检查率"}, {Text: "，详见"},
				{Text: "网页", Bold: true, Link: "https://example.org/指标?a=1&b=2"}, {Text: "。"},
			}},
		},
		Attachments: []document.Attachment{
			{Title: "数据来源", Blocks: []document.Block{
				sources(1),
				document.Text("第二张表见下。"),
				document.Table{Columns: []document.Column{{Head: "区"}, {Head: "人数"}, {Head: "率"}}},
			}},
			{Title: "说明"},
		},
	}
}

func sources(rows int) document.Table {
	t := document.Table{Caption: "表1　数据来源", Columns: []document.Column{
		{Head: "指标", Width: 2}, {Head: "数值", Width: 1, Align: document.Right},
		{Head: "摘要", Width: 3, Align: document.Center},
	}}
	for i := range rows {
		anchor := ""
		if i == 0 {
			anchor = "检查率"
		}
		t.Rows = append(t.Rows, []document.Run{{Text: "检查率", Anchor: anchor}, {Text: "16.5%"},
			{Text: strings.Repeat("f", 64)}})
	}
	return t
}

func write(t testing.TB, d document.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := document.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func part(t *testing.T, docx []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestGolden(t *testing.T) {
	t.Parallel()
	got := part(t, write(t, small()), "word/document.xml")
	const golden = "testdata/document.xml"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("document.xml differs from %s; if that is intended, run go test -update.\n%s", golden, got)
	}
}

func TestSameBytes(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(write(t, small()), write(t, small())) {
		t.Error("the same document gave different bytes")
	}
}

func TestAddressIsEscaped(t *testing.T) {
	t.Parallel()
	rels := part(t, write(t, small()), "word/_rels/document.xml.rels")
	if want := `Target="https://example.org/%E6%8C%87%E6%A0%87?a=1&amp;b=2"`; !strings.Contains(rels, want) {
		t.Errorf("no %s in %s", want, rels)
	}
}

func TestSampleIsOnOddAndEvenPages(t *testing.T) {
	t.Parallel()
	docx := write(t, small())
	for _, name := range []string{"word/header_odd.xml", "word/header_even.xml"} {
		if !strings.Contains(part(t, docx, name), "演示样稿") {
			t.Errorf("%s lacks the sample mark", name)
		}
	}
}

func TestWriteRefuses(t *testing.T) {
	t.Parallel()
	run := func(r ...document.Run) document.Block { return document.Paragraph{Runs: r} }
	for name, block := range map[string]document.Block{
		"a link to nowhere":          run(document.Run{Text: "a", Link: "#b"}),
		"an anchor twice":            run(document.Run{Text: "a", Anchor: "b"}, document.Run{Text: "a", Anchor: "b"}),
		"an address of another kind": run(document.Run{Text: "a", Link: "javascript:alert(1)"}),
		"a broken address":           run(document.Run{Text: "a", Link: "http://%zz"}),
		"a heading too deep":         document.Heading{Level: 5, Text: "a"},
		"a heading below zero":       document.Heading{Level: -1, Text: "a"},
		"a table without columns":    document.Table{},
		"a row that is too short": document.Table{Columns: make([]document.Column, 2),
			Rows: [][]document.Run{{{Text: "a"}}}},
	} {
		d := document.Document{Title: "t", Attachments: []document.Attachment{{Title: "a",
			Blocks: []document.Block{block}}}}
		if err := document.Write(io.Discard, d); err == nil {
			t.Errorf("%s was written", name)
		}
	}
}

func TestNumerals(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{1: "一", 10: "十", 11: "十一", 20: "二十", 42: "四十二",
		99: "九十九", 100: "100"} {
		if got := document.Numeral(n); got != want {
			t.Errorf("%d counts as %s, want %s", n, got, want)
		}
	}
}
