package letter

// Tables of a letter: their heads on the page, and each as a file of its own.

import (
	"bytes"
	"context"
	"fmt"

	"yipanqi/internal/errs"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func (t Laid) columns(ctx context.Context) []part.Col {
	all := []part.Col{{Label: part.T(ctx, areaHead)}}
	for _, head := range t.Heads {
		all = append(all, part.Col{Label: head, Numeric: true})
	}
	return all
}

func (d showData) tableURL(t Laid) string {
	url := fmt.Sprintf("/letters/%s/tables/%d", d.l.ID, t.Number)
	if d.Frozen {
		url += fmt.Sprintf("?edition=%d", d.version.Edition)
	}
	return url
}

type tableInput struct {
	ID      string `json:"id"`
	Number  int    `json:"number" doc:"Of the table in the text, from 1."`
	Edition int64  `json:"edition" doc:"As for the letter's page."`
}

// table is one table of the text that the letter's page would show.
func (p pages) table(r *web.Request, in tableInput) (f web.File, err error) {
	d, err := p.show(r, showInput{ID: in.ID, Edition: in.Edition})
	if err != nil {
		return f, err
	}
	for _, line := range d.Text.Lines() {
		if line.Table != nil && line.Table.Number == in.Number {
			var b bytes.Buffer
			name := fmt.Sprintf("%s-%d", d.Text.Title, in.Number)
			err = line.Table.csv(name).WriteCSV(&b)
			return web.File{Name: name + ".csv", MediaType: "text/csv; charset=utf-8", Body: b.Bytes()}, err
		}
	}
	return f, errs.Missingf("这件发文里没有这张表。")
}

func (g Grid) columns() (all []part.Col) {
	for at, head := range g.Heads {
		numeric := true
		for _, row := range g.Rows {
			numeric = numeric && figured(row[at])
		}
		all = append(all, part.Col{Label: head, Numeric: numeric})
	}
	return all
}
