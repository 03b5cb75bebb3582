package document

// Files made to exhaust the reader: each is small, and refused before it takes more memory than an honest one.

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/document/doctest"
	"yipanqi/internal/errs"
)

// enough is what reading one file may take, with what the collector has not yet found to be garbage.
const enough = 200 << 20

// made is a .docx whose body is one text again and again.
func made(t testing.TB, n int, text, before, after string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	write := func(name string, text ...string) {
		w, err := z.Create(name)
		for _, s := range text {
			if err == nil {
				_, err = io.WriteString(w, s)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	write(contentTypes, declaration+`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`)
	write("_rels/.rels", declaration+`<Relationships xmlns="`+relsURI+`"><Relationship Id="a" Type="`+relType+
		`officeDocument" Target="word/document.xml"/></Relationships>`)
	blocks := []string{declaration + `<w:document xmlns:w="` + wordURI + `"><w:body>` + before}
	for range n / 1000 {
		blocks = append(blocks, strings.Repeat(text, 1000))
	}
	write("word/document.xml", append(blocks, after+`</w:body></w:document>`)...)
	// as much as a ratio of 400 needs: the ratio alone must not be what saves us
	w, err := z.CreateHeader(&zip.FileHeader{Name: "word/media/image1.png", Method: zip.Store})
	if err != nil {
		t.Fatal(err)
	}
	w.Write(make([]byte, 1<<20))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHostileFilesTakeLittle(t *testing.T) {
	docx := func(n int, text string) []byte { return made(t, n, text, "", "") }
	page := func(n int, text, before string) []byte {
		return []byte("<!doctype html><html><body>" + before + strings.Repeat(text, n))
	}
	var parts bytes.Buffer
	z := zip.NewWriter(&parts)
	for i := range 70_000 {
		z.CreateHeader(&zip.FileHeader{Name: fmt.Sprint(i), Method: zip.Store})
	}
	z.Close()
	for _, f := range []struct {
		name string
		body []byte
	}{
		{"empty paragraphs.docx", docx(4_000_000, "<w:p/>")},
		{"empty runs.docx", made(t, 3_000_000, "<w:r/>", "<w:p>", "</w:p>")},
		{"tabs.docx", made(t, 3_000_000, "<w:tab/>", "<w:p><w:r>", "</w:r></w:p>")},
		{"text boxes.docx", made(t, 2_000_000, "<w:p><w:r><w:t/></w:r></w:p>", "<w:p><w:r>", "</w:r></w:p>")},
		{"cells.docx", made(t, 3_000_000, "<w:tc/>", "<w:tbl><w:tr>", "</w:tr></w:tbl>")},
		{"notes.docx", made(t, 1_000_000, "<w:footnoteReference/>", "<w:p>", "</w:p>")},
		{"unknown elements.docx", docx(8_000_000, "<a/>")},
		{"deep elements.docx", docx(3_000_000, "<a>")},
		{"a long text.docx", made(t, 40_000_000, "a", "<w:p><w:r><w:t>", "</w:t></w:r></w:p>")},
		{"attributes.docx", made(t, 4_000_000, ` a=""`, "<w:p", "/>")},
		{"spaces.docx", docx(100_000_000, " ")},
		{"parts.docx", parts.Bytes()},
		{"paragraphs.html", page(6_000_000, "<p>", "")},
		{"attributes.html", page(9_000_000, " a", "<p")},
		{"attributes of many.html", page(2_000_000, "<p a b>", "")},
		{"cells.html", page(4_000_000, "<td>", "<table><tr>")},
		{"cells.csv", bytes.Repeat([]byte(","), 1_999_999)},
		{"rows.csv", bytes.Repeat([]byte("a\n"), 999_999)},
		{"a long text.txt", bytes.Repeat([]byte("数"), 6_000_000)},
		{"a long text in GBK.txt", bytes.Repeat([]byte("\xca\xfd"), 10_000_000)},
	} {
		t.Run(f.name, func(t *testing.T) {
			most := doctest.Peak(t, func() {
				start := time.Now()
				_, err := ReadText(f.name, f.body)
				if errs.KindOf(err) != errs.Invalid || len(err.Error()) > 1000 ||
					strings.Contains(err.Error(), "没有文字") {
					t.Errorf("%.300v", err)
				}
				if took := time.Since(start); took > 30*time.Second { // several at once on a busy machine
					t.Errorf("it took %s", took)
				}
			})
			if most > enough {
				t.Errorf("%d bytes take %d MB", len(f.body), most>>20)
			}
		})
	}
}

// The largest document that is read takes no more either, also when it is commented on.
func TestTheLargestDocumentTakesLittle(t *testing.T) {
	body := made(t, 190_000, "<w:p><w:r><w:t>甲乙丙丁</w:t></w:r></w:p>", "", "")
	var notes []Note
	for i := range 1000 {
		notes = append(notes, Note{Start: i * 50, End: i*50 + 4, Author: "核对", Text: "不对", Level: Wrong})
	}
	if most := doctest.Peak(t, func() {
		text, err := ReadText("a.docx", body)
		if err != nil || len(text) < 190_000*12 {
			t.Fatalf("%d bytes, %v", len(text), err)
		}
		text = ""
		if missed, err := Annotate(io.Discard, body, notes, time.Now()); err != nil || missed > 0 {
			t.Errorf("%d missed, %v", missed, err)
		}
	}); most > enough {
		t.Errorf("takes %d MB", most>>20)
	}
}

// A browser opens formatting anew in every paragraph that follows: 500 of them in 150,000 paragraphs.
func TestFormattingIsNotOpenedAnew(t *testing.T) {
	var page strings.Builder
	page.WriteString("<!doctype html><body><p>")
	for i := range 500 {
		fmt.Fprintf(&page, "<B id=%d>", i)
	}
	page.WriteString(strings.Repeat("<p>甲</p>", 150_000) + "</b><i hidden>乙</i><br>丙")
	if most := doctest.Peak(t, func() {
		text, err := ReadText("a.html", []byte(page.String()))
		if err != nil || strings.Count(text, "甲\n") != 150_000 || !strings.HasSuffix(text, "甲\n丙") {
			t.Errorf("%d bytes, %.100s, %v", len(text), text, err)
		}
	}); most > enough {
		t.Errorf("takes %d MB", most>>20)
	}
}
