package request_test

// An answer by workbook: handed out with what is asked and said, read back row by row; what is wrong is named by its
// place and the rest is kept.

import (
	"bytes"
	"net/url"
	"strconv"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/request"
	"yipanqi/internal/table"
	"yipanqi/internal/web/webtest"
)

// filled is a workbook with rows below the head of an answer's.
func filled(t *testing.T, rows ...[]string) []byte {
	t.Helper()
	book := table.Table{Name: "答复", Columns: []table.Column{{Name: "题号"}, {Name: "题目"}, {Name: "怎样答"},
		{Name: "答复"}, {Name: "无此项的理由"}}, Rows: rows}
	var b bytes.Buffer
	if err := book.WriteXLSX(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAnAnswerByWorkbook(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		r := c.sent(request.Nobody)
		a := c.write(c.receive(r, "a"), "a", request.Content{"1": {Text: "写了一半"}})
		c.receive(r, "b")
		s := c.site()
		book, err := table.ReadXLSX(s.Check(t, webtest.Scenario{As: "a", Path: a.URL() + "/sheet"}).Body.Bytes())
		c.Must(err)
		cells, err := book.Sheet("")
		c.Must(err)
		for at, want := range map[string]string{"A1": "题号", "B2": "一年来做了什么", "D2": "写了一半", "A3": "2",
			"C4": "表格；一行写一条，格之间用 | 隔开：姓名 | 岗位"} {
			if cells[at] != want {
				t.Errorf("%s of the workbook is %q, want %q", at, cells[at], want)
			}
		}
		now := func() request.Answer { return c.answer(r, "a") }
		up := func(as string, status int, says []string, rows ...[]string) {
			t.Helper()
			s.Check(t, webtest.Scenario{As: as, Path: a.URL() + "/sheet", File: filled(t, rows...), Status: status,
				Form: url.Values{"version": {strconv.FormatInt(now().Version, 10)}}, Contains: says})
		}
		up("c", 404, nil)
		up("office", 403, nil)
		up("a", 200, []string{"已读入1题，存为草稿；有4处没有读入", "表格第2行“答复”：", "没有“运气”这个选项",
			"表格第3行“答复”：", "有3格，这张表只有2列", "表格第4行“题号”：", "没有问本单位第“9”题",
			"表格第6行“题号”：", "第1题在第5行已经答过"},
			[]string{"2", "", "", "运气", ""}, []string{"3", "", "", "甲|联络员|多余", ""},
			[]string{"9", "", "", "多的", ""}, []string{"1", "", "", "办了十二件实事", ""},
			[]string{"1", "", "", "又一次", ""})
		if got := now().Draft; got["1"].Text != "办了十二件实事" || len(got) != 1 {
			t.Errorf("kept is %+v", got)
		}
		up("a", 200, []string{"已读入2题，存为草稿；有0处没有读入"}, []string{"2", "", "", "", "没有困难"},
			[]string{"3", "", "", "甲|联络员\n乙｜统计员", ""})
		got := now().Draft
		if got["1"].Text != "办了十二件实事" || got["2"].None != "没有困难" || len(got["3"].Rows) != 2 ||
			got["3"].Rows[1][1] != "统计员" {
			t.Errorf("kept is %+v", got)
		}
		up("a", 200, []string{"已读入0题"}, []string{"1", "", "", "", ""})
		if again := now().Draft; again["1"].Text != "办了十二件实事" {
			t.Errorf("a blank row clears what was written: %+v", again)
		}
		s.Run(t,
			webtest.Scenario{As: "a", Path: a.URL() + "/sheet", File: []byte("no workbook"), Status: 422,
				Form: url.Values{"version": {"0"}}},
			webtest.Scenario{As: "a", Path: a.URL() + "/sheet", File: filled(t, []string{"1", "", "", "旧的", ""}),
				Form: url.Values{"version": {"1"}}, Status: 409, Contains: []string{"刚刚改过"}})
		var other bytes.Buffer
		c.Must(table.Table{Name: "别的", Columns: []table.Column{{Name: "单位"}}}.WriteXLSX(&other))
		s.Check(t, webtest.Scenario{As: "a", Path: a.URL() + "/sheet", File: other.Bytes(), Status: 422,
			Form:     url.Values{"version": {strconv.FormatInt(now().Version, 10)}},
			Contains: []string{"第1行A1格应是“题号”"}})
		c.Must(c.View(t.Context(), func(tx *db.Tx) error {
			found, err := request.Verify(tx, c.Issuer)
			if len(found) > 0 {
				t.Errorf("honest answers have findings: %+v", found)
			}
			return err
		}))
	})
}
