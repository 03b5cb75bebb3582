package account

// The system administrator's page of one person: posts given and ended, a one-time password. The list of people, and
// adding somebody new, are in web_manage.go.

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// personData is a person with what they may become.
type personData struct {
	Managed
	newPersonData
	mine bool // the reader's own page
}

func showPerson(r *web.Request, in personInput) (d personData, err error) {
	if d.Managed, err = managed(r.Tx, r.User, auth.SystemAdmin, in.Person); err != nil {
		return d, err
	}
	d.mine = d.ID == r.User.ID
	d.newPersonData, err = newPerson(r, struct{}{})
	return d, err
}

func (d personData) role(ctx context.Context, code string) string {
	for _, l := range d.Roles {
		if l.Code == code {
			return part.Name(ctx, l.Name, l.NameEN)
		}
	}
	return code
}

type addPostInput struct {
	Person string `json:"person"`
	Unit   string `json:"unit"`
	Role   string `json:"role"`
}

func addPostTo(r *web.Request, in addPostInput) (web.Redirect, error) {
	p, err := managed(r.Tx, r.User, auth.SystemAdmin, in.Person)
	if err != nil {
		return web.Redirect{}, err
	}
	if p.ID == r.User.ID {
		return web.Redirect{}, errs.Conflictf("不能给自己增加岗位。请由另一位系统管理员办理。")
	}
	if _, err := unitOf(r, in.Unit); err != nil {
		return web.Redirect{}, errs.In("unit", err)
	}
	if !auth.KnownRole(in.Role) {
		return web.Redirect{}, errs.Fields{"role": {Key: "请从列表里选一个岗位。"}}.
			Check("没有增加：请先改正标出的地方。")
	}
	return web.Redirect{To: "/users/" + p.ID, Flash: part.In(r.Lang, "已办好，并已记入存证日志。")},
		AddPost(r.Tx, r.User, p.ID, in.Unit, in.Role)
}

type resetInput struct {
	Person   string `json:"person"`
	password string
	hash     string
}

// makeOnce makes a password of letters that nobody mistakes for one another.
func makeOnce(_ *web.Request, in *resetInput) (err error) {
	in.password, in.hash, err = OneTime()
	return err
}

// OneTime is a random password to be told to somebody once, in three groups, and its hash: 12 of 31 letters are 59
// bits.
func OneTime() (password, hash string, err error) {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789"
	var b strings.Builder
	for n := 0; n < 12; {
		var one [1]byte
		rand.Read(one[:])
		if int(one[0]) >= 256/len(letters)*len(letters) {
			continue
		}
		if n > 0 && n%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(letters[int(one[0])%len(letters)])
		n++
	}
	hash, err = auth.HashPassword(b.String(), "")
	return b.String(), hash, err
}

// resetData is shown once: the password stands nowhere else.
type resetData struct {
	Person   string `json:"person"`
	Login    string `json:"login"`
	Password string `json:"password"`
	id       string
}

// Page shows the password in answer to the form that asked for it.
func (d resetData) Page() templ.Component { return resetPage(d) }

func reset(r *web.Request, in resetInput) (resetData, error) {
	p, err := managed(r.Tx, r.User, auth.SystemAdmin, in.Person)
	if err != nil {
		return resetData{}, err
	}
	return resetData{p.Name, p.Login, in.password, p.ID}, Reset(r.Tx, r.User, p.ID, in.hash)
}

type openInput struct {
	Person   string `json:"person"`
	Login    string `json:"login"`
	password string
	hash     string
}

func makeFirst(_ *web.Request, in *openInput) (err error) {
	in.password, in.hash, err = OneTime()
	return err
}

// openAccount lets in somebody who has a post and no account yet.
func openAccount(r *web.Request, in openInput) (resetData, error) {
	p, err := managed(r.Tx, r.User, auth.SystemAdmin, in.Person)
	if err != nil {
		return resetData{}, err
	}
	if p.Login != "" {
		return resetData{}, errs.Conflictf("%s已有账号“%s”，一人只有一个账号。", p.Name, p.Login)
	}
	login := strings.TrimSpace(in.Login)
	if _, taken, err := db.Maybe(ByLogin(r.Tx, login)); err != nil {
		return resetData{}, err
	} else if taken {
		return resetData{}, errs.Fields{"login": say.New("用户名“%s”已经有人用了。请换一个。", login)}.
			Check("没有开账号：请先改正标出的地方。")
	}
	if err := validateLogin(login); err != nil {
		return resetData{}, errs.Fields{"login": errs.FieldsOf(err)["name"]}.Check("没有开账号：请先改正标出的地方。")
	}
	return resetData{p.Name, login, in.password, p.ID},
		create(r.Tx, r.User, Account{PersonID: p.ID, Login: login, Hash: in.hash, Once: true})
}

type endPostInput struct {
	Person string `json:"person"`
	Post   string `json:"post"`
}

func endPost(r *web.Request, in endPostInput) (web.Redirect, error) {
	p, err := managed(r.Tx, r.User, auth.SystemAdmin, in.Person)
	if err != nil {
		return web.Redirect{}, err
	}
	for _, post := range p.Posts {
		unit, err := unitOf(r, post.Code)
		if post.ID != in.Post || errs.KindOf(err) == errs.Missing {
			continue
		}
		if err != nil {
			return web.Redirect{}, err
		}
		return web.Redirect{To: "/users/" + p.ID, Flash: part.In(r.Lang, "已办好，并已记入存证日志。")},
			EndPost(r.Tx, r.User, network.Post{ID: post.ID, PersonID: p.ID, Unit: unit.Code, Role: post.Role})
	}
	return web.Redirect{}, errs.Missingf("没有找到这个岗位，或者它已经结束。")
}

// unitOf is a unit in the areas that the user administers.
func unitOf(r *web.Request, code string) (network.Unit, error) {
	unit, err := network.UnitByCode(r.Tx, code)
	if err != nil {
		return unit, err
	}
	area, err := network.AreaByID(r.Tx, unit.AreaID)
	if err == nil && !slices.ContainsFunc(r.User.Administered(auth.SystemAdmin), func(path string) bool {
		return strings.HasPrefix(area.Path, path)
	}) {
		err = errs.Missingf("没有找到这个单位，或者它不在您的工作范围内。")
	}
	return unit, err
}
