package change

// The day of an adjustment: units, seats, posts and open work change hands in one transaction, or nothing does. The
// program does it; what was decided is not looked at again, but for whether everything still has somebody to take it.

import (
	"slices"

	"yipanqi/internal/account"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

const verbRefuse = "adjustment.refuse"

// Jobs are what happens by itself: adjustments apply at the beginning of their day, one in each transaction.
func Jobs(holds func() []module.Hold) []job.Every {
	return []job.Every{{Name: "adjustments", Label: "成员单位调整生效", At: "00:00",
		Run: func(tx *db.Tx, r job.Round) (rest string, err error) {
			ids, err := due(tx, r.Day())
			if err != nil {
				return "", err
			}
			at := slices.Index(ids, r.Rest) + 1 // of those before it some may be refused, and stay due
			if at >= len(ids) {
				return "", nil
			}
			return ids[at], apply(tx, ids[at], holds())
		}}}
}

// apply does what an adjustment says. Where it cannot, it says why on the adjustment and changes nothing else.
func apply(tx *db.Tx, id string, holds []module.Hold) error {
	a, err := ByID(tx, id)
	if err != nil {
		return err
	}
	if a.State != Approved || a.EffectiveOn > tx.Today() {
		return errs.Conflictf("这项调整现在不能生效：未批准，或者生效日没有到。")
	}
	if err := a.ready(tx, holds); err != nil {
		if kind := errs.KindOf(err); kind != errs.Conflict && kind != errs.Invalid {
			return err
		}
		if a.Refused == err.Error() {
			return nil
		}
		a.Refused = err.Error()
		s, _ := life.Step(Approved, verbRefuse)
		return a.keep(tx, journal.System, s, map[string]string{"reason": a.Refused})
	}
	p, err := preview(tx, a, holds)
	if err != nil {
		return err
	}
	for _, kind := range LineKinds {
		for i, l := range a.Lines {
			if l.Kind != kind {
				continue
			}
			if err := a.line(tx, l, p.Lines[i], holds); err != nil {
				return err
			}
		}
	}
	if err := a.succeed(tx, p); err != nil {
		return err
	}
	a.Refused = ""
	s, _ := life.Step(Approved, VerbApply)
	return a.keep(tx, journal.System, s, p.said())
}

// line does what one line says. Work goes first, while the unit that has it is still there.
func (a Adjustment) line(tx *db.Tx, l Line, p PreviewLine, holds []module.Hold) error {
	if err := a.hand(tx, p, holds); err != nil {
		return err
	}
	day, by := a.EffectiveOn, journal.System
	switch l.Kind {
	case renames:
		return network.Renamed(tx, l.From[0], l.Name, l.ShortName, l.NameEN, day)
	case merges, splits:
		for _, from := range l.From {
			if !l.closes(from) {
				continue
			}
			if err := a.posted(tx, from, p); err != nil {
				return err
			}
			if err := network.Succeeded(tx, by, from, l.To, day, a.Basis, l.Seat); err != nil {
				return err
			}
		}
	case joins:
		return network.Seated(tx, by, network.Membership{Body: a.Body, Member: l.To[0], Seat: l.Seat, OpensOn: day,
			Basis: a.Basis, Position: 1000 + l.number})
	case leaves, seats:
		return a.reseat(tx, l)
	case duties:
		_, err := network.PutDuty(tx, network.UnitDuty{Unit: l.From[0], Text: l.Text, Clause: l.Clause, OpensOn: day,
			Basis: a.Basis})
		return err
	}
	return nil
}

// reseat ends a seat, and gives another in its place if the line says which.
func (a Adjustment) reseat(tx *db.Tx, l Line) error {
	members, err := network.Members(tx, a.Body, a.EffectiveOn)
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.Member != l.From[0] {
			continue
		}
		if err := network.Unseated(tx, journal.System, m, a.EffectiveOn); err != nil || l.Kind == leaves {
			return err
		}
		m.Seat, m.OpensOn, m.Basis = l.Seat, a.EffectiveOn, a.Basis
		return network.Seated(tx, journal.System, m)
	}
	return errs.Conflictf("%s在%s不是成员。", l.From[0], a.EffectiveOn)
}

// hand gives all that the line hands over to whoever takes it, kind by kind.
func (a Adjustment) hand(tx *db.Tx, p PreviewLine, holds []module.Hold) error {
	module.MoveSince(tx, a.EffectiveOn)
	for _, g := range p.Groups {
		at := slices.IndexFunc(holds, func(h module.Hold) bool { return h.Kind == g.Kind && h.Move != nil })
		if at < 0 {
			continue // posts
		}
		for _, t := range g.Things {
			if t.Stays {
				continue
			}
			if err := holds[at].Move(tx, journal.System, t.Object, t.From, t.To, a.Object()); err != nil {
				return err
			}
		}
	}
	return nil
}

// posted ends the posts of a unit that goes. Who goes on in another unit, as was said of the post, holds the same role
// there from the day on; who holds no other post can no longer sign or sign in.
func (a Adjustment) posted(tx *db.Tx, from string, p PreviewLine) error {
	on := map[string]string{}
	for _, g := range p.Groups {
		for _, t := range g.Things {
			if g.Kind == kindPost && t.Own {
				on[t.Object] = t.To
			}
		}
	}
	staff, err := network.Staff(tx, from, a.EffectiveOn)
	if err != nil {
		return err
	}
	for _, post := range staff {
		if to := on["post/"+post.ID]; to != "" {
			next := network.Post{PersonID: post.PersonID, Unit: to, Role: post.Role, OpensOn: a.EffectiveOn,
				Title: post.Title, Room: post.Room, Phone: post.Phone}
			if _, err := account.Appoint(tx, journal.System, next); err != nil {
				return err
			}
		}
		if err := account.Leave(tx, journal.System, post, a.EffectiveOn); err != nil {
			return err
		}
	}
	return nil
}
