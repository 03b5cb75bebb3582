package supervision

// To whom a notice or a letter would go, as its drafter is told before; who that is sides.go decides.

import (
	"context"

	"yipanqi/internal/db"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// shownSides are those to whom a notice or a letter would go, as its drafter is told before.
type shownSides struct {
	governments []string // codes
	government  []say.Name
	committees  []say.Name
	office      []say.Name
}

func shownSidesOf(tx *db.Tx, areaID int64) (d shownSides, err error) {
	s, err := sidesOf(tx, areaID)
	if err != nil {
		return d, err
	}
	d.governments = s.governments
	if d.government, err = unitNames(tx, s.governments); err != nil {
		return d, err
	}
	if d.committees, err = unitNames(tx, s.committees); err != nil || s.office == "" {
		return d, err
	}
	d.office, err = unitNames(tx, []string{s.office})
	return d, err
}

// options are the governments to choose from.
func (s shownSides) options(ctx context.Context) []part.Option {
	all := []part.Option{{Label: part.T(ctx, "请选择")}}
	for n, code := range s.governments {
		all = append(all, part.Option{Value: code, Label: called(ctx, s.government[n])})
	}
	return all
}
