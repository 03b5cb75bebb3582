package account

// Routes of the system administrator (people, posts, accounts) and of the security administrator (roles, keys,
// sessions), and the page for somebody new. The lists are in web_people.go; the journal, which the audit administrator
// reads, is package admin's.

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

func manageRoutes(m *web.Mux) {
	web.View(m, "GET /users 列出人员和账号", "account.read", listPeople, peoplePage)
	web.View(m, "GET /users/new 打开新增人员页", "account.create", newPerson, newPersonPage)
	web.Form(m, "POST /users 新增人员和账号", "account.create", addPerson, newPerson, newPersonPage,
		web.Before(hashNew), web.In(web.Secrets))
	web.View(m, "GET /users/{person} 看一个人的岗位和账号", "account.read", showPerson, personPage)
	web.Form(m, "POST /users/{person}/posts 给一个人增加岗位", "post.add", addPostTo, showPerson, personPage)
	web.Form(m, "POST /users/{person}/reset 重设密码，得到一次性密码", "account.reset", reset, showPerson, personPage,
		web.Before(makeOnce), web.In(web.Secrets))
	web.Form(m, "POST /users/{person}/account 给已有的人开账号，得到一次性密码", "account.create", openAccount, showPerson,
		personPage, web.Before(makeFirst), web.In(web.Secrets))
	web.Update(m, "POST /users/{person}/posts/{post}/end 结束一个岗位", "post.end", endPost)
	web.Update(m, "POST /users/{person}/disable 停用账号", "account.disable", step(auth.SystemAdmin, "", Disable))
	web.Update(m, "POST /users/{person}/enable 启用账号", "account.enable", step(auth.SystemAdmin, "", Enable))
	web.Update(m, "POST /users/{person}/unlock 解除账号锁定", "account.unlock",
		step(auth.SystemAdmin, "", LiftLocks))
	web.View(m, "GET /security 列出登录、密钥和各角色的权限", "role.read", showSecurity, securityPage)
	web.Update(m, "POST /security/{person}/sessions/end 结束一个人的全部登录", "session.end",
		step(auth.SecurityAdmin, "/security", EndSessions))
	web.Update(m, "POST /security/{person}/key/approve 核对一个人的新密钥后准许签字", verbKeyApprove,
		step(auth.SecurityAdmin, "/security", ApproveKey))
	web.Update(m, "POST /security/{person}/key/retire 停用一个人的签名密钥", "key.retire",
		step(auth.SecurityAdmin, "/security", RetireKey))
}

type personInput struct {
	Person string `json:"person"`
}

// step takes a step on a person whom the user administers in role, and comes back to path, or to the person's page.
func step(role, path string, do func(*db.Tx, auth.User, string) error) func(*web.Request,
	personInput) (web.Redirect, error) {
	return func(r *web.Request, in personInput) (web.Redirect, error) {
		if _, err := managed(r.Tx, r.User, role, in.Person); err != nil {
			return web.Redirect{}, err
		}
		to := path
		if to == "" {
			to = "/users/" + in.Person
		}
		return web.Redirect{To: to, Flash: part.In(r.Lang, "已办好，并已记入存证日志。")}, do(r.Tx, r.User, in.Person)
	}
}

// newPersonData is what a new person may be: a unit and a role.
type newPersonData struct {
	Units []network.Unit  `json:"units"`
	Roles []network.Label `json:"roles"`
}

func newPerson(r *web.Request, _ struct{}) (d newPersonData, err error) {
	for _, p := range r.User.Posts {
		if p.Role != auth.SystemAdmin {
			continue
		}
		area, err := network.AreaByID(r.Tx, p.AreaID)
		if err != nil {
			return d, err
		}
		units, err := network.Units(r.Tx, area)
		if err != nil {
			return d, err
		}
		d.Units = append(d.Units, units...)
	}
	labels, err := network.Labels(r.Tx, "role")
	roles := slices.DeleteFunc(auth.Roles(), func(role string) bool { return !auth.ByHand(role) })
	slices.SortStableFunc(roles, func(a, b string) int { return labels[a].Position - labels[b].Position })
	for _, role := range roles {
		l := labels[role]
		if l.Code = role; l.Name == "" {
			l.Name = role
		}
		d.Roles = append(d.Roles, l)
	}
	return d, err
}

func (d newPersonData) units(ctx context.Context) (all []part.Option) {
	for _, u := range d.Units {
		all = append(all, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
	}
	return all
}

func (d newPersonData) roles(ctx context.Context) (all []part.Option) {
	for _, l := range d.Roles {
		all = append(all, part.Option{Value: l.Code, Label: part.Name(ctx, l.Name, l.NameEN)})
	}
	return all
}

type newPersonInput struct {
	Name     string `json:"name"`
	Login    string `json:"login"`
	Unit     string `json:"unit"`
	Role     string `json:"role"`
	Password string `json:"password"`
	Another  string `json:"another"` // yes: somebody else than those who have the name
	hash     string
}

func hashNew(_ *web.Request, in *newPersonInput) (err error) {
	in.hash, err = auth.HashPassword(in.Password, in.Login)
	return err
}

func addPerson(r *web.Request, in newPersonInput) (web.Redirect, error) {
	if _, err := unitOf(r, in.Unit); err != nil {
		return web.Redirect{}, errs.In("unit", err)
	}
	if strings.TrimSpace(in.Name) == "" {
		return web.Redirect{}, errs.Fields{"name": {Key: "此项必填。"}}.Check("没有新增：请先改正标出的地方。")
	}
	same, err := network.Namesakes(r.Tx, in.Name)
	if err != nil {
		return web.Redirect{}, err
	}
	if len(same) > 0 && in.Another != "yes" {
		return web.Redirect{}, errs.Fields{"another": {Key: "已有同名的人。是另一个人，请选“是”。"}}.Check(
			"没有新增：请先改正标出的地方。")
	}
	err = Enrol(r.Tx, r.User, Enrolment{Login: in.Login, Person: in.Name, Unit: in.Unit, Role: in.Role, New: true,
		Once: true}, in.hash)
	return web.Redirect{To: "/users?" + url.Values{"q": {in.Login}}.Encode(),
		Flash: part.In(r.Lang, "已新增。请把用户名和初始密码当面交给本人，首次登录时须改成自己的密码。")}, err
}
