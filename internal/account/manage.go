package account

// What administrators do to accounts, posts, keys and sessions. Every step is journaled and counts at once: whoever is
// disabled has no session left when the transaction ends.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
)

// Disable shuts an account and ends its sessions and tokens. Signatures made before stay valid.
func Disable(tx *db.Tx, by auth.User, personID string) error {
	if by.ID == personID {
		return errs.Conflictf("不能停用自己的账号。请由另一位系统管理员停用。")
	}
	if err := enable(tx, by, personID, false); err != nil {
		return err
	}
	return auth.CloseSessions(tx, personID)
}

// Enable opens a disabled account again.
func Enable(tx *db.Tx, by auth.User, personID string) error {
	return enable(tx, by, personID, true)
}

func enable(tx *db.Tx, by auth.User, personID string, enabled bool) error {
	a, err := Of(tx, personID)
	if err != nil {
		return err
	}
	if a.Enabled == enabled {
		if enabled {
			return errs.Conflictf("账号“%s”没有停用。", a.Login)
		}
		return errs.Conflictf("账号“%s”已经停用了。", a.Login)
	}
	if !a.Made {
		return errs.Conflictf("账号“%s”的资料在系统之外被改过。请先重设密码，并告知安全管理员。", a.Login)
	}
	a.Enabled = enabled
	if err := update(tx, &a); err != nil {
		return err
	}
	verb := verbAccountDisable
	if enabled {
		verb = verbAccountEnable
	}
	return journal.Log(tx, by, verb, personObject(personID), a.said())
}

// Reset replaces a person's password by one that must be changed at the next sign-in, and ends all sessions and tokens.
// The person learns it from the administrator; hash is of it.
func Reset(tx *db.Tx, by auth.User, personID, hash string) error {
	if by.ID == personID {
		return errs.Conflictf("自己的密码请在“我的账号”里修改。")
	}
	a, found, err := db.Maybe(Of(tx, personID))
	if err != nil {
		return err
	}
	if !found {
		return errs.Conflictf("此人没有账号。")
	}
	a.Hash, a.Once = hash, true
	if err := clearTries(tx, Try{Login: a.Login}.digest()); err != nil {
		return err
	}
	return setPassword(tx, by, a, verbPasswordReset)
}

// AddPost gives a person one more post from today on.
func AddPost(tx *db.Tx, by auth.User, personID, unit, role string) error {
	held, err := network.PostsOf(tx, personID, "")
	if err != nil {
		return err
	}
	for _, p := range held {
		if p.Unit == unit && p.Role == role {
			return errs.Conflictf("此人已经在这个单位任这个岗位。")
		}
	}
	return addPost(tx, by, network.Post{PersonID: personID, Unit: unit, Role: role})
}

// addPost is the one way into a post beside an import: the three administrators are three people, and it is journaled.
func addPost(tx *db.Tx, by auth.User, p network.Post) error {
	if !auth.ByHand(p.Role) {
		return errs.Fields{"role": {Key: "受聘人员由妇儿工委办在“受聘”里登记，到期自动结束。请选别的岗位。"}}.
			Check("没有增加：请先改正标出的地方。")
	}
	p.OpensOn = tx.Today()
	if err := Apart(tx, p); err != nil {
		return err
	}
	p, err := network.AddPost(tx, p)
	if err != nil {
		return err
	}
	return journal.Log(tx, by, "post.add", personObject(p.PersonID),
		map[string]string{"post": p.ID, "unit": p.Unit, "role": p.Role})
}

// LiftLocks lets a person try passwords and phrases again before the time is over.
func LiftLocks(tx *db.Tx, by auth.User, personID string) error {
	a, err := Of(tx, personID)
	if err != nil {
		return err
	}
	if err := clearTries(tx, Try{Login: a.Login}.digest()); err != nil {
		return err
	}
	if k, there, err := db.Maybe(KeyOf(tx, personID)); err != nil {
		return err
	} else if there {
		if err := setKeyTries(tx, k.ID, tries{}); err != nil {
			return err
		}
	}
	return journal.Log(tx, by, "account.unlock", personObject(personID), nil)
}

// EndPost ends a post from today on; its rights are gone with the next request.
func EndPost(tx *db.Tx, by auth.User, post network.Post) error {
	if err := network.ClosePost(tx, post.ID, tx.Today()); errs.KindOf(err) == errs.Conflict {
		return errs.Conflictf("这个岗位已经结束了。")
	} else if err != nil {
		return err
	}
	return journal.Log(tx, by, "post.end", personObject(post.PersonID),
		map[string]string{"post": post.ID, "unit": post.Unit, "role": post.Role})
}

// PostOf is the person's post in a unit, and in a role if one is given; it must be told apart from others.
func PostOf(tx *db.Tx, personID, unit, role string) (network.Post, error) {
	held, err := network.PostsOf(tx, personID, "")
	if err != nil {
		return network.Post{}, err
	}
	var meant []network.Post
	for _, p := range held {
		if p.Unit == unit && (role == "" || p.Role == role) {
			meant = append(meant, p)
		}
	}
	switch len(meant) {
	case 0:
		return network.Post{}, errs.Missingf("没有这个岗位：此人现在不在单位“%s”任该岗位。", unit)
	case 1:
		return meant[0], nil
	}
	return network.Post{}, errs.Conflictf("此人在单位“%s”有%d个岗位，请用 --role 说明是哪一个。", unit, len(meant))
}

// EndSessions ends all sessions and tokens of a person.
func EndSessions(tx *db.Tx, by auth.User, personID string) error {
	if err := auth.CloseSessions(tx, personID); err != nil {
		return err
	}
	return journal.Log(tx, by, "session.end", personObject(personID), nil)
}

// RetireKey takes a person's signing key out of use; what it signed stays valid.
func RetireKey(tx *db.Tx, by auth.User, personID string) error {
	k, there, err := db.Maybe(KeyOf(tx, personID))
	if err != nil {
		return err
	}
	if !there {
		return errs.Conflictf("此人现在没有签名密钥。")
	}
	if err := retireKeys(tx, personID, tx.Now); err != nil {
		return err
	}
	return journal.Log(tx, by, verbKeyRetire, personObject(personID), map[string]string{"key": k.ID})
}
