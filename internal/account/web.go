package account

// Signing in and out, tokens for programs, language. Passwords are checked ahead of the transaction; a person's own
// page is web_profile.go's.

import (
	"net/url"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/sign"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// Routes adds signing in and out, tokens for programs, and a person's own account. local says whether a request's
// address may use sample accounts; roles lists those of a sample that are worth a button.
func Routes(m *web.Mux, secrets Secrets, local func(remote string) bool,
	roles func(tx *db.Tx) ([]SampleRole, error)) {
	h := handlers{secrets, local, roles}
	web.View(m, "GET /signin 打开登录页", web.Public, h.showSignIn, signInPage)
	web.Form(m, "POST /signin 用密码登录", web.Public, signIn, h.showSignIn, signInPage,
		web.Before(h.check), web.In(web.Secrets))
	web.Update(m, "POST /signin/sample 以示例角色登录", web.Public, signInAsSample)
	web.Update(m, "POST /signout 退出登录", "session.close", signOut)
	web.Update(m, "POST /tokens 取得程序用的令牌", web.Public, makeToken, web.Before(h.check), web.In(web.Secrets))
	web.Update(m, "POST /language 选择语言", web.Public, chooseLanguage)
	web.View(m, "GET /profile 看自己的账号", "profile.edit", showProfile, profilePage)
	web.Form(m, "POST /profile/email 设置邮箱", "profile.edit", setEmail, showProfile, profilePage)
	web.View(m, "GET /profile/password 打开修改密码页", "profile.edit", showPassword, passwordPage)
	web.Form(m, "POST /profile/password 修改密码", "profile.edit", changePassword, showPassword,
		passwordPage, web.Before(h.checkChange), web.In(web.Secrets))
	web.View(m, "GET /profile/key 打开签名密钥页", "key.create", showProfile, keyPage)
	manageRoutes(m)
	web.Form(m, "POST /profile/key 设置签名密钥", "key.create", h.addKey, showProfile, keyPage, web.Before(h.makeKey),
		web.In(web.Secrets), web.Away(h.certify))
}

type handlers struct {
	secrets Secrets
	local   func(remote string) bool
	roles   func(tx *db.Tx) ([]SampleRole, error)
}

type credentials struct {
	Name     string `json:"name"`
	Password string `json:"password"`
	Next     string `json:"next,omitempty"`
	person   string
}

// signInData also shows the installation's key, by which receipts and checkpoints are known for its own.
type signInData struct {
	Next   string       `json:"next"`
	Issuer string       `json:"issuer"`          // fingerprint
	Roles  []SampleRole `json:"roles,omitempty"` // to sign in as, on the machine that a sample runs on
	code   part.QR
}

func (h handlers) showSignIn(r *web.Request, in struct {
	Next string `json:"next"`
}) (d signInData, err error) {
	d.Next = OwnPath(in.Next)
	if Loopback(r.Remote) {
		if d.Roles, err = h.roles(r.Tx); err != nil {
			return d, err
		}
	}
	key, err := h.secrets.Installation.Public()
	if err != nil {
		return d, err
	}
	d.Issuer = sign.Fingerprint(key)
	d.code, err = part.NewQR(d.Issuer)
	return d, err
}

// check finds whose name and password these are, before the transaction that lets them in.
func (h handlers) check(r *web.Request, in *credentials) (err error) {
	in.person, err = CheckPassword(r.Context, r.DB, h.try(r, in.Name, in.Password))
	return err
}

func (h handlers) try(r *web.Request, login, password string) Try {
	return Try{Login: login, Password: password, Local: h.local(r.Remote), From: r.Remote}
}

func signIn(r *web.Request, in credentials) (web.Redirect, error) {
	secret, err := SignIn(r.Tx, in.person, auth.Cookie, r.Remote)
	if err != nil {
		return web.Redirect{}, err
	}
	a, err := row(r.Tx, `person_id = $1`, in.person)
	if a.Once {
		in.Next = "/profile/password"
	}
	return web.Redirect{To: OwnPath(in.Next), Cookie: secret}, err
}

func signOut(r *web.Request, _ struct{}) (web.Redirect, error) {
	return web.Redirect{To: "/signin", Flash: part.In(r.Lang, "您已退出登录。"), SignOut: true},
		SignOut(r.Tx, r.User, r.Secret)
}

type tokenData struct {
	Token     string    `json:"token"`
	ExpiresAt time.Time `json:"expires_at"`
}

func makeToken(r *web.Request, in credentials) (tokenData, error) {
	secret, err := SignIn(r.Tx, in.person, auth.Bearer, r.Remote)
	return tokenData{secret, r.Tx.Now.Add(auth.SessionLength)}, err
}

type languageInput struct {
	Lang string `json:"lang"`
	Next string `json:"next"`
}

// chooseLanguage keeps the choice with the account of who is signed in, and with the browser of everybody.
func chooseLanguage(r *web.Request, in languageInput) (web.Redirect, error) {
	if in.Lang != "zh" && in.Lang != "en" {
		return web.Redirect{}, errs.Invalidf("语言只有 zh（中文）和 en（English）两种。")
	}
	if r.User.Known() && r.User.Language != in.Lang {
		if err := SetLanguage(r.Tx, r.User, in.Lang); err != nil {
			return web.Redirect{}, err
		}
	}
	return web.Redirect{To: OwnPath(in.Next), Language: in.Lang}, nil
}

// OwnPath is next if it is a place on this site, else the start page. Browsers take // and /\ for another site.
func OwnPath(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.Contains(next, `\`) {
		return "/"
	}
	return next
}

// passwordData says whether the password must be changed before anything else.
type passwordData struct {
	Once bool `json:"once"`
}

func showPassword(r *web.Request, _ struct{}) (passwordData, error) {
	return passwordData{r.User.Once}, nil
}

type passwordInput struct {
	Current  string `json:"current"`
	Password string `json:"password"`
	Again    string `json:"again"`
	hash     string
}

func (h handlers) checkChange(r *web.Request, in *passwordInput) error {
	if in.Password != in.Again {
		return errs.Fields{"again": {Key: "两次输入的新密码不一样。"}}.Check("密码没有修改。")
	}
	if in.Password == in.Current {
		return errs.Fields{"password": {Key: "新密码不能与现在的密码相同。"}}.Check("密码没有修改。")
	}
	login, err := h.checkOwn(r, in.Current, "current")
	if err == nil {
		in.hash, err = auth.HashPassword(in.Password, login)
	}
	return err
}

// checkOwn asks for the password again where a session alone is not enough, and says what the login is. field is what
// the form calls it.
func (h handlers) checkOwn(r *web.Request, password, field string) (login string, err error) {
	var a Account
	err = r.DB.View(r.Context, func(tx *db.Tx) (err error) {
		a, err = Of(tx, r.User.ID)
		return err
	})
	if err != nil {
		return "", err
	}
	_, err = CheckPassword(r.Context, r.DB, h.try(r, a.Login, password))
	if errs.KindOf(err) == errs.Invalid {
		return "", errs.Fields{field: {Key: "登录密码不正确。"}}.Check("登录密码不正确。连续输错5次将锁定15分钟。")
	}
	return a.Login, err
}

// changePassword ends all sessions and starts a new one for this browser.
func changePassword(r *web.Request, in passwordInput) (web.Redirect, error) {
	if err := ChangePassword(r.Tx, r.User, r.User.ID, in.hash); err != nil {
		return web.Redirect{}, err
	}
	secret, err := SignIn(r.Tx, r.User.ID, auth.Cookie, r.Remote)
	return web.Redirect{To: "/profile", Flash: part.In(r.Lang,
		"密码已修改，其他地方的登录都已退出。"), Cookie: secret}, err
}

type keyInput struct {
	Password string `json:"password"`
	Phrase   string `json:"phrase"`
	Again    string `json:"again"`
	key      Key
}

// makeKey asks for the password too: a browser left open must not be enough to sign as somebody else.
func (h handlers) makeKey(r *web.Request, in *keyInput) error {
	if in.Phrase != in.Again {
		return errs.Fields{"again": {Key: "两次输入的签名口令不一样。"}}.Check("签名密钥没有设置。")
	}
	if in.Phrase == in.Password {
		return errs.Fields{"phrase": {Key: "签名口令不能与登录密码相同。"}}.Check("签名密钥没有设置。")
	}
	_, err := h.checkOwn(r, in.Password, "password")
	if err != nil {
		return err
	}
	in.key, err = MakeKey(r.User, in.Phrase, h.secrets)
	return err
}

// certify may ask a service over the network: whoever signs in meanwhile does not wait for its answer.
func (h handlers) certify(r *web.Request, in *keyInput) error {
	return in.key.Certify(r.Context, r.User, r.DB.Now(), h.secrets)
}

func (h handlers) addKey(r *web.Request, in keyInput) (web.Redirect, error) {
	err := AddKey(r.Tx, r.User, in.key, h.secrets)
	return web.Redirect{To: "/profile", Flash: part.In(r.Lang,
		"签名密钥已设置。请记住签名口令：忘记了只能重新设置，不能找回。")}, err
}
