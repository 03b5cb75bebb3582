package sample_test

// The sample of Beijing comes in whole or not at all, signed by its people, with the published figures quoted and
// simulated counts that lead to them. Single files are tested in import_test.go.

import (
	"context"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/intake"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/reference"
	"yipanqi/internal/report"
	"yipanqi/internal/sample"
	"yipanqi/internal/sample/sampletest"
	"yipanqi/internal/setting"
	"yipanqi/internal/sign"
	"yipanqi/internal/table"
)

const beijing = "../../samples/beijing"

func TestSampleIsSignedByItsPeopleAndOneFormIsLeftOpen(t *testing.T) {
	t.Parallel()
	sampletest.Beijing.Each(t, func(t *testing.T, d *db.DB) {
		view(t, d, func(tx *db.Tx) {
			for sql, want := range map[string]int64{
				`SELECT count(*) FROM submissions WHERE state = 'accepted'`:               47,
				`SELECT count(*) FROM submissions WHERE state = 'draft'`:                  1,
				`SELECT count(*) FROM submissions WHERE late`:                             0,
				`SELECT count(*) FROM signatures`:                                         94,
				`SELECT count(*) FROM versions WHERE origin = 'simulated'`:                47,
				`SELECT count(*) FROM people WHERE NOT sample`:                            0,
				`SELECT count(*) FROM accounts`:                                           37,
				`SELECT count(*) FROM memberships`:                                        20,
				`SELECT count(*) FROM areas WHERE level = 'district' AND tile_row > 0`:    16,
				`SELECT count(*) FROM records WHERE body ->> 'quoted' LIKE '引自《%'`:        31,
				`SELECT count(*) FROM records WHERE COALESCE(body ->> 'quoted', '') = ''`: 0,
				`SELECT count(*) FROM records WHERE register = 'policy_document'`:         10,
				`SELECT count(*) FROM records WHERE due_on <> ''`:                         0,
				`SELECT count(*) FROM issues WHERE source <> '' AND why = '[]'`:           4, // nothing invented
				`SELECT count(*) FROM issues`:                                             4,
				`SELECT count(*) FROM published_figures p JOIN indicators i ON i.id = p.indicator_id
					WHERE i.code = 'C-HEA-001' AND p.period = 201700`: 2,
			} {
				if got, err := db.Value[int64](tx, sql); err != nil || got != want {
					t.Errorf("%s is %d, %v; want %d", sql, got, err, want)
				}
			}
			cityRate(t, tx)
			if sample, err := setting.IsSample(tx); err != nil || !sample {
				t.Errorf("the installation does not know that it is a sample: %v, %v", sample, err)
			}
		})
		if _, err := load(t, d, sampletest.Secrets(), os.DirFS(beijing)); errs.KindOf(err) != errs.Conflict {
			t.Errorf("a sample can be loaded twice: %v", err)
		}
		if again := mustImport(t, d, os.DirFS(beijing)); again.Changed != 0 {
			t.Errorf("an import of the sample's own folder changes %d rows:\n%s", again.Changed, again)
		}
	})
}

// cityRate: all years are proven and as published but the last, which lacks one district.
func cityRate(t *testing.T, tx *db.Tx) {
	t.Helper()
	city, err := network.AreaByCode(tx, "110000", "")
	must(t, err)
	rate, err := indicator.ByCode(tx, "W-HEA-007")
	must(t, err)
	series, err := progress.Values(tx, progress.Query{Indicators: []indicator.Indicator{rate},
		Areas: []network.Area{city}, Sexes: []int{quantity.SexTotal}})
	must(t, err)
	var said []string
	for _, v := range series[len(series)-3:] {
		said = append(said, fmt.Sprintf("%s: %s %s %s %d/%d", v.Period, v.Text(), v.Status,
			v.Origin, v.Reported, v.Due))
	}
	if want := []string{"2016: 11.05 proven simulated 16/16", "2017: 12.76 proven simulated 16/16",
		"2018: 16.63 incomplete simulated 15/16"}; !slices.Equal(said, want) {
		t.Errorf("the city's rate is %q, want %q", said, want)
	}
	if quoted := series[len(series)-2].Published; len(quoted) != 1 || !quoted[0].Agrees {
		t.Errorf("the computed rate of 2017 and the published one do not agree: %+v", quoted)
	}
}

func TestSampleIsRefusedWhereThereIsDataAlready(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		mustImport(t, d, xinhe(t))
		if _, err := load(t, d, newSecrets(t), os.DirFS(beijing)); errs.KindOf(err) != errs.Conflict {
			t.Errorf("a real installation becomes a sample: %v", err)
		}
		if _, err := load(t, d, newSecrets(t), xinhe(t)); errs.KindOf(err) != errs.Invalid {
			t.Errorf("a folder without demo.yaml is a sample: %v", err)
		}
		view(t, d, func(tx *db.Tx) {
			if sample, _ := setting.IsSample(tx); sample {
				t.Error("a refused sample marks the installation")
			}
		})
	})
}

func TestSampleIsLoadedWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	for name, c := range map[string][2]string{
		"nobody to accept": {"unit: BJ-WCCO, role: office", "unit: BJ-WCCO, role: liaison"},
		"no such unit":     {"unit: BJ-WCCO, role: office", "unit: BJ-XXX, role: office"},
		"no such role":     {"role: leader", "role: boss"},
		"no YAML":          {"accounts:", "accounts"},
		"no such workbook": {"file: todo/", "file: to-do/"},
		"no form for it":   {`period: "2018"`, `period: "2038"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dbtest.Open(t, dbtest.SQLite(t))
			folder := read(t, beijing)
			replace(t, folder, "demo.yaml", c[0], c[1])
			if _, err := load(t, d, newSecrets(t), folder); errs.KindOf(err) != errs.Invalid {
				t.Errorf("a sample with a mistake in demo.yaml is loaded: %v", err)
			}
			untouched(t, d)
		})
	}
}

func TestPlainImportOfTheSampleSignsNothing(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	mustImport(t, d, os.DirFS(beijing))
	view(t, d, func(tx *db.Tx) {
		for _, rows := range []string{"signatures", "versions", "facts", "people", "accounts"} {
			if n, err := db.Value[int64](tx, `SELECT count(*) FROM `+rows); err != nil || n != 0 {
				t.Errorf("plain import leaves %d rows in %s (%v)", n, rows, err)
			}
		}
	})
}

// The simulated counts: every district a little better each year, and the city exactly as published.
func TestSimulatedCountsGiveThePublishedRates(t *testing.T) {
	t.Parallel()
	city, last := map[string][2]int64{}, map[string]*big.Rat{}
	for _, r := range append(records(t, "submissions/PME.csv"), openForm(t)) {
		married := number(t, r, "1.M") + number(t, r, "1.F")
		examined := number(t, r, "2.M") + number(t, r, "2.F")
		sum := city[r["期别"]]
		city[r["期别"]] = [2]int64{sum[0] + examined, sum[1] + married}
		rate := big.NewRat(examined*100, married)
		if before := last[r["单位"]]; before != nil && rate.Cmp(before) <= 0 {
			t.Errorf("%s falls in %s: nothing bad is made up about a real place", r["单位"], r["期别"])
		}
		last[r["单位"]] = rate
	}
	if len(last) != 16 {
		t.Errorf("%d districts report, want 16", len(last))
	}
	rate := func(year string) *big.Rat { return big.NewRat(city[year][0]*100, city[year][1]) }
	if rate("2017").Cmp(big.NewRat(1276, 100)) != 0 || rate("2018").Cmp(big.NewRat(1650, 100)) != 0 {
		t.Errorf("the city's rates are %s and %s, want exactly 12.76 and 16.50", rate("2017").FloatString(6),
			rate("2018").FloatString(6))
	}
	if first := rate("2016"); first.Cmp(big.NewRat(944, 100)) <= 0 || first.Cmp(rate("2017")) >= 0 {
		t.Errorf("the city's rate of 2016 is %s, want it between those of 2015 and 2017", first.FloatString(2))
	}
}

// openForm is the numbers to paste, as a row of submissions/PME.csv; the workbook holds the same.
func openForm(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(beijing + "/todo/朝阳区婚检.csv")
	must(t, err)
	cells := strings.FieldsFunc(string(text), func(r rune) bool { return strings.ContainsRune(",\r\n", r) })
	book, err := os.ReadFile(beijing + "/todo/朝阳区婚检.xlsx")
	must(t, err)
	workbook, err := table.ReadXLSX(book)
	must(t, err)
	sheet, err := workbook.Sheet("Sheet1")
	must(t, err)
	if in := []string{sheet["B3"], sheet["C3"], sheet["B4"], sheet["C4"]}; !slices.Equal(in, cells) {
		t.Errorf("the workbook holds %v, the CSV file %v", in, cells)
	}
	return map[string]string{"单位": "110105-MCH", "期别": "2018", "1.M": cells[0], "1.F": cells[1],
		"2.M": cells[2], "2.F": cells[3]}
}

// The figures of the source document, in its order.
var sourceFigures = []string{
	"36个", "16区", "16个", "16.5%", "3.74个百分点", "2144个", "30.7%", // 一
	"40亿元", "3万个", "8.6亿元", "近270所", "4亿元", "1.87亿元", "2个", // 二
	"近30部", "4级", "17家", "近5000件", "99%以上", "96%以上", "超过52%", "42.3万人",
	"6.4万人", "2万人", "98.2%", "93.9%",
	"1000元/月", "16周岁", "16周岁", "25%", "5万余名", "65岁", "60岁",
	"1529个", "92%", "1:2", "1010座", "4000余个", "93%", "30%", "58%", "80%", "85.8%", // 三
	"7大", // 2019
}

func TestTheReportCarriesEveryFigureOfTheSourceByReference(t *testing.T) {
	t.Parallel()
	body, err := os.ReadFile(beijing + "/report/annual.md")
	must(t, err)
	template, err := report.ParseTemplate(string(body))
	must(t, err)
	var printed []string
	for _, ref := range template.References(2018) {
		printed = append(printed, print(t, ref))
	}
	if !slices.Equal(printed, sourceFigures) {
		t.Errorf("the template prints\n%q, the source says\n%q", printed, sourceFigures)
	}
	for _, name := range []string{"陈吉宁", "张工", "王宁"} {
		if strings.Contains(string(body), name) {
			t.Errorf("the template names a person: %s", name)
		}
	}
}

// print is a reference as it reads with the sample's published figures and parameters.
func print(t *testing.T, ref *reference.Reference) string {
	t.Helper()
	style := ref.Style
	style.Decimals = max(ref.Decimals, 0)
	switch ref.Kind {
	case reference.ParameterRef:
		for _, p := range records(t, "parameters.csv") {
			if day := fmt.Sprintf("%d-12-31", ref.Year); p["代码"] == ref.Code && p["生效日期"] <= day &&
				(p["失效日期"] == "" || day < p["失效日期"]) {
				return p["数值"] + style.Unit
			}
		}
		t.Errorf("line %d: no parameter %s in %d", ref.Line, ref.Code, ref.Year)
		return ""
	case reference.ChangeRef:
		return style.Format(new(big.Rat).Sub(published(t, ref.Code, ref.Year), published(t, ref.Code, ref.From)))
	}
	return style.Format(published(t, ref.Code, ref.Year))
}

func published(t *testing.T, code string, year int) *big.Rat {
	t.Helper()
	for _, p := range records(t, "published.csv") {
		if r, _, ok := quantity.Decimal(p["数值"]); ok && p["指标"] == code && p["期别"] == strconv.Itoa(year) {
			return r
		}
	}
	t.Errorf("no published figure %s of %d", code, year)
	return new(big.Rat)
}

// Every figure of the source is quoted: of all places only this one, with a source, a clear indicator and period.
func TestPublishedFiguresAreQuotedWhole(t *testing.T) {
	t.Parallel()
	rows := records(t, "published.csv")
	if len(rows) != 177 {
		t.Errorf("%d published figures, want 177 (README.md lists what is left out)", len(rows))
	}
	for _, r := range rows {
		if _, _, ok := quantity.Decimal(r["数值"]); !ok || r["来源"] == "" {
			t.Errorf("%s %s: value %q, source %q", r["指标"], r["期别"], r["数值"], r["来源"])
		}
	}
	for _, r := range records(t, "targets.csv") {
		if national := r["级别"] == "全国"; national != strings.Contains(r["表述"], "全国目标") ||
			!strings.Contains(r["来源"], "20") {
			t.Errorf("target of %s: level %s, words %q, source %q", r["指标"], r["级别"], r["表述"], r["来源"])
		}
	}
}

func records(t *testing.T, file string) (rows []map[string]string) {
	t.Helper()
	data, err := os.ReadFile(beijing + "/" + file)
	must(t, err)
	found, err := table.ReadCSV(file, data)
	must(t, err)
	for _, r := range found {
		rows = append(rows, r.Values)
	}
	return rows
}

func number(t *testing.T, row map[string]string, column string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(row[column], 10, 64)
	must(t, err)
	return n
}

func load(t *testing.T, d *db.DB, secrets account.Secrets, folder fs.FS) (intake.Report, error) {
	t.Helper()
	house, err := app.HouseOf(d, secrets, t.TempDir())
	must(t, err)
	return sample.Load(context.Background(), d, house, folder, quiet)
}

func newSecrets(t *testing.T) account.Secrets {
	t.Helper()
	key, err := sign.Generate()
	must(t, err)
	return account.Secrets{Pepper: []byte("0123456789abcdef0123456789abcdef"), Installation: key}
}
