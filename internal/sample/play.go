package sample

// What happens to a sample's filled-in forms, moment by moment, by the ordinary actions: the usual way is two
// signatures and acceptance ahead of the due date; demo.yaml says which forms went another.

import (
	"encoding/json"
	"slices"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/errs"
	"yipanqi/internal/intake"
	"yipanqi/internal/period"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
	"yipanqi/internal/submission"
)

// moment is something that happens at an instant.
type moment struct {
	at time.Time
	do func() error
}

// player lets moments pass in their order. Where the sample has no clock of its own all are now.
type player struct {
	*loading
	script  demo
	actors  []actor
	issuer  sign.PublicKey
	clocked bool
	end     time.Time
	files   blob.Store
	moments []moment
	door    Door
	sign    Signer
	last    []act                      // of the last day
	kept    map[string]json.RawMessage // answers to acts, by the name that a line gave
}

func newPlayer(l *loading, script demo, actors []actor, h House, end time.Time) (*player, error) {
	issuer, err := h.Secrets.Installation.Public()
	return &player{loading: l, script: script, actors: actors, issuer: issuer, clocked: script.Day != "", end: end,
		door: h.Door, sign: h.Sign, files: h.Files, kept: map[string]json.RawMessage{}}, err
}

// play has every form that came filled in go its way.
func (p *player) play() error {
	if !p.clocked {
		if err := p.scheduleAll(func(submission.Submission) bool { return true }); err != nil {
			return err
		}
		if err := p.scheduleActs(); err != nil {
			return err
		}
		return p.pass()
	}
	periods, err := p.periods()
	if err != nil {
		return err
	}
	for i, stage := range periods {
		p.later(stage.opens, func() error {
			p.progress("sample periods", i+1, len(periods))
			return p.open(stage.text)
		})
	}
	if err := p.scheduleActs(); err != nil {
		return err
	}
	return p.pass()
}

// open opens all forms of a period and takes in what came filled in for it.
func (p *player) open(text string) error {
	if err := p.Apply(byPeriod, func(w *intake.Row) bool { return w.Text("period") == text }); err != nil {
		return err
	}
	if err := p.Mistakes(); err != nil {
		return err
	}
	return p.scheduleAll(func(s submission.Submission) bool { return s.Period.String() == text })
}

// scheduleAll lays out what becomes of the forms that came filled in, of those that are among which.
func (p *player) scheduleAll(which func(submission.Submission) bool) error {
	filled, err := submission.FilledDrafts(p.Tx)
	if err != nil {
		return err
	}
	for _, s := range filled {
		if !which(s) {
			continue
		}
		if err := p.schedule(s); err != nil {
			return err
		}
	}
	return nil
}

// stage is a period as the files write it, and when it is opened: once it is over.
type stage struct {
	text  string
	opens time.Time
}

func (p *player) periods() ([]stage, error) {
	var all []stage
	for _, w := range p.Rows(submission.CalendarFile) {
		text := w.Text("period")
		if slices.ContainsFunc(all, func(s stage) bool { return s.text == text }) {
			continue
		}
		opens := p.Tx.Now
		if in, err := period.Parse(text); err == nil { // else the import says so
			_, last := in.Range("")
			over, err := morning(last)
			if err != nil {
				return nil, err
			}
			opens = over.AddDate(0, 0, 1)
		}
		all = append(all, stage{text, opens})
	}
	return all, nil
}

// later puts a moment in its place. What would happen after the day on which the sample stands has not happened.
func (p *player) later(at time.Time, do func() error) {
	if !p.clocked {
		at = p.end
	}
	if at.After(p.end) {
		return
	}
	i, _ := slices.BinarySearchFunc(p.moments, at, func(m moment, at time.Time) int {
		if m.at.After(at) {
			return 1
		}
		return -1 // after all that are at the same time
	})
	p.moments = slices.Insert(p.moments, i, moment{at, do})
}

// pass runs all moments, also those that others add. Each sees all before it as if they were committed: their entries
// stand in the journal, so that a figure is proven at once.
func (p *player) pass() error {
	if err := p.Tx.Settle(); err != nil {
		return err
	}
	for len(p.moments) > 0 {
		next := p.moments[0]
		p.moments = p.moments[1:]
		if next.at.After(p.Tx.Now) {
			p.Tx.Now = next.at
		}
		if err := next.do(); err != nil {
			return err
		}
		if err := p.Tx.Settle(); err != nil {
			return err
		}
	}
	return nil
}

// days is an instant n days after the end of a form's last day on time, within office hours.
func (p *player) days(s submission.Submission, n int) time.Time {
	due, err := morning(s.DueOn)
	if err != nil {
		return p.Tx.Now
	}
	odd := 0
	for _, c := range s.Form.Code + s.Unit.Code {
		odd += int(c)
	}
	return due.AddDate(0, 0, n).Add(time.Duration(odd%420) * time.Minute)
}

// schedule lays out what becomes of a form that came filled in.
func (p *player) schedule(s submission.Submission) error {
	if s.State != submission.Draft {
		return nil
	}
	cast, err := p.castOf(s)
	if err != nil {
		return err
	}
	how := play{}
	if i := slices.IndexFunc(p.script.Plays, func(l play) bool {
		return l.Form == s.Form.Code && l.Unit == s.Unit.Code && l.Period == s.Period.String()
	}); i >= 0 {
		how = p.script.Plays[i]
	}
	if how.Until == submission.Withdrawn {
		p.later(p.days(s, -6), cast.step(func(s submission.Submission) error {
			_, err := submission.Withdraw(p.Tx, cast.office, s.ID, s.Version, how.Back)
			return err
		}))
		return nil
	}
	if len(how.Notes) > 0 {
		p.later(p.days(s, -11), cast.step(func(s submission.Submission) error {
			return cast.save(s, submission.Typed{Notes: how.Notes})
		}))
	}
	days := [3]int{-10, -9, -6}
	if how.Late > 0 {
		days = [3]int{how.Late - 1, how.Late, how.Late + 2}
	}
	at := [3]time.Time{p.days(s, days[0]), p.days(s, days[1]), p.days(s, days[2])}
	if how.Signed == signed.InInk {
		cast.ink(at, how.Until, how.Back)
	} else {
		cast.sign(at, how.Until, how.Back)
	}
	if how.Amend != nil {
		return cast.amend(*how.Amend)
	}
	return nil
}

// cast are the people of one form.
type cast struct {
	*player
	id            string
	first, second actor
	third         actor // where the form names three
	office        auth.User
}

func (p *player) castOf(s submission.Submission) (cast, error) {
	c := cast{player: p, id: s.ID}
	nearest := -1
	for _, a := range p.actors {
		if _, ok := a.user.PostFor(s.Unit.Code, s.Role(submission.First)); ok {
			c.first = a
		}
		if _, ok := a.user.PostFor(s.Unit.Code, s.Role(submission.Second)); ok {
			c.second = a
		}
		if _, ok := a.user.PostFor(s.Unit.Code, s.Role(submission.Third)); ok {
			c.third = a
		}
		if post, ok := a.user.Oversees(s.Area.Path); ok && post.Unit != s.Unit.Code && len(post.AreaPath) > nearest {
			c.office, nearest = a.user, len(post.AreaPath)
		}
	}
	if c.first.key.ID == "" || c.second.key.ID == "" ||
		s.Role(submission.Third) != "" && c.third.key.ID == "" || nearest < 0 {
		return c, errs.Invalidf("%s：%s缺少签名的账号，或者没有审核权限的账号。", scriptFile, s.Unit.Name)
	}
	return c, nil
}

// step is do for the form as it stands then.
func (c cast) step(do func(submission.Submission) error) func() error {
	return func() error {
		s, err := submission.Get(c.Tx, c.id)
		if err != nil {
			return err
		}
		return do(s)
	}
}

func (c cast) save(s submission.Submission, typed submission.Typed) error {
	_, err := submission.SaveDraft(c.Tx, c.first.user, s.ID, s.Version, typed, nil)
	return err
}

// sign takes the form by the ordinary steps to a state, accepted if that is empty.
func (c cast) sign(at [3]time.Time, until submission.State, back string) {
	if until == submission.Draft {
		return
	}
	digest := ""
	c.later(at[0], c.step(func(s submission.Submission) error {
		v, _, err := submission.Preview(c.Tx, c.first.user, s)
		if digest = v.Digest; err == nil {
			_, err = submission.Prepare(c.Tx, c.first.user, s.ID, digest, c.first.key)
		}
		return err
	}))
	if until == submission.Prepared {
		return
	}
	c.later(at[1], c.step(func(s submission.Submission) error {
		s, err := submission.Sign(c.Tx, c.second.user, s.ID, digest, c.second.key)
		if err == nil && s.State == submission.Seconded {
			_, err = submission.Sign(c.Tx, c.third.user, s.ID, digest, c.third.key)
		}
		return err
	}))
	if until == submission.Signed {
		return
	}
	c.later(at[2], c.step(func(s submission.Submission) error {
		if until == submission.Returned {
			_, err := submission.Return(c.Tx, c.office, s.ID, s.Version, back)
			return err
		}
		_, err := submission.Accept(c.Tx, c.office, s.ID, s.Version, c.issuer)
		return err
	}))
}

func (c cast) amend(a amendment) error {
	on, err := morning(a.On)
	if err != nil {
		return err
	}
	c.later(on, c.step(func(s submission.Submission) error {
		s, err := submission.Amend(c.Tx, c.first.user, s.ID, s.Version, a.Reason)
		if err != nil {
			return err
		}
		return c.save(s, submission.Typed{Cells: a.Cells})
	}))
	c.sign([3]time.Time{on.Add(time.Hour), on.AddDate(0, 0, 1), on.AddDate(0, 0, 3)}, a.Until, a.Back)
	return nil
}
