package directory

// The public pages: a list of facilities by kind, area and words, and a page for each. Nobody signs in here, so every
// answer is small and may be kept for a minute.

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
	"yipanqi/internal/table"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

const (
	pageSize = 20
	fileSize = 500 // rows of what is saved; what follows is saved from where that ends
	fresh    = 60  // seconds
	maxWords = 50
)

// Routes registers the public pages.
func Routes(m *web.Mux) {
	web.View(m, "GET /directory 查公共设施", web.Public, showList, listPage)
	web.View(m, "GET /directory/{register}/{number} 看一处公共设施", web.Public, showFacility, facilityPage)
	faultRoutes(m)
}

type listInput struct {
	Kind  string `json:"kind" doc:"Code of a register; all kinds, if empty."`
	Area  string `json:"area" doc:"Code of an area."`
	Words string `json:"q" doc:"All of them must stand in what is public of the facility."`
	From  string `json:"from" doc:"Where the page before ended, as its next says."`
}

type listData struct {
	Facilities []record.Facility `json:"facilities"`
	Next       string            `json:"next,omitempty"` // where the rest begins; more may be there, or nothing

	in    listInput
	kinds []register.Definition
	areas []network.Area
}

func showList(r *web.Request, in listInput) (d listData, err error) {
	d.in, r.Fresh = in, fresh
	if d.kinds, err = record.Kinds(r.Tx); err != nil {
		return d, err
	}
	known := true
	if d.areas, known, err = record.AreasOf(r.Tx, in.Area); err != nil {
		return d, err
	}
	wrong := errs.Fields{}
	if in.Kind != "" && !d.has(in.Kind) {
		wrong.Say("kind", "没有“%s”这个选项。", in.Kind)
	}
	if !known {
		wrong.Say("area", "没有“%s”这个选项。", in.Area)
	}
	if kind, _, cut := strings.Cut(in.From, ":"); in.From != "" && (!cut || !d.has(kind)) {
		wrong.Say("from", "没有“%s”这个选项。", in.From)
	}
	if len([]rune(in.Words)) > maxWords {
		wrong.Say("q", "最多%d个字。", maxWords)
	}
	if err := wrong.Check("条件里有的值不能用，请改选后再看。"); err != nil {
		return d, err
	}
	most := pageSize
	if r.Whole {
		most = fileSize
	}
	d.Facilities, d.Next, err = record.LookUp(r.Tx, record.Look{Kind: in.Kind, Area: in.Area, Words: in.Words,
		From: in.From}, most)
	if d.Facilities == nil {
		d.Facilities = []record.Facility{}
	}
	return d, err
}

func (d listData) has(kind string) bool {
	return slices.ContainsFunc(d.kinds, func(k register.Definition) bool { return k.Code == kind })
}

// Table is the page as it is saved: what all facilities have; of one kind, all that is public of it.
func (d listData) Table(ctx context.Context) table.Table {
	t := table.Table{Name: "directory", Columns: []table.Column{{Name: "类别"}, {Name: "记录编号"}, {Name: "名称"},
		{Name: "所属区域"}, {Name: "设施状态"}, {Name: "开放时间"}, {Name: "经度"}, {Name: "纬度"}}}
	for _, f := range d.Facilities {
		t.Rows = append(t.Rows, []string{part.Name(ctx, f.Kind, f.KindEN), f.Number, f.Name,
			part.Name(ctx, f.AreaName, f.AreaEN), part.Name(ctx, f.StateName().ZH, f.StateName().EN), f.HoursIn(ctx),
			f.Value["location:lon"], f.Value["location:lat"]})
	}
	return t
}

// next is the address of what follows, first that of the beginning.
func (d listData) next() string { return d.url(d.Next) }

func (d listData) first() string { return d.url("") }

func (d listData) url(from string) string {
	q := url.Values{}
	for name, value := range map[string]string{"kind": d.in.Kind, "area": d.in.Area, "q": d.in.Words, "from": from} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return "/directory"
	}
	return "/directory?" + q.Encode()
}

func (d listData) kindOptions(ctx context.Context) []part.Option {
	options := []part.Option{{Value: "", Label: part.T(ctx, "全部")}}
	for _, k := range d.kinds {
		options = append(options, part.Option{Value: k.Code, Label: part.Name(ctx, k.Name.ZH, k.Name.EN)})
	}
	return options
}

// areaOptions are areas, those below another set in from it.
func (d listData) areaOptions(ctx context.Context) []part.Option {
	options := []part.Option{{Value: "", Label: part.T(ctx, "全部")}}
	for _, a := range d.areas {
		deep := strings.Count(a.Path, ".") - strings.Count(d.areas[0].Path, ".")
		options = append(options, part.Option{Value: a.Code,
			Label: strings.Repeat("　", deep) + part.Name(ctx, a.Name, a.NameEN)})
	}
	return options
}

type facilityInput struct {
	Register string `json:"register" doc:"Code of the facility's register."`
	Number   string `json:"number" doc:"Number of its record."`
}

type facilityData struct {
	record.Facility
	Address string      `json:"address"` // of this page, for signs
	Faults  []openNow   `json:"open_faults"`
	Items   []faultItem `json:"fault_items,omitempty"` // what a report may be about

	lines []record.Line
	code  part.QR
}

func showFacility(r *web.Request, in facilityInput) (d facilityData, err error) {
	r.Fresh = fresh
	if d.Facility, err = record.FacilityOf(r.Tx, in.Register, in.Number); err != nil {
		return d, err
	}
	d.lines = d.Lines(part.With(r.Context, part.Env{Lang: r.Lang}), r.Tx)
	d.Address = r.Site + d.URL()
	if d.code, err = part.NewQR(d.Address); err != nil {
		return d, err
	}
	return d, d.readFaults(r)
}

// openNow is a fault that is known already, without the words of who reported it.
type openNow struct {
	Item     string `json:"item"`
	ItemEN   string `json:"item_en"`
	State    State  `json:"state"`
	Reported string `json:"reported"` // day
	Days     int    `json:"days"`
}

// faultItem is one thing that may be wrong.
type faultItem struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEN string `json:"name_en"`
}

const openShown = 10

func (d *facilityData) readFaults(r *web.Request) error {
	d.Faults = []openNow{}
	if !d.Reports {
		return nil
	}
	items, err := record.Items(r.Tx, d.Register)
	if err != nil {
		return err
	}
	for _, o := range items {
		d.Items = append(d.Items, faultItem{o.Code, o.Name.ZH, o.Name.EN})
	}
	open, err := openOf(r.Tx, d.ID, openShown)
	for _, f := range open {
		item, err := itemName(r.Tx, f)
		if err != nil {
			return err
		}
		d.Faults = append(d.Faults, openNow{item.ZH, item.EN, f.State, part.When(f.ReportedAt)[:10],
			f.days(r.Tx.Today())})
	}
	return err
}
