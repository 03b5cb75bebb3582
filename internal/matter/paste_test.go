package matter_test

// Tables of matters: 197 of 200 pasted rows are kept as drafts and three are named; an import takes all or nothing.

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/intake"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
	"yipanqi/internal/web/webtest"
)

const tableHead = "标题\t问题\t来源\t牵头单位\t配合单位\t没有对应指标的理由\t整改目标\t期限"

// rowsOf are n rows that can be kept.
func rowsOf(n int) []string {
	rows := []string{tableHead}
	for i := range n {
		rows = append(rows, fmt.Sprintf("第%d件\t第%d处不足（模拟）\t督导发现\t市教育局\tHEA\t没有对应的统计指标\t年底前整改\t2024-06-28", i, i))
	}
	return rows
}

func TestOfAPastedTableTheGoodRowsAreKept(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		rows := rowsOf(200)
		rows[17] = strings.Replace(rows[17], "市教育局", "市没有局", 1)
		rows[99] = strings.Replace(rows[99], "HEA", "EDU", 1)
		rows[150] = strings.Replace(rows[150], "2024-06-28", "六月底", 1)
		text := strings.Join(rows, "\r\n")
		var got struct {
			Drafts []string
			Wrong  []struct {
				Line           int
				Column, Reason string
			}
		}
		s := newSite(c)
		asked, err := json.Marshal(map[string]string{"table": text})
		c.Must(err)
		body := s.Check(t, webtest.Scenario{As: "office", Method: "POST", Path: "/matters/paste",
			Body: string(asked)}).Body.Bytes()
		c.Must(json.Unmarshal(body, &got))
		if len(got.Drafts) != 197 || len(got.Wrong) != 3 {
			t.Fatalf("%d kept, wrong are %+v: %s", len(got.Drafts), got.Wrong, body)
		}
		for at, want := range []struct {
			line   int
			column string
			says   string
		}{{18, "牵头单位", "市没有局"}, {100, "配合单位", "同时是配合单位"}, {151, "期限", "六月底"}} {
			w := got.Wrong[at]
			if w.Line != want.line || w.Column != want.column || !strings.Contains(w.Reason, want.says) {
				t.Errorf("%+v is not %+v", w, want)
			}
		}
		// once more: what is there is not kept twice, and what was wrong comes back to be mended
		page := s.Check(t, webtest.Scenario{As: "office", Path: "/matters/paste", Form: url.Values{"table": {text}},
			Status: 200, Contains: []string{"已存为草稿0件，没有存的200行", "没有重复存"}}).Body.String()
		if !strings.Contains(page, "市没有局") {
			t.Error("the rows that are wrong are gone")
		}
		if m := c.item(got.Drafts[0]); m.State != matter.InDraft || m.Due != "2024-06-28" {
			t.Errorf("kept is %+v", m)
		}
		s.Run(t,
			webtest.Scenario{As: "edu", Path: "/matters/paste", Form: url.Values{"table": {text}}, Status: 403},
			webtest.Scenario{As: "office", Path: "/matters/paste", Form: url.Values{"table": {""}}, Status: 422},
			webtest.Scenario{As: "office", Path: "/matters/paste", Form: url.Values{"table": {tableHead}}, Status: 422,
				Contains: []string{"1到500行"}},
			webtest.Scenario{As: "office", Path: "/matters/paste", Form: url.Values{"table": {"甲\t乙\n1\t2"}},
				Status: 422, Contains: []string{"不认识这一列"}},
			webtest.Scenario{As: "office", Path: "/matters/paste", Status: 422,
				Form: url.Values{"table": {strings.Join(rowsOf(501), "\n")}}, Contains: []string{"1到500行"}})
		c.verifies()
	})
}

func TestAnImportOfMattersIsAllOrNothing(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		head := "交办的妇儿工委办," + strings.ReplaceAll(tableHead, "\t", ",") + "\n"
		good := "WCCO,甲,问题甲,会议议定,EDU,,没有对应的统计指标,完成,2024-06-28\n"
		bad := "WCCO,乙,问题乙,会议议定,NONE,,没有对应的统计指标,完成,2024-06-28\nEDU,丙,问题丙,听说,EDU,,没有,完成,\n"
		files := append(network.Files(), matter.Files()...)
		files[len(files)-1].After = files[len(files)-1].After[:2] // without indicators
		take := func(body string) (intake.Report, error) {
			return intake.Import(context.Background(), c.DB, files, fstest.MapFS{"matters.csv": {Data: []byte(body)}},
				func(string, int, int) {})
		}
		_, err := take(head + good + bad)
		if errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), "NONE") ||
			!strings.Contains(err.Error(), "听说") {
			t.Errorf("refused is %v", err)
		}
		for _, want := range []int{1, 0} {
			if report, err := take(head + good); err != nil || report.Changed != want {
				t.Errorf("changed %d, %v; want %d", report.Changed, err, want)
			}
		}
		c.Must(c.View(context.Background(), func(x *db.Tx) error {
			n, err := db.Value[int](x, `SELECT count(*) FROM matters WHERE state = 'draft'`)
			if n != 1 {
				t.Errorf("%d drafts", n)
			}
			return err
		}))
		c.verifies()
	})
}
