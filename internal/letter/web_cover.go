package letter

// The cover note as a page and as a file to print; what it says is cover.go's.

import (
	"context"
	"strconv"

	"yipanqi/internal/network"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// coverData is the note of one edition.
type coverData struct {
	Title   string     `json:"title"`
	Edition int64      `json:"edition"`
	Digest  string     `json:"digest"`
	Rows    []coverRow `json:"rows"`
	Steps   []Handled  `json:"steps"`

	l     Letter
	named map[string]network.Unit // by their names, as the journal has them
}

func (p pages) coverOf(r *web.Request, in showInput) (Cover, error) {
	issuer, err := p.secrets.Installation.Public()
	if err != nil {
		return Cover{}, err
	}
	return CoverOf(r.Tx, r.User, in.ID, in.Edition, issuer)
}

func (p pages) cover(r *web.Request, in showInput) (d coverData, err error) {
	c, err := p.coverOf(r, in)
	if err != nil {
		return d, err
	}
	all, err := units(r.Tx)
	d = coverData{Title: c.Text.Title, Edition: c.Version.Edition, Digest: c.Version.Digest, Rows: c.rows(),
		Steps: c.Steps, l: c.Letter, named: map[string]network.Unit{}}
	for _, u := range all {
		d.named[u.Name] = u
	}
	return d, err
}

func (p pages) coverDocument(r *web.Request, in showInput) (web.File, error) {
	c, err := p.coverOf(r, in)
	if err != nil {
		return web.File{}, err
	}
	name, paper := c.Paper()
	return web.Word(r, name, paper)
}

// about are the rows below the title, which stands above.
func (d coverData) about() []coverRow { return d.Rows[1:] }

func (d coverData) unit(ctx context.Context, h Handled) string {
	return part.Name(ctx, h.Unit, d.named[h.Unit].NameEN)
}

// remark is why, or that the step was taken on paper.
func (d coverData) remark(ctx context.Context, h Handled) string {
	if h.Recorded != "" {
		return part.T(ctx, "纸质签字，%s代录", h.Recorded)
	}
	return h.Reason
}

// at is the address of one of the note's pages, of the edition that is shown.
func (d coverData) at(page string) string {
	return d.l.URL() + page + "?edition=" + strconv.FormatInt(d.Edition, 10)
}
