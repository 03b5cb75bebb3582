package exchange

// Calibres, elements, indicators with their versions, published figures, standards and aliases, row by row.

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/element"
	"yipanqi/internal/formula"
	"yipanqi/internal/indicator"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

func putCalibre(r *run, w *row) (bool, error) {
	if w.bad {
		return false, nil
	}
	c, changed, err := element.PutCalibre(r.tx, element.Calibre{Code: w.text("code"), Name: w.text("name"),
		NameEN: w.text("name_en")})
	if err == nil {
		r.calibres.add(c.Code, c.ID)
	}
	return changed, err
}

func putElement(r *run, w *row) (bool, error) {
	e := element.Element{Code: w.text("code"), Name: w.text("name"), NameEN: w.text("name_en"), Unit: w.text("unit"),
		Decimals: w.int("decimals"),
		Sums:     w.yes("sums"), BySex: w.yes("by_sex"), YearStart: period.YearStart(w.text("year_start")),
		Definition: w.text("definition")}
	r.elements.expect(e.Code)
	if w.bad {
		return false, nil
	}
	e, changed, err := element.Put(r.tx, e)
	if err == nil {
		r.elements.add(e.Code, e)
	}
	return changed, err
}

// putIndicator puts an indicator with its first version; a further row of the same code is a further version.
func putIndicator(r *run, w *row) (bool, error) {
	code := w.text("code")
	v := indicator.Version{From: w.period("from"), Formula: w.text("formula"), Definition: w.text("definition"),
		CalibreID: r.calibres.find(w, "calibre", w.text("calibre")), SourceTitle: w.text("source_title"),
		SourceURL: w.address("source_url")}
	i, again := r.indicators.known[code]
	if w.text("name") == "" && r.indicators.refused[code] {
		return false, nil
	}
	if w.text("name") != "" || !again {
		r.units.find(w, "source_unit", w.text("source_unit"))
		i = indicator.Indicator{Code: code, Name: w.text("name"), NameEN: w.text("name_en"),
			Unit: w.text("unit"), UnitEN: w.text("unit_en"),
			Decimals: w.int("decimals"), YearStart: period.YearStart(w.text("year_start")),
			SourceUnit: w.text("source_unit"), Position: w.position,
			Direction: word(w, "direction", map[string]int{"": 0, "中性": 0, "提高为好": 1, "降低为好": -1,
				"上升为好": 1, "下降为好": -1,
				"neutral": 0, "up": 1, "down": -1})}
		again = false
		r.indicators.expect(code)
		w.refuse(i.Validate())
	}
	r.formula(w, i, v)
	if w.bad {
		return false, nil
	}
	changed := false
	if !again {
		var err error
		if i, changed, err = indicator.Put(r.tx, i); err != nil {
			return false, err
		}
		r.indicators.add(code, i)
	}
	v.IndicatorID = i.ID
	versioned, err := indicator.PutVersion(r.tx, v)
	return changed || versioned, err
}

// formula checks what the version's formula refers to.
func (r *run) formula(w *row, i indicator.Indicator, v indicator.Version) {
	f, err := formula.Parse(v.Formula)
	w.refuseAt("formula", err)
	for _, code := range f.Elements() {
		r.elements.find(w, "formula", code)
	}
	if !w.bad && len(r.forms.refused) == 0 && !r.forms.broken {
		w.refuseAt("formula", indicator.CanFeed(slices.Collect(maps.Values(r.forms.known)), r.elements.known, i, v))
	}
}

func putPublished(r *run, w *row) (bool, error) {
	p := indicator.Published{IndicatorID: r.indicators.find(w, "indicator", w.text("indicator")).ID,
		AreaID: r.areas.find(w, "area", w.text("area")).ID,
		Period: w.period("period"), Value: w.text("value"), Derived: w.yes("derived"), Note: w.text("note"),
		Sex: word(w, "sex", map[string]int{"": quantity.SexTotal, "合计": quantity.SexTotal, "_T": quantity.SexTotal,
			"男": quantity.SexMale, "1": quantity.SexMale, "女": quantity.SexFemale, "2": quantity.SexFemale}),
		Mark: word(w, "mark", map[string]quantity.Mark{"": quantity.Exact, "近": quantity.Nearly,
			"余": quantity.Over, "超过": quantity.Over,
			"以上": quantity.AtLeast, "约": quantity.About, "exact": quantity.Exact,
			"nearly": quantity.Nearly, "over": quantity.Over,
			"at_least": quantity.AtLeast, "about": quantity.About}),
		CalibreID:   r.calibres.find(w, "calibre", w.text("calibre")),
		SourceTitle: w.text("source_title"), SourceURL: w.address("source_url"), Position: w.position}
	w.refuse(p.Validate())
	if w.bad {
		return false, nil
	}
	return indicator.PutPublished(r.tx, p)
}

func putParameter(r *run, w *row) (bool, error) {
	p := indicator.Parameter{Code: w.text("code"), AreaID: r.areas.find(w, "area", w.text("area")).ID,
		OpensOn:  w.day("opens_on"),
		ClosesOn: w.day("closes_on"), Name: w.text("name"), NameEN: w.text("name_en"),
		Value: w.text("value"), Unit: w.text("unit"),
		Note: w.text("note"), SourceTitle: w.text("source_title"), SourceURL: w.address("source_url")}
	w.refuse(p.Validate())
	if w.bad {
		return false, nil
	}
	r.parameters = append(r.parameters, p)
	return indicator.PutParameter(r.tx, p)
}

// putAlias puts what texts call an indicator, a standard or an element.
func putAlias(r *run, w *row) (bool, error) {
	code := w.text("code")
	_, element := r.elements.known[code]
	if !element && !slices.ContainsFunc(r.parameters, func(p indicator.Parameter) bool { return p.Code == code }) {
		r.indicators.find(w, "code", code)
	}
	if utf8.RuneCountInString(strings.ReplaceAll(w.text("alias"), " ", "")) < 2 {
		w.fail("alias", "别名至少要两个字。")
	}
	if w.bad {
		return false, nil
	}
	return indicator.PutAlias(r.tx, code, strings.Join(strings.Fields(w.text("alias")), " "), w.position)
}
