package revision

// The papers as files; in Chinese, as they go on the record.

import (
	"yipanqi/internal/network"
	"yipanqi/internal/web"
)

// chinese is the request as a paper is written for it.
func chinese(r *web.Request) *web.Request {
	zh := *r
	zh.Lang = "zh"
	return &zh
}

func paper(r *web.Request, in idInput) (web.File, error) {
	d, err := show(chinese(r), in)
	if err != nil {
		return web.File{}, err
	}
	issuer, err := network.UnitByCode(r.Tx, d.Revision.Office)
	if err != nil {
		return web.File{}, err
	}
	doc := notePaper(d, issuer.Name)
	return web.Word(r, d.Revision.Title+"修订说明", doc)
}

func recordsPaper(r *web.Request, _ struct{}) (web.File, error) {
	rows, err := recorded(chinese(r))
	if err != nil {
		return web.File{}, err
	}
	doc := noDataPaper(rows, r.Tx.Today())
	return web.Word(r, doc.Title, doc)
}

func linksPaper(r *web.Request, _ struct{}) (web.File, error) {
	rows, err := linkedRows(chinese(r))
	if err != nil {
		return web.File{}, err
	}
	doc := linkPaper(rows)
	return web.Word(r, doc.Title, doc)
}

func dutiesPaper(r *web.Request, _ struct{}) (web.File, error) {
	rows, split, should, err := dutied(chinese(r))
	if err != nil {
		return web.File{}, err
	}
	doc := sexPaper(rows, split, should)
	return web.Word(r, doc.Title, doc)
}
