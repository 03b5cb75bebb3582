package check

// A level said in other words: it may be called wrong where what stands beside it leaves no other meaning. Which name
// the words mean is figurecheck's; a change is known by its own company (company.go).

import (
	"math/big"

	"yipanqi/internal/figurecheck"
	"yipanqi/internal/quantity"
)

// spokenLevel is what a figure says how high it is.
type spokenLevel struct {
	indicator, area, period, sex string
}

// levelsSaid counts for each level of which the text speaks how many of its figures are said of it, by their words.
func (r *Result) levelsSaid(claims []figurecheck.Claim) map[spokenLevel]int {
	said := map[spokenLevel]int{}
	for i, item := range r.Figures {
		if item.Kind == figurecheck.Value && item.Indicator != "" && !claims[i].Far {
			said[spokenLevel{item.Indicator, item.AreaCode, item.PeriodCode, claims[i].Sex}]++
		}
	}
	return said
}

// meant says whether the level i, of whose name the words leave no more open than that they are not its own, is surely
// of it: no other figure is said of the same, and others beside it agree that are of the same area and time.
func (r *Result) meant(claims []figurecheck.Claim, i int, said map[spokenLevel]int) bool {
	c, item := claims[i], r.Figures[i]
	if c.Doubts&^figurecheck.OfName != 0 || c.Trust < figurecheck.Likely || !c.Close || len(c.Also()) > 0 ||
		said[spokenLevel{item.Indicator, item.AreaCode, item.PeriodCode, c.Sex}] > 1 {
		return false
	}
	need := 1
	if !item.differs && c.Doubts == 0 { // a count whose name is said in part: the words may be those of another count
		need = 2
	}
	told := map[string]bool{}
	for k := max(0, i-nearby); k < min(len(r.Figures), i+nearby+1); k++ {
		other := r.Figures[k]
		if k != i && agrees(other) && other.Kind == figurecheck.Value && other.AreaCode == item.AreaCode &&
			other.PeriodCode == item.PeriodCode && significant(*other.Figure) > 2 {
			told[other.Indicator] = true
		}
	}
	return len(told) >= need
}

// standsBeside says whether the right number of what i is held to be stands near it itself: then i is of something else.
func (r *Result) standsBeside(i int, right string) bool {
	for k := max(0, i-nearby); k < min(len(r.Figures), i+nearby+1); k++ {
		if other := r.Figures[k]; k != i && other.Value == right && other.Unit == r.Figures[i].Unit {
			return true
		}
	}
	return false
}

// Between which parts of the right number, and within how many points of a share, one that is meant for it lies.
var (
	likelyRatio  = [2]*big.Rat{big.NewRat(3, 5), big.NewRat(5, 3)}
	likelyPoints = big.NewRat(12, 1)
)

// plausible says whether the number that is called wrong lies near enough to the right one to be meant for it.
func plausible(i Item) bool {
	said, _, ok := quantity.Decimal(i.Value)
	right, _, known := quantity.Decimal(i.Expected)
	if !ok || !known || right.Sign() <= 0 {
		return false
	}
	if rates[i.Unit] != nil {
		if off := new(big.Rat).Sub(said, right); off.Abs(off).Cmp(likelyPoints) > 0 {
			return false
		}
	}
	ratio := new(big.Rat).Quo(said, right)
	return ratio.Cmp(likelyRatio[0]) > 0 && ratio.Cmp(likelyRatio[1]) < 0
}
