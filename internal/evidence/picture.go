package evidence

// What is kept of a picture: what shows it. A phone writes more into one: where it was taken, a second picture that
// says so again, a moving one behind the end. All that is not known to show something is left out.

import (
	"bytes"
	"encoding/binary"
	"slices"

	"yipanqi/internal/say"
)

const damaged say.Key = "照片损坏，读不出来。请重新导出后再传。"

// Markers of JPEG (ITU-T T.81, annex B).
const (
	startOfImage = 0xd8
	endOfImage   = 0xd9
	startOfScan  = 0xda
	app0         = 0xe0
	app1         = 0xe1
	app15        = 0xef
	comment      = 0xfe
)

// shows are the segments of applications that show something, by how they begin: pixels' shape, colours.
var shows = map[byte]string{app0: "JFIF\x00", app0 + 2: "ICC_PROFILE\x00", app0 + 14: "Adobe"}

// plainJPEG copies the segments of a picture that show it, up to its end.
func plainJPEG(body []byte) ([]byte, error) {
	out := append(make([]byte, 0, len(body)), body[:2]...)
	for rest := body[2:]; ; {
		if len(rest) < 2 || rest[0] != 0xff {
			return nil, refused(damaged)
		}
		marker := rest[1]
		switch marker {
		case 0xff: // a fill byte
			rest = rest[1:]
			continue
		case endOfImage, startOfImage: // what follows is another picture, or none
			return append(out, 0xff, endOfImage), nil
		}
		if len(rest) < 4 {
			return nil, refused(damaged)
		}
		size := 2 + int(binary.BigEndian.Uint16(rest[2:]))
		if size < 4 || size > len(rest) {
			return nil, refused(damaged)
		}
		switch {
		case marker == app1:
			out = append(out, held(rest[4:size])...)
		case marker == startOfScan:
			if size += pixels(rest[size:]); size == len(rest) { // cut off: shown as far as it goes
				return append(out, rest...), nil
			}
			out = append(out, rest[:size]...)
		case marker == comment:
		case app0 <= marker && marker <= app15:
			if begins, known := shows[marker]; known && bytes.HasPrefix(rest[4:size], []byte(begins)) {
				out = append(out, rest[:size]...)
			}
		default:
			out = append(out, rest[:size]...)
		}
		rest = rest[size:]
	}
}

// pixels is how many bytes of the picture itself stand before the next marker: in it a 0xff is followed by a zero, by
// another or by the number of a restart.
func pixels(data []byte) int {
	for at := 0; at+1 < len(data); at++ {
		next := data[at+1]
		if data[at] == 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7) {
			return at
		}
	}
	return len(data)
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

// drawn are the chunks of a PNG that show something (W3C PNG, 11.3): colours, transparency, shape, a moving picture.
// Those that begin with a capital letter nothing can be shown without.
var drawn = []string{"tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "hIST", "pHYs",
	"sPLT", "acTL", "fcTL", "fdAT"}

// plainPNG copies the chunks that show the picture, up to its end.
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
		if rest[4]&0x20 == 0 || slices.Contains(drawn, kind) {
			out = append(out, rest[:size]...)
		}
		if rest = rest[size:]; kind == "IEND" {
			break // nothing is read behind the end, so nothing is kept of it
		}
	}
	return out, nil
}
