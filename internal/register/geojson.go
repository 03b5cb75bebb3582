package register

// Points and shapes as GeoJSON, in and out. A file says which coordinate system its numbers are in; nothing is
// converted into another, least of all from or into GCJ-02, which is kept shifted by law. Coordinates stay the decimals
// that were written.

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"yipanqi/internal/errs"
)

// Systems of coordinates that files and registers name.
var Systems = []string{"CGCS2000", "WGS84", "GCJ-02", "BD-09"}

// crsNames are what other programs call them.
var crsNames = map[string]string{"EPSG:4490": "CGCS2000", "EPSG::4490": "CGCS2000", "EPSG:4326": "WGS84",
	"EPSG::4326": "WGS84", "OGC:1.3:CRS84": "WGS84", "OGC::CRS84": "WGS84"}

// Feature is one thing with its place.
type Feature struct {
	Values   map[string]string // what it says, by head
	Geometry string            // as it stands in the file; empty if it has none
}

// Features are a file's.
type Features struct {
	System string
	All    []Feature
}

const (
	maxFeatures = 50_000
	maxValues   = 500 // of one feature
)

var noGeoJSON = errs.Invalidf("这不是GeoJSON的 FeatureCollection。请从制图软件导出GeoJSON后再导入。")

// ReadFeatures reads a FeatureCollection piece by piece, so that it takes no more memory than what it keeps.
func ReadFeatures(data []byte) (f Features, err error) {
	in := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	in.UseNumber()
	if t, err := in.Token(); err != nil || t != json.Delim('{') {
		return f, noGeoJSON
	}
	kind := ""
	for in.More() {
		name, err := in.Token()
		if err != nil {
			return f, noGeoJSON
		}
		switch name {
		case "type":
			err = in.Decode(&kind)
		case "coordinate_system", "坐标系":
			err = in.Decode(&f.System)
		case "crs":
			var crs struct {
				Properties struct {
					Name string `json:"name"`
				} `json:"properties"`
			}
			if err = in.Decode(&crs); err == nil && f.System == "" {
				f.System = systemOf(crs.Properties.Name)
			}
		case "features":
			if f.All, err = readFeatures(in); errs.KindOf(err) == errs.Invalid {
				return f, err
			}
		default:
			var other json.RawMessage
			err = in.Decode(&other)
		}
		if err != nil {
			return f, noGeoJSON
		}
	}
	if _, err := in.Token(); err != nil || kind != "FeatureCollection" {
		return f, noGeoJSON
	}
	if _, err := in.Token(); err != io.EOF {
		return f, noGeoJSON
	}
	if !slices.Contains(Systems, f.System) {
		return f, errs.Invalidf("文件没有写明坐标系。请在文件里加一行 \"coordinate_system\"，填 %s 之一。",
			strings.Join(Systems, "、"))
	}
	return f, nil
}

func systemOf(name string) string {
	for ending, system := range crsNames {
		if strings.HasSuffix(name, ending) {
			return system
		}
	}
	return name
}

func readFeatures(in *json.Decoder) (all []Feature, err error) {
	if t, err := in.Token(); err != nil || t != json.Delim('[') {
		return nil, noGeoJSON
	}
	for in.More() {
		if len(all) == maxFeatures {
			return nil, errs.Invalidf("一个文件最多%d个位置。请分几个文件导入。", maxFeatures)
		}
		var one struct {
			Type       string                     `json:"type"`
			Properties map[string]json.RawMessage `json:"properties"`
			Geometry   json.RawMessage            `json:"geometry"`
		}
		if err := in.Decode(&one); err != nil || one.Type != "Feature" || len(one.Properties) > maxValues {
			return nil, noGeoJSON
		}
		f := Feature{Values: map[string]string{}}
		for name, raw := range one.Properties {
			f.Values[name] = plainJSON(raw)
		}
		if text := string(one.Geometry); text != "null" && text != "" {
			f.Geometry = text
		}
		all = append(all, f)
	}
	_, err = in.Token()
	return all, err
}

// plainJSON is a value as a table would have it: a text without its quotes, a number as it is written.
func plainJSON(raw json.RawMessage) string {
	var text string
	switch {
	case string(raw) == "null":
		return ""
	case json.Unmarshal(raw, &text) == nil:
		return text
	}
	return string(raw)
}

// Cells are a feature's values in a register's table: the geometry in the columns of the field that it fits.
func (d Definition) Cells(f Feature) (map[string]string, error) {
	if f.Geometry == "" {
		return f.Values, nil
	}
	var g struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	}
	var at []json.Number
	err := json.Unmarshal([]byte(f.Geometry), &g)
	switch {
	case err != nil:
		return nil, noGeoJSON
	case g.Type == "Point" && d.Map.Point != "":
		if json.Unmarshal(g.Coordinates, &at) != nil || len(at) < 2 || len(at) > 3 {
			return nil, errs.Invalidf("点要有经度和纬度两个数。")
		}
		f.Values[key(d.Map.Point, "lon")], f.Values[key(d.Map.Point, "lat")] = at[0].String(), at[1].String()
	case g.Type != "Point" && d.Map.Shape != "":
		var b bytes.Buffer
		if err := json.Compact(&b, []byte(f.Geometry)); err != nil {
			return nil, noGeoJSON
		}
		f.Values[d.Map.Shape] = b.String()
	default:
		return nil, errs.Invalidf("这项登记不收“%s”这种图形。", g.Type)
	}
	return f.Values, nil
}

// Geometry is where a record is, as GeoJSON; empty if it does not say.
func (d Definition) Geometry(b Body) string {
	lon, lat := b[key(d.Map.Point, "lon")], b[key(d.Map.Point, "lat")]
	switch {
	case d.Map.Shape != "" && b[d.Map.Shape] != "":
		return b[d.Map.Shape]
	case d.Map.Point != "" && lon != "" && lat != "":
		return `{"type":"Point","coordinates":[` + lon + `,` + lat + `]}`
	}
	return ""
}

// WriteFeatures writes a FeatureCollection that says its coordinate system.
func WriteFeatures(f Features) []byte {
	var b bytes.Buffer
	name, _ := json.Marshal(f.System) // texts always marshal
	b.WriteString(`{"type":"FeatureCollection","coordinate_system":` + string(name) + `,"features":[`)
	for i, one := range f.All {
		if i > 0 {
			b.WriteByte(',')
		}
		values, _ := json.Marshal(one.Values)
		geometry := one.Geometry
		if geometry == "" || !json.Valid([]byte(geometry)) {
			geometry = "null"
		}
		b.WriteString("\n" + `{"type":"Feature","properties":` + string(values) + `,"geometry":` + geometry + `}`)
	}
	b.WriteString("\n]}\n")
	return b.Bytes()
}
