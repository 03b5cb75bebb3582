package evaluation

// The data sheet of a participant: its figures as known on the cutoff day, frozen and signed by two people of it. Each
// time it is prepared is a version, added and never changed.

import (
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/signed"
)

// SheetState is where a version of a sheet stands.
type SheetState string

const (
	SheetOpen     SheetState = ""         // nothing is frozen
	SheetPrepared SheetState = "prepared" // frozen, signed by the first
	SheetSigned   SheetState = "signed"
	SheetReturned SheetState = "returned"
)

// Verbs of sheets.
const (
	VerbPrepare = "sheet.prepare"
	VerbSign    = "sheet.sign"
	VerbReturn  = "sheet.return"
)

// Parts that people play in a sheet, and places under it.
const (
	writer = "writer" // statistician, liaison or office of the participant
	signer = "leader" // leads it
	judge  = "judge"  // leads it, or runs the round
	first  = "first"
	second = "second"
)

// sheetLife is the whole state table of a sheet.
var sheetLife = flow.Table{Object: "sheet", Words: sheetWords, Ends: []string{string(SheetSigned)},
	Apart: map[string]say.Key{VerbSign: "送签的人不能自己签字：须由另一个人签。"},
	Steps: []flow.Step{
		flow.Line(SheetOpen, VerbPrepare, writer, SheetPrepared, flow.Rule{Needs: []string{"digest"}}),
		flow.Line(SheetPrepared, VerbSign, signer, SheetSigned, flow.Rule{Needs: []string{"digest"},
			Not: []string{VerbPrepare}}),
		flow.Line(SheetPrepared, VerbReturn, judge, SheetReturned, reasoned),
		flow.Line(SheetSigned, VerbReturn, judge, SheetReturned, reasoned),
		flow.Line(SheetReturned, VerbPrepare, writer, SheetPrepared, flow.Rule{Needs: []string{"digest"}}),
	}}

var sheetWords = map[string]say.Key{
	string(SheetPrepared): "待负责人签字", string(SheetSigned): "已双签字", string(SheetReturned): "已退回",

	VerbPrepare: "定稿并签字", VerbSign: "负责人签字", VerbReturn: "退回数据表",

	writer: "参加单位的统计员、联络员或办公室", signer: "参加单位负责人", judge: "参加单位负责人或组织评估的妇儿工委办",
}

// Words are the Chinese words for a state.
func (s SheetState) Words() say.Key {
	if s == SheetOpen {
		return "未定稿"
	}
	return sheetWords[string(s)]
}

// Sheet is a version of a participant's data sheet.
type Sheet struct {
	ID      string     `json:"id"`
	RoundID string     `json:"round"`
	Unit    string     `json:"unit"`
	Number  int        `json:"number"`
	State   SheetState `json:"state"`
	signed.Frozen
	Reason     string             `json:"reason,omitempty"`
	PersonID   string             `json:"-"`
	Person     string             `json:"person"`
	PreparedAt time.Time          `json:"prepared_at"`
	Signatures []signed.Signature `json:"signatures"`
	Version    int64              `json:"version"`
	UpdatedBy  string             `json:"-"`
	UpdatedAt  time.Time          `json:"-"`
}

// Object is the sheet's name in the journal.
func (s Sheet) Object() string { return "sheet/" + s.ID }

// sheetText is what is signed. Numbers are strings, as in all signed text.
type sheetText struct {
	Schema   string       `json:"schema"`
	Sample   bool         `json:"sample,omitempty"`
	Round    string       `json:"round"`
	Title    string       `json:"title"`
	Unit     string       `json:"unit"`
	UnitName string       `json:"unit_name"`
	Area     string       `json:"area"`
	AreaName string       `json:"area_name"`
	CutoffOn string       `json:"cutoff_on"`
	Number   string       `json:"number"`
	Lines    []sheetLine  `json:"lines"`
	Counted  sheetCounted `json:"counted"`
}

type sheetCounted struct {
	Figures string `json:"figures"`
	Signed  string `json:"signed"`
}

type sheetLine struct {
	Indicator  string `json:"indicator"`
	Name       string `json:"name"`
	BasePeriod string `json:"base_period"`
	Base       string `json:"base"`
	Target     string `json:"target"`
	Period     string `json:"period"`
	Value      string `json:"value"`
	Unit       string `json:"unit"`
	Change     string `json:"change"`
	Status     string `json:"status"`
	Proof      string `json:"proof"`
	Computed   string `json:"computed"`
	Class      string `json:"class"`
	Reason     string `json:"reason,omitempty"`
}

const sheetSchema = "yipanqi/data-sheet/1"

// compose is the sheet's text as it would be frozen now.
func (r Round) compose(tx *db.Tx, by auth.User, p Participant, number int, lines []Line) (signed.Frozen, error) {
	unit, err := network.UnitByCode(tx, p.Unit)
	if err != nil {
		return signed.Frozen{}, err
	}
	area, err := r.areaOf(tx, p)
	if err != nil {
		return signed.Frozen{}, err
	}
	n := count(lines)
	text := sheetText{Schema: sheetSchema, Sample: by.Sample, Round: r.ID, Title: r.Title, Unit: unit.Code,
		UnitName: unit.Name, Area: area.Code, AreaName: area.Name, CutoffOn: r.CutoffOn, Number: strconv.Itoa(number),
		Counted: sheetCounted{strconv.Itoa(n.Figures), strconv.Itoa(n.Signed)}, Lines: []sheetLine{}}
	for _, l := range lines {
		one := sheetLine{l.Indicator, l.Name, l.BasePeriod, l.Base, l.Target, l.Period, l.Value, l.Unit, l.Change,
			l.Status, l.Proof, l.Computed, l.Class, ""}
		if l.Moved != nil {
			one.Reason = l.Moved.Reason
		}
		text.Lines = append(text.Lines, one)
	}
	return signed.Freeze(text)
}

// SheetText is what Prepare would freeze now.
func SheetText(tx *db.Tx, by auth.User, id, unit string) (signed.Frozen, error) {
	r, p, err := participating(tx, by, id, unit)
	if err != nil {
		return signed.Frozen{}, err
	}
	w, err := sheetOf(tx, r, p)
	if err != nil {
		return signed.Frozen{}, err
	}
	lines, err := r.Attainment(tx, p)
	if err != nil {
		return signed.Frozen{}, err
	}
	return r.compose(tx, by, p, w.Number+1, lines)
}

// content is what the sheet says.
func (s Sheet) content() (c sheetText, err error) { return c, json.Unmarshal([]byte(s.Text), &c) }

// whose is a sheet with the round and the participant that it is of.
type whose struct {
	Sheet
	round Round
	who   Participant
}

func (w whose) plays(by auth.User, part string) (auth.Post, error) {
	one := func(why say.Key, roles ...string) (auth.Post, error) {
		for _, role := range roles {
			if post, ok := by.PostFor(w.who.Unit, role); ok {
				return post, nil
			}
		}
		return auth.Post{}, errs.Deniedf(why)
	}
	switch part {
	case writer:
		return one("数据表由参加单位的统计员、联络员或办公室定稿。", auth.Statistician, auth.Liaison, auth.Office)
	case signer:
		return one("数据表由参加单位的负责人签字。", auth.Leader, auth.CommitteeChief)
	}
	if post, err := w.round.plays(by, organiser); err == nil {
		return post, nil
	}
	return one("数据表由参加单位的负责人或组织评估的妇儿工委办退回。", auth.Leader, auth.CommitteeChief)
}

func (w whose) as(by auth.User) flow.Case {
	c := flow.Case{State: string(w.State), Plays: func(part string) (auth.Post, error) { return w.plays(by, part) },
		Fits: func(flow.Step) error {
			if w.round.State != Running {
				return errs.Conflictf("评估不在进行中，数据表不能再办。")
			}
			return nil
		}}
	if w.State == SheetPrepared {
		c.Did = []flow.Deed{{Verb: VerbPrepare, PersonID: w.PersonID, Unit: w.Unit}}
	}
	return c
}

// sheetOf is the newest version of a participant's sheet, an open one if there is none.
func sheetOf(tx *db.Tx, r Round, p Participant) (whose, error) {
	all, err := SheetsOf(tx, r.ID, p.Unit)
	if err != nil || len(all) == 0 {
		return whose{Sheet: Sheet{RoundID: r.ID, Unit: p.Unit}, round: r, who: p}, err
	}
	return whose{Sheet: all[len(all)-1], round: r, who: p}, nil
}

// participating is the round with the participant that by speaks for or oversees.
func participating(tx *db.Tx, by auth.User, id, unit string) (Round, Participant, error) {
	r, err := Read(tx, by, id)
	if err != nil {
		return r, Participant{}, err
	}
	p, is := r.Participant(unit)
	if !is || !r.owns(by) && !p.is(by) {
		return r, p, unseen
	}
	return r, p, nil
}

// takeSheet is the newest version of a participant's sheet with the step that by takes with it, and in which post.
func takeSheet(tx *db.Tx, by auth.User, id, unit, verb string) (w whose, st flow.Step, post auth.Post, err error) {
	r, p, err := participating(tx, by, id, unit)
	if err != nil {
		return w, st, post, err
	}
	if w, err = sheetOf(tx, r, p); err != nil {
		return w, st, post, err
	}
	st, post, err = sheetLife.Take(verb, by, w.as(by))
	return w, st, post, err
}

// Prepare freezes the sheet as it reads and puts the first signature under it: digest is that of what was read.
func Prepare(tx *db.Tx, by auth.User, id, unit, digest string, key account.Unlocked) (Sheet, error) {
	w, st, post, err := takeSheet(tx, by, id, unit, VerbPrepare)
	if err != nil {
		return w.Sheet, err
	}
	lines, err := w.round.Attainment(tx, w.who)
	if err != nil {
		return w.Sheet, err
	}
	if len(lines) == 0 {
		return w.Sheet, errs.Conflictf("没有可以签字的数据：本单位在这些规划里没有指标。")
	}
	s := Sheet{ID: db.NewID(), RoundID: w.round.ID, Unit: unit, Number: w.Number + 1, State: SheetState(st.To),
		PersonID: by.ID, Person: by.Name, PreparedAt: tx.Now, Version: 1, UpdatedBy: by.Name, UpdatedAt: tx.Now}
	if s.Frozen, err = w.round.compose(tx, by, w.who, s.Number, lines); err != nil {
		return s, err
	}
	if err := insertSheet(tx, s); err != nil {
		return s, err
	}
	g, err := s.Sign(tx, by, first, post, digest, key)
	if err != nil {
		return s, err
	}
	s.Signatures = []signed.Signature{g}
	if err := insertSignature(tx, s.ID, g); err != nil {
		return s, err
	}
	return s, held.Log(tx, by, VerbPrepare, s.Object(), nil, s.row(), signedDetail(s, g))
}

func signedDetail(s Sheet, g signed.Signature) map[string]string {
	return map[string]string{"digest": s.Digest, "key": g.KeyID, "post": g.Post, "of": g.Unit, "role": g.Role}
}

// Sign puts the second signature under the frozen sheet.
func Sign(tx *db.Tx, by auth.User, id, unit, digest string, key account.Unlocked) (Sheet, error) {
	w, st, post, err := takeSheet(tx, by, id, unit, VerbSign)
	if err != nil {
		return w.Sheet, err
	}
	s := w.Sheet
	if signed.Took(s.Signatures, by, key) {
		return s, errs.Deniedf(sheetLife.Apart[VerbSign])
	}
	g, err := s.Sign(tx, by, second, post, digest, key)
	if err != nil {
		return s, err
	}
	if err := insertSignature(tx, s.ID, g); err != nil {
		return s, err
	}
	s.Signatures = append(slices.Clone(s.Signatures), g)
	before := s.row()
	s.State, s.UpdatedBy, s.UpdatedAt = SheetState(st.To), by.Name, tx.Now
	if err := updateSheet(tx, &s); err != nil {
		return s, err
	}
	return s, held.Log(tx, by, VerbSign, s.Object(), before, s.row(), signedDetail(s, g))
}

// Return sends a frozen sheet back, so that another version is prepared.
func Return(tx *db.Tx, by auth.User, id, unit, reason string) (Sheet, error) {
	w, st, _, err := takeSheet(tx, by, id, unit, VerbReturn)
	if err != nil {
		return w.Sheet, err
	}
	s := w.Sheet
	before := s.row()
	if s.Reason, err = why(reason); err != nil {
		return s, err
	}
	s.State, s.UpdatedBy, s.UpdatedAt = SheetState(st.To), by.Name, tx.Now
	if err := updateSheet(tx, &s); err != nil {
		return s, err
	}
	return s, held.Log(tx, by, VerbReturn, s.Object(), before, s.row(), map[string]string{"reason": s.Reason})
}

// Classify moves an indicator of a participant between reachable and far, with a reason; both stand beside it then.
func Classify(tx *db.Tx, by auth.User, id, unit, code, class, reason string) (Move, error) {
	r, p, err := participating(tx, by, id, unit)
	if err != nil {
		return Move{}, err
	}
	w, err := sheetOf(tx, r, p)
	if err != nil {
		return Move{}, err
	}
	if err := by.Check(VerbClassify); err != nil {
		return Move{}, err
	}
	if _, err := w.plays(by, writer); err != nil && !r.owns(by) {
		return Move{}, err
	}
	if w.State == SheetPrepared || w.State == SheetSigned || r.State != Running {
		return Move{}, errs.Conflictf("数据表已经定稿，不能再调整。要调整请先退回数据表。")
	}
	lines, err := r.Attainment(tx, p)
	if err != nil {
		return Move{}, err
	}
	at := slices.IndexFunc(lines, func(l Line) bool { return l.Indicator == code })
	if at < 0 {
		return Move{}, errs.Fields{"indicator": {Key: "没有这个指标。"}}.Check("没有调整：请先改正标出的地方。")
	}
	wrong := errs.Fields{}
	if lines[at].Computed != Reachable && lines[at].Computed != Far || class != Reachable && class != Far {
		wrong.Say("class", "只能在“%s”和“%s”之间调整。", word(classes, Reachable), word(classes, Far))
	}
	m := Move{RoundID: r.ID, Unit: unit, Indicator: code, Class: class, Person: by.Name, On: tx.Today()}
	if m.Reason, err = why(reason); err != nil {
		wrong["reason"] = errs.FieldsOf(err)["reason"]
	}
	if err := wrong.Check("没有调整：请先改正标出的地方。"); err != nil {
		return m, err
	}
	before := held.Row{}
	if lines[at].Moved != nil {
		before = lines[at].Moved.row()
	}
	if err := putMove(tx, m); err != nil {
		return m, err
	}
	return m, held.Log(tx, by, VerbClassify, m.Object(), before, m.row(), nil)
}
