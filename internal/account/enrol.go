package account

// One person, one account, however many posts: who is meant when somebody is let in, among people that an import
// brought before. Posts themselves are network's.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

// Enrolment is who is to sign in, and in which post. It finds people that an import has brought.
type Enrolment struct {
	Login, Person, Unit string
	Role                string // '': the person has a post in the unit already
	Same                string // the id of the one meant where several people have the name
	New                 bool   // somebody else than those who have the name
	Once                bool   // the password must be changed at the first sign-in
	Sample              bool
}

// Find is the person's id, empty if it is somebody new, and whether they have this login already. It refuses what
// cannot be told apart.
func (e Enrolment) Find(tx *db.Tx) (personID string, signsIn bool, err error) {
	for _, text := range []string{e.Login, e.Person, e.Unit, e.Same} {
		if why, bad := errs.Unreadable(text); bad {
			return "", false, &errs.Error{Kind: errs.Invalid, Words: why}
		}
	}
	if strings.TrimSpace(e.Person) == "" {
		return "", false, errs.Invalidf("请写明姓名（--person）。")
	}
	if e.Role != "" && !auth.KnownRole(e.Role) {
		return "", false, errs.Invalidf("没有角色“%s”。可用的角色：%s", e.Role, strings.Join(auth.Roles(), ", "))
	}
	if _, err := network.UnitByCode(tx, e.Unit); errs.KindOf(err) == errs.Missing {
		return "", false, errs.Invalidf("没有代码是“%s”的单位。单位代码见 units.csv 或单位页。", e.Unit)
	} else if err != nil {
		return "", false, err
	}
	if personID, err = e.pick(tx); err != nil {
		return "", false, err
	}
	if personID == "" && e.Role == "" {
		return "", false, errs.Invalidf("%s里没有叫“%s”的人。新增的人须写明岗位（--role）。", e.Unit, e.Person)
	}
	if personID != "" {
		a, found, err := db.Maybe(Of(tx, personID))
		if err != nil || found && a.Login == strings.TrimSpace(e.Login) {
			return personID, found, err
		}
		if found {
			return "", false, errs.Conflictf("%s已有账号“%s”，一人只有一个账号。", e.Person, a.Login)
		}
	}
	if _, taken, err := db.Maybe(ByLogin(tx, strings.TrimSpace(e.Login))); err != nil || taken {
		if taken {
			err = errs.Conflictf("用户名“%s”已经有人用了。请换一个。", e.Login)
		}
		return "", false, err
	}
	return personID, false, nil
}

// pick is the one meant: named by id, else the only one of the name in the unit. Any other namesake must be told apart.
func (e Enrolment) pick(tx *db.Tx) (string, error) {
	posts, err := network.Namesakes(tx, e.Person)
	if err != nil || e.New {
		return "", err
	}
	var here, all []string // ids
	var words []string
	for _, p := range posts {
		if !slices.Contains(all, p.PersonID) {
			all = append(all, p.PersonID)
		}
		if p.Unit == e.Unit && !slices.Contains(here, p.PersonID) {
			here = append(here, p.PersonID)
		}
		words = append(words, strings.TrimSpace(p.PersonID+" "+p.Unit+" "+p.Role))
	}
	switch {
	case e.Same != "" && slices.Contains(all, e.Same):
		return e.Same, nil
	case e.Same != "":
		return "", errs.Invalidf("没有编号是“%s”、叫“%s”的人。", e.Same, e.Person)
	case len(here) == 1:
		return here[0], nil
	case len(all) == 0:
		return "", nil
	}
	return "", errs.Conflictf("已有叫“%s”的人：%s。是其中一人，请加 --same 编号；是另一个人，请加 --new。",
		e.Person, strings.Join(words, "；"))
}

// Pick is the person of a name who is meant: the one of an id, else the only one in the unit; empty for somebody new.
func Pick(tx *db.Tx, name, unit, same string, another bool) (string, error) {
	return Enrolment{Person: name, Unit: unit, Same: same, New: another}.pick(tx)
}

// Enrol gives the person the post, unless they hold it, and an account, unless they have this one. hash is of the
// password, made outside the transaction.
func Enrol(tx *db.Tx, by auth.User, e Enrolment, hash string) error {
	personID, signsIn, err := e.Find(tx)
	if err != nil {
		return err
	}
	if personID == "" {
		person, err := network.AddPerson(tx, network.Person{Name: e.Person, NameEN: e.Person, Sample: e.Sample})
		if err != nil {
			return err
		}
		personID = person.ID
	}
	staff, err := network.Staff(tx, e.Unit, "")
	if err != nil {
		return err
	}
	holds := slices.ContainsFunc(staff, func(p network.Post) bool { return p.PersonID == personID && p.Role == e.Role })
	if e.Role != "" && !holds {
		if err := addPost(tx, by, network.Post{PersonID: personID, Unit: e.Unit, Role: e.Role}); err != nil {
			return err
		}
	}
	if signsIn {
		return nil
	}
	return create(tx, by, Account{PersonID: personID, Login: e.Login, Hash: hash, Once: e.Once})
}

// Apart refuses a post that nobody may hold beside one that the person has in the same time.
func Apart(tx *db.Tx, post network.Post) error {
	held, err := network.AllPostsOf(tx, post.PersonID)
	for _, p := range held {
		meet := (p.ClosesOn == "" || post.OpensOn < p.ClosesOn) && (post.ClosesOn == "" || p.OpensOn < post.ClosesOn)
		if meet && auth.Apart(p.Role, post.Role) && (p.Role == auth.Outsider || post.Role == auth.Outsider) {
			return serving(tx, p)
		}
		if meet && auth.Apart(p.Role, post.Role) {
			return errs.Conflictf("系统、安全、审计三员须由三个不同的人担任，也不兼任业务岗位。此人现在的岗位：%s。", p.Role)
		}
	}
	return err
}

// serving says why who holds a post is not engaged from outside, or the other way round.
func serving(tx *db.Tx, p network.Post) error {
	if p.Role == auth.Outsider {
		return errs.Conflictf("此人正受聘为外部人员，受聘期间不能任职。请先结束受聘，或者等受聘到期。")
	}
	unit, err := network.UnitByCode(tx, p.Unit)
	if err != nil {
		return err
	}
	roles, err := network.Labels(tx, "role")
	if err != nil {
		return err
	}
	role := roles[p.Role].Name
	if role == "" {
		role = p.Role
	}
	return errs.Conflictf("此人现任%s的%s，在任期间不能作为外部人员受聘。请另请他人，或者等其离任以后再聘。", unit.Name, role)
}
