package supervision

// The form in which a finding is written.

import (
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// findingEdit is a finding as its writer sees it.
type findingEdit struct {
	Finding  Finding `json:"finding"`
	Visit    string  `json:"visit"`
	evidence []part.Option
	causes   []part.Option
	units    []part.Option
	yardsticks
	indicators []part.Option
}

type newFindingInput struct {
	Visit string `json:"visit" doc:"Identifier of the visit."`
}

func newFinding(r *web.Request, in newFindingInput) (d findingEdit, err error) {
	v, err := Read(r.Tx, r.User, in.Visit)
	if err == nil && !v.inside(r.User) {
		err = unseen
	}
	if err != nil {
		return d, errs.In("visit", err)
	}
	d.Visit, d.Finding = v.ID, Finding{Kind: "problem", Weight: "normal", Evidence: []string{}}
	return d, d.choices(r, v)
}

func editFinding(r *web.Request, in idInput) (d findingEdit, err error) {
	if d.Finding, err = ReadFinding(r.Tx, r.User, in.ID); err != nil {
		return d, err
	}
	if !d.Finding.stand().inside(r.User) {
		return d, unseenFinding
	}
	v, err := Get(r.Tx, d.Finding.VisitID)
	if err != nil {
		return d, err
	}
	d.Visit = v.ID
	return d, d.choices(r, v)
}

func (d *findingEdit) choices(r *web.Request, v Visit) error {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	notes, err := notesOf(r.Tx, v.ID)
	if err != nil {
		return err
	}
	for _, n := range notes {
		if n.Kind != PhotoNote {
			d.evidence = append(d.evidence, part.Option{Value: n.Object(), Label: say.Title(n.said(ctx), maxTitle)})
		}
	}
	sites, err := sitesOf(r.Tx, v.ID)
	if err != nil {
		return err
	}
	for _, s := range sites {
		d.evidence = append(d.evidence, part.Option{Value: s.Object(), Label: part.T(ctx, "点位") + " " + s.Place})
	}
	codes, words := matter.CauseKinds()
	d.causes = []part.Option{{Label: part.T(ctx, "不清楚")}}
	for n, code := range codes {
		d.causes = append(d.causes, part.Option{Value: code, Label: part.T(ctx, words[n])})
	}
	units, err := network.UnitsOf(r.Tx, v.AreaID)
	if err != nil {
		return err
	}
	d.units = []part.Option{{Label: part.T(ctx, "区妇儿工委办")}}
	for _, u := range units {
		d.units = append(d.units, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
	}
	if d.yardsticks, err = yardsticksFor(ctx, r.Tx, v.AreaPath); err != nil {
		return err
	}
	all, err := indicator.List(r.Tx)
	d.indicators = []part.Option{{Label: part.T(ctx, "没有对应指标")}}
	for _, i := range all {
		d.indicators = append(d.indicators, part.Option{Value: i.Code,
			Label: i.Code + " " + part.Name(ctx, i.Name, i.NameEN)})
	}
	return err
}

func (d findingEdit) action() string {
	if d.Finding.ID == "" {
		return "/findings"
	}
	return d.Finding.URL() + "/edit"
}

// words are those pieces of evidence that are neither a note nor a place.
func (d findingEdit) words() string {
	for _, e := range d.Finding.Evidence {
		if !strings.HasPrefix(e, "visit_") {
			return e
		}
	}
	return ""
}
