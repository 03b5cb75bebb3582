package letter

// A version of a letter as an official document: what it says, laid out by package document.

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
)

// Print is the version as a document; number and day stand on it once it has them.
func Print(c Content, number, dated string) document.Document {
	d := document.Document{Title: c.Title, Number: number, Issuer: c.Issuer.Name, Copies: names(c.Copies, "，"),
		Printer: c.Issuer.Name}
	switch c.Kind {
	case KindLetter:
		d.Form, d.Head = document.Letter, c.Issuer.Name
	case KindMinutes:
		d.Form, d.Head = document.Minutes, c.Issuer.Name+"纪要"
	default:
		d.Form, d.Head = document.General, cmp.Or(c.Heading, c.Issuer.Name+"文件")
	}
	if dated != "" {
		d.Date, d.PrintedOn = document.Day(dated), document.Day(dated)
	}
	if c.Sample {
		d.Sample = document.SampleMark
	}
	if d.Recipient = names(c.Main, "、"); c.Kind == KindMinutes { // they go out to units, and address none
		d.Recipient, d.Copies = "", names(slices.Concat(c.Main, c.Copies), "，")
	}
	for _, line := range c.Lines() {
		if line.Table != nil || line.Grid != nil {
			d.Blocks = append(d.Blocks, line.printed()...)
			continue
		}
		if line.Level > 0 {
			d.Blocks = append(d.Blocks, document.Heading{Level: line.Level, Text: line.Text()})
			continue
		}
		var runs []document.Run
		for _, p := range line.Pieces {
			runs = append(runs, document.Run{Text: p.Text, Mark: p.Figure != nil && p.Figure.Problem != ""})
		}
		d.Blocks = append(d.Blocks, document.Paragraph{Runs: runs})
	}
	for _, f := range c.Files {
		d.Enclosed = append(d.Enclosed, strings.TrimSuffix(f.Name, filepath.Ext(f.Name)))
	}
	for _, p := range c.People {
		d.People = append(d.People, document.People{Label: string(peopleWords[p.As]),
			Names: strings.Join(p.Names, "，")})
	}
	d.Note = c.Counted().note()
	return d
}

// note is what every issued document says of its figures: how many two people signed, and the rest one by one.
func (n Counted) note() string {
	if n.All == 0 {
		return ""
	}
	said := fmt.Sprintf("本件共%d项数据，%d项已双签字", n.All, n.Signed)
	var rest []string
	for _, o := range n.Rest {
		rest = append(rest, fmt.Sprintf("“%s”（%s）%s", o.Text, strings.TrimRight(o.About, "。"),
			strings.TrimRight(o.Why, "。")))
	}
	if len(rest) > 0 {
		said += "；其余：" + strings.Join(rest, "；")
	}
	return said + "。"
}

// names are units as a document lists them.
func names(all []Named, between string) string {
	var said []string
	for _, n := range all {
		said = append(said, n.Name)
	}
	return strings.Join(said, between)
}

// Write is the version as a .docx file, and its name. A version that was not issued bears no number.
func Write(tx *db.Tx, l Letter, v Version) (name string, body []byte, err error) {
	c, err := v.Content()
	if err != nil {
		return "", nil, err
	}
	number := ""
	if !v.IssuedAt.IsZero() {
		number = l.Number
	}
	var b bytes.Buffer
	err = document.Write(&b, Print(c, number, v.DatedOn))
	return document.FileName(l.Number + " " + c.Title), b.Bytes(), err
}
