package cycle

// A cycle is planned, copied, changed, announced, trained for and dropped. From its opening on: actions_open.go, at its
// end: actions_close.go.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/meeting"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

var (
	unseen     = errs.Missingf("没有找到这个监测周期。它可能不存在，或者您没有查看权限。")
	errNothing = errs.Missingf("没有找到这个单位的报表。它可能不在这个周期里，或者您没有查看权限。")
)

// Read returns a cycle that by may see.
func Read(tx *db.Tx, by auth.User, id string) (Cycle, error) {
	c, err := Get(tx, id)
	if errs.KindOf(err) == errs.Missing || err == nil && !c.visible(by) {
		return Cycle{}, unseen
	}
	return c, err
}

// Plan makes a cycle for the office of by, or for the one whose last cycle the unit of by led.
func Plan(tx *db.Tx, by auth.User, c Cycle) (Cycle, error) {
	if err := c.home(tx, by); err != nil {
		return c, err
	}
	if err := (Cycle{}).meets(tx, by, &c); err != nil {
		return c, err
	}
	if err := c.known(tx); err != nil {
		return c, err
	}
	return c.begin(tx, by)
}

// home finds whose cycle by plans.
func (c *Cycle) home(tx *db.Tx, by auth.User) error {
	if err := by.Check(VerbPlan); err != nil {
		return err
	}
	if at := slices.IndexFunc(by.Posts, func(p auth.Post) bool { return p.Role == auth.Office }); at >= 0 {
		post := by.Posts[at]
		c.Unit, c.AreaID, c.AreaPath = post.Unit, post.AreaID, post.AreaPath
		return nil
	}
	all, err := every(tx)
	if err != nil {
		return err
	}
	for _, o := range all {
		if o.runs(by) {
			c.Unit, c.AreaID, c.AreaPath, c.Lead = o.Unit, o.AreaID, o.AreaPath, o.Lead
			return nil
		}
	}
	return errs.Deniedf("第一个监测周期由妇儿工委办建立，并选定牵头的统计单位；以后牵头单位可以自己建立。")
}

func (c Cycle) begin(tx *db.Tx, by auth.User) (Cycle, error) {
	c.ID, c.State, c.Version = db.NewID(), Planned, 1
	c.CreatedBy, c.CreatedAt, c.UpdatedBy, c.UpdatedAt = by.ID, tx.Now, by.Name, tx.Now
	if err := insert(tx, c); err != nil {
		return c, err
	}
	if err := findable(tx, c); err != nil {
		return c, err
	}
	return c, held.Log(tx, by, VerbPlan, c.Object(), nil, c.row(), nil)
}

// Copy plans the next year's cycle like one before: the same forms, days a year later. A form that has expired comes
// along and is named, so that whoever goes on drops or replaces it; what happened in the year does not.
func Copy(tx *db.Tx, by auth.User, id string) (Cycle, error) {
	old, err := Read(tx, by, id)
	if err != nil {
		return old, err
	}
	if err := by.Check(VerbPlan); err != nil {
		return old, err
	}
	if _, err := old.plays(by, keeper); err != nil {
		return old, err
	}
	next := Cycle{Year: old.Year + 1, Title: strings.ReplaceAll(old.Title, strconv.Itoa(old.Year),
		strconv.Itoa(old.Year+1)), Unit: old.Unit, Lead: old.Lead, AreaID: old.AreaID, AreaPath: old.AreaPath,
		Forms: old.Forms, Basis: old.Basis, Contact: old.Contact, OpensOn: yearLater(old.OpensOn), CopiedFrom: old.ID}
	for _, d := range old.Due {
		next.Due = append(next.Due, Due{d.Level, yearLater(d.On)})
	}
	wrong := errs.Fields{}
	if err := next.alone(tx, wrong); err != nil {
		return next, err
	}
	if len(wrong) > 0 {
		return next, errs.Conflictf("%d年已经有监测周期了，不必再复制。", next.Year)
	}
	return next.begin(tx, by)
}

// yearLater is the same day of the next year; of 29 February the 28th.
func yearLater(day string) string {
	year, err := strconv.Atoi(day[:min(len(day), 4)])
	if err != nil || len(day) != 10 {
		return day
	}
	if day[4:] == "-02-29" {
		return strconv.Itoa(year+1) + "-02-28"
	}
	return strconv.Itoa(year+1) + day[4:]
}

// known refuses what is incomplete or not there.
func (c *Cycle) known(tx *db.Tx) error {
	if err := c.check(tx); err != nil {
		return err
	}
	if c.Lead == "" {
		return nil
	}
	unit, err := network.UnitByCode(tx, c.Lead)
	if err != nil {
		return unfitting(err, "lead", "没有单位“%s”。请从列表里选。", c.Lead)
	}
	area, err := network.AreaByID(tx, unit.AreaID)
	if err == nil && !strings.HasPrefix(area.Path, c.AreaPath) {
		return errs.Fields{"lead": say.New("牵头单位要在本地区。")}.Check("没有保存：请先改正标出的地方。")
	}
	return err
}

// unfitting says at a field what there is not; other errors stay what they are.
func unfitting(err error, field string, why say.Key, args ...any) error {
	if errs.KindOf(err) != errs.Missing {
		return err
	}
	return errs.Fields{field: say.New(why, args...)}.Check("没有保存：请先改正标出的地方。")
}

// do takes a step with a cycle: reads it, asks the state table, has change change it, writes and journals it.
func do(tx *db.Tx, by auth.User, id string, version int64, verb string,
	change func(*Cycle) (map[string]string, error)) (Cycle, error) {
	c, err := Read(tx, by, id)
	if err != nil {
		return c, err
	}
	st, _, err := life.Take(verb, by, c.as(by))
	if err != nil {
		return c, err
	}
	if c.Version != version {
		return c, errs.Conflictf("%s刚刚办理过这个周期。请刷新页面，看过之后再办。", c.UpdatedBy)
	}
	before := c.row()
	detail, err := change(&c)
	if err != nil {
		return c, err
	}
	c.State, c.UpdatedBy, c.UpdatedAt = State(st.To), by.Name, tx.Now
	if err := update(tx, &c); err != nil {
		return c, err
	}
	if err := findable(tx, c); err != nil {
		return c, err
	}
	return c, held.Log(tx, by, verb, c.Object(), before, c.row(), detail)
}

// Edit changes a cycle. Once units have been asked, year, forms and days stay; a later day is an extension. Meetings
// that it names and by may not see stay as well: who leads the cycle need not be asked to each.
func Edit(tx *db.Tx, by auth.User, now Cycle) (Cycle, error) {
	return do(tx, by, now.ID, now.Version, VerbEdit, func(c *Cycle) (map[string]string, error) {
		if err := c.meets(tx, by, &now); err != nil {
			return nil, err
		}
		c.Title, c.Basis, c.Contact = now.Title, now.Basis, now.Contact
		c.Trainings, c.ReviewMeeting = now.Trainings, now.ReviewMeeting
		if c.State.begun() {
			c.clean()
			if c.Title == "" || longer(c.Title, maxTitle) {
				return nil, errs.Fields{"title": say.New("请写名称，最多%d个字。", maxTitle)}.
					Check("没有保存：请先改正标出的地方。")
			}
			return nil, nil
		}
		c.Year, c.Forms, c.OpensOn, c.Due, c.Lead = now.Year, now.Forms, now.OpensOn, now.Due, now.Lead
		return nil, c.known(tx)
	})
}

// meets refuses meetings that by may not see, and a training that is none; those of the cycle that by does not see are
// added to what by wrote.
func (c Cycle) meets(tx *db.Tx, by auth.User, now *Cycle) error {
	for _, object := range c.Trainings {
		if seen, err := sees(tx, by, object); err != nil {
			return err
		} else if !seen && !slices.Contains(now.Trainings, object) {
			now.Trainings = append(now.Trainings, object)
		}
	}
	if c.ReviewMeeting != "" && now.ReviewMeeting == "" {
		if seen, err := sees(tx, by, c.ReviewMeeting); err != nil {
			return err
		} else if !seen {
			now.ReviewMeeting = c.ReviewMeeting
		}
	}
	for _, object := range now.Trainings {
		if slices.Contains(c.Trainings, object) {
			continue
		}
		m, err := meeting.Read(tx, by, idOf(object))
		if err != nil {
			return unfitting(err, "trainings", "没有找到这次会议。请从列表里选。")
		}
		kind, err := meeting.KindOf(tx, m.Kind)
		if err != nil {
			return err
		}
		if !kind.Training {
			return errs.Fields{"trainings": say.New("“%s”不是培训会。", m.Title)}.
				Check("没有保存：请先改正标出的地方。")
		}
	}
	if now.ReviewMeeting == "" || now.ReviewMeeting == c.ReviewMeeting {
		return nil
	}
	_, err := meeting.Read(tx, by, idOf(now.ReviewMeeting))
	return unfitting(err, "review_meeting", "没有找到这次会议。请从列表里选。")
}

func idOf(object string) string { return strings.TrimPrefix(object, "meeting/") }

// sees says whether by may see a meeting.
func sees(tx *db.Tx, by auth.User, object string) (bool, error) {
	_, err := meeting.Read(tx, by, idOf(object))
	if errs.KindOf(err) == errs.Missing {
		return false, nil
	}
	return err == nil, err
}

// isOver says whether a meeting was held.
func isOver(m meeting.Meeting) bool {
	return m.State == meeting.Held || m.State == meeting.Minuted || m.State == meeting.Closed
}

// Train notes that the people who fill in and sign were trained: in the meetings that the cycle names, or why not this
// year. Who was missing is shown, and kept from nothing.
func Train(tx *db.Tx, by auth.User, id string, version int64, untaught string) (Cycle, error) {
	return do(tx, by, id, version, VerbTrain, func(c *Cycle) (map[string]string, error) {
		if c.Untaught = strings.TrimSpace(untaught); longer(c.Untaught, maxText) {
			return nil, errs.Fields{"untaught": say.New("最多%d个字。", maxText)}.Check("没有登记。")
		}
		if len(c.Trainings) == 0 && c.Untaught == "" {
			return nil, errs.Fields{"untaught": {Key: "还没有关联培训会。请在“修改”里选培训会；今年不办培训的，请写明原因。"}}.
				Check("没有登记：缺少培训会。")
		}
		for _, object := range c.Trainings {
			m, err := meeting.Get(tx, idOf(object))
			if err != nil {
				return nil, err
			}
			if !isOver(m) {
				return nil, errs.Conflictf("培训会“%s”还没有开。请在会议页登记到会、办结后再来登记。", m.Title)
			}
		}
		return nil, nil
	})
}

// Drop calls a cycle off before units were asked.
func Drop(tx *db.Tx, by auth.User, id string, version int64, reason string) (Cycle, error) {
	return do(tx, by, id, version, VerbDrop, func(c *Cycle) (map[string]string, error) {
		if c.Reason = strings.TrimSpace(reason); c.Reason == "" || longer(c.Reason, maxText) {
			return nil, errs.Fields{"reason": {Key: "请写明原因。"}}.Check("没有取消：请写明原因。")
		}
		return map[string]string{"reason": c.Reason}, nil
	})
}
