package account

// Signing in as a sample's role without a password: from this machine only, and never through a proxy.

import (
	"net"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/web"
)

// SampleRole is a person of a sample, with what can be done as them, to sign in as without a password. Their password
// is public anyway; this is only for the machine that the sample runs on, and never through a proxy.
type SampleRole struct {
	Login   string `json:"login"`
	Name    string `json:"name"`
	NameEN  string `json:"name_en,omitempty"`
	Waiting int    `json:"waiting"` // reports that wait for them
}

// Loopback says whether a request's address is this machine.
func Loopback(remote string) bool {
	host, _, err := net.SplitHostPort(remote)
	return err == nil && net.ParseIP(strings.Trim(host, "[]")).IsLoopback()
}

type sampleInput struct {
	Login string `json:"login"`
	Next  string `json:"next"`
}

func signInAsSample(r *web.Request, in sampleInput) (web.Redirect, error) {
	refused := errs.Deniedf("只有演示账号能这样登录，而且只能在运行演示系统的这台机器上。请用用户名和密码登录。")
	if !Loopback(r.Remote) {
		return web.Redirect{}, refused
	}
	a, err := ByLogin(r.Tx, in.Login)
	if errs.KindOf(err) == errs.Missing {
		return web.Redirect{}, refused
	}
	if err != nil {
		return web.Redirect{}, err
	}
	user, err := UserOf(r.Tx, a.PersonID)
	if err == nil && !user.Sample {
		err = refused
	}
	if err != nil {
		return web.Redirect{}, err
	}
	secret, err := SignIn(r.Tx, a.PersonID, auth.Cookie, r.Remote)
	return web.Redirect{To: OwnPath(in.Next), Cookie: secret}, err
}
