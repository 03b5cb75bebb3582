package submission

// Submissions as they stood at an earlier place of the journal, in a copy: states are what the entries up to there
// lead to, texts and signatures those that were there, facts those of the versions that counted then. What somebody
// had typed and not signed was never journaled, so it is left out.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/fact"
	"yipanqi/internal/flow"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
)

// CopyAt copies to another database what there was of all submissions at a place of the journal (an entry's id). The
// definitions of that place must stand there already; sums are not made.
func CopyAt(from, to *db.Tx, place int64) error {
	if err := copyTables(from, to); err != nil {
		return err
	}
	known, err := form.LoadKnown(to)
	if err != nil {
		return err
	}
	changed, err := changedSince(from, place)
	if err != nil {
		return err
	}
	var stood []past
	var later []fact.Change // whose facts stand now but did not then
	for _, id := range changed {
		p, err := pastOf(from, id, place)
		if err != nil {
			return err
		}
		if p.now.AcceptedID != p.live.ID {
			later = append(later, fact.Change{Area: p.now.Area, Period: p.now.Period, Version: p.now.AcceptedID})
		}
		stood = append(stood, p)
	}
	if err := fact.CopyFacts(from, to, later); err != nil {
		return err
	}
	codes := knowing(known)
	for _, p := range stood {
		if err := p.put(to, codes); err != nil {
			return err
		}
	}
	return expect(to)
}

// past is how one submission stands now and where the journal had left it then; Entries 0: it was not asked for yet.
type past struct {
	replay
	now  Submission
	then Submission
	all  []Version
}

func pastOf(tx *db.Tx, id string, place int64) (past, error) {
	var p past
	var err error
	if p.now, err = Get(tx, id); err != nil {
		return p, err
	}
	if p.all, err = Versions(tx, id); err != nil {
		return p, err
	}
	p.replay = newReplay(p.all, func(journal.Finding) {})
	entries, err := journal.Of(tx, p.now.Object())
	if err != nil {
		return p, err
	}
	entries = slices.DeleteFunc(entries, func(e journal.Entry) bool { return e.ID > place })
	p.then = p.now
	p.then.Entries = int64(len(entries))
	if len(entries) == 0 {
		return p, nil
	}
	state, _ := life.Replay(entries, func(e journal.Entry, st flow.Step, ok bool) string {
		return string(p.step(e, st, ok))
	})
	p.then.State, p.then.Late, p.then.AcceptedID = State(state), p.late, p.live.ID
	p.then.AmendReason, p.then.ReturnReason = p.amend, p.returned
	p.then.UpdatedAt = entries[len(entries)-1].At
	p.then.UpdatedBy = entries[len(entries)-1].Actor
	p.then.Typed = p.typed()
	return p, p.asked(tx, place)
}

// typed is the newest text that had been frozen by then, and what registers had counted.
func (p *past) typed() Typed {
	t := Typed{}
	for _, v := range p.all {
		if _, there := p.created[strconv.FormatInt(v.Number, 10)]; !there {
			continue
		}
		if c, err := ParseContent(v.Text); err == nil {
			t = c.Typed()
		}
	}
	if len(p.counted) > 0 {
		t.Counted = p.counted
	}
	return t
}

// asked takes unit and due day from what the journal said of it last by then.
func (p *past) asked(tx *db.Tx, place int64) error {
	entries, err := journal.Of(tx, owedObject(p.now.Form.Code, p.now.Period))
	for _, e := range entries {
		if d := e.Detail; e.ID <= place && d["submission"] == p.now.ID {
			p.then.Unit.Code, p.then.DueOn = d["unit"], d["due_on"]
		}
	}
	return err
}

// put brings the copy's rows back to what they were.
func (p *past) put(to *db.Tx, codes dictionary) error {
	for _, v := range p.all {
		number := strconv.FormatInt(v.Number, 10)
		if _, there := p.created[number]; !there {
			if err := forget(to, v.ID); err != nil {
				return err
			}
			continue
		}
		for place := range p.unsigned {
			if of, role, _ := strings.Cut(place, " "); of == number {
				if err := unsign(to, v.ID, role); err != nil {
					return err
				}
			}
		}
		for _, g := range v.Scans {
			if err := scanThen(to, g.ID, p.scanned[g.ID], p.decided[g.ID]); err != nil {
				return err
			}
		}
		if err := acceptedThen(to, v.ID, p.accepted[number]); err != nil {
			return err
		}
	}
	if p.then.Entries == 0 {
		return remove(to, p.now.ID)
	}
	if err := putThen(to, p.then); err != nil || p.live.ID == 0 || p.live.ID == p.now.AcceptedID {
		return err
	}
	c, err := ParseContent(p.live.Text)
	if err != nil {
		return err
	}
	cells, err := codes.facts(c)
	if err != nil {
		return err
	}
	return fact.PutFacts(to, fact.Change{Area: p.now.Area, Period: p.now.Period, FormID: p.now.Form.ID,
		Version: p.live.ID, Grade: p.live.grade(), Cells: cells})
}

// expect counts what was due, area by area.
func expect(to *db.Tx) error {
	counts := map[fact.Expectation]int{}
	for after := ""; ; {
		batch, err := page(to, after, 1000)
		if err != nil {
			return err
		}
		if len(batch) == 0 {
			return fact.PutExpectations(to, counts)
		}
		for _, s := range batch {
			after = s.ID
			if s.State == Withdrawn {
				continue
			}
			if err := s.name(to); err != nil { // its area is of a table that cannot be proven
				if errs.KindOf(err) == errs.Missing {
					continue
				}
				return err
			}
			for _, id := range append(s.Area.AncestorIDs(), s.Area.ID) {
				counts[fact.Expectation{Area: id, Period: s.Period, Form: s.Form.ID}]++
			}
		}
	}
}
