package app

// Accounts as the command line lists them, and the sample's roles offered for signing in. Rules of accounts are
// account's.

import (
	"context"
	"slices"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/submission"
)

// Listed is an account as the command line lists it.
type Listed struct {
	Login  string   `json:"login"`
	Name   string   `json:"name"`
	Sample bool     `json:"sample,omitempty"`
	Posts  []string `json:"posts"` // "unit · role"
	// shut: cannot sign in
	Disabled bool `json:"disabled,omitempty"`
}

// Accounts lists all accounts with their people's posts of today.
func (a *App) Accounts(ctx context.Context) (all []Listed, err error) {
	err = a.DB.View(ctx, func(tx *db.Tx) error {
		accounts, err := account.List(tx)
		if err != nil {
			return err
		}
		for _, one := range accounts {
			user, err := account.UserOf(tx, one.PersonID)
			if err != nil {
				return err
			}
			l := Listed{Login: one.Login, Name: user.Name, Sample: user.Sample, Disabled: !one.Enabled}
			for _, p := range user.Posts {
				l.Posts = append(l.Posts, p.UnitName+" · "+p.RoleName)
			}
			all = append(all, l)
		}
		return nil
	})
	return all, err
}

// sampleRoles are the people of a sample to sign in as, one for each role: the one for whom most is waiting.
func (a *App) sampleRoles(tx *db.Tx) ([]account.SampleRole, error) {
	if !a.Sample {
		return nil, nil
	}
	accounts, err := account.List(tx)
	if err != nil {
		return nil, err
	}
	order := []string{auth.CommitteeChief, auth.Office, auth.Statistician, auth.Leader, auth.SystemAdmin,
		auth.SecurityAdmin, auth.AuditAdmin}
	best, unit := make([]*account.SampleRole, len(order)), make([]string, len(order))
	reporting, signing := slices.Index(order, auth.Statistician), slices.Index(order, auth.Leader)
	for _, leaders := range []bool{false, true} { // last, so that the two are of one unit
		for _, one := range accounts {
			role, posts, err := sampleRole(tx, one)
			if err != nil {
				return nil, err
			}
			for _, p := range posts {
				i := slices.Index(order, p.Role)
				if i < 0 || leaders != (i == signing) {
					continue
				}
				if best[i] == nil || role.Waiting > best[i].Waiting || leaders && p.Unit == unit[reporting] {
					best[i], unit[i] = &role, p.Unit
				}
			}
		}
	}
	var all []account.SampleRole
	for _, role := range best {
		if role != nil {
			all = append(all, *role)
		}
	}
	return all, nil
}

// sampleRole is an account with its posts; none if it is no sample's.
func sampleRole(tx *db.Tx, one account.Account) (role account.SampleRole, posts []auth.Post, err error) {
	user, err := account.UserOf(tx, one.PersonID)
	if err != nil || !user.Sample {
		return role, nil, err
	}
	role = account.SampleRole{Login: one.Login, Name: user.Name, NameEN: user.NameEN}
	if user.Can("submission.read") {
		role.Waiting, err = submission.Waiting(tx, user)
	}
	return role, user.Posts, err
}
