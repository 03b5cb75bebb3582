package record

// A period closed: what was frozen, which records were counted, which reports it went into, and what would be another
// number today.

import (
	"context"
	"slices"
	"strconv"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// closeInput is a period to be closed.
type closeInput struct {
	Code   string `json:"code"`
	Period string `json:"period"`
	Area   string `json:"area"`
}

func closePeriod(r *web.Request, in closeInput) (done web.Done[Closing], err error) {
	k, err := definitionOf(r, in.Code)
	if err != nil {
		return done, err
	}
	area, err := k.areaOf(r, in.Area)
	if err != nil {
		return done, err
	}
	p, err := periodOf(in.Period, r.Tx.Today())
	if err != nil {
		return done, err
	}
	c, err := Close(r.Tx, r.User, in.Code, p, area)
	return web.Done[Closing]{To: c.URL(), Flash: part.In(r.Lang, "已结账。这些数字不再随记录改动。"), Data: c}, err
}

// measuresAgain is the page of a closing that was refused.
func measuresAgain(r *web.Request, in closeInput) (measureData, error) {
	return showMeasures(r, measureInput{Code: in.Code, Period: in.Period, Area: in.Area})
}

// reopenInput takes a closing back.
type reopenInput struct {
	Code   string `json:"code"`
	ID     string `json:"id"`
	Reason string `json:"reason" doc:"Why the closing is taken back."`
}

func reopen(r *web.Request, in reopenInput) (done web.Done[Closing], err error) {
	if _, err := closingFor(r, recordInput{in.Code, in.ID}); err != nil {
		return done, err
	}
	c, err := Reopen(r.Tx, r.User, in.ID, in.Reason)
	return web.Done[Closing]{To: c.URL(), Flash: part.In(r.Lang, "已撤销结账。报表里的数已撤出，这一期可以重新结账。"), Data: c}, err
}

// closingAgain is the page of a closing that could not be taken back.
func closingAgain(r *web.Request, in reopenInput) (closingData, error) {
	return showClosing(r, recordInput{in.Code, in.ID})
}

type closingData struct {
	Closing     Closing      `json:"closing"`
	Cells       []Fed        `json:"cells"` // of reports that ask for what was counted
	Differences []Difference `json:"differences"`
	Layers      []LayerUse   `json:"layers,omitempty"`    // that coverage was measured against
	Relayered   bool         `json:"relayered,omitempty"` // today it would be others
	Resting     int          `json:"signed_reports"`      // that rest on it: it cannot be taken back
	k           desk
	was         register.Definition // the register as it was closed
	may         bool
}

// closingFor is the closing of a page, with the counts that the reader may see.
func closingFor(r *web.Request, in recordInput) (d closingData, err error) {
	if d.k, err = definitionOf(r, in.Code); err != nil {
		return d, err
	}
	if d.Closing, err = closingByID(r.Tx, in.ID); err != nil {
		return d, err
	}
	if d.Closing.Register != in.Code || !d.k.reads(r.User, d.Closing.AreaPath) {
		return d, unseen
	}
	if d.was, err = ByVersion(r.Tx, in.Code, d.Closing.Version); err != nil {
		return d, err
	}
	d.Layers = d.Closing.Counted.layers()
	d.Closing.Counts = slices.DeleteFunc(d.Closing.Counts, func(n Counts) bool { return d.foreign(r, n.Area) })
	return d, nil
}

// seesClosing says whether by may see a closing.
func seesClosing(tx *db.Tx, by auth.User, id string) error {
	c, err := closingByID(tx, id)
	if err != nil {
		return err
	}
	d, err := ByCode(tx, c.Register)
	if err != nil {
		return err
	}
	if k, err := deskOf(tx, by, d, ""); err != nil || k.reads(by, c.AreaPath) {
		return err
	}
	return unseen
}

// foreign says whether figures of an area are not the reader's to see.
func (d closingData) foreign(r *web.Request, area string) bool {
	return !d.k.reads(r.User, d.k.places.areas[area].Path)
}

func showClosing(r *web.Request, in recordInput) (d closingData, err error) {
	if d, err = closingFor(r, in); err != nil {
		return d, err
	}
	cells, err := d.Closing.fed(r.Tx, d.was)
	if err != nil {
		return d, err
	}
	if d.Closing.ReopenedAt != nil { // what was filled in before
		cells = slices.DeleteFunc(cells, func(f Fed) bool { return !f.Counted })
	}
	d.Cells = append([]Fed{}, seenBy(r.User, cells)...)
	reports, err := d.Closing.reports(r.Tx)
	if err != nil {
		return d, err
	}
	d.Resting = len(resting(reports))
	_, closes := d.k.closes(r.User, d.k.places.paths[d.Closing.AreaPath])
	d.may = closes && r.User.Can(VerbReopen) && d.Closing.ReopenedAt == nil
	d.Differences, d.Relayered, err = d.Closing.today(r.Tx)
	d.Differences = slices.DeleteFunc(d.Differences, func(x Difference) bool { return d.foreign(r, x.Area) })
	d.Differences = append([]Difference{}, d.Differences...)
	for i := range d.Differences {
		var seen []Record
		for _, rec := range d.Differences[i].Records { // who sees the number need not see the record
			if d.k.sees(r.User, rec) {
				d.k.veil(r.User, &rec)
				seen = append(seen, rec)
			}
		}
		d.Differences[i].Records = append([]Record{}, seen...)
	}
	return d, err
}

// splitName is what a part is called that a column of a report asks for.
func (d closingData) splitName(ctx context.Context, split string) string {
	field, code := cut(split)
	return measureData{k: d.k}.splitName(ctx, Part{Field: field, Code: code})
}

func (d closingData) measure(code string) register.Measure {
	m, _ := d.was.Measure(code)
	return m
}

// Table is what was frozen.
func (d closingData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: d.Closing.Register + "-" + d.Closing.Period.String(), Columns: []table.Column{
		{Name: "统计代码"}, {Name: "统计"}, {Name: "区域代码"}, {Name: "区域"}, {Name: "性别"}, {Name: "分组"},
		{Name: "数值", Number: true}, {Name: "记录数", Number: true}}}
	for _, n := range d.Closing.Counts {
		sex := map[string]string{"1": called(ctx, men), "2": called(ctx, women)}[n.Sex]
		t.Rows = append(t.Rows, []string{n.Measure, called(ctx, d.measure(n.Measure).Name), n.Area,
			called(ctx, d.k.places.areaName(n.Area)), sex, n.Split, n.Value, strconv.Itoa(n.Records)})
	}
	return t
}

func (d closingData) unit(ctx context.Context, code string) string {
	unit := d.measure(code).Unit
	return part.Unit(ctx, unit.ZH, unit.EN)
}

func sexName(ctx context.Context, sex string) string {
	if sex == "1" {
		return called(ctx, men)
	}
	return called(ctx, women)
}

// countedBy are the records that a measure counted, in order of their numbers.
func (c Closing) countedBy(m register.Measure) []Held {
	if m.Method != "share" {
		return c.Counted.of(m.Code)
	}
	all, seen := c.Counted.of(m.Over), map[string]bool{}
	for _, one := range all {
		seen[one.ID] = true
	}
	return append(all, slices.DeleteFunc(c.Counted.of(m.Of), func(h Held) bool { return seen[h.ID] })...)
}

// measures are those that were frozen.
func (d closingData) measures() []register.Measure { return measuresOf(d.was, d.Closing.Period) }

// standing says how a cell stands to the closing's number.
func (f Fed) standing(ctx context.Context) string {
	switch {
	case f.Counted:
		return part.T(ctx, "由本次结账填入")
	case f.Parts != "":
		return part.T(ctx, "没有填入：各类之和%s，合计%s，有的记录没有归类", f.Parts, f.Whole)
	case f.Reported == "":
		return part.T(ctx, "还没有填")
	case f.Same():
		return part.T(ctx, "报表自填，与结账数一致")
	}
	return part.T(ctx, "报表自填，与结账数不同")
}

// countedInput asks for the records that a closing counted.
type countedInput struct {
	Code    string `json:"code"`
	ID      string `json:"id"`
	Measure string `json:"measure" doc:"Code of the measure; the first, if empty."`
	Sort    string `json:"sort"`
	Page    int    `json:"page"`
}

// countedRecord is a record as a closing counted it. What the reader may not see keeps its line and loses its content.
type countedRecord struct {
	ID      string `json:"id"`
	Number  string `json:"number"`
	Title   string `json:"title"`
	Unit    string `json:"unit"`
	Area    string `json:"area"`
	Changed bool   `json:"changed"` // it says something else today
	Hidden  bool   `json:"hidden,omitempty"`

	url string
}

type countedData struct {
	Records []countedRecord `json:"records"`
	list.Shown[countedRecord]
}

func showCounted(r *web.Request, in countedInput) (d countedData, err error) {
	c, err := closingFor(r, recordInput{Code: in.Code, ID: in.ID})
	if err != nil {
		return d, err
	}
	all := c.measures()
	at := slices.IndexFunc(all, func(m register.Measure) bool { return m.Code == in.Measure })
	if in.Measure == "" {
		at = 0
	}
	if at < 0 || len(all) == 0 {
		return d, errs.Fields{"measure": {Key: "这次结账没有这个统计。"}}.Check("条件里有的值不能用，请改选后再看。")
	}
	held := c.Closing.countedBy(all[at])
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	var choices []part.Option
	for _, m := range all {
		choices = append(choices, part.Option{Value: m.Code, Label: called(ctx, m.Name)})
	}
	d.Records, d.Shown, err = c.list(ctx).Find(r, list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{
		{Name: "measure", Value: all[at].Code, Label: "统计", Options: choices, Must: true}}},
		list.Found[countedRecord]{Sorts: []string{"number"},
			Part: func(_ string, offset, limit int) ([]countedRecord, bool, error) {
				offset, end := min(offset, len(held)), min(offset+limit, len(held))
				some, err := c.records(r, held[offset:end])
				return some, end < len(held), err
			},
			Count: func(int) (int, error) { return len(held), nil },
			Each: func(_ string, fn func(countedRecord) error) error {
				for some := range slices.Chunk(held, 500) {
					rows, err := c.records(r, some)
					if err != nil {
						return err
					}
					for _, row := range rows {
						if err := fn(row); err != nil {
							return err
						}
					}
				}
				return nil
			}})
	d.Records = append([]countedRecord{}, d.Records...)
	return d, err
}

// records are those that were held as the reader may see them, in their order.
func (d closingData) records(r *web.Request, some []Held) (all []countedRecord, err error) {
	var ids []string
	for _, held := range some {
		ids = append(ids, held.ID)
	}
	rows, err := byIDs(r.Tx, ids)
	if err != nil {
		return nil, err
	}
	for _, held := range some {
		rec, there := rows[held.ID]
		one := countedRecord{ID: held.ID, Changed: !there || !rec.Counts ||
			digestOf(rec.Counted) != held.Digest}
		if !there || !d.k.sees(r.User, rec) {
			all = append(all, countedRecord{Changed: one.Changed, Hidden: true})
			continue
		}
		d.k.veil(r.User, &rec)
		one.Number, one.Title, one.Unit, one.Area, one.url = rec.Number, rec.Title, rec.Unit, rec.Area, rec.URL()
		all = append(all, one)
	}
	return all, nil
}

func (d closingData) list(ctx context.Context) list.List[countedRecord] {
	say := func(of func(countedRecord) string) func(context.Context, countedRecord) string {
		return func(ctx context.Context, c countedRecord) string {
			if c.Hidden {
				return "—"
			}
			return of(c)
		}
	}
	return list.List[countedRecord]{Path: d.Closing.URL() + "/records", File: "counted-" + d.Closing.Register,
		Title: "结账时计入的记录", First: "number", Size: 100,
		Intro: d.intro(), Empty: list.Empty{Title: "没有计入的记录", Next: "这个数是0，或者由区域、别的数算出。"},
		Actions: part.Link(part.T(ctx, "结账"), d.Closing.URL()),
		Columns: []list.Column[countedRecord]{
			{Name: "number", Label: "编号", URL: func(c countedRecord) string { return c.url },
				Text: say(func(c countedRecord) string { return c.Number })},
			{Name: "name", Label: "名称", Text: func(ctx context.Context, c countedRecord) string {
				if c.Hidden {
					return part.T(ctx, "您没有查看这条记录的权限")
				}
				return c.Title
			}},
			{Name: "unit", Label: "单位",
				Text: say(func(c countedRecord) string { return called(ctx, d.k.places.unitName(c.Unit)) })},
			{Name: "area", Label: "区域",
				Text: say(func(c countedRecord) string { return called(ctx, d.k.places.areaName(c.Area)) })},
			{Name: "changed", Label: "结账以后", Text: func(ctx context.Context, c countedRecord) string {
				if c.Changed {
					return part.T(ctx, "改过")
				}
				return part.T(ctx, "没有改")
			}},
		}}
}

func (d closingData) intro() say.Words {
	return say.New("%s · %s · 摘要%s", d.k.d.Name, d.k.places.areaName(d.Closing.Area), d.Closing.Digest[:12])
}

// whole says whether a number is that of all of the closing's area.
func (d closingData) whole(n Counts) bool {
	return n.Area == d.Closing.Area && n.Sex == "" && n.Split == ""
}

// parts is how many numbers there are beside those.
func (d closingData) parts() (n int) {
	for _, c := range d.Closing.Counts {
		if feeds(d.was, c) && !d.whole(c) {
			n++
		}
	}
	return n
}

// fedSame says whether all reports have the closing's numbers.
func (d closingData) fedSame() bool {
	return !slices.ContainsFunc(d.Cells, func(f Fed) bool { return !f.Same() })
}

func (d closingData) fedWords(ctx context.Context) string {
	other := 0
	for _, f := range d.Cells {
		if !f.Same() {
			other++
		}
	}
	return part.T(ctx, "%d格，其中与结账数不同的%d格", len(d.Cells), other)
}
