package supervision

// Groups: who is in them, where they go, and what keeps somebody out.

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/network"
)

var unseenGroup = errs.Missingf("没有找到这个督导组。它可能不存在，或者您没有查看权限。")

// ReadGroup returns a group that by may see: its people do, and whoever oversees the office that formed it.
func ReadGroup(tx *db.Tx, by auth.User, id string) (Group, error) {
	g, err := GetGroup(tx, id)
	if err == nil && !inside(by, g, g.AreaPath) {
		return Group{}, unseenGroup
	}
	return g, err
}

// Desk is the module with what it is told of rounds.
type Desk struct{ Rounds Rounds }

// round is what a visit or group is about; none if it is about nothing.
func (k Desk) round(tx *db.Tx, by auth.User, about string) (Round, bool, error) {
	if about == "" {
		return Round{}, false, nil
	}
	if k.Rounds == nil {
		return Round{}, false, errs.Fields{"about": {Key: "没有找到这一轮评估。"}}.Check("没有保存，请按提示修改。")
	}
	r, err := k.Rounds(tx, by, about)
	if errs.KindOf(err) == errs.Missing {
		err = errs.Fields{"about": {Key: "没有找到这一轮评估。"}}.Check("没有保存，请按提示修改。")
	}
	return r, err == nil, err
}

// known refuses to list what is about a round that by may not see.
func (k Desk) known(tx *db.Tx, by auth.User, about string) error {
	_, _, err := k.round(tx, by, about)
	return errs.In("about", err)
}

// Form forms a group for the office of by.
func (k Desk) Form(tx *db.Tx, by auth.User, g Group) (Group, error) {
	if err := by.Check(VerbForm); err != nil {
		return g, err
	}
	at := slices.IndexFunc(by.Posts, func(p auth.Post) bool { return p.Role == auth.Office })
	if at < 0 {
		return g, errs.Deniedf("督导组由妇儿工委办组建。")
	}
	post := by.Posts[at]
	g.ID, g.Office, g.AreaID, g.AreaPath, g.Version = db.NewID(), post.Unit, post.AreaID, post.AreaPath, 1
	if err := k.fits(tx, by, &g, Group{}); err != nil {
		return g, err
	}
	g.UpdatedBy, g.UpdatedAt = by.Name, tx.Now
	if err := insertGroup(tx, g); err != nil {
		return g, err
	}
	if err := g.findable(tx); err != nil {
		return g, err
	}
	return g, held.Log(tx, by, VerbForm, g.Object(), nil, g.row(), nil)
}

// EditGroup changes who is in a group, where it goes, or when it was trained. Once it is out, nobody is taken away; why
// is the reason for another head in place of one who has left.
func (k Desk) EditGroup(tx *db.Tx, by auth.User, now Group, why string) (Group, error) {
	g, err := ReadGroup(tx, by, now.ID)
	if err != nil {
		return g, err
	}
	if err := by.Check(VerbEdit); err != nil {
		return g, err
	}
	if _, err := plays(by, g, g.Office, office); err != nil {
		return g, err
	}
	if g.Version != now.Version {
		return g, errs.Conflictf("%s刚刚改过这个督导组。请刷新页面，核对后再改；您输入的内容仍在本页。", g.UpdatedBy)
	}
	if err := g.asks(tx); err != nil {
		return g, err
	}
	before, was := g.row(), g
	g.Title, g.Members, g.Areas, g.Lacks, g.TrainedOn = now.Title, now.Members, now.Areas, now.Lacks, now.TrainedOn
	if err := k.fits(tx, by, &g, was); err != nil {
		return g, err
	}
	detail, err := g.stays(tx, was, why)
	if err != nil {
		return g, err
	}
	g.UpdatedBy, g.UpdatedAt = by.Name, tx.Now
	if err := updateGroup(tx, &g); err != nil {
		return g, err
	}
	if err := g.findable(tx); err != nil {
		return g, err
	}
	return g, held.Log(tx, by, VerbEdit, g.Object(), before, g.row(), detail)
}

// stays refuses what the visits of a group do not allow: an area that is left out, somebody who is elsewhere that day
// and, once a visit has begun, that somebody is taken away or the head is another. It returns what the journal is told.
func (g Group) stays(tx *db.Tx, was Group, why string) (map[string]string, error) {
	visits, err := visitsOf(tx, g.ID)
	if err != nil {
		return nil, err
	}
	wrong := errs.Fields{}
	var detail map[string]string
	for _, v := range visits {
		area, err := network.AreaByID(tx, v.AreaID)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(g.Areas, area.Code) {
			wrong.Say("areas", "%s已经安排了这个组的督导，不能去掉。", area.Name)
		}
		if v.made() && detail == nil {
			detail = g.same(was, v.OnDay+" "+area.Name, strings.TrimSpace(why), wrong)
		}
		if v.OnDay < tx.Today() {
			continue
		}
		if err := g.free(tx, v.OnDay, wrong); err != nil {
			return nil, err
		}
	}
	return detail, wrong.Check("没有保存，请按提示修改。")
}

// asks reads whether one of its visits has begun.
func (g *Group) asks(tx *db.Tx) error {
	visits, err := visitsOf(tx, g.ID)
	g.out = slices.ContainsFunc(visits, Visit.made)
	return err
}

// same refuses that members of a group that has been out are taken away, or that it has another head while the first is
// there; out names the visit.
func (g Group) same(was Group, out, why string, wrong errs.Fields) map[string]string {
	for _, m := range was.Members {
		if !slices.ContainsFunc(g.Members, m.is) {
			wrong.Say("members", "%s的督导已经开始，成员以那一天为准，不能去掉%s。可以增加成员和副组长。", out, m.Name)
		}
	}
	detail := map[string]string{}
	if g.Head().is(was.Head()) {
		return detail
	}
	switch {
	case !was.left:
		wrong.Say("members", "%s的督导已经开始，组长%s还在任，不能换。可以增加副组长。", out, was.Head().Name)
	case why == "" || utf8.RuneCountInString(why) > maxText:
		wrong.Say("reason", "组长%s已经离任，请写明另定组长的原因，%d字以内。", was.Head().Name, maxText)
	}
	detail["reason"], detail["head"] = why, was.Head().Name
	return detail
}

// is says whether two lines are the same member: the same person, or the same name from outside.
func (m Member) is(o Member) bool {
	return m.Person == o.Person && (m.Person != "" || m.Name == strings.TrimSpace(o.Name))
}

// free refuses members who are out with another group on a day.
func (g Group) free(tx *db.Tx, day string, wrong errs.Fields) error {
	for _, m := range g.Members {
		if m.Person == "" {
			continue
		}
		others, err := othersOn(tx, m.Person, day, g.ID)
		if err != nil {
			return err
		}
		if len(others) > 0 {
			wrong.Say("members", "%s%s随%s督导，同一天不能在两个组。请换人或改期。", m.Name, day, others[0])
		}
	}
	return nil
}

// fits refuses a group that is incomplete, and members who must not supervise where it goes.
func (k Desk) fits(tx *db.Tx, by auth.User, g *Group, was Group) error {
	wrong := errs.Fields{}
	g.Title, g.Lacks = strings.TrimSpace(g.Title), strings.TrimSpace(g.Lacks)
	if n := utf8.RuneCountInString(g.Title); n == 0 || n > maxTitle {
		wrong.Say("title", "请写组名，%d字以内。", maxTitle)
	}
	same, err := namesakes(tx, *g)
	if err != nil {
		return err
	}
	if same > 0 {
		wrong.Say("title", "已经有叫“%s”的督导组，请换一个组名，或到那个组里调整。", g.Title)
	}
	round, _, err := k.round(tx, by, g.About)
	if err != nil {
		return err
	}
	if err := g.named(tx, wrong); err != nil {
		return err
	}
	areas, err := g.placed(tx, round, wrong)
	if err != nil {
		return err
	}
	if now := g.Head(); now.Person != "" && now.Person != was.Head().Person {
		posts, err := network.PostsOf(tx, now.Person, tx.Today())
		if err != nil {
			return err
		}
		if posts = slices.DeleteFunc(posts, engaged); len(posts) == 0 {
			wrong.Say("members", "%s现在没有岗位，不能当组长。", now.Name)
		}
	}
	for _, m := range g.Members {
		to := areas
		if was.out && slices.ContainsFunc(was.Members, m.is) { // who has been out with it was asked then
			to = slices.DeleteFunc(slices.Clone(areas), func(a network.Area) bool {
				return slices.Contains(was.Areas, a.Code)
			})
		}
		if err := m.apart(tx, to, round, wrong); err != nil {
			return err
		}
	}
	if missing := g.Missing(); len(missing) > 0 && g.Lacks == "" && len(g.Members) > 0 {
		wrong.Say("lacks", "缺%s：请补上，或写明为什么缺。", wordsOf(memberKinds, missing))
	}
	if utf8.RuneCountInString(g.Lacks) > maxText {
		wrong.Say("lacks", "最多%d个字。", maxText)
	}
	if g.TrainedOn != "" && (!calendar.IsDay(g.TrainedOn) || g.TrainedOn > tx.Today()) {
		wrong.Say("trained_on", "请写已经培训过的那一天，如 2024-03-15。")
	}
	return wrong.Check("没有保存，请按提示修改。")
}

// named puts the names of people to members, and refuses a group without one head.
func (g *Group) named(tx *db.Tx, wrong errs.Fields) error {
	heads := 0
	seen := map[string]bool{}
	for n := range g.Members {
		m := &g.Members[n]
		m.Name, m.From = strings.TrimSpace(m.Name), strings.TrimSpace(m.From)
		if m.Person != "" {
			p, err := network.PersonByID(tx, m.Person)
			if errs.KindOf(err) == errs.Missing {
				wrong.Say("members", "第%d位：没有找到这个人，请从列表里选。", n+1)
				continue
			}
			if err != nil {
				return err
			}
			if m.Name, err = p.Name, m.unitOf(tx); err != nil {
				return err
			}
			if seen[m.Person] {
				wrong.Say("members", "%s列了两次，请去掉一次。", m.Name)
			}
			seen[m.Person] = true
		}
		if m.Part == "" {
			m.Part = MemberOf
		}
		if m.Part == HeadOf {
			heads++
		}
		switch {
		case m.Name == "" || !knows(memberKinds, m.Kind):
			wrong.Say("members", "第%d位：请写姓名或岗位称呼，并选类别。", n+1)
		case utf8.RuneCountInString(m.Name) > maxTitle || utf8.RuneCountInString(m.From) > maxTitle:
			wrong.Say("members", "第%d位：姓名和代表谁各最多%d个字。", n+1, maxTitle)
		case !knows(memberParts, m.Part):
			wrong.Say("members", "第%d位：组内职务请选组长、副组长或组员。", n+1)
		}
	}
	if len(g.Members) > maxTeam {
		wrong.Say("members", "一个组最多%d位。", maxTeam)
	}
	if heads != 1 || g.Head().Person == "" {
		wrong.Say("members", "请选一位组长；组长须在本系统有岗位，由其确认发现。")
	}
	return nil
}

// unitOf notes the unit in which a member holds a post.
func (m *Member) unitOf(tx *db.Tx) error {
	posts, err := network.PostsOf(tx, m.Person, tx.Today())
	posts = slices.DeleteFunc(posts, engaged)
	if err != nil || len(posts) == 0 {
		return err
	}
	if !slices.ContainsFunc(posts, func(p network.Post) bool { return p.Unit == m.Unit }) {
		m.Unit = posts[0].Unit
	}
	return nil
}
