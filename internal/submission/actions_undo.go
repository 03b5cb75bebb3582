package submission

// What undoes an earlier step: each with a reason in the journal, none of them takes anything out of it.

import (
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/fact"
	"yipanqi/internal/flow"
)

// Recall takes the first signature back before the second is given. The signed version stays on record; what is
// signed next is a new one.
func Recall(tx *db.Tx, by auth.User, id string, version int64, reason string) (Submission, error) {
	s, st, err := undo(tx, by, id, VerbRecall, version, reason)
	if err != nil {
		return s, err
	}
	v, err := latest(tx, s.ID)
	if err != nil {
		return s, err
	}
	return s, move(tx, by, &s, st, v, because(reason))
}

// Drop gives an amendment up: the submission stands again as it was accepted, or imported, whose facts were live all
// the time.
func Drop(tx *db.Tx, by auth.User, id string, version int64, reason string) (Submission, error) {
	s, st, err := undo(tx, by, id, VerbDrop, version, reason)
	if err != nil {
		return s, err
	}
	live, err := VersionByID(tx, s.AcceptedID)
	if err != nil {
		return s, err
	}
	c, err := ParseContent(live.Text)
	if err != nil {
		return s, err
	}
	st.To = string(live.standing())
	s.Typed, s.AmendReason, s.ReturnReason = c.Typed(), "", ""
	return s, move(tx, by, &s, st, live, because(reason))
}

// standing is the state of a submission whose live version this is; none if there is no such version.
func (v Version) standing() State {
	switch {
	case v.ID == 0:
		return ""
	case v.Source != "":
		return Historical
	}
	return Accepted
}

// Withdraw takes a form that has no live facts off a unit: it is no longer due. Restore asks for it again.
func Withdraw(tx *db.Tx, by auth.User, id string, version int64, reason string) (Submission, error) {
	s, st, err := undo(tx, by, id, VerbWithdraw, version, reason)
	if err != nil {
		return s, err
	}
	return withdraw(tx, by, s, st, reason)
}

func withdraw(tx *db.Tx, by auth.User, s Submission, st flow.Step, reason string) (Submission, error) {
	if err := fact.Expect(tx, s.Area, s.Period, s.Form.ID, -1); err != nil {
		return s, err
	}
	s.ReturnReason = strings.TrimSpace(reason)
	return s, move(tx, by, &s, st, Version{}, because(reason))
}

// Restore makes a withdrawn form due again, with what had been typed.
func Restore(tx *db.Tx, by auth.User, id string, version int64, reason string) (Submission, error) {
	s, st, err := undo(tx, by, id, VerbRestore, version, reason)
	if err != nil {
		return s, err
	}
	if err := fact.Expect(tx, s.Area, s.Period, s.Form.ID, 1); err != nil {
		return s, err
	}
	s.ReturnReason = ""
	return s, move(tx, by, &s, st, Version{}, because(reason))
}

func undo(tx *db.Tx, by auth.User, id, verb string, version int64, reason string) (Submission, flow.Step, error) {
	s, st, _, err := take(tx, by, id, verb)
	if err != nil {
		return s, st, err
	}
	if err := s.unchanged(version); err != nil {
		return s, st, err
	}
	if strings.TrimSpace(reason) == "" || !short(reason) {
		return s, st, errs.Fields{"reason": {Key: "请写明原因，600字以内，它会记入存证日志。"}}.Check("没有办理：请写明原因。")
	}
	return s, st, nil
}

func because(reason string) map[string]string {
	return map[string]string{"reason": strings.TrimSpace(reason)}
}
