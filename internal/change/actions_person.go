package change

// What units, the office and successors do with a change of person.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/holiday"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

var personUnseen = errs.Missingf("没有找到这项人员变动，或者它不在您的工作范围内。")

// ReadChange is one change of person that by may see.
func ReadChange(tx *db.Tx, by auth.User, id string) (PostChange, error) {
	c, err := personByID(tx, id)
	if errs.KindOf(err) == errs.Missing || err == nil && !c.sees(by) {
		return PostChange{}, personUnseen
	}
	return c, err
}

// Who says which of several people of a name takes the post: one by id, or somebody else than all of them. Both says
// that somebody who is liaison of another unit is meant to be liaison of both.
type Who struct {
	Same string
	New  bool
	Both bool
}

// Report says that somebody leaves a post of a unit and who takes it.
func Report(tx *db.Tx, by auth.User, c PostChange, who Who) (PostChange, error) {
	if err := by.Check(VerbReport); err != nil {
		return c, err
	}
	if err := c.validate(tx.Today()); err != nil {
		return c, err
	}
	unit, err := network.UnitByCode(tx, c.Unit)
	if err != nil {
		return c, errs.In("unit", err)
	}
	area, err := network.AreaByID(tx, unit.AreaID)
	if err != nil {
		return c, err
	}
	if c.areaPath = area.Path; !by.Sees(unit.Code, area.Path) {
		return c, errs.In("unit", personUnseen)
	}
	if _, err := c.plays(by, partUnit); err != nil {
		return c, err
	}
	if !unit.OpenOn(c.ChangedOn) {
		return c, errs.Fields{"changed_on": {Key: "这个单位在变动日不存在。"}}.Check("没有报告：请先改正标出的地方。")
	}
	if c.DueOn, err = reportBy(tx, c.ChangedOn); err != nil {
		return c, err
	}
	if err := c.left(tx); err != nil {
		return c, err
	}
	if err := c.meant(tx, who); err != nil {
		return c, err
	}
	open, err := personChanges(tx, `WHERE c.unit = $1 AND c.role = $2 AND c.state = 'reported'`, c.Unit, c.Role)
	if err != nil {
		return c, err
	}
	if len(open) > 0 {
		return c, errs.Conflictf("这个岗位已有一项变动在等确认（接任人%s）。请先办完，或者撤回那一项。", open[0].Person)
	}
	c.ID, c.State, c.Version = db.NewID(), Reported, 1
	c.ReportedOn, c.ReportedBy, c.reportedID = tx.Today(), by.Name, by.ID
	c.Late = c.ReportedOn > c.DueOn
	if err := insertPerson(tx, c); err != nil {
		return c, err
	}
	return c, journal.Log(tx, by, VerbReport, c.Object(), map[string]string{"unit": c.Unit, "role": c.Role,
		"outgoing": c.outgoingPost, "person": c.Person, "changed_on": c.ChangedOn, "due_on": c.DueOn,
		"late": strconv.FormatBool(c.Late)})
}

// left finds the post that ends: the one of the role that was held on the day before.
func (c *PostChange) left(tx *db.Tx) error {
	staff, err := network.Staff(tx, c.Unit, addDays(c.ChangedOn, -1))
	if err != nil {
		return err
	}
	var held []network.Post
	for _, p := range staff {
		if p.Role == c.Role && (c.Outgoing == "" || p.Person == c.Outgoing || p.ID == c.Outgoing) &&
			(p.ClosesOn == "" || p.ClosesOn > c.ChangedOn) {
			held = append(held, p)
		}
	}
	switch {
	case len(held) == 1:
		c.outgoingPost, c.Outgoing = held[0].ID, held[0].Person
	case len(held) > 1:
		return errs.Fields{"outgoing": {Key: "这个岗位有几个人，请写明是谁离任。"}}.
			Check("没有报告：请先改正标出的地方。")
	case c.Outgoing != "":
		return errs.Fields{"outgoing": {Key: "这个人在变动日之前不在这个岗位上。"}}.
			Check("没有报告：请先改正标出的地方。")
	}
	return nil
}

// meant finds the successor among the people there are. Who is liaison of another unit already may be of both, but that
// is asked.
func (c *PostChange) meant(tx *db.Tx, who Who) (err error) {
	if c.personID, err = account.Pick(tx, c.Person, c.Unit, who.Same, who.New); err != nil || c.personID == "" {
		return err
	}
	held, err := network.PostsOf(tx, c.personID, c.ChangedOn)
	if err != nil {
		return err
	}
	for _, p := range held {
		if p.Unit == c.Unit && p.Role == c.Role {
			return errs.Fields{"person": {Key: "此人已经在这个岗位上。"}}.Check("没有报告：请先改正标出的地方。")
		}
		if p.Role == auth.Liaison && c.Role == auth.Liaison && !who.Both {
			return errs.Fields{"both": {Key: "此人已是别的单位的联络员。确实兼任两个单位的，请勾选。"}}.
				Check("此人已是别的单位的联络员，请确认。")
		}
		if auth.Apart(p.Role, c.Role) {
			return errs.Conflictf("系统、安全、审计三员须由三个不同的人担任，也不兼任业务岗位。此人现在的岗位：%s。",
				p.Role)
		}
	}
	return nil
}

// stepPerson is what every step begins with.
func stepPerson(tx *db.Tx, by auth.User, id string, version int64, verb string) (c PostChange, s flow.Step, err error) {
	if c, err = ReadChange(tx, by, id); err != nil {
		return c, s, err
	}
	if s, _, err = personLife.Take(verb, by, c.as(by, tx.Today())); err != nil {
		return c, s, err
	}
	if version != 0 && version != c.Version {
		return c, s, errs.Conflictf("这项变动刚被别人办过。请刷新页面，看过新的内容再办。")
	}
	return c, s, nil
}

func (c *PostChange) keep(tx *db.Tx, by auth.User, s flow.Step, detail map[string]string) error {
	c.State = s.To
	if err := updatePerson(tx, c); err != nil {
		return err
	}
	return journal.Log(tx, by, s.Verb, c.Object(), detail)
}

// Confirm puts the successor into the post from the day of the change. Whoever left it holds it until the day before;
// without any other post their key is retired and their account shut.
func Confirm(tx *db.Tx, by auth.User, id string, version int64) (PostChange, error) {
	c, s, err := stepPerson(tx, by, id, version, VerbConfirm)
	if err != nil {
		return c, err
	}
	if c.outgoingPost != "" {
		posts, err := network.Staff(tx, c.Unit, addDays(c.ChangedOn, -1))
		if err != nil {
			return c, err
		}
		at := slices.IndexFunc(posts, func(p network.Post) bool { return p.ID == c.outgoingPost })
		if at >= 0 && (posts[at].ClosesOn == "" || posts[at].ClosesOn > c.ChangedOn) {
			if err := account.Leave(tx, by, posts[at], c.ChangedOn); err != nil {
				return c, err
			}
		}
	}
	if c.personID == "" {
		p, err := network.AddPerson(tx, network.Person{Name: c.Person, Sample: by.Sample})
		if err != nil {
			return c, err
		}
		c.personID = p.ID
	}
	post, err := account.Appoint(tx, by, network.Post{PersonID: c.personID, Unit: c.Unit, Role: c.Role,
		OpensOn: c.ChangedOn, Title: c.Title, Room: c.Room, Phone: c.Phone})
	if err != nil {
		return c, err
	}
	days, err := holiday.Table(tx)
	if err != nil {
		return c, err
	}
	deadline, err := s.Deadline(tx, days, tx.Now)
	if err != nil {
		return c, err
	}
	c.post, c.ConfirmedOn, c.TakeBy = post.ID, tx.Today(), deadline.On
	return c, c.keep(tx, by, s, map[string]string{"post": c.post, "ends": c.outgoingPost, "take_by": c.TakeBy})
}

// TakeOver is the successor's word that all that is open was handed over; the list of it is kept.
func TakeOver(tx *db.Tx, by auth.User, id string, version int64, holds []module.Hold) (PostChange, error) {
	c, s, err := stepPerson(tx, by, id, version, VerbTakeOver)
	if err != nil {
		return c, err
	}
	list, err := Handover(tx, c.Unit, holds)
	if err != nil {
		return c, err
	}
	var lines []string
	detail := map[string]string{}
	for _, g := range list {
		for _, t := range g.Things {
			lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s：%s %s", g.Name, t.Name.ZH, t.DueOn)))
		}
		detail[g.Kind] = strconv.Itoa(len(g.Things))
	}
	c.Taken, c.TakenOn = strings.Join(lines, "\n"), tx.Today()
	detail["digest"] = digestOf(c.Taken)
	return c, c.keep(tx, by, s, detail)
}

// Drop takes a report back before it is confirmed.
func Drop(tx *db.Tx, by auth.User, id string, version int64, reason string) (PostChange, error) {
	c, s, err := stepPerson(tx, by, id, version, VerbDrop)
	if err != nil {
		return c, err
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return c, errs.Fields{"reason": {Key: "请写明撤回的原因。"}}.Check("请写明撤回的原因。")
	}
	return c, c.keep(tx, by, s, map[string]string{"reason": reason})
}

// Handover is all open work of a unit, kind by kind: what a successor takes over.
func Handover(tx *db.Tx, unit string, holds []module.Hold) (list []Group, err error) {
	list = []Group{}
	for _, h := range holds {
		if h.List == nil {
			continue
		}
		held, err := h.List(tx, unit, tx.Today())
		if err != nil {
			return nil, err
		}
		g := Group{Kind: h.Kind, Name: h.Label, Things: []Thing{}}
		for _, one := range held {
			g.Things = append(g.Things, Thing{Held: one, From: unit, To: unit, Stays: true})
		}
		if len(held) > 0 {
			list = append(list, g)
		}
	}
	return list, nil
}

// Reporting is how many changes of persons were reported within the time: those in time, and all that were not taken
// back.
func Reporting(tx *db.Tx, by auth.User, of module.Work) (inTime, all int, err error) {
	seen, err := seenChanges(tx, by)
	for _, c := range seen {
		if c.State == Dropped || c.Adjustment != "" || !of.In(c.ChangedOn) || !of.Of(c.Unit) {
			continue
		}
		if all++; !c.Late {
			inTime++
		}
	}
	return inTime, all, err
}
