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
	return p, journal.Log(tx, by, "post.add", personObject(p.PersonID),
		map[string]string{"post": p.ID, "unit": p.Unit, "role": p.Role, "opens_on": p.OpensOn})
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
	all, err := network.AllPostsOf(tx, post.PersonID)
	if err != nil || slices.ContainsFunc(all, func(p network.Post) bool {
		return p.ClosesOn == "" ||
			p.ClosesOn > day
	}) {
		return err
	}
	if _, there, err := missing(KeyOf(tx, post.PersonID)); err != nil {
		return err
	} else if there {
		if err := RetireKey(tx, by, post.PersonID); err != nil {
			return err
		}
	}
	a, there, err := missing(Of(tx, post.PersonID))
	if err != nil || !there || !a.Enabled || !a.Made {
		return err
	}
	return Disable(tx, by, post.PersonID)
}
