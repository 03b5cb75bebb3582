package revision

// What the committee decides of a revision, and how it comes into force: new versions of definitions from the year on
// that each proposal names. Accepted numbers stay as they are; the series shows the break.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/indicator"
	"yipanqi/internal/journal"
	"yipanqi/internal/meeting"
	"yipanqi/internal/period"
	"yipanqi/internal/plan"
)

// Decision is what was decided of each proposal, by number, and by whom: a plenary, or the leader who says so.
type Decision struct {
	Meeting  string
	Verdicts map[int]string
	Notes    map[int]string
}

// Decide takes the decision down. What is in force by now is applied at once.
func Decide(tx *db.Tx, by auth.User, id string, version int64, d Decision) (Revision, error) {
	r, err := step(tx, by, id, version, VerbDecide, func(r *Revision) (map[string]string, error) {
		if err := r.by(tx, by, d.Meeting); err != nil {
			return nil, err
		}
		s, err := systemOf(tx, r.Plan)
		if err != nil {
			return nil, err
		}
		wrong, passed := errs.Fields{}, 0
		for n := range r.Proposals {
			p := &r.Proposals[n]
			field := "verdicts[" + strconv.Itoa(p.Number) + "]"
			p.Verdict, p.Note = d.Verdicts[p.Number], strings.TrimSpace(d.Notes[p.Number])
			switch p.Verdict {
			case Passed:
				passed++
				if r.Meeting == "" && len(p.ends()) > 0 {
					if why, err := r.named(tx, s, *p); err != nil {
						return nil, err
					} else if why {
						wrong.Say(field, "规划或目标写明了这个指标，删去要有本级全委会的决定。请选会议。")
					}
				}
				if err := p.fresh(tx, s); err != nil {
					wrong[field] = errs.FieldsOf(err)["effective"]
				}
			case Back:
				if p.Note == "" {
					wrong.Say("remarks["+strconv.Itoa(p.Number)+"]", "退回的请写明为什么。")
				}
			default:
				wrong.Say(field, "请选通过还是退回。")
			}
		}
		if len(wrong) == 0 && passed == 0 {
			return nil, errs.Conflictf("没有一条通过。请撤回这次修订，写明原因。")
		}
		r.DecidedBy = by.Name
		return map[string]string{"passed": strconv.Itoa(passed)}, wrong.Check(unsaved)
	})
	if err != nil {
		return r, err
	}
	return apply(tx, r)
}

// by says who decided: a plenary of the committee since the consultation ended, or a leader of the committee.
func (r *Revision) by(tx *db.Tx, by auth.User, id string) error {
	if r.Meeting, r.DecidedOn = id, tx.Today(); id == "" {
		if _, err := r.keeper(by); err == nil {
			return errs.Fields{"meeting": {Key: "请选作出决定的全委会。办公室只记录会议的决定。"}}.Check(unsaved)
		}
		return nil
	}
	plenaries, err := meeting.Plenaries(tx, r.AreaPath, r.SettledOn)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(plenaries, func(m meeting.Meeting) bool { return m.ID == id })
	if at < 0 {
		return errs.Fields{"meeting": {Key: "请选意见处理完毕（%s）以后召开、有议定事项的本级全委会。",
			Args: []any{r.SettledOn}}}.Check(unsaved)
	}
	r.DecidedOn = plenaries[at].Day()
	return nil
}

// named says whether an issued plan or a target names an indicator that a proposal ends.
func (r Revision) named(tx *db.Tx, s system, p Proposal) (bool, error) {
	of, err := plan.ByCode(tx, r.Plan)
	if err != nil || of.Status == "issued" {
		return true, err
	}
	for _, code := range p.ends() {
		targets, err := indicator.TargetsOf(tx, s.indicators[code].ID)
		if err != nil || len(targets) > 0 {
			return true, err
		}
	}
	return false, nil
}

// apply brings into force what was decided and whose year has begun; the program does.
func apply(tx *db.Tx, r Revision) (Revision, error) {
	before, done := rowOf(&r), []string{}
	r.Proposals = slices.Clone(r.Proposals)
	s, err := systemOf(tx, r.Plan)
	if err != nil {
		return r, err
	}
	for n := range r.Proposals {
		p := &r.Proposals[n]
		if !p.waits() || !yearBegan(p.period().Year(), tx.Now) {
			continue
		}
		if err := r.put(tx, s, *p); err != nil {
			return r, err
		}
		p.AppliedOn = tx.Today()
		done = append(done, strconv.Itoa(p.Number))
	}
	if len(done) == 0 {
		return r, nil
	}
	if !slices.ContainsFunc(r.Proposals, Proposal.waits) {
		r.State, r.AppliedOn = Applied, tx.Today()
	}
	r.UpdatedBy, r.UpdatedAt = journal.System.Name, tx.Now
	if err := update(tx, &r); err != nil {
		return r, err
	}
	return r, held.Log(tx, journal.System, VerbApply, r.Object(), before, rowOf(&r),
		map[string]string{"proposals": strings.Join(done, ",")})
}

// put writes what one proposal changes.
func (r Revision) put(tx *db.Tx, s system, p Proposal) (err error) {
	i := s.indicators[p.Indicator]
	switch p.Action {
	case Keep:
		return nil
	case Rename:
		return indicator.Rename(tx, i, p.After.Name, p.After.NameEN, tx.Today())
	case Resource:
		return indicator.HandSource(tx, i.Code, p.After.Source, tx.Today())
	case Add, SplitOff:
		return r.make(tx, s, p)
	}
	if p.breaks() {
		if _, err := indicator.PutVersion(tx, r.defines(s, i.ID, p)); err != nil {
			return err
		}
	}
	for _, code := range p.ends() {
		if err := indicator.TakeOff(tx, r.Plan, s.indicators[code].ID, p.period()); err != nil {
			return err
		}
	}
	return nil
}

// defines is the definition that a proposal makes, with the revision as its source.
func (r Revision) defines(s system, id int64, p Proposal) indicator.Version {
	calibre, _ := s.calibre(p.After.Calibre) // checked when it was proposed
	return indicator.Version{IndicatorID: id, From: p.period(), Formula: p.After.Formula, CalibreID: calibre,
		Definition: p.After.Definition, SourceTitle: r.Title}
}

// make adds the indicator that a proposal brings, at the end of its goal.
func (r Revision) make(tx *db.Tx, s system, p Proposal) error {
	d := p.After
	last := 0
	for _, i := range s.indicators {
		last = max(last, i.Position)
	}
	i, _, err := indicator.Put(tx, indicator.Indicator{Code: p.New, Name: d.Name, NameEN: d.NameEN, Unit: d.Unit,
		UnitEN: d.UnitEN, Decimals: d.Decimals, Direction: d.Direction, YearStart: period.YearStart(d.YearStart),
		SourceUnit: d.Source, Position: last + p.Number})
	if err != nil {
		return err
	}
	if _, err := indicator.PutVersion(tx, r.defines(s, i.ID, p)); err != nil {
		return err
	}
	_, err = indicator.PutOnGoal(tx, indicator.GoalIndicator{Plan: r.Plan, Goal: p.Goal, IndicatorID: i.ID,
		Position: last + p.Number})
	return err
}

// ApplyDue applies what was decided for a year that has begun since: every morning.
func ApplyDue(tx *db.Tx) error {
	decided, err := revisionsIn(tx, Decided)
	for _, r := range decided {
		if err == nil {
			_, err = apply(tx, r)
		}
	}
	return err
}
