package account

// Posts that begin and end on a day with somebody's successor: who holds none any more keeps no key and no session.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
)

// Appoint puts a person into a post from a day on.
func Appoint(tx *db.Tx, by auth.User, p network.Post) (network.Post, error) {
	if err := Apart(tx, p); err != nil {
		return p, err
	}
	p, err := network.AddPost(tx, p)
	if err != nil {
		return p, err
	}
	detail := map[string]string{"post": p.ID, "unit": p.Unit, "role": p.Role, "opens_on": p.OpensOn}
	if p.ClosesOn != "" {
		detail["closes_on"] = p.ClosesOn
	}
	return p, journal.Log(tx, by, "post.add", personObject(p.PersonID), detail)
}

// Leave ends a post on a day. Whoever holds no other from then on signs nothing more: the key is retired, the account
// shut. What was signed before stays valid.
func Leave(tx *db.Tx, by auth.User, post network.Post, day string) error {
	if err := network.ClosePost(tx, post.ID, day); err != nil {
		return err
	}
	if err := journal.Log(tx, by, "post.end", personObject(post.PersonID), map[string]string{"post": post.ID,
		"unit": post.Unit, "role": post.Role, "closes_on": day}); err != nil {
		return err
	}
	return Release(tx, by, post.PersonID, day)
}

// Release retires the key and shuts the account of whoever holds no post from a day on.
func Release(tx *db.Tx, by auth.User, personID, day string) error {
	all, err := network.AllPostsOf(tx, personID)
	if err != nil || slices.ContainsFunc(all, func(p network.Post) bool {
		return p.ClosesOn == "" || p.ClosesOn > day
	}) {
		return err
	}
	if _, there, err := db.Maybe(KeyOf(tx, personID)); err != nil {
		return err
	} else if there {
		if err := RetireKey(tx, by, personID); err != nil {
			return err
		}
	}
	a, there, err := db.Maybe(Of(tx, personID))
	if err != nil || !there || !a.Enabled || !a.Made {
		return err
	}
	return Disable(tx, by, personID)
}

// Reopen opens the account of somebody who was let go and comes back.
func Reopen(tx *db.Tx, by auth.User, personID string) error {
	a, there, err := db.Maybe(Of(tx, personID))
	if err != nil || !there || a.Enabled {
		return err
	}
	return Enable(tx, by, personID)
}
