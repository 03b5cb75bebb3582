package revision

// What is done with records of indicators without data, each step by the state table.

import (
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/held"
	"yipanqi/internal/indicator"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
)

var unseenRecord = errs.Missingf("没有找到这份无数据登记。它可能不存在，或者您没有查看权限。")

// ReadRecord returns a record that by may see.
func ReadRecord(tx *db.Tx, by auth.User, id string) (Record, error) {
	r, err := byID[Record](tx, id)
	if errs.KindOf(err) == errs.Missing || err == nil && !r.seen(by) {
		err = unseenRecord
	}
	if err != nil {
		return Record{}, err
	}
	return r, nil
}

// Opened is what the office says of an indicator without data.
type Opened struct {
	ID, Indicator, Since, Cause, Owner, DueOn, Substitute string
	Needs                                                 []string
	Version                                               int64
}

// OpenRecord has a unit find a source: of an indicator that has no record, of one that the program proposed, or anew.
func OpenRecord(tx *db.Tx, by auth.User, o Opened) (r Record, err error) {
	if o.ID != "" {
		return stepRecord(tx, by, o.ID, o.Version, VerbOpen, func(r *Record) (map[string]string, error) {
			return nil, r.open(tx, o)
		})
	}
	if r.Kept, _, err = begin(tx, by, VerbOpen); err != nil {
		return r, err
	}
	r.Indicator = o.Indicator
	if _, err := indicator.ByCode(tx, o.Indicator); err != nil {
		return r, wrongly(err, "indicator", "没有这个指标。请从列表里选。")
	}
	others, err := recordsAbout(tx, o.Indicator)
	if err != nil {
		return r, err
	}
	for _, other := range others {
		if other.AreaPath == r.AreaPath && !other.ended() {
			return r, errs.Fields{"indicator": {Key: "这个指标已有没办结的登记，请在那里办。"}}.Check(unsaved)
		}
	}
	r.State = Open
	if err := r.open(tx, o); err != nil {
		return r, err
	}
	return r, addRecord(tx, by, VerbOpen, &r)
}

// open fills in what the office says.
func (r *Record) open(tx *db.Tx, o Opened) (err error) {
	since, broken := period.Parse(strings.TrimSpace(o.Since))
	r.Since, r.Cause, r.Needs, r.Owner, r.DueOn = since, o.Cause, o.Needs, o.Owner, strings.TrimSpace(o.DueOn)
	r.Substitute = strings.TrimSpace(o.Substitute)
	wrong := r.check(tx.Today())
	if broken != nil && strings.TrimSpace(o.Since) != "" {
		wrong["since"] = errs.WordsOf(broken)
	}
	if r.Owner != "" {
		if err := r.unitWithin(tx, wrong, "owner", r.Owner); err != nil {
			return err
		}
	}
	if r.Substitute != "" {
		_, err := indicator.ByCode(tx, r.Substitute)
		switch {
		case r.Substitute == r.Indicator:
			wrong.Say("substitute", "替代指标不能是它自己。")
		case errs.KindOf(err) == errs.Missing:
			wrong.Say("substitute", "没有这个指标。请从列表里选。")
		case err != nil:
			return err
		}
	}
	if err := wrong.Check(unsaved); err != nil {
		return err
	}
	if r.OpenedOn == "" {
		r.OpenedOn = tx.Today()
	}
	r.HalfOn, r.Reason = halfway(tx.Today(), r.DueOn), ""
	return nil
}

// halfway is the day in the middle between two.
func halfway(from, to string) string {
	a, err := time.Parse(time.DateOnly, from)
	b, other := time.Parse(time.DateOnly, to)
	if err != nil || other != nil {
		return to
	}
	return a.Add(b.Sub(a) / 2).Format(time.DateOnly)
}

// addRecord writes a new record.
func addRecord(tx *db.Tx, by auth.User, verb string, r *Record) error {
	r.UpdatedBy, r.UpdatedAt = by.Name, tx.Now
	if err := insert(tx, r); err != nil {
		return err
	}
	if err := r.findable(tx); err != nil {
		return err
	}
	return held.Log(tx, by, verb, r.Object(), nil, rowOf(r), nil)
}

// stepRecord takes a step: reads the record, asks the state table, has change change it, writes and journals it.
func stepRecord(tx *db.Tx, by auth.User, id string, version int64, verb string,
	change func(*Record) (map[string]string, error)) (Record, error) {
	r, err := ReadRecord(tx, by, id)
	if err != nil {
		return r, err
	}
	st, _, err := life.Take(verb, by, r.as(by))
	if err != nil {
		return r, err
	}
	if err := r.unchanged(version); err != nil {
		return r, err
	}
	before := rowOf(&r)
	detail, err := change(&r)
	if err != nil {
		return r, err
	}
	r.State, r.UpdatedBy, r.UpdatedAt = State(st.To), by.Name, tx.Now
	if err := update(tx, &r); err != nil {
		return r, err
	}
	return r, held.Log(tx, by, verb, r.Object(), before, rowOf(&r), detail)
}

// Said is what the owner says of a record: a plan, a source, the number of a department's statistical system, a reason.
type Said struct {
	Plan, Source, Regime, Reason string
}

// Answer takes one of the owner's steps.
func Answer(tx *db.Tx, by auth.User, id string, version int64, verb string, said Said) (Record, error) {
	return stepRecord(tx, by, id, version, verb, func(r *Record) (detail map[string]string, err error) {
		need := func(field string, to *string, text string) error {
			*to = strings.TrimSpace(text)
			wrong := errs.Fields{}
			if *to == "" {
				wrong.Say(field, "请填写。")
			}
			tooLong(wrong, field, *to, maxText)
			return wrong.Check(unsaved)
		}
		switch verb {
		case VerbPlan:
			err = need("way", &r.Plan, said.Plan)
		case VerbFind:
			err = need("source", &r.Source, said.Source)
		case VerbRegime:
			err = need("regime", &r.Regime, said.Regime)
		default:
			if r.Reason, err = because(said.Reason); err == nil {
				detail = map[string]string{"reason": r.Reason}
			}
			if verb == VerbSurvey && err == nil && r.Source != "" {
				err = errs.Conflictf("已经找到来源“%s”，不能再提议新的调查：有行政记录的用行政记录，不得重复调查。",
					r.Source)
			}
		}
		return detail, err
	})
}

// Solve ends a record once the indicator has a value from the period on in which it had none.
func Solve(tx *db.Tx, by auth.User, id string, version int64) (Record, error) {
	return stepRecord(tx, by, id, version, VerbSolve, func(r *Record) (map[string]string, error) {
		has, err := valued(tx, *r)
		if err == nil && !has {
			err = errs.Conflictf("%s起还没有审核通过或公开的数，不能确认已有数据。", r.Since)
		}
		r.EndedOn = tx.Today()
		return nil, err
	})
}

// Dismiss says that a record that the program proposed is not needed.
func Dismiss(tx *db.Tx, by auth.User, id string, version int64, why string) (Record, error) {
	return stepRecord(tx, by, id, version, VerbDismiss, func(r *Record) (_ map[string]string, err error) {
		if r.Reason, err = because(why); err != nil {
			return nil, err
		}
		r.EndedOn = tx.Today()
		return map[string]string{"reason": r.Reason}, nil
	})
}

// wrongly says at a field what there is not; other errors stay what they are.
func wrongly(err error, field string, why say.Key) error {
	if errs.KindOf(err) != errs.Missing {
		return err
	}
	wrong := errs.Fields{}
	wrong.Say(field, why)
	return wrong.Check(unsaved)
}

// findable puts a record where the search finds it.
func (r Record) findable(tx *db.Tx) error {
	i, err := indicator.ByCode(tx, r.Indicator)
	if err != nil {
		return err
	}
	return find.Put(tx, find.Doc{Object: r.Object(), Title: i.Name, TitleEN: i.NameEN, Note: "无数据登记",
		NoteEN: "No-data record", Scope: find.Scope{Path: r.AreaPath, Figures: true}})
}
