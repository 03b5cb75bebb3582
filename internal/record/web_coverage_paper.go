package record

// 覆盖率计算说明: the same words for the page and for the paper.

import (
	"strconv"
	"strings"

	"yipanqi/internal/document"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
)

// explanation is one line: a term and what is said of it.
type explanation struct{ term, says say.Words }

// explained says how the number came to be.
func (d coverageData) explained() (all []explanation) {
	add := func(term say.Key, says say.Words) { all = append(all, explanation{say.New(term), says}) }
	add("结果", say.New("%s%s", orNone(d.Value), d.m.Unit.ZH))
	add("公式", say.New("%s ÷ %s", d.part.Name, d.whole.Name))
	add("半径以内", say.New("%s%s", orNone(d.Covered), d.part.Unit))
	add("全部", say.New("%s%s", orNone(d.Whole), d.whole.Unit))
	if len(d.Radius) == 0 {
		add("半径", say.New("没有记录"))
	} else {
		add("半径", say.New("%s米", strings.Join(d.Radius, "、")))
	}
	add("计入的记录", say.New("%d条已确认的", d.Facilities))
	_, last := d.Period.Range(d.part.YearStart)
	add("截至", say.New("%s", last))
	system := say.New("%s，不作换算；按WGS84椭球投影", d.k.d.Map.System)
	if !d.k.d.Map.Confirmed {
		system = say.New("%s（待确认），不作换算；按WGS84椭球投影", d.k.d.Map.System)
	}
	add("坐标系", system)
	if d.Segments > 0 {
		add("面积", say.New("圆用%d边形代替，面积小万分之四；每个地块四舍五入到平方米再相加，重叠的只算一次", 4*d.Segments))
		add("缓冲区面积", say.New("%d平方米", d.Buffer))
	} else {
		add("距离", say.New("按投影平面上的直线距离，等于半径的算在内"))
	}
	return all
}

func printCoverage(r *web.Request, in coverageInput) (f web.File, err error) {
	d, err := showCoverage(r, in)
	if err != nil {
		return f, err
	}
	const span = 12
	doc := document.Document{Title: "覆盖率计算说明"}
	var rows []document.GridRow
	row := func(term, says string) {
		rows = append(rows, document.GridRow{Boxes: []document.GridBox{{Span: 3, Text: term},
			{Span: span - 3, Text: says}}})
	}
	row("指标", d.m.Name.ZH)
	row("区域", d.top.Name)
	row("期别", d.Period.In("zh"))
	if !d.Missing.IsZero() {
		row("没有结果", d.Missing.String())
	}
	for _, line := range d.explained() {
		row(line.term.String(), line.says.String())
	}
	for _, l := range d.Layers {
		row("图层", l.Name+"，"+l.ValidOn+"有效，来源："+l.Source+"，投影："+l.Projection+"，摘要："+l.Digest[:16])
	}
	if d.m.Basis == "" {
		row("依据", "公式和半径没有来源确认，待确认。")
	}
	row("没有覆盖的", strconv.Itoa(len(d.Left))+"个"+left(d.Left))
	doc.Blocks = []document.Block{document.Grid{Rows: rows},
		document.Pair{Left: "填表人：　　　审核人：　　　单位负责人：", Right: "打印日期：" + document.Day(r.Tx.Today())}}
	return web.Word(r, doc.Title+" "+d.m.Name.ZH, doc)
}

// left names the first of what is not covered.
func left(all []LeftOut) string {
	var names []string
	for _, one := range all[:min(len(all), 60)] {
		names = append(names, one.Name)
	}
	if len(names) == 0 {
		return ""
	}
	more := ""
	if len(all) > len(names) {
		more = "等"
	}
	return "：" + strings.Join(names, "、") + more
}
