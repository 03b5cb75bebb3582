package check

// What people say that a figure is about, kept for the clause and the subject so that it holds for the next text too.
// It changes no data.

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/figurecheck"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/quantity"
	"yipanqi/internal/say"
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

// Correction is what somebody said, in a post of a unit, that figures in certain words are about. Indicator "" is: none
// of ours.
type Correction struct {
	Key       string
	Unit      string
	Role      string // of the post
	Indicator string
	Area      string // code; only of a clause
	Period    string // only of a clause
	Sex       string
	Subject   string // for people to read
	PersonID  string
	At        time.Time

	Person, Of say.Name // who, and of which unit
	path       string   // of the unit's area
}

// holds says whether the correction is the reader's too: of the reader's own unit, of a unit of an area above, or of an
// office, whose corrections are the rule for all units of its area.
func (c Correction) holds(r Reader) bool {
	return c.Unit == r.unit && r.unit != "" || strings.HasPrefix(r.path, c.path) &&
		(c.Role == auth.Office || len(c.path) < len(r.path))
}

// nearer says whether c goes before other for the reader: the own unit, then the nearest area, in it the office, then
// what was said of the very clause, and what was said last.
func (c Correction) nearer(other Correction, r Reader) int {
	first := func(is func(Correction) bool) int {
		return cmp.Compare(btoi(is(other)), btoi(is(c)))
	}
	return cmp.Or(
		first(func(c Correction) bool { return c.Unit == r.unit }),
		cmp.Compare(len(other.path), len(c.path)),
		first(func(c Correction) bool { return c.Role == auth.Office }),
		first(func(c Correction) bool { return strings.HasPrefix(c.Key, clausePrefix) }),
		other.At.Compare(c.At), cmp.Compare(c.Unit, other.Unit))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Correct keeps what the user says the figure at start is about, for the unit that keeps the text: for this clause
// whole, and what it is about for the same subject in any text.
func Correct(tx *db.Tx, by auth.User, id string, start int, said Said) error {
	f, text, kept, err := figureAt(tx, by, id, start)
	if err != nil {
		return err
	}
	post, err := mayCorrect(by, kept.Unit)
	if err != nil {
		return err
	}
	if err := said.validate(tx, by); err != nil {
		return err
	}
	c := Correction{Key: clauseKey(text, f), Unit: post.Unit, Role: post.Role, Indicator: said.Indicator,
		Area: said.Area, Period: said.Period, Sex: said.Sex, Subject: f.Subject, PersonID: by.ID}
	if err := putCorrection(tx, c); err != nil {
		return err
	}
	if c.Key = subjectKey(f); c.Key != "" {
		c.Area, c.Period = "", ""
		if err := putCorrection(tx, c); err != nil {
			return err
		}
	}
	return journal.Log(tx, by, "check.correct", kept.object(), map[string]string{"unit": c.Unit, "figure": f.Text,
		"subject": f.Subject, "indicator": said.Indicator})
}

// mayCorrect is the post in which the user says what texts of the unit are about: what an office says is a rule for its
// whole area.
func mayCorrect(by auth.User, unit string) (auth.Post, error) {
	for _, role := range []string{auth.Office, auth.Statistician} {
		if post, there := by.PostFor(unit, role); there {
			return post, nil
		}
	}
	return auth.Post{}, errs.Deniedf("您在保存这份文字的单位里没有改正对应的岗位。请由该单位的统计负责人办理。")
}

// Uncorrect takes back what the unit itself said of a figure. What others said holds until they take it back.
func Uncorrect(tx *db.Tx, by auth.User, id string, start int) error {
	f, text, kept, err := figureAt(tx, by, id, start)
	if err != nil {
		return err
	}
	post, err := mayCorrect(by, kept.Unit)
	if err != nil {
		return err
	}
	keys := keysOf(text, f)
	said, err := corrections(tx, keys)
	if err != nil {
		return err
	}
	var removed, others int
	for _, all := range said {
		for _, c := range all {
			switch {
			case c.Unit == post.Unit:
				if err := deleteCorrection(tx, c); err != nil {
					return err
				}
				removed++
			case c.holds(reader(by, kept.Unit)):
				others++
			}
		}
	}
	if removed == 0 && others > 0 {
		return errs.Deniedf("这是上级单位的改正，只有它能撤销。如与本单位情况不符，请在这里另行改正。")
	}
	if removed == 0 {
		return errs.Missingf("本单位没有改正过这个数字。请刷新页面。")
	}
	return journal.Log(tx, by, "check.uncorrect", kept.object(),
		map[string]string{"unit": post.Unit, "figure": f.Text, "subject": f.Subject})
}

func figureAt(tx *db.Tx, by auth.User, id string, start int) (figurecheck.Figure, []rune, Check, error) {
	c, err := Get(tx, by, id)
	if err != nil {
		return figurecheck.Figure{}, nil, c, err
	}
	_, v, err := load(tx)
	if err != nil {
		return figurecheck.Figure{}, nil, c, err
	}
	reading, err := v.Read(tx.Context, c.Text, figurecheck.About{Area: c.Area, Year: c.Year})
	if err != nil {
		return figurecheck.Figure{}, nil, c, err
	}
	for _, f := range reading.Figures {
		if f.Start == start && f.Kind.Statistic() {
			return f, []rune(c.Text), c, nil
		}
	}
	return figurecheck.Figure{}, nil, c, errs.Missingf("没有找到这个数字。请刷新页面。")
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

const clausePrefix = "clause "

// clauseKey is the clause around the figure, and which number in it.
func clauseKey(text []rune, f figurecheck.Figure) string {
	clause := strings.TrimSpace(string(text[f.Clause.Start:min(f.Clause.End, f.Clause.Start+200)]))
	return clausePrefix + f.Text + " " + string(text[max(f.Clause.Start, f.Start-12):f.Start]) + " " + clause
}

// subjectKey is the subject with the kind and unit of the figure; "" if the subject is too short to mean one thing.
func subjectKey(f figurecheck.Figure) string {
	if utf8.RuneCountInString(f.Subject) < 4 {
		return ""
	}
	return "subject " + string(f.Kind) + " " + f.Unit + " " + f.Subject
}

// keysOf are the words by which a figure may have been corrected.
func keysOf(text []rune, f figurecheck.Figure) map[string]int {
	keys := map[string]int{clauseKey(text, f): 1, subjectKey(f): 1}
	delete(keys, "")
	return keys
}

// asking is of how many figures one statement asks: the words around all of a long text are many times the text.
const asking = 1000

// correct puts what people said over what the words say, and tells for which figures and who.
func (d data) correct(tx *db.Tx, by Reader, text string, r *figurecheck.Reading) (map[int]*Correction, error) {
	runes, corrected := []rune(text), map[int]*Correction{}
	for from := 0; from < len(r.Figures); from += asking {
		figures, keys := r.Figures[from:min(from+asking, len(r.Figures))], map[string]int{}
		for _, f := range figures {
			if f.Kind.Statistic() {
				maps.Copy(keys, keysOf(runes, f))
			}
		}
		known, err := corrections(tx, keys)
		if err != nil {
			return nil, err
		}
		if len(known) == 0 {
			continue
		}
		for i, f := range figures {
			if c := nearest(known, by, runes, f); c != nil {
				corrected[from+i] = c
				c.put(&r.Claims[from+i])
			}
		}
	}
	return corrected, nil
}

// nearest is the correction of the figure that goes before all others for the reader; nil if there is none.
func nearest(known map[string][]Correction, by Reader, text []rune, f figurecheck.Figure) *Correction {
	if !f.Kind.Statistic() {
		return nil
	}
	var said []Correction
	for key := range keysOf(text, f) {
		for _, c := range known[key] {
			if c.holds(by) {
				said = append(said, c)
			}
		}
	}
	if len(said) == 0 {
		return nil
	}
	c := slices.MinFunc(said, func(a, b Correction) int { return a.nearer(b, by) })
	return &c
}

// put says what the claim is about.
func (c Correction) put(claim *figurecheck.Claim) {
	if claim.Terms = nil; c.Indicator == "" {
		claim.Trust = figurecheck.Unnamed
		return
	}
	claim.Terms, claim.Trust, claim.Close, claim.Target = []string{c.Indicator}, figurecheck.Firm, true, false
	claim.Name = figurecheck.Span{} // the words of the text named something else, or nothing
	if c.Area != "" {
		claim.Area, claim.AreaFrom, claim.Placeless = c.Area, nil, false
	}
	if c.Period != "" {
		claim.Periods, claim.PeriodFrom = []string{c.Period}, nil
	}
	if c.Sex != "" {
		claim.Sex = c.Sex
	}
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
