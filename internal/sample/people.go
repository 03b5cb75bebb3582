package sample

// The people of a sample made: posts, accounts and keys.

import (
	"errors"
	"runtime"
	"slices"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/intake"
	"yipanqi/internal/network"
	"yipanqi/internal/sign"
)

// actor is a demo person ready to act.
type actor struct {
	login string
	user  auth.User
	key   account.Unlocked
	made  account.Key
}

// cast makes the people, their posts, accounts and keys.
func (l *loading) cast(script demo, secrets account.Secrets) (actors []actor, err error) {
	all, err := network.AllUnits(l.Tx)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b network.Unit) int { return a.Position - b.Position })
	for _, a := range script.Accounts {
		units := slices.DeleteFunc(slices.Clone(all), func(u network.Unit) bool {
			return u.Code != a.Unit && (a.UnitKind == "" || u.Kind != a.UnitKind)
		})
		if len(units) == 0 || !auth.KnownRole(a.Role) {
			return nil, errs.Invalidf("%s：账号%s的单位或岗位不存在。", scriptFile, a.Login)
		}
		for _, u := range units {
			next, err := l.hire(a, u)
			if err != nil {
				return nil, err
			}
			actors = append(actors, next)
		}
	}
	hash, err := auth.HashPassword(Password, "") // one for all: slow, and no secret
	if err != nil {
		return nil, err
	}
	if err := makeKeys(actors, secrets, l.progress); err != nil {
		return nil, err
	}
	for _, a := range actors {
		if err := account.Create(l.Tx, a.user, a.user.ID, a.login, hash); err != nil {
			return nil, err
		}
		if a.key.ID == "" {
			continue
		}
		if err := account.AddKey(l.Tx, a.user, a.made, secrets); err != nil {
			return nil, err
		}
	}
	return actors, nil
}

func (l *loading) hire(a demoAccount, u network.Unit) (actor, error) {
	area, err := network.AreaByID(l.Tx, u.AreaID)
	if err != nil {
		return actor{}, err
	}
	words := strings.NewReplacer("{area}", area.Name, "{area_en}", area.NameEN)
	p, err := network.AddPerson(l.Tx, network.Person{Name: words.Replace(a.Name),
		NameEN: words.Replace(a.NameEN), Sample: true})
	if err != nil {
		return actor{}, err
	}
	if !auth.ByHand(a.Role) { // whose post comes with an engagement, and ends with it
		user, err := account.UserOf(l.Tx, p.ID)
		return actor{login: a.Login, user: user}, err
	}
	if _, err := network.AddPost(l.Tx, network.Post{PersonID: p.ID, Unit: u.Code, Role: a.Role,
		OpensOn: u.OpensOn, Title: a.Title, Room: a.Room, Phone: a.Phone}); err != nil {
		return actor{}, err
	}
	user, err := account.UserOf(l.Tx, p.ID)
	return actor{login: strings.ToLower(words.Replace(a.Login)), user: user}, err
}

// makeKeys makes a key for every actor who may have one. Argon2id is slow: as many at a time as there are processors.
func makeKeys(actors []actor, secrets account.Secrets, progress intake.Progress) error {
	failed := make([]error, len(actors))
	slots, done := make(chan bool, runtime.GOMAXPROCS(0)), make(chan bool)
	for i := range actors {
		go func() {
			slots <- true
			failed[i] = actors[i].makeKey(secrets)
			<-slots
			done <- true
		}()
	}
	for i := range actors {
		<-done
		progress("sample keys", i+1, len(actors))
	}
	return errors.Join(failed...)
}

func (a *actor) makeKey(secrets account.Secrets) (err error) {
	if !a.user.Can("key.create") {
		return nil
	}
	if a.key.Private, err = sign.Generate(); err != nil {
		return err
	}
	a.made, err = account.LockKey(a.user, a.key.Private, Phrase, secrets)
	a.key.ID = a.made.ID
	return err
}
