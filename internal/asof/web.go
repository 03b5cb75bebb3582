package asof

// What has changed since a day: figures then and now, the reports that were accepted since, and definitions that were
// changed. It judges nothing: why a figure changed is for its proof.

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
	"yipanqi/internal/submission"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Past opens a day for the kernel.
func (b *Book) Past(ctx context.Context, day string) (*web.Past, error) {
	opened, err := b.Open(ctx, day)
	if err != nil {
		return nil, err
	}
	return &web.Past{DB: opened.DB, Day: day, Unproven: opened.Unproven, Release: opened.Release}, nil
}

func (b *Book) routes(m *web.Mux) {
	web.View(m, "GET /since 看某日以来哪些数变了", VerbRead, b.since, sincePage)
}

type sinceInput struct {
	Day  string `json:"day" doc:"2018-10-31, Chinese time; yesterday if empty."`
	Area string `json:"area"`
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

type sinceData struct {
	Day         string       `json:"day"`
	Area        network.Area `json:"area"`
	Figures     []change     `json:"figures"`
	Reports     []report     `json:"reports"`     // accepted since, the newest first, at most many
	Definitions []definition `json:"definitions"` // changed since
	list.Shown[change]
}

// change is a figure that is not what it was.
type change struct {
	Indicator string     `json:"indicator"`
	Name      string     `json:"name"`
	Period    string     `json:"period"`
	Then      string     `json:"then"` // as shown, with its unit; empty: none
	Now       string     `json:"now"`
	ThenProof string     `json:"then_proof,omitempty"`
	NowProof  string     `json:"now_proof,omitempty"`
	ThenIn    progressIn `json:"then_reports"`
	NowIn     progressIn `json:"now_reports"`
	Status    string     `json:"status,omitempty"` // of what it is now
	Origin    string     `json:"origin,omitempty"`
	nameEN    string
	then, now *progress.Value
}

// progressIn is how many of the reports that are due are in.
type progressIn struct {
	Reported int `json:"reported"`
	Due      int `json:"due"`
}

// report is an acceptance.
type report struct {
	At   time.Time `json:"at"`
	Name string    `json:"name"` // of form, area and period
	URL  string    `json:"url"`
	name say.Words
}

// many is how many acceptances and definitions the page lists.
const many = 50

func (b *Book) since(r *web.Request, in sinceInput) (d sinceData, err error) {
	if d.Day = in.Day; d.Day == "" {
		d.Day = r.Tx.Now.In(db.China).AddDate(0, 0, -1).Format(time.DateOnly)
	}
	areas, err := seen(r.Tx, r.User)
	if err != nil {
		return d, err
	}
	i := slices.IndexFunc(areas, func(a network.Area) bool { return in.Area == "" || a.Code == in.Area })
	if i < 0 {
		return d, errs.Fields{"area": say.New("没有这个地区，或者您看不到。请从列表里选。")}.Check("没有这个地区。")
	}
	d.Area = areas[i]
	past, err := b.OpenWithin(r.Tx, d.Day)
	if errs.KindOf(err) == errs.Invalid && in.Day == "" { // nothing is older than today
		d.Figures, d.Reports, d.Definitions = []change{}, []report{}, []definition{}
		return d, d.listed(r, in, areas)
	}
	if err != nil {
		return d, err
	}
	defer past.Release()
	if err := d.figures(r, past); err != nil {
		return d, err
	}
	end, _ := endOf(d.Day) // it was opened by that
	place, err := placeAt(r.Tx, end)
	if err != nil {
		return d, err
	}
	if err := d.reports(r, end); err != nil {
		return d, err
	}
	if d.Definitions, err = definitions(r.Tx, r.User, place); err != nil {
		return d, err
	}
	return d, d.listed(r, in, areas)
}

// seen are the areas whose figures the user may read: the whole, those just below it, and those of own posts.
func seen(tx *db.Tx, by auth.User) (some []network.Area, err error) {
	root, err := network.Root(tx)
	if err != nil {
		return nil, err
	}
	all, err := network.Children(tx, root.ID, tx.Today())
	if err != nil {
		return nil, err
	}
	all = append([]network.Area{root}, all...)
	for _, p := range by.Posts {
		own, err := network.AreaByID(tx, p.AreaID)
		if err != nil {
			return nil, err
		}
		all = append(all, own)
	}
	for _, a := range all {
		known := slices.ContainsFunc(some, func(b network.Area) bool { return a.ID == b.ID })
		if !known && by.SeesFigures(a.Path) {
			some = append(some, a)
		}
	}
	return some, nil
}

// figures holds all known values of the area then against now.
func (d *sinceData) figures(r *web.Request, past *Day) error {
	now, err := valuesOf(r.Tx, d.Area)
	if err != nil {
		return err
	}
	var then []progress.Value
	err = past.DB.View(r.Context, func(tx *db.Tx) error {
		area, err := network.AreaByCode(tx, d.Area.Code, "")
		if errs.KindOf(err) == errs.Missing {
			return nil
		}
		if err == nil {
			then, err = valuesOf(tx, area)
		}
		return err
	})
	if err != nil {
		return err
	}
	type key struct{ indicator, period string }
	all := map[key]*change{}
	at := func(v progress.Value) *change {
		k := key{v.Indicator.Code, v.Period.String()}
		if all[k] == nil {
			all[k] = &change{Indicator: v.Indicator.Code, Name: v.Indicator.Name, nameEN: v.Indicator.NameEN,
				Period: k.period}
		}
		return all[k]
	}
	for _, v := range then {
		c := at(v)
		c.Then, c.ThenIn, c.then = chinese(&v), progressIn{v.Reported, v.Due}, &v
		c.ThenProof = web.OnDay(v.ProofURL(), d.Day)
	}
	for _, v := range now {
		c := at(v)
		c.Now, c.NowIn, c.NowProof, c.now = chinese(&v), progressIn{v.Reported, v.Due}, v.ProofURL(), &v
		c.Status, c.Origin = string(v.Status), string(v.Origin)
	}
	d.Figures = []change{}
	for _, c := range all {
		if c.Then != c.Now || c.ThenIn != c.NowIn {
			d.Figures = append(d.Figures, *c)
		}
	}
	slices.SortFunc(d.Figures, func(a, b change) int {
		return cmp.Or(strings.Compare(b.Period, a.Period), strings.Compare(a.Indicator, b.Indicator))
	})
	return nil
}

func valuesOf(tx *db.Tx, area network.Area) ([]progress.Value, error) {
	return progress.Values(tx, progress.Query{Areas: []network.Area{area}, Sexes: []int{quantity.SexTotal}})
}

// reports are the acceptances since in the area.
func (d *sinceData) reports(r *web.Request, from time.Time) error {
	d.Reports = []report{}
	accepted, err := submission.AcceptedSince(r.Tx, r.User, d.Area, from, many)
	for _, a := range accepted {
		words := say.New("%s%s（%s）", say.Name{ZH: a.Area.Name, EN: a.Area.NameEN}, a.Form, a.Period.String())
		d.Reports = append(d.Reports, report{At: a.At, Name: words.String(), URL: a.URL(), name: words})
	}
	return err
}

func (d *sinceData) listed(r *web.Request, in sinceInput, areas []network.Area) (err error) {
	var options []part.Option
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, a := range areas {
		options = append(options, part.Option{Value: a.Code, Label: part.Name(ctx, a.Name, a.NameEN)})
	}
	l := changes(*d)
	_, d.Shown, err = l.Sorted(r, list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{
		{Name: "day", Label: "从这一天结束时起", Value: d.Day, Type: "date", Must: true},
		{Name: "area", Label: "地区", Value: d.Area.Code, Options: options, Must: true}}}, d.Figures)
	return err
}

func changes(d sinceData) list.List[change] {
	return list.List[change]{Path: "/since", File: "since", Title: "此后的变化",
		Intro:   say.New("%s结束时与现在相比，%s变了的数。", d.Day, say.Name{ZH: d.Area.Name, EN: d.Area.NameEN}),
		Heading: "变了的数", Size: 50, Below: sinceBelow(d),
		Empty: list.Empty{Title: "没有变化", Next: "这一天以来，本地区的数都没有变。换一个更早的日期再看。"},
		Columns: []list.Column[change]{
			{Label: "指标", Name: "name", Text: func(ctx context.Context, c change) string {
				return part.Name(ctx, c.Name, c.nameEN)
			}, URL: func(c change) string { return "/indicators/" + c.Indicator },
				Compare: func(a, b change) int { return strings.Compare(a.Name, b.Name) }},
			{Label: "指标代码", Saved: true, Text: func(_ context.Context, c change) string { return c.Indicator }},
			{Label: "期间", Name: "period", Newest: true,
				Text:    func(_ context.Context, c change) string { return c.Period },
				Compare: func(a, b change) int { return strings.Compare(a.Period, b.Period) }},
			{Name: "then", Label: "当时",
				Text: func(ctx context.Context, c change) string { return written(ctx, c.then) },
				Show: func(c change) templ.Component { return valueCell(c.then, c.ThenProof, c.ThenIn) }},
			{Name: "now", Label: "现在",
				Text: func(ctx context.Context, c change) string { return written(ctx, c.now) },
				Show: func(c change) templ.Component { return valueCell(c.now, c.NowProof, c.NowIn) }},
			{Label: "当时已报", Saved: true,
				Text: func(_ context.Context, c change) string { return c.ThenIn.words() }},
			{Label: "现在已报", Saved: true, Text: func(_ context.Context, c change) string { return c.NowIn.words() }},
		}}
}
