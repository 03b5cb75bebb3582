package figurecheck

// Arithmetic inside tables: a row or a column 合计 held against its parts, and what 其中 counts against its whole. That
// one is wrong is only said where every part has a number of one unit and nothing shows that some are parts of others.
// What the cells are about is rows.go's.

import (
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// ledger is a table: the words over its columns and its rows of numbers.
type ledger struct {
	heads []string
	rows  []entry
}

// entry is a row of numbers.
type entry struct {
	label   string
	inset   bool        // its label is moved in or numbered: it may be a part of the row above
	numbers map[int]int // figures by their column
}

// maxEntries is how many rows of a table are added up.
const maxEntries = 400

var (
	allOfIt = regexp.MustCompile(`^(合计|总计|共计)$`)
	partly  = regexp.MustCompile(`^(其中|小计|分计|内含|占|比重|构成)`)
	notes   = regexp.MustCompile(`\([^()]*\)|[ :*]`)
	// uneven are heads of columns whose numbers do not add up.
	uneven = regexp.MustCompile(`[率均比占增减差第%‰]|排名|名次|位次|得分|评分|分数|指数|密度|中位|最高|最低|年龄|年份|序号|编号|代码|目标|标准|完成|较|去年底`)
)

// tableSums finds the arithmetic of all tables.
func (c *claimant) tableSums(figures []Figure, claims []Claim) (all []Sum) {
	var l ledger
	settle := func() {
		if len(l.rows) > 1 && len(l.rows) <= maxEntries {
			all = append(all, c.balanced(l, figures, claims)...)
		}
		l = ledger{}
	}
	at := 0
	for start := 0; start < len(c.folded); {
		line := c.scene.line(start)
		start = line.End + 1
		for at < len(figures) && figures[at].Start < line.Start {
			at++
		}
		cells := c.cells(line)
		if len(cells) < 2 {
			settle()
			continue
		}
		if c.isRule(cells) {
			continue
		}
		e := entry{label: notes.ReplaceAllString(c.text(cells[0]), ""), numbers: map[int]int{}}
		first := string(c.page.written[cells[0].Start:cells[0].End])
		e.inset = strings.HasPrefix(first, "　") || strings.HasPrefix(first, "  ") ||
			headingStyle(c.text(cells[0])) != 0
		for k, i := 0, at; k < len(cells); k++ {
			for i < len(figures) && figures[i].Start < cells[k].Start {
				i++
			}
			if i < len(figures) && figures[i].End <= cells[k].End && figures[i].Kind.Statistic() &&
				c.alone(cells[k], figures[i]) {
				e.numbers[k] = i
			}
		}
		switch {
		case len(e.numbers) > 0 && len(l.rows) > maxEntries: // it is not added up
		case len(e.numbers) > 0:
			l.rows = append(l.rows, e)
		case len(l.rows) > 0:
			settle()
			fallthrough
		default:
			for k, at := range cells {
				for len(l.heads) <= k {
					l.heads = append(l.heads, "")
				}
				l.heads[k] += c.text(at)
			}
		}
	}
	settle()
	return all
}

// balanced is what a table comes to: each column, each row, and what 其中 counts.
func (c *claimant) balanced(l ledger, figures []Figure, claims []Claim) (all []Sum) {
	totals := slices.Collect(func(yield func(int) bool) {
		for n, e := range l.rows {
			if allOfIt.MatchString(e.label) && !yield(n) {
				return
			}
		}
	})
	if last := len(l.rows) - 1; len(totals) == 1 && last > 1 && (totals[0] == 0 || totals[0] == last) {
		for k, total := range ordered(l.rows[totals[0]].numbers) {
			if s, ok := c.columnSum(l, totals[0], k, total, figures, claims); ok {
				all = append(all, s)
			}
		}
	}
	all = append(all, c.rowSums(l, figures, claims)...)
	for n, e := range l.rows {
		if n == 0 || !strings.HasPrefix(e.label, "其中") {
			continue
		}
		whole := n - 1
		if strings.HasPrefix(l.rows[whole].label, "其中") || l.rows[whole].inset && !e.inset {
			continue
		}
		for k, part := range ordered(e.numbers) {
			i, there := l.rows[whole].numbers[k]
			if there && c.adds(l, k, i, figures, claims) && c.adds(l, k, part, figures, claims) &&
				unitTold(figures, claims, i) == unitTold(figures, claims, part) &&
				c.value(figures[part]).GreaterThan(c.value(figures[i])) {
				all = append(all, Sum{Figure: part, Of: []int{i}, Kind: Part})
			}
		}
	}
	return all
}

// ordered are the numbers of a row from left to right.
func ordered(numbers map[int]int) func(yield func(column, figure int) bool) {
	columns := make([]int, 0, len(numbers))
	for k := range numbers {
		columns = append(columns, k)
	}
	slices.Sort(columns)
	return func(yield func(column, figure int) bool) {
		for _, k := range columns {
			if !yield(k, numbers[k]) {
				return
			}
		}
	}
}

// columnSum holds the total of a column against the rows that are no parts of others.
func (c *claimant) columnSum(l ledger, at, k, total int, figures []Figure, claims []Claim) (s Sum, ok bool) {
	shares := k < len(l.heads) && shareOfAll.MatchString(l.heads[k]) && c.value(figures[total]).Equal(hundred)
	if !shares && !c.adds(l, k, total, figures, claims) {
		return s, false
	}
	sure, style, sum, slack := true, rune(-1), decimal.Zero, c.slackOf(figures[total], claims[total])
	reached := false // the rows so far are all of it already: what follows counts the same once more
	for n, e := range l.rows {
		if n == at {
			continue
		}
		if partly.MatchString(e.label) {
			sure = false
			continue
		}
		i, there := e.numbers[k]
		if !there {
			return s, false
		}
		if figures[i].Kind != Value || figures[i].Qualifier != "" ||
			unitTold(figures, claims, i) != unitTold(figures, claims, total) {
			return s, false
		}
		own := headingStyle(e.label)
		if e.inset && own == 0 || style >= 0 && own != style {
			sure = false
		}
		style = own
		s.Of, sum, slack = append(s.Of, i), sum.Add(c.value(figures[i])), slack.Add(c.slackOf(figures[i], claims[i]))
		reached = reached || sum.Equal(c.value(figures[total]))
	}
	s.Figure, s.Kind, s.Value = total, Total, sum.String()
	off := sum.Sub(c.value(figures[total])).Abs()
	s.Agrees = off.LessThanOrEqual(slack)
	return s, len(s.Of) > 1 && (s.Agrees || sure && !reached && c.near(sum, c.value(figures[total])))
}

var (
	shareOfAll = regexp.MustCompile(`占比|比重|构成比`)
	hundred    = decimal.NewFromInt(100)
)

// near says whether two totals are of one kind of thing: parts that come to twice as much were counted twice, and those
// that come to half are not all.
func (c *claimant) near(sum, total decimal.Decimal) bool {
	two := decimal.NewFromInt(2)
	return sum.IsPositive() && sum.LessThan(total.Mul(two)) && total.LessThan(sum.Mul(two))
}

// rowSums holds the column 合计 against the columns beside it, if it is the sum of just these in most rows.
func (c *claimant) rowSums(l ledger, figures []Figure, claims []Claim) (all []Sum) {
	k := slices.IndexFunc(l.heads, func(head string) bool { return allOfIt.MatchString(notes.ReplaceAllString(head, "")) })
	if k < 0 || len(l.rows) < 3 {
		return nil
	}
	agree := 0
	for _, e := range l.rows {
		total, there := e.numbers[k]
		if !there || !c.adds(l, k, total, figures, claims) || figures[total].Qualifier != "" {
			return nil
		}
		s := Sum{Figure: total, Kind: Total}
		sum, slack := decimal.Zero, c.slackOf(figures[total], claims[total])
		for at, i := range ordered(e.numbers) {
			if at == k {
				continue
			}
			if !c.adds(l, at, i, figures, claims) ||
				unitTold(figures, claims, i) != unitTold(figures, claims, total) || figures[i].Qualifier != "" {
				return nil
			}
			s.Of, sum = append(s.Of, i), sum.Add(c.value(figures[i]))
			slack = slack.Add(c.slackOf(figures[i], claims[i]))
		}
		if len(s.Of) < 2 || len(s.Of) != len(l.rows[0].numbers)-1 {
			return nil
		}
		s.Value = sum.String()
		if s.Agrees = sum.Sub(c.value(figures[total])).Abs().LessThanOrEqual(slack); s.Agrees {
			agree++
		}
		all = append(all, s)
	}
	if agree < 2 || 2*agree <= len(all) {
		return nil
	}
	return all
}

// adds says whether the number i in the column k is an amount that adds up with others.
func (c *claimant) adds(l ledger, k, i int, figures []Figure, claims []Claim) bool {
	f, unit := figures[i], unitTold(figures, claims, i)
	if f.Kind != Value || claims[i].Change || unit == "" || strings.Contains(unit, "/") ||
		k < len(l.heads) && uneven.MatchString(l.heads[k]) {
		return false
	}
	class := c.dictionary.units.whole([]rune(unit)).role
	return class&count != 0 || strings.HasSuffix(unit, "元") ||
		strings.Contains(" 公里 亩 公顷 平方米 吨 ", " "+unit+" ")
}

// unitTold is the unit of the figure i, or that of the head of its column.
func unitTold(figures []Figure, claims []Claim, i int) string {
	if figures[i].Unit != "" {
		return figures[i].Unit
	}
	return claims[i].Unit
}

// slackOf is what rounding may hide of f: nothing of people and things that are told one by one.
func (c *claimant) slackOf(f Figure, claim Claim) decimal.Decimal {
	if f.Decimals == 0 && claim.Scale == 0 && !strings.HasSuffix(claim.Unit, "元") && f.Unit == "" || f.Decimals == 0 &&
		f.Unit != "" && !strings.HasSuffix(f.Unit, "元") {
		return decimal.Zero
	}
	return ulp(f).Div(decimal.NewFromInt(2))
}
