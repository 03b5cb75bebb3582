package document

// Charts that Word itself draws and lets one edit the look of: clustered columns, their values as they were given. A
// chart never orders or rounds anything.

import (
	"fmt"
	"regexp"
	"strings"
)

// Chart is a chart as wide as the text with its caption below: a group of columns for each category, one of a series.
type Chart struct {
	Caption    string
	Unit       string // of all values, beside the axis
	Categories []string
	Series     []Series
}

// Series is the values of a chart's columns of one look, as decimals, by category; "" leaves a gap.
type Series struct {
	Name   string
	Values []string
}

// Most of a chart that still can be read.
const (
	mostSeries     = 6
	mostCategories = 40
)

var decimal = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

// looks are the fills of the series: told apart in print without colour as well.
var looks = []string{"1F4E79", "9DC3E6", "404040", "BFBFBF", "2E75B6", "7F7F7F"}

const (
	chartNS = `xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ` + relNS
	chartHeight = 2_520_000 // 7 cm in EMU
	twip        = 635       // in EMU
)

func (c Chart) write(b *body) {
	all, n := len(c.Series), len(c.Categories)
	if all == 0 || all > mostSeries || n == 0 || n > mostCategories {
		b.fail("chart %q has %d series of %d values", c.Caption, all, n)
		return
	}
	for _, s := range c.Series {
		if len(s.Values) != len(c.Categories) {
			b.fail("series %q has %d values for %d categories", s.Name, len(s.Values), len(c.Categories))
			return
		}
		for _, v := range s.Values {
			if v != "" && !decimal.MatchString(v) {
				b.fail("%q in chart %q is no number", v, c.Caption)
				return
			}
		}
	}
	b.charts = append(b.charts, c.part())
	n = len(b.charts)
	// the text's lines have a height of their own, which would cut the chart off
	b.xml.WriteString(`<w:p><w:pPr><w:pStyle w:val="Normal"/><w:keepNext/>` +
		`<w:spacing w:before="120" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing>`)
	fmt.Fprintf(&b.xml, `<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"`+
		` distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%d" cy="%d"/>`, b.width*twip, chartHeight)
	fmt.Fprintf(&b.xml, `<wp:docPr id="%d" name="chart%d" descr="%s"/><wp:cNvGraphicFramePr/>`, n, n, escape(c.Caption))
	fmt.Fprintf(&b.xml, `<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">`+
		`<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">`+
		`<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="chart%d"/>`+
		`</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`+"\n", n)
	if c.Caption != "" {
		b.line("Caption", "", c.Caption)
	}
}

// part is the chart as a part of the package.
func (c Chart) part() string {
	var s strings.Builder
	s.WriteString(declaration + `<c:chartSpace ` + chartNS + `><c:roundedCorners val="0"/><c:chart>` +
		`<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/>` +
		`<c:grouping val="clustered"/><c:varyColors val="0"/>`)
	for i, series := range c.Series {
		fmt.Fprintf(&s, `<c:ser><c:idx val="%d"/><c:order val="%d"/><c:tx>%s</c:tx>`, i, i,
			texts([]string{series.Name}, i+1, 0))
		fmt.Fprintf(&s, `<c:spPr><a:solidFill><a:srgbClr val="%s"/></a:solidFill>`+
			`<a:ln w="6350"><a:solidFill><a:srgbClr val="404040"/></a:solidFill></a:ln></c:spPr>`+
			`<c:invertIfNegative val="0"/>`, looks[i])
		if len(c.Series) <= 2 {
			s.WriteString(`<c:dLbls><c:spPr><a:noFill/></c:spPr>` + lettering(800) + `<c:showLegendKey val="0"/>` +
				`<c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>` +
				`<c:showBubbleSize val="0"/></c:dLbls>`)
		}
		s.WriteString(`<c:cat>` + texts(c.Categories, 0, 1) + `</c:cat><c:val>` + numbers(series.Values, i+1) +
			`</c:val></c:ser>`)
	}
	s.WriteString(`<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>` +
		`<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>` +
		`<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>` +
		`<c:minorTickMark val="none"/><c:tickLblPos val="low"/>` + edge("404040") + lettering(900) +
		`<c:crossAx val="2"/></c:catAx>` +
		`<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>` +
		`<c:axPos val="l"/><c:majorGridlines>` + edge("D9D9D9") + `</c:majorGridlines>`)
	if c.Unit != "" {
		s.WriteString(`<c:title><c:tx><c:rich><a:bodyPr rot="0" vert="horz"/><a:p><a:pPr><a:defRPr sz="900" b="0"/>` +
			`</a:pPr><a:r><a:rPr lang="zh-CN" sz="900" b="0"/><a:t>` + escape(c.Unit) + `</a:t></a:r></a:p></c:rich>` +
			`</c:tx><c:overlay val="0"/></c:title>`)
	}
	s.WriteString(`<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="out"/>` +
		`<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>` + edge("404040") + lettering(900) +
		`<c:crossAx val="1"/></c:valAx></c:plotArea>`)
	if len(c.Series) > 1 {
		s.WriteString(`<c:legend><c:legendPos val="b"/><c:overlay val="0"/>` + lettering(900) + `</c:legend>`)
	}
	s.WriteString(`<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>` +
		`<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr></c:chartSpace>`)
	return s.String()
}

func edge(colour string) string {
	return `<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="` + colour + `"/></a:solidFill></a:ln></c:spPr>`
}

// lettering is type of a size in hundredths of a point.
func lettering(size int) string {
	return fmt.Sprintf(`<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="%d"><a:latin typeface="Times New Roman"/>`+
		`<a:ea typeface="仿宋_GB2312"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>`, size)
}

// texts are words of the chart, as if they stood in a sheet: the column of categories is 0, its rows begin at 1.
func texts(all []string, column, row int) string {
	var s strings.Builder
	fmt.Fprintf(&s, `<c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="%d"/>`, cells(column, row, len(all)), len(all))
	for i, text := range all {
		fmt.Fprintf(&s, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, i, escape(text))
	}
	return s.String() + `</c:strCache></c:strRef>`
}

func numbers(all []string, column int) string {
	var s strings.Builder
	fmt.Fprintf(&s, `<c:numRef><c:f>%s</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="%d"/>`,
		cells(column, 1, len(all)), len(all))
	for i, v := range all {
		if v != "" {
			fmt.Fprintf(&s, `<c:pt idx="%d"><c:v>%s</c:v></c:pt>`, i, v)
		}
	}
	return s.String() + `</c:numCache></c:numRef>`
}

// cells names n cells of a sheet below each other.
func cells(column, row, n int) string {
	name := string(rune('A' + column))
	if n == 1 {
		return fmt.Sprintf("Sheet1!$%s$%d", name, row+1)
	}
	return fmt.Sprintf("Sheet1!$%s$%d:$%s$%d", name, row+1, name, row+n)
}
