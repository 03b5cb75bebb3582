package progress

// A published figure beside the number that reports give, and the words for what is not in yet. How values are judged
// is judge_test.go's.

import (
	"strings"
	"testing"

	"yipanqi/internal/element"
	"yipanqi/internal/fact"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

func TestAQuotedFigureIsHeldAgainstTheComputedOne(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		computed         string
		mark             quantity.Mark
		calibre, quoted  int64
		status           Status
		compared, agrees bool
	}{
		{"16.54", quantity.Exact, 0, 0, Proven, true, true},
		{"16.55", quantity.Exact, 0, 0, Proven, true, false},
		{"16.50", quantity.Nearly, 0, 0, Proven, true, true},
		{"16.49", quantity.Nearly, 0, 0, Proven, true, true},
		{"16.51", quantity.Nearly, 0, 0, Proven, true, false},
		{"16.50", quantity.Over, 0, 0, Proven, true, true},
		{"16.51", quantity.AtLeast, 0, 0, Proven, true, true},
		{"16.49", quantity.Over, 0, 0, Proven, true, false},
		{"16.50", quantity.About, 0, 0, Proven, false, false},
		{"16.50", quantity.Exact, 1, 1, Proven, true, true},
		{"16.50", quantity.Exact, 1, 0, Proven, true, true},
		{"16.50", quantity.Exact, 0, 1, Proven, true, true},
		{"16.50", quantity.Exact, 1, 2, Proven, false, false},
		{"16.50", quantity.Exact, 0, 0, Incomplete, false, false},
	} {
		v := point(t, "2018="+c.computed)
		v.Calibre.ID, v.Status = c.calibre, c.status
		q := Quoted{Published: indicator.Published{Mark: c.mark, CalibreID: c.quoted}, Decimals: 1,
			Rat: point(t, "2018=16.5").Rat}
		q.compare(v)
		if q.Compared != c.compared || q.Agrees != c.agrees {
			t.Errorf("%+v: compared %t, agrees %t", c, q.Compared, q.Agrees)
		}
	}
}

func TestWordsForWhatIsNotIn(t *testing.T) {
	t.Parallel()
	why := []say.Words{say.New("分母为0，没有结果")}
	answer := []Part{{}}
	answer[0].Amount.Own, answer[0].Amount.Mark = true, quantity.NotApplicable
	for _, c := range []struct {
		due, reported int
		why           []say.Words
		parts         []Part
		status        Status
		words         string
	}{
		{1, 0, nil, nil, Incomplete, "2018年的报表还没有审核通过"},
		{1, 1, nil, nil, Incomplete, "2018年的数据不全"},
		{2, 0, nil, nil, Incomplete, "2018年2个区中0个已报，数据不全"},
		{2, 1, nil, nil, Incomplete, "2018年2个区中1个已报，数据不全"},
		{2, 2, nil, nil, Incomplete, "2018年的数据不全"},
		{2, 2, nil, nil, Proven, ""},
		{2, 2, why, nil, Proven, "2018年：分母为0，没有结果"},
		{2, 1, why, nil, Incomplete, "2018年2个区中1个已报，数据不全"}, // what is missing comes before why
		{1, 1, why, answer, Incomplete, "2018年：分母为0，没有结果"},
	} {
		v := point(t, "2018=1")
		v.Due, v.Reported, v.Why, v.Parts, v.Status = c.due, c.reported, c.why, c.parts, c.status
		v.DueLevel = network.Label{Name: "区"}
		j := judge{}
		j.unfinished(v)
		if got := say.Chinese(j.Words); got != c.words {
			t.Errorf("%d of %d, %s: %q, want %q", c.reported, c.due, c.status, got, c.words)
		}
	}
}

// As good as at the beginning is not worse.
func TestLevelIsNotWorse(t *testing.T) {
	t.Parallel()
	target := indicator.Target{Op: "ge", Value: "30", Year: 2020, BaselineYear: 2015, Level: "own"}
	for number, lamp := range map[string]Lamp{"30": LampMet, "20": LampBehind} {
		v := Judge(series(t, "2015="+number, "2018="+number), target)
		if words := say.Chinese(v.Words); v.Lamp != lamp || strings.Contains(words, "比2015年差") {
			t.Errorf("%s all the time: %s, %s", number, v.Lamp, words)
		}
	}
}

// Of two sources as good as each other the first counts.
func TestTheFirstOfEqualSourcesIsQuoted(t *testing.T) {
	t.Parallel()
	b := &book{definitions: &definitions{calibres: map[int64]element.Calibre{}}}
	v := point(t, "2018=1")
	v.Published = []Quoted{{Published: indicator.Published{Value: "1"}}, {Published: indicator.Published{Value: "2"}}}
	if b.quote(&v); v.Quoted != &v.Published[0] {
		t.Errorf("quoted is %+v", v.Quoted)
	}
}

// How much is in is said of the part that lacks most, of the first of those that lack as much; a part that nobody owes
// says nothing. The calibre is that of the parts that have one.
func TestCoverageIsOfThePartThatLacksMost(t *testing.T) {
	t.Parallel()
	b := &book{definitions: &definitions{calibres: map[int64]element.Calibre{2: {ID: 2}}}}
	part := func(due, in int, calibre int64) Part {
		return Part{Amount: fact.Amount{Due: due, Reported: in}, Calibre: calibre}
	}
	for _, c := range []struct {
		parts   []Part
		due, in int
		calibre int64
	}{
		{[]Part{part(0, 2, 0)}, 0, 0, 0},
		{[]Part{part(3, 2, 0), part(5, 4, 0)}, 3, 2, 0},
		{[]Part{part(3, 2, 0), part(5, 3, 0)}, 5, 3, 0},
		{[]Part{part(5, 3, 2), part(3, 2, 0)}, 5, 3, 2},
	} {
		v := Value{Parts: c.parts}
		if b.grade(&v); v.Due != c.due || v.Reported != c.in || v.Calibre.ID != c.calibre {
			t.Errorf("%+v: %d of %d in, calibre %d", c, v.Reported, v.Due, v.Calibre.ID)
		}
	}
}

// What programs are told of the parts of a value: nothing of one that nobody reported, nothing of a number that is
// confidential or from which one could be worked out.
func TestPartsForPrograms(t *testing.T) {
	for what, c := range map[string]struct {
		amount fact.Amount
		want   string
	}{
		"reported":                 {fact.Amount{Value: 5, Reported: 1}, "5"},
		"nobody reported":          {fact.Amount{}, ""},
		"confidential":             {fact.Amount{Value: 5, Reported: 1, Hidden: 1}, ""},
		"a sum that hides one":     {fact.Amount{Value: 9, Reported: 3, Hidden: 1}, ""},
		"a sum that hides several": {fact.Amount{Value: 9, Reported: 3, Hidden: 2}, "9"},
	} {
		shown := Value{Parts: []Part{{Element: &element.Element{}, Amount: c.amount}}}.Shown()
		if len(shown.Parts) != 1 || shown.Parts[0].Value != c.want {
			t.Errorf("%s: programs are told %+v, want %q", what, shown.Parts, c.want)
		}
	}
}
