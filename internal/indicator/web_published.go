package indicator

// What public sources say: the list, and the form in which a figure is registered or corrected. The page of one figure
// needs what reports say of the same and is proof's.

import (
	"context"
	_ "embed"
	"net/url"
	"slices"
	"strings"

	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

func publishedRoutes(m *web.Mux) {
	web.View(m, "GET /published 列出公开数据", "indicator.read", showPublished, publishedListPage, web.AsOf)
	web.View(m, "GET /published/new 准备登记一个公开数据", VerbPublished, newPublished, publishedFormPage)
	web.Form(m, "POST /published 登记或改正一个公开数据", VerbPublished, publish, newPublished, publishedFormPage)
}

type publishedInput struct {
	Sort string `json:"sort"`
	Page int    `json:"page"`
	Q    string `json:"q"`
}

// quoted is a published figure with what it is of.
type quoted struct {
	Published

	Indicator string `json:"indicator"` // code
	Area      string `json:"area"`      // code
	Unit      string `json:"unit"`
	of        Indicator
	in        network.Area
}

type publishedData struct {
	Items []quoted `json:"published"`
	list.Shown[quoted]
}

func showPublished(r *web.Request, in publishedInput) (d publishedData, err error) {
	all, err := seenPublished(r)
	if err != nil {
		return d, err
	}
	word := strings.TrimSpace(in.Q)
	rows := slices.DeleteFunc(all, func(q quoted) bool {
		return word != "" && !slices.ContainsFunc([]string{q.of.Name, q.of.NameEN, q.in.Name, q.SourceTitle, q.Note},
			func(text string) bool { return strings.Contains(strings.ToLower(text), strings.ToLower(word)) })
	})
	shown := list.List[quoted]{Path: "/published", File: "published", Title: "公开来源的数据", Size: 50,
		Intro: say.New("公报、年鉴等公开来源里的数：不经签字，不参加合计，供数据核对和对照使用。"),
		Empty: list.Empty{Title: "没有公开来源的数据", Next: "在这里登记，或用 published.csv 导入。"},
		Columns: []list.Column[quoted]{
			{Name: "indicator", Label: "指标", URL: func(q quoted) string { return "/published/" + q.ID },
				Text: func(ctx context.Context, q quoted) string { return part.Name(ctx, q.of.Name, q.of.NameEN) }},
			{Name: "area", Label: "地区",
				Text: func(ctx context.Context, q quoted) string { return part.Name(ctx, q.in.Name, q.in.NameEN) }},
			{Name: "period", Label: "期间", Newest: true,
				Text: func(_ context.Context, q quoted) string { return q.Period.String() }},
			{Name: "sex", Label: "性别",
				Text: func(ctx context.Context, q quoted) string { return part.T(ctx, quantity.SexWords(q.Sex)) }},
			{Label: "数值", Numeric: true, Unsorted: "不同指标的数不能比大小",
				Text: func(ctx context.Context, q quoted) string {
					return part.Measured(ctx, quantity.Grouped(q.Value), q.Mark, q.of.Unit, q.of.UnitEN).String()
				}},
			{Name: "source", Label: "来源", Text: func(_ context.Context, q quoted) string { return q.SourceTitle }},
			{Name: "where", Label: "页码", Text: func(_ context.Context, q quoted) string { return q.SourcePage }},
			{Name: "day", Label: "公布日期", Newest: true,
				Text: func(_ context.Context, q quoted) string { return q.PublishedOn }},
		}}
	if r.User.Can(VerbPublished) {
		shown.Actions = publishedLink()
	}
	d.Items, d.Shown, err = shown.Sorted(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{{Name: "q", Label: "查找", Value: in.Q}}}, rows)
	if d.Items == nil {
		d.Items = []quoted{}
	}
	return d, err
}

// seenPublished are the figures of the areas that the user may see.
func seenPublished(r *web.Request) (seen []quoted, err error) {
	all, err := PublishedAll(r.Tx)
	if err != nil {
		return nil, err
	}
	indicators, err := List(r.Tx)
	if err != nil {
		return nil, err
	}
	areas, err := network.AllAreas(r.Tx)
	if err != nil {
		return nil, err
	}
	of, in := map[int64]Indicator{}, map[int64]network.Area{}
	for _, i := range indicators {
		of[i.ID] = i
	}
	for _, a := range areas {
		in[a.ID] = a
	}
	for _, p := range all {
		if i, a := of[p.IndicatorID], in[p.AreaID]; r.User.SeesFigures(a.Path) {
			seen = append(seen, quoted{p, i.Code, a.Code, i.Unit, i, a})
		}
	}
	return seen, nil
}

// newPublishedInput is what the form begins with: a figure to correct, or what a new one is of. Check is the checked
// text that it is registered for.
type newPublishedInput struct {
	Figure    string `json:"figure" doc:"The id of a figure to correct."`
	Indicator string `json:"indicator"`
	Area      string `json:"area"`
	Period    string `json:"period"`
	Sex       string `json:"sex"`
	Check     string `json:"check" doc:"The checked text that it is for."`
}

type newPublishedData struct {
	Figure     quoted          `json:"figure"`
	Areas      []network.Label `json:"areas"`
	Indicators []network.Label `json:"indicators"`
	Calibres   []network.Label `json:"calibres"`

	period, sex, calibre, check, today string
}

func newPublished(r *web.Request, in newPublishedInput) (d newPublishedData, err error) {
	d.check, d.period, d.sex, d.today = in.Check, in.Period, in.Sex, r.Tx.Today()
	d.Areas, d.Indicators, d.Calibres = []network.Label{}, []network.Label{}, []network.Label{}
	if in.Figure != "" {
		all, err := seenPublished(r)
		at := slices.IndexFunc(all, func(q quoted) bool { return q.ID == in.Figure })
		if err != nil || at < 0 {
			return d, errs.In("figure", errs.Missingf(noFigure))
		}
		if !MayCorrect(r.User, all[at].in.Path) {
			return d, errs.In("figure", errs.Invalidf(notCorrect))
		}
		d.Figure = all[at]
		d.period, d.sex = d.Figure.Period.String(), quantity.SexCode(d.Figure.Sex)
	}
	areas, err := network.AllAreas(r.Tx)
	if err != nil {
		return d, err
	}
	for _, a := range areas {
		if MayPublish(r.User, a.Path) && (a.ClosesOn == "" || a.ID == d.Figure.AreaID) {
			d.Areas = append(d.Areas, network.Label{Code: a.Code, Name: a.Name, NameEN: a.NameEN})
			if a.Code == in.Area {
				d.Figure.Area = a.Code
			}
		}
	}
	indicators, err := List(r.Tx)
	if err != nil {
		return d, err
	}
	for _, i := range indicators {
		d.Indicators = append(d.Indicators, network.Label{Code: i.Code, Name: i.Name, NameEN: i.NameEN})
		if i.Code == in.Indicator {
			d.Figure.Indicator, d.Figure.Unit, d.Figure.of = i.Code, i.Unit, i
		}
	}
	calibres, err := element.Calibres(r.Tx)
	for _, c := range calibres {
		if c.ID == 0 {
			continue
		}
		d.Calibres = append(d.Calibres, network.Label{Code: c.Code, Name: c.Name, NameEN: c.NameEN})
		if c.ID == d.Figure.CalibreID && d.Figure.ID != "" {
			d.calibre = c.Code
		}
	}
	slices.SortFunc(d.Calibres, func(a, b network.Label) int { return strings.Compare(a.Code, b.Code) })
	return d, err
}

type publishInput struct {
	Figure      string `json:"figure" doc:"The id of the figure that is corrected; empty for a new one."`
	Indicator   string `json:"indicator"`
	Area        string `json:"area"`
	Period      string `json:"period"`
	Sex         string `json:"sex" enum:"_T,1,2"`
	Calibre     string `json:"calibre" doc:"Whom the source counts, as a code; empty if it does not say."`
	Value       string `json:"value" doc:"As the source writes it, with its decimals."`
	Unit        string `json:"unit" doc:"As the source has it: the indicator's own, or with 万 or 亿 before it."`
	Mark        string `json:"mark" enum:"exact,nearly,over,at_least,about" doc:"How exactly the source says it."`
	Derived     bool   `json:"derived" doc:"Worked out from what the source says."`
	SourceTitle string `json:"source_title" doc:"The full title of the source."`
	SourceURL   string `json:"source_url" doc:"Its address, with https:// or http://."`
	SourcePage  string `json:"source_page" doc:"Where in the source: 第12页, 表3."`
	PublishedOn string `json:"published_on" doc:"The day on which the source came out, 2024-03-31."`
	Note        string `json:"note" doc:"What else is to be known of it."`
	Check       string `json:"check" doc:"The checked text to come back to."`
}

// registered tells a program where the figure is.
type registered struct {
	ID       string `json:"id"`
	Location string `json:"location"`
}

// markCodes are the marks as programs say them.
var markCodes = map[string]quantity.Mark{"": quantity.Exact, "exact": quantity.Exact, "nearly": quantity.Nearly,
	"over": quantity.Over, "at_least": quantity.AtLeast, "about": quantity.About}

func publish(r *web.Request, in publishInput) (done web.Done[registered], err error) {
	f := errs.Fields{}
	p := Published{ID: in.Figure, Value: strings.ReplaceAll(strings.TrimSpace(in.Value), ",", ""),
		Mark: markCodes[in.Mark], Derived: in.Derived, Note: strings.TrimSpace(in.Note),
		SourceTitle: strings.TrimSpace(in.SourceTitle), SourceURL: strings.TrimSpace(in.SourceURL),
		SourcePage: strings.TrimSpace(in.SourcePage), PublishedOn: strings.TrimSpace(in.PublishedOn)}
	i, err := ByCode(r.Tx, chosenCode(in.Indicator))
	if err != nil && errs.KindOf(err) != errs.Missing {
		return done, err
	}
	if p.IndicatorID = i.ID; i.ID == 0 {
		f.Say("indicator", "请从列表里选一项指标。")
	}
	areas, err := network.AllAreas(r.Tx)
	if err != nil {
		return done, err
	}
	for _, a := range areas { // the newest row of the code
		if a.Code == in.Area && MayPublish(r.User, a.Path) {
			p.AreaID = a.ID
		}
	}
	if p.AreaID == 0 {
		f.Say("area", "请从列表里选一个您负责的地区。")
	}
	if p.Period, err = period.Parse(strings.TrimSpace(in.Period)); err != nil || in.Period == "" {
		f.Say("period", "期间请写成 2018、2018-S1、2018-Q1 或 2018-01。")
	}
	if p.Sex = quantity.SexTotal; in.Sex != "" {
		if p.Sex, err = quantity.ParseSex(in.Sex); err != nil {
			f.Say("sex", "性别请选合计、男或女。")
		}
	}
	calibres, err := element.Calibres(r.Tx)
	if err != nil {
		return done, err
	}
	known := in.Calibre == ""
	for _, c := range calibres {
		if c.Code == in.Calibre {
			p.CalibreID, known = c.ID, true
		}
	}
	if !known {
		f.Say("calibre", "请从列表里选一种口径，或者留空。")
	}
	if err := f.Check("没有登记：请先改正标出的地方。"); err != nil {
		return done, err
	}
	if p, err = Publish(r.Tx, r.User, p, in.Unit); err != nil {
		return done, err
	}
	done = web.Done[registered]{To: "/published/" + p.ID, Data: registered{p.ID, "/published/" + p.ID},
		Flash: part.In(r.Lang, "已登记。数据核对从现在起也按它对照。")}
	if in.Check != "" {
		done.To = "/checks/" + url.PathEscape(in.Check)
	}
	return done, nil
}

// chosenCode is the code of what was chosen from the form's list, 名称 [代码].
func chosenCode(typed string) string {
	typed = strings.TrimSpace(typed)
	if open := strings.LastIndexByte(typed, '['); open >= 0 && strings.HasSuffix(typed, "]") {
		return typed[open+1 : len(typed)-1]
	}
	return typed
}

// chosen is an indicator as the form's list offers it.
func chosen(ctx context.Context, of network.Label) string {
	if of.Code == "" {
		return ""
	}
	return part.Name(ctx, of.Name, of.NameEN) + " [" + of.Code + "]"
}
