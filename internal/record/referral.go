package record

// Referrals 转办: a record offered to another unit that plays the same part. It stands in the list of one unit alone:
// of who offered it until it is accepted, of who accepted it from then on.

import (
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/holiday"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Offering is where a referral stands.
type Offering string

const (
	Offered   Offering = "offered"
	Accepted  Offering = "accepted"
	Refused   Offering = "refused"
	Withdrawn Offering = "withdrawn"
	Lapsed    Offering = "lapsed"
)

var offerings = []Offering{Offered, Accepted, Refused, Withdrawn, Lapsed}

// Permissions of referrals, and words of the journal.
const (
	VerbOffer    = "referral.offer"
	VerbAccept   = "referral.accept"
	VerbRefuse   = "referral.refuse"
	VerbWithdraw = "referral.withdraw"
	VerbLapse    = "referral.lapse"
)

// Parts: who offers and who is asked. Both play the part in their unit that the register names.
const (
	sender   = "sender"
	receiver = "receiver"
)

var referralWords = map[string]say.Key{string(Offered): "待接收", string(Accepted): "已接收", string(Refused): "已拒收",
	string(Withdrawn): "已撤回", string(Lapsed): "到期未接收", VerbOffer: "转办", VerbAccept: "接收转办",
	VerbRefuse:   "拒收转办",
	VerbWithdraw: "撤回转办", VerbLapse: "转办到期未接收", sender: "转出单位", receiver: "接收单位",
	flow.Program: "系统"}

// offers is the whole state table.
var offers = flow.Table{Object: "referral", Words: referralWords,
	Ends: []string{string(Accepted), string(Refused), string(Withdrawn), string(Lapsed)},
	Note: "The sender answers for the record until it is accepted.",
	Steps: []flow.Step{flow.Line("", VerbOffer, sender, Offered, flow.Rule{Needs: []string{"reason"}}),
		flow.Line(Offered, VerbAccept, receiver, Accepted),
		flow.Line(Offered, VerbRefuse, receiver, Refused, flow.Rule{Needs: []string{"reason"}}),
		flow.Line(Offered, VerbWithdraw, sender, Withdrawn),
		flow.Line(Offered, VerbLapse, flow.Program, Lapsed)}}

// Referral is one.
type Referral struct {
	ID         string    `json:"id"`
	Record     string    `json:"record"`
	Title      string    `json:"title"`
	From       string    `json:"from"`
	To         string    `json:"to"`
	Reason     string    `json:"reason"`
	State      Offering  `json:"state"`
	Answer     string    `json:"answer,omitempty"`
	DueOn      string    `json:"due"`
	OfferedAt  time.Time `json:"offered_at"`
	OfferedBy  string    `json:"offered_by"`
	AnsweredOn string    `json:"answered_on,omitempty"`
	AnsweredBy string    `json:"answered_by,omitempty"`

	// of its record now: where it is
	Register string `json:"register"`
	Number   string `json:"number"`
	Holder   string `json:"holder"` // unit
	Stage    string `json:"stage"`
	version  int64  // of the definition
}

// Object is the referral in the journal.
func (f Referral) Object() string { return "referral/" + f.ID }

func (f Referral) row() held.Row {
	return held.Row{"record": f.Record, "title": f.Title, "from_unit": f.From, "to_unit": f.To, "reason": f.Reason,
		"state": string(f.State), "answer": f.Answer, "due_on": f.DueOn, "offered_at": held.Time(f.OfferedAt),
		"offered_by": f.OfferedBy, "answered_on": f.AnsweredOn, "answered_by": f.AnsweredBy}
}

// acts says whether a post of by is one that may offer or take records of the register in a unit.
func (c cast) acts(by auth.User, unit string) (auth.Post, error) {
	p, _ := c.d.Part(c.d.Referral.Who)
	for _, post := range by.Posts {
		if post.Unit == unit && c.fits(p, post) {
			return post, nil
		}
	}
	return auth.Post{}, errs.Deniedf("这一步须由“%s”办理。", p.Name)
}

// near says whether a unit works in an area around or below that of another: what goes from district to district goes
// through the city.
func (k desk) near(unit string, other network.Unit) bool {
	a, b := k.places.area(k.places.units[unit].AreaID).Path, k.places.area(other.AreaID).Path
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

// takers are the units that a record may be offered to now: such as could go on with it.
func (k desk) takers(r Record) (units []network.Unit) {
	p, named := k.d.Part(k.d.Referral.Who)
	for _, u := range k.places.all {
		kinds := k.d.Referral.Kinds
		if !named || u.Code == r.Unit || !k.near(r.Unit, u) || !u.OpenOn(k.w.Today) ||
			len(kinds) > 0 && !slices.Contains(kinds, u.Kind) {
			continue
		}
		if slices.ContainsFunc(auth.Roles(), func(role string) bool {
			return k.fits(p, auth.Post{Unit: u.Code, Role: role})
		}) {
			units = append(units, u)
		}
	}
	return units
}

// refers says whether a record can be offered to another unit now, by the state it is in.
func (k desk) refers(r Record) bool {
	return k.d.Referral.Who != "" && slices.Contains(k.d.Referral.From, r.State)
}

const mostReferred = 600 // characters of a reason

// Refer offers a record to another unit.
func Refer(tx *db.Tx, by auth.User, id string, version int64, to, reason string) (f Referral, err error) {
	if err := by.Check(VerbOffer); err != nil {
		return f, err
	}
	r, k, err := reading(tx, by, id)
	if err != nil {
		return f, err
	}
	post, err := k.acts(by, r.Unit)
	switch {
	case k.d.Referral.Who == "":
		return f, errs.Conflictf("这项登记不能转办。")
	case err != nil:
		return f, err
	case r.Offered != "":
		return f, errs.Conflictf("这条记录正在转办给%s，请先撤回。", k.places.unitName(r.Offered))
	case !k.refers(r):
		return f, errs.Conflictf("“%s”的记录不能转办。", k.d.State(r.State).Name)
	case version != r.Edits:
		return f, errs.Conflictf("%s刚刚改过这条记录。请刷新页面，看过之后再办。", r.UpdatedBy)
	}
	wrong := errs.Fields{}
	if reason = strings.TrimSpace(reason); reason == "" {
		wrong.Say("reason", "请写明原因。")
	} else if len([]rune(reason)) > mostReferred {
		wrong.Say("reason", "原因请写在600字以内。")
	}
	k.checkTaker(r, to, wrong)
	if err := wrong.Check("没有转办：请先改正标出的地方。"); err != nil {
		return f, err
	}
	f = Referral{ID: db.NewID(), Record: r.ID, Title: r.Title, From: r.Unit, To: to, Reason: reason, State: Offered,
		OfferedAt: tx.Now, OfferedBy: by.Name, Register: r.Register, Number: r.Number, Holder: r.Unit, Stage: r.State,
		version: r.Version}
	if l := k.d.Referral.Limit.Limit; !l.IsZero() {
		days, err := holiday.Table(tx)
		if err != nil {
			return f, err
		}
		f.DueOn = days.Due(tx.Now, l).On
	}
	if err := insertReferral(tx, f); err != nil {
		return f, err
	}
	return f, f.log(tx, by, VerbOffer, nil, post, reason, k)
}

// checkTaker refuses a unit that cannot take the record, and says why.
func (k desk) checkTaker(r Record, to string, wrong errs.Fields) {
	u, known := k.places.units[to]
	switch {
	case !known || !k.near(r.Unit, u):
		wrong.Say("to", "请选转给哪个单位。")
	case to == r.Unit:
		wrong.Say("to", "这条记录就在这个单位，不用转办。")
	case !u.OpenOn(k.w.Today):
		wrong.Say("to", "%s已经撤销，不能转给它。", say.Name{ZH: u.Name, EN: u.NameEN})
	case !slices.ContainsFunc(k.takers(r), func(t network.Unit) bool { return t.Code == to }):
		p, _ := k.d.Part(k.d.Referral.Who)
		wrong.Say("to", "%s没有人承担“%s”，接收后没有人能办。", say.Name{ZH: u.Name, EN: u.NameEN}, p.Name)
	}
}

// log says in the journal what became of a referral, once of itself and once of its record.
func (f Referral) log(tx *db.Tx, by auth.User, verb string, before held.Row, post auth.Post, reason string,
	k desk) error {
	if err := held.Log(tx, by, verb, f.Object(), before, f.row(), map[string]string{"of": post.Unit}); err != nil {
		return err
	}
	detail := map[string]string{"of": post.Unit, "label": k.places.unitName(f.From).ZH + " → " +
		k.places.unitName(f.To).ZH}
	if reason != "" {
		detail["reason"] = reason
	}
	return journal.Log(tx, by, verb, "record/"+f.Record, detail)
}

var noReferral = errs.Missingf("没有找到这次转办。它可能不存在，或者您没有查看权限。")

// Settle accepts, refuses or withdraws an offer. Of two who do so at once one is told that it was done.
func Settle(tx *db.Tx, by auth.User, id, verb, reason string) (f Referral, err error) {
	if err := by.Check(verb); err != nil {
		return f, err
	}
	if f, err = referral(tx, id); errs.KindOf(err) == errs.Missing {
		return f, noReferral
	}
	if err != nil {
		return f, err
	}
	r, err := Get(tx, f.Record)
	if err != nil {
		return f, err
	}
	d, err := ByVersion(tx, r.Register, r.Version)
	if err != nil {
		return f, err
	}
	k, err := deskOf(tx, by, d, r.AreaPath)
	if err != nil {
		return f, err
	}
	units, _ := by.Scope()
	if !slices.Contains(units, f.From) && !slices.Contains(units, f.To) && !k.inside(by, r) {
		return f, noReferral
	}
	plays := func(part string) (auth.Post, error) {
		return k.acts(by, map[string]string{sender: f.From, receiver: f.To}[part])
	}
	s, post, err := offers.Take(verb, by, flow.Case{State: string(f.State), Plays: plays})
	if err != nil {
		return f, err
	}
	wrong := errs.Fields{}
	if reason = strings.TrimSpace(reason); reason == "" && len(s.Needs) > 0 {
		wrong.Say("reason", "请写明原因。")
	} else if len([]rune(reason)) > mostReferred {
		wrong.Say("reason", "原因请写在600字以内。")
	}
	if err := wrong.Check("没有办理：请先补齐标出的地方。"); err != nil {
		return f, err
	}
	if verb == VerbAccept && !k.refers(r) {
		return f, errs.Conflictf("这条记录已经到了“%s”，不能再接收。请告诉转出单位撤回。", d.State(r.State).Name)
	}
	before := f.row()
	f.State, f.Answer, f.AnsweredOn, f.AnsweredBy = Offering(s.To), reason, tx.Today(), by.Name
	if err := settle(tx, f); err != nil {
		return f, err
	}
	if verb == VerbAccept {
		was := r
		r.Unit, f.Holder = f.To, f.To
		if err := k.keep(tx, by, VerbAccept, &r, was, map[string]string{"of": post.Unit,
			"label": k.places.unitName(f.From).ZH + " → " + k.places.unitName(f.To).ZH}); err != nil {
			return f, err
		}
		return f, held.Log(tx, by, verb, f.Object(), before, f.row(), map[string]string{"of": post.Unit})
	}
	return f, f.log(tx, by, verb, before, post, reason, k)
}

// lapse ends offers that nobody answered in time; their records stay where they are.
func lapse(tx *db.Tx) error {
	late, err := lateReferrals(tx, tx.Today(), piece)
	if err != nil {
		return err
	}
	for _, f := range late {
		r, err := Get(tx, f.Record)
		if err != nil {
			return err
		}
		d, err := ByVersion(tx, r.Register, r.Version)
		if err != nil {
			return err
		}
		k, err := deskOf(tx, journal.System, d, r.AreaPath)
		if err != nil {
			return err
		}
		if err := f.end(tx, k); err != nil {
			return err
		}
	}
	return nil
}

// end ends an offer that nobody can answer any more.
func (f Referral) end(tx *db.Tx, k desk) error {
	before := f.row()
	f.State, f.AnsweredOn, f.AnsweredBy = Lapsed, tx.Today(), journal.System.Name
	if err := settle(tx, f); err != nil {
		return err
	}
	return f.log(tx, journal.System, VerbLapse, before, auth.Post{Unit: f.From}, "", k)
}
