package edition

// Publishing, which is refused while anything rests on what the edition no longer asks for.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/period"
	"yipanqi/internal/submission"
)

// Publish makes f what its form asks from a period on, and carries open drafts over. A form that is new asks from its
// first opening.
func Publish(tx *db.Tx, by auth.User, f form.Form, from period.Period) (form.Form, error) {
	was, known, err := present(tx, f.Code)
	if err != nil {
		return f, err
	}
	if err := may(tx, by, was, f, known); err != nil {
		return f, err
	}
	if !known {
		return form.Publish(tx, by, f, period.Period{})
	}
	e, err := EffectsOf(tx, was, f, from)
	if err != nil {
		return f, err
	}
	if n := len(e.Obstacle); n > 0 {
		return f, errs.Conflictf("没有发布：有%d处还用着这个版本不再问的数，或已按现行版本签字、生效（见预览里的清单）。请先处理，或改从更晚的期起用。", n)
	}
	open, _, err := submission.Reached(tx, was.ID, from)
	if err != nil {
		return f, err
	}
	if f, err = form.Publish(tx, by, f, from); err != nil {
		return f, err
	}
	for _, s := range open {
		if err := submission.Carry(tx, s, f); err != nil {
			return f, err
		}
	}
	return f, nil
}

// present is the edition in force of a code, if there is such a form.
func present(tx *db.Tx, code string) (f form.Form, known bool, err error) {
	return db.Maybe(form.ByCode(tx, code))
}

// may refuses who may not publish the present edition as well as the new one: a form is not taken over by naming
// oneself in its head.
func may(tx *db.Tx, by auth.User, was, is form.Form, known bool) error {
	if known {
		if err := form.MayPublish(tx, by, was.Issuer); err != nil {
			return err
		}
	}
	return form.MayPublish(tx, by, is.Issuer)
}
