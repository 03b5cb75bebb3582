package sample

// Forms of a sample that are signed in ink: printed, scanned, confirmed. A scan says that it is made up and whose names
// it stands for; it draws no signature and no seal.

import (
	"bytes"
	"fmt"
	"time"
	"unicode/utf16"

	"yipanqi/internal/db"
	"yipanqi/internal/evidence"
	"yipanqi/internal/submission"
)

// ink takes the form by paper to a state, accepted if that is empty. back is why the office refuses a first scan.
func (c cast) ink(at [3]time.Time, until submission.State, back string) {
	digest := ""
	c.later(at[0], c.step(func(s submission.Submission) error {
		v, _, err := submission.Preview(c.Tx, c.first.user, s)
		if digest = v.Digest; err == nil {
			_, err = submission.Print(c.Tx, c.first.user, s.ID, digest)
		}
		return err
	}))
	if until == submission.Printed {
		return
	}
	lay := func(at time.Time, lines ...string) {
		c.later(at, c.step(func(s submission.Submission) error { return c.layDown(s, digest, lines) }))
	}
	names := []string{c.first.user.Name + "（模拟签字）", c.second.user.Name + "（模拟签字）"}
	if c.third.user.ID != "" {
		names = append(names, c.third.user.Name+"（模拟签字）")
	}
	if back != "" {
		lay(at[1], names[:1]...)
		c.later(at[1].Add(6*time.Hour), c.step(func(s submission.Submission) error {
			_, err := submission.Refuse(c.Tx, c.office, s.ID, s.Version, back)
			return err
		}))
		at[1] = at[1].AddDate(0, 0, 1)
	}
	lay(at[1], names...)
	if until == submission.Scanned {
		return
	}
	c.later(at[2], c.step(func(s submission.Submission) error {
		_, err := submission.Confirm(c.Tx, c.office, s.ID, s.Version)
		return err
	}))
	c.later(at[2].Add(time.Hour), c.step(func(s submission.Submission) error {
		_, err := submission.Accept(c.Tx, c.office, s.ID, s.Version, c.issuer)
		return err
	}))
}

func (c cast) layDown(s submission.Submission, digest string, signed []string) error {
	on := c.Tx.Now.In(db.China).Format(time.DateOnly)
	lines := append([]string{"（模拟）签字扫描件，演示样稿", s.Unit.Name, s.Form.Name,
		"SM3 " + digest[:32], digest[32:]},
		signed...)
	body := page(append(lines, on))
	kept, err := c.files.Put(body)
	if err != nil {
		return err
	}
	_, err = submission.LayDown(c.Tx, c.first.user, s.ID, digest, submission.Signing{First: c.first.user.ID,
		Second: c.second.user.ID, Third: c.third.user.ID, On: on,
		File: evidence.File{Digest: kept, Name: "签字扫描件（模拟）.pdf",
			MediaType: "application/pdf", Size: int64(len(body))}})
	return err
}

// page is a PDF of one page with lines of text, in a font that readers have.
func page(lines []string) []byte {
	var text, out bytes.Buffer
	text.WriteString("BT /F 16 Tf 60 760 Td 28 TL\n")
	for _, line := range lines {
		text.WriteString("<")
		for _, unit := range utf16.Encode([]rune(line)) {
			fmt.Fprintf(&text, "%04X", unit)
		}
		text.WriteString("> Tj T*\n")
	}
	text.WriteString("ET")
	out.WriteString("%PDF-1.4\n")
	var places []int
	for n, object := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", text.Len(), text.String()),
		"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo" +
			"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R>>",
		"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880" +
			"/Descent -120/CapHeight 880/StemV 93>>"} {
		places = append(places, out.Len())
		fmt.Fprintf(&out, "%d 0 obj%s\nendobj\n", n+1, object)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(places)+1)
	for _, at := range places {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(places)+1, start)
	return out.Bytes()
}
