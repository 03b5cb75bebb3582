// Package doctest shows tests how a .docx prints: LibreOffice lays it out, poppler measures it. It is
// no part of the product, which never runs a word processor.
package doctest

import (
	"context"
	_ "embed"
	"encoding/xml"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

//go:embed fonts.conf
var fonts []byte

const install = "`make test` installs it with libreoffice-writer-nogui, poppler-utils, fonts-noto-cjk, fonts-arphic-uming, fonts-arphic-ukai"

// Page is a printed page; lengths are in points, from its left and top edge.
type Page struct {
	Width, Height float64
	Lines         []Line
}

// Line is a line of text, or of a table cell. Top and Bottom are those of its font.
type Line struct {
	Left, Top, Right, Bottom float64
	Text                     string
}

// Text is all text of the page without spaces and line breaks.
func (p Page) Text() string {
	var s strings.Builder
	for _, l := range p.Lines {
		s.WriteString(strings.ReplaceAll(l.Text, " ", ""))
	}
	return s.String()
}

// PDF prints docx with LibreOffice, its Chinese fonts replaced by free ones, and returns the file's path.
func PDF(t testing.TB, docx []byte) string {
	t.Helper()
	return convert(t, docx, "pdf")
}

// Convert is what LibreOffice makes of docx in another format, or in the same one.
func Convert(t testing.TB, docx []byte, format string) []byte {
	t.Helper()
	content, err := os.ReadFile(convert(t, docx, format))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// Rewrite opens a file with the extension from in LibreOffice and returns what it writes as format.
func Rewrite(t testing.TB, content []byte, from, format string) []byte {
	t.Helper()
	written, err := os.ReadFile(rewrite(t, content, from, format))
	if err != nil {
		t.Fatal(err)
	}
	return written
}

// PDFOf is the path of a PDF file that LibreOffice makes of a file with the extension from.
func PDFOf(t testing.TB, content []byte, from string) string {
	t.Helper()
	return rewrite(t, content, from, "pdf")
}

func convert(t testing.TB, docx []byte, format string) string {
	t.Helper()
	return rewrite(t, docx, "docx", format)
}

func rewrite(t testing.TB, content []byte, from, format string) string {
	t.Helper()
	for _, font := range []string{"truetype/arphic/uming.ttc", "truetype/arphic/ukai.ttc",
		"opentype/noto/NotoSansCJK-Regular.ttc"} {
		if _, err := os.Stat("/usr/share/fonts/" + font); err != nil {
			t.Fatalf("a font is missing: %v; "+install, err)
		}
	}
	dir := t.TempDir()
	in, conf := filepath.Join(dir, "in."+from), filepath.Join(dir, "fonts.conf")
	for path, content := range map[string][]byte{in: content, conf: fonts} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(dir, "out")
	run(t, []string{"FONTCONFIG_FILE=" + conf}, "soffice",
		"-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--convert-to", format, "--outdir", out, in)
	extension, _, _ := strings.Cut(format, ":")
	path := filepath.Join(out, "in."+extension)
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("LibreOffice could not open the document: %v", err)
	}
	return path
}

// Pages are the pages of a PDF file with the place of every line.
func Pages(t testing.TB, pdf string) []Page {
	t.Helper()
	var html struct {
		Pages []struct {
			Width  float64 `xml:"width,attr"`
			Height float64 `xml:"height,attr"`
			Lines  []struct {
				Left   float64  `xml:"xMin,attr"`
				Top    float64  `xml:"yMin,attr"`
				Right  float64  `xml:"xMax,attr"`
				Bottom float64  `xml:"yMax,attr"`
				Words  []string `xml:"word"`
			} `xml:"flow>block>line"`
		} `xml:"body>doc>page"`
	}
	if err := xml.Unmarshal(run(t, nil, "pdftotext", "-bbox-layout", pdf, "-"), &html); err != nil {
		t.Fatalf("pdftotext -bbox-layout: %v", err)
	}
	var pages []Page
	for _, p := range html.Pages {
		page := Page{Width: p.Width, Height: p.Height}
		for _, l := range p.Lines {
			page.Lines = append(page.Lines, Line{l.Left, l.Top, l.Right, l.Bottom, strings.Join(l.Words, " ")})
		}
		pages = append(pages, page)
	}
	return pages
}

func run(t testing.TB, env []string, name string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Fatalf("%s is not installed; "+install, name)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), env...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, stderr.String())
	}
	return out
}
