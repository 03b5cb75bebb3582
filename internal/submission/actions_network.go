package submission

// What becomes of unfinished reports when areas and units close. What was accepted or imported stays with whom it was
// from; what both have signed is for the office to accept or return.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
)

// FollowNetwork brings the unfinished reports without live facts in line with the network. An area or a unit that had
// closed by the end of a period owes nothing for it. What a unit leaves behind goes to its successor on the day that it
// closes, with what was typed. A first signature falls either way: nobody is left to give the second. It returns how
// many reports that concerned.
func FollowNetwork(tx *db.Tx) (int, error) {
	open, err := unfilledOfClosed(tx)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, id := range open {
		s, err := Get(tx, id)
		if err != nil {
			return n, err
		}
		followed, err := s.follow(tx)
		if err != nil {
			return n, err
		}
		if followed {
			n++
		}
	}
	return n, nil
}

func (s Submission) follow(tx *db.Tx) (bool, error) {
	heir, err := heirOf(tx, s.Unit)
	if err != nil {
		return false, err
	}
	_, last := s.Period.Range(s.Form.YearStart)
	reason := ""
	switch {
	case s.Area.ClosesOn != "" && s.Area.ClosesOn <= last:
		reason = s.Area.Name + "已于" + s.Area.ClosesOn + "停用"
	case heir.Code != s.Unit.Code:
		return true, s.pass(tx, heir, s.Unit.Name+"已于"+s.Unit.ClosesOn+"撤销，由"+heir.Name+"承接")
	case s.Unit.ClosesOn != "" && s.Unit.ClosesOn <= last:
		reason = s.Unit.Name + "已于" + s.Unit.ClosesOn + "撤销"
	default:
		return false, nil
	}
	s, err = s.recalled(tx, reason)
	if err != nil {
		return false, err
	}
	st, _ := step(s.State, VerbWithdraw)
	_, err = withdraw(tx, journal.System, s, st, reason)
	return true, err
}

// pass gives an unfinished report to another unit, with what was typed and when it is due.
func (s Submission) pass(tx *db.Tx, heir network.Unit, reason string) error {
	s, err := s.recalled(tx, reason)
	if err != nil {
		return err
	}
	s.Unit = heir
	if err := update(tx, &s); err != nil {
		return err
	}
	if err := findable(tx, s); err != nil {
		return err
	}
	return owe(tx, journal.System, s)
}

// recalled is the submission without the first signature, if it had just that.
func (s Submission) recalled(tx *db.Tx, reason string) (Submission, error) {
	st, ok := step(s.State, VerbRecall)
	if !ok {
		return s, nil
	}
	v, err := latest(tx, s.ID)
	if err != nil {
		return s, err
	}
	return s, move(tx, journal.System, &s, st, v, because(reason))
}

// heirOf is the unit that does a unit's work today: itself while it is open, or where nobody took over.
func heirOf(tx *db.Tx, u network.Unit) (network.Unit, error) {
	seen := map[string]bool{}
	for u.Successor != "" && u.ClosesOn != "" && u.ClosesOn <= tx.Today() && !seen[u.Code] {
		seen[u.Code] = true
		next, err := network.UnitByCode(tx, u.Successor)
		if err != nil {
			return u, err
		}
		u = next
	}
	return u, nil
}

// inherits says whether one of two units has taken over from the other, so that a report of one is no other's.
func inherits(tx *db.Tx, a, b network.Unit) (bool, error) {
	for _, pair := range [][2]network.Unit{{a, b}, {b, a}} {
		heir, err := heirOf(tx, pair[0])
		if err != nil || heir.Code == pair[1].Code {
			return err == nil, err
		}
	}
	return false, nil
}
