package check

// In words: where a missing number is asked for, and where an area or a period comes from that a figure's own sentence
// does not name. What it is, figurecheck finds.

import (
	"context"
	"net/url"

	"yipanqi/internal/figurecheck"
	"yipanqi/internal/indicator"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

var carriedFrom = map[figurecheck.From]say.Key{
	figurecheck.FromTitle:    "来自文题“%s”",
	figurecheck.FromHeading:  "来自标题“%s”",
	figurecheck.FromLine:     "来自上文“%s”",
	figurecheck.FromSentence: "来自同段前文“%s”",
	figurecheck.FromTable:    "来自表头“%s”",
	figurecheck.FromHand:     "来自落款“%s”",
	figurecheck.FromOwn:      "文中“%s”指本系统所在的地区",
}

// fill is the page of the indicator, area and period where a figure's number is missing: it says who reports it, and
// takes sources; "" if there is none.
func (c corrects) fill(i Item) string {
	if i.Lacks != NoData || !c.computed[i.Indicator] || i.AreaCode == "" || i.PeriodCode == "" {
		return ""
	}
	return "/indicators/" + url.PathEscape(i.Indicator) + "?" +
		url.Values{"area": {i.AreaCode}, "period": {i.PeriodCode}}.Encode()
}

// quote is the form in which the reader registers what a public source says of a figure that nobody has reported; ""
// where that is not the reader's to do.
func (d showData) quote(i Item) string {
	if d.fill(i) == "" || !indicator.MayPublish(d.user, d.corrects.all[i.AreaCode].Path) {
		return ""
	}
	of := url.Values{"indicator": {i.Indicator}, "area": {i.AreaCode}, "period": {i.PeriodCode}, "check": {d.text.ID}}
	if i.sex != "" {
		of.Set("sex", i.sex)
	}
	return "/published/new?" + of.Encode()
}

// carried says where it comes from.
func carried(o *figurecheck.Origin) say.Words {
	switch o.From {
	case figurecheck.FromGiven:
		return say.New("核对时选定")
	case figurecheck.FromOnly:
		return say.New("全文只说到这个地区")
	}
	return say.New(carriedFrom[o.From], o.Text)
}

// origins are the two on one line of the page, "" if the figure's own words say both.
func (i Item) origins(ctx context.Context) (text string) {
	for _, o := range []struct {
		name say.Key
		from *figurecheck.Origin
	}{{"地区", i.AreaFrom}, {"期间", i.PeriodFrom}} {
		if o.from == nil {
			continue
		}
		if text != "" {
			text += " · "
		}
		text += part.T(ctx, "%s：%s", part.T(ctx, o.name), part.Say(ctx, carried(o.from)))
	}
	return text
}

// words are Chinese, for the saved table.
func (f *from) words() string {
	if f == nil {
		return ""
	}
	return say.Chinese([]say.Words{carried(&figurecheck.Origin{From: figurecheck.From(f.Code), Text: f.Text})})
}
