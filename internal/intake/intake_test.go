package intake_test

// A folder comes in after the order of what its files refer to, whole or not at all, each mistake once by row and
// column. The module here is made up; real files are tested in their modules.

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/intake"
	"yipanqi/internal/setting"
)

// A made-up module: colours, and things of a colour that lie in each other.
var (
	colours = intake.Codes[string]{Name: "颜色", File: "colours.csv", Load: stored("colour/")}
	things  = intake.Codes[string]{Name: "东西", File: "things.csv", Load: stored("thing/")}
)

func stored(kind string) func(*db.Tx, string) (string, error) {
	return func(tx *db.Tx, code string) (string, error) {
		value, err := setting.Get(tx, kind+code)
		switch {
		case code == "broken":
			return "", errors.New("the disk is gone")
		case err == nil && value == "":
			return "", errs.Missingf("没有%s", code)
		}
		return value, err
	}
}

// files are declared against the order in which they are applied. done is told what was put, in order.
func files(done *[]string) []intake.File {
	return []intake.File{
		{Path: "things.csv", Columns: "code*=代码 colour*=颜色 parent=上级 size=大小（厘米） on=日期 year=年份 " +
			"at=期别 url=网址 open=开放（是、否）",
			Key: "code", Tree: true, After: []string{colours.File},
			Row: func(r *intake.Run, w *intake.Row) (bool, error) {
				intake.Ref(w, "colour", colours)
				intake.Ref(w, "parent", things)
				value := fmt.Sprint(w.Text("colour"), w.Int("size"), w.Day("on"), w.Year("year"), w.Period("at"),
					w.Address("url"), w.Yes("open"))
				if w.Bad() {
					return false, nil
				}
				*done = append(*done, w.Text("code"))
				return setting.Put(r.Tx, "thing/"+w.Text("code"), value)
			}, Done: func(*intake.Run) error {
				*done = append(*done, "done")
				return nil
			}},
		{Path: colours.File, Columns: intake.Named, Key: "code", Row: func(r *intake.Run, w *intake.Row) (bool, error) {
			if w.Text("name") == "透明" {
				w.Fail("name", "透明不是颜色")
			}
			if w.Bad() {
				return false, nil
			}
			return setting.Put(r.Tx, "colour/"+w.Text("code"), w.Text("name"))
		}},
		{Path: "notes/*.txt", After: []string{things.File}, Text: func(r *intake.Run, file, body string) (bool, error) {
			if _, known := intake.Find(r, things, body); !known && !r.Lost(things.File, body) {
				r.Problem(file, 1, "没有这个东西：%s", body)
			}
			return false, nil
		}},
		{Path: "left.yaml"},
	}
}

func bring(t *testing.T, d *db.DB, folder map[string]string) (intake.Report, []string, error) {
	t.Helper()
	in := fstest.MapFS{}
	for name, text := range folder {
		in[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var done []string
	report, err := intake.Import(context.Background(), d, files(&done), in, func(string, int, int) {})
	return report, done, err
}

func TestFilesAreAppliedAfterWhatTheyReferTo(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		report, done, err := bring(t, d, map[string]string{
			"things.csv":  "代码,颜色,上级,大小,日期\ncup,red,box,3,2018/1/2\nbox,blue,,4,\n",
			"colours.csv": "code,name\nred,红\nblue,蓝\n", "notes/a.txt": "cup", "left.yaml": "a: b"})
		if err != nil || report.Changed != 4 || !slices.Equal(done, []string{"box", "cup", "done"}) {
			t.Fatalf("%v, put %v, %v", report, done, err)
		}
		var order []string
		for _, f := range report.Files {
			order = append(order, f.File)
		}
		if want := []string{"colours.csv", "things.csv", "notes/a.txt"}; !slices.Equal(order, want) {
			t.Errorf("applied %v, want %v", order, want)
		}
		// what the database holds already is referred to by a part of the folder
		report, done, err = bring(t, d, map[string]string{"things.csv": "code,colour,parent\nlid,red,cup\n"})
		if err != nil || report.Changed != 1 || !slices.Equal(done, []string{"lid", "done"}) {
			t.Errorf("%v, put %v, %v", report, done, err)
		}
		report, done, err = bring(t, d, map[string]string{"things.csv": "code,colour,parent\nlid,red,cup\n"})
		if err != nil || report.Changed != 0 || slices.Contains(done, "done") ||
			!strings.Contains(report.String(), "没有变化") {
			t.Errorf("a second time: %v, put %v, %v", report, done, err)
		}
	})
}

func TestMistakesAreNamedOnce(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	const good = "code,name\nred,红\nblue,蓝\n"
	for name, c := range map[string]struct {
		colours, things string
		want            []string
	}{
		"unknown code": {good, "code,颜色\ncup,green\n", []string{"things.csv第2行“颜色”列：没有这个颜色：green"}},
		"its own row was refused": {"code,name\nred,透明\n", "code,colour\ncup,red\n",
			[]string{"colours.csv第2行“name”列：透明不是颜色"}},
		"its file could not be read": {"code,name\n\"red,红\n", "code,colour\ncup,red\n",
			[]string{"colours.csv第2行：引号不成对"}},
		"its parent was refused": {good, "code,colour,parent\ncup,red,box\nbox,green,\n",
			[]string{"things.csv第3行“colour”列：没有这个颜色：green"}},
		"unknown parent": {good, "code,colour,parent\ncup,red,crate\n",
			[]string{"things.csv第2行“parent”列：没有这个东西：crate"}},
		"a circle": {good, "code,colour,parent\ncup,red,box\nbox,red,cup\n",
			[]string{"things.csv第2行“parent”列：上级互相循环", "things.csv第3行“parent”列：上级互相循环"}},
		"twice": {good, "code,colour\ncup,red\ncup,blue\n", []string{"things.csv第3行：与第2行重复"}},
		"all columns of a row": {good, "code,colour,size,on,year,at,url,open\ncup,red,big,today,3000,x,ftp:a,maybe\n",
			[]string{"“size”列：“big”不是整数", "“on”列：“today”不是日期", "“year”列：“3000”不是年份",
				"“at”列：期间“x”", "“url”列：“ftp:a”不是网址", "“open”列：“maybe”无法识别"}},
		"no row, and a head of something else": {good, "<html><table></table></html>\n",
			[]string{"“<html><table></table></html>”列：不认识这一列", "“代码”列：缺少这一列", "“颜色”列：缺少这一列"}},
		"a missing and an unknown column": {good, "code,color\ncup,red\n",
			[]string{"“color”列：不认识这一列。可用的列：代码 颜色", "“颜色”列：缺少这一列"}},
		"a note of nothing": {good, "code,colour\nbox,red\n", []string{"notes/a.txt第1行：没有这个东西：cup"}},
	} {
		folder := map[string]string{"colours.csv": c.colours, "things.csv": c.things}
		if name == "a note of nothing" {
			folder["notes/a.txt"] = "cup"
		}
		_, _, err := bring(t, d, folder)
		problems, ok := errors.AsType[intake.Problems](err)
		if !ok || len(problems) != len(c.want) {
			t.Errorf("%s: %v; want %d mistakes", name, err, len(c.want))
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(problems.Error(), want) {
				t.Errorf("%s: not said: %s\nsaid:\n%s", name, want, problems.Error())
			}
		}
	}
}

func TestWhatIsNotDeclaredIsNamed(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	_, _, err := bring(t, d, map[string]string{"things.xlsx": "PK", "other.csv": "a", "README": "", "left.yaml": ""})
	problems, _ := errors.AsType[intake.Problems](err)
	if len(problems) != 2 || !strings.Contains(problems.Error(), "文件名为things.csv") ||
		!strings.Contains(problems.Error(), "other.csv：不认识这个文件。可用的文件：colours.csv things.csv notes/*.txt") {
		t.Errorf("said: %v", err)
	}
	if _, _, err := bring(t, d, map[string]string{"left.yaml": ""}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("a folder with nothing to read: %v", err)
	}
}

// What no author of a file can mend is no mistake of theirs, and ends the import.
func TestADatabaseThatFailsIsNobodysMistake(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	_, _, err := bring(t, d, map[string]string{"things.csv": "code,colour\ncup,broken\n"})
	if _, said := errors.AsType[intake.Problems](err); said || err == nil || !strings.Contains(err.Error(), "disk") {
		t.Errorf("a load that fails gives %v", err)
	}
}

func TestDeclarationsThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, declared := range map[string][]intake.File{
		"twice":    {{Path: "a.csv"}, {Path: "a.csv"}},
		"a circle": {{Path: "a.csv", After: []string{"b.csv"}}, {Path: "b.csv", After: []string{"a.csv"}}},
		"itself":   {{Path: "a.csv", After: []string{"a.csv"}}},
		"nobody's": {{Path: "a.csv", After: []string{"b.csv"}}},
	} {
		if _, err := intake.Read(declared, fstest.MapFS{"a.csv": {}}); err == nil || errs.KindOf(err) != errs.Internal {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestColumnsAsDeclared(t *testing.T) {
	t.Parallel()
	got := intake.File{Columns: "code*=代码（字母） note=说明"}.List()
	want := []intake.Column{{Name: "code", Chinese: "代码", Note: "字母", Needed: true},
		{Name: "note", Chinese: "说明"}}
	if !slices.Equal(got, want) {
		t.Errorf("the columns are %+v", got)
	}
}
