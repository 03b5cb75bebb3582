package layer

// Pages of layers: the list, one layer, supplying one, its file, withdrawing it.

import (
	"context"
	_ "embed"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

//go:embed en.json
var dictionary []byte

var english = part.Learn(dictionary)

// Routes registers the module's pages.
func Routes(m *web.Mux) {
	web.View(m, "GET /layers 列出图层", VerbRead, showList, listPage)
	web.View(m, "GET /layers/new 打开上传图层页", VerbUpload, showNew, newPage)
	web.Form(m, "POST /layers 上传一个图层", VerbUpload, upload, again, newPage, web.Before(readUpload),
		web.In(web.Files))
	web.View(m, "GET /layers/{id} 看一个图层", VerbRead, show, showPage)
	web.View(m, "GET /layers/{id}/file 下载一个图层的文件", VerbRead, download, nil)
	web.Form(m, "POST /layers/{id}/withdraw 撤下一个图层", VerbWithdraw, withdraw, shown, showPage)
}

type listInput struct {
	Kind string `json:"kind" enum:"communities,population,residential,areas,outline"`
	Open string `json:"open" enum:"yes,no" doc:"yes: in force; no: withdrawn."`
	Sort string `json:"sort"`
	Page int    `json:"page"`
}

type listData struct {
	Layers []Layer `json:"layers"`
	list.Shown[Layer]
}

func kinds(ctx context.Context) (all []part.Option) {
	for _, k := range register.LayerKinds {
		all = append(all, part.Option{Value: k.Code, Label: part.Name(ctx, k.Name.ZH, k.Name.EN)})
	}
	return all
}

func showList(r *web.Request, in listInput) (d listData, err error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	all, err := All(r.Tx)
	if err != nil {
		return d, err
	}
	names, err := areaNames(r.Tx)
	if err != nil {
		return d, err
	}
	all = slices.DeleteFunc(all, func(l Layer) bool {
		return in.Kind != "" && l.Kind != in.Kind || in.Open == "yes" && l.WithdrawnOn != "" ||
			in.Open == "no" && l.WithdrawnOn == ""
	})
	l := layers(names)
	if r.User.Can(VerbUpload) {
		l.Actions = part.Link(part.T(ctx, "上传图层"), "/layers/new")
	}
	d.Layers, d.Shown, err = l.Sorted(r, list.At{Sort: in.Sort, Page: in.Page, Filters: []list.Filter{
		{Name: "kind", Label: "类别", Value: in.Kind, Options: kinds(ctx)},
		{Name: "open", Label: "状态", Value: in.Open, Options: []part.Option{
			{Value: "yes", Label: part.T(ctx, "有效")}, {Value: "no", Label: part.T(ctx, "已撤下")}}}}}, all)
	d.Layers = append([]Layer{}, d.Layers...)
	return d, err
}

// areaNames are what areas are called, by code.
func areaNames(tx *db.Tx) (map[string]say.Name, error) {
	all, err := network.AllAreas(tx)
	names := map[string]say.Name{}
	for _, a := range all {
		names[a.Code] = say.Name{ZH: a.Name, EN: a.NameEN}
	}
	return names, err
}

func called(ctx context.Context, n say.Name) string { return part.Name(ctx, n.ZH, n.EN) }

func layers(areas map[string]say.Name) list.List[Layer] {
	return list.List[Layer]{Path: "/layers", File: "layers", Title: "图层", Size: 100,
		Intro: say.New("覆盖率的分母和地图的底图由用户提供：社区点、人口点、居住用地、区域边界、底图轮廓。坐标系照文件声明的，不作换算。"),
		Empty: list.Empty{Title: "没有图层", Next: "由妇儿工委办或填报单位上传GeoJSON文件。没有图层，覆盖率就没有数。"},
		Columns: []list.Column[Layer]{
			{Name: "name", Label: "名称", URL: Layer.URL,
				Text: func(ctx context.Context, l Layer) string { return called(ctx, l.Called()) }},
			{Name: "kind", Label: "类别",
				Text: func(ctx context.Context, l Layer) string { return called(ctx, l.kind().Name) }},
			{Name: "area", Label: "区域",
				Text: func(ctx context.Context, l Layer) string { return called(ctx, areas[l.Area]) }},
			{Name: "valid", Label: "有效日期", Text: func(_ context.Context, l Layer) string { return l.ValidOn }},
			{Name: "system", Label: "坐标系", Text: func(_ context.Context, l Layer) string { return l.System }},
			{Name: "places", Label: "位置数", Numeric: true,
				Text: func(_ context.Context, l Layer) string { return strconv.Itoa(l.Features) }},
			{Name: "source", Label: "来源", Text: func(_ context.Context, l Layer) string { return l.Source }},
			{Name: "state", Label: "状态", Show: func(l Layer) templ.Component { return standing(l) },
				Text: func(ctx context.Context, l Layer) string {
					if l.WithdrawnOn != "" {
						return part.T(ctx, "已撤下")
					}
					return part.T(ctx, "有效")
				}},
			{Label: "摘要", Saved: true, Text: func(_ context.Context, l Layer) string { return l.Digest }},
		}}
}

// newData is the page on which a layer is supplied.
type newData struct {
	Areas []string `json:"areas"` // codes of those that the reader may supply layers of
	areas []part.Option
	today string
}

func showNew(r *web.Request, _ struct{}) (d newData, err error) {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	all, err := network.AllAreas(r.Tx)
	d.Areas, d.today = []string{}, r.Tx.Today()
	for _, a := range all {
		_, denied := post(r.User, VerbUpload, a.Path)
		if denied == nil && a.OpenOn(d.today) && len(d.Areas) < mostAreas {
			d.Areas = append(d.Areas, a.Code)
			d.areas = append(d.areas, part.Option{Value: a.Code, Label: part.Name(ctx, a.Name, a.NameEN)})
		}
	}
	return d, err
}

// mostAreas is how many areas the page offers; a program may name any.
const mostAreas = 400

type uploadInput struct {
	Head
	File *web.Upload `json:"file" doc:"A GeoJSON FeatureCollection that names its coordinate_system."`
	data *Data
}

// readUpload reads the file before the transaction.
func readUpload(r *web.Request, in *uploadInput) (err error) {
	if in.File == nil {
		return errs.Fields{"file": {Key: "请选择一个文件。"}}.Check("请选择一个文件。")
	}
	in.data, err = Read(r.Context, in.File.Body, in.Head)
	if err != nil && errs.KindOf(err) == errs.Invalid && len(errs.FieldsOf(err)) == 0 {
		return errs.Fields{"file": errs.WordsOf(err)}.Check("没有存：请先改正标出的地方。")
	}
	return err
}

func upload(r *web.Request, in uploadInput) (web.Done[Layer], error) {
	l, err := Upload(r.Tx, r.User, in.data)
	return web.Done[Layer]{To: l.URL(), Flash: part.In(r.Lang, "已存。覆盖率从此按这个图层计算；已结账的不变。"), Data: l}, err
}

func again(r *web.Request, _ uploadInput) (newData, error) { return showNew(r, struct{}{}) }

type layerInput struct {
	ID string `json:"id"`
}

type layerData struct {
	Layer Layer    `json:"layer"`
	Plane string   `json:"projection,omitempty"` // that its features are measured in
	Heads int64    `json:"persons,omitempty"`
	Land  int64    `json:"square_metres,omitempty"`
	Names []string `json:"features"` // the first of them
	may   bool
	area  say.Name
	trail trail.Data
}

const mostNames = 50

func show(r *web.Request, in layerInput) (d layerData, err error) {
	if d.Layer, err = Get(r.Tx, in.ID); err != nil {
		return d, err
	}
	d.Names = []string{}
	if data, wrong := Open(r.Tx, d.Layer); wrong == nil {
		k := d.Layer.kind()
		if !k.Drawn {
			d.Plane = data.Plane.Name()
		}
		for _, f := range data.All {
			if d.Heads += f.Heads; k.Land && !k.Drawn {
				d.Land += f.Square
			}
			if len(d.Names) < mostNames && f.Name != "" {
				d.Names = append(d.Names, f.Name)
			}
		}
	} else if errs.KindOf(wrong) != errs.Conflict { // what is not as it was can still be looked at
		return d, wrong
	}
	names, err := areaNames(r.Tx)
	if err != nil {
		return d, err
	}
	d.area = names[d.Layer.Area]
	_, denied := post(r.User, VerbWithdraw, d.Layer.AreaPath)
	d.may = denied == nil && d.Layer.WithdrawnOn == ""
	d.trail, err = trail.Read(r.Tx, r.User, Trail(), d.Layer.ID)
	return d, err
}

func download(r *web.Request, in layerInput) (f web.File, err error) {
	l, err := Get(r.Tx, in.ID)
	if err != nil {
		return f, err
	}
	if l, err = withBody(r.Tx, l); err != nil {
		return f, err
	}
	file, err := l.file()
	if errs.KindOf(err) == errs.Conflict { // it is not there any more
		err = errs.Missingf("%s", errs.WordsOf(err))
	}
	return web.File{Name: l.Kind + "-" + l.Area + "-" + strconv.FormatInt(l.Version, 10) + ".geojson",
		MediaType: "application/geo+json", Body: file}, err
}

type withdrawInput struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

func withdraw(r *web.Request, in withdrawInput) (web.Done[Layer], error) {
	l, err := Withdraw(r.Tx, r.User, in.ID, in.Reason)
	return web.Done[Layer]{To: l.URL(), Flash: part.In(r.Lang, "已撤下。上一版重新有效；已结账的不变。"), Data: l}, err
}

func shown(r *web.Request, in withdrawInput) (layerData, error) { return show(r, layerInput{in.ID}) }

// Trail is the place of layers among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "layer", Page: func(id string) string { return "/layers/" + id },
		Words: func(verb string) say.Key { return words[verb] },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			if err := by.Check(VerbRead); err != nil {
				return missing
			}
			_, err := Get(tx, id)
			return err
		}}
}
