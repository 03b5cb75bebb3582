package table

// What a cell of somebody's workbook shows: texts, numbers, dates, formulas' results, as its format has it.

import (
	"encoding/xml"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	pairs "unicode/utf16"

	"github.com/shopspring/decimal"
)

// richText is a text in one piece, or in several that look different. Hints on how it is pronounced are no part of it.
type richText struct {
	Text string   `xml:"t"`
	Runs []string `xml:"r>t"`
}

func (t richText) String() string { return unescape(t.Text + strings.Join(t.Runs, "")) }

var escaped = regexp.MustCompile(`(_x[0-9A-Fa-f]{4}_)+`)

// unescape undoes the escapes of ECMA-376, 22.9.2.19, for characters that XML cannot hold: each is half a character
// where that takes two.
func unescape(text string) string {
	return escaped.ReplaceAllStringFunc(text, func(codes string) string {
		var units []uint16
		for ; codes != ""; codes = codes[len("_x0000_"):] {
			n, _ := strconv.ParseUint(codes[2:6], 16, 16) // hex digits
			units = append(units, uint16(n))
		}
		return string(pairs.Decode(units))
	})
}

type xlsxCell struct {
	Name, Type     string
	Style          int
	Value, Formula *string
	Inline         richText
}

// readCell decodes a c element by hand: there are a hundred thousand of them, and reflection takes half of the time.
func readCell(d *xml.Decoder, start xml.StartElement) (c xlsxCell, err error) {
	for _, a := range start.Attr {
		switch text := strings.TrimSpace(a.Value); a.Name.Local {
		case "r":
			c.Name = a.Value
		case "t":
			c.Type = a.Value
		case "s":
			if c.Style, err = strconv.Atoi(text); err != nil && text != "" {
				return c, err
			}
		}
	}
	for {
		token, err := d.Token()
		if err != nil {
			return c, err
		}
		switch token := token.(type) {
		case xml.EndElement:
			return c, nil
		case xml.StartElement:
			switch token.Name.Local {
			case "v":
				c.Value, err = readText(d)
			case "f":
				c.Formula, err = readText(d)
			case "is":
				err = d.DecodeElement(&c.Inline, &token)
			default:
				err = d.Skip()
			}
			if err != nil {
				return c, err
			}
		}
	}
}

// readText is the text of the element that was just opened.
func readText(d *xml.Decoder) (*string, error) {
	text := ""
	for {
		token, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.EndElement:
			return &text, nil
		case xml.StartElement:
			if err := d.Skip(); err != nil {
				return nil, err
			}
		case xml.CharData:
			text += string(token)
		}
	}
}

// value is what the cell shows, or how it was typed where only its format differs.
func (r *xlsxReader) value(c xlsxCell) (string, error) {
	stored := ""
	if c.Value != nil {
		stored = *c.Value
	}
	if c.Formula != nil && stored == "" && (c.Value == nil || c.Type != "str") {
		return "=" + *c.Formula, nil // never calculated: better refused than taken for empty
	}
	switch c.Type {
	case "inlineStr":
		return c.Inline.String(), nil
	case "str":
		return unescape(stored), nil
	}
	stored = strings.TrimSpace(stored)
	if stored == "" {
		return "", nil
	}
	switch c.Type {
	case "s":
		i, err := strconv.Atoi(stored)
		if err != nil || i < 0 || i >= len(r.shared) {
			return "", fmt.Errorf("cell %s: no shared string %q", c.Name, stored)
		}
		return r.shared[i], nil
	case "b":
		return map[string]string{"0": "FALSE", "1": "TRUE", "false": "FALSE", "true": "TRUE"}[stored], nil
	case "d": // ISO 8601
		return strings.TrimSuffix(strings.TrimSuffix(stored, "Z"), "T00:00:00"), nil
	case "", "n":
		if c.Style >= 0 && c.Style < len(r.formats) {
			return r.formats[c.Style].text(stored, r.date1904), nil
		}
	}
	return stored, nil
}

// cellFormat is what a number's format makes of it.
type cellFormat int

const (
	asNumber cellFormat = iota
	asDate
	asPercent
)

func (r *xlsxReader) readFormats(part string) error {
	type numFmt struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	}
	custom := map[int]string{}
	if err := each(r, part, "numFmts", "numFmt", func(f numFmt) error {
		custom[f.ID] = f.Code
		return nil
	}); err != nil {
		return err
	}
	return each(r, part, "cellXfs", "xf", func(f numFmt) error {
		r.formats = append(r.formats, formatOf(f.ID, custom[f.ID]))
		return nil
	})
}

var (
	builtInDates = []int{14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50,
		51, 52, 53, 54, 55, 56, 57, 58}
	builtInPercents = []int{9, 10}
	elapsed         = regexp.MustCompile(`(?i)\[(h+|m+|s+)\]`) // hours, minutes or seconds in all
	formatLiterals  = regexp.MustCompile(`"[^"]*"|\\.|_.|\[[^\]]*\]`)
)

// formatOf knows the built-in formats of ECMA-376, 18.8.30 by number, the East Asian ones too, and a
// custom one by its code.
func formatOf(id int, code string) cellFormat {
	if elapsed.MatchString(code) {
		return asDate
	}
	code = formatLiterals.ReplaceAllString(code, "")
	switch {
	case slices.Contains(builtInDates, id), strings.ContainsAny(strings.ToLower(code), "ymdhs"):
		return asDate
	case slices.Contains(builtInPercents, id), strings.Contains(code, "%"):
		return asPercent
	}
	return asNumber
}

// text is the number as it was typed. Excel stores 16.1 as 16.100000000000001 and shows 15 digits; a
// number that needs more than these before the point stays as it is stored.
func (f cellFormat) text(stored string, date1904 bool) string {
	if len(stored) > 40 {
		return stored
	}
	d, err := decimal.NewFromString(stored)
	if err != nil || d.Exponent() < -40 || d.Exponent() > 15 {
		return stored
	}
	digits := d.NumDigits() + int(d.Exponent()) // before the point
	if digits > 15 {
		return stored
	}
	d = d.Round(int32(15 - digits))
	switch f {
	case asDate:
		if date1904 {
			d = d.Add(decimal.NewFromInt(1462)) // days later
		}
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(d.IntPart())).Format(time.DateOnly)
	case asPercent:
		return d.Shift(2).String() + "%"
	}
	return d.String()
}
