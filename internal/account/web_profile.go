package account

// What people see of themselves: posts, keys without their secret half, and changes of password and signing key.

import (
	"time"

	"yipanqi/internal/errs"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/sign"
	"yipanqi/internal/web"
	"yipanqi/internal/web/part"
)

// profileData is what a person sees of themselves.
type profileData struct {
	Name     string    `json:"name"`
	NameEN   string    `json:"name_en,omitempty"`
	Login    string    `json:"login"`
	Language string    `json:"language,omitempty"`
	Sample   bool      `json:"sample,omitempty"`
	Posts    []postRow `json:"posts"`
	MaySign  bool      `json:"may_sign"`
	Key      *keyRow   `json:"key,omitempty"`
	Email    string    `json:"email,omitempty"`
	Failed   string    `json:"mail_error,omitempty"` // why the newest mail has not arrived
	// reads no business data
	Administrator bool `json:"administrator,omitempty"`
}

type postRow struct {
	Unit   string `json:"unit"`
	UnitEN string `json:"unit_en,omitempty"`
	Role   string `json:"role"`
	RoleEN string `json:"role_en,omitempty"`
	Code   string `json:"unit_code"`
}

// keyRow is a signing key without its secret half. Fingerprint is the SM3 digest of the certificate's canonical text.
type keyRow struct {
	Serial      string     `json:"serial"`
	Fingerprint string     `json:"fingerprint"`
	Unit        string     `json:"unit"`
	Post        string     `json:"post"`
	IssuedAt    time.Time  `json:"issued_at"`
	LockedUntil *time.Time `json:"locked_until,omitempty"`
	Sample      bool       `json:"sample,omitempty"`
}

func showProfile(r *web.Request, _ struct{}) (profileData, error) {
	u := r.User
	d := profileData{Name: u.Name, NameEN: u.NameEN, Language: u.Language, Sample: u.Sample,
		MaySign:       u.Can("key.create"),
		Administrator: !u.Can("board.read")}
	a, err := Of(r.Tx, u.ID)
	if err != nil {
		return d, err
	}
	d.Login = a.Login
	if d.Email, err = network.EmailOf(r.Tx, u.ID); err != nil {
		return d, err
	}
	failed, err := job.FailedTo(r.Tx, map[string]string{u.ID: ""})
	if err != nil {
		return d, err
	}
	d.Failed = failed[u.ID]
	roles, err := network.Labels(r.Tx, "role")
	if err != nil {
		return d, err
	}
	for _, p := range u.Posts {
		unit, err := network.UnitByCode(r.Tx, p.Unit)
		if err != nil {
			return d, err
		}
		d.Posts = append(d.Posts, postRow{Unit: unit.Name, UnitEN: unit.NameEN, Role: p.RoleName,
			RoleEN: roles[p.Role].NameEN, Code: unit.Code})
	}
	d.Key, err = keyOf(r)
	return d, err
}

func keyOf(r *web.Request) (*keyRow, error) {
	k, err := KeyOf(r.Tx, r.User.ID)
	if errs.KindOf(err) == errs.Missing {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	text, err := sign.Canonical(k.Certificate)
	if err != nil {
		return nil, err
	}
	row := &keyRow{Serial: k.ID, Fingerprint: sign.Digest(text), Unit: k.Certificate.Unit, Post: k.Certificate.Post,
		IssuedAt: k.Certificate.IssuedAt, Sample: k.Certificate.Sample}
	if k.Failures >= maxTries && r.Tx.Now.Before(k.LockedUntil) {
		row.LockedUntil = &k.LockedUntil
	}
	return row, nil
}

type emailInput struct {
	Email string `json:"email" doc:"Address for the digest of reminders; empty: none."`
}

// setEmail keeps where a person gets their mail. The journal says that it changed, not to what.
func setEmail(r *web.Request, in emailInput) (web.Redirect, error) {
	changed, err := network.SetEmail(r.Tx, r.User.ID, in.Email)
	if err == nil && changed {
		err = journal.Log(r.Tx, r.User, "account.mail", personObject(r.User.ID), nil)
	}
	return web.Redirect{To: "/profile", Flash: part.In(r.Lang, "邮箱已保存。")}, err
}
