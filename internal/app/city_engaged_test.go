package app_test

// What the two districts have of outsiders: an expert who is engaged for a text, a panel, a contract, a score sheet.

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/engagement"
	"yipanqi/internal/evidence"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/opinion"
	"yipanqi/internal/panel"
	"yipanqi/internal/score"
	"yipanqi/internal/web"
)

// engage gives a district one of each. Its outsider is one of three experts, and works for the third party too.
func (c *twoDistricts) engage(tx *db.Tx, d *district, digest string) {
	office, name, about := d.staff[auth.Office], d.area.Name, "issue/"+d.objects["issue"]
	all := func(*db.Tx, auth.User, string) error { return nil }
	house := engagement.House{Sees: all, Adds: all,
		Exhibits: func() []module.Exhibit { return c.app.List().Exhibits() }}
	last := tx.Now.AddDate(0, 0, 30).Format("2006-01-02")
	third, err := engagement.Contract(tx, office, engagement.ThirdParty{About: about, Name: name + "评估公司",
		OpensOn:  tx.Today(),
		ClosesOn: last, Scope: name + "的中期评估", Methods: []string{"survey"},
		Deliverables: []engagement.Deliverable{{Title: name + "评估报告", Due: last}}}, house)
	c.must(err)
	attach := func(object, field string) {
		_, err := evidence.Attach(tx, office, evidence.File{Object: object, Field: field, Digest: digest,
			Name: name + field + ".pdf"})
		c.must(err)
	}
	attach(third.Object(), "contract")
	attach(third.Object(), "independence")
	invite := func(e engagement.Engagement, same string) engagement.Engagement {
		e.About, e.Documents = about, []string{"request/" + d.objects["request"]}
		e.OpensOn, e.ClosesOn, e.Areas, e.Indicators = tx.Today(), last, []string{d.area.Code}, []string{"RATE"}
		e.Interests = []engagement.Interest{{Kind: engagement.None}}
		made, err := engagement.Invite(tx, office, engagement.Registered{Engagement: e, Same: same}, house)
		c.must(err)
		attach(made.Object(), "undertaking")
		return made
	}
	me := d.staff[auth.Outsider]
	expert := invite(engagement.Engagement{Person: me.Name, Role: engagement.Expert}, me.ID)
	room, err := evidence.Attach(tx, office, evidence.File{Object: expert.Object(), Field: "room", Digest: digest,
		Name: name + "资料.pdf"})
	c.must(err)
	members := []string{expert.ID}
	for _, n := range []string{"甲", "乙"} {
		members = append(members, invite(engagement.Engagement{Person: name + "专家" + n,
			Role: engagement.Expert}, "").ID)
	}
	hired := invite(engagement.Engagement{Person: me.Name, Role: engagement.ByContract, Third: third.ID}, me.ID)
	made, err := panel.Call(tx, office, panel.Panel{About: about, Title: name + "评估报告论证", Members: members,
		Head:   expert.ID,
		FileBy: last}, name+"的评估报告说了什么", panel.House{Sees: all, Adds: all})
	c.must(err)
	for _, id := range append(members, hired.ID) {
		e, err := engagement.Get(tx, id)
		c.must(err)
		_, err = engagement.Start(tx, office, e.ID, e.Version, house)
		c.must(err)
	}
	said, err := opinion.Write(tx, c.engaged(tx, expert), opinion.Opinion{TextID: made.Text, Kind: "fact",
		Anchor: opinion.Anchor{Paragraph: "p1"}, Weight: opinion.Must, Reason: name + "的数不对", ShownAs: "name"},
		true)
	c.must(err)
	other, err := engagement.Get(tx, members[1])
	c.must(err)
	_, err = opinion.Write(tx, c.engaged(tx, other), opinion.Opinion{TextID: made.Text, Kind: "data",
		Anchor: opinion.Anchor{Paragraph: "p1"}, Weight: opinion.Must, Reason: blindly, ShownAs: "name"}, true)
	c.must(err)
	sheet, err := score.Make(tx, office, score.Sheet{About: about, Title: name + "评分表",
		Items: []score.Item{{Dimension: "组织",
			Title: name + "开过会", Points: 100}}}, score.House{Adds: all})
	c.must(err)
	_, err = score.Fix(tx, office, sheet.ID, sheet.Version)
	c.must(err)
	d.objects["engagement"], d.objects["third"], d.objects["panel"] = expert.ID, third.ID, made.ID
	d.objects["review"], d.objects["reviewed"], d.objects["room file"] = made.Text, said.ID, room.ID
	d.objects["sheet"], d.objects["hired"] = sheet.ID, hired.ID
}

// blindly is what another expert says, which nobody reads while the panel is blind.
const blindly = "另一位专家独自写下的话"

// engaged is the person of an engagement as they are today.
func (c *twoDistricts) engaged(tx *db.Tx, e engagement.Engagement) auth.User {
	posts, err := network.AllPostsOf(tx, e.PersonID)
	c.must(err)
	u := auth.User{ID: e.PersonID, Name: e.Person}
	for _, p := range posts {
		u.Posts = append(u.Posts, auth.Post{ID: p.ID, Unit: p.Unit, Role: p.Role, RoleName: strings.ToUpper(p.Role)})
	}
	return u
}

// outside asks for everything that can be read, as somebody who is engaged by the first district: in the window all
// that is not in the scope is missing or refused; on the day before and on the day after everything is. Nobody, the
// office neither, reads what an expert says while the panel is blind.
func (w walk) outside(t *testing.T, routes []web.Route, open bool) {
	t.Helper()
	d := w.districts[0]
	for _, r := range routes {
		if r.Writes || r.Verb == web.Public || r.In.Kind() != reflect.Struct {
			continue
		}
		at, outOfScope, panels := places(t, r), map[string]string{}, map[string]string{}
		for _, p := range at {
			outOfScope[p.field] = d.of(p.kind, auth.User{})
			panels[p.field] = outOfScope[p.field]
			if p.kind == "text" {
				panels[p.field] = d.objects["review"]
			}
		}
		for _, answer := range w.ask(t, r, auth.Outsider, outOfScope) {
			refused := answer.status == http.StatusForbidden || answer.status == http.StatusNotFound
			if !refused && (!open || !auth.RoleCan(auth.Outsider, r.Verb)) {
				t.Errorf("%s answers %d to somebody engaged, open %t", answer.what, answer.status, open)
			}
			answer.silent(t, blindly, d.area.Name+"方案", d.area.Name+"的理由")
			if !open {
				answer.silent(t, d.area.Name)
			}
		}
		for _, role := range []string{auth.Outsider, auth.Office} {
			if open {
				for _, answer := range w.ask(t, r, role, panels) {
					answer.silent(t, blindly)
				}
			}
		}
	}
}
