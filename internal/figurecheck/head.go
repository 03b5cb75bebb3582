package figurecheck

// Heads of tables: what the first rows and the heads of rows say of all cells below or beside them.

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// tableHead is the head of a table: its columns, and what is written above them. It is read once for all rows.
type tableHead struct {
	columns []column
	even    bool // the head has two rows, of as many cells
	unit    int  // the column that holds units, or -1
	caption cell
}

// column is what the head says of one column.
type column struct {
	cell
	two    bool // there is a row above
	above  cell // its cell there, or the last before it; empty if there is none
	years  bool // it holds years
	moves  bool // 比上年提高: it holds changes
	yearly bool // since the year before
	counts bool // 序号: it numbers the rows
	joint  int  // the name that it and the cell above are together, 基本养老保险 over 参保率, counted from 1; 0 if none

	// earlier and later are the years of the last two columns before it that name one.
	earlier, later string
}

// maxHead is how long what a cell says of others may be: more is prose between bars, and its end is read.
const maxHead = 2 * maxSpread

func short(at cell) cell {
	at.Start = max(at.Start, at.End-maxHead)
	return at
}

// headOf reads the head of a table from the cells of a row, below the one that was a head so far.
func (c *claimant) headOf(cells []cell, upper tableHead, caption cell) tableHead {
	head := tableHead{columns: make([]column, len(cells)), unit: -1, caption: caption,
		even: len(upper.columns) == len(cells) || reaches(upper.columns, c, len(cells))}
	var above cell
	var earlier, later string
	for k, at := range cells {
		at = short(at)
		text := c.text(at)
		if k > 0 && k < len(upper.columns) && c.text(upper.columns[k].cell) != "" {
			above = upper.columns[k].cell
		}
		column := column{cell: at, two: upper.columns != nil, above: above, earlier: earlier, later: later,
			years:  strings.ContainsAny(text, "年期时"),
			moves:  moving.MatchString(text),
			yearly: lastYear.MatchString(text),
			counts: text != "" && strings.Contains(" 序号 编号 行号 行次 排名 名次 位次 No. NO. # ", " "+text+" ")}
		for i := at.Start; i < at.End && !column.moves; i++ {
			w := c.around.at(c.page, i)
			if column.moves = w.role&(up|down|differ) != 0 && !c.inName(i); !column.moves {
				i += max(len(w.text)-1, 0)
			}
		}
		if found, _ := c.when(bareTime(text), "", c.year); len(found) > 0 && !aims.MatchString(text) && !column.moves {
			earlier, later = later, found[0]
		}
		if head.unit < 0 && (text == "单位" || text == "计量单位" || text == "计算单位") {
			head.unit = k
		}
		if upper.columns != nil {
			column.joint = c.jointly(above, at)
		}
		head.columns[k] = column
	}
	return head
}

// jointly is the name that two cells of a head say together, counted from 1; 0 if they say none.
func (c *claimant) jointly(above, below cell) int {
	text := c.bare(short(above)) + c.bare(below)
	if above.End <= above.Start || len(text) > 4*maxSubject {
		return 0
	}
	for _, m := range c.mentions(newPage(text)) {
		if m.from == 0 && m.End == utf8.RuneCountInString(text) {
			return m.name + 1
		}
	}
	return 0
}

// bare is what a cell says without the unit in brackets behind it.
func (c *claimant) bare(at cell) string {
	text := c.text(at)
	if open := strings.IndexByte(text, '('); open > 0 && strings.HasSuffix(text, ")") {
		text = text[:open]
	}
	return strings.TrimSpace(text)
}

// reaches says whether the heads of an upper row whose last empty cells were lost stand over groups of as many columns:
// 2021年, nothing, 2022年 over 实际值, 比上年, 实际值, 比上年.
func reaches(upper []column, c *claimant, width int) bool {
	group, last := 0, 0
	for k := 1; k < len(upper); k++ {
		if c.text(upper[k].cell) == "" {
			continue
		}
		if last > 0 && group > 0 && k-last != group {
			return false
		} else if last > 0 {
			group = k - last
		}
		last = k
	}
	return group > 1 && last+group == width
}

// below reads what the upper row of a head of two says of the column.
func (c *claimant) below(column column, even bool, claim *Claim) {
	named := claim.Name.Start >= column.above.Start && claim.Name.End <= column.above.End // over several columns
	if column.joint > 0 && claim.Name == column.Span {
		return
	}
	if !column.two || claim.Trust == Unnamed || column.above.End > column.above.Start && (named ||
		c.head(column.above, claim) != headUnknown && even) {
		return
	}
	claim.Trust = min(claim.Trust, Likely)
}

// Heads of columns of changes: that what stands there moved though no verb says so, since last year, how much of
// itself, and downwards.
var (
	moving    = regexp.MustCompile(`同比|环比|升降|增减|±|(比|较|与).{0,4}(年|期|年末|年初)`)
	lastYear  = regexp.MustCompile(`上年|去年|同比`)
	ofItself  = regexp.MustCompile(`增幅|增速|增长|涨幅|降幅|幅度|递增|变化率`)
	ofPoints  = regexp.MustCompile(`分点|[比较]上年|增减|升降|提高|提升|上升|下降|降低|增加|减少|变化|变动|±`)
	differing = regexp.MustCompile(`增减|变动|变化|升降|±`) // of what is counted: by how many
	onlyMoves = regexp.MustCompile(`^([比较与]?(上年|去年|上期|\d{4}年)?(度|同期|末|底)?(相比|同比)?(增减|升降|变动|变化|提高|提升|上升|下降|降低|增加|减少|±|相差)*` +
		`[值数量额]?(情况)?)(\([^()]*\))?$`)
	downwards = regexp.MustCompile(`下降|降低|减少|降幅|缩小|缩短|压减`)
)

// columnOfChanges reads a head such as 比上年提高（百分点） behind columns of years: its cells are no levels but
// changes, those of a share in points unless the head itself says 增幅（%）.
func (c *claimant) columnOfChanges(column column, claim *Claim) {
	if !column.moves || claim.Trust == Unnamed {
		return
	}
	text := c.text(column.cell)
	own, scale := c.unitIn(column.cell)
	switch points := pointsOf(claim.Unit); {
	case strings.Contains(text, "百分点"):
		claim.Unit, claim.Scale = "个百分点", 0
	case strings.Contains(text, "千分点"):
		claim.Unit, claim.Scale = "个千分点", 0
	case own != "" && (pointsOf(own) == "" || ofItself.MatchString(text)):
		claim.Unit, claim.Scale = own, scale
	case points != "":
		claim.Unit = points
	}
	claim.Falls = downwards.MatchString(text)
	switch {
	case column.earlier != "":
		was, is := min(column.earlier, column.later), max(column.earlier, column.later)
		if year, _ := yearOf(is); column.yearly && len(is) == 4 {
			was = first(years(year - 1))
		}
		claim.since([]string{was})
		claim.Periods = []string{is}
	case column.later != "" && len(claim.Periods) > 0 && column.later < claim.Periods[0]: // 数值 上年同期 增减量
		claim.since([]string{column.later})
	case column.yearly && len(claim.Periods) > 0:
		year, _ := yearOf(claim.Periods[0])
		claim.since(years(year - 1))
	default:
		claim.Trust = Unnamed
		return
	}
	sure := claim.Trust == Firm && !ofItself.MatchString(text) && pointsOf(own) == "" &&
		(own != "" || strings.HasSuffix(claim.Unit, "分点") && ofPoints.MatchString(text) ||
			measureOf(claim.Unit) == "count" && differing.MatchString(text))
	if claim.Change, claim.Target = true, false; !sure {
		claim.Trust = Likely
	}
}

// sitesIn are the known places named in a cell.
func (c *claimant) sitesIn(at cell) []site {
	from, _ := slices.BinarySearchFunc(c.sites, at.Start, func(s site, i int) int { return s.at - i })
	to, _ := slices.BinarySearchFunc(c.sites, at.End, func(s site, i int) int { return s.at - i })
	return c.sites[from:to]
}

// What the head of a row or column says.
const (
	headNothing = iota // or only what it is about
	headTime
	headPlace
	headUnknown // words that may narrow it down
)

// head reads place, time and sex from the head of a row or column.
func (c *claimant) head(at cell, claim *Claim) int {
	text := c.text(at)
	if open := strings.IndexByte(text, '('); open > 0 && strings.HasSuffix(text, ")") {
		inside := text[open+1 : len(text)-1]
		if text = strings.TrimSpace(text[:open]); inside != "" && c.onlyTime(inside) { // 基期（2020年）
			text = inside + text
		}
	}
	if rest, part := strings.CutPrefix(text, "其中"); part {
		text = strings.TrimLeft(rest, ": ")
	}
	place, known := c.called[text]
	aim := aims.FindStringIndex(text)
	timed := text
	if aim != nil {
		timed = text[:aim[0]]
	}
	found, sure := c.when(bareTime(timed), "", c.year)
	switch {
	case text == "" || claim.Name.Start >= at.Start && claim.Name.End <= at.End:
		return headNothing
	case known:
		claim.Area = c.places[place].Code
		return headPlace
	case strings.HasPrefix(text, "全") && len([]rune(text)) == 2:
		if claim.Area = c.upTo(c.home, lastRune(text)); claim.Area == "" {
			return headUnknown
		}
		return headPlace
	case text == "男" || text == "男性":
		claim.Sex = "1"
		return headNothing
	case text == "女" || text == "女性":
		claim.Sex = "2"
		return headNothing
	case aim != nil: // 2025年目标
		if claim.Target = true; len(found) == 0 || !sure || !c.onlyTime(timed) {
			return headUnknown
		}
		claim.Periods = found
		return headTime
	case len(found) > 0 && c.onlyTime(text):
		claim.Periods = found
		if !sure {
			return headUnknown
		}
		return headTime
	case strings.Contains(" 数值 指标值 完成值 实际值 实际 数据 结果 比例 率 数量 数额 监测值 实现值 现状值 统计值 达到值 本年 本期 合计 总计 计 ", " "+text+" ") &&
		text != "合计" && text != "总计" && text != "计":
		return headNothing
	case c.strange(at.Start, at.End) || c.around.at(c.page, at.Start).role&area != 0:
		claim.Area, claim.Placeless = "", false
		return headUnknown
	}
	for i := at.Start; i < at.End; i++ {
		if w := c.scopes.at(c.page, i); w.role&target != 0 {
			claim.Target = true
		}
	}
	return headUnknown
}

// aims is what the head of a column of targets ends with.
var aims = regexp.MustCompile(`(规划|计划|任务)?(目标|计划|任务|规划)(要求)?[数值]?$`)

// onlyTime says whether the text of a head says nothing but a time.
func (c *claimant) onlyTime(text string) bool {
	return strings.Trim(bareTime(text), "0123456789〇一二三四五六七八九零年度月末底 -—上下半第季同期去本今前") == ""
}

// bareTime is the text of a head without the words behind a time that only say that its numbers were measured then.
func bareTime(text string) string { return measuredThen.ReplaceAllString(text, "") }

var measuredThen = regexp.MustCompile(`(值|数|数据|情况|水平|实际|实绩|完成|实现|现状|监测|达到|(规划)?基期|基年|基准年?|期初|期末)+$`)
