// Package layer is what a city supplies to measure coverage against and to draw maps on: GeoJSON files of communities,
// people, land, boundaries and outlines, each with its source, its day and its coordinate system, version by version.
// What is covered by which facility is package record's; geometry is package geo's.
package layer

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/errs"
	"yipanqi/internal/geo"
	"yipanqi/internal/held"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
)

// Layer is one version of what an area has of a kind.
type Layer struct {
	ID          string    `json:"id"`
	Kind        string    `json:"kind"`
	Area        string    `json:"area"`
	AreaPath    string    `json:"-"`
	Version     int64     `json:"edition"`
	Name        string    `json:"name"`
	Source      string    `json:"source"`
	ValidOn     string    `json:"valid_on"`
	System      string    `json:"coordinate_system"`
	Approval    string    `json:"approval,omitempty"`
	Features    int       `json:"features"`
	Digest      string    `json:"digest"`
	Size        int64     `json:"size"`
	Simulated   bool      `json:"simulated,omitempty"`
	Unit        string    `json:"unit,omitempty"`
	Person      string    `json:"person"`
	CreatedAt   time.Time `json:"created_at"`
	WithdrawnOn string    `json:"withdrawn_on,omitempty"`
	WithdrawnBy string    `json:"withdrawn_by,omitempty"`
	Reason      string    `json:"reason,omitempty"`

	body string
}

// Object is the layer in the journal.
func (l Layer) Object() string { return "layer/" + l.ID }

// URL is its page.
func (l Layer) URL() string { return "/layers/" + l.ID }

// Called is its name with its version, and that it is made up, if it is.
func (l Layer) Called() say.Name {
	n := strconv.FormatInt(l.Version, 10)
	name := say.Name{ZH: "《" + l.Name + "》第" + n + "版", EN: "“" + l.Name + "”, edition " + n}
	if l.Simulated && !strings.Contains(l.Name, "模拟") {
		name.ZH, name.EN = name.ZH+"（模拟）", name.EN+" (simulated)"
	}
	return name
}

func (l Layer) kind() register.LayerKind {
	k, _ := register.LayerKindOf(l.Kind)
	return k
}

func (l Layer) row() held.Row {
	return held.Row{"kind": l.Kind, "area": l.Area, "area_path": l.AreaPath, "version": held.Int(l.Version),
		"name": l.Name, "source": l.Source, "valid_on": l.ValidOn, "system": l.System, "approval": l.Approval,
		"features": held.Int(l.Features), "digest": l.Digest, "size": held.Int(l.Size), "body": l.body,
		"simulated": held.Bool(l.Simulated), "unit": l.Unit, "person": l.Person, "created_at": held.Time(l.CreatedAt),
		"withdrawn_on": l.WithdrawnOn, "withdrawn_by": l.WithdrawnBy, "reason": l.Reason}
}

// Head is what whoever supplies a layer says of it, or its file says under "layer".
type Head struct {
	Kind     string `json:"kind" enum:"communities,population,residential,areas,outline"`
	Area     string `json:"area" doc:"Code of the area that the layer is of."`
	Name     string `json:"name"`
	Source   string `json:"source" doc:"Who supplied it, out of which record."`
	ValidOn  string `json:"valid_on" doc:"The day that the data are of, 2023-12-31."`
	Approval string `json:"approval" doc:"Approval number (审图号) of an outline map."`
}

// or is a head whose gaps another one fills.
func (h Head) or(other Head) Head {
	for _, pair := range [][2]*string{{&h.Kind, &other.Kind}, {&h.Area, &other.Area}, {&h.Name, &other.Name},
		{&h.Source, &other.Source}, {&h.ValidOn, &other.ValidOn}, {&h.Approval, &other.Approval}} {
		if *pair[0] = strings.TrimSpace(*pair[0]); *pair[0] == "" {
			*pair[0] = strings.TrimSpace(*pair[1])
		}
	}
	return h
}

const maxText = 120

// check finds what a head lacks.
func (h Head) check(today string) errs.Fields {
	wrong := errs.Fields{}
	k, known := register.LayerKindOf(h.Kind)
	if !known {
		wrong.Say("kind", "请选图层的类别。")
	}
	for field, text := range map[string]string{"name": h.Name, "source": h.Source} {
		switch n := len([]rune(text)); {
		case n == 0:
			wrong.Say(field, "请填写。")
		case n > maxText:
			wrong.Say(field, "最多%d个字。", maxText)
		}
	}
	if _, err := time.Parse(time.DateOnly, h.ValidOn); err != nil {
		wrong.Say("valid_on", "日期请写成 2018-12-31 这样。")
	} else if h.ValidOn > today {
		wrong.Say("valid_on", "有效日期还没有到。")
	}
	switch approved := strings.ContainsAny(h.Approval, "0123456789"); {
	case k.Drawn && !approved:
		wrong.Say("approval", "底图要有审图号，例如 GS（2024）0650号。没有审图号的地图不能用。")
	case len([]rune(h.Approval)) > maxText:
		wrong.Say("approval", "最多%d个字。", maxText)
	}
	return wrong
}

// Feature is one thing of a layer.
type Feature struct {
	Name   string
	Area   string // code of the area that it lies in; "" = the layer's own
	Heads  int64  // of a population point
	Place  geo.Place
	Shape  geo.Shape // on the layer's plane; of land without what an earlier feature has already
	Square int64     // of land, whole square metres
}

// Counts is how much of the layer the feature is: itself, its people or its square metres.
func (f Feature) Counts(k register.LayerKind) int64 {
	switch {
	case k.Land:
		return f.Square
	case k.Heads:
		return f.Heads
	}
	return 1
}

// Data is a layer's file as it was read.
type Data struct {
	Head   Head
	System string
	Plane  geo.Plane
	All    []Feature
	Digest string
	body   string
	size   int64
	weight int64 // bytes of memory that it takes, about
}

// What a feature and one of its vertices take in memory, on the globe and on the plane, about.
const (
	featureWeight = 512
	vertexWeight  = 96
)

const maxVertices = 300_000

// Columns of features, in the two languages of files.
var (
	nameColumn  = []string{"name", "名称"}
	areaColumn  = []string{"area", "区域代码", "区域"}
	headsColumn = []string{"persons", "人数"}
)

func column(f register.Feature, names []string) string {
	for _, name := range names {
		if text := strings.TrimSpace(f.Values[name]); text != "" {
			return text
		}
	}
	return ""
}

// Read reads a file by what is said of it and by what it says itself.
func Read(ctx context.Context, file []byte, said Head) (d *Data, err error) {
	if len(bytes.TrimSpace(file)) == 0 {
		return nil, errs.Invalidf("文件是空的。请选对文件。")
	}
	if len(file) > maxFile {
		return nil, errs.Invalidf("文件太大：一个图层最多%d MB。请简化折点，或按区分成几个图层。", maxFile>>20)
	}
	features, err := register.ReadFeatures(file)
	if err != nil {
		return nil, err
	}
	var own struct {
		Layer Head `json:"layer"`
	}
	if err := json.Unmarshal(bytes.TrimPrefix(file, []byte("\xef\xbb\xbf")), &own); err != nil {
		return nil, errs.Invalidf("文件里的 layer 一项读不出来。请改正，或删去后在页面上填。")
	}
	d = &Data{Head: said.or(own.Layer), System: features.System, Digest: sign.Digest(file), body: pack(file),
		size: int64(len(file))}
	k, known := register.LayerKindOf(d.Head.Kind)
	if !known {
		return nil, errs.Fields{"kind": {Key: "请选图层的类别。"}}.Check("没有存：请先改正标出的地方。")
	}
	if len(features.All) == 0 {
		return nil, errs.Invalidf("文件里没有任何位置。")
	}
	return d, d.take(ctx, k, features.All)
}

// take lays all features on one plane.
func (d *Data) take(ctx context.Context, k register.LayerKind, all []register.Feature) (err error) {
	places, vertices := make([]geo.Place, 0, len(all)), 0
	for i, one := range all {
		f := Feature{Name: column(one, nameColumn), Area: column(one, areaColumn)}
		if f.Place, err = geo.Read(one.Geometry); err != nil {
			return of(i, f, err)
		}
		if vertices += f.Place.Vertices(); vertices > maxVertices {
			return errs.Invalidf("折点太多：一个图层最多%d个。请简化，或按区分成几个图层。", maxVertices)
		}
		if err = f.fits(k, column(one, headsColumn)); err != nil {
			return of(i, f, err)
		}
		d.All, places = append(d.All, f), append(places, f.Place)
	}
	d.weight = int64(len(all))*featureWeight + int64(vertices)*vertexWeight
	if d.Plane, err = geo.PlaneOf(places); err != nil || k.Drawn {
		return err
	}
	shapes := make([]geo.Shape, len(d.All))
	for i := range d.All {
		if err := ctx.Err(); err != nil {
			return err
		}
		if shapes[i], err = d.Plane.Put(d.All[i].Place); err != nil {
			return of(i, d.All[i], err)
		}
	}
	if k.Land {
		if err := geo.Apart(ctx, shapes); err != nil {
			return err
		}
	}
	for i := range d.All {
		d.All[i].Shape, d.All[i].Square = shapes[i], geo.Whole(shapes[i].Area())
	}
	return nil
}

// of names the feature that is wrong.
func of(i int, f Feature, err error) error {
	if errs.KindOf(err) != errs.Invalid {
		return err
	}
	return errs.Invalidf("第%d个位置“%s”：%s", i+1, f.Name, errs.WordsOf(err))
}

// fits holds a feature against its kind.
func (f *Feature) fits(k register.LayerKind, heads string) error {
	d := f.Place.Dimension()
	switch {
	case k.Land && !k.Drawn && d != 2:
		return errs.Invalidf("这类图层收多边形，不收点和线。")
	case !k.Land && (d != 0 || f.Place.Vertices() != 1):
		return errs.Invalidf("这类图层一个位置一个点（Point）。")
	case !k.Drawn && f.Name == "":
		return errs.Invalidf("没有名称。请在属性里写 name 或 名称。")
	case k.Code == "areas" && f.Area == "":
		return errs.Invalidf("没有区域代码。请在属性里写 area 或 区域代码。")
	}
	if k.Heads {
		n, err := strconv.ParseInt(heads, 10, 32)
		if err != nil || n < 0 {
			return errs.Invalidf("人数“%s”不是整数。请在属性里写 persons 或 人数。", heads)
		}
		f.Heads = n
	}
	return nil
}

func pack(file []byte) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(file) // a buffer takes all
	z.Close()
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// maxFile is how large a layer's file may be, in and out of the database.
const maxFile = 32 << 20

func unpack(body string) ([]byte, error) {
	packed, err := base64.StdEncoding.DecodeString(body)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(z, maxFile))
}

// File is the file as it was supplied, if it still is.
func (l Layer) file() ([]byte, error) {
	file, err := unpack(l.body)
	if err != nil || sign.Digest(file) != l.Digest {
		return nil, errs.Conflictf("图层%s的文件与登记的摘要不符，可能已被改动。请在存证日志里核验。", l.Called())
	}
	return file, nil
}
