package register

// Places of records leave as GeoJSON and come back as they were written; what is none is refused.

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"yipanqi/internal/errs"
)

func TestFeaturesComeBackAsTheyWent(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	d := Definition{Map: Map{Point: "place"}}
	for range 200 {
		f := Features{System: Systems[random.IntN(len(Systems))]}
		for i := range random.IntN(20) {
			b := Body{"place:lon": fmt.Sprintf("%d.%d", 70+random.IntN(60), random.IntN(1_000_000_000)),
				"place:lat": fmt.Sprintf("%d.%04d", random.IntN(50), random.IntN(10_000))}
			one := Feature{Values: map[string]string{"name": strings.Repeat("园\"\\\n", i)}, Geometry: d.Geometry(b)}
			if i%5 == 4 {
				one.Geometry = ""
			}
			f.All = append(f.All, one)
		}
		again, err := ReadFeatures(WriteFeatures(f))
		if err != nil || again.System != f.System || len(again.All) != len(f.All) {
			t.Fatalf("%v: %d of %d in %s", err, len(again.All), len(f.All), again.System)
		}
		for i, one := range again.All {
			if one.Geometry != f.All[i].Geometry || !maps.Equal(one.Values, f.All[i].Values) {
				t.Fatalf("%+v came back as %+v", f.All[i], one)
			}
			cells, err := d.Cells(one)
			if err != nil || one.Geometry != "" && d.Geometry(cells) != one.Geometry {
				t.Fatalf("%v: %+v lies at %s", err, one, d.Geometry(cells))
			}
		}
	}
}

func TestWhatIsNoGeoJSON(t *testing.T) {
	t.Parallel()
	const file = `{"type":"FeatureCollection","coordinate_system":"CGCS2000","features":[` +
		`{"type":"Feature","properties":{"名称":"公园","面积":12.50,"x":null},` +
		`"geometry":{"type":"Point","coordinates":[118.10,36]}}]}`
	f, err := ReadFeatures([]byte("\xef\xbb\xbf" + file))
	if err != nil || f.All[0].Values["面积"] != "12.50" || f.All[0].Values["名称"] != "公园" ||
		f.All[0].Values["x"] != "" {
		t.Fatalf("%v: %+v", err, f)
	}
	if cells, err := (Definition{Map: Map{Point: "p"}}).Cells(f.All[0]); err != nil || cells["p:lon"] != "118.10" {
		t.Errorf("%v: a coordinate is not as it was written: %v", err, cells)
	}
	for _, crs := range []string{"urn:ogc:def:crs:EPSG::4490", "EPSG:4490"} {
		other := strings.Replace(file, `"coordinate_system":"CGCS2000"`,
			`"crs":{"type":"name","properties":{"name":"`+crs+`"}}`, 1)
		if f, err := ReadFeatures([]byte(other)); err != nil || f.System != "CGCS2000" {
			t.Errorf("%s: %q, %v", crs, f.System, err)
		}
	}
	for what, bad := range map[string]string{
		"no system":        strings.Replace(file, `"coordinate_system":"CGCS2000",`, "", 1),
		"unknown system":   strings.Replace(file, "CGCS2000", "EPSG:3857", 1),
		"cut":              file[:len(file)-1],
		"more behind":      file + "{}",
		"one feature":      file[strings.Index(file, `{"type":"Feature",`) : len(file)-2],
		"no collection":    strings.Replace(file, "FeatureCollection", "Topology", 1),
		"features no list": `{"type":"FeatureCollection","coordinate_system":"WGS84","features":{}}`,
		"nothing":          "", "text": "name,lon", "number": "7",
	} {
		if _, err := ReadFeatures([]byte(bad)); errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	d := Definition{Map: Map{Point: "p"}}
	for _, geometry := range []string{`{"type":"Polygon","coordinates":[]}`, `{"type":"Point","coordinates":[1]}`,
		`{"type":"Point","coordinates":"1,2"}`, `[1]`} {
		_, err := d.Cells(Feature{Values: map[string]string{}, Geometry: geometry})
		if errs.KindOf(err) != errs.Invalid {
			t.Errorf("%s: %v", geometry, err)
		}
	}
}

func FuzzReadFeatures(f *testing.F) {
	f.Add([]byte(`{"type":"FeatureCollection","coordinate_system":"WGS84","features":[{"type":"Feature",` +
		`"properties":{"a":"b"},"geometry":{"type":"Point","coordinates":[1,2]}}]}`))
	f.Add([]byte(`{"features":[{"type":"Feature","geometry":[[[[`))
	f.Add([]byte(strings.Repeat("[", 20_000)))
	f.Fuzz(func(t *testing.T, data []byte) {
		read, err := ReadFeatures(data)
		if err != nil {
			if errs.KindOf(err) != errs.Invalid {
				t.Errorf("%v", err)
			}
			return
		}
		if again, err := ReadFeatures(WriteFeatures(read)); err != nil || len(again.All) != len(read.All) {
			t.Errorf("what was read cannot be written: %v", err)
		}
		d := Definition{Map: Map{Point: "p", Shape: "s"}}
		for _, one := range read.All {
			if cells, err := d.Cells(one); err == nil && one.Geometry != "" && cells["s"] != "" &&
				!json.Valid([]byte(cells["s"])) {
				t.Errorf("a shape is no JSON: %s", cells["s"])
			}
		}
	})
}
