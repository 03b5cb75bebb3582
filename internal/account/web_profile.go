package account

// What people see of themselves: posts, keys without their secret half, and changes of password and signing key.

import (
	"slices"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/job"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
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
	Administrator bool  `json:"administrator,omitempty"`
	Acts          []act `json:"acts"` // newest first
	units         bool  // the reader may look units up
}

// act is what was done to the person's account and keys, by themselves or others.
type act struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Verb string    `json:"verb"`
	Mine bool      `json:"mine,omitempty"`
}

// shownActs is how many a person sees; the audit administrator sees all.
const shownActs = 10

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
	Doubt       *Doubt     `json:"doubt,omitempty"` // signs nothing until it was compared
}

func showProfile(r *web.Request, _ struct{}) (profileData, error) {
	u := r.User
	d := profileData{Name: u.Name, NameEN: u.NameEN, Language: u.Language, Sample: u.Sample,
		MaySign:       u.Can("key.create"),
		Administrator: u.Has(auth.SystemAdmin) || u.Has(auth.SecurityAdmin) || u.Has(auth.AuditAdmin),
		units:         u.Can("unit.read")}
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
	if d.Key, err = keyOf(r); err != nil {
		return d, err
	}
	entries, err := journal.Doors(r.Tx, personObject(u.ID))
	for _, e := range slices.Backward(entries[max(0, len(entries)-shownActs):]) {
		d.Acts = append(d.Acts, act{e.At, e.Actor, e.Verb, e.ActorID == u.ID})
	}
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
	print, err := k.Fingerprint()
	if err != nil {
		return nil, err
	}
	s, err := standing(r.Tx, k.PersonID, k.ID)
	if err != nil {
		return nil, err
	}
	row := &keyRow{Serial: k.ID, Fingerprint: print, Unit: k.Certificate.Unit, Post: k.Certificate.Post,
		IssuedAt: k.Certificate.IssuedAt, Sample: k.Certificate.Sample, Doubt: s.doubt}
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
