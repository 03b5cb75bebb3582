package document_test

// LibreOffice opens what Annotate and Marked write, prints the same text, and saves every comment again.

import (
	"bytes"
	"strings"
	"testing"

	"yipanqi/internal/document"
	"yipanqi/internal/document/doctest"
)

func TestLibreOfficeKeepsComments(t *testing.T) {
	t.Parallel()
	original := write(t, small())
	text := readText(t, "", original)
	notes := []document.Note{on(t, text, "16.5%", document.Good), on(t, text, "2018", document.Near),
		on(t, text, "检查率达到16.5%，", document.Changed)}
	annotated, missed := annotate(t, original, notes...)
	const plain = "指标\t2018年\n检查率\t16.5%"
	var marked bytes.Buffer
	if _, err := document.Marked(&marked, "粘贴的文字", plain, []document.Note{on(t, plain, "16.5%", document.Wrong)},
		noted); err != nil || missed != 0 {
		t.Fatal(missed, err)
	}
	for name, c := range map[string]struct {
		docx  []byte
		words []string
	}{
		"annotated": {annotated, []string{"on 16.5%", "on 2018", "on 检查率达到16.5%，"}},
		"marked":    {marked.Bytes(), []string{"on 16.5%"}},
	} {
		again := doctest.Convert(t, c.docx, "docx")
		comments := part(t, again, "word/comments.xml")
		for _, words := range c.words {
			if !strings.Contains(comments, words) {
				t.Errorf("%s: LibreOffice lost %q: %s", name, words, comments)
			}
		}
		if got, want := spaceless(readText(t, "", again)), spaceless(readText(t, "", c.docx)); got != want {
			t.Errorf("%s: LibreOffice reads\n%s\nwant\n%s", name, got, want)
		}
		for _, page := range doctest.Pages(t, doctest.PDF(t, c.docx)) {
			if name == "marked" && (strings.Contains(page.Text(), "—1—") ||
				!strings.Contains(page.Text(), "粘贴的文字")) {
				t.Errorf("a plain document prints %q", page.Text())
			}
		}
	}
}

func spaceless(s string) string { return strings.Join(strings.Fields(s), "") }
