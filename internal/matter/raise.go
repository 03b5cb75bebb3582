package matter

// A matter from what somebody wants to have followed up to what was handed out: the draft with all that is asked of it,
// as other modules raise it. What happens to its items then is actions_item.go's.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

// Asked is what an item of a draft asks of whom. One of Unit and Area is needed: an area's item is its office's.
type Asked struct {
	Unit string `json:"unit"`
	Area string `json:"area,omitempty"`
	Text string `json:"text"`
	Due  string `json:"due,omitempty"`
}

// Draft is a matter before it exists: what Raise and KeepDraft take. Without items the lead unit owes the whole.
type Draft struct {
	Title, Problem      string
	Sources             []Source
	Lead                string
	Supporting          []string
	Area                string // code; '' = the office's
	Goal                string // plan/code
	Measure             string
	Indicator           string
	NoIndicator         string
	Urgency             string
	Class               string
	Aim                 string
	AimOperator         string
	AimValue, AimPeriod string
	Flags               []string
	Items               []Asked
}

// Raise hands a matter out: its number is given and its items' clocks run. by works in the office that decides on it.
func Raise(tx *db.Tx, by auth.User, p Draft) (Matter, error) {
	if err := by.Check(VerbRaise); err != nil {
		return Matter{}, err
	}
	m, err := KeepDraft(tx, by, p)
	if err != nil {
		return m, err
	}
	return raise(tx, by, m)
}

// raiseUnlessAlike is Raise, but asks first where an open matter is about the same.
func raiseUnlessAlike(tx *db.Tx, by auth.User, p Draft, anyway bool) (Matter, error) {
	m, err := p.matter(tx, by)
	if err != nil {
		return m, err
	}
	if err := m.alone(tx, by, anyway); err != nil {
		return m, err
	}
	return Raise(tx, by, p)
}

// alone refuses a matter of which one of the same unit, area and indicator is open, unless that is known.
func (m Matter) alone(tx *db.Tx, by auth.User, anyway bool) error {
	if anyway {
		return nil
	}
	for _, i := range m.Items {
		same, err := Open(tx, by, m.Indicator, i.Unit, i.AreaID)
		if err != nil {
			return err
		}
		if len(same) > 0 {
			wrong := errs.Fields{}
			wrong.Say("anyway", "在办的“%s”是同一个单位、地区和指标。请到那件事项里增加来源；确要另立的，请勾选。",
				same[0].Called())
			return wrong.Check("没有交办：已有相同的事项在办。")
		}
	}
	return nil
}

// KeepDraft keeps a matter that is not handed out yet.
func KeepDraft(tx *db.Tx, by auth.User, p Draft) (Matter, error) {
	if err := by.Check(VerbDraft); err != nil {
		return Matter{}, err
	}
	m, err := p.matter(tx, by)
	if err != nil {
		return m, err
	}
	return m, m.begin(tx, by)
}

// Propose keeps a draft for the office that oversees an area, from somebody who may not hand matters out themselves: it
// stands on the office's desk. The caller has seen to it that by may ask for this.
func Propose(tx *db.Tx, by auth.User, p Draft, area network.Area) (Matter, error) {
	around, err := network.Lineage(tx, area)
	if err != nil {
		return Matter{}, err
	}
	slices.SortFunc(around, func(a, b network.Area) int { return len(b.Path) - len(a.Path) })
	for _, a := range around {
		unit, err := OfficeOf(tx, a)
		if errs.KindOf(err) == errs.Invalid {
			continue
		}
		if err != nil {
			return Matter{}, err
		}
		m, err := p.matter(tx, auth.User{ID: by.ID, Name: by.Name, Posts: []auth.Post{{Unit: unit, Role: auth.Office,
			AreaID: a.ID, AreaCode: a.Code, AreaPath: a.Path}}})
		if err != nil {
			return m, err
		}
		return m, m.begin(tx, by)
	}
	return Matter{}, errs.Conflictf("这个地区还没有妇儿工委办，没有人可以交办。")
}

// begin writes a new draft with its items.
func (m *Matter) begin(tx *db.Tx, by auth.User) error {
	if err := m.log(tx, by, VerbDraft, map[string]string{}, nil); err != nil {
		return err
	}
	for at := range m.Items {
		m.Items[at].ID, m.Items[at].MatterID, m.Items[at].Position = db.NewID(), m.ID, at+1
		if err := m.logItem(tx, by, &m.Items[at], VerbItemAdd, map[string]string{}, nil); err != nil {
			return err
		}
	}
	if err := m.follow(tx); err != nil {
		return err
	}
	return m.insert(tx)
}

// raise hands a draft out.
func raise(tx *db.Tx, by auth.User, m Matter) (Matter, error) {
	drafts := make([]map[string]string, len(m.Items))
	for at := range m.Items {
		drafts[at] = said(m.Items[at].own())
	}
	if err := m.due(tx); err != nil {
		return m, err
	}
	before := said(m.own())
	if err := m.numbered(tx); err != nil {
		return m, err
	}
	m.State, m.RaisedOn = Raised, tx.Today()
	if err := m.log(tx, by, VerbRaise, before, nil); err != nil {
		return m, err
	}
	for at := range m.Items {
		i := &m.Items[at]
		if i.State != InDraft {
			continue // left out of the draft
		}
		i.State, i.Since, i.OriginalDue = Raised, tx.Today(), i.Due
		i.look(m.Class)
		if err := m.logItem(tx, by, i, VerbItemRaise, drafts[at], nil); err != nil {
			return m, err
		}
	}
	return m, m.save(tx)
}

// due gives every item a day, and refuses one that is over.
func (m *Matter) due(tx *db.Tx) error {
	wrong := errs.Fields{}
	for at := range m.Items {
		i := &m.Items[at]
		if i.State != InDraft {
			continue
		}
		if i.Due == "" {
			day, rule, err := m.dueBySource(tx)
			if err != nil {
				return err
			}
			i.Due, i.DueBy = day, rule
		}
		if i.Due < tx.Today() {
			wrong.Say("due", "期限%s已经过了，请改成今天以后的日子。", i.Due)
		}
	}
	return wrong.Check("没有交办：期限不对。")
}

// numbered gives the matter the next number of its office and year, without gaps.
func (m *Matter) numbered(tx *db.Tx) (err error) {
	if m.Serial > 0 {
		return nil
	}
	unit, err := network.UnitByCode(tx, m.Office)
	if err != nil {
		return err
	}
	area, err := network.AreaByID(tx, unit.AreaID)
	if err != nil {
		return err
	}
	m.Year = yearOf(tx.Today())
	if m.Serial, err = nextSerial(tx, m.Office, m.Year); err != nil {
		return err
	}
	m.Number = numberOf(area, m.Year, m.Serial)
	return nil
}

// matter is the proposal as a draft, or everything that is wrong with it.
func (p Draft) matter(tx *db.Tx, by auth.User) (Matter, error) {
	m := Matter{ID: db.NewID(), Title: strings.TrimSpace(p.Title), Problem: strings.TrimSpace(p.Problem),
		Lead: p.Lead, Goal: p.Goal, Measure: strings.TrimSpace(p.Measure), Indicator: p.Indicator,
		NoIndicator: strings.TrimSpace(p.NoIndicator), Urgency: p.Urgency, Class: p.Class,
		Aim: strings.TrimSpace(p.Aim), AimOperator: p.AimOperator, AimValue: p.AimValue, AimPeriod: p.AimPeriod,
		State: InDraft}
	for _, s := range p.Sources {
		if s.On == "" {
			s.On = tx.Today()
		}
		m.Sources = append(m.Sources, s)
	}
	for _, flag := range p.Flags {
		m.Flags = append(m.Flags, flag)
		if flag == Hard {
			m.HardSince = tx.Today()
		}
	}
	for _, unit := range p.Supporting {
		if unit != "" && !slices.Contains(m.Supporting, unit) {
			m.Supporting = append(m.Supporting, unit)
		}
	}
	if m.Urgency == "" {
		m.Urgency = Normal
	}
	if m.Class == "" {
		m.Class = Immediate
	}
	v := checking{tx: tx, m: &m, wrong: errs.Fields{}}
	if err := v.office(by, p.Area); err != nil {
		return m, err
	}
	if err := v.all(p.Items); err != nil {
		return m, err
	}
	return m, v.wrong.Check("督办事项还缺内容或填得不对，请按提示修改。")
}
