package check_test

// What the package's tests of Word documents share. No test itself.

import (
	"archive/zip"
	"bytes"
	"io"
	"testing"
)

// part is a part of a .docx as text.
func part(t *testing.T, body []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	must(t, err)
	f, err := z.Open(name)
	must(t, err)
	defer f.Close()
	text, err := io.ReadAll(f)
	must(t, err)
	return string(text)
}
