package record_test

// The page, the table and the paper of a coverage, the map that a user supplied below it, and a place outside its area.

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/layer"
	"yipanqi/internal/web/webtest"
)

// asks is the answer to a request.
func (c *town) asks(s *webtest.Site, who, method, path, media, body string) *httptest.ResponseRecorder {
	c.Helper()
	secret := must(c, func(tx *db.Tx) (string, error) {
		secret, _, err := auth.OpenSession(tx, c.people[who].ID, auth.Cookie)
		return secret, err
	})
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if r.Header.Set("Accept", "application/json"); media != "" {
		r.Header.Set("Content-Type", media)
	}
	r.AddCookie(&http.Cookie{Name: "session", Value: secret})
	w := httptest.NewRecorder()
	s.Handler.ServeHTTP(w, r)
	return w
}

// uploads sends a layer's file with what the page says of it.
func (c *town) uploads(s *webtest.Site, who, file string, said map[string]string) *httptest.ResponseRecorder {
	c.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for name, value := range said {
		if err := form.WriteField(name, value); err != nil {
			c.Fatal(err)
		}
	}
	w, err := form.CreateFormFile("file", "layer.geojson")
	if err == nil {
		_, err = w.Write([]byte(file))
	}
	if err != nil || form.Close() != nil {
		c.Fatal(err)
	}
	return c.asks(s, who, "POST", "/layers", form.FormDataContentType(), b.String())
}

func outlineFile(ring string) string {
	return `{"type":"FeatureCollection","coordinate_system":"CGCS2000","features":[{"type":"Feature","properties":{},
		"geometry":{"type":"Polygon","coordinates":[[` + ring + `]]}}]}`
}

const around = "[117.9,35.9],[118.6,35.9],[118.6,36.7],[117.9,36.7],[117.9,35.9]"

func TestCoverageSaysWhatItRestsOn(t *testing.T) {
	eachTown(t, func(c *town) {
		s := newSite(c)
		const parks = "/registers/park_green_space/coverage?period=2023&area=980101"
		s.Check(c.T, webtest.Scenario{As: "office", Path: parks, Contains: []string{"没有在2023-12-31有效的图层"}})
		c.layer("office", plots("980100", "2023-01-01", [5]string{"甲地块", "980101", "118.0001", "36.0001", "0.0005"},
			[5]string{"远地块", "980101", "118.2", "36.2", "0.0005"}))
		var d struct {
			Value, Covered, Whole string
			Buffer                float64                 `json:"buffer_square_metres"`
			Radius                []string                `json:"radius_metres"`
			Left                  []struct{ Name string } `json:"not_covered"`
			Layers                []struct{ Projection, Digest string }
		}
		w := c.asks(s, "office", "GET", parks, "", "")
		if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil || w.Code != 200 {
			c.Fatalf("%d %v %s", w.Code, err, w.Body)
		}
		// The paper's park: 1,105,398 m² within 500 m of its boundary; from its middle it would be 785,398.
		if d.Buffer < 1105398*.999 || d.Buffer > 1105398*1.001 {
			c.Errorf("%v m² lie within 500 m of PK-1", d.Buffer)
		}
		if d.Value != "50.1" || len(d.Left) != 1 || d.Left[0].Name != "远地块" || len(d.Radius) != 1 ||
			d.Radius[0] != "500" || d.Layers[0].Projection != "UTM 50N" || len(d.Layers[0].Digest) != 64 {
			c.Errorf("%+v", d)
		}
		s.Check(c.T, webtest.Scenario{As: "office", Path: parks, Contains: []string{"128边形", "待确认", "UTM 50N",
			"cover-out", "远地块", "（待确认）"}, NotContains: []string{"审图号"}})
		s.Check(c.T, webtest.Scenario{As: "office", Path: parks + "&format=csv", Contains: []string{"远地块,980101"}})
		s.Check(c.T, webtest.Scenario{As: "office", Path: strings.Replace(parks, "coverage", "coverage/print", 1)})
		for path, status := range map[string]int{parks + "&measure=parks": 422, parks + "&measure=no_such": 422,
			"/registers/child_home/coverage?period=2023-05": 422, "/registers/child_home/coverage?period=20x": 422,
			"/registers/expert/coverage": 422, "/registers/no_such/coverage": 404,
			"/registers/child_home/coverage?area=999999": 422} {
			s.Check(c.T, webtest.Scenario{As: "office", JSON: true, Path: path, Status: status})
		}
		s.Check(c.T, webtest.Scenario{As: "east", JSON: true, Status: 422,
			Path: strings.Replace(parks, "980101", "980102", 1)})

		// A map of the user's own is drawn below, with its approval number; none without.
		said := map[string]string{"kind": "outline", "area": "980100", "name": "轮廓", "source": "示例",
			"valid_on": "2023-01-01"}
		w = c.uploads(s, "office", outlineFile(around), said)
		if w.Code != 422 || !strings.Contains(w.Body.String(), "审图号") {
			c.Errorf("an outline without approval: %d %s", w.Code, w.Body)
		}
		said["approval"] = "示S（2023）001号"
		if w := c.uploads(s, "office", outlineFile(around), said); w.Code >= 400 {
			c.Fatalf("%d %s", w.Code, w.Body)
		}
		for _, page := range []string{parks, "/registers/child_home/map", "/registers/park_green_space/map"} {
			s.Check(c.T, webtest.Scenario{As: "office", Path: page,
				Contains: []string{"审图号：示S（2023）001号", "map-below"}})
		}
	})
}

func TestAPlaceOutsideItsAreaIsSaid(t *testing.T) {
	eachTown(t, func(c *town) {
		s := newSite(c)
		file := strings.Replace(outlineFile("[118,36],[118.2,36],[118.2,36.3],[118,36.3],[118,36]"), `"properties":{}`,
			`"properties":{"name":"东岭区","area":"980101"}`, 1)
		if w := c.uploads(s, "office", file, map[string]string{"kind": "areas", "area": "980100", "name": "区界",
			"source": "示例", "valid_on": "2023-01-01"}); w.Code >= 400 {
			c.Fatalf("%d %s", w.Code, w.Body)
		}
		const says = "不在东岭区的边界里"
		r, err := c.create("east", "child_home", home("界外的家", "location:lon", "118.9", "location:lat", "36.1"))
		if err != nil {
			c.Fatal(err)
		}
		s.Check(c.T, webtest.Scenario{As: "east", Path: r.URL(), Contains: []string{says, "118.9", "《区界》第1版"}})
		_, err = c.take("east", r, "submit", "", nil)
		c.refused(errs.Invalid, err, "a place outside without a word about it")
		if r, err = c.save("east", r, nil, map[string]string{"remark": "在区外的分中心"}); err != nil {
			c.Fatal(err)
		}
		if _, err = c.take("east", r, "submit", "", nil); err != nil {
			c.Errorf("with a word about it: %v", err)
		}
		inside, err := c.create("east", "child_home", home("界内的家", "location:lon", "118.1", "location:lat", "36.1"))
		if err != nil {
			c.Fatal(err)
		}
		s.Check(c.T, webtest.Scenario{As: "east", Path: inside.URL(), NotContains: []string{says}})
		if _, err = c.create("west", "child_home", home("没有区界的区", "location:lon", "118.9")); err != nil {
			c.Error(err)
		}
	})
}

func TestBadFilesAreRefusedByName(t *testing.T) {
	eachTown(t, func(c *town) {
		s := newSite(c)
		said := map[string]string{"kind": "residential", "area": "980100", "name": "用地", "source": "示例",
			"valid_on": "2023-01-01"}
		with := func(changes ...string) map[string]string {
			all := map[string]string{}
			for k, v := range said {
				all[k] = v
			}
			for i := 0; i < len(changes); i += 2 {
				all[changes[i]] = changes[i+1]
			}
			return all
		}
		named := func(geometry string) string {
			return `{"type":"FeatureCollection","coordinate_system":"CGCS2000","features":[{"type":"Feature",
				"properties":{"name":"丁"},"geometry":` + geometry + `}]}`
		}
		square := named(`{"type":"Polygon","coordinates":[[[118,36],[118.01,36],[118.01,36.01],[118,36.01],[118,36]]]}`)
		point := named(`{"type":"Point","coordinates":[118,36]}`)
		for what, try := range map[string]struct {
			file string
			said map[string]string
			says string
		}{
			"empty":          {"", said, "空"},
			"no json":        {"PK\x03\x04", said, "FeatureCollection"},
			"no system":      {strings.Replace(square, `"coordinate_system":"CGCS2000",`, "", 1), said, "坐标系"},
			"swapped":        {named(`{"type":"Polygon","coordinates":[[[36,118],[36,118.1],[36.1,118],[36,118]]]}`), said, "“丁”：经纬度像是写反了"},
			"metres":         {named(`{"type":"Polygon","coordinates":[[[500000,4000000],[500100,4000000],[500000,4000100],[500000,4000000]]]}`), said, "不是经纬度"},
			"crossing":       {named(`{"type":"Polygon","coordinates":[[[118,36],[118.01,36.01],[118.01,36],[118,36.01],[118,36]]]}`), said, "“丁”：边界自己相交"},
			"a point":        {point, said, "收多边形"},
			"no features":    {`{"type":"FeatureCollection","coordinate_system":"CGCS2000","features":[]}`, said, "没有任何位置"},
			"no geometry":    {named("null"), said, "读不出来"},
			"no kind":        {square, with("kind", ""), "类别"},
			"an odd kind":    {square, with("kind", "roads"), ""},
			"no source":      {square, with("source", ""), "请填写"},
			"tomorrow":       {square, with("valid_on", "2999-01-01"), "还没有到"},
			"no day":         {square, with("valid_on", "去年"), "2018-12-31"},
			"no persons":     {point, with("kind", "population"), "不是整数"},
			"no area's code": {square, with("kind", "areas"), "区域代码"},
			"a foreign area": {strings.Replace(square, `"name":"丁"`, `"name":"丁","area":"999"`, 1), said,
				"“999”不是"},
			"too many": {`{"type":"FeatureCollection","coordinate_system":"CGCS2000","features":[` +
				strings.Repeat(`{"type":"Feature","properties":{"name":"x"},"geometry":null},`, 50_000) +
				`{"type":"Feature","properties":{},"geometry":null}]}`, said, "最多50000个"},
		} {
			w := c.uploads(s, "office", try.file, try.said)
			if w.Code != 422 || !strings.Contains(w.Body.String(), try.says) {
				c.Errorf("%s: %d %.300s", what, w.Code, w.Body)
			}
		}
		if w := c.uploads(s, "office", square+strings.Repeat(" ", 24<<20), said); w.Code != 422 {
			c.Errorf("24 MB: %d", w.Code)
		}
		if w := c.uploads(s, "system", square, said); w.Code != 403 {
			c.Errorf("a system administrator supplies a layer: %d", w.Code)
		}
		w := c.uploads(s, "office", square, said)
		var l layer.Layer
		if err := json.Unmarshal(w.Body.Bytes(), &l); err != nil || l.ID == "" {
			c.Fatalf("%d %v %s", w.Code, err, w.Body)
		}
		if w := c.asks(s, "east", "GET", l.URL()+"/file", "", ""); w.Code != 200 || w.Body.String() != square {
			c.Errorf("the file comes back as %d %.100s", w.Code, w.Body)
		}
		for path, status := range map[string]int{l.URL(): 200, "/layers/none": 404, "/layers/none/file": 404,
			"/layers?kind=residential": 200, "/layers?kind=roads": 422, "/layers?sort=no": 422} {
			s.Check(c.T, webtest.Scenario{As: "east", JSON: true, Path: path, Status: status})
		}
		withdraw := func(who, reason string) int {
			return c.asks(s, who, "POST", l.URL()+"/withdraw", "application/json",
				fmt.Sprintf(`{"reason":%q}`, reason)).Code
		}
		for _, try := range []struct {
			who, reason string
			status      int
		}{{"east", "不是我的", 403}, {"office", " ", 422}, {"office", "换新", 200}, {"office", "再来", 409}} {
			if got := withdraw(try.who, try.reason); got != try.status {
				c.Errorf("%s withdraws for %q: %d, want %d", try.who, try.reason, got, try.status)
			}
		}
	})
}

// An auditor who writes to the table is found, and what they wrote gives no figure.
func TestALayerThatWasTamperedWithIsFound(t *testing.T) {
	eachTown(t, func(c *town) {
		l := c.layer("office", points("communities", "980100", "2023-01-01", "CGCS2000",
			[5]string{"点", "", "118.1", "36.2", ""}))
		other := c.layer("east", points("communities", "980101", "2022-01-01", "CGCS2000",
			[5]string{"别处", "", "118.3", "36.3", ""}))
		dbtest.Outside(c.T, c.d, fmt.Sprintf(`UPDATE layers SET body = (SELECT o.body FROM layers o WHERE o.id = '%s')
			WHERE id = '%s'`, other.ID, l.ID))
		c.view(func(tx *db.Tx) error {
			found, err := layer.Verify(tx, "")
			if len(found) != 1 || found[0].Column != "body" {
				c.Errorf("%v, %v", found, err)
			}
			return err
		})
		s := newSite(c)
		s.Check(c.T, webtest.Scenario{As: "office", JSON: true, Path: l.URL() + "/file", Status: 404})
		s.Check(c.T, webtest.Scenario{As: "office", Path: "/registers/child_home/coverage?period=2023",
			Contains: []string{"摘要不符"}})
	})
}

func TestAReadingStopsWithItsRequest(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := layer.Read(ctx, []byte(plots("980100", "2023-01-01", [5]string{"甲", "", "118", "36", "0.01"})),
		layer.Head{}); err == nil {
		t.Error("who left is served")
	}
}
