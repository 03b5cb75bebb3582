package record_test

// The map of a register, and its places out and in as GeoJSON.

import (
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/record"
	"yipanqi/internal/web/webtest"
)

func TestMapShowsWhatItsReaderMaySee(t *testing.T) {
	eachTown(t, func(c *town) {
		s := newSite(c)
		r, err := c.take("east", c.numbered("child_home", "CHH-1"), "correct", "位置有误", nil)
		if err != nil {
			c.Fatal(err)
		}
		if r, err = c.save("east", r, nil, map[string]string{"location:lon": "118.777"}); err != nil {
			c.Fatal(err)
		}
		if _, err = c.create("east", "child_home", home("别人的草稿")); err != nil {
			c.Fatal(err)
		}
		const page, file = "/registers/child_home/map", "/registers/child_home/geojson"
		for _, path := range []string{page, file} {
			s.Check(c.T, webtest.Scenario{As: "city", Path: path, Contains: []string{"118.777"}})
			s.Check(c.T, webtest.Scenario{As: "west", Path: path, Contains: []string{"桐花社区儿童之家"},
				NotContains: []string{"118.777", "别人的草稿"}})
			for _, query := range []string{"?where%5Bstate%5D=asleep", "?where%5Bno_such%5D=1", "?view=casebook"} {
				s.Check(c.T, webtest.Scenario{As: "city", Path: path + query, JSON: true, Status: 422})
			}
			s.Check(c.T, webtest.Scenario{As: "city", JSON: true, Status: 404,
				Path: strings.Replace(path, "child_home", "expert", 1)})
		}
		s.Check(c.T, webtest.Scenario{As: "city", Path: page,
			Contains: []string{"坐标系：CGCS2000", "map-grid", "东岭区"}})
		s.Check(c.T, webtest.Scenario{As: "city", Path: "/registers/park_green_space/map",
			Contains: []string{"map-outline", "示范公园"}})
		s.Check(c.T, webtest.Scenario{As: "city", Path: page + "?where%5Barea%5D=980102", JSON: true,
			NotContains: []string{r.ID}})
	})
}

// sent sends a file to the import of a register.
func (c *town) sent(s *webtest.Site, who, code, name, text string) *httptest.ResponseRecorder {
	c.Helper()
	var b strings.Builder
	form := multipart.NewWriter(&b)
	w, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = w.Write([]byte(text))
	}
	if err != nil || form.Close() != nil {
		c.Fatal(err)
	}
	secret := must(c, func(tx *db.Tx) (string, error) {
		secret, _, err := auth.OpenSession(tx, c.people[who].ID, auth.Cookie)
		return secret, err
	})
	r := httptest.NewRequest(http.MethodPost, "/registers/"+code+"/import", strings.NewReader(b.String()))
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.AddCookie(&http.Cookie{Name: "session", Value: secret})
	answer := httptest.NewRecorder()
	s.Handler.ServeHTTP(answer, r)
	return answer
}

func TestPlacesComeInByTheirSystem(t *testing.T) {
	eachTown(t, func(c *town) {
		s := newSite(c)
		const file = `{"type":"FeatureCollection","coordinate_system":"CGCS2000","features":[{"type":"Feature",
			"properties":{"名称":"新的家","served_communities":"桐花社区","室内面积":40.5},
			"geometry":{"type":"Point","coordinates":[118.1234567,36.10]}}]}`
		for what, bad := range map[string]struct{ code, text, says string }{
			"another system": {"child_home", strings.Replace(file, "CGCS2000", "GCJ-02", 1), "不能放在一起"},
			"no system": {"child_home", strings.Replace(file, `"coordinate_system":"CGCS2000",`, "", 1),
				"没有写明坐标系"},
			"no place": {"child_home_activity", file, "不收GeoJSON"},
			"another shape": {"child_home", strings.Replace(file, `"Point","coordinates":[118.1234567,36.10]`,
				`"Polygon","coordinates":[]`, 1), "不收“Polygon”"},
			"beyond the pole": {"child_home", strings.Replace(file, "36.10", "96.1", 1), "纬度在"},
		} {
			if w := c.sent(s, "east", bad.code, "places.geojson", bad.text); w.Code != 422 ||
				!strings.Contains(w.Body.String(), bad.says) {
				c.Errorf("%s: %d", what, w.Code)
			}
		}
		if w := c.sent(s, "east", "child_home", "places.geojson", file); w.Code != 200 {
			c.Fatalf("%d %s", w.Code, w.Body)
		}
		s.Check(c.T, webtest.Scenario{As: "east", Path: "/registers/child_home/geojson",
			Contains: []string{`"coordinate_system":"CGCS2000"`, `"coordinates":[118.1234567,36.10]`, "新的家"}})
		// Out and in again: every record is the one that it was.
		var all struct {
			Features []json.RawMessage `json:"features"`
		}
		before := c.geoJSON(s, "east")
		if err := json.Unmarshal([]byte(before), &all); err != nil || len(all.Features) < 2 {
			c.Fatalf("%v: %d places", err, len(all.Features))
		}
		at := slices.IndexFunc(all.Features, func(f json.RawMessage) bool {
			return strings.Contains(string(f), "新的家")
		})
		one := fmt.Sprintf(`{"type":"FeatureCollection","coordinate_system":"CGCS2000","features":[%s]}`,
			strings.Replace(string(all.Features[at]), "新的家", "改名的家", 1))
		if w := c.sent(s, "east", "child_home", "again.geojson", one); w.Code != 200 {
			c.Errorf("what went out does not come in again: %d %s", w.Code, w.Body)
		}
		if after := c.geoJSON(s, "east"); strings.Count(after, "Feature\"") != strings.Count(before, "Feature\"") {
			c.Error("a place that came in again is there twice")
		}
	})
}

func (c *town) geoJSON(s *webtest.Site, who string) (body string) {
	c.Helper()
	secret := must(c, func(tx *db.Tx) (string, error) {
		secret, _, err := auth.OpenSession(tx, c.people[who].ID, auth.Cookie)
		return secret, err
	})
	r := httptest.NewRequest(http.MethodGet, "/registers/child_home/geojson", nil)
	r.AddCookie(&http.Cookie{Name: "session", Value: secret})
	w := httptest.NewRecorder()
	s.Handler.ServeHTTP(w, r)
	return w.Body.String()
}

func TestGridLinesAreRound(t *testing.T) {
	t.Parallel()
	for _, span := range []float64{0, .0001, .013, .2, 1, 3.7, 40, 360} {
		if step := record.StepOf(span); step <= 0 || max(span, .002)/step > 6.01 || max(span, .002)/step < 1.6 {
			t.Errorf("%v degrees have a line every %v", span, step)
		}
	}
}

func TestOutlinesAreDrawnAsTheyAre(t *testing.T) {
	t.Parallel()
	for shape, want := range map[string][2]int{ // outlines, signs
		`{"type":"Polygon","coordinates":[[[118,36],[118.5,36],[118.5,36.4],[118,36]]]}`: {1, 0},
		`{"type":"MultiPolygon","coordinates":[[[[118,36],[118.5,36],[118.5,36.4],[118,36]]],
			[[[119,36],[119.5,36],[119.5,36.4],[119,36]]]]}`: {1, 0},
		`{"type":"Polygon","coordinates":[[[118,36],[118.0001,36],[118.0001,36.0001],[118,36]]]}`: {0, 1},
		`{"type":"MultiPoint","coordinates":[[118,36]]}`:                                          {0, 1},
		`{"type":"Polygon","coordinates":[]}`:                                                     {0, 0},
		`{"type":"Polygon","coordinates":"x"}`:                                                    {0, 0},
		`{"type":"MultiPolygon","coordinates":[]}`:                                                {0, 0},
		``: {0, 0},
	} {
		if outlines, signs := record.Drawn(shape); outlines != want[0] || signs != want[1] {
			t.Errorf("%s: %d outlines and %d signs, want %v", shape, outlines, signs, want)
		}
	}
}
