package table

// Parts of an Open Packaging archive: their names, who points to whom, and their XML as a stream. Name spaces are
// ignored, because they differ between transitional and strict files; so are their prefixes.

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"path"
	"strings"

	"golang.org/x/text/encoding/unicode"

	"yipanqi/internal/errs"
)

// partName makes names of one part alike: they compare without case, some programs write backslashes or escapes.
func partName(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+name), "/"))
}

// related is what a part points to.
type related []relationship

type relationship struct {
	id, kind, name string // kind is the last word of its type
}

func (all related) byID(id string) relationship {
	for _, rel := range all {
		if rel.id == id {
			return rel
		}
	}
	return relationship{}
}

// first is the first part of a kind.
func (all related) first(kind string) string {
	for _, rel := range all {
		if rel.kind == kind {
			return rel.name
		}
	}
	return ""
}

// relationships are those of a part, "" for the whole archive.
func (r *xlsxReader) relationships(part string) (all related, err error) {
	dir, base := path.Split(part)
	err = each(r, path.Join(dir, "_rels", base+".rels"), "Relationships", "Relationship", func(rel struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
		Mode   string `xml:"TargetMode,attr"`
	}) error {
		if rel.Mode == "External" {
			return nil
		}
		target := strings.ReplaceAll(rel.Target, `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		all = append(all, relationship{rel.ID, path.Base(rel.Type), partName(target)})
		return nil
	})
	return all, err
}

// workbookPart finds the part that is the workbook, whatever it is called.
func (r *xlsxReader) workbookPart() (string, error) {
	top, err := r.relationships("")
	if err != nil {
		return "", err
	}
	part := top.first("officeDocument")
	switch {
	case strings.HasSuffix(part, ".bin"):
		return "", errs.Invalidf("这是.xlsb文件，请在Excel中另存为“Excel工作簿（.xlsx）”后重新上传")
	case r.files[part] == nil:
		return "", errs.Invalidf("这不是Excel工作簿（.xlsx），请使用下载的表格填写")
	}
	return part, nil
}

// each decodes every element right below parent in a part of the archive. A part that is not there has no elements.
func each[T any](r *xlsxReader, part, parent, element string, visit func(T) error) error {
	n := 0
	return r.walk(part, func(decoder *xml.Decoder, start xml.StartElement, above string) (bool, error) {
		if start.Name.Local != element || above != parent {
			return false, nil
		}
		if n++; n > maxElements {
			return true, errTooLarge
		}
		var v T
		if err := decoder.DecodeElement(&v, &start); err != nil {
			return true, err
		}
		return true, visit(v)
	})
}

// visitor sees an element with the name of the one around it; it may decode it as a whole, and says so.
type visitor func(d *xml.Decoder, start xml.StartElement, parent string) (decoded bool, err error)

// walk visits every element of a part.
func (r *xlsxReader) walk(part string, visit visitor) error {
	f := r.files[part]
	if f == nil {
		return nil
	}
	unzipped, err := f.Open()
	if err != nil {
		return err
	}
	defer unzipped.Close()
	raw := xml.NewDecoder(utf8Of(&budget{unzipped, r}))
	raw.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil } // utf8Of saw to it
	decoder := xml.NewTokenDecoder(&tokens{raw, r, 0})
	open := []string{""}
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return r.orTooLarge(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			decoded, err := visit(decoder, token, open[len(open)-1])
			if err != nil {
				return r.orTooLarge(err)
			}
			if !decoded {
				open = append(open, token.Name.Local)
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}

// orTooLarge says why a text ended early: it may have been cut within a character.
func (r *xlsxReader) orTooLarge(err error) error {
	if r.left <= 0 || errors.Is(err, errTooLarge) {
		return errTooLarge
	}
	return err
}

// tokens are the raw ones of a part, within the bounds of what may be nested and how many there may be. The decoder
// that reads them keeps what is open in memory, also while it skips.
type tokens struct {
	raw   *xml.Decoder
	r     *xlsxReader
	depth int
}

func (t *tokens) Token() (xml.Token, error) {
	token, err := t.raw.RawToken()
	t.r.token = 0
	switch token.(type) {
	case xml.StartElement:
		t.depth++
		t.r.elements--
	case xml.EndElement:
		t.depth--
	}
	if t.depth > maxDepth || t.r.elements < 0 {
		return nil, errTooLarge
	}
	return token, err
}

// budget lets all parts together grow to what xlsxReader.left allows.
type budget struct {
	unzipped io.Reader
	r        *xlsxReader
}

func (b *budget) Read(into []byte) (int, error) {
	if b.r.left <= 0 {
		return 0, errTooLarge
	}
	n, err := b.unzipped.Read(into[:min(int64(len(into)), b.r.left)])
	b.r.left -= int64(n)
	if b.r.token += n; b.r.token > maxToken {
		return 0, errTooLarge
	}
	return n, err
}

// utf8Of reads both encodings that a part may have, UTF-8 and UTF-16.
func utf8Of(text io.Reader) io.Reader {
	buffered := bufio.NewReader(text)
	if mark, _ := buffered.Peek(2); string(mark) == "\xff\xfe" || string(mark) == "\xfe\xff" {
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(buffered)
	}
	return buffered
}
