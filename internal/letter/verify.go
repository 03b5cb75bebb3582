package letter

// Letters held against the journal, step by step through the state table: rows, frozen texts, numbers, signatures and
// receipts. It mends nothing.

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// Verify names everything of letters that does not fit the journal, the signatures or the signers' keys.
func Verify(tx *db.Tx, issuer sign.PublicKey) ([]journal.Finding, error) {
	a := audit{tx: tx, issuer: issuer, given: map[series][]int64{}}
	known, err := begun(tx)
	if err != nil {
		return nil, err
	}
	for after := ""; ; {
		some, err := page(tx, after, 200)
		if err != nil {
			return a.findings, err
		}
		for _, l := range some {
			delete(known, l.Object())
			if err := a.letter(l); err != nil {
				return a.findings, err
			}
			after = l.ID
		}
		if len(some) == 0 {
			break
		}
	}
	for _, object := range slices.Sorted(maps.Keys(known)) {
		a.found(object, journal.Finding{Code: "letter.gone", Table: "letters"})
	}
	a.numbers()
	return a.findings, a.marks()
}

type audit struct {
	tx       *db.Tx
	issuer   sign.PublicKey
	given    map[series][]int64
	findings []journal.Finding
}

func (a *audit) found(object string, f journal.Finding) {
	f.Object = object
	a.findings = append(a.findings, f)
}

// replay is where the journal leaves one letter.
type replay struct {
	Letter
	digests  map[int64]string // of frozen texts, by edition
	dated    map[int64]string
	issuedAt map[int64]time.Time
	signs    map[string]journal.Entry // by edition, role and unit
	receipts map[string]journal.Entry // by edition and unit
	dues     map[int64]string
	holders  map[string]string // by edition and unit, where another unit took over
	draft    string            // digest
}

func (a *audit) letter(l Letter) error {
	entries, err := journal.Of(a.tx, l.Object())
	if err != nil {
		return err
	}
	versions, err := Versions(a.tx, l.ID)
	if err != nil {
		return err
	}
	r := replay{digests: map[int64]string{}, dated: map[int64]string{}, issuedAt: map[int64]time.Time{},
		signs: map[string]journal.Entry{}, receipts: map[string]journal.Entry{}, dues: map[int64]string{},
		holders: map[string]string{}}
	texts := map[int64]Content{}
	for _, v := range versions {
		c, err := v.Content()
		if err != nil {
			a.found(l.Object(), journal.Finding{Code: "letter.row", Table: "letter_versions", Column: "text",
				Expected: v.Digest, Actual: err.Error()})
			continue
		}
		texts[v.Edition] = c
	}
	r.Letter = Letter{ID: l.ID, Edition: 1}
	state, whole := life.Replay(entries, func(e journal.Entry, st flow.Step, ok bool) string {
		if !journal.Made(a.tx, e) {
			a.found(l.Object(), journal.Finding{Code: "journal.mac", Table: "journal", Column: "mac",
				Actual: entryName(e)})
		}
		if !ok {
			a.found(l.Object(), journal.Finding{Code: "letter.order", Table: "journal", Expected: string(st.From),
				Actual: entryName(e)})
			return ""
		}
		return r.step(e, st, texts)
	})
	if !whole {
		return nil
	}
	r.State, r.Entries = State(state), int64(len(entries))
	return a.compare(l, r, versions, texts)
}

func entryName(e journal.Entry) string { return fmt.Sprintf("#%d %s", e.ObjectSeq, e.Verb) }

func number(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64) // what is no number differs from the row
	return n
}

func at(edition int64, rest ...string) string { return fmt.Sprint(edition, rest) }

// step takes one entry and says in which state it leaves the letter where the table leaves that open.
func (r *replay) step(e journal.Entry, st flow.Step, texts map[int64]Content) (landed string) {
	d := e.Detail
	r.UpdatedAt, r.UpdatedBy = e.At, e.Actor
	switch e.Verb {
	case VerbDraft:
		r.draft, r.Unit, r.AreaPath, r.CreatedAt = d["digest"], d["unit"], d["area"], e.At
		r.Drafter, r.Writers = e.Actor, []string{e.ActorID}
	case VerbEdit:
		if r.draft = d["digest"]; !slices.Contains(r.Writers, e.ActorID) {
			r.Writers = append(r.Writers, e.ActorID)
		}
	case VerbCheck:
		r.Note, r.digests[r.Edition] = "", d["digest"]
	case VerbCountersign, VerbSign, VerbEnterCountersign, VerbEnterSign:
		role := st.Who
		if e.Verb == VerbEnterCountersign {
			role = Countersigner
		} else if e.Verb == VerbEnterSign {
			role = Signer
		}
		r.signs[at(r.Edition, role, d["code"])] = e
		if role == Signer {
			r.dated[r.Edition] = d["dated"]
		}
		if len(r.signed(r.Edition)) < len(texts[r.Edition].Countersigners) {
			return string(StateChecked)
		}
		return string(StateCountersigned)
	case VerbIssue:
		r.InForce, r.Received, r.ReceiptDue, r.Number = r.Edition, 0, d["due"], d["number"]
		r.number = numbering{d["mark"], number(d["year"]), number(d["seq"])}
		r.issuedAt[r.Edition], r.dues[r.Edition] = e.At, d["due"]
		r.Addressed = int64(len(texts[r.Edition].Main) + len(texts[r.Edition].Copies))
	case VerbReceive, VerbRecord:
		r.Received++
		r.receipts[at(number(d["version"]), d["code"])] = e
	case VerbHand:
		for _, unit := range strings.Fields(d["units"]) {
			r.holders[at(number(d["version"]), unit)] = d["to"]
		}
	case VerbReturn, VerbDrop:
		r.melt()
		if r.Note = d["reason"]; e.Verb == VerbDrop {
			c := texts[r.InForce]
			r.Edition, r.Note, r.Reason, r.Drafter, r.Writers = r.InForce, "", c.Reason, c.DraftedBy, nil
			_, r.draft, _ = c.drafted().text()
		}
	case VerbReplace:
		r.Edition, r.Reason, r.Note = r.Edition+1, d["reason"], ""
		r.Drafter, r.Writers = e.Actor, []string{e.ActorID}
	case VerbWithdraw:
		r.Note = d["reason"]
	}
	return ""
}

// melt forgets what was frozen and signed of the edition that is being written.
func (r *replay) melt() {
	delete(r.digests, r.Edition)
	delete(r.dated, r.Edition)
	for _, key := range r.signed(r.Edition) {
		delete(r.signs, key)
	}
}

// signed are the keys of the signatures under an edition.
func (r *replay) signed(edition int64) (keys []string) {
	for key, e := range r.signs {
		if number(e.Detail["version"]) == edition {
			keys = append(keys, key)
		}
	}
	return keys
}

// compare holds the rows against where the journal leaves the letter.
func (a *audit) compare(l Letter, r replay, versions []Version, texts map[int64]Content) error {
	differs := func(table, column, expected, actual string) {
		if expected != actual {
			a.found(l.Object(), journal.Finding{Code: "letter.row", Table: table, Column: column, Expected: expected,
				Actual: actual})
		}
	}
	_, draft, err := l.drafted().text()
	if err != nil {
		return err
	}
	writers := func(ids []string) string {
		text, _ := json.Marshal(append([]string{}, ids...)) // texts always marshal
		return string(text)
	}
	for _, c := range []struct{ column, expected, actual string }{
		{"state", string(r.State), string(l.State)}, {"draft", r.draft, draft}, {"unit", r.Unit, l.Unit},
		{"area_path", r.AreaPath, l.AreaPath},
		{"edition", fmt.Sprint(r.Edition), fmt.Sprint(l.Edition)},
		{"in_force", fmt.Sprint(r.InForce), fmt.Sprint(l.InForce)}, {"reason", r.Reason, l.Reason},
		{"note", r.Note, l.Note}, {"seq", r.number.String(), l.number.String()},
		{"addressed", fmt.Sprint(r.Addressed), fmt.Sprint(l.Addressed)},
		{"received", fmt.Sprint(r.Received), fmt.Sprint(l.Received)}, {"receipt_due", r.ReceiptDue, l.ReceiptDue},
		{"drafter", r.Drafter, l.Drafter}, {"writers", writers(r.Writers), writers(l.Writers)},
		{"entries", fmt.Sprint(r.Entries), fmt.Sprint(l.Entries)},
		{"created_at", stamp(r.CreatedAt), stamp(l.CreatedAt)},
		{"updated_at", stamp(r.UpdatedAt), stamp(l.UpdatedAt)}, {"updated_by", r.UpdatedBy, l.UpdatedBy},
	} {
		differs("letters", c.column, c.expected, c.actual)
	}
	if err := copies(a.tx, l, func(column, expected, actual string) {
		differs("letters", column, expected, actual)
	}); err != nil {
		return err
	}
	if l.number.Seq > 0 {
		key := series{l.number.Mark, l.number.Year}
		a.given[key] = append(a.given[key], l.number.Seq)
	}
	for _, v := range versions {
		differs("letter_versions", "digest", r.digests[v.Edition], v.Digest)
		differs("letter_versions", "text", v.Digest, sign.Digest([]byte(v.Text)))
		differs("letter_versions", "dated_on", r.dated[v.Edition], v.DatedOn)
		differs("letter_versions", "issued_at", stamp(r.issuedAt[v.Edition]), stamp(v.IssuedAt))
		delete(r.digests, v.Edition)
		if err := a.signatures(l, r, v, texts[v.Edition], differs); err != nil {
			return err
		}
		if !v.IssuedAt.IsZero() {
			if err := a.receipts(l, r, v.Edition, texts[v.Edition], differs); err != nil {
				return err
			}
		}
	}
	for edition, digest := range r.digests {
		differs("letter_versions", "edition", fmt.Sprintf("%d %s", edition, digest), "")
	}
	for key := range r.signs {
		differs("letter_signatures", "unit", key, "")
	}
	for key := range r.receipts {
		differs("letter_receipts", "unit", key, "")
	}
	return nil
}

func stamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}

// signatures holds those under a version against the journal, the text and the keys.
func (a *audit) signatures(l Letter, r replay, v Version, c Content,
	differs func(table, column, expected, actual string)) error {
	rows, err := signaturesOf(a.tx, l.ID, v.Edition)
	if err != nil {
		return err
	}
	var awaited []string
	for _, g := range rows {
		if g.Role == Countersigner {
			awaited = append(awaited, g.Unit)
		}
		e := r.signs[at(v.Edition, g.Role, g.Unit)]
		delete(r.signs, at(v.Edition, g.Role, g.Unit))
		name := g.Role + " " + g.Unit
		differs("letter_signatures", name+" at", stamp(e.At), stamp(g.At))
		want := signedBy(e)
		differs("letter_signatures", name+" person", want.PersonID+" "+want.Person, g.PersonID+" "+g.Person)
		differs("letter_signatures", name+" post", want.Post, g.Post)
		differs("letter_signatures", name+" key_id", want.KeyID, g.KeyID)
		differs("letter_signatures", name+" recorded_by", want.RecordedBy, g.RecordedBy)
		differs("letter_signatures", name+" scan", want.Scan, g.Scan)
		if want.OnPaper() {
			differs("letter_signatures", name+" digest", v.Digest, g.Digest)
			differs("letter_signatures", name+" signature", "", g.Value)
		} else if !g.At.IsZero() && !g.Holds(v.Frozen, a.issuer) {
			a.found(l.Object(), journal.Finding{Code: "letter.signature", Table: "letter_signatures",
				Column: "signature", Actual: g.Person})
		}
	}
	asked := codes(c.Countersigners)
	slices.Sort(asked)
	differs("letter_signatures", "unit", fmt.Sprint(asked), fmt.Sprint(awaited))
	return nil
}

// signedBy is a signature as an entry of the journal tells of it, but for its value.
func signedBy(e journal.Entry) (g Signature) {
	g.PersonID, g.Person, g.Post, g.KeyID = e.ActorID, e.Actor, e.Detail["post"], e.Detail["key"]
	if e.Verb == VerbEnterCountersign || e.Verb == VerbEnterSign {
		g.PersonID, g.Person, g.Post, g.KeyID = "", e.Detail["person"], e.Detail["as"], ""
		g.RecordedBy, g.Scan = e.Actor, e.Detail["scan"]
	}
	return g
}

// receipts holds those of an edition against the journal and against whom the text is addressed to.
func (a *audit) receipts(l Letter, r replay, edition int64, c Content,
	differs func(table, column, expected, actual string)) error {
	rows, err := Receipts(a.tx, l.ID, edition)
	if err != nil {
		return err
	}
	place := map[string]string{}
	for _, n := range c.Main {
		place[n.Code] = "main"
	}
	for _, n := range c.Copies {
		place[n.Code] = "copy"
	}
	for _, got := range rows {
		key := at(edition, got.Unit)
		e, had := r.receipts[key]
		delete(r.receipts, key)
		differs("letter_receipts", got.Unit+" place", place[got.Unit], got.Place)
		differs("letter_receipts", got.Unit+" holder", cmp.Or(r.holders[key], got.Unit), got.Holder)
		differs("letter_receipts", got.Unit+" due_on", r.dues[edition], got.DueOn)
		delete(place, got.Unit)
		want := Receipt{}
		if had {
			want = Receipt{Channel: BySystem, PersonID: e.ActorID, Person: e.Actor, Post: e.Detail["post"],
				ReceivedOn: e.At.In(db.China).Format(time.DateOnly), At: e.At}
			if e.Verb == VerbRecord {
				want = Receipt{Channel: OnPaper, Person: e.Detail["person"], ReceivedOn: e.Detail["on"], At: e.At,
					RecordedBy: e.Actor, Scan: e.Detail["scan"]}
			}
		}
		differs("letter_receipts", got.Unit, want.words(), got.words())
	}
	for unit := range place {
		differs("letter_receipts", "unit", unit, "")
	}
	return nil
}

// words are all that a receipt says.
func (r Receipt) words() string {
	return fmt.Sprint(r.Channel, " ", r.PersonID, " ", r.Person, " ", r.Post, " ", r.ReceivedOn, " ", r.RecordedBy, " ",
		r.Scan, " ", stamp(r.At))
}
