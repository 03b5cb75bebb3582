package delegation

// What is done with a delegation: given by who holds the post, ended early by either side or by its last day.

import (
	"slices"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
)

// Read returns one that by may see.
func Read(tx *db.Tx, by auth.User, id string) (Delegation, error) {
	d, err := Get(tx, id)
	if errs.KindOf(err) == errs.Missing || err == nil && !by.Sees(d.Unit, d.AreaPath) {
		return Delegation{}, errs.Missingf("没有找到这项代签委托。它可能不存在，或者您没有查看权限。")
	}
	return d, err
}

// Lends are the posts of by whose signing can be lent.
func Lends(by auth.User) (posts []auth.Post) {
	for _, p := range by.Posts {
		if slices.Contains(Lent, p.Role) {
			posts = append(posts, p)
		}
	}
	return posts
}

// Give lends the signing of by's post in d.Unit and d.Role to d.ToID.
func Give(tx *db.Tx, by auth.User, d Delegation) (Delegation, error) {
	d.ID, d.State, d.Version, d.UpdatedBy, d.UpdatedAt = db.NewID(), "", 1, by.Name, tx.Now
	d.PersonID, d.Person = by.ID, by.Name
	if !slices.Contains(Lent, d.Role) {
		return d, errs.Fields{"role": {Key: "请选一个要委托签字的岗位。"}}.Check("没有保存：请先改正标出的地方。")
	}
	st, post, err := life.Take(VerbGive, by, d.as(by))
	if err != nil {
		return d, err
	}
	d.State, d.AreaPath = State(st.To), post.AreaPath
	if err := d.check(tx.Today()); err != nil {
		return d, err
	}
	if err := d.fits(tx); err != nil {
		return d, err
	}
	given, err := account.Appoint(tx, by, network.Post{PersonID: d.ToID, Unit: d.Unit, Role: auth.Acting(d.Role),
		OpensOn: d.OpensOn, ClosesOn: calendar.DayAfter(d.ClosesOn)})
	if err != nil {
		return d, err
	}
	d.Post = given.ID
	if err := insert(tx, d); err != nil {
		return d, err
	}
	return d, held.Log(tx, by, VerbGive, d.Object(), nil, d.row(), nil)
}

// fits refuses who cannot act: somebody of another unit, without account, the other signatory, or beside another
// delegation of the same post on the same days.
func (d *Delegation) fits(tx *db.Tx) error {
	who := errs.Fields{}
	colleagues, err := Colleagues(tx, d.Unit)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(colleagues, func(p network.Post) bool { return p.PersonID == d.ToID })
	switch {
	case d.ToID == d.PersonID:
		who.Say("to_id", "不能委托给自己，请选一位同事。")
	case at < 0:
		who.Say("to_id", "请从本单位在岗的人里选代签人。")
	}
	if err := who.Check("没有保存：请先改正标出的地方。"); err != nil {
		return err
	}
	d.To = colleagues[at].Person
	if _, err := account.Of(tx, d.ToID); errs.KindOf(err) == errs.Missing {
		who.Say("to_id", "%s还没有账号，不能签字。请先请系统管理员开账号。", d.To)
	} else if err != nil {
		return err
	}
	others, err := otherSigners(tx, d.Unit, d.Role)
	if err != nil {
		return err
	}
	for _, p := range colleagues {
		if p.PersonID == d.ToID && others[strings.TrimPrefix(p.Role, auth.Acting(""))] {
			who.Say("to_id", "%s是双签字的另一位签字人，代签后就成了一个人签两次。请另选一位。", d.To)
		}
	}
	given, err := activeIn(tx, d.Unit)
	if err != nil {
		return err
	}
	for _, o := range given {
		if o.ClosesOn < d.OpensOn || o.OpensOn > d.ClosesOn {
			continue
		}
		switch {
		case o.Role == d.Role && o.PersonID == d.PersonID:
			who.Say("opens_on", "这些天已经委托给%s（%s至%s）。请先结束那一项，或改日期。", o.To, o.OpensOn, o.ClosesOn)
		case o.ToID == d.ToID && others[o.Role]:
			who.Say("to_id", "%s这些天已代另一位签字人签字，不能再代签这一方。", d.To)
		}
	}
	return who.Check("没有保存：请先改正标出的地方。")
}

// Colleagues are the posts of a unit today whose people may act for one another.
func Colleagues(tx *db.Tx, unit string) ([]network.Post, error) {
	staff, err := network.Staff(tx, unit, "")
	return slices.DeleteFunc(staff, func(p network.Post) bool {
		return p.Role == auth.SystemAdmin || p.Role == auth.SecurityAdmin || p.Role == auth.AuditAdmin
	}), err
}

// otherSigners are the roles that sign beside a role on any form that a unit fills in.
func otherSigners(tx *db.Tx, unit, role string) (map[string]bool, error) {
	u, err := network.UnitByCode(tx, unit)
	if err != nil {
		return nil, err
	}
	forms, err := form.List(tx)
	forms = slices.DeleteFunc(slices.Clone(forms), func(f form.Form) bool { return f.Reporters != u.Kind })
	others := map[string]bool{}
	for _, of := range append(forms, form.Form{Signers: form.Signers{First: auth.Statistician, Second: auth.Leader}}) {
		places := of.Signers.Places()
		if !slices.ContainsFunc(places, func(p form.Place) bool { return p.Role == role }) {
			continue
		}
		for _, p := range places {
			if p.Role != role {
				others[p.Role] = true
			}
		}
	}
	return others, err
}

// End ends one before its last day: from this moment on nothing is signed by it. What was signed stays valid.
func End(tx *db.Tx, by auth.User, id string, version int64, why string) (Delegation, error) {
	d, err := Read(tx, by, id)
	if err != nil {
		return d, err
	}
	if _, _, err := life.Take(VerbEnd, by, d.as(by)); err != nil {
		return d, err
	}
	if version != d.Version {
		return d, errs.Conflictf("%s刚刚改过这项委托。请刷新页面，核对后再操作；您输入的内容仍在本页。", d.UpdatedBy)
	}
	why = strings.TrimSpace(why)
	if why == "" || utf8.RuneCountInString(why) > maxText {
		f := errs.Fields{}
		f.Say("reason", "请写明原因，%d字以内。", maxText)
		return d, f.Check("没有办理：请写明原因。")
	}
	return d, d.end(tx, by, VerbEnd, why)
}

func (d *Delegation) end(tx *db.Tx, by auth.User, verb, why string) error {
	before, today := d.row(), tx.Today()
	d.State, d.EndedOn, d.EndReason, d.UpdatedBy, d.UpdatedAt = Ended, today, why, by.Name, tx.Now
	if calendar.DayAfter(d.ClosesOn) > today {
		if err := account.Leave(tx, by, network.Post{ID: d.Post, PersonID: d.ToID, Unit: d.Unit,
			Role: auth.Acting(d.Role)}, today); err != nil {
			return err
		}
	}
	if err := update(tx, d); err != nil {
		return err
	}
	detail := map[string]string{}
	if why != "" {
		detail["reason"] = why
	}
	return held.Log(tx, by, verb, d.Object(), before, d.row(), detail)
}

const lapsePiece = 100

// Lapse ends those whose last day is over or whose lender has left the post, after one in their order, and returns the
// last that it looked at; empty at the end.
func Lapse(tx *db.Tx, since string) (last string, err error) {
	some, err := active(tx, since, lapsePiece)
	for _, d := range some {
		if err != nil {
			return "", err
		}
		var holds bool
		if holds, err = d.holds(tx); err == nil && (!holds || d.ClosesOn < tx.Today()) {
			err = d.end(tx, journal.System, VerbLapse, "")
		}
		last = d.ID
	}
	if len(some) < lapsePiece {
		last = ""
	}
	return last, err
}
