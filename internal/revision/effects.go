package revision

// What follows from a proposal elsewhere, computed for its reader: targets, lamps that begin anew, forms, documents
// that went out, links, and where the series breaks. Nothing of it is stored.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/indicator"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/progress"
	"yipanqi/internal/report"
	"yipanqi/internal/say"
)

// Effects of a proposal.
type Effects struct {
	Targets []string `json:"targets"`           // as the plans say them
	Lamps   int      `json:"lamps"`             // verdicts that begin anew, or end
	Forms   []Named  `json:"forms"`             // that ask for what it is computed from, before or after
	Reports []Named  `json:"reports"`           // templates and letters in force with its figures
	Links   []string `json:"links"`             // upper indicators it is related to
	Since   string   `json:"since,omitempty"`   // first and
	Until   string   `json:"until,omitempty"`   // last period of the series
	Break   string   `json:"break,omitempty"`   // from when on it is not comparable
	Warning string   `json:"warning,omitempty"` // of the national set
	warning say.Words
}

// Named is something with an address.
type Named struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

// effectsOf are the effects of proposals, in their order.
func effectsOf(tx *db.Tx, by auth.User, s system, proposals []Proposal) ([]Effects, error) {
	var of []indicator.Indicator
	for _, p := range proposals {
		if i, known := s.indicators[p.Indicator]; known {
			of = append(of, i)
		}
	}
	targets := map[int64][]indicator.Target{}
	places := []network.Area{s.area}
	for _, i := range of {
		set, err := indicator.TargetsOf(tx, i.ID)
		if err != nil {
			return nil, err
		}
		targets[i.ID] = set
		for _, t := range set {
			if slices.ContainsFunc(places, func(a network.Area) bool { return a.ID == t.AreaID }) {
				continue
			}
			area, err := network.AreaByID(tx, t.AreaID)
			if err != nil {
				return nil, err
			}
			if by.SeesFigures(area.Path) {
				places = append(places, area)
			}
		}
	}
	series := map[[2]int64][]progress.Value{}
	if len(of) > 0 {
		values, err := progress.Values(tx, progress.Query{Indicators: of, Areas: places})
		if err != nil {
			return nil, err
		}
		for _, v := range values {
			if v.Rat != nil {
				at := [2]int64{v.Indicator.ID, v.Area.ID}
				series[at] = append(series[at], v)
			}
		}
	}
	all := make([]Effects, len(proposals))
	for n, p := range proposals {
		e := Effects{Targets: []string{}, Forms: []Named{}, Reports: []Named{}, Links: []string{}}
		i := s.indicators[p.Indicator]
		e.aim(targets[i.ID], places, s.called)
		e.last(p, series, i.ID)
		if err := e.named(tx, by, s, p); err != nil {
			return nil, err
		}
		if err := e.linked(tx, by, p); err != nil {
			return nil, err
		}
		all[n] = e
	}
	return all, nil
}

// aim are the targets in places that the reader sees.
func (e *Effects) aim(targets []indicator.Target, places []network.Area, called func(zh, en string) string) {
	for _, t := range targets {
		at := slices.IndexFunc(places, func(a network.Area) bool { return a.ID == t.AreaID })
		if at < 0 || t.Op == indicator.NoTarget {
			continue
		}
		text := called(places[at].Name, places[at].NameEN)
		switch t.Op {
		case indicator.AtLeast:
			text += " ≥" + t.Value + "（" + strconv.Itoa(t.Year) + "）"
		case indicator.AtMost:
			text += " ≤" + t.Value + "（" + strconv.Itoa(t.Year) + "）"
		default:
			text += " " + t.Words
		}
		e.Targets = append(e.Targets, text)
	}
}

// last is how long the series is, and how many verdicts on it cannot go on.
func (e *Effects) last(p Proposal, series map[[2]int64][]progress.Value, id int64) {
	for at, values := range series {
		if at[0] != id || len(values) == 0 {
			continue
		}
		first, last := values[0].Period.String(), values[len(values)-1].Period.String()
		if e.Since == "" || first < e.Since {
			e.Since = first
		}
		e.Until = max(e.Until, last)
		if p.breaks() || p.Action == Drop {
			e.Lamps++
		}
	}
	if p.breaks() && e.Since != "" {
		e.Break = p.Effective
	}
}

// named are forms, templates and letters.
func (e *Effects) named(tx *db.Tx, by auth.User, s system, p Proposal) error {
	asked := map[string]bool{}
	for _, code := range append(elementsIn(p.Before.Formula), elementsIn(p.After.Formula)...) {
		asked[code] = true
	}
	for _, f := range s.forms {
		if p.weighs() || p.makes() {
			for _, row := range f.Rows {
				if asked[row.Element] {
					e.Forms = append(e.Forms, Named{s.called(f.Name, f.NameEN), "/forms/" + f.Code})
					break
				}
			}
		}
	}
	if p.Indicator == "" || p.Action == Keep {
		return nil
	}
	citing, err := Citing(tx, by, s.called, p.Indicator)
	e.Reports = append(e.Reports, citing...)
	return err
}

// Citing are the templates of reports, and the letters in force that by may read, which take figures of an indicator.
func Citing(tx *db.Tx, by auth.User, called func(zh, en string) string, code string) (all []Named, err error) {
	annual := ""
	if by.Can("report.read") {
		annual = "/reports/annual"
	}
	templates, err := report.Citing(tx, code)
	for _, t := range templates {
		all = append(all, Named{strings.ReplaceAll(called(t.Name, t.NameEN), "|", ""), annual})
	}
	if err != nil {
		return nil, err
	}
	letters, err := letter.Citing(tx, code)
	for _, l := range letters {
		if _, err := letter.Read(tx, by, l.ID); err == nil {
			all = append(all, Named{l.Title, "/letters/" + l.ID})
		} else if errs.KindOf(err) != errs.Missing {
			return nil, err
		}
	}
	return all, err
}

// linked are the upper indicators, and the warning where the national set has what is to go.
func (e *Effects) linked(tx *db.Tx, by auth.User, p Proposal) error {
	for _, code := range append(p.ends(), p.Indicator) {
		links, err := linksOf(tx, code)
		if err != nil {
			return err
		}
		for _, l := range links {
			if !l.seen(by) || !l.linked() || slices.Contains(e.Links, l.Upper) {
				continue
			}
			e.Links = append(e.Links, l.Upper)
			if l.Level == National && slices.Contains(p.ends(), code) {
				e.warning = nationalHas(l)
				e.Warning = e.warning.String()
			}
		}
	}
	return nil
}

func nationalHas(l Link) say.Words {
	return say.New("国家指标体系里有这个指标（%s）。删去以后，国家统计监测要的数仍须提供。", l.Upper)
}

// Change is one thing that a proposal changes, with words for both sides.
type Change struct {
	Field         say.Key `json:"-"`
	Name          string  `json:"field"`
	Before, After string
}

func (c Change) sentence() string {
	none := func(text string) string {
		if text == "" {
			return "无"
		}
		return "“" + text + "”"
	}
	return string(c.Field) + "由" + none(c.Before) + "改为" + none(c.After) + "。"
}

// changes are what differs between before and after, field by field.
func (p Proposal) changes(s system) (all []Change) {
	a, b := p.Before, p.After
	add := func(name string, field say.Key, before, after string) {
		if before != after {
			all = append(all, Change{field, name, before, after})
		}
	}
	if p.Action == SplitOff {
		a = Definition{}
	}
	if p.Action == Drop {
		return []Change{{"名称", "name", a.Name, ""}}
	}
	add("name", "名称", a.Name, b.Name)
	add("unit", "计量单位", a.Unit, b.Unit)
	add("definition", "定义", a.Definition, b.Definition)
	add("formula", "公式", a.Formula, b.Formula)
	add("calibre", "口径", s.calibreName(a.Calibre), s.calibreName(b.Calibre))
	add("source", "来源单位", s.unitName(a.Source), s.unitName(b.Source))
	var merged string
	for _, code := range p.With {
		merged += s.indicators[code].Name + "；"
	}
	add("with", "并入的指标", merged, "")
	return all
}

func (s system) calibreName(code string) string {
	for _, c := range s.calibres {
		if c.Code == code && code != "" {
			return s.called(c.Name, c.NameEN)
		}
	}
	return ""
}

func (s system) unitName(code string) string {
	return s.called(s.units[code].Name, s.units[code].NameEN)
}
