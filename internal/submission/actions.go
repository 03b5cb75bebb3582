package submission

// The life of a submission from open to accepted, returned and amended, each step by the state table. Signing and
// undoing have files of their own.

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/delegation"
	"yipanqi/internal/errs"
	"yipanqi/internal/fact"
	"yipanqi/internal/flow"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
)

// Owed is what a unit has to report: the key of a submission.
type Owed struct {
	Form   form.Form
	Unit   network.Unit
	Area   network.Area
	Period period.Period
	DueOn  string // the last day on time; '' = none
}

// Open makes the empty draft of what is owed and expects its cells, once: a second call changes nothing, not even the
// day, which may have been set anew since; see Ask. It reports whether anything changed.
func Open(tx *db.Tx, by auth.User, o Owed) (Submission, bool, error) {
	s, found, err := existing(tx, o)
	if err != nil || found {
		return s, false, err
	}
	if o.Form, err = form.At(tx, o.Form.ID, o.Period); err != nil {
		return s, false, err
	}
	first, _ := step("", VerbOpen)
	s = Submission{ID: db.NewID(), Form: o.Form, Unit: o.Unit, Area: o.Area, Period: o.Period,
		DueOn: o.DueOn, State: State(first.To),
		Typed: Typed{Cells: map[string]string{}}, Entries: 1, Version: 1, UpdatedBy: by.Name, UpdatedAt: tx.Now}
	if err := insert(tx, s); err != nil {
		return s, false, err
	}
	if err := findable(tx, s); err != nil {
		return s, false, err
	}
	if err := fact.Expect(tx, o.Area, o.Period, o.Form.ID, 1); err != nil {
		return s, false, err
	}
	if err := owe(tx, by, s); err != nil {
		return s, false, err
	}
	return s, true, journal.Log(tx, by, VerbOpen, s.Object(), nil)
}

// Read returns a submission that by may see; any other is missing.
func Read(tx *db.Tx, by auth.User, id string) (Submission, error) {
	s, err := Get(tx, id)
	if err == nil && !by.Sees(s.Unit.Code, s.Area.Path) {
		return Submission{}, errs.Missingf("没有找到这份报表。它可能不存在，或者您没有查看权限。")
	}
	return s, err
}

// take reads the submission and finds the line of the state table by which by may do verb now.
func take(tx *db.Tx, by auth.User, id, verb string) (Submission, flow.Step, auth.Post, error) {
	s, err := Read(tx, by, id)
	if err != nil {
		return s, flow.Step{}, auth.Post{}, err
	}
	st, post, err := life.Take(verb, by, s.as(by))
	if err == nil {
		post, err = delegation.Named(tx, post)
	}
	return s, st, post, err
}

// move takes the step: writes the row and journals it, with the version concerned.
func move(tx *db.Tx, by auth.User, s *Submission, st flow.Step, v Version, detail map[string]string) error {
	if detail == nil {
		detail = map[string]string{}
	}
	if v.Number > 0 {
		detail["version"], detail["digest"] = strconv.FormatInt(v.Number, 10), v.Digest
	}
	if lacks := st.Lacks(detail); len(lacks) > 0 {
		return fmt.Errorf("%s without %v", st.Verb, lacks)
	}
	s.State, s.UpdatedBy, s.UpdatedAt = State(st.To), by.Name, tx.Now
	s.Entries++
	if err := update(tx, s); err != nil {
		return err
	}
	return journal.Log(tx, by, st.Verb, s.Object(), detail)
}

// SaveDraft keeps cells and reasons as typed, right or wrong, so that nothing is lost; Prepare is where they must be
// clean. version is the row's that the user has seen, was what stood in the cells then; see merge.
func SaveDraft(tx *db.Tx, by auth.User, id string, version int64, typed Typed,
	was map[string]string) (Submission, error) {
	s, _, _, err := take(tx, by, id, VerbEdit)
	if err != nil {
		return s, err
	}
	if version >= s.Typed.Carried { // nobody has saved a cell that there is not
		if err := s.strange(typed.Cells).Check("没有保存：请先改正标出的地方。"); err != nil {
			return s, err
		}
	}
	merged, err := s.merge(version, typed, was)
	if err != nil {
		return s, err
	}
	kept, err := s.keep(merged)
	if err != nil {
		return s, err
	}
	if err := s.locked(kept); err != nil {
		return s, err
	}
	s.Typed, s.UpdatedBy, s.UpdatedAt = kept, by.Name, tx.Now
	return s, update(tx, &s)
}

// Return sends the submission back with a reason: the leader before signing, the office before accepting.
func Return(tx *db.Tx, by auth.User, id string, version int64, reason string) (Submission, error) {
	s, st, _, err := take(tx, by, id, VerbReturn)
	if err != nil {
		return s, err
	}
	if err := s.unchanged(version); err != nil {
		return s, err
	}
	if s.ReturnReason = strings.TrimSpace(reason); s.ReturnReason == "" || !short(reason) {
		return s, errs.Fields{"reason": {Key: "请写明退回的原因，600字以内，填报人才知道改什么。"}}.
			Check("没有退回：请写明原因。")
	}
	v, err := latest(tx, s.ID)
	if err != nil {
		return s, err
	}
	return s, move(tx, by, &s, st, v, map[string]string{"reason": s.ReturnReason})
}

// Amend opens what was accepted, or imported, for a new version. Its facts stay live until the new one is accepted.
func Amend(tx *db.Tx, by auth.User, id string, version int64, reason string) (Submission, error) {
	s, st, _, err := take(tx, by, id, VerbAmend)
	if err != nil {
		return s, err
	}
	if err := s.unchanged(version); err != nil {
		return s, err
	}
	if s.AmendReason = strings.TrimSpace(reason); s.AmendReason == "" || !short(reason) {
		return s, errs.Fields{"reason": {Key: "请写明修订的原因，600字以内，它会写进新版本的签字文本。"}}.
			Check("没有修订：请写明原因。")
	}
	s.ReturnReason = ""
	return s, move(tx, by, &s, st, Version{}, map[string]string{"reason": s.AmendReason})
}

func (s Submission) unchanged(version int64) error {
	if s.Version != version {
		return errs.Conflictf("这份报表刚刚被%s办理过。请刷新页面，核对后再操作。", s.UpdatedBy)
	}
	return nil
}

// short says whether a reason is one, and not a book.
func short(reason string) bool { return utf8.RuneCountInString(reason) <= 600 }

// Accept makes what both signed count: the office has checked it. Text, digests, signatures and certificates are
// verified once more, and the facts come from the signed text alone. Run it under db.UpdateAlone. issuer is the
// installation's key.
func Accept(tx *db.Tx, by auth.User, id string, version int64, issuer sign.PublicKey) (Submission, error) {
	return AcceptVerified(tx, by, id, version, issuer, Verified{})
}

// AcceptVerified is Accept with what VerifyAhead found: it counts only if text, digest, signatures, keys and
// certificates are, in this transaction, letter by letter those that were verified, by the same key.
func AcceptVerified(tx *db.Tx, by auth.User, id string, version int64, issuer sign.PublicKey,
	ahead Verified) (Submission, error) {
	s, st, post, err := take(tx, by, id, VerbAccept)
	if err != nil {
		return s, err
	}
	if err := s.unchanged(version); err != nil {
		return s, err
	}
	frozen, err := latestStored(tx, s.ID)
	if err != nil {
		return s, err
	}
	if err := life.Independent(st, by, post, deeds(frozen.bare(), frozen.version.Scans)); err != nil {
		return s, err
	}
	verified, err := ahead.of(frozen, issuer)
	if err != nil {
		return s, err
	}
	v := verified.version
	if err := s.agrees(v, verified.content); err != nil {
		return s, err
	}
	if err := apply(tx, s, v, verified.content); err != nil {
		return s, err
	}
	if err := setAccepted(tx, v.ID); err != nil {
		return s, err
	}
	s.AcceptedID, s.AmendReason, s.ReturnReason = v.ID, "", ""
	detail := map[string]string{}
	if s.Late {
		detail["late"] = "true"
	}
	return s, move(tx, by, &s, st, v, detail)
}

// agrees refuses a version whose text, which says c, is not this submission's, or not the draft as it was frozen.
func (s Submission) agrees(v Version, c Content) error {
	same := c.Submission == s.ID && c.Form.Code == s.Form.Code && c.Unit.Code == s.Unit.Code &&
		c.Area.Code == s.Area.Code &&
		c.Period == s.Period.String() && c.Version == strconv.FormatInt(v.Number, 10) &&
		!differ(s.Form, s.Typed.Cells, c.Typed().Cells) && maps.Equal(s.Typed.Counted, c.Typed().Counted)
	if !same {
		return signed.Failed([]signed.Assertion{{Words: say.New("签字文本与填报内容一致")}})
	}
	return nil
}

// apply writes the facts of a version's text.
func apply(tx *db.Tx, s Submission, v Version, c Content) error {
	change, err := s.says(v, c)
	if err != nil {
		return err
	}
	return fact.Apply(tx, change)
}

// says is the change that a version, whose text says c, makes to the facts.
func (s Submission) says(v Version, c Content) (fact.Change, error) {
	cells, err := dictionaryOf(s.Form).facts(c)
	change := fact.Change{Area: s.Area, Period: s.Period, FormID: s.Form.ID, Version: v.ID,
		Grade: v.grade(), Cells: cells}
	for _, row := range s.Form.Rows {
		change.Elements = append(change.Elements, row.Of.ID)
	}
	return change, err
}

// change is says for a stored version.
func (s Submission) change(v Version) (fact.Change, error) {
	c, err := ParseContent(v.Text)
	if err != nil {
		return fact.Change{}, err
	}
	return s.says(v, c)
}

// grade is how far the facts of the version can be trusted.
func (v Version) grade() (g fact.Grade) {
	if v.Origin == Simulated {
		g |= fact.Simulated
	}
	switch {
	case v.Source != "":
		g |= fact.Unsigned
	case v.OnPaper():
		g |= fact.Paper
	}
	return g
}
