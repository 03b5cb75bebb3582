package app

import (
	"context"

	"yipanqi/internal/account"
	"yipanqi/internal/db"
)

// Listed is an account as the command line lists it.
type Listed struct {
	Login  string   `json:"login"`
	Name   string   `json:"name"`
	Sample bool     `json:"sample,omitempty"`
	Posts  []string `json:"posts"` // "unit · role"
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
			l := Listed{Login: one.Login, Name: user.Name, Sample: user.Sample}
			for _, p := range user.Posts {
				l.Posts = append(l.Posts, p.UnitName+" · "+p.RoleName)
			}
			all = append(all, l)
		}
		return nil
	})
	return all, err
}
