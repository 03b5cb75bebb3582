package letter

// The page of how letters are received in a year: by all units together, and unit by unit.

import (
	"context"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

type measureInput struct {
	Year int `json:"year" doc:"Year of the letters; by default this one."`
}

// measureData is the measure of receipts of a year.
type measureData struct {
	Year  int       `json:"year"`
	All   Reception `json:"all"`
	Units []unitRow `json:"units"`
}

// unitRow is the measure of one unit.
type unitRow struct {
	Unit string `json:"unit"`
	Reception

	unit network.Unit
	url  string // its page
}

func showMeasure(r *web.Request, in measureInput) (d measureData, err error) {
	if d.Year = in.Year; d.Year == 0 {
		d.Year = r.Tx.Now.In(db.China).Year()
	}
	var of map[string]Reception
	if d.All, of, err = Received(r.Tx, r.User, module.Work{Year: d.Year}); err != nil {
		return d, err
	}
	known, err := units(r.Tx)
	if err != nil {
		return d, err
	}
	d.Units = []unitRow{}
	for code, m := range of {
		row := unitRow{Unit: code, Reception: m, unit: known[code]}
		if row.url, err = network.UnitURL(r.Tx, r.User, row.unit); err != nil {
			return d, err
		}
		d.Units = append(d.Units, row)
	}
	slices.SortFunc(d.Units, func(a, b unitRow) int {
		if n := a.unit.Position - b.unit.Position; n != 0 {
			return n
		}
		return strings.Compare(a.Unit, b.Unit)
	})
	return d, nil
}

// words say the measure with its numerator and denominator; of nothing addressed nothing is said.
func (m Reception) words(ctx context.Context) string {
	if m.Of == 0 {
		return part.T(ctx, "暂无")
	}
	said := part.T(ctx, "应签收%d件次，已签收%d件次，其中按时%d件次", m.Of, m.Received, m.InTime)
	if m.Received > 0 {
		said += part.T(ctx, "，签收用时中位数%s个工作日", m.Median)
	}
	return said
}
