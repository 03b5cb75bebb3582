package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"yipanqi/internal/errs"
)

const (
	notWord  = "这不是 Word 文档（.docx）。请在 Word 或 WPS 中另存为 .docx 后再上传。"
	oldWord  = "这是旧版 Word 文档（.doc）或加密的文档。请取消密码，另存为 .docx 后再上传。"
	damaged  = "这份 Word 文档已损坏，无法读取。请在 Word 或 WPS 中打开，另存为 .docx 后再上传。"
	tooLarge = "这份 Word 文档解压后过大，无法读取。请删去多余的内容，另存为 .docx 后再上传。"
)

// Limits against files made to exhaust the reader. The text of a real document shrinks about tenfold,
// that of a made one up to a thousandfold.
const (
	maxUnzipped = 64 << 20
	maxRatio    = 400
	freeOfRatio = 8 << 20
	maxToken    = 4 << 20
	maxDepth    = 1000
)

var errTooLarge = errors.New("unzips to too much")

// Read returns the text of a .docx, one string for every paragraph that has some, in the order of the
// document: table cells row by row, footnotes and endnotes last, line breaks as line feeds. Deleted
// text, field codes, headers and footers are left out. A file it cannot read is errs.Invalid and the
// message says what to do.
func Read(r io.ReaderAt, size int64) ([]string, error) {
	head := make([]byte, 8)
	n, _ := r.ReadAt(head, 0)
	switch head = head[:n]; {
	case bytes.Equal(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")): // OLE: .doc, or an encrypted .docx
		return nil, refuse(oldWord, nil)
	case !bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil, refuse(notWord, nil)
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, refuse(damaged, err)
	}
	a := archive{files: z.File, left: max(freeOfRatio, min(maxUnzipped, maxRatio*size))}
	main, err := a.mainPart()
	if err != nil {
		return nil, err
	}
	paragraphs, err := a.text(main, "document")
	for _, notes := range []string{"footnotes", "endnotes"} {
		name := path.Join(path.Dir(main), notes+".xml")
		if err != nil || a.file(name) == nil {
			continue
		}
		var more []string
		more, err = a.text(name, notes)
		paragraphs = append(paragraphs, more...)
	}
	if err != nil {
		return nil, err
	}
	return paragraphs, nil
}

func refuse(msg string, cause error) error {
	if errors.Is(cause, errTooLarge) {
		msg = tooLarge
	}
	return &errs.Error{Kind: errs.Invalid, Msg: msg, Err: cause}
}

// archive is an opened .docx.
type archive struct {
	files []*zip.File
	left  int64 // bytes that may still be unzipped
	token int64 // bytes unzipped since the last XML token
}

// file finds a part, whose name does not depend on case (ECMA-376 part 2), or returns nil.
func (a *archive) file(name string) *zip.File {
	for _, f := range a.files {
		if strings.EqualFold(f.Name, name) {
			return f
		}
	}
	return nil
}

// mainPart is the name of the part that the package calls its document.
func (a *archive) mainPart() (string, error) {
	main := ""
	err := a.each("_rels/.rels", func(token xml.Token) error {
		e, _ := token.(xml.StartElement)
		attr := map[string]string{}
		for _, at := range e.Attr {
			attr[at.Name.Local] = at.Value
		}
		if strings.HasSuffix(attr["Type"], "/officeDocument") {
			main = path.Join(".", strings.TrimPrefix(attr["Target"], "/"))
		}
		return nil
	})
	return main, err
}

func (a *archive) text(name, root string) ([]string, error) {
	t := extractor{root: root}
	err := a.each(name, t.visit)
	return t.paragraphs(), err
}

// each visits every XML token of a part.
func (a *archive) each(name string, visit func(xml.Token) error) error {
	f := a.file(name)
	if f == nil {
		return refuse(notWord, nil)
	}
	if f.Flags&1 != 0 {
		return refuse(oldWord, nil)
	}
	content, err := f.Open()
	if err != nil {
		return refuse(damaged, err)
	}
	defer content.Close()
	d := xml.NewDecoder(limited{content, a})
	for depth := 0; depth < maxDepth; {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return refuse(damaged, err)
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if err := visit(token); err != nil {
			return err
		}
		a.token = 0
	}
	return refuse(damaged, errors.New("nested too deeply"))
}

type limited struct {
	content io.Reader
	archive *archive
}

func (l limited) Read(p []byte) (int, error) {
	n, err := l.content.Read(p)
	l.archive.left -= int64(n)
	l.archive.token += int64(n)
	if l.archive.left < 0 || l.archive.token > maxToken {
		return 0, errTooLarge
	}
	return n, err
}
