package letter_test

// Figures, remarks and headings of a letter: a figure is frozen and counted as signed or not, an open remark holds the
// letter back, an office prints its own heading.

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/web/webtest"
)

// rate publishes the value of an indicator for the city.
func (c *city) rate(value string) {
	c.T.Helper()
	c.Must(c.update(func(tx *db.Tx) error {
		i, _, err := indicator.Put(tx, indicator.Indicator{Code: "W-1", Name: "婚前医学检查率", Unit: "%", Decimals: 1,
			Direction: 1})
		if err != nil {
			return err
		}
		root, err := network.Root(tx)
		if err != nil {
			return err
		}
		of, err := period.Parse("2023")
		if err != nil {
			return err
		}
		_, err = indicator.PutPublished(tx, indicator.Published{IndicatorID: i.ID, AreaID: root.ID, Period: of,
			Sex: quantity.SexTotal, Value: value, SourceTitle: "示范市2023年公报"})
		return err
	}))
}

// A figure in a letter is a reference: frozen with the text, counted, listed where two people did not sign it, and
// marked once it has changed. What is typed is counted and listed as well.
func TestFiguresOfALetter(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		write := func(body string) (l letter.Letter, err error) {
			err = c.update(func(tx *db.Tx) (err error) {
				l, err = letter.Draft(tx, c.People["office"], letter.Letter{Kind: letter.KindCircular,
					Main: []string{"EDU"}, Title: "关于情况的通报", Disclosure: "not_open", Body: body})
				return err
			})
			return l, err
		}
		for body, says := range map[string]string{"率为{{figure W-1}}。": "引用要写明年份",
			"好的。\n率为{{figure W-1 year=2023。": "第2行：引用没有写完整"} {
			_, err := write(body)
			if !strings.Contains(errs.FieldsOf(err)["body"].String(), says) {
				t.Errorf("%s is refused with %v", body, err)
			}
		}
		l, err := write("一、情况\n婚前医学检查率为{{figure W-1 year=2023}}，参保率为98.5%。")
		c.Must(err)
		c.refused(c.check("colleague", l.ID), errs.Invalid, "没有数可取")
		if err := c.check("colleague", l.ID); !strings.Contains(err.Error(), "“一、情况”里引用 W-1@2023 没有数可取") {
			t.Errorf("it does not say which part and which figure: %v", err)
		}
		c.rate("65.2")
		c.out(l.ID)
		c.rate("66.1")
		s := newSite(c)
		page := s.Check(t, webtest.Scenario{As: "edu", Path: "/letters/" + l.ID}).Body.String()
		for _, says := range []string{"2项数据，0项已双签字", "65.2%", "公开来源：示范市2023年公报", "98.5%",
			"手工填写", "定稿以后有1项数据变了", "66.1%"} {
			if !strings.Contains(page, says) {
				t.Errorf("its page lacks %s", says)
			}
		}
		c.Look(func(tx *db.Tx) error {
			v, err := letter.VersionOf(tx, l.ID, 1)
			c.Must(err)
			content, err := v.Content()
			c.Must(err)
			if n := content.Counted(); n.All != 2 || n.Signed != 0 || len(n.Rest) != 2 {
				t.Errorf("counted as %+v", n)
			}
			_, body, err := letter.Write(tx, c.get(l.ID), v)
			c.Must(err)
			text, err := document.ReadText("通报.docx", body)
			for _, says := range []string{"婚前医学检查率为65.2%，参保率为98.5%。",
				"（本件共2项数据，0项已双签字；其余：“65.2%”"} {
				if !strings.Contains(text, says) {
					t.Errorf("the document lacks %s in %s", says, text)
				}
			}
			return err
		})
		c.clean()
	})
}

// A table is one reference: a row for each district in the order of their codes, each figure frozen with its proof;
// what is missing is a dash, and what nobody signed is told of column by column.
func TestATableOfALetter(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		write := func(body string) (l letter.Letter, err error) {
			err = c.update(func(tx *db.Tx) (err error) {
				l, err = letter.Draft(tx, c.People["office"], letter.Letter{Kind: letter.KindCircular,
					Main: []string{"EDU"}, Title: "关于婚检率的通报", Disclosure: "not_open", Body: body})
				return err
			})
			return l, err
		}
		for body, says := range map[string]string{"{{table W-1}}": "引用要写明年份",
			"各区{{table W-1 year=2023}}如下。":       "第1行：表的引用要单独占一行",
			"{{table W-1 year=2023 level=moon}}": "这里有0个",
			"{{table W-1,,W-2 year=2023}}":       "各栏用逗号隔开",
			"{{table W-1 year=2023 split=a:b}}":  "写得不对",
			"{{table W-1 year=2023 after=余}}":    "写得不对"} {
			_, err := write(body)
			if !strings.Contains(errs.FieldsOf(err)["body"].String(), says) {
				t.Errorf("%s is refused with %v", body, err)
			}
		}
		c.rate("65.2")
		l, err := write("各区情况见下表。\n图：各区对照\n{{table W-1,W-1@2022 year=2023}}\n请认真研究。\n" +
			"表：汇总\n| 指标 | 目标值 | 数值 |\n| 婚检 | {{target W-1 year=2023}} | {{figure W-1 year=2023}} |")
		c.Must(err)
		c.out(l.ID)
		c.Look(func(tx *db.Tx) error {
			v, err := letter.VersionOf(tx, l.ID, 1)
			c.Must(err)
			content, err := v.Content()
			c.Must(err)
			table := content.Lines()[1].Table
			if len(content.Tables) != 1 || table == nil || len(table.Rows) < 2 {
				t.Fatalf("frozen as %+v", content.Tables)
			}
			last := table.Rows[len(table.Rows)-1]
			if last.Cells[0].Text != "65.2" || last.Cells[1].Text != "—" || table.Rows[0].Cells[0].Text != "—" {
				t.Errorf("the table says %+v", table.Rows)
			}
			for i, row := range table.Rows[:len(table.Rows)-1] {
				if i > 0 && row.Area.Code <= table.Rows[i-1].Area.Code {
					t.Errorf("%s stands behind %s", row.Area.Code, table.Rows[i-1].Area.Code)
				}
			}
			if table.Heads[0] != "2023年婚前医学检查率（%）" || last.Cells[0].Figure.Digest == "" {
				t.Errorf("heads %v, %+v", table.Heads, last.Cells[0].Figure)
			}
			if n := content.Counted(); n.All != 2 || n.Signed != 0 || len(n.Rest) != 4 {
				t.Errorf("a target is no figure; counted is %+v", n)
			}
			_, body, err := letter.Write(tx, c.get(l.ID), v)
			c.Must(err)
			z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
			c.Must(err)
			chart, err := fs.ReadFile(z, "word/charts/chart1.xml")
			c.Must(err)
			if !strings.Contains(string(chart), "<c:v>65.2</c:v>") ||
				!strings.Contains(string(chart), "2023年婚前医学检查率<") {
				t.Errorf("the chart is %s", chart)
			}
			text, err := document.ReadText("通报.docx", body)
			if !strings.Contains(text, "65.2%") || !strings.Contains(text, "汇总") ||
				!strings.Contains(text, last.Area.Name) || strings.Contains(text, "{{") {
				t.Errorf("the document says %s", text)
			}
			return err
		})
		c.rate("66.1")
		s := newSite(c)
		page := s.Check(t, webtest.Scenario{As: "edu", Path: "/letters/" + l.ID}).Body.String()
		for _, says := range []string{"2023年婚前医学检查率（%）", "65.2", "定稿以后有2项数据变了",
			"/tables/1?edition=1"} {
			if !strings.Contains(page, says) {
				t.Errorf("its page lacks %s", says)
			}
		}
		file := s.Check(t, webtest.Scenario{As: "edu", Path: "/letters/" + l.ID + "/tables/1"}).Body.String()
		if !strings.Contains(file, "65.2") || !strings.Contains(file, "地区代码") {
			t.Errorf("the file says %s", file)
		}
		s.Check(t, webtest.Scenario{As: "edu", Path: "/letters/" + l.ID + "/tables/2", Status: 404})
		s.Check(t, webtest.Scenario{As: "edu", Path: "/letters/nothing/tables/1", Status: 404})
		empty, err := write("{{table W-1 year=2019}}")
		c.Must(err)
		c.refused(c.check("colleague", empty.ID), errs.Invalid, "一个数也没有")
		c.clean()
	})
}

// Who a remark holds back is told so, until it is answered; what announces a thing is not held back.
func TestARemarkHoldsALetterBack(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		c.blocked = func(_ *db.Tx, about, unit string) error {
			if about == "meeting/1" && unit == "WCCO" {
				return errs.Conflictf("还有1条意见没有回应。")
			}
			return nil
		}
		c.out(c.draft("meeting/1").ID)
		var l letter.Letter
		c.Must(c.update(func(tx *db.Tx) (err error) {
			l, err = letter.Draft(tx, c.People["office"], letter.Letter{Kind: letter.KindMinutes, Title: "会议纪要",
				About: "meeting/1", Main: []string{"EDU"}, Body: "议定如下。", Disclosure: "not_open",
				People: []letter.People{{As: letter.Attended, Names: []string{"某甲（市教育局局长）"}}}})
			return err
		}))
		c.Must(c.check("colleague", l.ID))
		c.Must(c.signs("head", l.ID, letter.Sign))
		c.refused(c.issue("office", l.ID), errs.Conflict, "没有回应")
		page := newSite(c).Check(t, webtest.Scenario{As: "office", Path: "/letters/" + l.ID}).Body.String()
		if !strings.Contains(page, "还有1条意见没有回应。") || !strings.Contains(page, "某甲（市教育局局长）") {
			t.Error("its page says neither what it waits for nor who attended")
		}
		c.blocked = nil
		c.Must(c.issue("office", l.ID))
		c.clean()
	})
}

// An office's own heading stands over its documents.
func TestAHeadingOfItsOwn(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		l := c.draft("")
		c.Must(c.update(func(tx *db.Tx) error {
			return letter.SetMark(tx, c.People["office"], letter.Mark{Issuer: "WCCO", Kind: letter.Heading,
				Mark: "示范市妇女儿童工作委员会文件"})
		}))
		c.out(l.ID)
		c.Look(func(tx *db.Tx) error {
			v, err := letter.VersionOf(tx, l.ID, 1)
			c.Must(err)
			content, err := v.Content()
			d := letter.Print(content, "", "")
			if d.Head != "示范市妇女儿童工作委员会文件" {
				t.Errorf("over it stands %s", d.Head)
			}
			return err
		})
		c.clean()
	})
}
