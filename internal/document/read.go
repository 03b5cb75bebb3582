package document

// Opens a .docx that anybody may have made, within bounds, and reads its text in order.

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
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
	maxUnzipped = 32 << 20
	maxRatio    = 400
	freeOfRatio = 8 << 20
	maxToken    = 4 << 20
	maxDepth    = 1000
	maxParts    = 10_000
	maxTags     = 4_000_000 // elements of any kind
	maxKept     = 800_000   // of them what is kept: paragraphs, cells, runs and their texts
)

var ole = []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") // .doc, or an encrypted .docx

var errTooLarge = errors.New("unzips to too much")

// unpack opens a .docx.
func unpack(r io.ReaderAt, size int64) (*archive, error) {
	head := make([]byte, 8)
	n, _ := r.ReadAt(head, 0)
	switch head = head[:n]; {
	case bytes.HasPrefix(head, ole):
		return nil, refuse(oldWord, nil)
	case !bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return nil, refuse(notWord, nil)
	}
	if crowded(r, size) { // before the list of parts is made
		return nil, refuse(tooLarge, nil)
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, refuse(damaged, err)
	}
	return &archive{files: z.File, left: max(freeOfRatio, min(maxUnzipped, maxRatio*size))}, nil
}

// crowded says whether an archive has more parts than any document.
func crowded(r io.ReaderAt, size int64) bool {
	mark := []byte("PK\x01\x02")
	block, found := make([]byte, 1<<20), 0
	for at := int64(0); at < size; at += int64(len(block) - len(mark) + 1) {
		n, _ := r.ReadAt(block, at)
		found += bytes.Count(block[:n], mark)
	}
	return found > maxParts
}

// content is what was read of a .docx.
type content struct {
	main   string // the name of the part that is the document
	parts  []*extractor
	blocks []*block
}

// read reads the document and then its notes.
func (a *archive) read() (content, error) {
	main, err := a.mainPart()
	if err != nil {
		return content{}, err
	}
	c, room := content{main: main}, maxKept
	for _, root := range []string{"document", "footnotes", "endnotes"} {
		name := main
		if root != "document" {
			if name = path.Join(path.Dir(main), root+".xml"); a.file(name) == nil {
				continue
			}
		}
		x := newExtractor(name, root)
		if !a.ours {
			x.room = &room
		}
		if err := a.each(name, x.visit); err != nil {
			return content{}, err
		}
		c.parts = append(c.parts, x)
		c.blocks = append(c.blocks, x.blocks...)
	}
	return c, nil
}

func refuse(msg say.Key, cause error) error {
	if errors.Is(cause, errTooLarge) {
		msg = tooLarge
	}
	return &errs.Error{Kind: errs.Invalid, Words: say.New(msg), Err: cause}
}

// archive is an opened .docx.
type archive struct {
	files []*zip.File
	left  int64 // bytes that may still be unzipped
	token int64 // bytes unzipped since the last XML token
	tags  int   // read so far
	ours  bool  // made by us: without limits
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
	err := a.each("_rels/.rels", func(token xml.Token, _ place) error {
		if e, ok := token.(xml.StartElement); ok && strings.HasSuffix(attr(e, "Type"), "/officeDocument") {
			main = path.Join(".", strings.TrimPrefix(attr(e, "Target"), "/"))
		}
		return nil
	})
	return main, err
}

// attr is the value of an attribute, whatever its namespace.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// place is where something stands in the bytes of its part.
type place struct{ from, to int64 }

// each visits every XML token of a part.
func (a *archive) each(name string, visit func(xml.Token, place) error) error {
	content, err := a.open(name)
	if err != nil {
		return err
	}
	defer content.Close()
	d := xml.NewDecoder(limited{content, a})
	for depth := 0; depth < maxDepth; {
		from := d.InputOffset()
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
			if a.tags++; a.tags > maxTags && !a.ours {
				return refuse(tooLarge, nil)
			}
		case xml.EndElement:
			depth--
		}
		if err := visit(token, place{from, d.InputOffset()}); err != nil {
			return err
		}
		a.token = 0
	}
	return refuse(damaged, errors.New("nested too deeply"))
}

func (a *archive) open(name string) (io.ReadCloser, error) {
	f := a.file(name)
	if f == nil {
		return nil, refuse(notWord, nil)
	}
	if f.Flags&1 != 0 {
		return nil, refuse(oldWord, nil)
	}
	content, err := f.Open()
	if err != nil {
		return nil, refuse(damaged, err)
	}
	return content, nil
}

type limited struct {
	content io.Reader
	archive *archive
}

func (l limited) Read(p []byte) (int, error) {
	n, err := l.content.Read(p)
	l.archive.left -= int64(n)
	l.archive.token += int64(n)
	if !l.archive.ours && (l.archive.left < 0 || l.archive.token > maxToken) {
		return 0, errTooLarge
	}
	return n, err
}

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
