package record

// The map of a register: how many records each area has, and where they lie; and the same records as GeoJSON.

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/errs"
	"yipanqi/internal/list"
	"yipanqi/internal/network"
	"yipanqi/internal/register"
	"yipanqi/internal/tag"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

const (
	mostDrawn  = 2000
	mostLinked = 200 // places that the tab key stops at; the list has all
	mostSaved  = 20_000
)

type mapInput struct {
	Code  string            `json:"code"`
	Where map[string]string `json:"where" doc:"By field of the register: keeps the records that have this value."`
	tag.Choice
}

type mapData struct {
	Register string    `json:"register"`
	System   string    `json:"coordinate_system"`
	Areas    []AreaSum `json:"areas"`
	Total    int       `json:"total"`
	Spots    []Spot    `json:"places"`
	Nowhere  int       `json:"without_place"`
	Over     bool      `json:"over"` // there are more than are drawn
	Kinds    []KindSum `json:"kinds"`
	Outline  *LayerUse `json:"outline,omitempty"` // map that they are drawn on
	drawing  drawing
	k        desk
	filters  []list.Filter
}

// AreaSum is how many records lie in an area and below it.
type AreaSum struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	NameEN  string `json:"name_en"`
	Records int    `json:"records"`
	area    network.Area
}

// KindSum is how many of the places are of a kind.
type KindSum struct {
	Kind   string `json:"kind"`
	Places int    `json:"places"`
}

var noMap = errs.Missingf("这项登记没有位置，没有地图。请看列表。")

// placesOf are the records of a map that pass the filters, as the reader may see them.
func placesOf(r *web.Request, in mapInput) (k desk, s list.Source[Record], filters []list.Filter, err error) {
	if k, err = definitionOf(r, in.Code); err != nil {
		return k, s, nil, err
	}
	if k.d.Map.IsZero() {
		return k, s, nil, noMap
	}
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	asked := listInput{Code: in.Code, Where: in.Where}
	if asked.kept, err = in.Choice.Read(r.Tx); err != nil {
		return k, s, nil, err
	}
	for _, f := range k.filters(ctx, asked) {
		if f.Name != "view" {
			filters = append(filters, f)
		}
	}
	filters = append(filters, asked.kept.Filter(ctx))
	if err = k.known(asked); err == nil {
		err = list.At{Filters: filters}.Check()
	}
	return k, k.tagged(r.User, asked), filters, err
}

func showMap(r *web.Request, in mapInput) (d mapData, err error) {
	k, s, filters, err := placesOf(r, in)
	if err != nil {
		return d, err
	}
	d = mapData{Register: k.d.Code, System: k.d.Map.System, Areas: []AreaSum{}, Spots: []Spot{}, Kinds: []KindSum{},
		k: k, filters: filters}
	sums, err := s.Grouped(r.Tx, "r.area_path")
	if err != nil {
		return d, err
	}
	for _, a := range k.places.below(k.places.root, k.w.Today)[1:] {
		one := AreaSum{Code: a.Code, Name: a.Name, NameEN: a.NameEN, area: a}
		for path, n := range sums {
			if k.places.paths[path].Within(a) {
				one.Records += n
			}
		}
		d.Areas = append(d.Areas, one)
	}
	for _, n := range sums {
		d.Total += n
	}
	return d, d.place(r, s)
}

// place takes the records on the map, in order of their numbers.
func (d *mapData) place(r *web.Request, s list.Source[Record]) error {
	ctx := part.With(r.Context, part.Env{Lang: r.Lang})
	rows, more, err := s.Part(r.Tx, "due", 0, mostDrawn)
	if d.Over = more; err != nil {
		return err
	}
	by, _ := d.k.d.Field(d.k.d.Map.Colour)
	kinds := map[string]int{}
	for _, rec := range rows {
		spot, placed := placeOf(d.k.d.Map, rec.Body)
		if !placed {
			d.Nowhere++
			continue
		}
		spot.ID, spot.Number, spot.Title = rec.ID, rec.Number, rec.Title
		spot.Area = in(ctx)(d.k.places.areaName(rec.Area))
		if spot.Kind = d.k.cell(ctx, by, rec); spot.Kind == "" {
			spot.Kind = part.T(ctx, "未填")
		}
		kinds[spot.Kind]++
		d.Spots = append(d.Spots, spot)
	}
	for kind, n := range kinds {
		d.Kinds = append(d.Kinds, KindSum{kind, n})
	}
	slices.SortFunc(d.Kinds, func(a, b KindSum) int {
		if a.Places != b.Places {
			return b.Places - a.Places
		}
		return strings.Compare(a.Kind, b.Kind)
	})
	for i := range d.Spots {
		d.Spots[i].kind = slices.IndexFunc(d.Kinds, func(k KindSum) bool { return k.Kind == d.Spots[i].Kind })
	}
	below, err := outlineOf(r.Tx, d.k.d, d.k.places)
	if err != nil {
		return err
	}
	d.drawing, d.Outline = draw(d.Spots, below.lines), below.use
	d.drawing.Approval = below.approval
	return nil
}

// url is the map with the same filters but one.
func (d mapData) url(area string) string {
	return "/registers/" + d.Register + "/map" + d.query(area)
}

// query are the filters of an address, with another area.
func (d mapData) query(area string) string {
	q := list.Query(d.filters)
	if area != "" {
		q.Set("where[area]", area)
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

func (d mapData) mapped() bool {
	return len(d.Areas) > 0 && !slices.ContainsFunc(d.Areas, func(a AreaSum) bool {
		return a.area.TileRow == 0 || a.area.TileCol == 0
	})
}

func (d mapData) tiles(ctx context.Context) (tiles []part.Tile) {
	for _, a := range d.Areas {
		short := a.area.ShortName
		if short == "" || part.From(ctx).Lang != "zh" {
			short = part.Name(ctx, a.Name, a.NameEN)
		}
		tiles = append(tiles, part.Tile{Code: a.Code, Name: short, Row: a.area.TileRow,
			Col: a.area.TileCol, Text: strconv.Itoa(a.Records), URL: d.url(a.Code)})
	}
	return tiles
}

// system is the coordinate system as pages say it.
func (d mapData) system(ctx context.Context) string {
	if d.System == "" {
		return part.T(ctx, "没有写明")
	}
	return systemOf(ctx, d.k.d.Map)
}

// geoJSON is what the filters leave, to be opened by a program for maps.
func geoJSON(r *web.Request, in mapInput) (f web.File, err error) {
	k, s, _, err := placesOf(r, in)
	if err != nil {
		return f, err
	}
	if k.d.Map.System == "" {
		return f, errs.Conflictf("这项登记的定义没有写明坐标系，不能导出位置。请先在定义的“地图”里写明坐标系。")
	}
	ctx := part.With(r.Context, part.Env{Lang: "zh"})
	out := register.Features{System: k.d.Map.System}
	heads := slices.DeleteFunc(k.heads(), func(h head) bool {
		return h.f.Code != "" && (h.f.Code == k.d.Map.Point || h.f.Code == k.d.Map.Shape)
	})
	err = s.Each(r.Tx, "number", func(rec Record) error {
		if len(out.All) == mostSaved {
			return errs.Conflictf("超过%d条，一个文件放不下。请先筛选再导出。", mostSaved)
		}
		one := register.Feature{Values: map[string]string{}, Geometry: k.d.Geometry(rec.Body)}
		for _, h := range heads {
			if text := k.text(ctx, h, rec); text != "" {
				one.Values[h.key] = text
			}
		}
		out.All = append(out.All, one)
		return nil
	})
	return web.File{Name: k.d.Code + ".geojson", MediaType: "application/geo+json", Body: register.WriteFeatures(out)},
		err
}
