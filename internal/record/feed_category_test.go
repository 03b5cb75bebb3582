package record_test

// What a register counted by the codes of a field goes into the columns of a form by category, with its source, and
// nowhere that it would not come to what was counted.

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/intake"
	"yipanqi/internal/record"
	"yipanqi/internal/register"
	"yipanqi/internal/web/webtest"
	"yipanqi/registers"
)

const (
	hosts = "代码,名称,英文名,分类表\nHOST,依托场所,Housed in,\nHOST_STATION,社区服务站,Stations,HOST\n" +
		"HOST_WOMEN,妇女之家,Women’s homes,HOST\n"
	hosted = "代码,名称,英文名,单位,小数位数,汇总,分性别,年度起始,定义,分类\n" +
		"CH_HOSTED,儿童之家数,Homes,个,0,是,否,,按依托场所,HOST\n"
	byHost = "分项: home_host, 分类: [{代码: community_station, 归类: HOST_STATION}, " +
		"{代码: women_home, 归类: HOST_WOMEN}]"
	wholeColumn = "  - {code: A, name: 合计, name_en: All, sex: _T, category: _T}\n"
	hostForm    = `code: HH
name: 分场所儿童之家情况
name_en: Homes by place
number: 演示1表
issuer: 演示单位
valid_until: "2030-12-31"
frequency: A
level: district
reporters: bureau
due: "+1-01-31"
signers: {first: statistician, second: leader}
columns:
` + wholeColumn + `  - {code: S, name: 社区服务站, name_en: Stations, sex: _T, category: HOST_STATION}
  - {code: W, name: 妇女之家, name_en: Women’s homes, sex: _T, category: HOST_WOMEN}
rows:
  - {number: "1", element: CH_HOSTED, label: 儿童之家, label_en: Homes}
levels: {district: own}
`
)

// hostRegister is the register of homes whose open ones go into the form by what they are housed in.
func hostRegister(t *testing.T, by string) string {
	t.Helper()
	text, err := registers.FS.ReadFile("child_home.yaml")
	if err != nil {
		t.Fatal(err)
	}
	made := strings.Replace(string(text), "计入: CH_OPEN}", "计入: CH_HOSTED, "+by+"}", 1)
	if made == string(text) {
		t.Fatal("the register fills CH_OPEN no more")
	}
	return made
}

func (c *town) hosts(by, form string) error {
	c.Helper()
	_, err := intake.Import(context.Background(), c.d, fixtureFiles, fstest.MapFS{
		"categories.csv": {Data: []byte(hosts)}, "elements.csv": {Data: []byte(hosted)},
		"registers/child_home.yaml": {Data: []byte(hostRegister(c.T, by))}, "forms/HH.yaml": {Data: []byte(form)},
		"register_parts.csv": {Data: []byte("登记,办理,单位类别,岗位\nchild_home,keeper,bureau,statistician\n" +
			"child_home,owner,bureau,liaison\n")}}, func(string, int, int) {})
	return err
}

func (c *town) formOf(code string) form.Form {
	return must(c, func(tx *db.Tx) (form.Form, error) { return form.ByCode(tx, code) })
}

func TestARegisterFillsColumnsByCategory(t *testing.T) {
	eachTown(t, func(c *town) {
		if err := c.hosts(byHost, hostForm); err != nil {
			c.Fatal(err)
		}
		c.view(func(tx *db.Tx) error {
			d, err := record.ByCode(tx, "child_home")
			if err != nil {
				return err
			}
			fed, err := record.Feeds(tx, d)
			said := ""
			for _, e := range fed {
				said += e.What.String() + "\n"
			}
			if !strings.Contains(said, "开放的儿童之家数”结账后填入HH：第1行、第1行·社区服务站、第1行·妇女之家") {
				c.Errorf("the check says %s", said)
			}
			return err
		})
		east := c.open(c.formOf("HH"), "东岭区妇联", "980101", "2023")
		closed, page := c.closed("2023")
		got, homes := c.report(east.ID), c.homes("2023")
		for cell, want := range map[string]string{"1.A": homes, "1.S": homes, "1.W": "0"} {
			if got.Typed.Cells[cell] != want || got.Typed.Counted[cell].Closing != closed.ID {
				c.Errorf("%s is %q from %+v, want %s", cell, got.Typed.Cells[cell], got.Typed.Counted[cell], want)
			}
		}
		if from := got.Typed.Counted["1.S"]; from.Split != "home_host=community_station" || from.Records != homes {
			c.Errorf("the column of a category comes from %+v", from)
		}
		c.audited("")
		for _, word := range []string{"社区服务站", "妇女之家", "由本次结账填入"} {
			if !strings.Contains(page, word) {
				c.Errorf("the closing’s page does not say %q", word)
			}
		}
		dbtest.Outside(t, c.d, "UPDATE record_closings SET counts = "+
			"replace(counts, 'home_host=community_station', 'home_host=school')")
		c.audited("closing.fed")
	})
}

// closed closes the register of homes in the east, and is its page as the unit that reports sees it.
func (c *town) closed(year string) (closed record.Closing, page string) {
	c.Helper()
	closed, err := c.close("city", "980101", year)
	if err != nil {
		c.Fatal(err)
	}
	return closed, newSite(c).Ask(c.T, webtest.Scenario{As: "east", Path: closed.URL()}).Body.String()
}

func TestCategoriesThatAreNotTheWholeAreLeftToTheUnit(t *testing.T) {
	eachTown(t, func(c *town) {
		apart := strings.Replace(hostForm, wholeColumn, "", 1)
		if err := c.hosts("分项: home_host, 分类: [{代码: women_home, 归类: HOST_WOMEN}]", apart); err != nil {
			c.Fatal(err)
		}
		east := c.open(c.formOf("HH"), "东岭区妇联", "980101", "2023")
		_, page := c.closed("2023")
		if s := c.report(east.ID); len(s.Typed.Cells) > 0 {
			c.Errorf("homes of no category are left out of the whole: %v", s.Typed.Cells)
		}
		if want := "没有填入：各类之和0，合计" + c.homes("2023"); !strings.Contains(page, want) {
			c.Errorf("the closing’s page does not say %q", want)
		}
	})
}

func TestCategoriesThatOverlapNeedAWhole(t *testing.T) {
	eachTown(t, func(c *town) {
		overlap := "分项: functions_offered, 分类: [{代码: play, 归类: HOST_WOMEN}]"
		if err := c.hosts(overlap, strings.Replace(hostForm, wholeColumn, "", 1)); errs.KindOf(err) != errs.Invalid ||
			!strings.Contains(err.Error(), "加合计栏") {
			c.Errorf("what overlaps goes into a form without a whole: %v", err)
		}
		if err := c.hosts(overlap, hostForm); err != nil {
			c.Errorf("what overlaps is refused beside a whole of its own: %v", err)
		}
	})
}

func TestWhatAClosingDidNotCountIsNoZero(t *testing.T) {
	eachTown(t, func(c *town) {
		c.bureaus()
		c.closed("2023")
		if err := c.hosts(byHost, hostForm); err != nil {
			c.Fatal(err)
		}
		east := c.open(c.formOf("HH"), "东岭区妇联", "980101", "2023")
		c.followed(east)
		if s := c.report(east.ID); len(s.Typed.Cells) > 0 {
			c.Errorf("a closing from before the register counted so fills in %v", s.Typed.Cells)
		}
	})
}

func TestMistakesOfCategories(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ by, reason string }{
		{"分项: home_host", "要写明计入"},
		{"分类: [{代码: school, 归类: HOST_WOMEN}]", "要写明计入"},
		{"分项: home_host, 分类: []", "要写明计入"},
		{"分项: opened_on, 分类: [{代码: school, 归类: HOST_WOMEN}]", "要是它自己的单选"},
		{"分项: home_host, 分类: [{代码: palace, 归类: HOST_WOMEN}]", "没有“palace”这个代码"},
		{"分项: home_host, 分类: [{代码: school, 归类: SCHOOL_HIGH}]", "“SCHOOL_HIGH”不是其中一类"},
		{"分项: home_host, 分类: [{代码: school, 归类: HOST_WOMEN}, {代码: other, 归类: HOST_WOMEN}]", "加一个计算字段"},
	} {
		_, problems := register.Parse("x.yaml", []byte(hostRegister(t, c.by)), register.Known{
			Elements: map[string]bool{"CH_HOSTED": true}, Counted: map[string]string{"CH_HOSTED": "HOST"},
			Categories: map[string]string{"HOST_WOMEN": "HOST", "SCHOOL_HIGH": "SCHOOL"},
			Items:      map[string]map[string]bool{"home_host": {"school": true, "other": true}}})
		if len(problems) == 0 {
			t.Errorf("%s is taken", c.by)
			continue
		}
		said := ""
		for _, p := range problems {
			said += p.Reason.String() + "\n"
		}
		if !strings.Contains(said, c.reason) {
			t.Errorf("%s is refused with %s, want %q", c.by, said, c.reason)
		}
	}
	known := register.Known{Elements: map[string]bool{"CH_HOSTED": true}, Counted: map[string]string{"CH_HOSTED": ""}}
	if _, problems := register.Parse("x.yaml", []byte(hostRegister(t, byHost)), known); len(problems) == 0 {
		t.Error("an element that is not counted apart takes categories")
	}
}
