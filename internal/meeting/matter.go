package meeting

// Decisions that are followed up, as matters: raised with one step, or laid to one that is about the same. How a matter
// lives is package matter's.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/matter"
	"yipanqi/internal/network"
)

// Follow makes a matter of a decision. into is the id of an open one that is about the same and takes it as a source;
// without it a new one is raised.
func Follow(tx *db.Tx, by auth.User, id, decision, into string) (Decision, error) {
	m, d, st, err := takeDecision(tx, by, id, decision, VerbFollow)
	if err != nil {
		return d, err
	}
	source := matter.Source{Kind: matter.Decision, Ref: m.Object(), On: m.Day(), Quote: d.Text}
	if into != "" {
		if _, err := matter.AddSource(tx, by, into, source); err != nil {
			return d, err
		}
		d.Matter = into
	} else if d.Matter, err = m.raise(tx, by, d, source); err != nil {
		return d, err
	}
	if err := putDecision(tx, d); err != nil {
		return d, err
	}
	return d, record(tx, by, &m, st.Verb, map[string]string{"matter": d.Matter}, d.row())
}

const maxMatterTitle = 40

func (m Meeting) raise(tx *db.Tx, by auth.User, d Decision, source matter.Source) (id string, err error) {
	n, _, err := minutesOf(tx, m.ID)
	if err != nil {
		return "", err
	}
	due, err := d.dueOf(tx, n.IssuedAt)
	if err != nil {
		return "", err
	}
	if due < tx.Today() {
		due = "" // nobody followed it up in time: the clock begins now
	}
	_, area, err := homeOfUnit(tx, m.Host)
	if err != nil {
		return "", err
	}
	title := []rune(d.Text)
	draft := matter.Draft{Title: string(title[:min(len(title), maxMatterTitle)]), Problem: d.Text,
		Sources: []matter.Source{source}, Lead: d.Lead, Supporting: d.Supporting, Area: area.Code, Goal: d.Goal,
		Indicator: d.Indicator, Aim: d.Text,
		Items: []matter.Asked{{Unit: d.Lead, Text: d.Text, Due: due}}}
	if d.Indicator == "" && d.Goal == "" {
		draft.NoIndicator = "会议议定的工作安排，没有对应的指标"
	}
	raised, err := matter.Raise(tx, by, draft)
	return raised.ID, err
}

// alike are open matters that a decision could be laid to: about the same indicator, of the same unit.
func (d Decision) alike(tx *db.Tx, by auth.User) ([]matter.Matter, error) {
	if d.Matter != "" || d.Indicator == "" || d.Lead == "" {
		return nil, nil
	}
	lead, err := network.UnitByCode(tx, d.Lead)
	if err != nil {
		return nil, err
	}
	return matter.Open(tx, by, d.Indicator, d.Lead, lead.AreaID)
}

// followed is the matter that a decision became: of one that was merged, that which it was merged into.
func (d Decision) followed(tx *db.Tx) (m matter.Matter, found bool, err error) {
	for id := d.Matter; id != ""; id = m.MergedInto {
		if m, found, err = db.Maybe(matter.Get(tx, id)); err != nil || !found {
			return m, found, err
		}
	}
	return m, found, nil
}

// ended says whether nothing is left to do about a decision that is followed up.
func (d Decision) ended(tx *db.Tx) (bool, error) {
	m, found, err := d.followed(tx)
	return found && over(m), err
}

// over says whether nothing of a matter is left to do.
func over(m matter.Matter) bool {
	return m.Shown == matter.Closed || m.Shown == matter.Withdrawn || m.Shown == matter.Merged
}

// matterView is how the matter that a decision became stands, for its reader.
type matterView struct {
	ID, Number string // of one that the reader may see
	State      matter.State
	Ended      bool
	Done       bool // closed, not withdrawn
}

func matterOf(tx *db.Tx, by auth.User, d Decision) (v matterView, err error) {
	m, found, err := d.followed(tx)
	if err != nil || !found {
		return v, err
	}
	v.State, v.Done = m.Shown, m.Shown == matter.Closed
	v.Ended = over(m)
	if _, err := matter.Read(tx, by, m.ID); err == nil {
		v.ID, v.Number = m.ID, m.Number
	} else if errs.KindOf(err) != errs.Missing {
		return v, err
	}
	return v, nil
}
