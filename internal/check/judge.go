package check

// The verdict on a figure from its witnesses: to agree takes enough digits, to contradict takes that nothing else can
// be meant.

import (
	"math/big"
	"slices"
	"strings"

	"yipanqi/internal/figurecheck"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// judge gives the item the best verdict that any of the witnesses supports. That it is contradicted takes much more
// than that it is right: words that leave no doubt, and not one witness that may agree.
func (d data) judge(item *Item, figure figurecheck.Figure, c figurecheck.Claim, all []witness) {
	best, bestVerdict := -1, Unknown
	against, strange, open := -1, -1, false
	for n, w := range all {
		f, near := d.fit(figure, c, w)
		switch {
		case f == same || f == rounded || f == within:
			v := w.verdict
			if f != same && v != Unknown {
				v = Consistent
			}
			if !enough(figure, c, f, near) {
				open = true
				continue
			}
			if best < 0 || rank(v) < rank(bestVerdict) {
				best, bestVerdict = n, v
			}
		// incomplete, so it may still become so, or of others
		case f == differs && (w.verdict == Unknown || w.loose && !w.bound):
			item.loosely = item.loosely || w.verdict != Unknown && near && !w.bound
		case f == differs && near && !w.loose && (!worldsApart(figure, c.Scale, w) || d.slip(figure, c, w) != 0):
			if against < 0 {
				against = n
			}
		// a source that only says "over 40,000" leaves the exact number to the reports
		case f <= differs && w.quoted != nil && w.vague != plain && slices.ContainsFunc(all, w.exactly):
		case f == unlike:
			strange, open = n, true
		default:
			open = true
		}
	}
	item.differs = against >= 0
	switch {
	case best >= 0:
		item.support(all[best], bestVerdict)
	case against >= 0 && !open && c.Trust == figurecheck.Firm && d.settled(c, all, against):
		item.support(all[against], Contradicted)
		item.Expected = expected(figure, c, all[against])
		if figure.Kind == figurecheck.Change && strings.HasPrefix(item.Expected, "-") && !c.Change {
			item.Why = append(item.Why, say.New("数对，升降写反了"))
		}
		if power := d.slip(figure, c, all[against]); power != 0 {
			item.Why = append(item.Why, slips[power])
		}
	case strange >= 0:
		item.support(all[strange], Unknown)
		item.Why = append(item.Why, say.New("数据的单位是“%s”，文中写的是“%s”，请核对单位", all[strange].unit, figure.Unit))
	case against >= 0:
		item.support(all[against], Unknown)
		item.Why = append(item.Why, say.New("文字不足以断定说的就是它，请人工核对"))
	default:
		told := hint(all)
		if item.support(told, Unknown); told.broken {
			return
		}
		item.Why = append(item.Why, say.New("两边的说法都不够确切，无法比较"))
	}
}

// exactly says whether another witness is the exact number, from signed reports, of what this one only tells vaguely,
// and tells rightly.
func (w witness) exactly(other witness) bool {
	return exact(other) && other.vague == plain && other.rat != nil && !other.loose &&
		other.code == w.code && other.at == w.at && w.rat != nil && compareVague(other.rat, plain, w.truth) != differs
}

// worldsApart says whether a count is so far from the data, by a factor of twenty, that it must be one of something
// else: the five rooms of a shop are no mistake in the city's four thousand.
func worldsApart(f figurecheck.Figure, scale int, w witness) bool {
	said, _, ok := quantity.Decimal(f.Value)
	if !ok || w.rat == nil || w.rat.Sign() == 0 || said.Sign() == 0 || rates[normal(w.unit)] != nil ||
		strings.Contains(w.unit, "元") {
		return false
	}
	ratio := new(big.Rat).Quo(new(big.Rat).Mul(said, big.NewRat(pow10(scale), 1)), w.rat)
	ratio.Abs(ratio)
	return ratio.Cmp(big.NewRat(20, 1)) > 0 || ratio.Cmp(big.NewRat(1, 20)) < 0
}

// slips are what is said of a number that is right but for 万 or 亿.
var slips = map[int]say.Words{
	4:  say.New("恰好小了一万倍，请看单位是不是写错"),
	-4: say.New("恰好大了一万倍，请看单位是不是写错"),
	8:  say.New("恰好小了一亿倍，请看单位是不是写错"),
	-8: say.New("恰好大了一亿倍，请看单位是不是写错"),
}

// slipping are between which ratios of two numbers none can have slipped by 万.
var slipping = [2]*big.Rat{big.NewRat(1, 9), big.NewRat(9, 1)}

// slip is the power of ten by which a number of at least three digits has to be taken to be right; 0 if there is none.
func (d data) slip(f figurecheck.Figure, c figurecheck.Claim, w witness) int {
	said, _, ok := quantity.Decimal(f.Value)
	if !ok || significant(f) < 3 || f.Kind != figurecheck.Value || w.rat == nil || said.Sign() == 0 {
		return 0
	}
	// not even near another power, whatever the unit is that one of them is in
	off := new(big.Rat).Quo(w.rat, times(said, pow10(c.Scale), 1))
	if off.Sign() <= 0 || off.Cmp(slipping[0]) > 0 && off.Cmp(slipping[1]) < 0 {
		return 0
	}
	for power := range slips {
		g, ten := f, new(big.Rat).SetInt64(pow10(max(power, -power)))
		if power < 0 {
			ten.Inv(ten)
		}
		g.Value, g.Decimals = new(big.Rat).Mul(said, ten).FloatString(max(f.Decimals-power, 0)), f.Decimals-power
		if how, _ := d.fit(g, c, w); how == same || how == rounded {
			return power
		}
	}
	return 0
}

// hint is the witness to tell of where none decides: one that is complete, if there is one.
func hint(all []witness) witness {
	for _, w := range all {
		if w.verdict != Unknown {
			return w
		}
	}
	return all[0]
}

// settled says whether all the witnesses are of one period and of one indicator, or of all those that share the name
// and say the same: else the figure may mean another.
func (d data) settled(c figurecheck.Claim, all []witness, against int) bool {
	told := map[string]bool{}
	for _, w := range all {
		if w.at != all[against].at || w.code != all[against].code && (w.rat == nil ||
			w.rat.Cmp(all[against].rat) != 0) {
			return false
		}
		told[w.code] = true
	}
	for _, code := range c.Terms {
		if _, counted := d.elements.byCode[code]; !told[code] && !counted { // reports count it, but none came in
			return false
		}
	}
	return true
}

// rank orders verdicts that support a figure.
func rank(v Verdict) int {
	switch v {
	case Proven:
		return 0
	case Paper:
		return 1
	case Published:
		return 2
	case Consistent:
		return 3
	}
	return 4
}

// enough says whether an agreement can hardly be chance: few words want many digits.
func enough(f figurecheck.Figure, c figurecheck.Claim, how fit, near bool) bool {
	digits := significant(f)
	switch {
	case how == within && (c.Trust < figurecheck.Likely || c.Ahead): // 4.2万人以上 is a plan, not what was
		return false
	case c.Trust == figurecheck.Firm, c.Close && near:
		return true
	case c.Trust == figurecheck.Likely:
		return near || digits >= 3
	}
	return near && digits >= 3
}

// fit holds the figure against one witness; near says that their units are the same.
func (d data) fit(f figurecheck.Figure, c figurecheck.Claim, w witness) (how fit, near bool) {
	if w.rat == nil { // a standard in words, such as 1:2
		if f.Kind == figurecheck.Ratio && strings.ReplaceAll(w.unit, "：", ":") == f.Value+":"+f.Value2 {
			return same, true
		}
		return open, false
	}
	said, _, ok := quantity.Decimal(f.Value)
	if !ok {
		return open, false
	}
	if f.Kind == figurecheck.Ratio {
		return share(f, said, w)
	}
	t, near, comparable := w.in(w.unit, c.Unit)
	if counts := f.Kind == figurecheck.Value && c.Unit != "" && rates[normal(w.unit)] == nil; counts &&
		(!comparable || mistaken(w.unit, c.Unit, w.name.Name+f.Subject)) {
		return unlike, false
	} else if !comparable {
		return open, false
	}
	decimals := f.Decimals
	if c.Scale > 0 {
		said, decimals = new(big.Rat).Mul(said, big.NewRat(pow10(c.Scale), 1)), decimals-c.Scale
	}
	switch f.Kind {
	case figurecheck.Range:
		high, _, ok := quantity.Decimal(f.Value2)
		if ok && t.vague == plain && t.rat.Cmp(said) >= 0 && t.rat.Cmp(high) <= 0 {
			return within, near
		}
		return open, near
	case figurecheck.Change:
		t.rat = toward(f.Direction, t.rat)
		how = compare(said, decimals, f.Qualifier, t)
		if how == differs && w.asShown != nil { // 15.6% less 14.3% is 1.3, whatever digits they hide
			t.rat = toward(f.Direction, w.asShown)
			if shown := compare(said, decimals, f.Qualifier, t); shown != differs {
				return shown, near
			}
		}
		if off := new(big.Rat).Sub(said, t.rat); how == differs && hedgeOf(f.Qualifier) == plain &&
			off.Abs(off).Cmp(big.NewRat(2, 1)) < 0 && !exact(w) &&
			off.Cmp(new(big.Rat).SetFrac64(3, 2*pow10(t.decimals))) <= 0 {
			return rounded, near // both sources had rounded
		}
		if how == differs && c.Change && compare(new(big.Rat).Neg(said), decimals, f.Qualifier, t) != differs {
			return open, near // a table may leave out the sign
		}
		return how, near
	}
	if w.standard && said.Cmp(t.rat) == 0 { // from 60岁以上 on is what the rule says
		return same, near
	}
	return compare(said, decimals, f.Qualifier, t), near
}

// toward is a difference as a text tells it: 下降1.3 for −1.3, and without a direction as it is far.
func toward(direction string, r *big.Rat) *big.Rat {
	switch direction {
	case "down":
		return new(big.Rat).Neg(r)
	case "":
		return new(big.Rat).Abs(r)
	}
	return r
}

// exact says whether the witness was computed, not quoted.
func exact(w witness) bool { return w.verdict == Proven || w.verdict == Paper }

// share holds 三分之一 against a rate: within two in a hundred.
func share(f figurecheck.Figure, said *big.Rat, w witness) (fit, bool) {
	high, _, ok := quantity.Decimal(f.Value2)
	rate := rates[normal(w.unit)]
	if !ok || high.Sign() == 0 || rate == nil || w.vague != plain {
		return open, false
	}
	part := new(big.Rat).Quo(said, high)
	off := new(big.Rat).Sub(part, new(big.Rat).Mul(w.rat, rate))
	if off.Abs(off).Cmp(big.NewRat(2, 100)) <= 0 {
		return within, true
	}
	return open, true
}

// support notes on whom the verdict rests.
func (i *Item) support(w witness, v Verdict) {
	i.Verdict, i.Indicator, i.Name, i.Proof, i.Simulated = v, w.code, w.name.Name, w.proof, w.simulated
	i.AreaCode, i.PeriodCode = w.area.Code, w.at.String()
	i.Why = append(i.Why, w.said)
}

// expected is the right value as a plain decimal in the figure's own unit and scale, rounded as the data show it.
func expected(f figurecheck.Figure, c figurecheck.Claim, w witness) string {
	if w.rat == nil {
		return w.unit
	}
	t, _, _ := w.in(w.unit, c.Unit)
	r := t.rat
	if c.Scale > 0 {
		r, t.decimals = new(big.Rat).Quo(r, big.NewRat(pow10(c.Scale), 1)), t.decimals+c.Scale
	}
	switch {
	case c.Change: // with its sign, as the column has it
		r = toward(f.Direction, r)
	case f.Kind == figurecheck.Change && !turned(f, r):
		r = new(big.Rat).Abs(r)
	case f.Kind == figurecheck.Change: // the other way: −0.9 of 下降0.9
		r = toward(f.Direction, r)
	}
	return trimZeros(quantity.Round(r, t.decimals))
}

// turned says whether only the direction of the change is wrong.
func turned(f figurecheck.Figure, r *big.Rat) bool {
	said, decimals, ok := quantity.Decimal(f.Value)
	return ok && toward(f.Direction, r).Sign() < 0 && shown(new(big.Rat).Abs(r), decimals).Cmp(said) == 0
}

func trimZeros(text string) string {
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}
