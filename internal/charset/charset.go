// Package charset reads what Chinese programs write that write no Unicode: GB 18030, with GBK and GB 2312 in it, or
// Big5. Neither says which it is, and most bytes of one are something in the other, so it is told by the characters
// that people use most, which each has in a place of its own. It decides nothing about what it cannot tell.
package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// enough is how many characters of two bytes there have to be before a text is taken for Big5.
const enough = 8

// Of is the encoding of bytes that are no valid UTF-8 and have no mark. Big5 only if nearly all its characters are of
// its frequent ones, and few would be of those of GB 2312.
func Of(data []byte) encoding.Encoding {
	all, gb, big := 0, 0, 0
	for i := 0; i+1 < len(data); i++ {
		lead, trail := data[i], data[i+1]
		if lead < 0x81 {
			continue
		}
		i++
		if lead == 0xA1 || lead == 0xA2 || lead == 0xA3 {
			continue // signs, in both
		}
		all++
		if lead >= 0xB0 && lead <= 0xD7 && trail >= 0xA1 {
			gb++
		}
		if lead >= 0xA4 && lead <= 0xC6 && (trail >= 0x40 && trail <= 0x7E || trail >= 0xA1) {
			big++
		}
	}
	if all < enough || gb*2 >= all || big*10 < all*9 {
		return simplifiedchinese.GB18030
	}
	decoded, err := traditionalchinese.Big5.NewDecoder().Bytes(data)
	if err != nil || strings.ContainsRune(string(decoded), utf8.RuneError) {
		return simplifiedchinese.GB18030
	}
	return traditionalchinese.Big5
}
