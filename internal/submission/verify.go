package submission

// The audit of all submissions: texts, signatures, states, journal and live facts against each other. It mends nothing.

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
)

// audit holds submissions, versions, signatures, journal and facts against each other.
type audit struct {
	tx       *db.Tx
	issuer   sign.PublicKey
	codes    dictionary
	forms    knownForms
	findings []journal.Finding
}

// Verify names everything that does not fit: a version's text against its digest and signatures, each state against its
// journal entries, the live facts against the signed text. It holds one submission at a time in memory; time grows with
// the submissions and the facts.
func Verify(tx *db.Tx, issuer sign.PublicKey) ([]journal.Finding, error) {
	known, err := form.LoadKnown(tx)
	if err != nil {
		return nil, err
	}
	a := audit{tx: tx, issuer: issuer, codes: knowing(known),
		forms: newKnownForms(tx)}
	due := owed{a: &a, of: map[string]map[string]owing{}, counts: map[fact.Expectation]int{}}
	fresh, only := journal.FreshOf(tx, "submission")
	next := func(after string) (batch []Submission, err error) {
		if !only {
			return page(tx, after, 100)
		}
		for len(batch) == 0 && len(fresh) > 0 && err == nil {
			n := min(100, len(fresh))
			batch, err = some(tx, fresh[:n])
			a.gone(fresh[:n], batch)
			fresh = fresh[n:]
		}
		return batch, err
	}
	after := ""
	err = inTurn(func() ([]*dossier, bool, error) {
		batch, err := next(after)
		if err != nil {
			return nil, false, err
		}
		for i := range batch {
			// What is not there any more has a finding of its own among the definitions.
			if err := batch[i].name(tx); err != nil && errs.KindOf(err) != errs.Missing {
				return nil, false, err
			}
			after = batch[i].ID
		}
		dossiers, err := dossiersOf(tx, batch)
		for _, d := range dossiers {
			err = cmp.Or(err, d.parse())
		}
		return dossiers, len(batch) > 0, err
	}, func(d *dossier) {
		for i := range d.examined {
			if tx.Context.Err() == nil {
				d.examined[i].examine(a.codes, issuer)
			}
		}
	}, func(d *dossier) error {
		if err := tx.Context.Err(); err != nil { // then not all of it was examined
			return err
		}
		if err := a.submission(d); err != nil {
			return err
		}
		return due.see(d.Submission)
	})
	if err != nil || only { // what is owed, and what stands nowhere else, is asked of all reports together
		return a.findings, err
	}
	err = errors.Join(due.end(), a.strays(), a.copies())
	return a.findings, err
}

// gone names those of which the journal tells and which are not there.
func (a *audit) gone(ids []string, there []Submission) {
	for _, id := range ids {
		if s := (Submission{ID: id}); !slices.ContainsFunc(there, func(one Submission) bool { return one.ID == id }) {
			a.found(s, journal.Finding{Code: "row.journal", Table: "submissions", Expected: s.Object()})
		}
	}
}

// found names what does not fit in a submission; words of its code: journal/findings.csv.
func (a *audit) found(s Submission, f journal.Finding) {
	f.Object = s.Object() + f.Object
	a.findings = append(a.findings, f)
}

// of is how a version stands in a finding's object.
func of(version int64) string { return "/v" + strconv.FormatInt(version, 10) }

func (a *audit) submission(d *dossier) error {
	s := d.Submission
	versions := make([]Version, len(d.examined))
	for i, v := range d.examined {
		versions[i] = v.Version
	}
	live := replayOf(a.tx, s, d.entries, versions, func(f journal.Finding) { a.found(s, f) }).live
	for i, v := range d.examined {
		if err := a.version(s, v); err != nil {
			return err
		}
		if s.frozenAs(versions, i) && (v.unread != nil || !maps.Equal(v.content.Typed().Cells, s.Typed.Cells)) {
			a.found(s, journal.Finding{Code: "submission.draft", Table: "submissions", Object: of(v.Number),
				Column: "draft"})
		}
	}
	for _, v := range d.examined {
		if v.ID == live.ID && live.ID == s.AcceptedID {
			a.facts(d, v)
		}
	}
	return nil
}

// signingSlack is how far apart two steps may be dated that ran at the same time.
const signingSlack = 5 * time.Second

// backdated says whether a signature is dated before the one that it follows.
func (v Version) backdated(s signed.Signature) bool {
	at := slices.IndexFunc(v.Signatures, func(g signed.Signature) bool { return g.Role == s.Role })
	return at > 0 && s.At.Before(v.Signatures[at-1].At.Add(-signingSlack))
}

// entryName is how a journal entry stands in a finding.
func entryName(e journal.Entry) string { return fmt.Sprintf("#%d %s", e.ObjectSeq, e.Verb) }

// cellName is how a fact stands in a finding: element, sex, value.
func cellName(c fact.Cell) string {
	if c.Category != 0 {
		return fmt.Sprintf("数据项%d、性别%d、分类%d的值是%d", c.Element, c.Sex, c.Category, c.Value)
	}
	return fmt.Sprintf("数据项%d、性别%d的值是%d", c.Element, c.Sex, c.Value)
}

// frozenAs says whether the submission is, cell by cell, what the version of place i says: the newest on its way to
// be accepted, else the accepted one; later ones were dropped.
func (s Submission) frozenAs(versions []Version, i int) bool {
	switch s.State {
	case Accepted, Historical:
		return versions[i].ID == s.AcceptedID
	case Prepared, Seconded, Printed, Scanned, Signed:
		return i == len(versions)-1
	}
	return false
}

func (v Version) signedAs(part string, e journal.Entry) bool {
	for _, g := range v.Signatures {
		if g.Role == part {
			return g.Kind == "" && g.PersonID == e.ActorID && g.Person == e.Actor && g.Post == e.Detail["post"] &&
				g.Unit == e.Detail["unit"] &&
				g.KeyID == e.Detail["key"] && g.At.Equal(e.At)
		}
	}
	return false
}

// inked says whether the signature in ink at a place is the one that the scan shows, from its confirmation on.
func (v Version) inked(role string, who Inked, on Scan, e journal.Entry) bool {
	return slices.ContainsFunc(v.Signatures, func(g signed.Signature) bool {
		return g.Role == role && g.OnPaper() && g.PersonID == who.ID && g.Person == who.Name && g.Post == who.Post &&
			g.Unit == on.Unit && g.At.Equal(e.At)
	})
}

func (a *audit) version(s Submission, v examined) error {
	for _, checks := range v.signatures {
		for i, c := range checks { // the signature, then whose key it is
			if !c.OK {
				table := []string{"signatures", "signing_keys"}[min(i, 1)]
				a.found(s, journal.Finding{Code: "version.check", Table: table, Object: of(v.Number),
					Expected: c.Words.String()})
			}
		}
	}
	checks := v.text
	if !v.AcceptedAt.IsZero() && v.Source == "" {
		checks = append(checks, v.apart())
	}
	if v.unread == nil {
		about, err := aboutText(a.tx, &a.forms, s, v.Version, v.content)
		if err != nil {
			return err
		}
		checks = append(checks, about...)
	}
	for _, c := range checks {
		if !c.OK {
			a.found(s, journal.Finding{Code: "version.check", Table: "versions", Object: of(v.Number),
				Expected: c.Words.String()})
		}
	}
	return nil
}

// facts compares the live facts of the submission's area and period with what the accepted text says.
func (a *audit) facts(d *dossier, v examined) {
	s := d.Submission
	switch {
	case v.unread != nil:
		a.found(s, journal.Finding{Code: "version.text", Table: "versions", Object: of(v.Number), Column: "text"})
		return
	case v.uncounted != nil:
		a.found(s, journal.Finding{Code: "version.number", Table: "versions", Object: of(v.Number), Column: "text"})
		return
	}
	want := map[fact.Cell]bool{}
	for _, cell := range v.cells {
		want[cell] = true
	}
	for _, row := range d.facts {
		if !want[row.Cell] || row.Grade != v.grade() {
			a.found(s, journal.Finding{Code: "fact.differs", Table: "facts", Object: of(v.Number),
				Actual: cellName(row.Cell)})
		}
		delete(want, row.Cell)
	}
	for cell := range want {
		a.found(s, journal.Finding{Code: "fact.missing", Table: "facts", Object: of(v.Number),
			Expected: cellName(cell)})
	}
}

// strays are facts that no accepted version of their area and period vouches for.
func (a *audit) strays() error {
	return strays(a.tx, func(area, period, version int64) error {
		a.findings = append(a.findings, journal.Finding{Code: "fact.stray", Table: "facts", Column: "version_id",
			Object: fmt.Sprintf("area/%d/%d", area, period), Actual: strconv.FormatInt(version, 10)})
		return nil
	})
}

// copies are the columns that only repeat what stands with the form and the area, for the indexes of lists.
func (a *audit) copies() error {
	return copies(a.tx, func(id, table, column, expected, actual string) {
		code := map[string]string{"submissions": "submission.copy", "versions": "version.copy"}[table]
		a.found(Submission{ID: id}, journal.Finding{Code: code, Table: table, Column: column, Expected: expected,
			Actual: actual})
	})
}

// aboutText hold what the text says it is against the row that it belongs to, and the form it names against the forms
// that there were.
func aboutText(tx *db.Tx, forms *knownForms, s Submission, v Version, c Content) ([]signed.Assertion, error) {
	known, err := forms.knows(s.Form, c.Form.Digest)
	if err != nil {
		return nil, err
	}
	if c.Unit.Code != s.Unit.Code { // signed by the unit before the one that has it now
		before, err := askedOf(tx, s, c.Unit.Code)
		if err != nil {
			return nil, err
		}
		if before {
			s.Unit.Code = c.Unit.Code
		}
	}
	return []signed.Assertion{{Words: say.New("签字文本所依的报表定义登记在案"), OK: known},
		{Words: say.New("签字文本说的就是这份报表的这一版"), OK: c.isOf(s, v)}}, err
}

// historyCheck is whether the journal tells the same of the submission as its rows: that this version is the one in
// force, who signed when, and that nothing was left out.
func historyCheck(tx *db.Tx, s Submission) (signed.Assertion, error) {
	c := signed.Assertion{Words: say.New("状态、生效版本、签名人和时间都与存证日志一致"), OK: true}
	entries, err := journal.Of(tx, s.Object())
	if err != nil {
		return c, err
	}
	versions, err := Versions(tx, s.ID)
	if err != nil {
		return c, err
	}
	replayOf(tx, s, entries, versions, func(journal.Finding) { c.OK = false })
	return c, nil
}
