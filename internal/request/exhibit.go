package request

// A request as somebody engaged from outside reads it: the answers that were accepted, of the units of some areas.

import (
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

func exhibited(tx *db.Tx, id string, within []string) (x module.Exhibited, err error) {
	r, err := Get(tx, id)
	if err == nil && (r.State == Draft || r.State == Withdrawn) {
		err = errs.Missingf("没有找到这项征集。它可能不存在，或者还没有发出。")
	}
	if err != nil {
		return x, err
	}
	x.Title = r.Title + "：审核通过的答复"
	all, err := Answers(tx, id)
	if err != nil {
		return x, err
	}
	for _, a := range all {
		inside := slices.ContainsFunc(within, func(path string) bool { return strings.HasPrefix(a.AreaPath, path) })
		if a.State != Accepted || !inside {
			continue
		}
		blocks, err := a.accepted(tx, r)
		if err != nil {
			return x, err
		}
		x.Blocks = append(x.Blocks, blocks...)
	}
	if len(x.Blocks) == 0 {
		x.Blocks = []document.Block{document.Text("受聘范围内还没有审核通过的答复。")}
	}
	return x, nil
}

// accepted is an accepted answer as a paper has it.
func (a Answer) accepted(tx *db.Tx, r Request) (blocks []document.Block, err error) {
	unit, err := network.UnitByCode(tx, a.Unit)
	if err != nil {
		return nil, err
	}
	v, err := newest(tx, a.ID)
	if err != nil {
		return nil, err
	}
	content, err := v.Content()
	if err != nil {
		return nil, err
	}
	blocks = append(blocks, document.Heading{Level: 1, Text: unit.Name})
	for _, q := range r.Questions {
		if !q.Asks(a.Asked) {
			continue
		}
		g := content[q.Number]
		blocks = append(blocks, document.Heading{Level: 2, Text: q.Number + "．" + q.Text})
		for _, text := range []string{g.Text, g.Choice} {
			if text != "" {
				blocks = append(blocks, document.Text(text))
			}
		}
		for _, row := range g.Rows {
			blocks = append(blocks, document.Text(strings.Join(row, "　")))
		}
		for _, f := range g.Figures {
			blocks = append(blocks, document.Text(f.Name+"，"+f.Year+"年："+f.Value))
		}
		if g.None != "" {
			blocks = append(blocks, document.Text("无此项："+g.None))
		}
	}
	return blocks, nil
}
