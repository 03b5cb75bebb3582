package supervision

// Whose word a letter to an area waits for: the head of every group whose findings it tells, each for the words as they
// are. Whether a finding is ripe for a letter is actions_feedback.go's.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/letter"
	"yipanqi/internal/network"
	"yipanqi/internal/sign"
)

// Assent is that of a further group, beside the one that the letter is of.
type Assent struct {
	Group  string `json:"group"` // id
	By     string `json:"by,omitempty"`
	On     string `json:"on,omitempty"`
	Agreed string `json:"agreed,omitempty"` // digest of the words

	group Group
}

// gather finds the groups whose findings the letter tells; their heads are asked anew.
func (b *Feedback) gather(tx *db.Tx, told []Finding) (err error) {
	b.Further = nil
	for _, f := range told {
		known := func(a Assent) bool { return a.Group == f.GroupID }
		if f.GroupID == b.GroupID || slices.ContainsFunc(b.Further, known) {
			continue
		}
		a := Assent{Group: f.GroupID}
		if a.group, err = groupOf(tx, a.Group); err != nil {
			return err
		}
		b.Further = append(b.Further, a)
	}
	return nil
}

// further are the groups beside the letter's own.
func (b Feedback) further() (all []Group) {
	for _, a := range b.Further {
		all = append(all, a.group)
	}
	return all
}

// Consent is a head's, to the words as they are: without that of every group the letter does not go out.
func Consent(tx *db.Tx, by auth.User, id string, version int64) (Feedback, error) {
	return doFeedback(tx, by, id, version, VerbConsent, func(b *Feedback, l letter.Letter) (map[string]string, error) {
		if !b.waitsFor(by, l) {
			return nil, errs.Conflictf("这份意见函的文字，您已经同意过。")
		}
		words := wording(l)
		if b.group.heads(by.ID) {
			b.ConsentedBy, b.ConsentedOn, b.Agreed = by.Name, tx.Today(), words
		}
		for n := range b.Further {
			if a := &b.Further[n]; a.group.heads(by.ID) {
				a.By, a.On, a.Agreed = by.Name, tx.Today(), words
			}
		}
		return map[string]string{"digest": words}, nil
	})
}

// reached is where a drafted letter stands after a head agreed: the last one's word makes it agreed to.
func (b Feedback) reached() State {
	if b.ConsentedOn == "" || slices.ContainsFunc(b.Further, func(a Assent) bool { return a.On == "" }) {
		return Drafted
	}
	return Consented
}

// wording is the digest of what a letter says and to whom.
func wording(l letter.Letter) string {
	return sign.Digest([]byte(strings.Join([]string{l.Title, strings.Join(l.Main, ","), l.Body}, "\n")))
}

// stands puts all heads behind words that a decision led to.
func (b *Feedback) stands(words string) {
	b.Agreed = words
	for n := range b.Further {
		b.Further[n].Agreed = words
	}
}

// missing are the groups whose head does not stand behind the words of the letter as they are; never says that one of
// them has not agreed to any.
func (b Feedback) missing(l letter.Letter) (groups []Group, never bool) {
	words := wording(l)
	for _, a := range append([]Assent{{On: b.ConsentedOn, Agreed: b.Agreed, group: b.group}}, b.Further...) {
		if a.On == "" || a.Agreed != words {
			groups, never = append(groups, a.group), never || a.On == ""
		}
	}
	return groups, never
}

// waitsFor says whether the letter waits for the word of by.
func (b Feedback) waitsFor(by auth.User, l letter.Letter) bool {
	groups, _ := b.missing(l)
	return slices.ContainsFunc(groups, func(g Group) bool { return g.heads(by.ID) })
}

// headsOf are the heads of groups by their names.
func headsOf(groups []Group) string {
	var heads []Member
	for _, g := range groups {
		heads = append(heads, g.Head())
	}
	return namesOf(heads)
}

// Blocks says why the letter to an area has to wait: a head does not stand behind it, a finding is not settled, one of
// the two is not addressed.
func Blocks(tx *db.Tx, about, _ string) error {
	id, is := strings.CutPrefix(about, "feedback/")
	if !is {
		return nil
	}
	b, err := GetFeedback(tx, id)
	if err != nil {
		return err
	}
	l, err := b.sent(tx)
	if err != nil {
		return err
	}
	waiting, never := b.missing(l)
	if never {
		return errs.Conflictf("组长%s还没有同意这份意见函，不能发出。", headsOf(waiting))
	}
	if _, _, err := b.ripe(tx, false); err != nil {
		return err
	}
	for _, unit := range []string{b.Government, b.Committee} {
		if !slices.Contains(l.Main, unit) {
			u, err := network.UnitByCode(tx, unit)
			if err != nil {
				return err
			}
			return errs.Conflictf("意见函要主送两家，现在缺%s。请退回修改后再发。", u.Name)
		}
	}
	if len(waiting) > 0 {
		return errs.Conflictf("组长%s同意以后，这份意见函的文字又改过。请组长在书面反馈里看过再同意一次。", headsOf(waiting))
	}
	return nil
}
