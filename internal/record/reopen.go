package record

// A closing taken back while nobody's signature rests on its numbers: the cells that it filled are empty again, or
// filled by another closing, and the period can be closed anew. The closing itself stays, with its records and the
// reason.

import (
	"maps"
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/held"
	"yipanqi/internal/submission"
)

// reopened is when the closing was taken back; no time if it stands.
func (c Closing) reopened() (at time.Time) {
	if c.ReopenedAt != nil {
		at = *c.ReopenedAt
	}
	return at
}

// Reopen takes a closing back. Whoever may close may do so, for a reason.
func Reopen(tx *db.Tx, by auth.User, id, reason string) (c Closing, err error) {
	if err := by.Check(VerbReopen); err != nil {
		return c, err
	}
	if c, err = closingByID(tx, id); errs.KindOf(err) == errs.Missing {
		return c, unseen
	}
	if err != nil {
		return c, err
	}
	d, err := ByCode(tx, c.Register)
	if err != nil {
		return c, err
	}
	k, err := castOf(tx, d)
	if err != nil {
		return c, err
	}
	if !k.reads(by, c.AreaPath) {
		return c, unseen
	}
	if _, may := k.closes(by, k.places.paths[c.AreaPath]); !may {
		return c, errs.Deniedf("撤销结账须由确认这项登记的单位办理。")
	}
	if c.ReopenedAt != nil {
		return c, errs.Conflictf("这次结账已由%s撤销。", c.ReopenedBy)
	}
	wrong := errs.Fields{}
	if reason = strings.TrimSpace(reason); reason == "" {
		wrong.Say("reason", "请写明原因。")
	} else if len([]rune(reason)) > 600 {
		wrong.Say("reason", "原因请写在600字以内。")
	}
	if err := wrong.Check("没有撤销：请先补齐标出的地方。"); err != nil {
		return c, err
	}
	reports, err := c.reports(tx)
	if err != nil {
		return c, err
	}
	if signed := resting(reports); len(signed) > 0 {
		return c, errs.Conflictf("不能撤销：%d份报表带着这些数已经签字。请由填报单位修订报表，与记录的差异列在结账页上。", len(signed))
	}
	before, now := c.row(), tx.Now
	c.ReopenedAt, c.ReopenedByID, c.ReopenedBy, c.Reason = &now, by.ID, by.Name, reason
	if err := reopenClosing(tx, c); err != nil {
		return c, err
	}
	if err := held.Log(tx, by, VerbReopen, c.Object(), before, c.row(), map[string]string{
		"of": c.Register}); err != nil {
		return c, err
	}
	for _, s := range reports {
		if err := feedOne(tx, s.ID); err != nil {
			return c, err
		}
	}
	return c, nil
}

// reports are those of which a cell names the closing.
func (c Closing) reports(tx *db.Tx) (all []submission.Submission, err error) {
	forms, err := form.List(tx)
	if err != nil {
		return nil, err
	}
	for _, f := range forms {
		if f.Frequency != c.Period.Kind() {
			continue
		}
		some, err := submission.Asked(tx, f, c.Period, c.AreaPath)
		if err != nil {
			return nil, err
		}
		for _, s := range some {
			if slices.ContainsFunc(slices.Collect(maps.Values(s.Typed.Counted)), func(from submission.Counted) bool {
				return from.Closing == c.ID
			}) {
				all = append(all, s)
			}
		}
	}
	return all, nil
}

// resting are the reports whose text stands, signed or to be signed. One that is being amended rests on nothing: its
// signed text keeps naming the closing, which stays with its records.
func resting(all []submission.Submission) (signed []submission.Submission) {
	for _, s := range all {
		if s.State.Frozen() {
			signed = append(signed, s)
		}
	}
	return signed
}

// release empties the cells of an open report that come from closings that were taken back.
func release(tx *db.Tx, s submission.Submission) error {
	for _, from := range s.Typed.Counted {
		c, err := closingByID(tx, from.Closing)
		if errs.KindOf(err) == errs.Missing {
			continue // the audit tells of it
		}
		if err != nil {
			return err
		}
		if c.ReopenedAt != nil {
			if _, err := submission.Unfill(tx, s.ID, c.ID, func(string) bool { return true }); err != nil {
				return err
			}
		}
	}
	return nil
}

// moved are the cells of an amended report whose number the closing would not come to today: the unit types those
// itself, and the closing's page shows the difference.
func (c Closing) moved(tx *db.Tx, s submission.Submission) (map[string]bool, error) {
	if s.AcceptedID == 0 {
		return nil, nil
	}
	d, err := ByVersion(tx, c.Register, c.Version)
	if err != nil {
		return nil, err
	}
	all, err := c.Differences(tx)
	if err != nil {
		return nil, err
	}
	moved := map[string]bool{}
	for _, f := range c.cells(s, asks(d, s.Form, s.Period), c.numbers()) {
		if slices.ContainsFunc(all, func(x Difference) bool {
			return x.Measure == f.Measure && x.Area == f.Area && x.Sex == f.sex() && x.Split == f.split
		}) {
			moved[f.Cell] = true
		}
	}
	return moved, nil
}
