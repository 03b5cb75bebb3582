// Package delegation is 代签: who holds a signing post lends the signing of it to a colleague, from a day to a day. The
// colleague gets a post of an acting role for these days and signs with their own key; what they sign says for whom. It
// signs nothing itself: that is package submission's and others'.
package delegation

import (
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
)

// Delegation is the signing of one post, lent to one person.
type Delegation struct {
	ID        string    `json:"id"`
	Unit      string    `json:"unit"`
	AreaPath  string    `json:"-"`
	Role      string    `json:"role"` // that is lent
	PersonID  string    `json:"-"`
	Person    string    `json:"person"` // who lends it
	ToID      string    `json:"to_id"`
	To        string    `json:"to"`
	OpensOn   string    `json:"opens_on"`
	ClosesOn  string    `json:"closes_on"` // the last day
	Reason    string    `json:"reason"`
	Post      string    `json:"-"`
	EndedOn   string    `json:"ended_on,omitempty"`
	EndReason string    `json:"end_reason,omitempty"`
	State     State     `json:"state"`
	Version   int64     `json:"version"`
	UpdatedBy string    `json:"-"`
	UpdatedAt time.Time `json:"-"`
}

// Object is the delegation's name in the journal.
func (d Delegation) Object() string { return "delegation/" + d.ID }

// URL is its page.
func (d Delegation) URL() string { return "/delegations/" + d.ID }

const (
	longest = 90  // days; longer absences are a change of posts. Our proposal: no rule that we could read sets one
	maxText = 300 // characters of a reason
)

// check refuses days and reasons that cannot be.
func (d *Delegation) check(today string) error {
	d.Reason = strings.TrimSpace(d.Reason)
	f := errs.Fields{}
	switch {
	case !calendar.IsDay(d.OpensOn) || d.OpensOn < today:
		f.Say("opens_on", "第一天要写成 2024-03-15，从今天起。")
	case !calendar.IsDay(d.ClosesOn) || d.ClosesOn < d.OpensOn:
		f.Say("closes_on", "最后一天要写成 2024-03-15，不早于第一天。")
	case calendar.Between(d.OpensOn, d.ClosesOn) >= longest:
		f.Say("closes_on", "一次最多委托%d天。时间更长请调整岗位。", longest)
	}
	if d.Reason == "" || utf8.RuneCountInString(d.Reason) > maxText {
		f.Say("reason", "请写明委托的原因，%d字以内。", maxText)
	}
	return f.Check("没有保存：请先改正标出的地方。")
}

// Lent are the roles whose signing can be lent: those that places of forms are given to.
var Lent = []string{auth.Leader, auth.Liaison, auth.Statistician}

// behind is the delegation by which somebody holds a post of an acting role today. Denied: it has ended, or who lent it
// does not hold the post any more.
func behind(tx *db.Tx, post auth.Post) (Delegation, error) {
	d, err := byPost(tx, post.ID)
	if errs.KindOf(err) == errs.Missing {
		return d, over
	}
	if err != nil {
		return d, err
	}
	holds, err := d.holds(tx)
	if err != nil {
		return d, err
	}
	today := tx.Today()
	if !holds || d.State != Active || today < d.OpensOn || today > d.ClosesOn {
		return d, over
	}
	return d, nil
}

var over = errs.Deniedf("您的代签委托已经失效：到期、被收回，或者委托人已不在岗。请由本单位有权的人签字。")

// Named is a post as it stands under a signature: one of an acting role says for whom, if it holds today.
func Named(tx *db.Tx, post auth.Post) (auth.Post, error) {
	if !auth.IsActing(post.Role) {
		return post, nil
	}
	d, err := behind(tx, post)
	if err == nil {
		post.Delegation, post.RoleName = d.ID, post.RoleName+"（受"+d.Person+"委托）"
	}
	return post, err
}

func (d Delegation) row() held.Row {
	return held.Row{"unit": d.Unit, "area_path": d.AreaPath, "role": d.Role, "person_id": d.PersonID,
		"person": d.Person, "to_id": d.ToID, "to_name": d.To, "opens_on": d.OpensOn, "closes_on": d.ClosesOn,
		"reason": d.Reason, "post": d.Post, "ended_on": d.EndedOn, "end_reason": d.EndReason, "state": string(d.State),
		"version": held.Int(d.Version), "updated_by": d.UpdatedBy, "updated_at": held.Time(d.UpdatedAt)}
}
