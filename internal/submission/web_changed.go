package submission

// A changed figure in the reader's language: where, from what, through which report.

import (
	"context"
	"net/url"
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/progress"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// where is the area and period of the figure.
func (c Changed) where(ctx context.Context) string {
	v := c.After
	return part.Name(ctx, v.Area.Name, v.Area.NameEN) + " · " + part.Name(ctx, v.Period.Label(v.Indicator.YearStart),
		v.Period.LabelEN(v.Indicator.YearStart))
}

// was is the number before, with its unit.
func (c Changed) was(ctx context.Context) string {
	f := progress.Figure(ctx, c.Before)
	if f.Text.String() == "—" {
		return part.T(ctx, "没有数")
	}
	return f.Text.String()
}

// becomes is the number after; one that is not accepted yet has no proof.
func (c Changed) becomes(ctx context.Context) part.FigureView {
	f := progress.Figure(ctx, c.After)
	if c.By.Version.AcceptedAt.IsZero() {
		f.ProofURL = ""
	}
	return f
}

// coverage says how much more is in, where that is what changed.
func (c Changed) coverage(ctx context.Context) string {
	if c.After.Due < 2 || c.Before.Reported == c.After.Reported {
		return ""
	}
	if c.After.Reported == c.After.Due {
		return part.T(ctx, "已报：%d → %d，已报齐", c.Before.Reported, c.After.Reported)
	}
	return part.T(ctx, "已报：%d → %d，应报%d", c.Before.Reported, c.After.Reported, c.After.Due)
}

func (c Changed) indicatorURL() string {
	v := c.After
	return "/indicators/" + url.PathEscape(v.Indicator.Code) + "?" +
		url.Values{"area": {v.Area.Code}, "period": {v.Period.String()}}.Encode()
}

// Through says which report brought the change, and when: 朝阳区的婚前保健情况表，11月28日 18:02审核通过.
func (c Changed) Through(ctx context.Context) string {
	s := c.By.Submission
	if c.Unnamed {
		return part.T(ctx, "%s有报表审核通过", part.When(c.By.Version.AcceptedAt))
	}
	area, form := part.Name(ctx, s.Area.Name, s.Area.NameEN), part.Name(ctx, s.Form.Name, s.Form.NameEN)
	if c.By.Version.Source != "" {
		return part.T(ctx, "%s的%s，%s导入", area, form, part.When(c.By.Version.AcceptedAt))
	}
	return part.T(ctx, "%s的%s，%s审核通过", area, form, part.When(c.By.Version.AcceptedAt))
}

// ChangedFigure is a changed figure for programs. Waits: it would change if the report were accepted now.
type ChangedFigure struct {
	Indicator string `json:"indicator"`
	Name      string `json:"name"`
	Area      string `json:"area"`
	Period    string `json:"period"`
	Before    string `json:"before"` // empty: there was no number
	After     string `json:"after"`
	Unit      string `json:"unit"`
	Base      bool   `json:"denominator,omitempty"` // a number that it is held against changed
	Waits     bool   `json:"waits,omitempty"`
}

func (c Changed) forPrograms(waits bool) ChangedFigure {
	i := c.After.Indicator
	return ChangedFigure{Indicator: i.Code, Name: i.Name, Area: c.After.Area.Code, Period: c.After.Period.String(),
		Before: c.Before.Plain(), After: c.After.Plain(), Unit: i.Unit, Base: c.Base, Waits: waits}
}

// readChanged reads what the acceptance changed, or would change once what is frozen is accepted.
func (d *showData) readChanged(tx *db.Tx, by auth.User) (err error) {
	switch d.State {
	case Accepted:
		d.changed, err = d.s.changed(tx, by)
	case Prepared, Printed, Scanned, Signed:
		d.ahead, err = d.s.ahead(tx, by, d.newest())
	}
	for _, c := range d.changed {
		d.Changes = append(d.Changes, c.forPrograms(false))
	}
	for _, c := range d.ahead {
		d.Changes = append(d.Changes, c.forPrograms(true))
	}
	return err
}

// amends says whether another version counted before the one that the page is about.
func (d showData) amends() bool {
	counted := 0
	for _, v := range d.Versions {
		if !v.AcceptedAt.IsZero() {
			counted++
		}
	}
	return counted > 1 || counted == 1 && d.State != Accepted
}

// readCiting names what was written with figures that an amendment changes: whoever corrects a number has to see to it.
func (d *showData) readCiting(r *web.Request, cites Cites) error {
	if cites == nil || r.AsOf != "" || !d.amends() {
		return nil
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	called := func(zh, en string) string { return part.Name(ctx, zh, en) }
	asked := map[string]bool{}
	for _, c := range append(slices.Clone(d.changed), d.ahead...) {
		code := c.After.Indicator.Code
		if asked[code] {
			continue
		}
		asked[code] = true
		some, err := cites(r.Tx, r.User, called, code)
		if err != nil {
			return err
		}
		for _, one := range some {
			if !slices.Contains(d.Citing, one) {
				d.Citing = append(d.Citing, one)
			}
		}
	}
	return nil
}
