package revision

// Whether a proposal can stand: what it names is there, its formula can be computed, and no number that was accepted
// would come to mean something else.

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/db"
	"yipanqi/internal/element"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
	"yipanqi/internal/progress"
)

// system is the indicator system as it stands, read once for all proposals.
type system struct {
	forms      []form.Form
	elements   map[string]element.Element
	calibres   map[int64]element.Calibre
	versions   map[int64][]indicator.Version
	indicators map[string]indicator.Indicator
	hangs      map[string]string // goal of the plan, by code
	goals      []plan.Goal
	area       network.Area // of the plan
	units      map[string]network.Unit
	called     func(zh, en string) string // names in the reader's language
}

func systemOf(tx *db.Tx, planCode string) (s system, err error) {
	of, err := plan.ByCode(tx, planCode)
	if err != nil {
		return s, err
	}
	if s.area, err = network.AreaByID(tx, of.AreaID); err != nil {
		return s, err
	}
	if s.forms, err = form.List(tx); err != nil {
		return s, err
	}
	if s.elements, err = element.All(tx); err != nil {
		return s, err
	}
	if s.calibres, err = element.Calibres(tx); err != nil {
		return s, err
	}
	if s.versions, err = indicator.Versions(tx); err != nil {
		return s, err
	}
	all, err := indicator.List(tx)
	if err != nil {
		return s, err
	}
	codes := map[int64]string{}
	units, err := network.AllUnits(tx)
	if err != nil {
		return s, err
	}
	s.units, s.called = map[string]network.Unit{}, func(zh, _ string) string { return zh }
	for _, u := range units {
		s.units[u.Code] = u
	}
	s.indicators, s.hangs = map[string]indicator.Indicator{}, map[string]string{}
	for _, i := range all {
		s.indicators[i.Code], codes[i.ID] = i, i.Code
	}
	on, err := indicator.OnGoals(tx, planCode)
	if err != nil {
		return s, err
	}
	for _, g := range on {
		s.hangs[codes[g.IndicatorID]] = g.Goal
	}
	s.goals, err = plan.Goals(tx, planCode)
	return s, err
}

// defined is how an indicator is defined in a period.
func (s system) defined(code string, p period.Period) Definition {
	i := s.indicators[code]
	v := indicator.VersionAt(s.versions[i.ID], p)
	calibre := ""
	if v.CalibreID != 0 {
		calibre = s.calibres[v.CalibreID].Code
	}
	return definitionOf(i, v, calibre)
}

func (s system) calibre(code string) (int64, bool) {
	if code == "" {
		return 0, true
	}
	for id, c := range s.calibres {
		if c.Code == code {
			return id, true
		}
	}
	return 0, false
}

// fill completes a proposal from the system and says all that is wrong with it. typed is what its author wants.
func (p *Proposal) fill(tx *db.Tx, s system, typed Definition) error {
	wrong := errs.Fields{}
	if !known(actions, p.Action) {
		wrong.Say("action", "请选怎么改。")
	}
	if n := utf8.RuneCountInString(p.Evidence); n == 0 || n > maxText {
		wrong.Say("evidence", "请写依据，%d字以内。", maxText)
	}
	from, err := period.Parse(p.Effective)
	if err != nil || from.Kind() != period.Year {
		wrong.Say("effective", "请写从哪一年起生效，例如 2025。")
	}
	if p.Action != Add && s.hangs[p.Indicator] == "" {
		wrong.Say("indicator", "规划里没有这个指标。请从列表里选。")
	}
	tooLong(wrong, "definition", typed.Definition, maxText/2)
	tooLong(wrong, "formula", typed.Formula, maxText/2)
	tooLong(wrong, "name", typed.Name, maxTitle)
	if err := wrong.Check(unsaved); err != nil {
		return err
	}
	if p.Action != Add {
		p.Before = s.defined(p.Indicator, from)
	} else {
		p.Indicator, p.Before = "", Definition{}
	}
	p.change(typed)
	switch {
	case p.makes():
		p.checkNew(wrong, s)
	case p.Action == Merge:
		p.checkMerge(wrong, s, from)
	default:
		p.checkChange(wrong)
	}
	if p.breaks() || p.makes() {
		p.checkFormula(wrong, s, from)
	}
	if p.After.Source != p.Before.Source && p.After.Source != "" {
		within := Kept{AreaPath: s.area.Path}
		if err := within.unitWithin(tx, wrong, "source_unit", p.After.Source); err != nil {
			return err
		}
	}
	if err := wrong.Check(unsaved); err != nil {
		return err
	}
	return p.fresh(tx, s)
}

func (p *Proposal) checkChange(wrong errs.Fields) {
	a, b := p.Before, p.After
	switch p.Action {
	case Rename:
		if b.Name == "" || b.Name == a.Name {
			wrong.Say("name", "请写新的名称。")
		}
	case Redefine:
		if squeezed(b.Formula) == squeezed(a.Formula) && b.Definition == a.Definition {
			wrong.Say("definition", "定义和公式都没有变。请写新的定义或公式。")
		}
	case Recalibre:
		if b.Calibre == a.Calibre {
			wrong.Say("calibre", "口径没有变。请选新的口径。")
		}
	case Resource:
		if b.Source == "" || b.Source == a.Source {
			wrong.Say("source_unit", "请选新的来源单位。")
		}
	case Qualitative:
		if b.Definition == "" || b.Definition == a.Definition {
			wrong.Say("definition", "请写定性怎么评。")
		}
	}
}

func (p *Proposal) checkNew(wrong errs.Fields, s system) {
	if _, taken := s.indicators[p.New]; taken || p.New == "" || strings.Contains(p.New, "/") {
		wrong.Say("new", "请写新指标的代码，不能和已有的相同。")
	}
	if p.After.Name == "" {
		wrong.Say("name", "请写新指标的名称。")
	}
	if p.Action == SplitOff {
		p.Goal = s.hangs[p.Indicator]
	}
	if !slices.ContainsFunc(s.goals, func(g plan.Goal) bool { return g.Code == p.Goal }) {
		wrong.Say("goal", "请选新指标放在哪个目标下。")
	}
}

func (p *Proposal) checkMerge(wrong errs.Fields, s system, from period.Period) {
	if len(p.With) == 0 {
		wrong.Say("with", "请选并进来的指标，至少一个。")
	}
	for _, code := range p.With {
		switch {
		case s.hangs[code] == "" || code == p.Indicator:
			wrong.Say("with", "规划里没有指标“%s”，或者它就是合并到的那个。", code)
		case s.defined(code, from).Calibre != p.Before.Calibre:
			wrong.Say("with", "“%s”的口径不同，不能合并。请先改口径。", s.indicators[code].Name)
		}
	}
}

func (p *Proposal) checkFormula(wrong errs.Fields, s system, from period.Period) {
	calibre, ok := s.calibre(p.After.Calibre)
	if !ok {
		wrong.Say("calibre", "没有这个口径。请从列表里选。")
		return
	}
	i := indicator.Indicator{Code: p.code(), Name: p.After.Name, Decimals: p.After.Decimals,
		Direction: p.After.Direction, YearStart: period.YearStart(p.After.YearStart)}
	if err := indicator.CanFeed(s.forms, s.elements, i, indicator.Version{From: from, Formula: p.After.Formula,
		CalibreID: calibre}); err != nil {
		wrong["formula"] = errs.WordsOf(err)
	}
	if err := i.Validate(); err != nil && p.makes() {
		for field, words := range errs.FieldsOf(err) {
			if _, said := wrong[field]; !said && field != "code" { // the code was looked at already
				wrong[field] = words
			}
		}
	}
}

// fresh refuses a change of the numbers from a period on for which one was accepted or published already.
func (p *Proposal) fresh(tx *db.Tx, s system) error {
	if !p.weighs() {
		return nil
	}
	var of []indicator.Indicator
	for _, code := range append([]string{p.Indicator}, p.With...) {
		of = append(of, s.indicators[code])
	}
	values, err := progress.Values(tx, progress.Query{Indicators: of, Areas: []network.Area{s.area}})
	if err != nil {
		return err
	}
	for _, v := range values {
		if v.Period.Int() >= p.period().Int() && (v.Rat != nil || v.Reported > 0) {
			return errs.Fields{"effective": {Key: "“%s”%s的数已经审核通过或公开，不能从那时起改。请写以后的年份。",
				Args: []any{v.Indicator.Name, v.Period}}}.Check(unsaved)
		}
	}
	return nil
}
