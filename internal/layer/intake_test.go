package layer_test

// Layers that come with a folder to import: what is taken, and every file that is not, each with what to do about it.

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/intake"
	"yipanqi/internal/layer"
	"yipanqi/internal/network"
)

const areas = "代码,名称,简称,英文名,层级,上级,启用日期\n98,示范市,示范市,City,city,,2010-01-01\n" +
	"9801,东岭区,东岭,East,district,98,2010-01-01\n9802,西川区,西川,West,district,98,2010-01-01\n"

// file is a layer's file: what it says of itself, and its features.
func file(system, head string, features ...string) string {
	return fmt.Sprintf(`{"type":"FeatureCollection","coordinate_system":%q,"layer":{%s},"features":[%s]}`, system, head,
		strings.Join(features, ","))
}

func head(kind, area string, more ...string) string {
	said := map[string]string{"kind": kind, "area": area, "name": "图层", "source": "示例", "valid_on": "2023-01-01"}
	for i := 0; i < len(more); i += 2 {
		said[more[i]] = more[i+1]
	}
	var b []string
	for _, name := range []string{"kind", "area", "name", "source", "valid_on", "approval"} {
		if said[name] != "" {
			b = append(b, fmt.Sprintf("%q:%q", name, said[name]))
		}
	}
	return strings.Join(b, ",")
}

func feature(properties, geometry string) string {
	return `{"type":"Feature","properties":{` + properties + `},"geometry":` + geometry + `}`
}

func point(lon, lat float64) string {
	return fmt.Sprintf(`{"type":"Point","coordinates":[%v,%v]}`, lon, lat)
}

const (
	block    = `{"type":"Polygon","coordinates":[[[118,36],[118.01,36],[118.01,36.01],[118,36.01],[118,36]]]}`
	crossing = `{"type":"Polygon","coordinates":[[[118,36],[118.01,36.01],[118.01,36],[118,36.01],[118,36]]]}`
	line     = `{"type":"LineString","coordinates":[[118,36],[118.01,36]]}`
)

var city = dbtest.Filled{Fill: func(t testing.TB, d *db.DB) {
	t.Helper()
	if said := bring(t, d, "CGCS2000.geojson", file("CGCS2000", head("communities", "98"),
		feature(`"name":"甲社区","area":"9801"`, point(118, 36)))); said != "" {
		t.Fatal(said)
	}
}}

// bring imports areas and one layer, and says what it was refused for.
func bring(t testing.TB, d *db.DB, name, text string) string {
	t.Helper()
	folder := fstest.MapFS{"areas.csv": {Data: []byte(areas)}, "labels.csv": {Data: []byte(
		"词类,代码,名称,英文名\n区域层级,city,市,City\n区域层级,district,区,District\n")},
		"layers/" + name: {Data: []byte(text)}}
	files := append(network.Files(), layer.Files()...)
	_, err := intake.Import(context.Background(), d, files, folder, func(string, int, int) {})
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestLayersOfAFolderAreTakenOrRefusedByName(t *testing.T) {
	t.Parallel()
	city.Each(t, func(t *testing.T, d *db.DB) {
		const community, named = `"name":"甲社区","area":"9801"`, `"name":"丁"`
		one := func(kind, area, properties, geometry string, more ...string) string {
			return file("CGCS2000", head(kind, area, more...), feature(properties, geometry))
		}
		few := one("communities", "9801", community, point(118, 36))
		for what, try := range map[string]struct{ text, says string }{
			"empty":             {" ", "文件是空的"},
			"no json":           {"PK", "这不是GeoJSON的 FeatureCollection"},
			"cut off":           {few[:len(few)-3], "这不是GeoJSON的 FeatureCollection"},
			"one feature alone": {feature(community, point(118, 36)), "这不是GeoJSON的 FeatureCollection"},
			"an odd head":       {strings.Replace(few, `"layer":{`, `"layer":[],"x":{`, 1), "layer 一项读不出来"},
			"no system":         {strings.Replace(few, "CGCS2000", "", 1), "文件没有写明坐标系"},
			"an unknown system": {strings.Replace(few, "CGCS2000", "Beijing54", 1),
				"填 CGCS2000、WGS84、GCJ-02、BD-09 之一"},
			"another system": {strings.Replace(few, "CGCS2000", "WGS84", 1), "两种坐标不能放在一起"},
			"GCJ-02": {strings.Replace(few, "CGCS2000", "GCJ-02", 1),
				"文件的坐标系是GCJ-02，图层《图层》第1版的是CGCS2000"},
			"no kind": {one("", "98", community, point(118, 36)),
				"“kind”列：layer 里的 kind 请填 communities、population、residential、areas、outline 之一"},
			"an unknown kind": {one("roads", "98", community, point(118, 36)),
				"“kind”列：layer 里的 kind 请填 communities、population、residential、areas、outline 之一"},
			"an unknown area": {one("communities", "77", `"name":"甲"`, point(118, 36)),
				"“area”列：没有代码为“77”的区域。请改成 areas.csv 里有的代码"},
			"no area":   {one("communities", "", `"name":"甲"`, point(118, 36)), "“area”列：没有写是哪个区域的"},
			"no name":   {one("communities", "9802", named, point(118, 36), "name", ""), "“name”列：请填写"},
			"no source": {one("communities", "9802", named, point(118, 36), "source", ""), "“source”列：请填写"},
			"no day": {one("communities", "9802", named, point(118, 36), "valid_on", "去年"),
				"“valid_on”列：日期请写成"},
			"a day to come": {one("communities", "9802", named, point(118, 36), "valid_on", "2999-01-01"),
				"“valid_on”列：有效日期还没有到"},
			"no approval":         {one("outline", "98", "", block), "“approval”列：底图要有审图号"},
			"nothing in it":       {file("CGCS2000", head("communities", "9802")), "文件里没有任何位置"},
			"no place":            {one("communities", "9802", named, "null"), "第1个位置“丁”：坐标读不出来"},
			"land that is a dot":  {one("residential", "98", named, point(118, 36)), "第1个位置“丁”：这类图层收多边形"},
			"land that is a line": {one("residential", "98", named, line), "第1个位置“丁”：这类图层收多边形"},
			"a dot that is land":  {one("communities", "9802", named, block), "第1个位置“丁”：这类图层一个位置一个点"},
			"no name of a place":  {one("communities", "9802", "", point(118, 36)), "没有名称。请在属性里写 name"},
			"no area's boundary":  {one("areas", "98", named, block), "没有区域代码。请在属性里写 area"},
			"no persons":          {one("population", "98", named, point(118, 36)), "人数“”不是整数"},
			"crossing itself":     {one("residential", "98", named, crossing), "“丁”：边界自己相交"},
			"latitude first":      {one("communities", "9802", named, point(36, 118)), "经纬度像是写反了"},
			"metres":              {one("communities", "9802", named, point(500000, 4000000)), "不是经纬度"},
			"an area beside it": {one("communities", "9802", community, point(118, 36)),
				"区域代码“9801”不是西川区里的区域"},
			"too many places": {file("CGCS2000", head("communities", "9802"),
				strings.Repeat(feature(named, "null")+",", 50_000)+
					feature(named, "null")), "一个文件最多50000个位置"},
			"too large": {few + strings.Repeat(" ", layer.MaxFile), "文件太大：一个图层最多32 MB"},
		} {
			said := bring(t, d, "try.geojson", try.text)
			if !strings.Contains(said, try.says) || !strings.Contains(said, "layers/try.geojson") {
				t.Errorf("%s: it says %q, want %q", what, said, try.says)
			}
		}
		if said := bring(t, d, "few.geojson", few); said != "" {
			t.Errorf("a good file is refused: %s", said)
		}
		for range 2 { // a second time it changes nothing
			drawn := file("GCJ-02", head("outline", "98", "approval", "示S（2023）001号"), feature("", block))
			if said := bring(t, d, "outline.geojson", drawn); said != "" {
				t.Errorf("an outline in a system of its own: %s", said)
			}
		}
		if err := d.View(context.Background(), func(tx *db.Tx) error {
			all, err := layer.All(tx)
			if len(all) != 3 {
				t.Errorf("%d layers are there, of 3", len(all))
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}

// What is kept of files in memory is bounded by what it takes, not by how many there are.
func TestFilesInMemoryAreBoundedByBytes(t *testing.T) {
	city.Each(t, func(t *testing.T, d *db.DB) {
		var all []layer.Layer
		for i := range 12 {
			if said := bring(t, d, "few.geojson", file("CGCS2000", head("population", "9801", "valid_on",
				fmt.Sprintf("2023-01-%02d", i+1)), feature(`"name":"点","persons":1`, point(118, 36)))); said != "" {
				t.Fatal(said)
			}
		}
		defer layer.MostRead(layer.MostRead(3000))
		if err := d.View(context.Background(), func(tx *db.Tx) (err error) {
			if all, err = layer.All(tx); err != nil {
				return err
			}
			for _, l := range all {
				if _, err := layer.Open(tx, l); err != nil {
					return err
				}
				if n, bytes := layer.Kept(); bytes > 3000 || n < 1 || n > 5 {
					t.Errorf("%d files of %d bytes are kept, of at most 3000", n, bytes)
				}
			}
			if len(all) != 13 {
				t.Errorf("%d layers", len(all))
			}
			layer.MostRead(10) // less than one takes: it is kept all the same
			d, err := layer.Open(tx, all[0])
			if again, _ := layer.Open(tx, all[0]); again != d {
				t.Error("the file that was read last is read again")
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	})
}
