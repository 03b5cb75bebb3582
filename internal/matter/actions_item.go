package matter

// The life of an item from hand to hand, each step by the state table: received or declined, planned, noted, extended.
// How it ends is actions_end.go's.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/network"
)

// ofItem is an item in its matter, with its unit.
type ofItem struct {
	matter *Matter
	item   *Item
	unit   network.Unit
}

// act is a step being taken on an item.
type act struct {
	ofItem
	tx     *db.Tx
	by     auth.User
	post   auth.Post
	step   flow.Step
	detail map[string]string // what the journal keeps beside the columns that change
	to     State             // where a step that can lead to several states leads
}

// At is an item as somebody has seen it: ID, and the version of its matter then; 0 = whatever it is.
type At struct {
	ID      string
	Version int64
}

// as is the item in its flow.
func (c ofItem) as(by auth.User) flow.Case {
	return flow.Case{State: string(c.item.State), Fits: c.fits,
		Plays: func(part string) (auth.Post, error) { return c.plays(by, part) },
		Did:   []flow.Deed{{Verb: VerbReport, PersonID: c.item.ReporterID, Unit: c.item.ReporterUnit}}}
}

// read is an item that by may see, in its whole matter.
func read(tx *db.Tx, by auth.User, id string) (c ofItem, err error) {
	of, err := matterOf(tx, id)
	if err != nil {
		return c, err
	}
	if _, err := Read(tx, by, of); err != nil {
		return c, err
	}
	m, err := Get(tx, of)
	if err != nil {
		return c, err
	}
	at := slices.IndexFunc(m.Items, func(i Item) bool { return i.ID == id })
	if !m.sees(by) && !m.seesItem(by, m.Items[at]) {
		return c, errs.Missingf("没有找到这项整改。它可能不存在，或者您没有查看权限。")
	}
	c = ofItem{matter: &m, item: &m.Items[at]}
	c.unit, err = network.UnitByCode(tx, c.item.Unit)
	return c, err
}

// take takes a step: change works out what it changes, and says what is wrong with it.
func (at At) take(tx *db.Tx, by auth.User, verb string, change func(*act) error) (Matter, error) {
	c, err := read(tx, by, at.ID)
	if err != nil {
		return Matter{}, err
	}
	m, i := c.matter, c.item
	a := act{ofItem: c, tx: tx, by: by, detail: map[string]string{}}
	if a.step, a.post, err = itemLife.Take(verb, by, c.as(by)); err != nil {
		return *m, err
	}
	if at.Version != 0 && at.Version < i.Changed {
		return *m, errs.Conflictf("这项整改刚刚有人办理过。请刷新页面，核对后再操作。")
	}
	before := said(i.own())
	was := i.State
	a.to = State(a.step.To)
	if err := change(&a); err != nil {
		return *m, err
	}
	if lacks := a.step.Lacks(merge(said(i.own()), a.detail)); len(lacks) > 0 {
		wrong := errs.Fields{}
		for _, name := range lacks {
			wrong.Say(name, "此项必填。")
		}
		return *m, wrong.Check("还缺内容，请按提示补上。")
	}
	if i.State = a.to; i.State != was {
		i.Since = tx.Today()
	}
	i.look(m.Class)
	a.detail["post"], a.detail["by_unit"] = a.post.RoleName, a.post.UnitName
	if err := m.logItem(tx, by, i, verb, before, a.detail); err != nil {
		return *m, err
	}
	return *m, m.save(tx)
}

func merge(a, b map[string]string) map[string]string {
	all := map[string]string{}
	for _, some := range []map[string]string{a, b} {
		for key, text := range some {
			all[key] = text
		}
	}
	return all
}

// fits refuses a step for more than the state.
func (c ofItem) fits(st flow.Step) error {
	i := c.item
	switch {
	case c.matter.State != Raised && st.From != string(InDraft):
		return errs.Conflictf("这件督办事项已不在办理中。")
	case st.Verb == VerbStart && st.From == string(Received) && c.matter.Class != Immediate:
		return errs.Conflictf("只有立行立改的事项可以不定措施直接开始。请先定措施。")
	case (st.Verb == VerbGrant || st.Verb == VerbRefuse) && i.WantedDue == "":
		return errs.Conflictf("没有待审的延期申请。")
	case st.Verb == VerbExtend && i.WantedDue != "":
		return errs.Conflictf("延期申请已经提出，等妇儿工委办审批。")
	}
	return nil
}

// Open lists the steps that by may take on an item now: a page's buttons.
func (c ofItem) Open(by auth.User) []flow.Step { return itemLife.Open(by, c.as(by)) }

// says takes a text that has to be given, up to a length.
func (a *act) says(name, text string, most int) error {
	v := checking{wrong: errs.Fields{}}
	text = strings.TrimSpace(text)
	v.text(name, text, most, true)
	a.detail[name] = text
	return v.wrong.Check("还缺内容，请按提示补上。")
}

// because is the reason of a step, which the item shows until the next.
func (a *act) because(text string) error {
	text, err := reason(text)
	a.item.Reason, a.detail["reason"] = text, text
	return err
}

// Receive is the owner's receipt: who leads and who handles it. The unit's only leader and the person who receives
// stand for who is not named.
func Receive(tx *db.Tx, by auth.User, at At, responsible, handler string) (Matter, error) {
	return at.take(tx, by, VerbReceive, func(a *act) error {
		staff, err := network.Staff(tx, a.item.Unit, "")
		if err != nil {
			return err
		}
		wrong := errs.Fields{}
		i := a.item
		i.HandlerID, i.Handler = by.ID, by.Name
		for _, p := range staff {
			leads := p.Role == auth.Leader || p.Role == auth.CommitteeChief
			if responsible == p.ID && leads || responsible == "" && leads && i.Responsible == "" {
				i.Responsible = p.ID
			}
			if handler == p.PersonID {
				i.HandlerID, i.Handler = p.PersonID, p.Person
			}
		}
		if responsible != "" && i.Responsible != responsible || i.Responsible == "" {
			wrong.Say("responsible", "请从本单位负责人里选一位责任领导。")
		}
		if handler != "" && i.HandlerID != handler {
			wrong.Say("handler", "请从本单位在岗的人里选经办人。")
		}
		i.ReceivedOn = tx.Today()
		return wrong.Check("没有签收，请按提示修改。")
	})
}

// Decline says that the item is not the owner's, or rests on a wrong fact. The office decides.
func Decline(tx *db.Tx, by auth.User, at At, why string) (Matter, error) {
	return at.take(tx, by, VerbDecline, func(a *act) error {
		a.item.Declines++
		return a.because(why)
	})
}

// Keep leaves a declined item with its owner.
func Keep(tx *db.Tx, by auth.User, at At, why string) (Matter, error) {
	return at.take(tx, by, VerbKeep, func(a *act) error { return a.because(why) })
}

// Reassign gives a declined item to another unit.
func Reassign(tx *db.Tx, by auth.User, at At, unit, why string) (Matter, error) {
	return at.take(tx, by, VerbReassign, func(a *act) error {
		v := checking{tx: tx, m: a.matter, wrong: errs.Fields{}}
		u := v.unit("unit", unit)
		if unit == a.item.Unit {
			v.wrong.Say("unit", "%s已退办，请改选别的单位。", u.Name)
		}
		if err := v.wrong.Check("没有改派，请按提示修改。"); err != nil {
			return err
		}
		a.item.Unit, a.item.Responsible, a.item.HandlerID, a.item.Handler = unit, "", "", ""
		a.item.ReceivedOn = ""
		return a.because(why)
	})
}

// Plan is why it came to this and what will be done.
type Plan struct {
	CauseKinds []string
	Cause      string
	Steps      []Step
}

// MakePlan keeps the owner's plan for an item.
func MakePlan(tx *db.Tx, by auth.User, at At, p Plan) (Matter, error) {
	return at.take(tx, by, VerbPlan, func(a *act) error {
		v := checking{tx: tx, m: a.matter, wrong: errs.Fields{}}
		i := a.item
		i.CauseKinds, i.Cause = p.CauseKinds, strings.TrimSpace(p.Cause)
		v.text("cause", i.Cause, 1000, true)
		if len(p.CauseKinds) == 0 {
			v.wrong.Say("cause_kinds", "请至少选一类原因。")
		}
		for _, kind := range p.CauseKinds {
			v.choice("cause_kinds", causeKinds, kind)
		}
		i.Steps = nil
		for _, s := range p.Steps {
			if s.Text = strings.TrimSpace(s.Text); s.Text == "" {
				continue
			}
			v.text("steps", s.Text, 400, true)
			if s.Due != "" && !calendar.IsDay(s.Due) {
				v.wrong.Say("steps", "“%s”不是日期，请写成 2024-03-15。", s.Due)
			}
			if s.Unit != "" {
				v.unit("steps", s.Unit)
			}
			i.Steps = append(i.Steps, s)
		}
		if len(i.Steps) == 0 {
			v.wrong.Say("steps", "请至少写一条措施。")
		}
		i.PlannedOn = tx.Today()
		return v.wrong.Check("没有保存措施，请按提示修改。")
	})
}

// Start says that work has begun.
func Start(tx *db.Tx, by auth.User, at At) (Matter, error) {
	return at.take(tx, by, VerbStart, func(a *act) error {
		a.item.StartedOn = tx.Today()
		return nil
	})
}

// Note is what came of an item up to a day.
type Note struct {
	On        string
	Text      string
	Obstacles string
	Next      string
	Done      []int // steps that are done now, from 1
}

// AddNote keeps a note; of a continuing item it answers for its quarter.
func AddNote(tx *db.Tx, by auth.User, at At, n Note) (Matter, error) {
	return at.take(tx, by, VerbNote, func(a *act) error {
		i := a.item
		if n.On == "" {
			n.On = tx.Today()
		}
		v := checking{tx: tx, m: a.matter, wrong: errs.Fields{}}
		for name, text := range map[string]*string{"note": &n.Text, "obstacles": &n.Obstacles, "next": &n.Next} {
			*text = strings.TrimSpace(*text)
			if v.text(name, *text, 2000, name == "note"); *text != "" {
				a.detail[name] = *text
			}
		}
		switch {
		case !calendar.IsDay(n.On):
			v.wrong.Say("on", "“%s”不是日期，请写成 2024-03-15。", n.On)
		case n.On > tx.Today() || n.On < i.NotedOn || n.On < a.matter.RaisedOn:
			v.wrong.Say("on", "日期要在上次进展之后、今天之前。")
		}
		i.Steps = slices.Clone(i.Steps)
		for _, number := range n.Done {
			if number < 1 || number > len(i.Steps) {
				v.wrong.Say("done", "没有第%d条措施。", number)
			} else if i.Steps[number-1].DoneOn == "" {
				i.Steps[number-1].DoneOn = n.On
			}
		}
		if err := v.wrong.Check("进展没有保存，请按提示修改。"); err != nil {
			return err
		}
		if i.StartedOn == "" {
			i.StartedOn = n.On
		}
		if a.matter.Class == Continuing && i.State == InProgress {
			i.owe(n.On)
		}
		a.detail["on"] = n.On
		i.NotedOn, i.Note = n.On, n.Text
		return nil
	})
}

// owe counts the quarters that were owed up to a note, and whether it came by the day of the last. Quarters that went
// by without one are owed and not in time.
func (i *Item) owe(day string) {
	next := i.nextNote()
	if i.NotedOn != "" && quarterOf(day) == quarterOf(i.NotedOn) {
		return // a second one in the same quarter
	}
	owed := *i
	for quarterOf(next) < quarterOf(day) {
		i.NotesOwed++
		owed.NotedOn = next
		if later := owed.nextNote(); later > next {
			next = later
			continue
		}
		return
	}
	i.NotesOwed++
	i.NotesInTime++
}

func quarterOf(day string) string {
	if !calendar.IsDay(day) {
		return ""
	}
	month, _ := strconv.Atoi(day[5:7])
	return day[:4] + "Q" + strconv.Itoa((month+2)/3)
}

// Extend asks for another day, before the day.
func Extend(tx *db.Tx, by auth.User, at At, wanted, why string) (Matter, error) {
	return at.take(tx, by, VerbExtend, func(a *act) error {
		i := a.item
		switch today := tx.Today(); {
		case today >= i.Due:
			return errs.Conflictf("延期要在期限（%s）之前申请，今天%s已经晚了：这一项按逾期办理，请抓紧报办结。", i.Due,
				today)
		case !calendar.IsDay(wanted) || wanted <= i.Due:
			return errs.Fields{"wanted_due": {Key: "拟延至的日子要在现在的期限之后，写成 2024-03-15。"}}.
				Check("没有申请，请按提示修改。")
		}
		i.WantedDue, i.AskedOn = wanted, tx.Today()
		return a.because(why)
	})
}

// Grant sets the new day of an extension that was asked for; "" = as asked.
func Grant(tx *db.Tx, by auth.User, at At, day string) (Matter, error) {
	return at.take(tx, by, VerbGrant, func(a *act) error {
		i := a.item
		if day == "" {
			day = i.WantedDue
		}
		if !calendar.IsDay(day) || day <= i.Due || day < tx.Today() {
			return errs.Fields{"granted_due": {Key: "批准的日子要在现在的期限之后、今天或以后，写成 2024-03-15。"}}.
				Check("没有批准，请按提示修改。")
		}
		i.Due, i.WantedDue, i.AskedOn, i.Reason = day, "", "", ""
		i.Extensions++
		return nil
	})
}

// Refuse leaves the day as it is.
func Refuse(tx *db.Tx, by auth.User, at At, why string) (Matter, error) {
	return at.take(tx, by, VerbRefuse, func(a *act) error {
		a.item.WantedDue, a.item.AskedOn = "", ""
		return a.because(why)
	})
}
