package account

// Who may sign in and sign: accounts, passwords and sessions, signing keys made and unlocked. What is slow runs outside
// the transaction; rows are store.go's.

import (
	"context"
	"errors"
	"strings"
	"time"

	"yipanqi/internal/attest"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
)

// UserOf returns a person as rights see it: with the posts of today that the program gave. In one that SQL gave or
// changed nobody may write: whoever signs or accepts in it and takes it back would leave a figure that proves.
func UserOf(tx *db.Tx, personID string) (auth.User, error) {
	a, _, err := db.Maybe(row(tx, `person_id = $1`, personID))
	if err != nil {
		return auth.User{}, err
	}
	return userOf(tx, personID, a)
}

// Present is UserOf for who is signed in: nobody if the account was shut, or was written by SQL. That it is no older
// one put back is asked at the sign-in.
func Present(tx *db.Tx, personID string) (auth.User, error) {
	a, found, err := db.Maybe(row(tx, `person_id = $1`, personID))
	if err != nil || found && !(a.Enabled && a.Made) {
		return auth.User{}, err
	}
	return userOf(tx, personID, a)
}

func userOf(tx *db.Tx, personID string, a Account) (auth.User, error) {
	person, err := network.PersonByID(tx, personID)
	if err != nil {
		return auth.User{}, err
	}
	u := auth.User{ID: person.ID, Name: person.Name, NameEN: person.NameEN, Sample: person.Sample}
	u.Language, u.Once = a.Language, a.Once
	posts, err := network.PostsOf(tx, personID, "")
	if err != nil {
		return u, err
	}
	roles, err := network.Labels(tx, "role")
	if err != nil {
		return u, err
	}
	var doubted map[string]bool
	all := false
	if tx.Writes {
		if doubted, all, err = attest.Doubted(tx, "posts"); err != nil {
			return u, err
		}
	}
	for _, p := range posts {
		if all || doubted[p.ID] {
			continue
		}
		unit, err := network.UnitByCode(tx, p.Unit)
		if err != nil {
			return u, err
		}
		area, err := network.AreaByID(tx, unit.AreaID)
		if err != nil {
			return u, err
		}
		u.Posts = append(u.Posts, auth.Post{ID: p.ID, Unit: p.Unit, UnitName: unit.Name, UnitEN: unit.NameEN,
			Role: p.Role, RoleName: roles[p.Role].Name,
			AreaID: area.ID, AreaCode: area.Code, AreaPath: area.Path})
	}
	return u, nil
}

// Create gives a person an account. The password is hashed by the caller (auth.HashPassword), outside the
// transaction.
func Create(tx *db.Tx, by auth.User, personID, login, hash string) error {
	return create(tx, by, Account{PersonID: personID, Login: login, Hash: hash})
}

func create(tx *db.Tx, by auth.User, a Account) error {
	a.Login, a.Enabled = strings.TrimSpace(a.Login), true
	if err := validateLogin(a.Login); err != nil {
		return err
	}
	if err := insert(tx, &a); err != nil {
		return err
	}
	detail := a.said()
	if detail["login"] = a.Login; a.Once {
		detail["once"] = "true"
	}
	return journal.Log(tx, by, verbAccountCreate, personObject(a.PersonID), detail)
}

// SetLanguage keeps a user's choice of zh or en.
func SetLanguage(tx *db.Tx, by auth.User, language string) error {
	a, err := Of(tx, by.ID)
	if err != nil {
		return err
	}
	a.Language = language
	return setLanguage(tx, a)
}

// ChangePassword replaces the hash and ends all of the person's sessions.
func ChangePassword(tx *db.Tx, by auth.User, personID, hash string) error {
	a, err := Of(tx, personID)
	if err != nil {
		return err
	}
	a.Hash, a.Once = hash, false
	return setPassword(tx, by, a, verbPasswordChange)
}

func setPassword(tx *db.Tx, by auth.User, a Account, verb string) error {
	if err := update(tx, &a); err != nil {
		return err
	}
	if err := auth.CloseSessions(tx, a.PersonID); err != nil {
		return err
	}
	return journal.Log(tx, by, verb, personObject(a.PersonID), a.said())
}

// MakeKey generates a key pair for a person under a signing phrase. Slow (one Argon2id): call it outside a transaction,
// then AddKey within one. Where a certificate service is asked, Certify comes between.
func MakeKey(by auth.User, phrase string, secrets Secrets) (Key, error) {
	private, err := sign.Generate()
	if err != nil {
		return Key{}, err
	}
	return LockKey(by, private, phrase, secrets)
}

// LockKey is MakeKey of a private key that is there already: a sample signs with it at once.
func LockKey(by auth.User, private sign.PrivateKey, phrase string, secrets Secrets) (k Key, err error) {
	if err := validatePhrase(phrase); err != nil {
		return Key{}, err
	}
	k = Key{ID: db.NewID(), PersonID: by.ID}
	if k.PublicKey, err = private.Public(); err != nil {
		return Key{}, err
	}
	if k.Locked, err = private.Lock(phrase, secrets.Pepper); err != nil {
		return Key{}, err
	}
	return k, nil
}

// Certify has the key certified to be by's, outside a transaction: a service may be asked over the network.
func (k *Key) Certify(ctx context.Context, by auth.User, now time.Time, secrets Secrets) (err error) {
	subject := sign.Subject{Serial: k.ID, Name: by.Name, PublicKey: k.PublicKey, IssuedAt: now, Sample: by.Sample}
	for _, p := range by.Posts {
		subject.Unit, subject.Post = p.UnitName, p.RoleName
	}
	k.Certificate, err = secrets.authority().Certify(ctx, subject)
	return err
}

// AddKey makes k the person's signing key; an older one is retired, and what it signed stays valid. One that was not
// certified ahead is by the installation alone, unless a service has to be asked.
func AddKey(tx *db.Tx, by auth.User, k Key, secrets Secrets) error {
	switch {
	case k.Certificate.Signature == "" && secrets.Service != nil && !by.Sample:
		return errs.Conflictf("认证机构还没有为这把密钥作证，没有设置。请再试一次。")
	case k.Certificate.Signature == "":
		own := Secrets{Installation: secrets.Installation}
		if err := k.Certify(tx.Context, by, tx.Now, own); err != nil {
			return err
		}
	case k.Certificate.Name != by.Name:
		return errs.Conflictf("您的姓名刚刚改过，没有设置签名密钥。请再试一次。")
	}
	k.CreatedAt = tx.Now
	if err := retireKeys(tx, by.ID, tx.Now); err != nil {
		return err
	}
	if err := insertKey(tx, k); err != nil {
		return err
	}
	return journal.Log(tx, by, verbKeyCreate, "person/"+by.ID,
		map[string]string{"key": k.ID, "public_key": string(k.PublicKey)})
}

// Unlock opens the user's signing key. Five wrong phrases lock it for 15 minutes. Slow: call it before the
// transaction that signs (web.Before).
func Unlock(ctx context.Context, d *db.DB, by auth.User, phrase string, secrets Secrets) (Unlocked, error) {
	done, err := trying.turn(ctx, personObject(by.ID))
	if err != nil {
		return Unlocked{}, err
	}
	defer done()
	var k Key
	err = d.Update(ctx, func(tx *db.Tx) (err error) {
		if k, err = KeyOf(tx, by.ID); err != nil {
			return err
		}
		if err := MayBeUsed(tx, k); err != nil {
			return err
		}
		if err := k.take(tx.Now); err != nil {
			return err
		}
		return setKeyTries(tx, k.ID, k.tries)
	})
	if errs.KindOf(err) == errs.Missing {
		return Unlocked{}, errs.Fields{"phrase": {Key: "您还没有签名密钥。请先到“我的账号”设置签名口令。"}}.Check(
			"您还没有签名密钥。请先到“我的账号”设置签名口令。")
	}
	if err != nil {
		return Unlocked{}, err
	}
	private, err := k.Locked.Unlock(phrase, secrets.Pepper)
	if errs.KindOf(err) == errs.Invalid {
		return Unlocked{}, errors.Join(d.Update(ctx, func(tx *db.Tx) error {
			return journal.Log(tx, by, "key.refuse", personObject(by.ID), map[string]string{"key": k.ID})
		}), wrongPhrase(k, err))
	}
	if err != nil {
		return Unlocked{}, err
	}
	return Unlocked{k.ID, private}, d.Update(ctx, func(tx *db.Tx) error { return setKeyTries(tx, k.ID, tries{}) })
}

func wrongPhrase(k Key, err error) error {
	wrong := &errs.Error{Kind: errs.Invalid,
		Words:  say.New("签名口令不正确，还可以试%d次。没有签名，内容没有改变。", k.left()),
		Fields: errs.Fields{"phrase": {Key: "签名口令不正确。"}}, Err: err}
	if k.left() == 0 {
		wrong.Words = say.New("签名口令不正确，已连续输错%d次，锁定%d分钟。没有签名，内容没有改变。",
			maxTries, int(lockFor.Minutes()))
	}
	return wrong
}
