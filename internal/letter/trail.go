package letter

// The trail below a letter, and the files that go out with it: they lie there while it can be written in, and the text
// that is frozen names them by digest. Whom it is only addressed to sees of it what was issued, and the own receipt.

import (
	"slices"
	"strconv"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/notice"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
)

// Trail is the place of letters among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "letter", Page: func(id string) string { return "/letters/" + id },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, id)
			return err
		},
		Holds: holds, Words: func(verb string) say.Key { return lifeWords[verb] }, Hides: hides, Told: told}
}

// told: which units were reminded of their receipt is for who works on the letter.
func told(tx *db.Tx, by auth.User, id string) ([]trail.Told, error) {
	l, err := Get(tx, id)
	if err != nil || !l.insider(by) {
		return nil, err
	}
	return notice.Of(tx, l.Object())
}

// outside is what somebody may see of a letter who does not work on it.
type outside struct {
	inForce int64
	every   bool            // receipts of all units: the reader oversees the letter
	own     map[string]bool // units that the reader receives for
	files   map[string]bool // digests of what went out with it
}

// outsideOf is what by, who is no insider, may see of a letter.
func outsideOf(tx *db.Tx, by auth.User, l Letter) (o outside, err error) {
	o = outside{inForce: l.InForce, every: by.Sees(l.Unit, l.AreaPath), own: map[string]bool{},
		files: map[string]bool{}}
	units, err := mine(tx, by)
	if err != nil {
		return o, err
	}
	for _, unit := range units {
		o.own[unit] = true
	}
	receipts, err := Receipts(tx, l.ID, l.InForce)
	if err != nil {
		return o, err
	}
	for _, c := range receipts {
		if o.own[c.Holder] {
			o.own[c.Unit] = true
		}
	}
	versions, err := Versions(tx, l.ID)
	for _, v := range versions {
		if err != nil || v.IssuedAt.IsZero() {
			continue
		}
		var c Content
		c, err = v.Content()
		for _, f := range c.Files {
			o.files[f.Digest] = true
		}
	}
	return o, err
}

func hides(tx *db.Tx, by auth.User, id string) (func(*trail.Line) bool, error) {
	l, err := Get(tx, id)
	if err != nil || l.insider(by) {
		return nil, err
	}
	o, err := outsideOf(tx, by, l)
	return o.hides, err
}

// hides leaves out how the letter came to be, what is written of a correction before it is issued, and the receipts
// of others.
func (o outside) hides(l *trail.Line) bool {
	switch l.Verb {
	case trail.VerbWrite, VerbIssue, VerbWithdraw:
		return false
	case evidence.VerbAttach, evidence.VerbWithdraw:
		return !o.opens(*l.File)
	case VerbReceive, VerbRecord:
		return !o.receives(l.Detail["code"])
	case VerbHand:
		return !o.receives(l.Detail["from"]) && !o.receives(l.Detail["to"])
	case VerbCheck, VerbCountersign, VerbEnterCountersign, VerbSign, VerbEnterSign, VerbReplace:
		return !o.issued(l.Detail["version"])
	}
	return true
}

func (o outside) receives(unit string) bool { return o.every || o.own[unit] }

func (o outside) issued(edition string) bool {
	n, err := strconv.ParseInt(edition, 10, 64)
	return err == nil && n <= o.inForce
}

// opens says whether a file went out with the letter, is the paper under an issued text, or the reader's own receipt.
func (o outside) opens(f evidence.File) bool {
	at := strings.Split(f.Field, "/")
	switch {
	case len(at) != 3:
		return o.files[f.Digest]
	case at[0] == "receipt":
		return o.receives(at[2])
	}
	return slices.Contains([]string{Signer, Countersigner}, at[0]) && o.issued(at[1])
}

// asIssued is the letter as the edition in force says it, while a correction is written.
func (l Letter) asIssued(tx *db.Tx) (Letter, error) {
	if l.State != StateWithdrawn {
		l.Note = ""
	}
	if !l.Correcting() {
		return l, nil
	}
	v, err := VersionOf(tx, l.ID, l.InForce)
	if err != nil {
		return l, err
	}
	c, err := v.Content()
	l.take(c.drafted())
	l.Reason = c.Reason
	return l, err
}

// holds: the office that drafts it lays attachments down, as long as it can be written in.
func holds(tx *db.Tx, by auth.User, id string) (unit string, err error) {
	l, err := Read(tx, by, id)
	if err != nil {
		return "", err
	}
	post, ok := by.PostFor(l.Unit, auth.Office)
	if !ok || !l.State.Editable() {
		return "", errs.Conflictf("附件由拟稿的办公室在拟稿时放入；核稿以后要先退回修改。")
	}
	return post.UnitName, nil
}
