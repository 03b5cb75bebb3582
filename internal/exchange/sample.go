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
	"yipanqi/internal/definition"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/setting"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
)

// What all sample accounts share. Everybody knows them; such accounts sign in from this machine only.
const (
	SamplePassword = "yipanqi-demo"
	SamplePhrase   = "yipanqi-sign"
)

// sampleDays is how long after loading the sample's forms fall due: nothing in it is late.
const sampleDays = 30

// demo is the file demo.yaml.
type demo struct {
	Accounts   []demoAccount
	AcceptedBy string
	Handouts   []handout
}

// demoAccount is a person with one post: in Unit, or one in each unit of UnitKind. {area} and {area_en} in the login
// and the names stand for the unit's area.
type demoAccount struct {
	Login    string
	Name     string
	NameEN   string
	Unit     string
	UnitKind string
	Role     string
}

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
		if err := markSample(tx); err != nil {
			return err
		}
		r, err := newRun(tx, in, progress)
		if err != nil {
			return err
		}
		if report, err = r.write(); err != nil {
			return err
		}
		cast, err := r.cast(script, secrets)
		if err != nil {
			return err
		}
		if err := r.play(cast, script.AcceptedBy, secrets); err != nil {
			return err
		}
		return handOut(tx, script.Handouts, files, fsys)
	})
	return report, err
}

func readDemo(fsys fs.FS) (demo, error) {
	var script demo
	body, err := fs.ReadFile(fsys, demoFile)
	if errors.Is(err, fs.ErrNotExist) {
		return script, errs.Invalidf("目录里没有 %s：这不是演示数据。普通导入请去掉 --sample。", demoFile)
	}
	if err != nil {
		return script, err
	}
	problems := definition.Read(demoFile, body, demoKeys, func(d *definition.Reader, n *definition.Node) {
		d.Fields(n,
			definition.Need("accounts", func(n *definition.Node) {
				d.List(n, func(n *definition.Node) { script.Accounts = append(script.Accounts, readAccount(d, n)) })
			}),
			definition.May("accepted_by", d.Text(&script.AcceptedBy)),
			definition.May("handouts", func(n *definition.Node) {
				d.List(n, func(n *definition.Node) { script.Handouts = append(script.Handouts, readHandout(d, n)) })
			}),
		)
	})
	return script, problems.Check()
}

const demoKeys definition.Keys = "accounts=账号 accepted_by=审核账号 handouts=发放文件 login=登录名 name=姓名 " +
	"name_en=英文名 unit=单位 unit_kind=单位类别 role=岗位 file=文件 form=报表 area=区域 period=期别"

func readAccount(d *definition.Reader, n *definition.Node) (a demoAccount) {
	d.Fields(n,
		definition.Need("login", d.Text(&a.Login)),
		definition.Need("name", d.Text(&a.Name)),
		definition.May("name_en", d.Text(&a.NameEN)),
		definition.May("unit", d.Text(&a.Unit)),
		definition.May("unit_kind", d.Text(&a.UnitKind)),
		definition.Need("role", d.Text(&a.Role)),
	)
	return a
}

func markSample(tx *db.Tx) error {
	empty, err := isEmpty(tx)
	if err != nil {
		return err
	}
	if !empty {
		return errs.Conflictf("本系统里已经有数据，不能再装入演示数据。请换一个空的数据目录（--data）。")
	}
	due := tx.Now.In(db.China).AddDate(0, 0, sampleDays).Format(time.DateOnly)
	return setting.MakeSample(tx, due)
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

// play has every filled form signed by the two of its unit and accepted by one of the actors.
func (r *run) play(actors []actor, acceptedBy string, secrets account.Secrets) error {
	issuer, err := secrets.Installation.Public()
	if err != nil {
		return err
	}
	for i, s := range r.filled {
		holds := func(who string) func(actor) bool {
			return func(a actor) bool {
				_, ok := a.user.PostFor(s.Unit.Code, s.Role(who))
				return ok
			}
		}
		first, second := slices.IndexFunc(actors, holds(submission.First)),
			slices.IndexFunc(actors, holds(submission.Second))
		office := slices.IndexFunc(actors, func(a actor) bool { return a.login == acceptedBy })
		if first < 0 || second < 0 || office < 0 {
			return errs.Invalidf("%s：%s缺少签名的账号，或者没有审核权限的账号。", demoFile, s.Unit.Name)
		}
		if err := r.sign(s, actors[first], actors[second], actors[office].user, issuer); err != nil {
			return err
		}
		r.progress("sample signatures", i+1, len(r.filled))
	}
	return nil
}

// sign takes one form through the ordinary steps.
func (r *run) sign(s submission.Submission, first, second actor, office auth.User, issuer sign.PublicKey) error {
	v, _, err := submission.Preview(r.tx, first.user, s)
	if err != nil {
		return err
	}
	if _, err = submission.Prepare(r.tx, first.user, s.ID, v.Digest, first.key); err != nil {
		return err
	}
	if s, err = submission.Sign(r.tx, second.user, s.ID, v.Digest, second.key); err != nil {
		return err
	}
	_, err = submission.Accept(r.tx, office, s.ID, s.Version, issuer)
	return err
}
