package part

// QR codes as SVG and for a terminal.

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// QR is a QR code: as the path of an SVG with one unit a module, and for a terminal.
type QR struct {
	Path string
	code *qr.Code
}

// quiet is the margin in modules that readers need.
const quiet = 4

// NewQR encodes a text.
func NewQR(text string) (QR, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return QR{}, err
	}
	var path strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	return QR{path.String(), code}, nil
}

// ViewBox is the picture with its margin.
func (q QR) ViewBox() string {
	if q.code == nil {
		return ""
	}
	return fmt.Sprintf("%d %d %d %d", -quiet, -quiet, q.code.Size+2*quiet, q.code.Size+2*quiet)
}

// SVG is the picture as a file of its own.
func (q QR) SVG() string {
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="%s" shape-rendering="crispEdges">`+
		`<path fill="#fff" d="M-%d-%dh999v999h-999z"/><path d="%s"/></svg>`+"\n", q.ViewBox(), quiet, quiet, q.Path)
}

// Terminal is the code in half blocks, two rows of modules a line, light on dark or dark on light: readers take both.
func (q QR) Terminal() string {
	if q.code == nil {
		return ""
	}
	var b strings.Builder
	for y := -quiet / 2; y < q.code.Size+quiet/2; y += 2 {
		for x := -quiet / 2; x < q.code.Size+quiet/2; x++ {
			upper, lower := !q.code.Black(x, y), !q.code.Black(x, y+1)
			switch {
			case upper && lower:
				b.WriteString("█")
			case upper:
				b.WriteString("▀")
			case lower:
				b.WriteString("▄")
			default:
				b.WriteString(" ")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}
