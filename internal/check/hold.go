package check

// Which numbers of the data a figure may mean, and what it lacks if none. Which of them decides is judge.go's.

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/element"
	"yipanqi/internal/figurecheck"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// data is what figures are held against, read once for a text.
type data struct {
	indicators map[string]indicator.Indicator // by code
	parameters map[string][]indicator.Parameter
	calibres   map[int64]element.Calibre
	areas      map[string]network.Area // open or not, the newest row of a code
	values     map[place]progress.Value
	levelled   map[calibrated][]witness               // what they say, worked out once
	targets    map[int64]map[int64][]indicator.Target // by area and indicator
	elements   elements
}

type place struct {
	indicator, area string
	period          period.Period
	sex             int
}

// witness is one number of the data that a figure may be held against.
type witness struct {
	truth
	unit      string
	value     progress.Value
	quoted    *progress.Quoted
	verdict   Verdict // if the figure equals it; Unknown for what is incomplete
	simulated bool
	standard  bool     // set by a rule
	asShown   *big.Rat // of a difference: that of the two values as they are shown
	broken    bool     // a change that cannot be told: the two numbers do not mean the same
	loose     bool     // may mean something else: it can support a figure, not contradict it
	proof     string
	code      string
	name      network.Label
	at        period.Period
	area      network.Area
	said      say.Words // what the data say
}

// hold holds the figure against the data; what is said of several areas has to be right in each of them.
func (d data) hold(written *figurecheck.Figure, c figurecheck.Claim) Item {
	item := d.holdOne(written, c)
	for _, code := range c.Also() {
		if item.Verdict == Unknown || item.Verdict == Contradicted {
			break
		}
		c.Area = code
		if other := d.holdOne(written, c); rank(other.Verdict) > rank(item.Verdict) {
			item = other
		}
	}
	return item
}

func (d data) holdOne(written *figurecheck.Figure, c figurecheck.Claim) Item {
	item := Item{Figure: written}
	if !written.Kind.Statistic() {
		return item
	}
	item.Verdict, item.AreaFrom, item.PeriodFrom = Unknown, c.AreaFrom, c.PeriodFrom
	f := *written
	if c.Change {
		f.Kind, f.Unit, f.Direction = figurecheck.Change, c.Unit, "up" // -0.5 of what went down
		if c.Falls {
			f.Direction = "down"
		}
	}
	area, known := d.areas[c.Area]
	switch {
	case c.Trust == figurecheck.Unnamed:
		return item.lacking(NoIndicator)
	case c.Placeless && !c.Far:
		return item.lacking(NoArea)
	case !known && !c.Placeless:
		return item.lacking(Elsewhere)
	}
	if len(c.Periods) == 0 && !strings.ContainsAny(f.Period, "0123456789") && !c.Far {
		d.name(&item, c, area)
		return item.lacking(NoPeriod)
	}
	witnesses := d.witnesses(f, c, area)
	if len(witnesses) == 0 && !c.Far {
		d.name(&item, c, area)
		return item.lacking(NoData)
	}
	if len(witnesses) > 0 {
		d.judge(&item, f, c, witnesses)
	}
	if item.Verdict == Unknown && c.Far { // what a line above names need not be meant here
		return Item{Figure: written, Verdict: Unknown}.lacking(NoIndicator)
	}
	if item.Verdict == Unknown { // why is said already
		item.Lacks = Doubt
	}
	return item
}

// lacking is the item, unknown because the words or the data lack something.
func (i Item) lacking(what Lack) Item {
	i.Lacks, i.Why = what, lacks[what]
	return i
}

// lacks are the words for it; figures share them.
var lacks = map[Lack][]say.Words{
	NoIndicator: {say.New("没有认出它是哪一项指标")},
	NoArea:      {say.New("文中没有说是哪个地区，也没有给这份文字选定地区")},
	Elsewhere:   {say.New("文中的地区不在本系统的数据里")},
	NoPeriod:    {say.New("文中没有说是哪个时间，也没有给这份文字填年份")},
	NoData:      {say.New("本系统没有这个地区、这个期间的数据")},
}

// name says what the figure seems to be about.
func (d data) name(item *Item, c figurecheck.Claim, area network.Area) {
	item.AreaCode, item.Indicator, item.sex = area.Code, c.Terms[0], c.Sex
	if len(c.Periods) > 0 {
		item.PeriodCode = c.Periods[0]
	}
	item.Name = d.nameOf(c.Terms[0])
}

// witnesses are all numbers that the figure may mean, the likeliest first.
func (d data) witnesses(f figurecheck.Figure, c figurecheck.Claim, area network.Area) (all []witness) {
	for _, code := range c.Terms {
		if list, is := d.parameters[code]; is {
			all = append(all, d.standards(list, c, area)...)
			continue
		}
		i := d.indicators[code]
		if f.Kind == figurecheck.Value { // even where no word says so: agreeing with a target is no chance
			goals := d.goals(i, c, area)
			if !c.Target {
				goals = supporting(goals)
			}
			all = append(all, goals...)
		}
		for n, text := range c.Periods {
			p, err := period.Parse(text)
			if err != nil {
				continue
			}
			at := place{code, area.Code, p, sexOf(c.Sex)}
			switch {
			case f.Kind == figurecheck.Change && n == 0:
				all = append(all, d.changes(f, c, at)...)
			case f.Kind != figurecheck.Change && !c.Target:
				all = append(all, d.levels(c, at)...)
			}
			if at.sex != quantity.SexTotal && len(all) == 0 { // 妇女 may only be a part of the name
				at.sex = quantity.SexTotal
				all = append(all, supporting(d.levels(c, at))...)
			}
		}
	}
	return all
}

// supporting are witnesses that may agree, but never contradict.
func supporting(all []witness) []witness {
	for n := range all {
		all[n].loose = true
	}
	return all
}

func sexOf(code string) int {
	sex, err := quantity.ParseSex(code)
	if err != nil || code == "" {
		return quantity.SexTotal
	}
	return sex
}

// changes are the differences of what the data say of two periods, or of two areas.
func (d data) changes(f figurecheck.Figure, c figurecheck.Claim, at place) (all []witness) {
	if _, known := d.areas[c.Against()]; known && c.Against() != at.area {
		other := at
		other.area = c.Against()
		return d.differences(f, c, at, other)
	}
	for _, text := range c.Base() {
		p, err := period.Parse(text)
		if err != nil || p == at.period {
			continue
		}
		since := at
		since.period = p
		all = append(all, d.differences(f, c, at, since)...)
	}
	return all
}

func (d data) differences(f figurecheck.Figure, c figurecheck.Claim, at, from place) (all []witness) {
	var broken []witness
	for _, later := range d.levels(c, at) {
		for _, earlier := range d.levels(c, from) {
			switch why := progress.Break(d.meant(earlier), d.meant(later)); {
			case later.vague != plain || earlier.vague != plain:
			case why.Key == "":
				all = append(all, change(f, later, earlier)...)
			default:
				w := later
				w.rat, w.unit, w.verdict, w.broken = nil, "", Unknown, true
				w.said = say.New("%s和%s的数：%s", earlier.at, later.at, why)
				broken = append(broken, w)
			}
		}
	}
	if len(all) == 0 {
		return broken
	}
	return all
}

// meant is the witness's value with what it means.
func (d data) meant(w witness) progress.Value {
	v := w.value
	if w.quoted != nil {
		v.Calibre = d.calibres[w.quoted.CalibreID]
	}
	return v
}

// change is later − earlier in points or units, and in percent of the earlier one where the figure may mean that.
func change(f figurecheck.Figure, later, earlier witness) (all []witness) {
	w := later
	w.verdict = weaker(later.verdict, earlier.verdict)
	w.simulated = later.simulated || earlier.simulated
	w.rat = new(big.Rat).Sub(later.rat, earlier.rat)
	w.asShown = new(big.Rat).Sub(shown(later.rat, later.decimals), shown(earlier.rat, earlier.decimals))
	w.decimals = max(later.decimals, earlier.decimals)
	unit := normal(w.unit)
	if later.quoted != nil && earlier.quoted == nil {
		w.proof = earlier.proof
	}
	differ := func(off *big.Rat, decimals int, unit string) say.Words {
		was, is := any(earlier.at), any(later.at)
		if later.area.Code != earlier.area.Code {
			was, is = label(earlier.area), label(later.area)
		}
		return say.New("%s是%s，%s是%s，相差%s", was,
			said(earlier.rat, earlier.decimals, quantity.Exact, earlier.unit, ""),
			is, said(later.rat, later.decimals, quantity.Exact, later.unit, ""),
			said(new(big.Rat).Abs(off), decimals, quantity.Exact, unit, ""))
	}
	if points := pointsOf[f.Unit]; rates[unit] == nil && f.Unit != "%" || points == unit {
		w.unit = f.Unit
		if points == "" {
			w.unit = unit
		}
		w.said = differ(w.rat, w.decimals, w.unit)
		all = append(all, w)
	}
	if f.Unit == "%" && earlier.rat.Sign() > 0 {
		w.rat = new(big.Rat).Mul(new(big.Rat).Quo(w.rat, earlier.rat), big.NewRat(100, 1))
		w.unit, w.decimals, w.asShown = "%", max(f.Decimals, 1), nil
		w.loose = w.loose || strings.Contains(unit, "元") // growth may be told in constant prices
		w.said = differ(w.rat, w.decimals, w.unit)
		all = append(all, w)
	}
	return all
}

func label(a network.Area) say.Name { return say.Name{ZH: a.Name, EN: a.NameEN} }

func weaker(a, b Verdict) Verdict {
	for _, v := range []Verdict{Unknown, Published, Paper} {
		if a == v || b == v {
			return v
		}
	}
	return Proven
}

// standards are what the rules in force in the periods set.
func (d data) standards(list []indicator.Parameter, c figurecheck.Claim, area network.Area) (all []witness) {
	for _, p := range list {
		for _, text := range c.Periods {
			end := text + "-12-31"
			if at, err := period.Parse(text); err != nil || len(text) != 4 || p.OpensOn > end || p.ClosesOn != "" &&
				p.ClosesOn <= end || !d.covers(p.AreaID, area) {
				continue
			} else if r, decimals, ok := quantity.Decimal(p.Value); ok {
				all = append(all, witness{truth: truth{rat: r, decimals: decimals}, unit: p.Unit, standard: true,
					verdict: Published, proof: "/parameters", code: p.Code,
					name: network.Label{Name: p.Name, NameEN: p.NameEN}, at: at, area: area,
					said: say.New("“%s”所载的标准是%s", p.SourceTitle, said(r, decimals, quantity.Exact, p.Unit, ""))})
			} else {
				all = append(all, witness{unit: p.Value, verdict: Published, proof: "/parameters", code: p.Code,
					name: network.Label{Name: p.Name, NameEN: p.NameEN}, at: at, area: area,
					said: say.New("“%s”所载的标准是%s", p.SourceTitle, p.Value)})
			}
		}
	}
	return all
}

// covers says whether a rule of one area holds in another, which lies within.
func (d data) covers(id int64, area network.Area) bool {
	return strings.Contains("."+area.Path, "."+strconv.FormatInt(id, 10)+".")
}

// goals are what the plans ask of the indicator in the area.
func (d data) goals(i indicator.Indicator, c figurecheck.Claim, area network.Area) (all []witness) {
	for _, t := range d.targets[area.ID][i.ID] {
		r, decimals, ok := quantity.Decimal(t.Value)
		if !ok || !slices.Contains(c.Periods, strconv.Itoa(t.Year)) {
			continue
		}
		at, _ := period.FromInt(t.Year * 100)
		all = append(all, witness{truth: truth{r, decimals,
			map[string]hedge{indicator.AtLeast: least, indicator.AtMost: most}[t.Op], true}, unit: i.Unit,
			verdict: Published, proof: "/plans/" + t.Plan, code: i.Code,
			name: network.Label{Name: i.Name, NameEN: i.NameEN}, at: at, area: area,
			said: say.New("规划的目标是%s", t.Words)})
	}
	return all
}
