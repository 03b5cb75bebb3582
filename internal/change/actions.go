package change

// What the office and the leaders do with an adjustment until its day; the day itself is apply.go's.

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/emmansun/gmsm/sm3"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/flow"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

var noBasis = errs.Conflictf("还没有附上依据文件。请妇儿工委办先把文件附在这项调整的办理记录里。")

var unseen = errs.Missingf("没有找到这项调整。它可能还没有批准，或者不在您的工作范围内。")

// Read is one adjustment that by may see.
func Read(tx *db.Tx, by auth.User, id string) (Adjustment, error) {
	a, err := ByID(tx, id)
	if errs.KindOf(err) == errs.Missing || err == nil && !a.sees(by) {
		return Adjustment{}, unseen
	}
	return a, err
}

// List are the adjustments that by may see, the newest day first.
func List(tx *db.Tx, by auth.User) (seen []Adjustment, err error) {
	found, err := all(tx, "")
	for _, a := range found {
		if a.sees(by) {
			seen = append(seen, a)
		}
	}
	return seen, err
}

// Draft begins an adjustment of a body.
func Draft(tx *db.Tx, by auth.User, a Adjustment) (Adjustment, error) {
	if err := by.Check(VerbDraft); err != nil {
		return a, err
	}
	if err := a.validate(); err != nil {
		return a, err
	}
	if a.EffectiveOn <= tx.Today() {
		return a, errs.Fields{"effective_on": {Key: "生效日须在今天之后。"}}.Check("没有保存：请先改正标出的地方。")
	}
	body, err := network.UnitByCode(tx, a.Body)
	if err != nil {
		return a, errs.In("body", err)
	}
	area, err := network.AreaByID(tx, body.AreaID)
	if err != nil {
		return a, err
	}
	a.ID, a.State, a.Lines, a.areaPath, a.Version = db.NewID(), Drafted, []Line{}, area.Path, 1
	post, err := a.plays(by, partOffice)
	if err != nil {
		return a, err
	}
	a.DraftedBy, a.draftedID, a.unit, a.CreatedAt = by.Name, by.ID, post.Unit, tx.Now
	if err := insert(tx, a); err != nil {
		return a, err
	}
	if err := findable(tx, a); err != nil {
		return a, err
	}
	return a, journal.Log(tx, by, VerbDraft, a.Object(), map[string]string{"title": a.Title, "body": a.Body,
		"effective_on": a.EffectiveOn, "basis": a.Basis})
}

// step is what every step begins with: the adjustment as by may see it, unchanged since, and the line of the table.
func step(tx *db.Tx, by auth.User, id string, version int64, verb string) (a Adjustment, s flow.Step, err error) {
	if a, err = Read(tx, by, id); err != nil {
		return a, s, err
	}
	if s, _, err = life.Take(verb, by, a.as(by, tx.Today())); err != nil {
		return a, s, err
	}
	if version != 0 && version != a.Version {
		return a, s, errs.Conflictf("这项调整刚被别人改过。请刷新页面，看过新的内容再办。")
	}
	return a, s, nil
}

// keep writes an adjustment after a step and journals it.
func (a *Adjustment) keep(tx *db.Tx, by auth.User, s flow.Step, detail map[string]string) error {
	a.State = s.To
	if err := update(tx, a); err != nil {
		return err
	}
	if err := findable(tx, *a); err != nil {
		return err
	}
	return journal.Log(tx, by, s.Verb, a.Object(), detail)
}

// Edit changes title, basis and day. Units that are to begin on the day begin on the new one.
func Edit(tx *db.Tx, by auth.User, id string, version int64, to Adjustment) (Adjustment, error) {
	a, s, err := step(tx, by, id, version, VerbEdit)
	if err != nil {
		return a, err
	}
	before := a.EffectiveOn
	a.Title, a.Basis, a.EffectiveOn, a.previewed = to.Title, to.Basis, to.EffectiveOn, ""
	if err := a.validate(); err != nil {
		return a, err
	}
	if a.EffectiveOn <= tx.Today() {
		return a, errs.Fields{"effective_on": {Key: "生效日须在今天之后。"}}.Check("没有保存：请先改正标出的地方。")
	}
	if err := a.moveNew(tx, before, a.EffectiveOn); err != nil {
		return a, err
	}
	return a, a.keep(tx, by, s, map[string]string{"title": a.Title, "basis": a.Basis, "effective_on": a.EffectiveOn})
}

// moveNew gives the units that begin with the adjustment another first day; "" for one that never comes.
func (a Adjustment) moveNew(tx *db.Tx, before, day string) error {
	for _, l := range a.Lines {
		for _, code := range l.To {
			u, err := network.UnitByCode(tx, code)
			if err != nil {
				return err
			}
			if u.OpensOn != before || before <= tx.Today() || before == day {
				continue
			}
			if day == "" {
				u.ClosesOn = u.OpensOn
			} else {
				u.OpensOn = day
			}
			if _, err := network.PutUnit(tx, u); err != nil {
				return err
			}
		}
	}
	return nil
}

// AddLine adds a change.
func AddLine(tx *db.Tx, by auth.User, id string, version int64, l Line) (Adjustment, error) {
	a, s, err := step(tx, by, id, version, VerbEdit)
	if err != nil {
		return a, err
	}
	for _, code := range l.units() {
		if _, err := network.UnitByCode(tx, code); err != nil {
			return a, errs.In("from", err)
		}
	}
	if err := l.validate(); err != nil {
		return a, err
	}
	for _, other := range a.Lines {
		l.number = max(l.number, other.number)
	}
	l.number++
	a.Lines, a.previewed = append(a.Lines, l), ""
	others, err := standing(tx, a.EffectiveOn)
	if err != nil {
		return a, err
	}
	if err := a.check(tx, others); err != nil {
		return a, err
	}
	if err := insertLine(tx, a.ID, l); err != nil {
		return a, err
	}
	return a, a.keep(tx, by, s, map[string]string{"line": l.said()})
}

// DropLine takes a change out again.
func DropLine(tx *db.Tx, by auth.User, id string, version int64, number int) (Adjustment, error) {
	a, s, err := step(tx, by, id, version, VerbEdit)
	if err != nil {
		return a, err
	}
	at := slices.IndexFunc(a.Lines, func(l Line) bool { return l.number == number })
	if at < 0 {
		return a, errs.Missingf("没有这一行。请刷新页面看看。")
	}
	gone := a.Lines[at]
	a.Lines, a.previewed = slices.Delete(a.Lines, at, at+1), ""
	if err := deleteLine(tx, a.ID, number); err != nil {
		return a, err
	}
	return a, a.keep(tx, by, s, map[string]string{"without": gone.said()})
}

// AddUnit makes a unit that begins on the adjustment's day, so that lines can lead to it.
func AddUnit(tx *db.Tx, by auth.User, id string, version int64, u network.Unit) (Adjustment, error) {
	a, s, err := step(tx, by, id, version, VerbEdit)
	if err != nil {
		return a, err
	}
	if _, err := network.UnitByCode(tx, u.Code); err == nil {
		return a, errs.Fields{"code": {Key: "这个代码已有单位。"}}.Check("没有新设：请先改正标出的地方。")
	} else if errs.KindOf(err) != errs.Missing {
		return a, err
	}
	body, err := network.UnitByCode(tx, a.Body)
	if err != nil {
		return a, err
	}
	if err := a.checkName(tx, Line{From: []string{a.Body}, Name: u.Name}); err != nil {
		return a, err
	}
	if u.ShortName == "" {
		u.ShortName = u.Name
	}
	u.AreaID, u.Parent, u.OpensOn, u.Position = body.AreaID, a.Body, a.EffectiveOn, body.Position
	if _, err := network.PutUnit(tx, u); err != nil {
		return a, err
	}
	a.previewed = ""
	return a, a.keep(tx, by, s, map[string]string{"unit": u.Code, "name": u.Name})
}

// Assign says who takes over: all of a kind, or one thing. A unit of "" takes back what was said; Nobody says that it
// is not known yet.
func Assign(tx *db.Tx, by auth.User, id string, version int64, line int, shares []Share) (Adjustment, error) {
	verb := VerbEdit
	if a, err := Read(tx, by, id); err == nil && a.State == Approved {
		verb = VerbAssign
	}
	a, s, err := step(tx, by, id, version, verb)
	if err != nil {
		return a, err
	}
	if !slices.ContainsFunc(a.Lines, func(l Line) bool { return l.number == line }) {
		return a, errs.Missingf("没有这一行。请刷新页面看看。")
	}
	detail := map[string]string{"line": strconv.Itoa(line)}
	for _, share := range shares {
		switch share.Unit {
		case "":
			err = dropShare(tx, a.ID, line, share)
		case Nobody:
			share.Unit = ""
			err = putShare(tx, a.ID, line, share)
		default:
			if ok, takesErr := a.takes(tx, share.Unit); takesErr != nil || !ok {
				return a, errs.Conflictf("%s在%s不存在或要撤销，不能承接。请选别的单位。", share.Unit, a.EffectiveOn)
			}
			err = putShare(tx, a.ID, line, share)
		}
		if err != nil {
			return a, err
		}
		detail[strings.Trim(share.Kind+" "+share.Object, " ")] = share.Unit
	}
	if verb == VerbEdit {
		a.previewed = ""
	}
	return a, a.keep(tx, by, s, detail)
}

// Nobody stands for a receiver who is not known yet.
const Nobody = "?"

// Look is the preview that has to be looked at before approval; the journal says what it showed.
func Look(tx *db.Tx, by auth.User, id string, version int64, holds []module.Hold) (Adjustment, Preview, error) {
	a, s, err := step(tx, by, id, version, VerbPreview)
	if err != nil {
		return a, Preview{}, err
	}
	others, err := standing(tx, a.EffectiveOn)
	if err != nil {
		return a, Preview{}, err
	}
	if err := a.check(tx, others); err != nil {
		return a, Preview{}, err
	}
	p, err := preview(tx, a, holds)
	if err != nil {
		return a, p, err
	}
	a.previewed = a.digest()
	return a, p, a.keep(tx, by, s, p.said())
}

// said is what the journal keeps of a preview: how much of each kind, and how much nobody takes over.
func (p Preview) said() map[string]string {
	detail := map[string]string{"missing": strconv.Itoa(p.Missing)}
	for kind, n := range p.Counts {
		detail[kind] = strconv.Itoa(n)
	}
	return detail
}

// digest is of all that an adjustment is to do.
func (a Adjustment) digest() string {
	text := []string{a.Title, a.Body, a.Basis, a.EffectiveOn}
	for _, l := range a.Lines {
		text = append(text, l.said())
	}
	return digestOf(strings.Join(text, "\n"))
}

func digestOf(text string) string {
	sum := sm3.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Approve is the leader's word. Everything must have somebody who takes it over, and the document must lie there.
func Approve(tx *db.Tx, by auth.User, id string, version int64, holds []module.Hold) (Adjustment, error) {
	return approve(tx, by, id, version, holds, VerbApprove, nil)
}

// Enter registers an approval that a leader gave on paper: who gave it, and the file that shows it.
func Enter(tx *db.Tx, by auth.User, id string, version int64, holds []module.Hold, leader, file string) (Adjustment,
	error) {
	return approve(tx, by, id, version, holds, VerbEnter, map[string]string{"for": leader, "file": file})
}

func approve(tx *db.Tx, by auth.User, id string, version int64, holds []module.Hold, verb string,
	given map[string]string) (Adjustment, error) {
	a, s, err := step(tx, by, id, version, verb)
	if err != nil {
		return a, err
	}
	if len(s.Lacks(given)) > 0 {
		return a, errs.Fields{"for": {Key: "请写明是谁批准的，并选定批准文件。"}}.
			Check("请写明是谁批准的，并选定批准文件。")
	}
	files, err := evidence.Of(tx, a.Object())
	if err != nil {
		return a, err
	}
	if !slices.ContainsFunc(files, func(f evidence.File) bool {
		return f.Current() && (verb != VerbEnter || f.ID == given["file"])
	}) {
		return a, noBasis
	}
	if err := a.ready(tx, holds); err != nil {
		return a, err
	}
	if a.Number, err = nextNumber(tx, a.areaPath, tx.Today()[:4]); err != nil {
		return a, err
	}
	detail := map[string]string{"number": a.Number, "digest": a.previewed}
	for key, value := range given {
		detail[key] = value
	}
	return a, a.keep(tx, by, s, detail)
}

// ready refuses an adjustment that could not be applied as things stand.
func (a Adjustment) ready(tx *db.Tx, holds []module.Hold) error {
	others, err := standing(tx, a.EffectiveOn)
	if err != nil {
		return err
	}
	if err := a.check(tx, others); err != nil {
		return err
	}
	p, err := preview(tx, a, holds)
	if err != nil {
		return err
	}
	return p.refusal()
}

// Withdraw ends an adjustment before its day, with a reason; its number stays.
func Withdraw(tx *db.Tx, by auth.User, id string, version int64, reason string) (Adjustment, error) {
	a, s, err := step(tx, by, id, version, VerbWithdraw)
	if err != nil {
		return a, err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return a, errs.Fields{"reason": {Key: "请写明撤销的原因。"}}.Check("请写明撤销的原因。")
	}
	if err := a.moveNew(tx, a.EffectiveOn, ""); err != nil {
		return a, err
	}
	return a, a.keep(tx, by, s, map[string]string{"reason": reason})
}
