package letter

// What people do with a letter before it is signed: draft, write, check, send back, withdraw. Signing and issuing are
// actions_sign.go's, receipts actions_receive.go's.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/sign"
)

// Draft makes a letter. The office that drafts it is that of by; the issuer, unless it is said, is that office.
func Draft(tx *db.Tx, by auth.User, l Letter) (Letter, error) {
	if err := by.Check(VerbDraft); err != nil {
		return l, err
	}
	issuers, err := Issuers(tx, by)
	if err != nil {
		return l, err
	}
	if l.Issuer == "" && len(issuers) > 0 {
		l.Issuer = issuers[0].Code
	}
	if l.Unit, l.AreaPath, err = home(tx, by, l.Issuer); err != nil {
		return l, err
	}
	if err := l.clean(tx); err != nil {
		return l, err
	}
	first, _ := life.Step("", VerbDraft)
	l.ID, l.State, l.Edition, l.Version = db.NewID(), State(first.To), 1, 1
	l.Drafter, l.Writers, l.Entries = by.Name, []string{by.ID}, 1
	l.CreatedAt, l.UpdatedBy, l.UpdatedAt = tx.Now, by.Name, tx.Now
	if err := insert(tx, l); err != nil {
		return l, err
	}
	if err := findable(tx, l); err != nil {
		return l, err
	}
	_, digest, err := l.drafted().text()
	if err != nil {
		return l, err
	}
	return l, journal.Log(tx, by, first.Verb, l.Object(), map[string]string{"digest": digest, "unit": l.Unit,
		"area": l.AreaPath})
}

// Issuers are the units that by may issue for: the own offices, each with the committee that it serves.
func Issuers(tx *db.Tx, by auth.User) (all []network.Unit, err error) {
	for _, p := range by.Posts {
		if p.Role != auth.Office {
			continue
		}
		office, err := network.UnitByCode(tx, p.Unit)
		if err != nil {
			return nil, err
		}
		all = append(all, office)
		if office.Parent == "" {
			continue
		}
		committee, err := network.UnitByCode(tx, office.Parent)
		if err != nil {
			return nil, err
		}
		if committee.AreaID == office.AreaID {
			all = append(all, committee)
		}
	}
	return all, nil
}

// home is the office of by that drafts for an issuer, and the path of its area.
func home(tx *db.Tx, by auth.User, issuer string) (unit, path string, err error) {
	for _, p := range by.Posts {
		if p.Role != auth.Office {
			continue
		}
		office, err := network.UnitByCode(tx, p.Unit)
		if err != nil {
			return "", "", err
		}
		if issuer == office.Code || issuer == office.Parent && issuer != "" {
			return office.Code, p.AreaPath, nil
		}
	}
	return "", "", errs.Deniedf("只能以本办公室或本级妇儿工委的名义发文。")
}

// Read returns a letter that by may see; any other is missing.
func Read(tx *db.Tx, by auth.User, id string) (Letter, error) {
	l, err := Get(tx, id)
	if err != nil {
		return l, err
	}
	seen, err := sees(tx, by, l)
	if err == nil && !seen {
		err = errs.Missingf("没有找到这件发文。它可能不存在，或者您没有查看权限。")
	}
	if err != nil {
		return Letter{}, err
	}
	return l, nil
}

// taken is a step that somebody may take.
type taken struct {
	scene
	step flow.Step
	post auth.Post
}

// take reads the letter and finds the line of the table by which by may do verb now. version is the row's that the user
// has seen; 0 where it does not matter what others did meanwhile.
func take(tx *db.Tx, by auth.User, id, verb string, version int64) (t taken, err error) {
	l, err := Read(tx, by, id)
	if err != nil {
		return t, err
	}
	if t.scene, err = staged(tx, by, l); err != nil {
		return t, err
	}
	if t.step, t.post, err = life.Take(verb, by, t.as(by)); err != nil {
		return t, err
	}
	if version != 0 && version != l.Version {
		return t, errs.Conflictf("这件发文刚刚被%s办理过。请刷新页面，核对后再操作；您输入的内容仍在本页。",
			l.UpdatedBy)
	}
	return t, nil
}

// move takes the step: writes the row and journals it.
func (t *taken) move(tx *db.Tx, by auth.User, to State, detail map[string]string) error {
	if lacks := t.step.Lacks(detail); len(lacks) > 0 {
		return fmt.Errorf("%s without %v", t.step.Verb, lacks)
	}
	l := &t.Letter
	l.State, l.UpdatedBy, l.UpdatedAt = to, by.Name, tx.Now
	l.Entries++
	if err := update(tx, l); err != nil {
		return err
	}
	switch t.step.Verb {
	case VerbEdit, VerbIssue, VerbDrop: // what it is found by, and by whom
		if err := findable(tx, *l); err != nil {
			return err
		}
	}
	return journal.Log(tx, by, t.step.Verb, l.Object(), detail)
}

// Save writes a draft. version is the row's that the user has seen.
func Save(tx *db.Tx, by auth.User, id string, version int64, now Letter) (Letter, error) {
	t, err := take(tx, by, id, VerbEdit, version)
	if err != nil {
		return t.Letter, err
	}
	d := now.drafted()
	d.People = t.People
	if d.About = t.About; d.Issuer == "" {
		d.Issuer = t.Issuer
	}
	if unit, _, err := home(tx, by, d.Issuer); err != nil {
		return t.Letter, err
	} else if unit != t.Unit {
		return t.Letter, errs.Deniedf("只能以本办公室或本级妇儿工委的名义发文。")
	}
	t.take(d)
	if err := t.clean(tx); err != nil {
		return t.Letter, err
	}
	if !slices.Contains(t.Writers, by.ID) {
		t.Writers = append(slices.Clone(t.Writers), by.ID)
	}
	_, digest, err := t.drafted().text()
	if err != nil {
		return t.Letter, err
	}
	err = t.move(tx, by, StateDraft, map[string]string{"digest": digest})
	return t.Letter, err
}

// Check freezes the text that by has read; digest is what they agree to. From then on nobody writes in it.
func Check(tx *db.Tx, by auth.User, id string, version int64, digest string, issuer sign.PublicKey) (Letter, error) {
	t, err := take(tx, by, id, VerbCheck, version)
	if err != nil {
		return t.Letter, err
	}
	if err := t.ready(tx); err != nil {
		return t.Letter, err
	}
	v, c, err := Preview(tx, t.Letter, issuer)
	if err != nil {
		return t.Letter, err
	}
	if err := resolved(c); err != nil {
		return t.Letter, err
	}
	if v.Digest != digest {
		return t.Letter, changed
	}
	if err := insertVersion(tx, v); err != nil {
		return t.Letter, err
	}
	for _, unit := range t.Countersigners {
		if err := await(tx, t.ID, t.Edition, Countersigner, unit); err != nil {
			return t.Letter, err
		}
	}
	t.Note = ""
	err = t.move(tx, by, StateChecked, t.frozen(v))
	return t.Letter, err
}

var changed = errs.Conflictf("内容在您阅读之后有变化，没有办理。请重新阅读下面的内容，核对后再办。")

// frozen is what the journal keeps of a step on a frozen text.
func (t taken) frozen(v Version) map[string]string {
	return map[string]string{"version": strconv.FormatInt(v.Edition, 10), "digest": v.Digest,
		"post": t.post.RoleName, "unit": t.post.UnitName}
}

// Return sends a letter back to be written anew, with a reason. What was signed under it is void.
func Return(tx *db.Tx, by auth.User, id string, version int64, reason string) (Letter, error) {
	t, reason, err := takeWith(tx, by, id, VerbReturn, version, reason)
	if err != nil {
		return t.Letter, err
	}
	if err := melt(tx, t.ID, t.Edition); err != nil {
		return t.Letter, err
	}
	t.Note = reason
	err = t.move(tx, by, StateDraft, map[string]string{"reason": reason, "post": t.post.RoleName,
		"unit": t.post.UnitName})
	return t.Letter, err
}

// Withdraw ends a letter, with a reason: one that was issued keeps its number and stays readable, marked.
func Withdraw(tx *db.Tx, by auth.User, id string, version int64, reason string) (Letter, error) {
	t, reason, err := takeWith(tx, by, id, VerbWithdraw, version, reason)
	if err != nil {
		return t.Letter, err
	}
	t.Note = reason
	err = t.move(tx, by, StateWithdrawn, map[string]string{"reason": reason})
	return t.Letter, err
}

// Replace begins a correction of an issued letter, with a reason. The edition in force stays so until the next is
// issued.
func Replace(tx *db.Tx, by auth.User, id string, version int64, reason string) (Letter, error) {
	t, reason, err := takeWith(tx, by, id, VerbReplace, version, reason)
	if err != nil {
		return t.Letter, err
	}
	t.Edition++
	t.Reason, t.Note, t.Drafter, t.Writers = reason, "", by.Name, []string{by.ID}
	err = t.move(tx, by, StateDraft, map[string]string{"reason": reason,
		"version": strconv.FormatInt(t.Edition, 10)})
	return t.Letter, err
}

// Drop gives a correction up, with a reason: the draft is again what the edition in force says.
func Drop(tx *db.Tx, by auth.User, id string, version int64, reason string) (Letter, error) {
	t, reason, err := takeWith(tx, by, id, VerbDrop, version, reason)
	if err != nil {
		return t.Letter, err
	}
	if err := melt(tx, t.ID, t.Edition); err != nil {
		return t.Letter, err
	}
	v, err := VersionOf(tx, t.ID, t.InForce)
	if err != nil {
		return t.Letter, err
	}
	c, err := v.Content()
	if err != nil {
		return t.Letter, err
	}
	t.Letter.take(c.drafted())
	t.Edition, t.Reason, t.Note, t.Drafter, t.Writers = t.InForce, c.Reason, "", c.DraftedBy, nil
	err = t.move(tx, by, StateIssued, map[string]string{"reason": reason})
	return t.Letter, err
}

// drafted is the draft that the text was frozen from.
func (c Content) drafted() drafted {
	l := Letter{Issuer: c.Issuer.Code, Kind: c.Kind, Title: c.Title, Main: codes(c.Main), Copies: codes(c.Copies),
		Countersigners: codes(c.Countersigners), Body: c.Body, Urgency: c.Urgency, Disclosure: c.Disclosure,
		ReplyDue: c.ReplyDue, About: c.About, People: c.People}
	return l.drafted()
}

// takeWith is take for a step that needs a reason.
func takeWith(tx *db.Tx, by auth.User, id, verb string, version int64, reason string) (taken, string, error) {
	t, err := take(tx, by, id, verb, version)
	if reason = strings.TrimSpace(reason); err == nil && (reason == "" || utf8.RuneCountInString(reason) > maxReason) {
		err = errs.Fields{"reason": {Key: "请写明原因，600字以内。"}}.Check("没有办理：请写明原因。")
	}
	return t, reason, err
}
