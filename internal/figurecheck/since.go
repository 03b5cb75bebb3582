package figurecheck

// What a change is measured from: a year, a period of years, or another place.

import (
	"regexp"
	"slices"
	"strings"
)

// dated says whether a time stands between the word that opens the base f and f itself.
func (c *claimant) dated(f Figure) bool {
	for k := f.token - 1; k >= 0 && k > f.token-maxLook && c.tokens[k].start >= f.Clause.Start; k-- {
		t := c.tokens[k]
		if t.role&(from|compare|versus) != 0 {
			return false
		}
		if t.role&period != 0 || t.role == number && t.quantity.kind == Date {
			return true
		}
	}
	return false
}

// ends gives a value that a movement starts from or ends at the time of that: 2015—2020年由16.6%提高到25.2%. It returns
// whether the time is sure.
func (c *claimant) ends(f Figure, claim *Claim, sure bool) bool {
	start, end := yearsOf(f.Period)
	isBase, own := c.isBase(f) && !c.dated(f), f.periodAt >= f.Sentence.Start
	if p := c.planned; p.End > 0 && (f.Period == "" || f.periodAt < c.scene.line(0).End) {
		switch {
		case isBase && c.opened(f, from): // a plan starts from its first year or the one before
			claim.Periods = append(years(p.Start-1), years(p.Start)...)
			return false
		case c.mover(f.token).level && c.opened(f, level) && c.movedTo(f):
			claim.Periods = years(p.End)
			return c.final()
		}
	}
	switch {
	case isBase && own && c.page.at(f.periodAt-1) == '以': // 以2014年为起点，从16.0%起步
		return sure
	case isBase && c.resolved(f): // 会议明确，由61个增加到75个: it is 61 now
		return false
	case end > start && isBase && c.opened(f, from):
		claim.Periods = years(start)
		return own
	case end > start && c.mover(f.token).level && c.opened(f, level) && c.movedTo(f):
		claim.Periods = years(end)
		return own
	case isBase && c.opened(f, from) && c.sinceYear(f) > 0: // 2018年以来，甲从88.7%提高到2022年的92.9%，乙从
		claim.Periods = years(c.sinceYear(f))
		return true
	case isBase && c.opened(f, from) && c.fromYear(f) > 0: // 甲由2018年的88.7%提高到2022年的92.9%，乙由
		claim.Periods = years(c.fromYear(f))
		return true
	case !isBase: // 2018年以来，培训3366人次: in none of the years alone
		return sure && !c.sinceThen(f)
	case c.sinceThen(f): // 2018年以来，由88.7%提高到
		claim.Periods = years(start)
		return own && start > 0
	}
	if year, whole := yearOf(first(claim.Periods)); whole && year > 0 { // 从65岁以上扩展到60岁: some time before
		claim.Periods = years(year - 1)
	}
	return false
}

// final says whether the title is of the end of its plan.
func (c *claimant) final() bool {
	return (c.year == 0 || c.year >= c.planned.End) &&
		strings.Contains(string(c.page.folded[:c.scene.line(0).End]), "终期")
}

// movedTo says whether the statistic before f is what it moved from: 由16.6%提高到25.2%.
func (c *claimant) movedTo(f Figure) bool {
	for k := f.token - 1; k >= 0 && k > f.token-maxLook && c.tokens[k].start >= f.Clause.Start; k-- {
		if t := c.tokens[k]; t.role == number && t.quantity.kind != Date {
			for ; k >= 0 && k > f.token-maxLook && c.tokens[k].role&(mark|from) == 0; k-- {
			}
			return k >= 0 && c.tokens[k].role&from != 0
		}
	}
	return false
}

// sinceThen says whether the time of f is since when something moved: 2018年以来.
func (c *claimant) sinceThen(f Figure) bool {
	after := f.periodAt + len([]rune(f.Period))
	if f.Period == "" || !c.page.has(after, []rune("以来")) {
		return false
	}
	// 今年以来 is all of the year, unless the title is of a part of it
	title := c.scene.dated
	return f.Period != "今年" && f.Period != "本年" ||
		title.End > 0 && partial(string(c.page.folded[title.Start:title.End]))
}

// sinceYear is the year since which, by its sentence, all of it moved; 0 if it names none.
func (c *claimant) sinceYear(f Figure) int {
	for k := f.token - 1; k >= 0 && k > f.token-2*maxLook && c.tokens[k].start >= f.Sentence.Start; k-- {
		if t := c.tokens[k]; t.role == number && t.quantity.kind == Date && c.page.has(t.end, []rune("以来")) {
			year, _ := yearOf(string(c.page.folded[t.start:t.end]))
			return year
		}
	}
	return 0
}

// fromYear is the year that a movement before f in its sentence starts from; 0 if none says so.
func (c *claimant) fromYear(f Figure) int {
	for k := f.token - 1; k > 0 && k > f.token-2*maxLook && c.tokens[k].start >= f.Sentence.Start; k-- {
		t := c.tokens[k]
		if t.role == number && t.quantity.kind == Date && c.tokens[k-1].role&from != 0 && c.page.at(t.end) == '的' {
			year, _ := yearOf(string(c.page.folded[t.start:t.end]))
			return year
		}
	}
	return 0
}

// changed finds what a change is measured from: a time, or another place.
func (c *claimant) changed(figures []Figure, claims []Claim, i int, claim *Claim) {
	f, year := figures[i], c.year
	if len(claim.Periods) > 0 {
		year, _ = yearOf(claim.Periods[0])
	}
	switch f.Base {
	case "":
		if c.farBase(f, year, claim) {
			return
		}
		if n := c.overYears(f); n > 0 && year > 0 && !c.amidst(f) { // 31.0%，四年提高7.7个百分点
			if claim.since(years(year - n)); !c.follows(figures, claims, i, *claim) || c.tellsBoth(figures, i, n) {
				claim.Trust, claim.guessed = min(claim.Trust, Likely), true
			}
			return
		}
		first, last := yearsOf(f.Period)
		start, _ := yearOf(f.Period)
		switch {
		case last > first: // 2016—2018年提高
			claim.since(years(first))
			claim.Periods = years(last)
			lead := string(c.page.folded[max(f.Clause.Start, f.Start-maxSpread):f.Start])
			if f.periodAt >= f.Sentence.Start &&
				(strings.Contains(lead, "累计") || strings.Contains(lead, "共") || c.page.at(f.periodAt-1) == '从') {
				return
			}
		case c.sinceThen(f) && start > 0: // 2018年以来提高
			claim.since(years(start))
			if claim.Periods = nil; c.year > start {
				claim.Periods = years(c.year)
			}
			// 12.88%，上年11.00%，提高1.88
		case strings.Contains(" 上年 去年 上年同期 去年同期 ", " "+f.Period+" ") && c.year > 0:
			claim.since(years(c.year - 1))
			claim.Periods = years(c.year)
		case year > 0 && c.betweenTold(figures, claims, i, claim): // 2021年91.3%，2016年86.3%，提高
			return
		case year > 0: // 2017年提高, since the year before
			var base []string
			if lead := string(c.folded[max(f.Clause.Start, f.Start-maxSubject):f.Start]); !longer.MatchString(lead) {
				base = c.sameBase(figures, claims, i, *claim)
			}
			if len(base) == 0 {
				base = c.besideChange(figures, claims, i, *claim)
			}
			if len(base) > 0 {
				claim.since(base)
				return
			}
			if claim.since(years(year - 1)); c.yearly(figures, claims, i, *claim) {
				return
			}
		}
		claim.Trust, claim.guessed = min(claim.Trust, Likely), true
		return
	case "同比", "上年", "上年同期", "去年", "去年同期", "上年末", "上一年", "上年度", "上一年度", "前一年", "去年末",
		"去年底", "上年底", "上一年末", "上一年同期":
		claim.since(years(max(year-1, 0)))
		return
	}
	if c.measured(f.Base, year, claim); first(claim.Base()) != "" && slices.Equal(claim.Base(), claim.Periods) {
		// 占51.2%，比2018年高: then the 51.2% is of another year than the one carried
		if k := c.previous(figures, i); k >= 0 && figures[k].periodAt < figures[k].Sentence.Start {
			claims[k].Trust = min(claims[k].Trust, Likely)
		}
	}
}

// betweenTold takes the change i, if two values of one thing stand right before it and the second is the older, to be
// from that to the first.
func (c *claimant) betweenTold(figures []Figure, claims []Claim, i int, claim *Claim) bool {
	k := c.previous(figures, i)
	n := -1
	if k >= 0 {
		n = c.previous(figures, k)
	}
	if n < 0 || figures[k].Kind != Value || figures[n].Kind != Value || claims[k].Name != claim.Name ||
		claims[n].Name != claim.Name || claims[n].Area != claims[k].Area {
		return false
	}
	from, _ := yearOf(first(claims[k].Periods))
	to, _ := yearOf(first(claims[n].Periods))
	if from == 0 || from >= to {
		return false
	}
	claim.since(years(from))
	claim.Periods = years(to)
	return true
}

// tellsBoth says whether the sentence itself has the values of n years apart that the change i lies between.
func (c *claimant) tellsBoth(figures []Figure, i, n int) bool {
	earlier, later := c.between(figures, i)
	if earlier < 0 {
		return false
	}
	from, _ := yearOf(figures[earlier].Period)
	to, _ := yearOf(figures[later].Period)
	return from > 0 && to-from == n
}

// amidst says whether f is told of so many years that may be counted with both of their ends: 三年间.
func (c *claimant) amidst(f Figure) bool {
	return slices.Contains(c.page.folded[max(f.Clause.Start, f.Start-maxSubject):f.Start], '间')
}

// follows says whether the statistic right before the change i is the value that moved.
func (c *claimant) follows(figures []Figure, claims []Claim, i int, claim Claim) bool {
	k := c.previous(figures, i)
	if k < 0 || figures[k].Kind != Value || claims[k].Trust != Firm || claims[k].Area != claim.Area {
		return false
	}
	return slices.Equal(claims[k].Terms, claim.Terms) && slices.Equal(claims[k].Periods, claim.Periods)
}

// sameBase is since when the changes before i in its sentence are, if those say so: 甲为95%，比上年提高1个百分点；乙为
// 90%，提高2个百分点.
func (c *claimant) sameBase(figures []Figure, claims []Claim, i int, claim Claim) []string {
	if !c.follows(figures, claims, i, claim) {
		return nil
	}
	for k := c.previous(figures, i); k >= 0 && i-k < maxLook; k = c.previous(figures, k) {
		if figures[k].Kind != Change || figures[k].Base == "" {
			continue
		}
		if said := claims[k]; !said.guessed && said.Against() == "" &&
			slices.Equal(said.Periods, claim.Periods) {
			return said.Base()
		}
		return nil
	}
	return nil
}

// besideChange is since when the change right before i is, which tells the same in another unit: 同比增加80人，增长2%.
func (c *claimant) besideChange(figures []Figure, claims []Claim, i int, claim Claim) []string {
	k := c.previous(figures, i)
	if k < 0 || figures[k].Kind != Change || claims[k].guessed || claims[k].Against() != "" ||
		(figures[k].Unit == "%") == (figures[i].Unit == "%") || figures[i].Start-figures[k].End > maxSubject/2 ||
		!slices.Equal(claims[k].Terms, claim.Terms) || !slices.Equal(claims[k].Periods, claim.Periods) ||
		claims[k].Area != claim.Area {
		return nil
	}
	return claims[k].Base()
}

// yearly says whether the change i is one since the year before though no words say so: texts of one year tell of
// those only.
func (c *claimant) yearly(figures []Figure, claims []Claim, i int, claim Claim) bool {
	f := figures[i]
	title := aboutOf.ReplaceAllString(string(c.folded[c.titled.Start:c.titled.End]), "")
	if !c.follows(figures, claims, i, claim) || !ofAYear.MatchString(title) || longer.MatchString(title) ||
		ofYears.MatchString(title) {
		return false
	}
	before := string(c.folded[max(c.scene.line(f.Start).Start, f.Start-2*maxSpread):f.Start])
	return !longer.MatchString(before)
}

// Titles of texts that tell of one year, and of those that tell of several.
var (
	ofAYear = regexp.MustCompile(`公报|统计资料|[\d〇零一二三四五六七八九]{4}年(度|的)?[^一]{0,16}(总结|汇报|监测|报告|简报|通报|述职|讲话|情况|要点)|年度`)
	aboutOf = regexp.MustCompile(`《[^》]*》|\([^)]*\)`) // what the text is about has years of its own
	ofYears = regexp.MustCompile(`[一二三四五]五|中期|终期|五年|评估|历年|以来|至\d{4}|-\d{4}年`)
)

// longer are words of changes over more than a year.
var longer = regexp.MustCompile(`以来|累计|[两二三四五六七八九十\d]年(间|来|共)|期间|规划(期|实施|执行|以来|之初|启动)|基期|[比较与由从]\d{4}年`)

// yearsOf are the two years of a span: 2016—2018年.
func yearsOf(word string) (first, last int) {
	if first, _ = yearOf(word); first == 0 {
		return 0, 0
	}
	if runes := []rune(word); len(runes) > 5 {
		last, _ = yearOf(string(runes[4:]))
	}
	return first, last
}

// farBase finds what a change is measured from if brackets stand between: 比2016年（11.05%）提高5.45个百分点.
func (c *claimant) farBase(f Figure, year int, claim *Claim) bool {
	across := false // 与2016年（10.16%）相比，提高
	for k := f.token - 1; k > 0 && k > f.token-maxLook && c.tokens[k].start >= f.Sentence.Start; k-- {
		t := c.tokens[k]
		across = across || t.role&compared != 0
		if t.role&(compare|versus) != 0 {
			words, _, _ := strings.Cut(string(c.page.folded[t.end:min(t.end+12, f.Start)]), "(")
			return c.measured(words, year, claim)
		}
		if t.role&mark != 0 && !across && c.tokens[k-1].role&compared == 0 {
			return false
		}
	}
	return false
}

// measured reads the time or the place that a change is measured from.
func (c *claimant) measured(words string, year int, claim *Claim) bool {
	if base, _ := c.when(words, "", year); len(base) > 0 {
		claim.since(base)
		return true
	}
	words = strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(words,
		"同年"), "同期"), "水平"), "平均")
	against := claim.less()
	if at, known := c.called[words]; known {
		against.against = c.places[at].Code
	} else if len([]rune(words)) == 2 && strings.ContainsAny(placeEnds, lastRune(words)) {
		against.against = c.upTo(c.home, lastRune(words))
	}
	if against.against != "" {
		claim.more = &against
	}
	return against.against != ""
}
