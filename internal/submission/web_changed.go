package submission

// A changed figure in the reader's language: where, from what, through which report.

import (
	"context"
	"net/url"

	"yipanqi/internal/progress"
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
