package record_test

// Coverage by distance: from a layer and confirmed records to the figure, its closing and what may not be mixed.

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/layer"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/record"
	"yipanqi/internal/web/webtest"
)

// points is a layer of points: name, area, longitude, latitude, persons.
func points(kind, area, day, system string, all ...[5]string) string {
	var b []string
	for _, p := range all {
		b = append(b, fmt.Sprintf(`{"type":"Feature","properties":{"name":%q,"area":%q,"persons":%q},
			"geometry":{"type":"Point","coordinates":[%s,%s]}}`, p[0], p[1], p[4], p[2], p[3]))
	}
	return fmt.Sprintf(`{"type":"FeatureCollection","coordinate_system":%q,"layer":{"kind":%q,"area":%q,
		"name":"图层（模拟）","source":"示例","valid_on":%q},"features":[%s]}`, system, kind, area, day,
		strings.Join(b, ","))
}

// plots is a layer of land: name, area, west, south and width in degrees.
func plots(area, day string, all ...[5]string) string {
	var b []string
	for _, p := range all {
		var west, south, width float64
		fmt.Sscan(p[2]+" "+p[3]+" "+p[4], &west, &south, &width)
		b = append(b, fmt.Sprintf(`{"type":"Feature","properties":{"名称":%q,"区域代码":%q},
			"geometry":{"type":"Polygon","coordinates":[[[%[3]v,%[4]v],[%[5]v,%[4]v],[%[5]v,%[6]v],[%[3]v,%[6]v],[%[3]v,%[4]v]]]}}`, p[0], p[1], west,
			south, west+width, south+width))
	}
	return fmt.Sprintf(`{"type":"FeatureCollection","coordinate_system":"CGCS2000","layer":{"kind":"residential",
		"area":%q,"name":"居住用地","source":"示例","valid_on":%q},"features":[%s]}`, area, day, strings.Join(b, ","))
}

func (c *town) supplies(who, file string) (layer.Layer, error) {
	c.Helper()
	d, err := layer.Read(context.Background(), []byte(file), layer.Head{})
	if err != nil {
		return layer.Layer{}, err
	}
	return do(c, func(tx *db.Tx) (layer.Layer, error) { return layer.Upload(tx, c.people[who], d) })
}

func (c *town) layer(who, file string) (l layer.Layer) {
	c.Helper()
	l, err := c.supplies(who, file)
	if err != nil {
		c.Fatal(err)
	}
	return l
}

func (c *town) closes(who, code, when, area string) (record.Closing, error) {
	p, err := period.Parse(when)
	if err != nil {
		c.Fatal(err)
	}
	return do(c, func(tx *db.Tx) (closed record.Closing, err error) {
		a, err := network.NewestArea(tx, area)
		if err != nil {
			return closed, err
		}
		return record.Close(tx, c.people[who], code, p, a)
	})
}

// The homes of the fixture stand at 118.1 36.2; one degree of latitude is 111 km.
func TestCoverageFromLayerToClosing(t *testing.T) {
	eachTown(t, func(c *town) {
		c.counts("child_home", "2023", "示范市", "homes_near", "", "community_points", "", "homes_near_share", "")
		c.layer("office", points("communities", "980100", "2023-06-30", "CGCS2000",
			[5]string{"桐花社区", "980101001001", "118.1", "36.205", ""}, // 555 m away
			[5]string{"银杏社区", "980101001002", "118.1", "36.21", ""},  // 1110 m
			[5]string{"青石社区", "980102001001", "118.1", "36.2", ""},   // where a home of the east stands too
			[5]string{"远处的点", "", "118.5", "36.6", ""}))              // of the city alone
		c.counts("child_home", "2023", "示范市", "homes_near", "2", "community_points", "4", "homes_near_share", "50.0")
		c.counts("child_home", "2023", "东岭区", "homes_near", "1", "community_points", "2", "homes_near_share", "50.0")
		c.counts("child_home", "2023", "西川区", "homes_near", "1", "community_points", "1")
		c.counts("child_home", "2022", "示范市", "homes_near", "", "community_points", "", "homes_near_share", "")
		must(c, func(tx *db.Tx) (bool, error) {
			root, err := network.Root(tx)
			if err != nil {
				return false, err
			}
			return indicator.PutParameter(tx, indicator.Parameter{Code: "HOME_RADIUS", Name: "儿童之家服务半径",
				AreaID: root.ID, OpensOn: "2020-01-01", Value: "1200", Unit: "米", SourceTitle: "办公室确定"})
		})
		c.counts("child_home", "2023", "示范市", "homes_near", "3", "homes_near_share", "75.0")

		closed, err := c.closes("office", "child_home", "2023", "980100")
		if err != nil {
			c.Fatal(err)
		}
		s := newSite(c)
		s.Check(c.T, webtest.Scenario{As: "office", Path: closed.URL(),
			Contains: []string{"《图层（模拟）》第1版", "UTM 50N", "一致"}, NotContains: []string{"图层换过"}})
		// A district's own layer says what is there from its day on; the closed number stays.
		second := c.layer("east", points("communities", "980101", "2023-12-01", "CGCS2000",
			[5]string{"桐花社区", "980101001001", "118.3", "36.2", ""}))
		c.counts("child_home", "2023", "示范市", "homes_near", "1", "community_points", "3", "homes_near_share", "33.3")
		c.counts("child_home", "2023", "东岭区", "homes_near", "0", "homes_near_share", "0.0")
		s.Check(c.T, webtest.Scenario{As: "office", Path: closed.URL(), Contains: []string{"图层换过"}})
		s.Check(c.T, webtest.Scenario{As: "office", JSON: true, Path: closed.URL(), Contains: []string{
			`"was":"3","now":"1"`, `"relayered":true`, `"was":"75.0","now":"33.3"`}})
		if _, err := do(c, func(tx *db.Tx) (layer.Layer, error) {
			return layer.Withdraw(tx, c.people["east"], second.ID, "位置有误")
		}); err != nil {
			c.Fatal(err)
		}
		c.counts("child_home", "2023", "示范市", "homes_near", "3", "homes_near_share", "75.0")
		s.Check(c.T, webtest.Scenario{As: "office", Path: closed.URL(), NotContains: []string{"图层换过"}})
		verified(c)
	})
}

func verified(c *town) {
	c.Helper()
	c.view(func(tx *db.Tx) error {
		for _, verify := range []func(*db.Tx) (int, error){
			func(tx *db.Tx) (int, error) { f, err := layer.Verify(tx, ""); return len(f), err },
			func(tx *db.Tx) (int, error) { f, err := record.Verify(tx, ""); return len(f), err },
		} {
			if n, err := verify(tx); n > 0 || err != nil {
				c.Errorf("%d findings, %v", n, err)
			}
		}
		return nil
	})
}

func TestLandIsCountedInSquareMetres(t *testing.T) {
	eachTown(t, func(c *town) {
		// PK-1 lies at 118 36, 200 m by 100 m. The first plot lies in it, the second far away, the third is the first.
		c.layer("office", plots("980100", "2023-01-01", [5]string{"甲", "980101", "118.0001", "36.0001", "0.0005"},
			[5]string{"乙", "980102", "118.2", "36.2", "0.0005"},
			[5]string{"丙", "980101", "118.0001", "36.0001", "0.0005"}))
		var whole, covered string
		c.view(func(tx *db.Tx) error {
			d, err := record.ByCode(tx, "park_green_space")
			if err != nil {
				return err
			}
			p, _ := period.Parse("2023")
			root, err := network.Root(tx)
			if err != nil {
				return err
			}
			tally, err := record.Count(tx, d, p, root.Path)
			if err == nil {
				whole = tally.Value("residential_land", root.Path, "")
				covered = tally.Value("park_covered", root.Path, "")
			}
			return err
		})
		var m2, land int
		fmt.Sscan(covered, &m2)
		fmt.Sscan(whole, &land)
		if m2 < 2497 || m2 > 2503 { // 0.0005° by 0.0005° at 36° are 45.08 m by 55.48 m
			c.Errorf("%s m² are covered", covered)
		}
		if land < 2*m2-20 || land > 2*m2+20 {
			c.Errorf("%s m² of land, %s covered: what is drawn twice counts twice", whole, covered)
		}
		c.counts("park_green_space", "2023", "西川区", "park_covered", "0", "park_cover", "0.0")
		c.counts("park_green_space", "2023", "东岭区", "park_cover", "100.0")
		c.counts("park_green_space", "2020", "东岭区", "park_covered", "", "park_cover", "")
		if _, err := c.closes("office", "park_green_space", "2023", "980100"); err != nil {
			c.Fatal(err)
		}
	})
}

func TestWhoSuppliesWhatLayer(t *testing.T) {
	eachTown(t, func(c *town) {
		one := func(area, system string) string {
			return points("communities", area, "2023-06-30", system, [5]string{"点", "", "118.1", "36.2", ""})
		}
		c.layer("east", one("980101", "CGCS2000"))
		for what, try := range map[string]struct {
			who, file string
			kind      errs.Kind
		}{
			"another district":       {"east", one("980102", "CGCS2000"), errs.Denied},
			"the city by a district": {"east", one("980100", "CGCS2000"), errs.Denied},
			"nobody's role":          {"system", one("980101", "CGCS2000"), errs.Denied},
			"the same again":         {"east", one("980101", "CGCS2000"), errs.Conflict},
			"another system":         {"office", one("980100", "WGS84"), errs.Conflict},
			"no such area":           {"office", one("989999", "CGCS2000"), errs.Invalid},
		} {
			_, err := c.supplies(try.who, try.file)
			c.refused(try.kind, err, what)
		}
		// A layer in another system than the register's gives no number, and the page says why.
		c.layer("office", points("population", "980100", "2023-06-30", "WGS84",
			[5]string{"点", "", "118.1", "36.2", "70"}))
		s := newSite(c)
		s.Check(c.T, webtest.Scenario{As: "office", Path: "/registers/convenience_outlet/measures?period=2023",
			Contains: []string{"不作换算"}})
		s.Check(c.T, webtest.Scenario{As: "office", JSON: true, Path: "/registers/convenience_outlet/measures?period=2023",
			Contains: []string{`"code":"people_near"`, `"missing":"图层`}})
	})
}
