package letter

// The signatures under a frozen text, with the signers' own keys, and the issue of what is signed.

import (
	"slices"
	"strconv"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/holiday"
)

// Countersign signs the frozen text for a unit whose countersignature is awaited. digest is that of what was read; key
// was unlocked before the transaction.
func Countersign(tx *db.Tx, by auth.User, id, digest string, key account.Unlocked) (Letter, error) {
	t, err := take(tx, by, id, VerbCountersign, 0)
	if err != nil {
		return t.Letter, err
	}
	v, err := t.signed(tx, by, Countersigner, digest, key)
	if err != nil {
		return t.Letter, err
	}
	to := StateCountersigned
	if len(t.awaited) > 1 {
		to = StateChecked
	}
	detail := t.frozen(v)
	detail["code"], detail["key"] = t.post.Unit, key.ID
	err = t.move(tx, by, to, detail)
	return t.Letter, err
}

// Sign puts the signature under the letter that makes it ready to be issued. The day of it is the letter's 成文日期.
func Sign(tx *db.Tx, by auth.User, id, digest string, key account.Unlocked) (Letter, error) {
	t, err := take(tx, by, id, VerbSign, 0)
	if err != nil {
		return t.Letter, err
	}
	if err := await(tx, t.ID, t.Edition, Signer, t.post.Unit); err != nil {
		return t.Letter, err
	}
	v, err := t.signed(tx, by, Signer, digest, key)
	if err != nil {
		return t.Letter, err
	}
	if err := setDated(tx, t.ID, t.Edition, tx.Today()); err != nil {
		return t.Letter, err
	}
	detail := t.frozen(v)
	detail["code"], detail["key"], detail["dated"] = t.post.Unit, key.ID, tx.Today()
	err = t.move(tx, by, StateSigned, detail)
	return t.Letter, err
}

// signed signs the version in a post, with a key that is certified to be the signer's.
func (t taken) signed(tx *db.Tx, by auth.User, part, digest string, key account.Unlocked) (Version, error) {
	v, err := VersionOf(tx, t.ID, t.Edition)
	if err != nil {
		return v, err
	}
	g, err := v.Sign(tx, by, part, t.post, digest, key)
	if err != nil {
		return v, err
	}
	g.Unit = t.post.Unit
	return v, put(tx, Signature{Signature: g, Letter: t.ID, Edition: t.Edition})
}

// Blocked says why what goes out about an object has to wait, nil where nothing makes it wait: a remark that must be
// answered and is not. unit is the office that lets the letter go out.
type Blocked func(tx *db.Tx, about, unit string) error

// Going is what other modules have to do with a letter about something of theirs: its issue, and who may look there.
type Going struct {
	Sees    func(tx *db.Tx, by auth.User, about string) error         // Missing for who may not
	Blocked Blocked                                                   // asked before
	Issued  func(tx *db.Tx, by auth.User, about, letter string) error // told afterwards, in the same transaction
}

// blocked is asked of everything but what announces a thing.
func (l Letter) blocked(tx *db.Tx, ask Blocked) error {
	if ask == nil || l.About == "" || l.Kind == KindNotice {
		return nil
	}
	return ask(tx, l.About, l.Unit)
}

// Issue gives the letter its number and sends it to the units that it is addressed to. A correction keeps the number;
// each edition is received anew.
func Issue(tx *db.Tx, by auth.User, id string, version int64, blocked Blocked) (Letter, error) {
	t, err := take(tx, by, id, VerbIssue, version)
	if err != nil {
		return t.Letter, err
	}
	err = t.blocked(tx, blocked)
	if err != nil {
		return t.Letter, err
	}
	v, err := VersionOf(tx, t.ID, t.Edition)
	if err != nil {
		return t.Letter, err
	}
	dated, err := time.Parse(time.DateOnly, v.DatedOn)
	if err != nil {
		return t.Letter, err
	}
	if t.number.Seq == 0 {
		if t.number, err = next(tx, t.Letter, int64(dated.Year())); err != nil {
			return t.Letter, err
		}
		t.Number = t.number.String()
	}
	if err := setIssued(tx, t.ID, t.Edition); err != nil {
		return t.Letter, err
	}
	days, err := holiday.Table(tx)
	if err != nil {
		return t.Letter, err
	}
	due, err := t.step.Deadline(tx, days, tx.Now)
	if err != nil {
		return t.Letter, err
	}
	t.InForce, t.Received, t.ReceiptDue = t.Edition, 0, due.On
	to := slices.Concat(t.Main, t.Copies)
	t.Addressed = int64(len(to))
	for i, unit := range to {
		place := "main"
		if i >= len(t.Main) {
			place = "copy"
		}
		if err := expect(tx, Receipt{Letter: t.ID, Edition: t.Edition, Unit: unit, Place: place,
			DueOn: t.ReceiptDue}); err != nil {
			return t.Letter, err
		}
	}
	detail := t.frozen(v)
	detail["number"], detail["due"], detail["mark"] = t.Number, t.ReceiptDue, t.number.Mark
	detail["year"], detail["seq"] = strconv.FormatInt(t.number.Year, 10), strconv.FormatInt(t.number.Seq, 10)
	err = t.move(tx, by, StateIssued, detail)
	return t.Letter, err
}
