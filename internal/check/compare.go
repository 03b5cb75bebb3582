package check

// Whether a number as written can be the true one: digits, rounding, 近 and 超过. It knows neither indicators nor words
// around.

import (
	"math/big"
	"regexp"
	"slices"
	"strings"

	"yipanqi/internal/figurecheck"
	"yipanqi/internal/quantity"
)

// fit is how a number of a text stands against a true one.
type fit int

const (
	open    fit = iota // cannot be told: both are vague
	differs            // one of them is wrong
	unlike             // the figure's unit is not that of what it counts
	within             // true as qualified: 近 超过 约
	rounded            // true as rounded
	same
)

// truth is a number of the data.
type truth struct {
	rat      *big.Rat
	decimals int   // with which it is shown
	vague    hedge // 近 余 以上 约 of a quoted figure, or the bound of a target
	bound    bool  // it is a target: 达到80% says the same as 80%以上
}

// hedge is what a qualifier says about the true number.
type hedge int

const (
	plain  hedge = iota
	below        // 近 接近: a little less
	under        // 不足 低于: less
	most         // 以内 不超过: that or less
	above        // 余 多 超过: a little more
	least        // 以上 不少于: that or more
	about        // 约 左右
	unsure       // words that this table does not know
)

var hedges = map[hedge]string{
	plain: " 达 达到 高达 多达 仅 只 仅仅 最高 最低 =",
	below: "近 将近 接近",
	under: "不足 不到 不及 低于 少于 小于 <",
	most:  "以下 以内 之内 及以下 或以下 不超过 不高于 不多于 不大于 未超过 最多 至多 ≤ ≦",
	above: "余 多 几 来 超 超过 突破 高于 多于 大于 逾 已逾 有余 开外 强 之多 >",
	least: "以上 及以上 或以上 不少于 不低于 不小于 至少 最少 ≥ ≧",
	about: "约 大约 大概 左右 上下 ≈ 弱 不等",
}

func hedgeOf(qualifier string) hedge {
	if qualifier == "" {
		return plain
	}
	for h, list := range hedges {
		if strings.Contains(" "+list+" ", " "+qualifier+" ") {
			return h
		}
	}
	return unsure
}

var marks = map[quantity.Mark]hedge{quantity.Exact: plain, quantity.Nearly: below, quantity.Over: above,
	quantity.AtLeast: least, quantity.About: about}

// compare holds said, written with so many decimals (less than 0 for 万), against the truth. Rounding is half away from
// zero.
func compare(said *big.Rat, decimals int, qualifier string, t truth) fit {
	h := hedgeOf(qualifier)
	if t.vague != plain {
		return compareVague(said, h, t)
	}
	order := t.rat.Cmp(said)
	switch h {
	case plain:
		if order == 0 || shown(t.rat, t.decimals).Cmp(said) == 0 {
			return same
		}
		if decimals == t.decimals || shown(t.rat, decimals).Cmp(said) != 0 {
			return differs
		}
		if decimals > t.decimals {
			return same
		}
		return rounded
	case below:
		off := new(big.Rat).Sub(said, t.rat)
		if order < 0 && off.Cmp(times(said, 1, 10)) > 0 { // 近5亿 is not 4亿
			if off.Cmp(times(said, 1, 5)) >= 0 {
				return differs
			}
			return open
		}
		return bounded(-order, false, said, t.rat)
	case under, most:
		return bounded(-order, h == most, said, t.rat)
	case above, least:
		return bounded(order, h == least, said, t.rat)
	case about:
		off := new(big.Rat).Sub(t.rat, said)
		switch off.Abs(off); {
		case off.Cmp(times(said, 1, 20)) <= 0:
			return within
		case off.Cmp(times(said, 1, 10)) > 0:
			return differs
		}
	}
	return open
}

// bounded is the fit of a bound: order is positive if the truth lies on the side that the qualifier says.
func bounded(order int, or bool, said, truth *big.Rat) fit {
	off := new(big.Rat).Sub(truth, said)
	switch {
	case order == 0 && or:
		return within
	case order <= 0:
		return differs
	case off.Abs(off).Cmp(times(said, 1, 4)) <= 0:
		return within
	}
	return open // more than 5000 is true of 50000 too, but nobody says so
}

// compareVague is for a true number that is itself no more than 近5000 or 4000余.
func compareVague(said *big.Rat, h hedge, t truth) fit {
	of := t.vague
	if h == under { // 不到 and 近 are two words for one number
		h = below
	}
	order := said.Cmp(t.rat)
	switch {
	case order == 0 && (h == of || of == above && h == least || of == least && (h == above || h == plain && t.bound) ||
		of == most && (h == below || h == plain) && t.bound):
		return same
	case order == 0 && !t.bound && contrary(of, h):
		return differs
	case order == 0:
		return rounded
	case of == below && order > 0 && (h == plain || h == above || h == least), (of == above || of == least) &&
		order < 0 && (h == plain || h == below || h == most):
		return differs
	}
	return open
}

// contrary says whether two words put one number on different sides: 近95 is no 95以上. Of a target they may both be
// true: 接近 it is where one stands.
func contrary(of, h hedge) bool {
	switch of {
	case below:
		return h == above || h == least
	case above:
		return h == below || h == most
	case least:
		return h == below
	}
	return false
}

// shown is r rounded once to so many decimals; less than 0 rounds to tens, hundreds …
func shown(r *big.Rat, decimals int) *big.Rat {
	step := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(decimals, -decimals))), nil)
	above, below := new(big.Int).Abs(r.Num()), r.Denom()
	if decimals < 0 {
		below = new(big.Int).Mul(below, step)
	} else {
		above.Mul(above, step)
	}
	// half away from zero: (2a + b) / 2b, cut
	steps := above.Add(above.Lsh(above, 1), below)
	steps.Quo(steps, new(big.Int).Lsh(below, 1))
	if r.Sign() < 0 {
		steps.Neg(steps)
	}
	if decimals < 0 {
		return new(big.Rat).SetInt(steps.Mul(steps, step))
	}
	return new(big.Rat).SetFrac(steps, step)
}

func times(r *big.Rat, a, b int64) *big.Rat {
	out := new(big.Rat).Mul(r, big.NewRat(a, b))
	return out.Abs(out)
}

// units

var rates = map[string]*big.Rat{"%": big.NewRat(1, 100), "‰": big.NewRat(1, 1000), "/万": big.NewRat(1, 10_000),
	"/10万":  big.NewRat(1, 100_000),
	"/100万": big.NewRat(1, 1_000_000), "/千": big.NewRat(1, 1000)}

var pointsOf = map[string]string{"个百分点": "%", "个千分点": "‰", "个万分点": "/万", "个十万分点": "/10万"}

// alike are units that say the same of what is counted.
var alike = [][]string{
	{"人", "名", "位", "口"}, {"个", "家", "所", "处", "座", "间", "站", "站点", "床", "张", "张床", "床位"},
	{"件", "起", "宗", "例"}, {"场", "场次"}, {"部", "项", "份", "条", "篇"},
	{"平方米", "㎡", "m²", "m2", "平米"}, {"岁", "周岁"}, {"年", "岁"}, {"元/月", "元/人·月", "元/月·人", "元"},
}

// classifiers are the units that only some things are counted with, and what in their names says so: 3万所学位 is no
// 3万个.
var classifiers = map[string]*regexp.Regexp{
	"所":  regexp.MustCompile(`校|学院|大学|中学|小学|园|医院|保健院|卫生院|福利院|机构|中心|站|馆|室|所`),
	"家":  regexp.MustCompile(`企业|公司|机构|单位|园|院|中心|馆|店|社|组织|商|场|厂|家|站|网点|协会|基地`),
	"处":  regexp.MustCompile(`点|场|空间|基地|设施|站|中心|室|园|所|馆|地|处|家|区`),
	"座":  regexp.MustCompile(`馆|场|园|站|桥|厂|楼|厕|中心|库|塔|城|所`),
	"间":  regexp.MustCompile(`室|房|屋|舍|家|间|点|店`),
	"站":  regexp.MustCompile(`站|点`),
	"站点": regexp.MustCompile(`站|点`),
	"床":  regexp.MustCompile(`床|铺|托位`),
	"张":  regexp.MustCompile(`床|铺|证|卡|票|表|图`),
	"张床": regexp.MustCompile(`床`),
	"床位": regexp.MustCompile(`床`),
}

// mistaken says whether the figure's unit is another than that of the data, and none that the noun is counted with.
func mistaken(unit, figure, noun string) bool {
	fits := classifiers[figure]
	return normal(unit) != figure && fits != nil && !fits.MatchString(noun)
}

// normal is a unit of the data as figures have it.
func normal(unit string) string {
	unit = strings.TrimSpace(unit)
	if rest, found := strings.CutPrefix(unit, "1/"); found {
		return "/" + rest
	}
	return unit
}

// in is the truth of one unit in that of a figure; near says that they are the same but for the words.
func (t truth) in(unit, figure string) (out truth, near, ok bool) {
	unit = normal(unit)
	if unit == figure {
		return t, true, true
	}
	if a, b := rates[unit], rates[figure]; a != nil && b != nil {
		factor := new(big.Rat).Quo(a, b)
		t.rat = new(big.Rat).Mul(t.rat, factor)
		for ten := big.NewRat(10, 1); factor.Cmp(big.NewRat(1, 1)) > 0; factor.Quo(factor, ten) {
			t.decimals = max(t.decimals-1, 0)
		}
		for ten := big.NewRat(10, 1); factor.Cmp(big.NewRat(1, 1)) < 0; factor.Mul(factor, ten) {
			t.decimals++
		}
		return t, true, true
	}
	if unit == "" || figure == "" { // a cell of a table that names no unit
		return t, false, figure == "" || rates[figure] == nil
	}
	for _, units := range alike {
		if slices.Contains(units, unit) && slices.Contains(units, figure) {
			return t, true, true
		}
	}
	return t, false, false
}

// significant is how many digits of a figure are more than zeros that hold a place.
func significant(f figurecheck.Figure) (n int) {
	zeros := 0
	for _, r := range f.Value {
		switch {
		case r >= '1' && r <= '9':
			n, zeros = n+zeros+1, 0
		case r == '0' && n > 0:
			zeros++
		}
	}
	return n
}
