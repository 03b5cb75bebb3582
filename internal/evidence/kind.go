package evidence

// Which files are taken, by the end of their name and by what is in them. What is left out of a picture is
// picture.go's.

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"

	"yipanqi/internal/blob"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// kind is a sort of file: how its content begins, what it is called, and of an archive which part it has, and which
// word in it.
type kind struct{ magic, media, part, word string }

const (
	archived = "PK\x03\x04"
	office   = "application/vnd.openxmlformats-officedocument."
)

// kinds are the files taken, by the end of their name. Those of Word and Excel with macros say another word.
var kinds = map[string]kind{
	".pdf":  {magic: "%PDF-", media: "application/pdf"},
	".jpg":  {magic: "\xff\xd8\xff", media: "image/jpeg"},
	".jpeg": {magic: "\xff\xd8\xff", media: "image/jpeg"},
	".png":  {magic: "\x89PNG\r\n\x1a\n", media: "image/png"},
	".docx": {archived, office + "wordprocessingml.document", "[Content_Types].xml", "wordprocessingml.document.main"},
	".xlsx": {archived, office + "spreadsheetml.sheet", "[Content_Types].xml", "spreadsheetml.sheet.main"},
	".ofd":  {archived, "application/ofd", "OFD.xml", "OFD"}, // GB/T 33190
}

// is says whether the content is of the kind, whatever the file is called.
func (k kind) is(body []byte) bool {
	if !bytes.HasPrefix(body, []byte(k.magic)) || k.part == "" {
		return bytes.HasPrefix(body, []byte(k.magic))
	}
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return false
	}
	for _, f := range archive.File {
		if !strings.EqualFold(strings.TrimLeft(f.Name, `/\`), k.part) {
			continue
		}
		part, err := f.Open()
		if err != nil {
			return false
		}
		defer part.Close()
		text, err := io.ReadAll(io.LimitReader(part, 1<<20))
		return err == nil && bytes.Contains(text, []byte(k.word))
	}
	return false
}

// Accept are the ends of the names of all files taken, as a page's field asks for them.
const Accept = ".pdf,.ofd,.docx,.xlsx,.jpg,.jpeg,.png"

// MaxSize of one file, in bytes.
const MaxSize = 20 << 20

// Keep cleans an uploaded file and writes its content down, before the transaction that lays it on an object. None that
// was chosen is the zero File: a browser sends an empty one.
func Keep(files blob.Store, name string, body []byte) (f File, err error) {
	if name == "" && len(body) == 0 {
		return f, nil
	}
	name = CleanName(name)
	content, media, err := Accepted(name, body, false)
	if err != nil {
		return f, err
	}
	digest, err := files.Put(content)
	return File{Digest: digest, Name: name, MediaType: media, Size: int64(len(content))}, err
}

// Accepted is the content of a file as it is kept and its media type, or why it is not taken. A picture's metadata, the
// place among them, are taken out unless keepPlace: whoever wants the place as evidence says so. How a camera was held
// stays, or the picture would lie on its side.
func Accepted(name string, body []byte, keepPlace bool) (content []byte, media string, err error) {
	of, known := kinds[strings.ToLower(path.Ext(name))]
	switch {
	case len(body) == 0:
		return nil, "", refused("文件是空的（0字节）。请检查后重新选择。")
	case len(body) > MaxSize:
		return nil, "", refused("文件超过20 MB。请压缩或拆分后再传。")
	case !known:
		return nil, "", refused("只收 PDF、OFD、Word（.docx）、Excel（.xlsx）和照片（.jpg、.png）。请另存为其中一种再传。")
	case !of.is(body):
		return nil, "", refused("文件内容与扩展名不符，可能改过名或已损坏。请用原来的软件打开，另存后再传。")
	}
	if !keepPlace {
		switch of.media {
		case "image/jpeg":
			body, err = plainJPEG(body)
		case "image/png":
			body, err = plainPNG(body)
		}
	}
	return body, of.media, err
}

func refused(words say.Key) error { return errs.Fields{"file": {Key: words}}.Check(words) }
