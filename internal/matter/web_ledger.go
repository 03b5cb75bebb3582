package matter

// The ledger of items, printed and saved whole; the measures and effects over the same items.

import (
	"cmp"
	"context"
	"regexp"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/list"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// ledgerLine is an item in the ledger, for programs.
type ledgerLine struct {
	ID     string `json:"id"`
	Matter string `json:"matter"`
	Number string `json:"number"`
	Text   string `json:"text"`
	Unit   string `json:"unit"`
	State  State  `json:"state"`
	Lamp   string `json:"lamp"`
	Due    string `json:"due"`
}

type ledgerData struct {
	Items []ledgerLine `json:"items"`
	list.Shown[entryRow]
}

func (e entryRow) from(ctx context.Context) string {
	var all []string
	for _, code := range strings.Fields(e.Kinds) {
		all = append(all, part.T(ctx, kinds.word(code)))
	}
	return strings.Join(all, part.T(ctx, "、"))
}

func (e entryRow) days(context.Context) string {
	if e.OriginalDue != "" && e.OriginalDue != e.Due {
		return e.OriginalDue + " → " + e.Due
	}
	return e.Due
}

func (e entryRow) causes(ctx context.Context) string {
	var all []string
	for _, code := range e.CauseKinds {
		all = append(all, part.T(ctx, causeKinds.word(code)))
	}
	if e.Cause != "" {
		all = append(all, e.Cause)
	}
	return strings.Join(all, part.T(ctx, "；"))
}

func (e entryRow) measures(ctx context.Context) string {
	var all []string
	for _, s := range e.Steps {
		text := s.Text
		if s.DoneOn != "" {
			text = part.T(ctx, "%s（已完成）", s.Text)
		}
		all = append(all, text)
	}
	return strings.Join(all, part.T(ctx, "；"))
}

func (e entryRow) checked(ctx context.Context) string {
	if e.Judgement == "" {
		return ""
	}
	return e.Checker + " " + part.T(ctx, judgements.word(e.Judgement))
}

// ledger is the list with all columns of the printed ledger; what a screen has no room for is in what is saved.
func ledger(today Today) list.List[entryRow] {
	text := func(of func(entryRow) string) func(context.Context, entryRow) string {
		return func(_ context.Context, e entryRow) string { return of(e) }
	}
	return list.List[entryRow]{Path: "/items", File: "ledger", Title: "整改台账",
		Intro: say.New("每项一行，一个单位一项；销号都经别的单位的人复核。"), First: newest, Size: pageSize,
		Actions: ledgerActions(), Empty: list.Empty{Title: "没有整改项",
			Next: "督办事项交办后，各单位的整改项会列在这里。", Label: "督办", URL: "/matters"},
		Columns: []list.Column[entryRow]{
			{Name: "number", Label: "编号", Newest: true, Text: text(func(e entryRow) string {
				return e.Number + "-" + strconv.Itoa(e.Position)
			})},
			{Name: "source", Label: "来源", Text: func(ctx context.Context, e entryRow) string { return e.from(ctx) }},
			{Label: "事项", Saved: true, Text: text(func(e entryRow) string { return e.title })},
			{Label: "问题", Saved: true, Text: text(func(e entryRow) string { return e.problem })},
			{Name: "text", Label: "内容", URL: func(e entryRow) string { return itemPage(e.ID) },
				Text: text(func(e entryRow) string { return e.Text })},
			{Name: "unit", Label: "承办单位",
				Text: func(ctx context.Context, e entryRow) string { return part.Name(ctx, e.unit, e.unitEN) }},
			{Label: "地区", Saved: true,
				Text: func(ctx context.Context, e entryRow) string { return part.Name(ctx, e.area, e.areaEN) }},
			{Label: "牵头单位", Saved: true,
				Text: func(ctx context.Context, e entryRow) string { return part.Name(ctx, e.lead, e.leadEN) }},
			{Label: "责任领导", Saved: true, Text: text(func(e entryRow) string { return e.headName })},
			{Label: "原因", Saved: true, Text: func(ctx context.Context, e entryRow) string { return e.causes(ctx) }},
			{Label: "措施", Saved: true, Text: func(ctx context.Context, e entryRow) string { return e.measures(ctx) }},
			{Label: "整改目标", Saved: true, Text: text(func(e entryRow) string { return e.aim })},
			{Name: "due", Label: "期限", Text: func(ctx context.Context, e entryRow) string { return e.days(ctx) }},
			{Label: "进展", Saved: true, Text: text(func(e entryRow) string { return e.Note })},
			{Name: "files", Label: "佐证", Numeric: true, Newest: true,
				Text: text(func(e entryRow) string { return strconv.Itoa(e.files) })},
			{Name: "state", Label: "状态", Show: func(e entryRow) templ.Component { return stateChip(e.State) },
				Text: func(ctx context.Context, e entryRow) string { return part.T(ctx, e.State.Words()) }},
			list.Lamp(func(e entryRow) string { return today.Lamp(e) }),
			{Label: "复核人和判定", Saved: true,
				Text: func(ctx context.Context, e entryRow) string { return e.checked(ctx) }},
			{Label: "销号日期", Saved: true, Text: text(func(e entryRow) string { return e.ClosedOn })},
		}}
}

func showLedger(r *web.Request, in Filter) (d ledgerData, err error) {
	s, err := ledgerSource(r.Tx, r.User, in)
	if err != nil {
		return d, err
	}
	at := list.At{Sort: in.Sort, Page: in.Page}
	if at.Filters, err = in.choices(r, shownStates[1:]); err != nil {
		return d, err
	}
	today, err := LampDay(r.Tx)
	if err != nil {
		return d, err
	}
	rows, shown, err := ledger(today).Read(r, at, s)
	d.Shown, d.Items = shown, []ledgerLine{}
	for _, e := range rows {
		d.Items = append(d.Items, ledgerLine{e.ID, e.MatterID, e.Number, e.Text, e.Unit, e.State,
			today.Lamp(e), e.NextOn})
	}
	return d, err
}

// printed is how many items one print has.
const printed = 500

// printData is the ledger as it is printed, A3 across.
type printData struct {
	Items []ledgerLine `json:"items"`
	Total int          `json:"total"`
	rows  []entryRow
	list  list.List[entryRow]
	today string
}

// unbroken is a text whose days a narrow column does not break: their hyphens keep together.
func unbroken(text string) string { return aDay.ReplaceAllString(text, "$1\u2011$2\u2011$3") }

var aDay = regexp.MustCompile(`(\d{4})-(\d\d)-(\d\d)`)

func printLedger(r *web.Request, in Filter) (d printData, err error) {
	s, err := ledgerSource(r.Tx, r.User, in)
	if err != nil {
		return d, err
	}
	if err := in.known(r); err != nil {
		return d, err
	}
	today, err := LampDay(r.Tx)
	if err != nil {
		return d, err
	}
	d.today, d.list = today.Day, ledger(today)
	d.rows, d.Total, err = s.Counted(r.Tx, cmp.Or(in.Sort, newest), 1, printed)
	d.Items = []ledgerLine{}
	for _, e := range d.rows {
		d.Items = append(d.Items, ledgerLine{e.ID, e.MatterID, e.Number, e.Text, e.Unit, e.State,
			today.Lamp(e), e.NextOn})
	}
	return d, err
}

// measuresData are the measures, and the effects behind the last of them.
type measuresData struct {
	Measures []Measure `json:"measures"`
	Effects  []Effect  `json:"effects"`
}

func showMeasures(r *web.Request, in Filter) (d measuresData, err error) {
	if err := in.known(r); err != nil {
		return d, err
	}
	if d.Measures, err = Measures(r.Tx, r.User, in); err != nil {
		return d, err
	}
	effects, m, err := Effects(r.Tx, r.User, in)
	d.Measures, d.Effects = append(d.Measures, m), append([]Effect{}, effects...)
	return d, err
}

// Table is the ledger of effects as a file.
func (d measuresData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "effects", Heading: part.T(ctx, "成效台账"), Columns: []table.Column{
		{Name: "编号"}, {Name: "内容"}, {Name: "单位"},
		{Name: "地区"}, {Name: "指标"}, {Name: "交办"}, {Name: "销号"}, {Name: "整改前"},
		{Name: "整改前期间"}, {Name: "整改后"},
		{Name: "整改后期间"}, {Name: "变化"}, {Name: "同期全市变化"}, {Name: "成效"}}}
	for _, e := range d.Effects {
		t.Rows = append(t.Rows, []string{e.Number, e.Text, part.Name(ctx, e.unit.Name, e.unit.NameEN),
			part.Name(ctx, e.area.Name, e.area.NameEN), part.Name(ctx, e.name.ZH, e.name.EN), e.RaisedOn, e.ClosedOn,
			e.Before, e.BeforeIn, e.After, e.AfterIn, e.Change, e.City, part.T(ctx, effects.word(e.Class))})
	}
	return t
}

func saidShare(ctx context.Context, m Measure) string {
	if m.Denominator == 0 {
		return part.T(ctx, "暂无")
	}
	return m.Share + "%"
}
