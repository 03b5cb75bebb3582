package record_test

// Printed forms: every box of the paper in its order, filled or empty, with room to sign; and every other print as a
// file that can be opened.

import (
	"bytes"
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
)

// officialForms are the boxes of the paper's forms in their order: by register, what stands on the form.
func officialForms(t *testing.T) (forms map[string][]string, names map[string]string) {
	t.Helper()
	f, err := os.Open("../register/testdata/printed_forms.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	forms, names = map[string][]string{}, map[string]string{}
	section := ""
	for _, row := range rows[1:] { // form_zh, register, section_zh, order, box_zh
		if section != row[0]+row[2] && !strings.HasPrefix(row[2], "列(") {
			forms[row[1]] = append(forms[row[1]], row[2])
		}
		section = row[0] + row[2]
		forms[row[1]], names[row[1]] = append(forms[row[1]], row[4]), row[0]
	}
	return forms, names
}

func written(t *testing.T, d document.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := document.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	lines, err := document.Read(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

func TestPrintedFormsHaveTheBoxesOfThePaperInItsOrder(t *testing.T) {
	eachTown(t, func(c *town) {
		forms, names := officialForms(t)
		c.view(func(tx *db.Tx) error {
			all, err := record.Registers(tx)
			if err != nil {
				return err
			}
			for _, d := range all {
				filled, err := record.First(tx, d.Code)
				if err != nil {
					return err
				}
				for _, p := range d.Prints {
					for _, r := range []record.Record{filled, {Register: d.Code, Body: register.Body{}}} {
						doc, err := record.Printed(tx, r, p.Code)
						if err != nil {
							return err
						}
						text := written(c.T, doc)
						if p.Shape != "sign" && (doc.Title != p.Name.ZH || !strings.Contains(text, p.Name.ZH)) {
							c.Errorf("%s of %s is called %q", p.Code, d.Code, doc.Title)
						}
						if p.Name.ZH != names[d.Code] {
							continue
						}
						rest := text[strings.Index(text, p.Name.ZH)+len(p.Name.ZH):]
						for _, box := range forms[d.Code] {
							_, after, found := strings.Cut(rest, box)
							if !found {
								c.Errorf("%s: after %.60q there is no box %s", p.Name.ZH, rest, box)
								break
							}
							rest = after
						}
						delete(forms, map[bool]string{true: d.Code}[r.ID == ""])
					}
				}
			}
			return nil
		})
		if len(forms) > 0 {
			c.Errorf("nobody prints %v", forms)
		}
	})
}

// A sheet without a row leaves nobody to guess where the records are.
func TestAListOfNothingSaysWhy(t *testing.T) {
	t.Parallel()
	for _, shape := range []string{"list", "book"} {
		if text := written(t, record.PrintedNone(shape, "2024-03-15")); !strings.Contains(text, "只列已经确认") {
			t.Errorf("a %s of nothing says %q", shape, text)
		}
	}
}
