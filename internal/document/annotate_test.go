package document_test

// A comment covers just the words it is about, whatever runs Word made of them, and all else of the file stays as it
// was. What LibreOffice makes of it: comments_layout_test.go.

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"yipanqi/internal/document"
	"yipanqi/internal/errs"
)

var noted = time.Date(2019, 1, 31, 9, 30, 0, 0, time.UTC)

const (
	types   = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`
	wordEnd = `</w:body></w:document>`
)

// word makes a package of the body of a document and further parts.
func word(t testing.TB, body string, parts ...string) []byte {
	return pack(t, append([]string{"[Content_Types].xml", types, "_rels/.rels", rels, "w/main.xml",
		open + body + wordEnd}, parts...)...)
}

func readText(t testing.TB, name string, body []byte) string {
	t.Helper()
	text, err := document.ReadText(name, body)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// on is a note on the first place of words in text.
func on(t testing.TB, text, words string, level document.Level) document.Note {
	t.Helper()
	at := strings.Index(text, words)
	if at < 0 {
		t.Fatalf("no %q in %q", words, text)
	}
	start := utf8.RuneCountInString(text[:at])
	return document.Note{Start: start, End: start + utf8.RuneCountInString(words), Author: "核对",
		Text: "on " + words, Level: level}
}

// annotate also holds that the text stays what it was.
func annotate(t testing.TB, original []byte, notes ...document.Note) ([]byte, int) {
	t.Helper()
	var b bytes.Buffer
	missed, err := document.Annotate(&b, original, notes, noted)
	if err != nil {
		t.Fatal(err)
	}
	if before, after := readText(t, "", original), readText(t, "", b.Bytes()); before != after {
		t.Fatalf("the text was\n%q and is\n%q", before, after)
	}
	return b.Bytes(), missed
}

func TestAnnotateGolden(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, body, words, want string }{
		{"the middle of a run", `<w:p><w:r w:rsidR="1"><w:rPr><w:b/><w:lang/></w:rPr><w:t>共12人&amp;</w:t></w:r></w:p>`, "12",
			`<w:p><w:r w:rsidR="1"><w:rPr><w:b/><w:lang/></w:rPr><w:t xml:space="preserve">共</w:t></w:r><w:commentRangeStart w:id="0"/>` +
				`<w:r w:rsidR="1"><w:rPr><w:b/>SHADE<w:lang/></w:rPr><w:t xml:space="preserve">12</w:t></w:r>` +
				`<w:commentRangeEnd w:id="0"/><w:r><w:rPr><w:b/><w:lang/></w:rPr><w:commentReference w:id="0"/></w:r>` +
				`<w:r w:rsidR="1"><w:rPr><w:b/><w:lang/></w:rPr><w:t xml:space="preserve">人&amp;</w:t></w:r></w:p>`},
		{"over runs", `<w:p><w:r><w:t>共1</w:t></w:r><w:proofErr/><w:r><w:rPr/><w:t>2.</w:t></w:r><w:r><w:t>5%</w:t><w:br/><w:t>。</w:t></w:r></w:p>`, "12.5%",
			`<w:p><w:r><w:t xml:space="preserve">共</w:t></w:r><w:commentRangeStart w:id="0"/><w:r><w:rPr>SHADE</w:rPr><w:t xml:space="preserve">1</w:t></w:r><w:proofErr/>` +
				`<w:r><w:rPr>SHADE</w:rPr><w:t>2.</w:t></w:r><w:r><w:rPr>SHADE</w:rPr><w:t>5%</w:t></w:r><w:commentRangeEnd w:id="0"/>` +
				`<w:r><w:commentReference w:id="0"/></w:r><w:r><w:br/><w:t>。</w:t></w:r></w:p>`},
		{"a hyperlink and tracked changes", `<w:p><w:ins w:id="1"><w:r><w:t>1</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>9</w:delText></w:r></w:del>` +
			`<w:hyperlink><w:r><w:rPr><w:highlight w:val="cyan"/><w:rPrChange w:id="3"><w:rPr/></w:rPrChange></w:rPr><w:t>23</w:t></w:r></w:hyperlink></w:p>`, "12",
			`<w:p><w:ins w:id="1"><w:commentRangeStart w:id="0"/><w:r><w:rPr>SHADE</w:rPr><w:t>1</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>9</w:delText></w:r></w:del>` +
				`<w:hyperlink><w:r><w:rPr>SHADE<w:rPrChange w:id="3"><w:rPr/></w:rPrChange></w:rPr><w:t xml:space="preserve">2</w:t></w:r><w:commentRangeEnd w:id="0"/>` +
				`<w:r><w:rPr><w:highlight w:val="cyan"/></w:rPr><w:commentReference w:id="0"/></w:r>` +
				`<w:r><w:rPr><w:highlight w:val="cyan"/><w:rPrChange w:id="3"><w:rPr/></w:rPrChange></w:rPr><w:t xml:space="preserve">3</w:t></w:r></w:hyperlink></w:p>`},
		{"a cell", `<w:tbl><w:tr><w:tc><w:p><w:r><w:t>率</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>`, "12",
			`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>率</w:t></w:r></w:p></w:tc><w:tc><w:p><w:commentRangeStart w:id="0"/><w:r><w:rPr>SHADE</w:rPr><w:t>12</w:t></w:r>` +
				`<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>`},
		{"a text box", `<w:p><w:r><w:t>a</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>共12</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>`, "12",
			`<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>a</w:t><w:pict><w:txbxContent><w:p><w:r><w:t xml:space="preserve">共</w:t></w:r><w:r><w:rPr>SHADE</w:rPr><w:t xml:space="preserve">12</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>` +
				`<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`},
		{"a formula", `<w:p><m:oMath><m:r><m:t>12</m:t></m:r></m:oMath></w:p>`, "12",
			`<w:p><w:commentRangeStart w:id="0"/><m:oMath><m:r><m:t>12</m:t></m:r></m:oMath><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`},
	} {
		original := word(t, c.body)
		got, missed := annotate(t, original, on(t, readText(t, "", original), c.words, document.Wrong))
		want := open + strings.ReplaceAll(c.want, "SHADE",
			`<w:shd w:val="clear" w:color="auto" w:fill="F8CBAD"/>`) + wordEnd
		if xml := part(t, got, "w/main.xml"); xml != want || missed != 0 {
			t.Errorf("%s: missed %d, got\n%s\nwant\n%s", c.name, missed, xml, want)
		}
	}
}

func TestAnnotateAddsTheComments(t *testing.T) {
	t.Parallel()
	original := word(t, `<w:p><w:r><w:t>共12人</w:t></w:r></w:p>`, "w/other.bin", "\x00\x01")
	note := on(t, "共12人", "12", document.Good)
	note.Text = "核对一致：\n<a> & b"
	got, _ := annotate(t, original, note)
	for name, want := range map[string]string{
		"[Content_Types].xml":   `<Override PartName="/w/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/></Types>`,
		"w/_rels/main.xml.rels": `<Relationship Id="comments" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="/w/comments.xml"/></Relationships>`,
		"w/comments.xml":        `<w:comment w:id="0" w:author="核对" w:date="2019-01-31T09:30:00Z" w:initials="核">`,
		"w/other.bin":           "\x00\x01",
	} {
		if xml := part(t, got, name); !strings.Contains(xml, want) {
			t.Errorf("no %s in %s: %s", want, name, xml)
		}
	}
	comments := part(t, got, "w/comments.xml")
	if strings.Count(comments, "<w:p>") != 2 || !strings.Contains(comments, "&lt;a&gt; &amp; b<") {
		t.Errorf("two lines became %s", comments)
	}
}

func TestAnnotateKeepsOldComments(t *testing.T) {
	t.Parallel()
	for name, old := range map[string]string{
		"some": `<x:comments xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><x:comment x:id="7"><x:p/></x:comment></x:comments>`,
		"none": `<x:comments xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>`,
	} {
		original := word(t, `<w:p><w:commentRangeStart w:id="8"/><w:r><w:t>共12人</w:t></w:r><w:commentRangeEnd w:id="8"/></w:p>`,
			"w/_rels/main.xml.rels", `<Relationships><Relationship Type="http://x/comments" Target="notes/c.xml"/></Relationships>`, "w/notes/c.xml", old)
		got, _ := annotate(t, original, on(t, "共12人", "12", document.Good), on(t, "共12人", "人", document.Good))
		comments := part(t, got, "w/notes/c.xml")
		for _, want := range []string{`<x:comment x:id="9"`, `<x:comment x:id="10"`, `</x:comment></x:comments>`} {
			if !strings.Contains(comments, want) {
				t.Errorf("%s: no %s in %s", name, want, comments)
			}
		}
		if strings.Contains(old, "7") && !strings.Contains(comments, `<x:comment x:id="7"><x:p/></x:comment>`) {
			t.Errorf("the old comment is gone: %s", comments)
		}
		if got := part(t, got, "[Content_Types].xml"); got != types {
			t.Errorf("the types changed: %s", got)
		}
	}
}

func TestAnnotateFootnotes(t *testing.T) {
	t.Parallel()
	original := word(t, `<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>`, "w/footnotes.xml",
		`<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2"><w:p><w:r><w:t>注12</w:t></w:r></w:p></w:footnote>`+
			`<w:footnote w:id="3"><w:p><w:r><w:t>无主34</w:t></w:r></w:p></w:footnote></w:footnotes>`)
	text := readText(t, "", original)
	got, missed := annotate(t, original, on(t, text, "12", document.Near), on(t, text, "34", document.Near),
		document.Note{Start: 99, End: 100}, document.Note{Start: -1, End: 1}, document.Note{Start: 1, End: 1},
		document.Note{Start: 2, End: 3})
	if missed != 5 {
		t.Errorf("missed %d, want 5", missed)
	}
	if xml := part(t, got, "w/main.xml"); !strings.Contains(xml,
		`<w:commentRangeStart w:id="0"/><w:r><w:footnoteReference w:id="2"/></w:r><w:commentRangeEnd w:id="0"/>`) {
		t.Errorf("the comment is not at the number: %s", xml)
	}
	if xml := part(t, got, "w/footnotes.xml"); strings.Contains(xml, "comment") ||
		!strings.Contains(xml, `<w:rPr><w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/></w:rPr><w:t xml:space="preserve">12<`) {
		t.Errorf("the footnote is %s", xml)
	}
	if xml := part(t, got, "w/comments.xml"); !strings.Contains(xml, "脚注中的“12”：on 12") {
		t.Errorf("the comment is %s", xml)
	}
}

func TestAnnotateWithoutNotesCopies(t *testing.T) {
	t.Parallel()
	original := write(t, small())
	if got, _ := annotate(t, original); !bytes.Equal(got, original) {
		t.Error("the copy differs")
	}
	got, _ := annotate(t, original, on(t, readText(t, "", original), "16.5%", document.Good))
	again, _ := annotate(t, original, on(t, readText(t, "", original), "16.5%", document.Good))
	if !bytes.Equal(got, again) {
		t.Error("the same notes gave different bytes")
	}
	for _, name := range []string{"word/styles.xml", "word/settings.xml", "docProps/core.xml"} {
		if part(t, got, name) != part(t, original, name) {
			t.Errorf("%s changed", name)
		}
	}
}

var escaper = strings.NewReplacer("<", "&lt;", "&", "&amp;")

// covered is the text between the marks of a comment, read independently of the product.
func covered(t *rapid.T, docx []byte, id string) string {
	z, err := zip.NewReader(bytes.NewReader(docx), int64(len(docx)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("w/main.xml")
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(content), `<w:commentRangeStart w:id="`+id+`"/>`)
	between, _, ok2 := strings.Cut(after, `<w:commentRangeEnd w:id="`+id+`"/>`)
	if !ok || !ok2 {
		t.Fatalf("comment %s has no range in %s", id, content)
	}
	var text strings.Builder
	for _, piece := range strings.Split(between, "<w:t")[1:] {
		_, rest, _ := strings.Cut(piece, ">")
		inner, _, _ := strings.Cut(rest, "</w:t>")
		if raw, ok := strings.CutPrefix(inner, "<![CDATA["); ok {
			inner = escaper.Replace(strings.TrimSuffix(raw, "]]>"))
		}
		text.WriteString(inner)
	}
	return strings.NewReplacer("&lt;", "<", "&amp;", "&", "&gt;", ">", "&#34;", `"`, "&#39;",
		"'").Replace(text.String())
}

// Whatever the runs, a comment covers exactly its span and nothing else changes.
func TestAnnotateAnySpan(t *testing.T) {
	t.Parallel()
	letters := rapid.StringMatching(`[0-9.%年<&"人\x{1F600}]{0,6}`)
	rapid.Check(t, func(t *rapid.T) {
		var body strings.Builder
		var lines []string
		for range rapid.IntRange(1, 3).Draw(t, "paragraphs") {
			line := ""
			body.WriteString(`<w:p>`)
			for range rapid.IntRange(1, 4).Draw(t, "runs") {
				piece := letters.Draw(t, "text")
				line += piece
				xml := `<w:r><w:rPr><w:b/></w:rPr><w:t>` + escaper.Replace(piece) + `</w:t></w:r>`
				if rapid.Bool().Draw(t, "two") {
					more := letters.Draw(t, "more")
					line += more
					xml = strings.TrimSuffix(xml, "</w:r>") +
						`<w:lastRenderedPageBreak/><w:t><![CDATA[` + more + `]]></w:t></w:r>`
				}
				switch rapid.IntRange(0, 3).Draw(t, "around") {
				case 1:
					xml = `<w:hyperlink>` + xml + `</w:hyperlink>`
				case 2:
					xml = `<w:ins>` + xml + `</w:ins><w:del><w:r><w:delText>9</w:delText></w:r></w:del>`
				}
				body.WriteString(xml)
			}
			body.WriteString(`</w:p>`)
			if line != "" {
				lines = append(lines, line)
			}
		}
		if len(lines) == 0 {
			return
		}
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i, name := range []string{"[Content_Types].xml", "_rels/.rels", "w/main.xml"} {
			f, _ := z.Create(name)
			io.WriteString(f, []string{types, rels, open + body.String() + wordEnd}[i])
		}
		z.Close()
		text, err := document.ReadText("", b.Bytes())
		if err != nil || text != strings.Join(lines, "\n") {
			t.Fatalf("read %q, %v", text, err)
		}
		runes := []rune(text)
		var notes []document.Note
		for range rapid.IntRange(1, 4).Draw(t, "notes") {
			start := rapid.IntRange(0, len(runes)-1).Draw(t, "start")
			end := rapid.IntRange(start+1, len(runes)).Draw(t, "end")
			notes = append(notes, document.Note{Start: start, End: end, Author: "a", Text: "b",
				Level: document.Level(rapid.IntRange(0, 6).Draw(t, "level"))})
		}
		var out bytes.Buffer
		missed, err := document.Annotate(&out, b.Bytes(), notes, noted)
		if err != nil {
			t.Fatal(err)
		}
		again, err := document.ReadText("", out.Bytes())
		if err != nil || again != text {
			t.Fatalf("read again %q, %v", again, err)
		}
		slices.SortStableFunc(notes, func(a, b document.Note) int {
			if a.Start != b.Start {
				return a.Start - b.Start
			}
			return b.End - a.End
		})
		id := 0
		for _, n := range notes {
			want := strings.ReplaceAll(string(runes[n.Start:n.End]), "\n", "")
			if want == "" {
				missed--
				continue
			}
			if got := covered(t, out.Bytes(), string(rune('0'+id))); got != want {
				t.Fatalf("comment %d covers %q, want %q", id, got, want)
			}
			id++
		}
		if missed != 0 {
			t.Fatalf("missed %d too many", missed)
		}
	})
}

func TestMarked(t *testing.T) {
	t.Parallel()
	const text = "标题\n\n指标\t2017年\t\t2018年\n\n共12人\x00。\r\x7f\n"
	var b bytes.Buffer
	missed, err := document.Marked(&b, "年度报告.txt", text, []document.Note{
		on(t, text, "2018年", document.Near), on(t, text, "12", document.Wrong), on(t, text, "标题", document.Plain),
	}, noted)
	if err != nil || missed != 0 {
		t.Fatalf("missed %d, %v", missed, err)
	}
	if got := readText(t, "", b.Bytes()); got != "年度报告.txt\n标题\n指标\t2017年\t\t2018年\n共12人\uFFFD。\uFFFD\uFFFD" {
		t.Errorf("read %q", got)
	}
	xml := part(t, b.Bytes(), "word/document.xml")
	for id, want := range map[string]string{"0": "标题", "1": "2018年", "2": "12"} {
		_, after, _ := strings.Cut(xml, `<w:commentRangeStart w:id="`+id+`"/>`)
		between, _, _ := strings.Cut(after, `<w:commentRangeEnd w:id="`+id+`"/>`)
		if !strings.Contains(between, ">"+want+"</w:t>") || strings.Count(between, "<w:t") != 1 {
			t.Errorf("comment %s is on %s", id, between)
		}
	}
	if _, err := document.Marked(io.Discard, "", "", nil, noted); err != nil {
		t.Errorf("an empty text: %v", err)
	}
}

// Whatever ReadText returns, Marked takes.
func TestMarkedHasNoLimits(t *testing.T) {
	t.Parallel()
	for _, text := range []string{strings.Repeat("长", 1_500_000), strings.Repeat("长\n", 300_000)} {
		if missed, err := document.Marked(io.Discard, "", text, []document.Note{{Start: 7, End: 9}},
			noted); err != nil || missed != 0 {
			t.Errorf("%d bytes: missed %d, %v", len(text), missed, err)
		}
	}
}

func FuzzAnnotate(f *testing.F) {
	golden, err := os.ReadFile("testdata/document.xml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(golden), 3, 9)
	f.Add(open+`<w:p><w:r><w:t>共<b/>12</w:t><w:p><w:r><w:t>x</w:t></w:r></w:p></w:r></w:p>`+wordEnd, 0, 3)
	f.Fuzz(func(t *testing.T, xml string, start, end int) {
		docx := pack(t, "[Content_Types].xml", types, "_rels/.rels", rels, "w/main.xml", xml)
		text, err := document.ReadText("", docx)
		if err != nil {
			return
		}
		var b bytes.Buffer
		if _, err := document.Annotate(&b, docx,
			[]document.Note{{Start: start, End: end, Level: document.Near}}, noted); err != nil {
			if errs.KindOf(err) != errs.Invalid {
				t.Errorf("%v is not a refusal", err)
			}
			return
		}
		if again, err := document.ReadText("", b.Bytes()); err != nil || again != text {
			t.Errorf("read %q, then %q, %v", text, again, err)
		}
	})
}
