package document

import "io"

// Read returns the text of a .docx, one string for every paragraph that has some, in the order of the
// document: table cells row by row, footnotes and endnotes last, line breaks as line feeds. Deleted
// text, field codes, headers and footers are left out. A file it cannot read is errs.Invalid and the
// message says what to do.
func Read(r io.ReaderAt, size int64) ([]string, error) {
	a, err := unpack(r, size)
	if err != nil {
		return nil, err
	}
	read, err := a.read()
	if err != nil {
		return nil, err
	}
	return paragraphs(read.blocks, nil), nil
}
