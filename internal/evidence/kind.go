package evidence

// Which files are taken, and what is taken out of pictures: a photo taken with a phone says where it was taken.

import (
	"bytes"
	"encoding/binary"
	"path"
	"strings"

	"yipanqi/internal/blob"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// kinds are the files taken, by the end of their name: how their content begins and what they are called.
var kinds = map[string]struct{ magic, media string }{
	".pdf":  {"%PDF-", "application/pdf"},
	".jpg":  {"\xff\xd8\xff", "image/jpeg"},
	".jpeg": {"\xff\xd8\xff", "image/jpeg"},
	".png":  {"\x89PNG\r\n\x1a\n", "image/png"},
	".docx": {"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	".xlsx": {"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	".ofd":  {"PK\x03\x04", "application/ofd"}, // GB/T 33190
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
	kind, known := kinds[strings.ToLower(path.Ext(name))]
	switch {
	case len(body) == 0:
		return nil, "", refused("文件是空的（0字节）。请检查后重新选择。")
	case len(body) > MaxSize:
		return nil, "", refused("文件超过20 MB。请压缩或拆分后再传。")
	case !known:
		return nil, "", refused("只收 PDF、OFD、Word（.docx）、Excel（.xlsx）和照片（.jpg、.png）。请另存为其中一种再传。")
	case !strings.HasPrefix(string(body[:min(len(body), 16)]), kind.magic):
		return nil, "", refused("文件内容与扩展名不符，可能改过名或已损坏。请用原来的软件打开，另存后再传。")
	}
	if !keepPlace {
		switch kind.media {
		case "image/jpeg":
			body, err = plainJPEG(body)
		case "image/png":
			body, err = plainPNG(body)
		}
	}
	return body, kind.media, err
}

func refused(words say.Key) error { return errs.Fields{"file": {Key: words}}.Check(words) }

const damaged say.Key = "照片损坏，读不出来。请重新导出后再传。"

// plainJPEG copies the segments of a picture that show it: not APP1 (EXIF and XMP), APP13 (IPTC) and comments
// (ITU-T T.81, annex B).
func plainJPEG(body []byte) ([]byte, error) {
	out := append(make([]byte, 0, len(body)), body[:2]...)
	for rest := body[2:]; ; {
		if len(rest) < 4 || rest[0] != 0xff {
			return nil, refused(damaged)
		}
		marker := rest[1]
		if marker == 0xff { // a fill byte
			rest = rest[1:]
			continue
		}
		if marker == 0xda { // the picture itself, to the end
			return append(out, rest...), nil
		}
		size := 2 + int(binary.BigEndian.Uint16(rest[2:]))
		if size < 4 || size > len(rest) {
			return nil, refused(damaged)
		}
		switch {
		case marker == 0xe1:
			out = append(out, held(rest[4:size])...)
		case marker != 0xed && marker != 0xfe:
			out = append(out, rest[:size]...)
		}
		rest = rest[size:]
	}
}

// held is an APP1 segment that says nothing but how the camera was held (EXIF tag 0x0112), or nothing.
func held(exif []byte) []byte {
	tiff, is := bytes.CutPrefix(exif, []byte("Exif\x00\x00"))
	if !is || len(tiff) < 8 {
		return nil
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return nil
	}
	entries := tiff[at+2:]
	for range int(order.Uint16(tiff[at:])) {
		if len(entries) < 12 {
			return nil
		}
		if order.Uint16(entries) == 0x0112 {
			turn := order.Uint16(entries[8:])
			if turn < 2 || turn > 8 {
				return nil
			}
			return []byte{0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0,
				3, 0, 0, 0, 1, 0, byte(turn), 0, 0, 0, 0, 0, 0}
		}
		entries = entries[12:]
	}
	return nil
}

// plainPNG leaves out the chunks that show nothing (W3C PNG, 11.3).
func plainPNG(body []byte) ([]byte, error) {
	out := append(make([]byte, 0, len(body)), body[:8]...)
	for rest := body[8:]; len(rest) > 0; {
		if len(rest) < 12 {
			return nil, refused(damaged)
		}
		size := int64(binary.BigEndian.Uint32(rest)) + 12
		if size > int64(len(rest)) {
			return nil, refused(damaged)
		}
		kind := string(rest[4:8])
		if !strings.Contains("eXIf tEXt zTXt iTXt tIME", kind) {
			out = append(out, rest[:size]...)
		}
		if rest = rest[size:]; kind == "IEND" {
			break // nothing is read behind the end, so nothing is kept of it
		}
	}
	return out, nil
}
