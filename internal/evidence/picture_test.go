package evidence_test

// A picture that is attached shows what it showed and says no place, wherever in its bytes a phone put one.

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	"yipanqi/internal/evidence"
)

// exif is an APP1 segment with the orientation and a place.
func exif(turn uint16) []byte {
	tiff := []byte("II*\x00\x08\x00\x00\x00\x02\x00")
	entry := func(tag, kind uint16, count, value uint32) {
		tiff = binary.LittleEndian.AppendUint16(tiff, tag)
		tiff = binary.LittleEndian.AppendUint16(tiff, kind)
		tiff = binary.LittleEndian.AppendUint32(tiff, count)
		tiff = binary.LittleEndian.AppendUint32(tiff, value)
	}
	entry(0x0112, 3, 1, uint32(turn))
	entry(0x8825, 4, 1, 40) // where the place stands
	tiff = append(tiff, 0, 0, 0, 0)
	tiff = append(tiff, "PLACE 39.9N 116.4E"...)
	body := append([]byte("Exif\x00\x00"), tiff...)
	return segment(0xe1, string(body))
}

func segment(marker byte, text string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(text)+2)), text...)
}

func TestAPictureDoesNotSayWhereItWasTaken(t *testing.T) {
	t.Parallel()
	picture := image.NewRGBA(image.Rect(0, 0, 8, 4))
	picture.Set(1, 1, color.RGBA{200, 10, 10, 255})
	var plain bytes.Buffer
	must(t, jpeg.Encode(&plain, picture, nil))
	photo := append(append([]byte{0xff, 0xd8}, exif(6)...), plain.Bytes()[2:]...)
	photo = slices.Concat(photo[:2], segment(0xfe, "PLACE A"), photo[2:])

	photo = append(photo, photo...) // as phones append a second picture, with its own place
	photo = append(photo, "ftypmp42 PLACE of the moving picture"...)
	profile, flash := segment(0xe2, "ICC_PROFILE\x00…"), segment(0xe2, "FPXR PLACE")
	photo = slices.Concat(photo[:2], profile, flash, segment(0xeb, "JUMBF PLACE"), photo[2:])

	clean, _, err := evidence.Accepted("照片.jpg", photo, false)
	must(t, err)
	if !bytes.Contains(clean, profile) {
		t.Error("the picture's colours are lost")
	}
	if bytes.Contains(clean, []byte("PLACE")) {
		t.Error("the place is still in the picture")
	}
	if !bytes.Contains(clean, []byte{0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6}) {
		t.Error("how the camera was held is lost: the picture would lie on its side")
	}
	if _, err := jpeg.Decode(bytes.NewReader(clean)); err != nil {
		t.Errorf("the cleaned picture cannot be shown: %v", err)
	}
	kept, _, err := evidence.Accepted("照片.jpg", photo, true)
	if err != nil || !bytes.Equal(kept, photo) {
		t.Errorf("kept on purpose, the picture was changed (%v)", err)
	}
	again, _, err := evidence.Accepted("照片.jpg", clean, false)
	if err != nil || !bytes.Equal(again, clean) {
		t.Errorf("cleaned twice it is another picture (%v)", err)
	}
	cut, _, err := evidence.Accepted("照片.jpg", photo[:bytes.Index(photo, []byte{0xff, 0xd9})-3], false)
	if err != nil || bytes.Contains(cut, []byte("PLACE")) {
		t.Errorf("a picture that is cut off is kept with its place, or not at all (%v)", err)
	}
}

func TestAPNGDoesNotSayWhereItWasTaken(t *testing.T) {
	t.Parallel()
	var plain bytes.Buffer
	must(t, png.Encode(&plain, image.NewGray(image.Rect(0, 0, 3, 3))))
	text := append([]byte("tEXt"), "Comment\x00PLACE"...)
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(text)-4))
	chunk = binary.BigEndian.AppendUint32(append(chunk, text...), crc32.ChecksumIEEE(text))
	at := 8 + 25                                                       // behind the signature and IHDR
	unheard := bytes.Replace(chunk, []byte("tEXt"), []byte("caBX"), 1) // of who invents one tomorrow
	photo := slices.Concat(plain.Bytes()[:at], chunk, unheard, plain.Bytes()[at:])
	photo = append(photo, "PLACE behind the end"...)
	clean, _, err := evidence.Accepted("图.png", photo, false)
	if err != nil || !bytes.Equal(clean, plain.Bytes()) {
		t.Errorf("of a PNG with a text %d bytes are left, want the %d of the picture (%v)", len(clean), plain.Len(), err)
	}
}
