package evaluation

// The voices of a round side by side: what each says of an indicator of a participant, worst disagreement first. Each
// difference asks the office for a line of explanation. What third party, panel and groups say is put down from their
// papers, with the place where they say it.

import (
	"cmp"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/say"
)

// Voices beside the participant's own and the verdict.
const (
	VoiceThird = "third_party"
	VoicePanel = "panel"
	VoiceGroup = "group"
)

var voices = []choice{{VoiceThird, "第三方"}, {VoicePanel, "专家"}, {VoiceGroup, "督导组"}}

// Voice is what one of them makes of a line.
type Voice struct {
	RoundID string `json:"-"`
	Line    string `json:"-"`
	Voice   string `json:"voice"`
	Class   string `json:"class"`
	Text    string `json:"text"`
	Person  string `json:"by"`
	On      string `json:"on"`
}

// Object is the voice's name in the journal.
func (v Voice) Object() string { return "voice/" + v.RoundID + "." + v.Line + "." + v.Voice }

// Note explains a difference.
type Note struct {
	RoundID string `json:"-"`
	Line    string `json:"-"`
	Text    string `json:"text"`
	Person  string `json:"by"`
	On      string `json:"on"`
}

// Object is the note's name in the journal.
func (n Note) Object() string { return "note/" + n.RoundID + "." + n.Line }

// Compared is an indicator of a participant with what everybody says of it.
type Compared struct {
	Line      string           `json:"line"` // CODE.UNIT: its name in notes and voices
	Indicator string           `json:"indicator"`
	Name      string           `json:"name"`
	Unit      string           `json:"unit"`
	Value     string           `json:"value"`
	Target    string           `json:"target"`
	Self      string           `json:"self"`
	Computed  string           `json:"computed"`
	Voices    map[string]Voice `json:"voices"`
	Apart     int              `json:"apart"` // steps between the kindest and the hardest; 0: all agree
	Typed     []string         `json:"typed"` // figures that its self-evaluation types about the indicator
	Findings  []Found          `json:"findings"`
	Note      *Note            `json:"note,omitempty"`
}

// Found is a finding of the round's visits that is held against the indicator of a line.
type Found struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Text   string `json:"text"`
	URL    string `json:"url"`
}

// grades are the classes that can be held against each other, from good to bad.
var grades = []string{Met, OnTrack, Reachable, Far}

// apart is how far the kindest and the hardest voice lie apart.
func (c Compared) apart() int {
	lowest, highest := len(grades), -1
	said := []string{c.Self, c.Computed}
	for _, v := range c.Voices {
		said = append(said, v.Class)
	}
	for _, class := range said {
		if at := slices.Index(grades, class); at >= 0 {
			lowest, highest = min(lowest, at), max(highest, at)
		}
	}
	return max(0, highest-lowest)
}

// kind is how much kinder a participant is than the verdict: self says met, computed says far comes first.
func (c Compared) kind() int {
	self, computed := slices.Index(grades, c.Self), slices.Index(grades, c.Computed)
	if self < 0 || computed < 0 {
		return 0
	}
	return computed - self
}

// Comparison is all lines of the signed sheets, the worst disagreement first.
func (r Round) Comparison(tx *db.Tx) ([]Compared, error) {
	said, err := r.said(tx)
	if err != nil {
		return nil, err
	}
	return r.compared(tx, said)
}

// Differences are the lines on which not all agree, the worst first. The sheet itself differs from the verdict only
// where somebody moved a line, so no other sheet is read than those with a move or with another voice.
func (r Round) Differences(tx *db.Tx) (some []Compared, err error) {
	said, err := r.said(tx)
	if err != nil {
		return nil, err
	}
	units, err := movedUnits(tx, r.ID)
	if err != nil {
		return nil, err
	}
	for line := range said.voices {
		units = append(units, r.answerer(line))
	}
	slices.Sort(units)
	all, err := r.compared(tx, said, append([]string{}, slices.Compact(units)...)...)
	return differences(all), err
}

// beside is what was put down beside the sheets of a round, by line.
type beside struct {
	notes  map[string]Note
	voices map[string]map[string]Voice
}

func (r Round) said(tx *db.Tx) (s beside, err error) {
	if s.notes, err = notesOf(tx, r.ID); err != nil {
		return s, err
	}
	s.voices, err = voicesOf(tx, r.ID)
	return s, err
}

// compared are the lines of the signed sheets of all who take part, or of some units, the worst disagreement first.
func (r Round) compared(tx *db.Tx, said beside, of ...string) ([]Compared, error) {
	sheets, err := signedSheets(tx, r.ID, of...)
	if err != nil {
		return nil, err
	}
	all := []Compared{}
	for _, p := range r.Participants {
		s, is := sheets[p.Unit]
		if !is {
			continue
		}
		c, err := s.content()
		if err != nil {
			return nil, err
		}
		for _, l := range c.Lines {
			one := Compared{Line: l.Indicator + "." + p.Unit, Indicator: l.Indicator, Name: l.Name, Unit: p.Unit,
				Value: l.Value + unitOf(l), Target: l.Target, Self: l.Class, Computed: l.Computed}
			if one.Voices = said.voices[one.Line]; one.Voices == nil {
				one.Voices = map[string]Voice{}
			}
			if n, is := said.notes[one.Line]; is {
				one.Note = &n
			}
			one.Apart = one.apart()
			all = append(all, one)
		}
	}
	slices.SortStableFunc(all, func(a, b Compared) int {
		return cmp.Or(cmp.Compare(b.Apart, a.Apart), cmp.Compare(b.kind(), a.kind()),
			strings.Compare(a.Indicator, b.Indicator), strings.Compare(a.Unit, b.Unit))
	})
	return all, nil
}

// answerer is the participant that a line is of; codes may have full stops.
func (r Round) answerer(line string) string {
	for at, c := range line {
		if c == '.' {
			if p, is := r.Participant(line[at+1:]); is {
				return p.Unit
			}
		}
	}
	return ""
}

// differences are the lines on which not all agree.
func differences(all []Compared) (some []Compared) {
	for _, c := range all {
		if c.Apart > 0 {
			some = append(some, c)
		}
	}
	return some
}

// at is a running round in which by may say something of a line.
func (r Round) at(tx *db.Tx, by auth.User, verb, line string) (Compared, error) {
	if _, _, err := life.Take(verb, by, r.as(by)); err != nil {
		return Compared{}, err
	}
	said, err := r.said(tx)
	if err != nil {
		return Compared{}, err
	}
	all, err := r.compared(tx, said, r.answerer(line))
	if err != nil {
		return Compared{}, err
	}
	at := slices.IndexFunc(all, func(c Compared) bool { return c.Line == line })
	if at < 0 {
		return Compared{}, errs.Fields{"line": {Key: "没有这一行。数据表双签字以后才能对照。"}}.
			Check("没有保存：请先改正标出的地方。")
	}
	return all[at], nil
}

// Explain says why the voices differ on a line.
func Explain(tx *db.Tx, by auth.User, id, line, text string) (Note, error) {
	r, err := Read(tx, by, id)
	if err != nil {
		return Note{}, err
	}
	c, err := r.at(tx, by, VerbExplain, line)
	if err != nil {
		return Note{}, err
	}
	n := Note{RoundID: r.ID, Line: line, Text: strings.TrimSpace(text), Person: by.Name, On: tx.Today()}
	if n.Text == "" || longer(n.Text, maxText) {
		return n, errs.Fields{"text": say.New("请写一句说明，最多%d个字。", maxText)}.
			Check("没有保存：请先改正标出的地方。")
	}
	before := held.Row{}
	if c.Note != nil {
		c.Note.RoundID, c.Note.Line = r.ID, line
		before = c.Note.row()
	}
	if err := putNote(tx, n); err != nil {
		return n, err
	}
	return n, held.Log(tx, by, VerbExplain, n.Object(), before, n.row(), nil)
}

// Say puts down what a third party, the panel or a group makes of a line, and where it says so.
func Say(tx *db.Tx, by auth.User, id, line string, v Voice) (Voice, error) {
	r, err := Read(tx, by, id)
	if err != nil {
		return v, err
	}
	c, err := r.at(tx, by, VerbVoice, line)
	if err != nil {
		return v, err
	}
	wrong := errs.Fields{}
	if word(voices, v.Voice) == "" {
		wrong.Say("voice", "请选择是谁的判断。")
	}
	if word(classes, v.Class) == "" {
		wrong.Say("class", "请选择分类。")
	}
	if v.Text = strings.TrimSpace(v.Text); v.Text == "" || longer(v.Text, maxText) {
		wrong.Say("text", "请写明出处：哪份材料的哪一处，最多%d个字。", maxText)
	}
	if err := wrong.Check("没有记下：请先改正标出的地方。"); err != nil {
		return v, err
	}
	v.RoundID, v.Line, v.Person, v.On = r.ID, line, by.Name, tx.Today()
	before := held.Row{}
	if old, is := c.Voices[v.Voice]; is {
		before = old.row()
	}
	if err := putVoice(tx, v); err != nil {
		return v, err
	}
	return v, held.Log(tx, by, VerbVoice, v.Object(), before, v.row(), nil)
}
