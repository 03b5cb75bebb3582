package progress_test

// Values as they come from reports and sources, with their gaps and marks, held against golden files on both databases.
// Its city is the package's fixture.

import (
	"context"
	"flag"
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/element"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

var update = flag.Bool("update", false, "rewrite golden files")

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func year(n int) period.Period {
	p, err := period.FromInt(n * 100)
	if err != nil {
		panic(err)
	}
	return p
}

// city is a made-up city with three districts, the form PME by sex and the form ROOM without, and indicators on them.
type city struct {
	t         testing.TB
	tx        *db.Tx
	root      network.Area
	districts []network.Area
	pme, room form.Form
	version   int64
}

const pme = `code: PME
name: 婚前保健
number: 演示1表
issuer: 演示单位
valid_until: 2030-12-31
frequency: A
level: district
reporters: health
due: "+1-01-31"
levels: {district: own, city: rolled_up}
columns:
  - {code: M, name: 男, sex: 1}
  - {code: F, name: 女, sex: 2}
rows:
  - {number: 1, element: MARRIED}
  - {number: 2, element: EXAMINED}
`

const room = `code: ROOM
name: 母婴室
number: 演示2表
issuer: 演示单位
valid_until: 2030-12-31
frequency: A
level: district
reporters: health
due: "+1-01-31"
levels: {district: own, city: rolled_up}
rows:
  - {number: 1, element: ROOMS}
  - {number: 2, element: BIRTHS, calibre: REGISTERED}
  - {number: 3, element: DEATHS, calibre: REGISTERED}
`

func newCity(t testing.TB, tx *db.Tx) *city {
	c := &city{t: t, tx: tx}
	put := func(code, name, level string, parent int64, col int) network.Area {
		a, _, err := network.PutArea(tx, network.Area{Code: code, Name: name, ShortName: name, NameEN: code,
			Level: level, ParentID: parent,
			OpensOn: "2000-01-01", TileRow: min(col, 1), TileCol: col})
		must(t, err)
		return a
	}
	c.root = put("DEMO", "示范市", "city", 0, 0)
	for i, name := range []string{"甲区", "乙区", "丙区"} {
		c.districts = append(c.districts, put("DEMO"+name, name, "district", c.root.ID, i+1))
	}
	for _, l := range []network.Label{{Kind: "area_level", Code: "city", Name: "市"},
		{Kind: "area_level", Code: "district", Name: "区", NameEN: "districts"},
		{Kind: "unit_kind", Code: "health", Name: "机构"}} {
		_, err := network.PutLabel(tx, l)
		must(t, err)
	}
	for _, e := range []element.Element{
		{Code: "MARRIED", Name: "结婚登记人数", Sums: true, BySex: true},
		{Code: "EXAMINED", Name: "婚前医学检查人数", Sums: true, BySex: true},
		{Code: "ROOMS", Name: "母婴室个数", Sums: true}, {Code: "BIRTHS", Name: "活产数", Sums: true},
		{Code: "DEATHS", Name: "死亡人数", Sums: true},
	} {
		_, _, err := element.Put(tx, e)
		must(t, err)
	}
	_, _, err := element.PutCalibre(tx, element.Calibre{Code: "REGISTERED", Name: "户籍"})
	must(t, err)
	for text, into := range map[string]*form.Form{pme: &c.pme, room: &c.room} {
		known, err := form.LoadKnown(tx)
		must(t, err)
		f, problems := form.ParseYAML("f.yaml", []byte(text), known)
		must(t, problems.Check())
		*into, _, err = form.Put(tx, f)
		must(t, err)
	}
	for _, v := range []struct {
		code, name, unit, formula string
		decimals                  int
		calibre                   int64
	}{
		{"W-1", "婚前医学检查率", "%", "EXAMINED / MARRIED * 100", 2, 0},
		{"W-2", "母婴室个数", "个", "ROOMS", 0, 0},
		{"W-3", "母婴室比上年增加", "个", "ROOMS - last(ROOMS)", 0, 0},
		{"C-1", "死亡率", "‰", "DEATHS / BIRTHS * 1000", 2, 1},
		{"C-2", "只有公开数的指标", "%", "", 1, 0},
	} {
		i, _, err := indicator.Put(tx, indicator.Indicator{Code: v.code, Name: v.name, Unit: v.unit,
			Decimals: v.decimals, Direction: 1})
		must(t, err)
		_, err = indicator.PutVersion(tx, indicator.Version{IndicatorID: i.ID, Formula: v.formula,
			CalibreID: v.calibre, Definition: v.name})
		must(t, err)
	}
	return c
}

func (c *city) expect(f form.Form, y int) {
	c.t.Helper()
	for _, d := range c.districts {
		must(c.t, fact.Expect(c.tx, d, year(y), f.ID, 1))
	}
}

// report accepts a district's cells, by key as typed.
func (c *city) report(f form.Form, district, y int, grade fact.Grade, cells map[string]string) {
	c.t.Helper()
	values, fields := f.Read(cells)
	must(c.t, fields.Check("cells"))
	c.version++
	change := fact.Change{Area: c.districts[district], Period: year(y), FormID: f.ID, Version: c.version, Grade: grade}
	for _, spec := range f.Cells() {
		change.Elements = append(change.Elements, spec.Row.Of.ID)
		if cell, filled := values[spec.Key]; filled {
			change.Cells = append(change.Cells, fact.Cell{Element: spec.Row.Of.ID, Sex: spec.Column.Sex,
				Calibre: spec.Row.CalibreID, Value: cell.Value, Mark: cell.Mark})
		}
	}
	must(c.t, fact.Apply(c.tx, change))
}

func (c *city) publish(code string, y int, value, source string) {
	c.t.Helper()
	i, err := indicator.ByCode(c.tx, code)
	must(c.t, err)
	_, err = indicator.PutPublished(c.tx, indicator.Published{IndicatorID: i.ID, AreaID: c.root.ID, Period: year(y),
		Sex: quantity.SexTotal, Value: value, SourceTitle: source})
	must(c.t, err)
}

func (c *city) series(code string, area network.Area, sex int) []progress.Value {
	c.t.Helper()
	i, err := indicator.ByCode(c.tx, code)
	must(c.t, err)
	values, err := progress.Values(c.tx, progress.Query{Indicators: []indicator.Indicator{i},
		Areas: []network.Area{area}, Sexes: []int{sex}})
	must(c.t, err)
	return values
}

// in runs test in a city of its own on both databases.
func in(t *testing.T, test func(*testing.T, *city)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		must(t, d.UpdateAlone(context.Background(), func(tx *db.Tx) error {
			test(t, newCity(t, tx))
			return nil
		}))
	})
}

// line writes a value for people to compare.
func line(v progress.Value) string {
	text := fmt.Sprintf("%s %s %s %s: %s %s %s %d/%d", v.Indicator.Code, v.Area.Name, v.Period, quantity.SexCode(v.Sex),
		or(v.Text(), "-"), or(string(v.Status), "-"), or(string(v.Origin), "-"), v.Reported, v.Due)
	for _, q := range v.Published {
		text += fmt.Sprintf(" [%s %s", q.Value, q.SourceTitle)
		if q.Compared {
			text += fmt.Sprintf(" agrees=%v difference=%s", q.Agrees, quantity.Round(q.Difference, 2))
		}
		text += "]"
	}
	if len(v.Why) > 0 {
		text += " " + say.Chinese(v.Why)
	}
	return text
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func TestCityRateCompletesWithTheLastDistrict(t *testing.T) {
	in(t, func(t *testing.T, c *city) {
		c.publish("W-1", 2015, "9.44", "京报")
		c.publish("W-1", 2018, "16.5", "总结")
		for _, y := range []int{2017, 2018} {
			c.expect(c.pme, y)
		}
		for d := range c.districts {
			c.report(c.pme, d, 2017, 0, map[string]string{"1.M": "5000", "1.F": "5000", "2.M": "638", "2.F": "638"})
		}
		c.report(c.pme, 0, 2018, 0, map[string]string{"1.M": "2000", "1.F": "2000", "2.M": "330", "2.F": "330"})
		c.report(c.pme, 1, 2018, 0, map[string]string{"1.M": "1000", "1.F": "1000", "2.M": "100", "2.F": "200"})
		got := c.series("W-1", c.root, quantity.SexTotal)
		golden(t, "before", got)
		if w := progress.Judge(got, indicator.Target{Op: "increase",
			BaselineYear: 2015}); w.Lamp != progress.LampIncomplete ||
			!strings.HasPrefix(say.Chinese(w.Words), "2018年3个区中2个已报，数据不全；按2017年评价") {
			t.Errorf("before the last district: %s, %s", w.Lamp, say.Chinese(w.Words))
		}
		c.report(c.pme, 2, 2018, 0, map[string]string{"1.M": "1000", "1.F": "1000", "2.M": "200", "2.F": "160"})
		got = c.series("W-1", c.root, quantity.SexTotal)
		golden(t, "after", got)
		change := progress.Change(got[1], got[2])
		if change == nil || quantity.Round(change, 2) != "3.74" {
			t.Errorf("16.50 − 12.76 is %v", change)
		}
		women := c.series("W-1", c.root, quantity.SexFemale)
		if last := women[len(women)-1]; last.Text() != "17.25" || last.Events.Cmp(big.NewRat(690, 1)) != 0 {
			t.Errorf("women's rate is %s of %v", last.Text(), last.Events)
		}
		w := progress.Judge(got, indicator.Target{Op: "increase", BaselineYear: 2015})
		if say.Chinese(w.Words) != "从2015年的9.44%到2018年的16.50%；向好" {
			t.Errorf("the verdict says %s", say.Chinese(w.Words))
		}
	})
}

func TestEveryCaseOfAValue(t *testing.T) {
	in(t, func(t *testing.T, c *city) {
		c.expect(c.pme, 2018)
		c.expect(c.room, 2017)
		c.expect(c.room, 2018)
		c.publish("C-2", 2018, "30.7", "总结")
		c.publish("C-1", 2018, "2.01", "甲报")
		c.publish("C-1", 2018, "2.05", "乙报")
		c.report(c.pme, 0, 2018, fact.Simulated, map[string]string{"1.M": "10", "1.F": "10", "2.M": "1", "2.F": "2"})
		c.report(c.pme, 1, 2018, fact.Unsigned, map[string]string{"1.M": "0", "1.F": "0", "2.M": "0", "2.F": "0"})
		c.report(c.pme, 2, 2018, 0, map[string]string{"1.M": "10", "1.F": "10", "2.M": "保密 5", "2.F": "6"})
		for d, y := range []int{2017, 2018, 2018} {
			c.report(c.room, d, y, 0, map[string]string{"1.V": "7", "2.V": "1000", "3.V": "2"})
		}
		c.report(c.room, 0, 2018, 0, map[string]string{"1.V": "约9", "2.V": "1000", "3.V": "不适用"})
		c.report(c.room, 2, 2018, 0, map[string]string{"1.V": "暂缺", "2.V": "1000", "3.V": "2"})
		values, err := progress.Values(c.tx, progress.Query{Areas: append([]network.Area{c.root}, c.districts...),
			Periods: []period.Period{year(2018)}})
		must(t, err)
		golden(t, "cases", values)
		all, err := progress.Values(c.tx, progress.Query{Areas: []network.Area{c.root},
			Periods: []period.Period{year(2018)}, Sexes: []int{quantity.SexMale}})
		must(t, err)
		golden(t, "men", all)
	})
}

func golden(t *testing.T, name string, values []progress.Value) {
	t.Helper()
	var b strings.Builder
	for _, v := range values {
		b.WriteString(line(v) + "\n")
	}
	path := "testdata/" + name + ".txt"
	if *update {
		must(t, os.WriteFile(path, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if b.String() != string(want) {
		t.Errorf("values differ from %s; run go test -update and read the difference\ngot:\n%swant:\n%s", path, b.String(), want)
	}
}

// BenchmarkBoard reads 300 indicators in 17 areas for one year, and a city's series of 300 indicators over ten years.
func BenchmarkBoard(b *testing.B) {
	d := dbtest.Open(b, dbtest.SQLite(b))
	var areas []network.Area
	must(b, d.UpdateAlone(context.Background(), func(tx *db.Tx) error {
		c := newCity(b, tx)
		for n := len(c.districts); n < 16; n++ {
			a, _, err := network.PutArea(tx, network.Area{Code: fmt.Sprint(n), Name: fmt.Sprint(n), Level: "district",
				ParentID: c.root.ID, OpensOn: "2000-01-01"})
			must(b, err)
			c.districts = append(c.districts, a)
		}
		areas = append(c.districts, c.root)
		for y := 2009; y <= 2018; y++ {
			c.expect(c.pme, y)
			for n := range c.districts {
				c.report(c.pme, n, y, 0, map[string]string{"1.M": "200", "1.F": "200", "2.M": "33", "2.F": "33"})
			}
		}
		for n := range 295 {
			i, _, err := indicator.Put(tx, indicator.Indicator{Code: fmt.Sprintf("B-%d", n), Name: "率", Decimals: 2})
			must(b, err)
			_, err = indicator.PutVersion(tx,
				indicator.Version{IndicatorID: i.ID, Formula: fmt.Sprintf("EXAMINED / MARRIED * %d", n)})
			must(b, err)
		}
		return nil
	}))
	for name, q := range map[string]progress.Query{
		"300x17":    {Areas: areas, Periods: []period.Period{year(2018)}},
		"300xYears": {Areas: areas[16:]},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				must(b, d.View(context.Background(), func(tx *db.Tx) error {
					values, err := progress.Values(tx, q)
					if err == nil && values[0].Rat == nil {
						b.Fatal("the board is empty")
					}
					return err
				}))
			}
		})
	}
}

func TestQuotedCalibre(t *testing.T) {
	in(t, func(t *testing.T, c *city) {
		i, err := indicator.ByCode(c.tx, "C-2")
		must(t, err)
		for _, p := range []struct {
			year    int
			calibre int64
			value   string
		}{{2017, 0, "2.3"}, {2017, 1, "2.29"}, {2018, 0, "2.1"}} {
			_, err := indicator.PutPublished(c.tx, indicator.Published{IndicatorID: i.ID, AreaID: c.root.ID,
				Period: year(p.year), Sex: quantity.SexTotal,
				CalibreID: p.calibre, Value: p.value, SourceTitle: "公报"})
			must(t, err)
		}
		series := c.series("C-2", c.root, quantity.SexTotal)
		if len(series) != 2 || series[0].Text() != "2.29" || series[0].Calibre.Name != "户籍" ||
			len(series[0].Published) != 2 || series[1].Text() != "2.1" {
			t.Errorf("a source that names its calibre is not preferred: %s, %s", line(series[0]), line(series[1]))
		}
		both, err := progress.Values(c.tx, progress.Query{Indicators: []indicator.Indicator{i},
			Areas: []network.Area{c.root, c.districts[0]}})
		must(t, err)
		if len(both) != 2 {
			t.Errorf("a district has years in which the city alone has a figure: %s", line(both[len(both)-1]))
		}
		if progress.Change(series[0], series[1]) != nil {
			t.Error("a change is computed between two calibres")
		}
	})
}
