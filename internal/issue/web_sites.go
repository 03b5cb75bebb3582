package issue

// What the page of an issue shows of a research beside its words: registers to take places from, figures by reference,
// and those that somebody typed.

import (
	"context"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/panel"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// placed reads what the areas of cited figures are called.
func (d *showData) placed(r *web.Request) error {
	d.areas, d.indicators = map[string]string{}, map[string]indicator.Indicator{}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, one := range d.Researches {
		for _, f := range one.Figures {
			a, err := network.NewestArea(r.Tx, f.Area)
			if err != nil {
				return err
			}
			d.areas[f.Area] = part.Name(ctx, a.Name, a.NameEN)
			i, err := indicator.ByCode(r.Tx, f.Indicator)
			if err != nil && errs.KindOf(err) != errs.Missing {
				return err
			}
			d.indicators[f.Indicator] = i
		}
	}
	return nil
}

// called is the indicator of a cited figure in the reader's language; one that is no more as it was cited.
func (d showData) called(ctx context.Context, code, cited string) string {
	if i := d.indicators[code]; i.NameEN != "" {
		return part.Name(ctx, cited, i.NameEN)
	}
	return cited
}

// panelURL is where those who call panels read one.
func (d showData) panelURL(p panel.Panel) string {
	if d.argues {
		return p.URL()
	}
	return ""
}

// registers are those whose places a research can draw from.
func (d showData) registers(ctx context.Context) []part.Option {
	all := []part.Option{{Label: part.T(ctx, "没有：自己写候选点位")}}
	for _, s := range d.sources {
		all = append(all, part.Option{Value: s.Code, Label: part.Name(ctx, s.Name.ZH, s.Name.EN)})
	}
	return all
}

// cited are the figures of a research as they are typed.
func (r Research) cited() string {
	var all []string
	for _, f := range r.Figures {
		all = append(all, f.Line())
	}
	return strings.Join(all, "\n")
}

// typed are figures in the words of a research that are no reference.
func (r Research) typed() (all []string) {
	for _, t := range letter.TypedIn(r.Report) {
		all = append(all, t.Text)
	}
	return all
}
