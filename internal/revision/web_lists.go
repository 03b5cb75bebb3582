package revision

// The lists of records, links, duties and revisions: few rows, in memory, of which the reader's are shown.

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/element"
	"yipanqi/internal/indicator"
	"yipanqi/internal/list"
	"yipanqi/internal/say"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Recorded is a record in the list.
type Recorded struct {
	Record
	Name      string `json:"name"`
	OwnerName string `json:"owner_name,omitempty"`
	Lamp      string `json:"lamp"`
}

type recordsInput struct {
	State string `json:"state" doc:"State of a record of missing data."`
	Unit  string `json:"unit"`
	tag.Choice
	Year int    `json:"year" doc:"Only records of which the number is missing from this year on."`
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

type recordsData struct {
	Items []Recorded `json:"records"`
	list.Shown[Recorded]
}

// indicatorNames says what indicators are called, in the reader's language.
func indicatorNames(r *web.Request) (func(code string) string, error) {
	all, err := indicator.List(r.Tx)
	by := map[string]indicator.Indicator{}
	for _, i := range all {
		by[i.Code] = i
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	return func(code string) string { return part.Name(ctx, by[code].Name, by[code].NameEN) }, err
}

// recorded are the records that the reader may see, newest day first.
func recorded(r *web.Request) (rows []Recorded, err error) {
	all, err := every[Record](r.Tx)
	if err != nil {
		return nil, err
	}
	units, err := unitNames(r)
	if err != nil {
		return nil, err
	}
	names, err := indicatorNames(r)
	for _, one := range all {
		if one.seen(r.User) {
			rows = append(rows, Recorded{Record: one, Name: names(one.Indicator), OwnerName: units(one.Owner),
				Lamp: one.Lamp(r.Tx.Today())})
		}
	}
	return rows, err
}

func recordsList(may bool) list.List[Recorded] {
	return list.List[Recorded]{Path: "/no-data", File: "no-data", Title: "无数据登记", First: "due", Size: 100,
		Intro: say.New("没有数据的指标：为什么没有，谁在找来源，什么时候找到。有行政记录的先用行政记录，不重复调查。"),
		Empty: list.Empty{Title: "没有无数据登记", Label: "看指标体系健康", URL: "/health?gap=data",
			Next: "在“指标体系健康”里，从没有数据的指标登记。"},
		Actions: recordsActions(may),
		Columns: []list.Column[Recorded]{
			{Label: "指标", Name: "name", URL: func(r Recorded) string { return r.URL() },
				Text:    func(_ context.Context, r Recorded) string { return r.Name },
				Compare: func(a, b Recorded) int { return strings.Compare(a.Name, b.Name) }},
			{Name: "code", Label: "代码", Text: func(_ context.Context, r Recorded) string { return r.Indicator }},
			{Label: "起", Name: "since", Text: func(_ context.Context, r Recorded) string { return r.Since.String() },
				Compare: func(a, b Recorded) int { return a.Since.Int() - b.Since.Int() }},
			{Name: "why", Label: "原因",
				Text: func(ctx context.Context, r Recorded) string { return part.T(ctx, r.why()) }},
			{Label: "责任单位", Name: "unit", Text: func(_ context.Context, r Recorded) string { return r.OwnerName },
				Compare: func(a, b Recorded) int { return strings.Compare(a.OwnerName, b.OwnerName) }},
			{Label: "状态", Name: "state", Text: func(ctx context.Context, r Recorded) string {
				return part.T(ctx, r.State.Words())
			}, Compare: func(a, b Recorded) int { return strings.Compare(string(a.State), string(b.State)) }},
			{Label: "期限", Name: "due", Text: func(_ context.Context, r Recorded) string { return r.DueOn },
				Compare: func(a, b Recorded) int {
					return strings.Compare(cmp.Or(a.DueOn, "9"), cmp.Or(b.DueOn,
						"9"))
				}},
			list.Lamp(func(r Recorded) string { return r.Lamp }),
			{Label: "方案", Saved: true, Text: func(_ context.Context, r Recorded) string { return r.Plan }},
			{Label: "来源", Saved: true,
				Text: func(_ context.Context, r Recorded) string { return cmp.Or(r.Source, r.Regime) }},
			{Label: "登记", Saved: true, Text: func(_ context.Context, r Recorded) string { return r.OpenedOn }},
			{Label: "办结", Saved: true, Text: func(_ context.Context, r Recorded) string { return r.EndedOn }},
		}}
}

func records(r *web.Request, in recordsInput) (d recordsData, err error) {
	rows, err := recorded(r)
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	kept, err := in.Choice.Read(r.Tx)
	if err != nil {
		return d, err
	}
	states := list.Filter{Name: "state", Label: "状态", Value: in.State}
	for _, s := range life.States() {
		states.Options = append(states.Options, part.Option{Value: s, Label: part.T(ctx, State(s).Words())})
	}
	units, years := list.Filter{Name: "unit", Label: "责任单位", Value: in.Unit, Options: []part.Option{}},
		list.Filter{Name: "year", Label: "起始年份", Options: []part.Option{}}
	if in.Year != 0 {
		years.Value = strconv.Itoa(in.Year)
	}
	for _, one := range rows {
		units.Options = offered(units.Options, one.Owner, one.OwnerName)
		years.Options = offered(years.Options, strconv.Itoa(one.Since.Year()), strconv.Itoa(one.Since.Year()))
	}
	rows = slices.DeleteFunc(rows, func(one Recorded) bool {
		return in.State != "" && string(one.State) != in.State || in.Unit != "" && one.Owner != in.Unit ||
			in.Year != 0 && one.Since.Year() != in.Year || !kept.Indicator(one.Indicator)
	})
	d.Items, d.Shown, err = recordsList(r.User.Can(VerbOpen)).Sorted(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{states, units, years, kept.Filter(ctx)}}, rows)
	return d, err
}

// offered adds a choice that is not there yet.
func offered(all []part.Option, value, label string) []part.Option {
	if value == "" || slices.ContainsFunc(all, func(o part.Option) bool { return o.Value == value }) {
		return all
	}
	return append(all, part.Option{Value: value, Label: label})
}

// Linked is a link in the list.
type Linked struct {
	Link
	Name string `json:"name"`
	unit string // of measurement of the local one
}

type linksInput struct {
	Relation string `json:"relation" doc:"How the two are related, as the page offers it."`
	tag.Choice
	Level string `json:"level" enum:"national,provincial" doc:"Whose set the upper indicator is of."`
	Sort  string `json:"sort"`
	Page  int    `json:"page"`
}

type linksData struct {
	Items []Linked `json:"links"`
	list.Shown[Linked]
}

// linkedRows are the links in force that the reader may see.
func linkedRows(r *web.Request) (rows []Linked, err error) {
	all, err := every[Link](r.Tx)
	if err != nil {
		return nil, err
	}
	indicators, err := indicator.List(r.Tx)
	if err != nil {
		return nil, err
	}
	by := map[string]indicator.Indicator{}
	for _, i := range indicators {
		by[i.Code] = i
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, l := range all {
		if i := by[l.Local]; l.State == InForce && l.seen(r.User) {
			rows = append(rows, Linked{l, part.Name(ctx, i.Name, i.NameEN), i.Unit})
		}
	}
	slices.SortStableFunc(rows, func(a, b Linked) int {
		return strings.Compare(cmp.Or(a.Local, "~"), cmp.Or(b.Local,
			"~"))
	})
	return rows, nil
}

func linksList(may bool) list.List[Linked] {
	plain := func(of func(Linked) string) func(context.Context, Linked) string {
		return func(_ context.Context, l Linked) string { return of(l) }
	}
	return list.List[Linked]{Path: "/indicator-links", File: "indicator-links", Title: "指标衔接", First: "code",
		Size:  200,
		Intro: say.New("本地指标和国家、省级指标怎样对上，差在哪里。"),
		Empty: list.Empty{Title: "没有登记衔接", Label: "看指标体系健康", URL: "/health?gap=link",
			Next: "在“指标体系健康”里，从没有衔接的指标登记。"},
		Actions: linksActions(may),
		Columns: []list.Column[Linked]{
			{Label: "本地指标", Name: "name", Text: plain(func(l Linked) string { return cmp.Or(l.Name, "—") }),
				URL:     func(l Linked) string { return l.URL() },
				Compare: func(a, b Linked) int { return strings.Compare(a.Name, b.Name) }},
			{Label: "代码", Name: "code", Text: plain(func(l Linked) string { return l.Local }),
				Compare: func(a, b Linked) int { return strings.Compare(cmp.Or(a.Local, "~"), cmp.Or(b.Local, "~")) }},
			{Name: "level", Label: "层级", Text: func(ctx context.Context, l Linked) string {
				return part.T(ctx, word(levels,
					l.Level))
			}},
			{Name: "upper", Label: "上级指标", Text: plain(func(l Linked) string { return l.Upper })},
			{Name: "target", Label: "上级目标", Text: plain(func(l Linked) string { return l.UpperTarget })},
			{Label: "关系", Name: "relation", Text: func(ctx context.Context, l Linked) string {
				return part.T(ctx, word(relations, l.Relation))
			}, Compare: func(a, b Linked) int { return strings.Compare(a.Relation, b.Relation) }},
			{Name: "difference", Label: "差异", Text: plain(func(l Linked) string { return l.Difference })},
			{Label: "换算", Saved: true, Text: plain(func(l Linked) string { return l.Conversion })},
			{Label: "来源", Saved: true, Text: plain(func(l Linked) string { return l.SourceTitle })},
		}}
}

func links(r *web.Request, in linksInput) (d linksData, err error) {
	rows, err := linkedRows(r)
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	kept, err := in.Choice.Read(r.Tx)
	if err != nil {
		return d, err
	}
	relation := list.Filter{Name: "relation", Label: "关系", Value: in.Relation, Options: options(ctx, relations)}
	level := list.Filter{Name: "level", Label: "层级", Value: in.Level, Options: options(ctx, levels)}
	rows = slices.DeleteFunc(rows, func(l Linked) bool {
		return in.Relation != "" && l.Relation != in.Relation || in.Level != "" && l.Level != in.Level ||
			!kept.Indicator(l.Local)
	})
	d.Items, d.Shown, err = linksList(r.User.Can(VerbLink)).Sorted(r, list.At{Sort: in.Sort, Page: in.Page,
		Filters: []list.Filter{relation, level, kept.Filter(ctx)}}, rows)
	return d, err
}

// Dutied is a duty in the list.
type Dutied struct {
	Duty
	Name     string `json:"name"`
	UnitName string `json:"unit_name"`
}

type dutiesInput struct {
	Now  string `json:"now" doc:"How far it is counted by sex: yes, partly, no."`
	Unit string `json:"unit"`
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

type dutiesData struct {
	Split int      `json:"split"`
	Due   int      `json:"should"`
	Items []Dutied `json:"duties"`
	list.Shown[Dutied]
}

// dutied are the duties that the reader may see, and how many of those that should be are counted by sex.
func dutied(r *web.Request) (rows []Dutied, split, should int, err error) {
	all, err := every[Duty](r.Tx)
	if err != nil {
		return nil, 0, 0, err
	}
	elements, err := element.All(r.Tx)
	if err != nil {
		return nil, 0, 0, err
	}
	units, err := unitNames(r)
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	for _, d := range all {
		if !d.seen(r.User) {
			continue
		}
		e := elements[d.Element]
		rows = append(rows, Dutied{d, part.Name(ctx, e.Name, e.NameEN), units(d.Unit)})
		if d.Should {
			if should++; d.Now == Yes {
				split++
			}
		}
	}
	return rows, split, should, err
}

func dutiesList(split, should int, may bool) list.List[Dutied] {
	return list.List[Dutied]{Path: "/sex-duties", File: "sex-duties", Title: "分性别统计", First: "name", Size: 200,
		Intro: say.New("数人的数据项应当分性别：应分%d项，已分%d项。", should, split),
		Empty: list.Empty{Title: "没有分性别统计任务", Label: "看指标体系健康", URL: "/health?gap=sex",
			Next: "在“指标体系健康”里，从没有分性别的指标登记。"},
		Actions: dutiesActions(may),
		Columns: []list.Column[Dutied]{
			{Label: "数据项", Name: "name", URL: func(d Dutied) string { return d.URL() },
				Text:    func(_ context.Context, d Dutied) string { return d.Name },
				Compare: func(a, b Dutied) int { return strings.Compare(a.Name, b.Name) }},
			{Label: "单位", Name: "unit", Text: func(_ context.Context, d Dutied) string { return d.UnitName },
				Compare: func(a, b Dutied) int { return strings.Compare(a.UnitName, b.UnitName) }},
			{Name: "should", Label: "应分", Text: func(ctx context.Context, d Dutied) string {
				return part.T(ctx,
					shouldWord(d.Should))
			}},
			{Label: "现状", Name: "now", Text: func(ctx context.Context, d Dutied) string {
				return part.T(ctx, word(nows, d.Now))
			}, Compare: func(a, b Dutied) int { return strings.Compare(a.Now, b.Now) }},
			{Name: "obstacle", Label: "障碍", Text: func(_ context.Context, d Dutied) string { return d.Obstacle }},
			{Label: "目标年", Name: "year", Text: func(_ context.Context,
				d Dutied) string {
				return yearText(d.TargetYear)
			},
				Compare: func(a, b Dutied) int { return a.TargetYear - b.TargetYear }},
			{Label: "部门制度", Saved: true, Text: func(_ context.Context, d Dutied) string { return d.Regime }},
			{Label: "完成", Saved: true, Text: func(_ context.Context, d Dutied) string { return d.DoneOn }},
		}}
}

func shouldWord(should bool) say.Key {
	if should {
		return "应分"
	}
	return "不要求"
}

func yearText(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

func duties(r *web.Request, in dutiesInput) (d dutiesData, err error) {
	rows, split, should, err := dutied(r)
	if err != nil {
		return d, err
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	d.Split, d.Due = split, should
	units := list.Filter{Name: "unit", Label: "单位", Value: in.Unit, Options: []part.Option{}}
	for _, one := range rows {
		units.Options = offered(units.Options, one.Unit, one.UnitName)
	}
	rows = slices.DeleteFunc(rows, func(one Dutied) bool {
		return in.Now != "" && one.Now != in.Now || in.Unit != "" && one.Unit != in.Unit
	})
	d.Items, d.Shown, err = dutiesList(split, should, r.User.Can(VerbDuty)).Sorted(r, list.At{Sort: in.Sort,
		Page: in.Page, Filters: []list.Filter{{Name: "now", Label: "现状", Value: in.Now, Options: options(ctx, nows)},
			units}}, rows)
	return d, err
}

// chip is the look of a state.
func (s State) chip() string {
	switch s {
	case Solved, Applied, Done, InForce:
		return "chip-proven"
	case InRegime, SourceFound, Decided, Settled:
		return "chip-published"
	case Withdrawn, Dismissed, NotAsked:
		return ""
	}
	return "chip-unproven"
}
