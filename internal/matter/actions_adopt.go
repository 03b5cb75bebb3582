package matter

// A rectification plan that the office accepted, written on the items: why it came to this and what will be done by
// when, and new items for what nobody owed before. What a plan is, package rectification knows.

import (
	"cmp"
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

// Promise is what a plan says of an item of the matter, or of a new one: Item is empty then.
type Promise struct {
	Item       string   `json:"item,omitempty"`
	Text       string   `json:"text,omitempty"`
	Unit       string   `json:"unit,omitempty"` // of a new one; '' = the plan's
	Due        string   `json:"due,omitempty"`
	CauseKinds []string `json:"cause_kinds"`
	Cause      string   `json:"cause"`
	Steps      []Step   `json:"steps"`
}

// adopts are the states in which a plan can still be written on an item.
var adopts = []State{Received, Planned, InProgress}

// Adopt writes promises of a unit on the matter's items. plan is the object that they stand in.
func Adopt(tx *db.Tx, by auth.User, id, unit, plan string, promises []Promise) (Matter, error) {
	m, err := Get(tx, id)
	if err != nil {
		return m, err
	}
	if err := m.Fits(tx, unit, promises); err != nil {
		return m, err
	}
	for _, p := range promises {
		write := m.adopt
		if p.Item == "" {
			p.Unit = cmp.Or(p.Unit, unit)
			write = m.promised
		}
		if err := write(tx, by, plan, p); err != nil {
			return m, err
		}
	}
	return m, m.save(tx)
}

// adopt writes a promise on an item. What of its measures is done stays done.
func (m *Matter) adopt(tx *db.Tx, by auth.User, plan string, p Promise) error {
	i := &m.Items[slices.IndexFunc(m.Items, func(i Item) bool { return i.ID == p.Item })]
	before := said(i.own())
	done := map[string]string{}
	for _, s := range i.Steps {
		done[s.Text] = s.DoneOn
	}
	i.CauseKinds, i.Cause, i.Steps = p.CauseKinds, p.Cause, nil
	for _, s := range p.Steps {
		s.DoneOn = done[s.Text]
		i.Steps = append(i.Steps, s)
	}
	if i.State == Received {
		i.State, i.Since = Planned, tx.Today()
	}
	i.PlannedOn = tx.Today()
	i.look(m.Class)
	return m.logItem(tx, by, i, VerbAdopt, before, map[string]string{"plan": plan})
}

// promised adds an item that comes of a plan, handed out at once.
func (m *Matter) promised(tx *db.Tx, by auth.User, plan string, p Promise) error {
	v := checking{tx: tx, m: &Matter{}, wrong: errs.Fields{}}
	var err error
	if v.area, err = network.AreaByID(tx, m.AreaID); err != nil {
		return err
	}
	if err := v.item(Asked{Unit: p.Unit, Text: p.Text, Due: p.Due}); err != nil {
		return err
	}
	if err := v.wrong.Check("方案里新增的整改项不对，请退回改正。"); err != nil {
		return err
	}
	i := v.m.Items[0]
	i.ID, i.MatterID, i.Position = db.NewID(), m.ID, len(m.Items)+1
	i.CauseKinds, i.Cause, i.Steps = p.CauseKinds, p.Cause, p.Steps
	if err := m.logItem(tx, by, &i, VerbItemAdd, map[string]string{}, map[string]string{"plan": plan}); err != nil {
		return err
	}
	before := said(i.own())
	i.State, i.Since, i.OriginalDue = Raised, tx.Today(), i.Due
	i.look(m.Class)
	if err := m.logItem(tx, by, &i, VerbItemRaise, before, nil); err != nil {
		return err
	}
	if err := insertRow(tx, "matter_items", i.all()); err != nil {
		return err
	}
	m.Items = append(m.Items, i)
	return nil
}

// Fits refuses promises that cannot be written on the matter's items, each named by its place: those of another unit,
// of an item that is not received or has ended, with a measure after the item's day, with a unit that is closed.
func (m Matter) Fits(tx *db.Tx, unit string, promises []Promise) error {
	if m.State != Raised {
		return errs.Conflictf("这件督办事项已不在办理中。")
	}
	v := checking{tx: tx, m: &m, wrong: errs.Fields{}}
	seen := map[string]bool{}
	for n, p := range promises {
		due := p.Due
		if p.Item != "" {
			at := slices.IndexFunc(m.Items, func(i Item) bool {
				return i.ID == p.Item && (i.Unit == unit ||
					m.Lead == unit)
			})
			switch {
			case at < 0:
				v.wrong.Say("lines", "第%d项不是本单位在这件事项里承办或牵头的整改项。", n+1)
				continue
			case seen[p.Item]:
				v.wrong.Say("lines", "第%d项写了两次。", n+1)
			case !slices.Contains(adopts, m.Items[at].State):
				v.wrong.Say("lines", "第%d项还没有签收，或者已经报办结、结束，不能再定措施。", n+1)
			}
			seen[p.Item], due = true, m.Items[at].Due
		} else {
			v.promise(n+1, unit, p)
		}
		for _, kind := range p.CauseKinds {
			v.choice("lines", causeKinds, kind)
		}
		for _, s := range p.Steps {
			switch {
			case s.Due != "" && !calendar.IsDay(s.Due):
				v.wrong.Say("lines", "“%s”不是日期，请写成 2024-03-15。", s.Due)
			case due != "" && s.Due > due:
				v.wrong.Say("lines", "第%d项的措施晚于这一项的期限%s：要延期的，请另行申请延期。", n+1, due)
			}
			if s.Unit != "" {
				v.unit("lines", s.Unit)
			}
			v.text("lines", s.Text, 400, true)
		}
	}
	return v.wrong.Check("方案还有不对的地方，请按提示修改。")
}

// promise refuses a new item that cannot be.
func (v *checking) promise(n int, unit string, p Promise) {
	v.unit("lines", cmp.Or(p.Unit, unit))
	if !calendar.IsDay(p.Due) || p.Due < v.tx.Today() {
		v.wrong.Say("lines", "第%d项是新增的：期限要写成 2024-03-15，在今天以后。", n)
	}
}

// Adopts says whether a plan can still be written on the item.
func (i Item) Adopts() bool { return slices.Contains(adopts, i.State) }
