package sample_test

// A second city comes in with the same program, again without change, and every mistake in its files is named by file,
// line and column. Its xinhe, replace and untouched are the fixture of the package.

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/simplifiedchinese"

	"yipanqi/internal/app"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/intake"
	"yipanqi/internal/network"
	"yipanqi/registers"
)

func quiet(string, int, int) {}

func TestASecondCityComesInWithTheSameProgram(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		report := mustImport(t, d, xinhe(t))
		if report.Changed == 0 {
			t.Fatal("the first import changed nothing")
		}
		if again := mustImport(t, d, xinhe(t)); again.Changed != 0 {
			t.Fatalf("a second import of the same folder changes %d rows:\n%s", again.Changed, again)
		}
		view(t, d, func(tx *db.Tx) {
			areas, err := network.AllAreas(tx)
			must(t, err)
			var order []string
			for _, a := range areas {
				order = append(order, a.Code)
			}
			if got := strings.Join(order, " "); got != "XH XH-E XH-E-1 XH-E-2 XH-W XH-W-1" {
				t.Errorf("areas are numbered in the order %s, not depth first", got)
			}
			for sql, want := range map[string]int64{
				`SELECT count(*) FROM people`:                                  4,
				`SELECT count(*) FROM posts`:                                   5,
				`SELECT count(*) FROM accounts`:                                0,
				`SELECT count(*) FROM signatures`:                              0,
				`SELECT count(*) FROM submissions`:                             8,
				`SELECT count(*) FROM submissions WHERE state = 'historical'`:  3,
				`SELECT count(*) FROM submissions WHERE due_on = '2022-01-20'`: 3,
				`SELECT count(*) FROM indicator_versions`:                      3,
				`SELECT count(*) FROM published_figures`:                       2,
				`SELECT count(*) FROM settings WHERE key = 'sample'`:           0,
				`SELECT count(*) FROM journal WHERE verb = 'exchange.import'`:  1,
				`SELECT value FROM facts f JOIN areas a ON a.id = f.area_id JOIN elements e ON e.id = f.element_id
					WHERE a.code = 'XH-E-2' AND e.code = 'HOMES'`: 4,
				`SELECT value FROM rollups f JOIN areas a ON a.id = f.area_id JOIN elements e ON e.id = f.element_id
					WHERE a.code = 'XH' AND e.code = 'VILLAGES'`: 31,
			} {
				if got, err := db.Value[int64](tx, sql); err != nil || got != want {
					t.Errorf("%s is %d, %v; want %d", sql, got, err, want)
				}
			}
		})
	})
}

func TestAnEditInExcelIsTakenOver(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		mustImport(t, d, xinhe(t))
		folder := xinhe(t)
		replace(t, folder, "units.csv", "南坪镇妇女儿童工作站", "南坪镇妇女儿童之家工作站")
		replace(t, folder, "areas.csv", "XH-W-1,南坪镇",
			"XH-W-2,北坪镇,北坪,Beiping,town,XH-W,2001-01-01,,,\nXH-W-1,南坪镇")
		replace(t, folder, "units.csv", "ST-W1,",
			"ST-W2,北坪镇妇女儿童工作站,,,town_station,JCO-W,XH-W-2,2015-01-01,\nST-W1,")
		replace(t, folder, "submissions/HOME-1.csv", "draft,,5,12", "draft,,6,12")
		mustImport(t, d, folder)
		view(t, d, func(tx *db.Tx) {
			u, err := network.UnitByCode(tx, "ST-W1")
			if err != nil || u.Name != "南坪镇妇女儿童之家工作站" {
				t.Errorf("the renamed unit is %q, %v", u.Name, err)
			}
			a, err := network.AreaByCode(tx, "XH-W-2", "")
			if err != nil || a.ID != 7 || a.Path != "1.5.7." {
				t.Errorf("the new area is %d with path %s, %v; want the next id below its parent", a.ID, a.Path, err)
			}
			draft, err := db.Value[string](tx, `SELECT draft FROM submissions WHERE unit = 'ST-E1' AND period = 202100`)
			if err != nil || !strings.Contains(draft, `"1.V":"6"`) {
				t.Errorf("the corrected draft is %s, %v", draft, err)
			}
		})
	})
}

// Every row is one thing that people get wrong, and what they are told.
func TestEveryMistakeIsNamedByFileLineAndColumn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, old, new string
		want           []string
	}{
		"missing unit": {"goal_units.csv", "XH-14,1,JCO-W", "XH-14,1,JCO-X",
			[]string{"goal_units.csv第4行“unit”列：没有这个单位：JCO-X"}},
		"no unit to report": {"units.csv", "Nanping station,town_station", "Nanping station,conference_office",
			[]string{"calendar.csv第2行：南坪镇没有填报HOME-1的单位（类别town_station）"}},
		"two units to report": {"units.csv", "Nanping station,town_station,JCO-W,XH-W-1",
			"Nanping station,town_station,JCO-W,XH-E-1", []string{"calendar.csv第2行：柳河镇填报HOME-1的单位不止一个"}},
		"unknown area": {"units.csv",
			"ST-W1,南坪镇妇女儿童工作站,南坪站,Nanping station,town_station,JCO-W,XH-W-1",
			"ST-W1,南坪镇妇女儿童工作站,南坪站,Nanping station,town_station,JCO-W,XH-W-9",
			[]string{"units.csv第8行“area”列：没有这个区域：XH-W-9"}},
		"unknown indicator": {"targets.csv", "HOME-COV,XH,", "HOME-COW,XH,",
			[]string{"targets.csv第2行“indicator”列：没有这个指标：HOME-COW"}},
		"unknown word": {"targets.csv", ">=", "大于", []string{"targets.csv第2行“op”列：“大于”无法识别"}},
		"no number": {"targets.csv", "80,2025", "八十,2025",
			[]string{"targets.csv第2行“value”列：请填数字"}},
		"no whole number": {"indicators.csv", "%,1,up", "%,一,up",
			[]string{"indicators.csv第2行“decimals”列：“一”不是整数"}},
		"no year": {"targets.csv", "80,2025", "80,二〇二五",
			[]string{"targets.csv第2行“year”列：“二〇二五”不是整数"}},
		"a year of long ago": {"targets.csv", "80,2025", "80,1",
			[]string{"targets.csv第2行“year”列：“1”不是年份，请填1900至"}},
		"400 digits": {"targets.csv", "80,2025", strings.Repeat("8", 400) + ",2025",
			[]string{"targets.csv第2行“value”列：数太大，请核对单位"}},
		"a year of 400 digits": {"targets.csv", "80,2025", "80," + strings.Repeat("2", 400),
			[]string{"targets.csv第2行“year”列：“222"}},
		"a published figure of 400 digits": {"published.csv", "XH,2019,,41.5", "XH,2019,," + strings.Repeat("4", 400),
			[]string{"published.csv第2行“value”列：数太大，请核对单位"}},
		"a script for an address": {"published.csv", "新禾日报（虚构）,", "新禾日报（虚构）,javascript:alert(1)",
			[]string{"published.csv第3行“source_url”列：“javascript:alert(1)”不是网址"}},
		"no day": {"areas.csv", "XH-W-1,南坪镇,南坪,Nanping,town,XH-W,2001-01-01",
			"XH-W-1,南坪镇,南坪,Nanping,town,XH-W,2001年", []string{"areas.csv第7行“opens_on”列：“2001年”不是日期"}},
		"no period": {"published.csv", "XH,2019,,41.5", "XH,2019年,,41.5",
			[]string{"published.csv第2行“period”列：期间“2019年”无法识别"}},
		"no source": {"published.csv", "新禾日报（虚构）", "",
			[]string{"published.csv第3行“source_title”列：此项必填"}},
		"twice": {"goals.csv", "XH-14,2,family", "XH-14,1,family",
			[]string{"goals.csv第3行：与第2行重复"}},
		"circle": {"areas.csv", "XH,新禾市,新禾,Xinhe,city,,", "XH,新禾市,新禾,Xinhe,city,XH-E,",
			[]string{"areas.csv第2行“parent”列：上级互相循环"}},
		"empty cell": {"goals.csv", "家长学校男女家长都来", "",
			[]string{"goals.csv第3行“text”列：此项必填"}},
		"truncated in a row": {"published.csv", "新禾日报（虚构）,", "新禾",
			[]string{"published.csv第3行“source_url”列：从这一列起没有内容"}},
		"truncated in a quote": {"goals.csv", "\"八成以上的社区和村有儿童之家\"", "\"八成以上的社区和村有儿童之家",
			[]string{"goals.csv第2行：引号不成对"}},
		"unknown column": {"units.csv", "parent,area", "parent,地区",
			[]string{"units.csv第1行“地区”列：不认识这一列", "units.csv第1行“所辖区域”列：缺少这一列"}},
		"column twice": {"calibres.csv", "code,name,name_en", "code,name,代码",
			[]string{"calibres.csv第1行“代码”列：这一列已经有了：“code”"}},
		"formula": {"indicators.csv", "HOMES / VILLAGES * 100,有", "HOMES / VILAGES * 100,有",
			[]string{"indicators.csv第2行“formula”列：没有这个数据项：VILAGES"}},
		"broken formula": {"indicators.csv", "HOMES / VILLAGES * 100,有", "HOMES / / VILLAGES,有",
			[]string{"indicators.csv第2行“formula”列：公式第1行第9列"}},
		"other calibre": {"indicators.csv", "formula,definition", "口径,definition",
			[]string{"indicators.csv第2行“口径”列：没有这个口径：HOMES / VILLAGES * 100"}},
		"form with no element": {"forms/HOME-1.yaml", "element: HOMES", "element: HOMEZ",
			[]string{"forms/HOME-1.yaml第", "没有数据项“HOMEZ”"}},
		"form is no YAML": {"forms/HOME-1.yaml", "level: town", "level: : town",
			[]string{"forms/HOME-1.yaml第9行：不是正确的YAML"}},
		"letters in a count": {"submissions/HOME-1.csv", "虚构）,3,12", "虚构）,三,12",
			[]string{"submissions/HOME-1.csv第2行“1.V”列：请用阿拉伯数字，例如 5000"}},
		"too many decimals": {"submissions/HOME-1.csv", "draft,,5,12", "draft,,5.5,12",
			[]string{"submissions/HOME-1.csv第5行“1.V”列：小数位太多"}},
		"a cell too many": {"submissions/HOME-1.csv", "1.V,2.V", "1.V,3.V",
			[]string{"submissions/HOME-1.csv第2行“3.V”列：报表HOME-1没有这一格"}},
		"history has a source": {"submissions/HOME-1.csv", "historical,新禾年鉴2021（虚构）,4", "historical,,4",
			[]string{"submissions/HOME-1.csv第3行“source”列：历史数据没有签字，要写明来源"}},
		"not the form's unit": {"submissions/HOME-1.csv", "ST-E2,2021", "JCO-E,2021",
			[]string{"submissions/HOME-1.csv第6行“unit”列：东禾县妇女儿童工作联席会议办公室不填报"}},
		"not the form's period": {"calendar.csv", "HOME-1,2020", "HOME-1,2020-Q1",
			[]string{"calendar.csv第2行“period”列：报表HOME-1是年报，2020-Q1不是它的一期：请改期别"}},
		"report with no figure": {"report/annual.md", "HOME-COV", "HOME-COW",
			[]string{"report/annual.md第11行：没有这个指标：HOME-COW"}},
		"report reference": {"report/annual.md", "decimals=1", "decimal=1", []string{"report/annual.md第11行："}},
		"role": {"posts.csv", "JCO,office", "JCO,boss",
			[]string{"posts.csv第2行“role”列：“boss”没有在labels.csv里登记"}},
		"city without name": {"city.yaml", "name: 新禾市妇女儿童工作", "", []string{"city.yaml第2行：缺少“name”"}},
		"the city's year": {"city.yaml", "year: 2021", "year: 二〇二一",
			[]string{"city.yaml第3行：“二〇二一”不是年份"}},
		"a year of the city with 400 digits": {"city.yaml", "year: 2021", "year: " + strings.Repeat("2", 400),
			[]string{"city.yaml第3行：“222"}},
		"city": {"city.yaml", "year: 2021", "yeer: 2021",
			[]string{"city.yaml第3行：不认识的名称“yeer”"}},
		"a limit by no rule": {"city.yaml", "year: 2021", "limits:\n  submission.sign: 5工作日，依据",
			[]string{"city.yaml第4行：“依据”后面请写明哪项制度第几条，100字以内"}},
		"a limit of no step": {"city.yaml", "year: 2021", "limits:\n  submission.accept: 5工作日",
			[]string{"city.yaml第4行：没有“submission.accept”这一步的期限可定，可写："}},
		"a limit of no kind": {"city.yaml", "year: 2021", "期限:\n  submission.sign: 一周",
			[]string{"city.yaml第4行：期限“一周”无法识别。请写成 7天、3工作日"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := dbtest.Open(t, dbtest.SQLite(t))
			folder := xinhe(t)
			replace(t, folder, c.file, c.old, c.new)
			_, err := intake.Import(context.Background(), d, app.Imports(), folder, quiet)
			problems, ok := errors.AsType[intake.Problems](err)
			if !ok {
				t.Fatalf("accepted, or refused without naming anything: %v", err)
			}
			for _, want := range c.want {
				if !strings.Contains(problems.Error(), want) {
					t.Errorf("not said: %s\nsaid:\n%s", want, problems.Error())
				}
			}
			untouched(t, d)
		})
	}
}

// One run names all mistakes, and a code whose own row is wrong is not reported again wherever it is referred to.
func TestAllMistakesOfARunComeAtOnce(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	folder := xinhe(t)
	replace(t, folder, "plans.csv", "2021,2025", "2021,2019")
	replace(t, folder, "units.csv", "JC,新禾市妇女儿童工作联席会议,", "JC,,")
	replace(t, folder, "published.csv", "41.5", "41.5%")
	folder["spare.csv"] = &fstest.MapFile{Data: []byte("a,b\n1,2\n")}
	folder["forms/spare.yml"] = &fstest.MapFile{Data: []byte("code: X\n")}
	_, err := intake.Import(context.Background(), d, app.Imports(), folder, quiet)
	problems, _ := errors.AsType[intake.Problems](err)
	var places []string
	for _, p := range problems {
		places = append(places, p.File)
	}
	if want := []string{"forms/spare.yml", "plans.csv", "published.csv", "spare.csv",
		"units.csv"}; !slices.Equal(slices.Sorted(slices.Values(places)), want) {
		t.Errorf("mistakes are named in %v, want one each in %v:\n%s", places, want, problems.Error())
	}
	untouched(t, d)
}

func TestAFormulaNeedsAFormThatAsksForItsElements(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	folder := xinhe(t)
	replace(t, folder, "elements.csv", "PARENTS_IN,", "SPARE,备用,Spare,人,0,yes,yes\nPARENTS_IN,")
	replace(t, folder, "indicators.csv", "2021,PARENTS_IN", "2021,PARENTS_IN + SPARE")
	_, err := intake.Import(context.Background(), d, app.Imports(), folder, quiet)
	if err == nil || !strings.Contains(err.Error(),
		"indicators.csv第4行“formula”列：没有报表按指标的口径填报数据项SPARE") {
		t.Errorf("a formula of an element that nobody reports: %v", err)
	}
}

func TestFilesSavedInGBKAreAccepted(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	folder := xinhe(t)
	for name, file := range folder {
		if strings.HasSuffix(name, ".csv") {
			gbk, err := simplifiedchinese.GBK.NewEncoder().Bytes(withoutApostrophe(file.Data))
			must(t, err)
			folder[name] = &fstest.MapFile{Data: gbk}
		}
	}
	mustImport(t, d, folder)
	view(t, d, func(tx *db.Tx) {
		if a, err := network.AreaByCode(tx, "XH-E", ""); err != nil || a.Name != "东禾县" {
			t.Errorf("the area of a GBK file is called %q, %v", a.Name, err)
		}
	})
}

// GBK has no ’ of its own width in Excel's Chinese code page; the English names lose theirs.
func withoutApostrophe(data []byte) []byte {
	return []byte(strings.ReplaceAll(string(data), "’", "'"))
}

func TestAFolderWithNothingToImportSaysSo(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	for name, folder := range map[string]fs.FS{"empty": fstest.MapFS{},
		"no folder": os.DirFS(t.TempDir() + "/missing")} {
		if _, err := intake.Import(context.Background(), d, app.Imports(), folder, quiet); err == nil {
			t.Errorf("%s: the import of nothing succeeds", name)
		}
	}
}

// Progress reaches the end of every file.
func TestProgressIsShown(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	done := map[string]bool{}
	report, err := intake.Import(context.Background(), d, app.Imports(), xinhe(t), func(step string, at, total int) {
		done[step] = at == total
	})
	must(t, err)
	for _, f := range report.Files {
		if !done[f.File] {
			t.Errorf("%s is not shown to its end", f.File)
		}
	}
}

func xinhe(t *testing.T) fstest.MapFS { return read(t, "testdata/xinhe") }

// read is a folder in memory, to be changed at will.
func read(t *testing.T, dir string) fstest.MapFS {
	t.Helper()
	folder, root := fstest.MapFS{}, os.DirFS(dir)
	must(t, fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, path)
		folder[path] = &fstest.MapFile{Data: data}
		return err
	}))
	return folder
}

func replace(t *testing.T, folder fstest.MapFS, file, old, new string) {
	t.Helper()
	data := string(folder[file].Data)
	if !strings.Contains(data, old) {
		t.Fatalf("%s has no %q to replace", file, old)
	}
	folder[file] = &fstest.MapFile{Data: []byte(strings.Replace(data, old, new, 1))}
}

func mustImport(t *testing.T, d *db.DB, folder fs.FS) intake.Report {
	t.Helper()
	report, err := intake.Import(context.Background(), d, app.Imports(), registers.Over(folder), quiet)
	if err != nil {
		t.Fatalf("import refused: %v", err)
	}
	return report
}

// untouched: a refused import has left nothing.
func untouched(t *testing.T, d *db.DB) {
	t.Helper()
	view(t, d, func(tx *db.Tx) {
		for _, table := range []string{"areas", "units", "people", "labels", "plans", "indicators", "submissions",
			"facts", "journal", "settings"} {
			if n, err := db.Value[int64](tx, `SELECT count(*) FROM `+table); err != nil || n != 0 {
				t.Errorf("a refused import left %d rows in %s (%v)", n, table, err)
			}
		}
	})
}

func view(t *testing.T, d *db.DB, read func(*db.Tx)) {
	t.Helper()
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		read(tx)
		return nil
	}))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
