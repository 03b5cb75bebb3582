package request

// What an office does with a request: draft it, send it to its units, withdraw it. What a unit does with its answer is
// actions_answer.go's.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

var unseen = errs.Missingf("没有找到这次征集。它可能不存在，或者您没有查看权限。")

// Read returns a request that by may see; any other is missing.
func Read(tx *db.Tx, by auth.User, id string) (Request, error) {
	r, err := Get(tx, id)
	if err != nil {
		return r, err
	}
	if ok, err := seen(tx, by, r); err != nil || !ok {
		return Request{}, orElse(err, unseen)
	}
	return r, nil
}

// owns says whether by asks or oversees it, and so sees all of it.
func (r Request) owns(by auth.User) bool { return by.Sees(r.Unit, r.AreaPath) }

// told is the request as who is asked may see it: the own questions, and nobody else who is asked. asked are the units
// that it named in whose stead the reader answers.
func (r Request) told(asked []string) Request {
	r.Addressees = slices.DeleteFunc(slices.Clone(r.Addressees), func(unit string) bool {
		return !slices.Contains(asked, unit)
	})
	own := []Question{}
	for _, q := range r.Questions {
		if slices.ContainsFunc(asked, q.Asks) {
			q.Units = nil
			own = append(own, q)
		}
	}
	r.Questions = own
	return r
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// Create drafts a request for the office of by.
func Create(tx *db.Tx, by auth.User, r Request) (Request, error) {
	if err := by.Check(VerbCreate); err != nil {
		return r, err
	}
	at := slices.IndexFunc(by.Posts, func(p auth.Post) bool {
		return p.Role == auth.Office && (r.Unit == "" || p.Unit == r.Unit)
	})
	if at < 0 {
		return r, errs.Deniedf("征集须由妇儿工委办发起。")
	}
	r.ID, r.Unit, r.AreaPath, r.State = db.NewID(), by.Posts[at].Unit, by.Posts[at].AreaPath, Draft
	r.CreatedBy, r.CreatedAt, r.Version = by.ID, tx.Now, 1
	if r.SignRule == "" {
		r.SignRule = Nobody
	}
	if err := r.check(tx, by); err != nil {
		return r, err
	}
	if err := insert(tx, r); err != nil {
		return r, err
	}
	if err := findable(tx, r); err != nil {
		return r, err
	}
	return r, held.Log(tx, by, VerbCreate, r.Object(), nil, r.row(), nil)
}

// check tidies what was typed and refuses what cannot be kept.
func (r *Request) check(tx *db.Tx, by auth.User) error {
	r.Addressees = slices.Compact(slices.Clone(r.Addressees))
	for _, code := range r.Addressees {
		unit, err := network.UnitByCode(tx, code)
		if errs.KindOf(err) == errs.Missing {
			return unfit("unit", "有的征集对象不存在。请从列表里选。")
		}
		if err != nil {
			return err
		}
		area, err := network.AreaByID(tx, unit.AreaID)
		if err != nil {
			return err
		}
		if !strings.HasPrefix(area.Path, r.AreaPath) {
			return unfit("unit", "有的征集对象不存在。请从列表里选。")
		}
	}
	r.tidy()
	r.UpdatedBy, r.UpdatedAt = by.Name, tx.Now
	if err := r.findReviewer(tx); err != nil {
		return err
	}
	if r.Reviewer != "" && !slices.Contains(reviewing, r.reviewer.Role) || r.reviewer.Unit != "" &&
		r.reviewer.Unit != r.Unit {
		return unfit("reviewer", "审核人要在发起单位任职。请从列表里选。")
	}
	return r.keepable()
}

// unfit refuses what stands in a field.
func unfit(field string, why say.Key) error {
	return errs.Fields{field: {Key: why}}.Check("没有保存：请先改正标出的地方。")
}

// reviewing are the roles that may be named to judge answers.
var reviewing = []string{auth.Office, auth.Leader, auth.CommitteeChief}

// take reads the request and finds the line of the state table by which by may do verb now.
func take(tx *db.Tx, by auth.User, id, verb string) (Request, flow.Step, error) {
	r, err := Read(tx, by, id)
	if err != nil {
		return r, flow.Step{}, err
	}
	st, _, err := life.Take(verb, by, r.as(by))
	return r, st, err
}

// Edit replaces what a draft says. Version is that which the editor has seen.
func Edit(tx *db.Tx, by auth.User, now Request) (Request, error) {
	r, _, err := take(tx, by, now.ID, VerbEdit)
	if err != nil {
		return r, err
	}
	before := r.row()
	if r.Version != now.Version {
		return r, errs.Conflictf("%s刚刚改过这份征集。您写的内容都还在本页；请另开一页核对后再保存。", r.UpdatedBy)
	}
	r.Kind, r.Title, r.Basis, r.Questions, r.Addressees = now.Kind, now.Title, now.Basis, now.Questions, now.Addressees
	r.DueOn, r.Reviewer, r.SignRule, r.About = now.DueOn, now.Reviewer, now.SignRule, now.About
	if err := r.check(tx, by); err != nil {
		return r, err
	}
	if err := update(tx, &r); err != nil {
		return r, err
	}
	if err := findable(tx, r); err != nil {
		return r, err
	}
	return r, held.Log(tx, by, VerbEdit, r.Object(), before, r.row(), nil)
}

// Send puts the request to its units: each has its answer to give from now on.
func Send(tx *db.Tx, by auth.User, id string, version int64) (Request, error) {
	r, st, err := take(tx, by, id, VerbSend)
	if err != nil {
		return r, err
	}
	before := r.row()
	if err := r.unchanged(version); err != nil {
		return r, err
	}
	if err := r.sendable(tx.Today()); err != nil {
		return r, err
	}
	for _, code := range r.Addressees {
		if err := r.ask(tx, by, code); err != nil {
			return r, err
		}
	}
	r.State, r.SentAt, r.UpdatedBy, r.UpdatedAt = State(st.To), tx.Now, by.Name, tx.Now
	if err := update(tx, &r); err != nil {
		return r, err
	}
	if err := findable(tx, r); err != nil {
		return r, err
	}
	return r, held.Log(tx, by, VerbSend, r.Object(), before, r.row(),
		map[string]string{"units": strconv.Itoa(len(r.Addressees))})
}

func (r Request) ask(tx *db.Tx, by auth.User, code string) error {
	unit, area, err := unitToday(tx, code)
	if err != nil {
		return err
	}
	a := Answer{ID: db.NewID(), RequestID: r.ID, Unit: unit.Code, Asked: unit.Code, AreaPath: area.Path, State: Sent,
		DueOn: r.DueOn, Draft: Content{}, StepAt: tx.Now, Version: 1, UpdatedBy: by.Name, UpdatedAt: tx.Now}
	if err := insertAnswer(tx, a); err != nil {
		return err
	}
	return held.Log(tx, by, VerbSend, a.Object(), nil, a.row(), nil)
}

// unitToday is a unit that there is today, with its area.
func unitToday(tx *db.Tx, code string) (network.Unit, network.Area, error) {
	unit, err := network.UnitByCode(tx, code)
	if err != nil {
		return unit, network.Area{}, err
	}
	today := tx.Today()
	if unit.OpensOn > today || unit.ClosesOn != "" && unit.ClosesOn <= today {
		return unit, network.Area{}, errs.Invalidf("%s今天不在册，不能作为征集对象。请换成承接它职责的单位。", unit.Name)
	}
	area, err := network.AreaByID(tx, unit.AreaID)
	return unit, area, err
}

func (r Request) unchanged(version int64) error {
	if r.Version != version {
		return errs.Conflictf("%s刚刚改过这份征集。请刷新页面，看过之后再办。", r.UpdatedBy)
	}
	return nil
}

// Withdraw takes the request back with a reason; who was asked owes nothing any more.
func Withdraw(tx *db.Tx, by auth.User, id string, version int64, reason string) (Request, error) {
	r, st, err := take(tx, by, id, VerbWithdraw)
	if err != nil {
		return r, err
	}
	before := r.row()
	if err := r.unchanged(version); err != nil {
		return r, err
	}
	if r.Reason, err = reasonOf(reason); err != nil {
		return r, err
	}
	answers, err := Answers(tx, r.ID)
	if err != nil {
		return r, err
	}
	for _, a := range answers {
		if life.Ended(string(a.State)) {
			continue
		}
		was := a.row()
		a.State, a.StepAt, a.UpdatedBy, a.UpdatedAt = Withdrawn, tx.Now, by.Name, tx.Now
		if err := updateAnswer(tx, &a); err != nil {
			return r, err
		}
		if err := held.Log(tx, by, VerbWithdraw, a.Object(), was, a.row(),
			map[string]string{"reason": r.Reason}); err != nil {
			return r, err
		}
	}
	r.State, r.UpdatedBy, r.UpdatedAt = State(st.To), by.Name, tx.Now
	if err := update(tx, &r); err != nil {
		return r, err
	}
	return r, held.Log(tx, by, VerbWithdraw, r.Object(), before, r.row(), map[string]string{"reason": r.Reason})
}

const maxReason = 600

func reasonOf(text string) (string, error) {
	if text = strings.TrimSpace(text); text == "" || longer(text, maxReason) {
		return "", errs.Fields{"reason": {Key: "请写明原因，600字以内。"}}.Check("没有办理：请写明原因。")
	}
	return text, nil
}
