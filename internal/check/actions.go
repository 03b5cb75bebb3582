package check

// A text held against the data that its reader may see: names are loaded, figures found, values read in few statements.
// How one figure stands is hold.go's and judge.go's.

import (
	"errors"
	"slices"
	"strings"

	"yipanqi/internal/attest"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/figurecheck"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/progress"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
)

// Reader is for whom a text is checked: what they may see, and the unit whose corrections go before others'.
type Reader struct {
	sees func(areaPath string) bool
	unit string
	path string // of the unit's area
	top  bool   // the whole installation's
}

// Everything is for commands on the server's own command line: corrections are those that hold for all.
var Everything = Reader{sees: func(string) bool { return true }, top: true}

// SeenBy is what a user may read, in their first post.
func SeenBy(by auth.User) Reader {
	if len(by.Posts) == 0 {
		return Reader{sees: by.SeesFigures}
	}
	return reader(by, by.Posts[0].Unit)
}

// reader is the user in a unit.
func reader(by auth.User, unit string) Reader {
	r := Reader{sees: by.SeesFigures, unit: unit}
	for _, p := range by.Posts {
		if p.Unit == unit {
			r.path = p.AreaPath
		}
	}
	return r
}

// often is after how many figures it is asked whether to go on.
const often = 256

// Text finds the figures of a text and holds them against the data that the reader may see: others are as if there were
// none. areaCode "" and year 0 leave it to the text what it is about: where it does not say, nothing is held.
func Text(tx *db.Tx, by Reader, text, areaCode string, year int) (Result, error) {
	if !sensible(year) {
		return Result{}, errs.Invalidf(wrongYear)
	}
	d, v, err := load(tx)
	if err != nil {
		return Result{}, err
	}
	if areaCode != "" {
		if area, known := d.areas[areaCode]; !known || !by.sees(area.Path) {
			return Result{}, errs.Missingf("没有代码为%s的地区，或者它不在您的工作范围内。", areaCode)
		}
	}
	if by.top {
		root, err := network.Root(tx)
		if err != nil && errs.KindOf(err) != errs.Missing {
			return Result{}, err
		}
		by.path = root.Path
	}
	text = body(text)
	reading, err := v.Read(tx.Context, text, figurecheck.About{Area: areaCode, Year: year})
	if errors.Is(err, figurecheck.ErrTooMany) {
		return Result{}, errs.Invalidf("文字里的数字超过22万个，请分成几部分核对。")
	} else if err != nil {
		return Result{}, err
	}
	corrected, err := d.correct(tx, by, text, &reading)
	if err != nil {
		return Result{}, err
	}
	for code, area := range d.areas {
		if !by.sees(area.Path) {
			delete(d.areas, code)
		}
	}
	if err := d.read(tx, reading); err != nil {
		return Result{}, err
	}
	r := Result{Figures: make([]Item, len(reading.Figures))}
	for i := range reading.Figures {
		if i%often == 0 && tx.Context.Err() != nil {
			return Result{}, tx.Context.Err()
		}
		r.Figures[i] = d.hold(&reading.Figures[i], reading.Claims[i])
		r.Figures[i].Corrected = corrected[i]
		if corrected[i] != nil && len(reading.Claims[i].Terms) == 0 {
			r.Figures[i].Lacks = NoIndicator
			r.Figures[i].Why = []say.Words{say.New("有人核对过：它不是本系统的指标")}
		}
	}
	d.witnessed(&r, reading.Claims)
	history := past{map[asked][]undo{}, map[place][]before{}, map[told]int{}}
	for i, item := range r.Figures {
		if item.Verdict == Contradicted || item.Verdict == Unknown && item.differs && significant(*item.Figure) >= 3 {
			if r.Figures[i], err = d.since(tx, history, item, reading.Claims[i]); err != nil {
				return Result{}, err
			}
		}
	}
	r.add(reading.Sums)
	for i := range r.Figures {
		r.Figures[i].Candidates = d.candidates(r.Figures[i], reading.Claims[i])
	}
	return r, r.distrust(tx)
}

// distrust takes every verdict away when a definition is not the one that was journaled: what figures mean is then
// anybody's word.
func (r *Result) distrust(tx *db.Tx) error {
	whole, err := attest.Whole(tx)
	if err != nil || whole {
		return err
	}
	for n := range r.Figures {
		if i := &r.Figures[n]; i.Kind.Statistic() {
			i.Verdict, i.Lacks, i.Expected, i.Proof = Unknown, "", "", ""
			i.Why = []say.Words{say.New("定义与存证日志不符，数不能采信")}
		}
	}
	return nil
}

// load reads what things are called.
func load(tx *db.Tx) (d data, v *figurecheck.Vocabulary, err error) {
	d = data{indicators: map[string]indicator.Indicator{}, parameters: map[string][]indicator.Parameter{},
		areas:    map[string]network.Area{},
		values:   map[place]progress.Value{},
		levelled: map[calibrated][]witness{}, targets: map[int64]map[int64][]indicator.Target{}}
	aliases, err := indicator.Aliases(tx)
	if err != nil {
		return d, nil, err
	}
	var terms []figurecheck.Term
	indicators, err := indicator.List(tx)
	if err != nil {
		return d, nil, err
	}
	for _, i := range indicators {
		d.indicators[i.Code] = i
		terms = append(terms, figurecheck.Term{Code: i.Code, Unit: i.Unit,
			Names: append(called(i.Name), aliases[i.Code]...)})
	}
	if d.elements, err = loadElements(tx, indicators); err != nil {
		return d, nil, err
	}
	terms = append(terms, d.elements.terms(aliases)...)
	parameters, err := indicator.Parameters(tx)
	if err != nil {
		return d, nil, err
	}
	for _, p := range parameters {
		if d.parameters[p.Code] = append(d.parameters[p.Code], p); len(d.parameters[p.Code]) == 1 {
			terms = append(terms, figurecheck.Term{Code: p.Code, Unit: p.Unit,
				Names: append([]string{p.Name}, aliases[p.Code]...)})
		}
	}
	if d.calibres, err = element.Calibres(tx); err != nil {
		return d, nil, err
	}
	var calibres []figurecheck.Calibre
	for _, c := range d.calibres {
		if c.ID != 0 {
			calibres = append(calibres, figurecheck.Calibre{Code: c.Code,
				Words: []string{c.Name, strings.TrimSuffix(c.Name, "人口")}})
		}
	}
	slices.SortFunc(calibres, func(a, b figurecheck.Calibre) int { return strings.Compare(a.Code, b.Code) })
	areas, err := network.AllAreas(tx)
	if err != nil {
		return d, nil, err
	}
	return d, figurecheck.NewVocabulary(terms, d.places(areas), calibres), nil
}

// places keeps the newest row of each area.
func (d data) places(areas []network.Area) (all []figurecheck.Place) {
	codes := map[int64]string{}
	for _, a := range areas {
		codes[a.ID] = a.Code
		if old, known := d.areas[a.Code]; !known || old.OpensOn < a.OpensOn {
			d.areas[a.Code] = a
		}
	}
	for _, a := range areas {
		if d.areas[a.Code].ID == a.ID {
			all = append(all, figurecheck.Place{Code: a.Code, Above: codes[a.ParentID],
				Names: []string{a.Name, a.ShortName}})
		}
	}
	return all
}

// called is an indicator's name and what is left without the word for "number of" at its end and quotation marks.
func called(name string) []string {
	names := []string{name}
	bare := strings.NewReplacer("“", "", "”", "").Replace(name)
	if bare != name {
		names = append(names, bare)
	}
	for _, end := range []string{"比例", "比重", "占比"} {
		if rest, found := strings.CutSuffix(bare, end); found && strings.Contains(rest, "中女") {
			names = append(names, rest+"占", rest+"占比", rest+"比例", rest+"比重", rest+"所占比例", rest+"所占比重")
		}
	}
	for _, end := range []string{"人数", "人次", "场次", "数量", "总数", "件数", "数"} {
		if rest, found := strings.CutSuffix(bare, end); found && len([]rune(rest)) >= 4 {
			return append(names, rest, rest+"总数", rest+"数量")
		}
	}
	return names
}

// wants is what the claims of one area ask for, each thing once however many of them do.
type wants struct {
	progress.Query
	counted []string
	asked   map[string]bool
}

// first says whether nobody asked for it yet.
func (w *wants) first(what string) bool {
	if w.asked[what] {
		return false
	}
	w.asked[what] = true
	return true
}

// want notes what the claim asks for in the area.
func (d data) want(w *wants, c figurecheck.Claim) {
	if c.Against() != "" && w.first(c.Against()) {
		if other, known := d.areas[c.Against()]; known && other.ID != w.Areas[0].ID {
			w.Areas = append(w.Areas, other)
		}
	}
	for _, code := range c.Terms {
		if !w.first(code) {
			continue
		}
		if one, known := d.indicators[code]; known {
			w.Indicators = append(w.Indicators, one)
		} else if _, known := d.elements.byCode[code]; known {
			w.counted = append(w.counted, code)
		}
	}
	for _, texts := range [][]string{c.Periods, c.Base()} {
		for _, text := range texts {
			if !w.first(text) {
				continue
			}
			if p, err := period.Parse(text); err == nil {
				w.Periods = append(w.Periods, p)
			}
		}
	}
	if sex := sexOf(c.Sex); !slices.Contains(w.Sexes, sex) {
		w.Sexes = append(w.Sexes, sex)
	}
}

// read fetches all values that the claims speak of, area by area: reports speak of one area most of the time.
func (d data) read(tx *db.Tx, r figurecheck.Reading) error {
	wanted := map[string]*wants{}
	ask := func(code string, c figurecheck.Claim) error {
		w := wanted[code]
		if w == nil {
			area, known := d.areas[code]
			if !known {
				return nil
			}
			targets, err := progress.Targets(tx, area.ID, 0)
			if err != nil {
				return err
			}
			d.targets[area.ID] = targets
			w = &wants{Query: progress.Query{Areas: []network.Area{area}, Sexes: []int{quantity.SexTotal}},
				asked: map[string]bool{}}
			wanted[code] = w
		}
		d.want(w, c)
		return nil
	}
	for i := range r.Claims {
		c := r.Claims[i]
		if !r.Figures[i].Kind.Statistic() || c.Trust == figurecheck.Unnamed {
			continue
		}
		if err := ask(c.Area, c); err != nil {
			return err
		}
		for _, code := range c.Also() {
			if err := ask(code, c); err != nil {
				return err
			}
		}
	}
	for code, w := range wanted {
		if err := d.elements.read(tx, d.areas[code], w.counted, w.Periods); err != nil {
			return err
		}
		if len(w.Indicators) == 0 || len(w.Periods) == 0 {
			continue
		}
		values, err := progress.Values(tx, w.Query)
		if err != nil {
			return err
		}
		for _, v := range values {
			d.values[place{v.Indicator.Code, v.Area.Code, v.Period, v.Sex}] = v
		}
	}
	return nil
}

// anyContradicted says whether one of the figures is wrong itself: then what follows from it is no measure.
func (r *Result) anyContradicted(of []int) bool {
	return slices.ContainsFunc(of, func(k int) bool {
		return r.Figures[k].Verdict == Contradicted || r.Figures[k].Verdict == Changed
	})
}

// add notes the text's own arithmetic beside its figures. What the data say of a figure goes before it.
func (r *Result) add(sums []figurecheck.Sum) {
	for _, s := range sums {
		item := &r.Figures[s.Figure]
		of := make([]string, len(s.Of))
		for n, k := range s.Of {
			of[n] = r.Figures[k].Text
		}
		from := strings.Join(of, "、")
		switch {
		case s.Kind == figurecheck.Part:
			if item.Verdict == Unknown && !r.anyContradicted(s.Of) {
				item.Verdict, item.Lacks = Contradicted, ""
			}
			item.Why = append(item.Why, say.New("“其中”的数大于它的总数%s", from))
		case s.Agrees:
			item.Why = append(item.Why, say.New("文内由%s推算，相符", from))
		case item.Verdict == Unknown && !r.anyContradicted(s.Of):
			item.Verdict, item.Expected, item.Lacks = Contradicted, s.Value, ""
			item.Why = append(item.Why, say.New("文内由%s推算应为%s，与所写不符", from, measured(s.Value, item.Unit)))
		default:
			item.Why = append(item.Why, say.New("文内由%s推算应为%s，与所写不符", from, measured(s.Value, item.Unit)))
		}
	}
}
