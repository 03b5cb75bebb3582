package document

// Long titles break between words, columns have room for what stands in them, empty cells say so.

import (
	"bytes"
	"strings"
	"testing"
)

func TestALongTitleBreaksBetweenWords(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"督办情况通报": "督办情况通报",
		"灵活就业妇女参加失业保险的比例偏低（模拟）\n年度评议":         "灵活就业妇女参加失业保险的\n比例偏低（模拟）\n年度评议",
		"示范市妇女儿童发展规划（2021—2025年）中期评估（模拟）工作方案": "示范市妇女儿童发展规划（2021—2025年）\n中期评估（模拟）工作方案",
		"儿童之家开放管理办法（征求意见稿）（模拟）":               "儿童之家开放管理办法\n（征求意见稿）（模拟）",
	} {
		if got := titled(title, lineWidth); got != want {
			t.Errorf("%q is broken into\n%s", title, got)
		}
	}
}

func TestColumnsHaveRoomForWhatStandsInThem(t *testing.T) {
	t.Parallel()
	table := Table{Columns: []Column{{Head: "单位", Width: 6}, {Head: "姓名", Width: 5}, {Head: "培训日期", Width: 1},
		{Head: "签名", Width: 3}}, Rows: [][]Run{
		Row("示范市民政局", "甲", "2024-01-19", ""), Row("示范市教育局", "", "", "")}}
	var text bytes.Buffer
	if err := Write(&text, Document{Title: "名单", Blocks: []Block{table}}); err != nil {
		t.Fatal(err)
	}
	widths := table.widths(lineWidth)
	wish, least := table.room()
	shift(widths, wish)
	shift(widths, least)
	sum := 0
	for i, w := range widths {
		if sum += w; w < least[i] {
			t.Errorf("column %d is %d wide and needs %d", i, w, least[i])
		}
	}
	if sum != lineWidth || widths[3] != lineWidth*3/15 {
		t.Errorf("the columns are %v, %d together", widths, sum)
	}
	b := &body{width: lineWidth}
	table.write(b)
	if n := strings.Count(b.xml.String(), "—"); n != 2 {
		t.Errorf("%d dashes; want one for each of the two cells that are empty beside filled ones", n)
	}
}

// Borders that differ part a frame in LibreOffice: the imprint stood below the text then, not at the foot of the page.
func TestRowsOfTheImprintStandInOneFrame(t *testing.T) {
	t.Parallel()
	b := &body{width: lineWidth}
	b.imprint(Document{Copies: "示范市卫生局", Printer: "示范市妇儿工委办", PrintedOn: "2024年3月1日"})
	rows := strings.Split(b.xml.String(), `<w:pStyle w:val="Imprint"/>`)[1:]
	frames := map[string]bool{}
	for _, row := range rows {
		frame, _, _ := strings.Cut(row, "<w:tabs>")
		frames[frame] = true
	}
	if len(rows) != 3 || len(frames) != 1 {
		t.Errorf("%d rows in %d frames", len(rows), len(frames))
	}
}
