package exchange

// A sample played through by its made-up people: accounts, keys, signatures, acceptance. Only an empty installation can
// become one, for ever.

import (
	"context"
	"errors"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/setting"
)

// What all sample accounts share. Everybody knows them; such accounts sign in from this machine only.
const (
	SamplePassword = "yipanqi-demo"
	SamplePhrase   = "yipanqi-sign"
)

// sampleDays is how long after loading the sample's forms fall due: nothing in it is late.
const sampleDays = 30

// LoadSample imports a sample into an empty installation, which is a sample for ever after. It makes the people of
// demo.yaml with accounts and keys; they sign and accept every form that came filled in, by the ordinary actions, and
// find workbooks with the numbers of those left to the user.
func LoadSample(ctx context.Context, d *db.DB, secrets account.Secrets, files blob.Store, fsys fs.FS,
	progress Progress) (Report, error) {
	in, err := read(fsys)
	if err != nil {
		return Report{}, err
	}
	script, err := readDemo(fsys)
	if err != nil {
		return Report{}, err
	}
	var report Report
	err = d.UpdateAlone(ctx, func(tx *db.Tx) error {
		day, err := markSample(tx, script)
		if err != nil {
			return err
		}
		r, err := newRun(tx, in, progress)
		if err != nil {
			return err
		}
		if report, err = r.live(script, secrets, day); err != nil {
			return err
		}
		return handOut(tx, script.Handouts, files, fsys)
	})
	return report, err
}

// live imports the files and has the sample's people do what they did until day. A sample with a clock of its own is
// told in order of time: each period is opened when it is over.
func (r *run) live(script demo, secrets account.Secrets, day time.Time) (Report, error) {
	later := []string{}
	if script.Day != "" {
		later = []string{calendarFile, fillFiles}
	}
	for _, s := range sources() {
		if slices.Contains(later, s.file) {
			continue
		}
		if err := r.load(s); err != nil {
			return Report{}, err
		}
	}
	if err := r.problems.Check(); err != nil {
		return Report{}, err
	}
	actors, err := r.cast(script, secrets)
	if err != nil {
		return Report{}, err
	}
	p, err := newPlayer(r, script, actors, secrets, day)
	if err != nil {
		return Report{}, err
	}
	if err := p.play(); err != nil {
		return Report{}, err
	}
	r.tx.Now = day
	return r.finish()
}

// markSample makes the empty installation a sample. It returns the instant at which the sample stands: now, or on the
// day that demo.yaml says, and then its clock is set and the transaction begins when the city began to use the program.
func markSample(tx *db.Tx, script demo) (time.Time, error) {
	empty, err := isEmpty(tx)
	if err != nil {
		return tx.Now, err
	}
	if !empty {
		return tx.Now, errs.Conflictf("本系统里已经有数据，不能再装入演示数据。请换一个空的数据目录（--data）。")
	}
	if script.Day != "" {
		if err := setting.MakeSample(tx, ""); err != nil {
			return tx.Now, err
		}
		return setClock(tx, script)
	}
	due := tx.Now.In(db.China).AddDate(0, 0, sampleDays).Format(time.DateOnly)
	return tx.Now, setting.MakeSample(tx, due)
}

// actor is a demo person ready to act.
type actor struct {
	login string
	user  auth.User
	key   account.Unlocked
	made  account.Key
}

// cast makes the people, their posts, accounts and keys.
func (r *run) cast(script demo, secrets account.Secrets) (actors []actor, err error) {
	for _, a := range script.Accounts {
		units := r.unitsOf(a)
		if len(units) == 0 || !auth.KnownRole(a.Role) {
			return nil, errs.Invalidf("%s：账号%s的单位或岗位不存在。", demoFile, a.Login)
		}
		for _, u := range units {
			next, err := r.hire(a, u)
			if err != nil {
				return nil, err
			}
			actors = append(actors, next)
		}
	}
	hash, err := auth.HashPassword(SamplePassword, "") // one for all: slow, and no secret
	if err != nil {
		return nil, err
	}
	if err := makeKeys(actors, secrets, r.progress); err != nil {
		return nil, err
	}
	for _, a := range actors {
		if err := account.Create(r.tx, a.user, a.user.ID, a.login, hash); err != nil {
			return nil, err
		}
		if a.key.ID == "" {
			continue
		}
		if err := account.AddKey(r.tx, a.user, a.made, secrets); err != nil {
			return nil, err
		}
	}
	return actors, nil
}

func (r *run) unitsOf(a demoAccount) (units []network.Unit) {
	for _, u := range r.units.known {
		if u.Code == a.Unit || a.UnitKind != "" && u.Kind == a.UnitKind {
			units = append(units, u)
		}
	}
	slices.SortFunc(units, func(a, b network.Unit) int { return a.Position - b.Position })
	return units
}

func (r *run) hire(a demoAccount, u network.Unit) (actor, error) {
	area := r.tree[u.AreaID]
	words := strings.NewReplacer("{area}", area.Name, "{area_en}", area.NameEN)
	p, err := network.AddPerson(r.tx, network.Person{Name: words.Replace(a.Name),
		NameEN: words.Replace(a.NameEN), Sample: true})
	if err != nil {
		return actor{}, err
	}
	if _, err := network.AddPost(r.tx, network.Post{PersonID: p.ID, Unit: u.Code, Role: a.Role,
		OpensOn: u.OpensOn}); err != nil {
		return actor{}, err
	}
	user, err := account.UserOf(r.tx, p.ID)
	return actor{login: strings.ToLower(words.Replace(a.Login)), user: user}, err
}

// makeKeys makes a key for every actor who may have one and unlocks it, once. Argon2id is slow: as many at a time as
// there are processors.
func makeKeys(actors []actor, secrets account.Secrets, progress Progress) error {
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
	if a.made, err = account.MakeKey(a.user, SamplePhrase, secrets); err != nil {
		return err
	}
	a.key.ID = a.made.ID
	a.key.Private, err = a.made.Locked.Unlock(SamplePhrase, secrets.Pepper)
	return err
}
