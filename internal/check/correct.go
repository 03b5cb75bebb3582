package check

// What people say that a figure is about, kept for the clause and the subject so that it holds for the next text too.
// It changes no data.

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/figurecheck"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
)

// Said is what a person says that a figure is about. None: it is no indicator of ours. Empty fields leave it to the
// text.
type Said struct {
	Indicator string `json:"indicator"` // of an indicator or standard, its code
	None      bool   `json:"none"`
	Area      string `json:"area"`
	Period    string `json:"period"`
	Sex       string `json:"sex"`
}

// Correct keeps what the user says the figure at start is about: for this clause whole, and what it is about for the
// same subject in any text.
func Correct(tx *db.Tx, by auth.User, id string, start int, said Said) error {
	f, text, err := figureAt(tx, by, id, start)
	if err != nil {
		return err
	}
	if err := said.validate(tx, by); err != nil {
		return err
	}
	c := Correction{Key: clauseKey(text, f), Indicator: said.Indicator, Area: said.Area, Period: said.Period,
		Sex: said.Sex, Subject: f.Subject, Person: by.Name}
	if err := putCorrection(tx, c); err != nil {
		return err
	}
	if key := subjectKey(f); key != "" {
		if err := putCorrection(tx, Correction{Key: key, Indicator: said.Indicator, Sex: said.Sex, Subject: f.Subject,
			Person: by.Name}); err != nil {
			return err
		}
	}
	return journal.Log(tx, by, "check.correct", "check/"+id, map[string]string{"figure": f.Text, "subject": f.Subject,
		"indicator": said.Indicator})
}

// Uncorrect takes a correction back.
func Uncorrect(tx *db.Tx, by auth.User, id string, start int) error {
	f, text, err := figureAt(tx, by, id, start)
	if err != nil {
		return err
	}
	for _, key := range []string{clauseKey(text, f), subjectKey(f)} {
		if err := deleteCorrection(tx, key); err != nil {
			return err
		}
	}
	return journal.Log(tx, by, "check.uncorrect", "check/"+id,
		map[string]string{"figure": f.Text, "subject": f.Subject})
}

func figureAt(tx *db.Tx, by auth.User, id string, start int) (figurecheck.Figure, []rune, error) {
	c, err := Get(tx, by, id)
	if err != nil {
		return figurecheck.Figure{}, nil, err
	}
	_, v, err := load(tx)
	if err != nil {
		return figurecheck.Figure{}, nil, err
	}
	for _, f := range v.Read(c.Text, figurecheck.About{Area: c.Area, Year: c.Year}).Figures {
		if f.Start == start && f.Kind.Statistic() {
			return f, []rune(c.Text), nil
		}
	}
	return figurecheck.Figure{}, nil, errs.Missingf("没有找到这个数字。请刷新页面。")
}

func (s *Said) validate(tx *db.Tx, by auth.User) error {
	f := errs.Fields{}
	if s.None {
		*s = Said{None: true}
		return nil
	}
	d, _, err := load(tx)
	if err != nil {
		return err
	}
	_, counted := d.elements.byCode[s.Indicator]
	if _, known := d.indicators[s.Indicator]; !known && !counted && len(d.parameters[s.Indicator]) == 0 {
		f.Say("indicator", "请从列表里选一项指标，或者选“不是本系统的指标”。")
	}
	if area, known := d.areas[s.Area]; s.Area != "" && (!known || !by.SeesFigures(area.Path)) {
		f.Say("area", "请从列表里选一个地区，或者留空。")
	}
	if _, err := period.Parse(s.Period); s.Period != "" && err != nil {
		f.Say("period", "期间请写成 2018、2018-S1、2018-Q1 或 2018-01，或者留空。")
	}
	if _, err := quantity.ParseSex(s.Sex); s.Sex != "" && err != nil {
		f.Say("sex", "性别请选合计、男或女。")
	}
	return f.Check("没有保存：请先改正标出的地方。")
}

// clauseKey is the clause around the figure, and which number in it.
func clauseKey(text []rune, f figurecheck.Figure) string {
	clause := strings.TrimSpace(string(text[f.Clause.Start:min(f.Clause.End, f.Clause.Start+200)]))
	return "clause " + f.Text + " " + string(text[max(f.Clause.Start, f.Start-12):f.Start]) + " " + clause
}

// subjectKey is the subject with the kind and unit of the figure; "" if the subject is too short to mean one thing.
func subjectKey(f figurecheck.Figure) string {
	if utf8.RuneCountInString(f.Subject) < 4 {
		return ""
	}
	return "subject " + string(f.Kind) + " " + f.Unit + " " + f.Subject
}

// correct puts what people said over what the words say, and tells for which figures.
func (d data) correct(tx *db.Tx, text string, r *figurecheck.Reading) (map[int]bool, error) {
	runes, keys := []rune(text), map[string]int{}
	for _, f := range r.Figures {
		if f.Kind.Statistic() {
			keys[clauseKey(runes, f)], keys[subjectKey(f)] = 1, 1
		}
	}
	delete(keys, "")
	corrected := map[int]bool{}
	known, err := corrections(tx, keys)
	if err != nil || len(known) == 0 {
		return corrected, err
	}
	for i, f := range r.Figures {
		if !f.Kind.Statistic() {
			continue
		}
		c, there := known[clauseKey(runes, f)]
		if !there {
			c, there = known[subjectKey(f)]
		}
		if !there {
			continue
		}
		corrected[i] = true
		claim := &r.Claims[i]
		if claim.Terms = nil; c.Indicator == "" {
			claim.Trust = figurecheck.Unnamed
			continue
		}
		claim.Terms, claim.Trust, claim.Close, claim.Target = []string{c.Indicator}, figurecheck.Firm, true, false
		claim.Name = figurecheck.Span{} // the words of the text named something else, or nothing
		if c.Area != "" {
			claim.Area, claim.Placeless = c.Area, false
		}
		if c.Period != "" {
			claim.Periods = []string{c.Period}
		}
		if c.Sex != "" {
			claim.Sex = c.Sex
		}
	}
	return corrected, nil
}

func jsonKeys(set map[string]int) string {
	text, _ := json.Marshal(set) // a map of integers always marshals
	return string(text)
}

// terms are all that a figure may be about, for people to choose from.
func terms(tx *db.Tx) (indicators []network.Label, err error) {
	d, _, err := load(tx)
	if err != nil {
		return nil, err
	}
	for code, i := range d.indicators {
		indicators = append(indicators, network.Label{Code: code, Name: i.Name, NameEN: i.NameEN})
	}
	for code, e := range d.elements.byCode {
		indicators = append(indicators, network.Label{Code: code, Name: e.Name, NameEN: e.NameEN})
	}
	for code, list := range d.parameters {
		indicators = append(indicators, network.Label{Code: code, Name: list[0].Name, NameEN: list[0].NameEN})
	}
	return indicators, nil
}
