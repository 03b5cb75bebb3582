package journal

// Verifying walks the whole chain and writes nothing. What the words of a finding are: findings.go.

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/sign"
)

// Known is what somebody outside holds of the journal: a receipt's head, a checkpoint. From names it for people.
type Known struct {
	Head
	From string
	// Checkpoint says that it is one that its holder's file proves to be signed.
	Checkpoint bool
	entries    []Held   // of a witness, by seq
	first      *Finding // where the journal first differs from entries
}

// Report is what Verify found and what it saw.
type Report struct {
	Findings    []Finding
	Head        Head
	Entries     int64
	Checkpoints int
	Unmarked    int64 // entries whose MAC could not be checked, for want of the key
}

func (r *Report) found(f Finding) { r.Findings = append(r.Findings, f) }

// Verify walks the whole chain: links, MACs, checkpoints and what others hold. Without the MAC key it checks all that
// the public key can. Memory is constant but for the checkpoints; time grows with the entries.
func Verify(tx *db.Tx, known []Known) (Report, error) {
	keys, _ := tx.Carried().(Keys)
	w := walk{keys: keys, signed: map[int64][]Known{}}
	if err := w.loadCheckpoints(tx, 0); err != nil {
		return w.Report, err
	}
	for _, k := range known {
		if k.Seq > 0 {
			w.signed[k.Seq] = append(w.signed[k.Seq], k)
			w.witnesses = append(w.witnesses, k)
		}
	}
	if err := each(tx, w.entry); err != nil {
		return w.Report, err
	}
	err := w.end(tx, nil)
	return w.Report, err
}

// end says what the walk did not meet; of some objects only, where it was a walk over what is new.
func (w *walk) end(tx *db.Tx, some []string) error {
	stored, err := LastSealed(tx)
	if err != nil {
		return err
	}
	if stored != w.Head {
		w.found(Finding{Code: "journal.head", Table: "seal_head", Column: "seq",
			Expected: stored.String(), Actual: w.Head.String()})
	}
	for _, seq := range slices.Sorted(maps.Keys(w.signed)) { // what is left was not met on the walk
		w.contradicted(w.signed[seq], Head{seq, ""})
	}
	objects, err := brokenObjects(tx, some)
	for _, object := range objects {
		w.found(Finding{Code: "journal.gap", Table: "journal", Object: object, Column: "object_seq"})
	}
	return err
}

// walk is one pass over the chain.
type walk struct {
	Report
	keys      Keys
	signed    map[int64][]Known // by seq: what checkpoints and outsiders say
	witnesses []Known
	before    time.Time // of the newest entry so far
	baseline  int64     // entries up to here may have no MAC
	broken    bool      // after a break every later link would differ too: one finding is enough
}

// loadCheckpoints reads those after an entry; 0: all.
func (w *walk) loadCheckpoints(tx *db.Tx, after int64) error {
	all, err := checkpoints(tx, after)
	if err != nil {
		return err
	}
	w.Checkpoints, w.baseline = len(all), -1
	for _, s := range all {
		c, err := parseStored(s)
		at := strconv.FormatInt(s.seq, 10)
		switch {
		case err != nil || c.Head().Seq != s.seq || !c.At.Equal(s.at) || c.Baseline != s.baseline:
			w.found(Finding{Code: "checkpoint.signature", Table: "checkpoints", Object: "checkpoint/" + at,
				Column: "text"})
			continue
		case w.keys.Public != "" && c.PublicKey != w.keys.Public:
			w.found(Finding{Code: "checkpoint.issuer", Table: "checkpoints", Object: "checkpoint/" + at, Column: "text",
				Expected: sign.Fingerprint(w.keys.Public), Actual: c.Installation})
			continue
		}
		if c.Baseline && w.baseline < 0 {
			w.baseline = s.seq
		}
		if s.seq > 0 {
			w.signed[s.seq] = append(w.signed[s.seq], Known{Head: c.Head()})
		}
	}
	head, err := LastSealed(tx)
	if err != nil {
		return err
	}
	last := after
	if len(all) > 0 {
		last = all[len(all)-1].seq
	}
	if w.baseline < 0 && after == 0 {
		w.found(Finding{Code: "checkpoint.baseline", Table: "checkpoints"})
	} else if last != head.Seq {
		w.found(Finding{Code: "checkpoint.behind", Table: "checkpoints", Column: "seq",
			Expected: strconv.FormatInt(head.Seq, 10), Actual: strconv.FormatInt(last, 10)})
	}
	return nil
}

func (w *walk) entry(e Entry) error {
	w.Entries++
	name := fmt.Sprintf("%s#%d %s", e.Object, e.ObjectSeq, e.Verb)
	w.mac(e, name)
	if e.Seq == 0 {
		return nil
	}
	switch {
	case w.broken:
	case e.Seq != w.Head.Seq+1:
		w.found(Finding{Code: "journal.missing", Table: "journal", Object: e.Object, Column: "seq",
			Expected: strconv.FormatInt(w.Head.Seq+1, 10), Actual: strconv.FormatInt(e.Seq, 10)})
		w.broken = true
	case link(w.Head.Hash, e.Seq, e) != e.Hash:
		w.found(Finding{Code: "journal.link", Table: "journal", Object: e.Object, Column: "hash",
			Expected: strconv.FormatInt(e.Seq, 10), Actual: name})
		w.broken = true
	}
	w.Head = Head{e.Seq, e.Hash}
	w.differs(e)
	w.clock(e, name)
	w.contradicted(w.signed[e.Seq], w.Head)
	delete(w.signed, e.Seq)
	return nil
}

// mac holds an entry against its MAC. One that is not sealed is waiting for the sealer if it is right.
func (w *walk) mac(e Entry, name string) {
	f := Finding{Code: "journal.mac", Table: "journal", Object: e.Object, Column: "mac", Actual: name}
	switch {
	case e.mac == "" && e.Seq > 0 && e.Seq <= w.baseline:
	case e.mac == "":
		f.Code = "journal.unmarked"
		w.found(f)
	case len(w.keys.MAC) == 0:
		w.Unmarked++
	case !w.keys.made(e):
		w.found(f)
	}
}

// contradicted names what is held of a link and is not so. An empty From: our own checkpoint says it.
func (w *walk) contradicted(held []Known, now Head) {
	for _, k := range held {
		if k.Hash == now.Hash {
			continue
		}
		f := Finding{Code: "checkpoint.head", Table: "checkpoints", Object: fmt.Sprintf("checkpoint/%d", k.Seq),
			Column: "text", Expected: k.Head.String(), Actual: now.String()}
		if k.From != "" {
			f.Code, f.Table, f.Object, f.Column = "journal.known", "journal", k.From, "hash"
		}
		if first, named := w.firstOf(k); named {
			f = first
		}
		w.found(f)
	}
}

// slack is how far apart transactions that run together may be dated; more is a clock that went back.
const slack = 2 * time.Minute

// clock names an entry that is dated before one that was committed before it, unless the program set another clock.
func (w *walk) clock(e Entry, name string) {
	if e.Verb == VerbClock {
		w.before = e.At
	}
	if e.At.Before(w.before.Add(-slack)) {
		w.found(Finding{Code: "journal.clock", Table: "journal", Object: e.Object, Column: "at",
			Expected: w.before.Format(time.RFC3339), Actual: e.At.Format(time.RFC3339) + " " + name})
	}
	if e.At.After(w.before) {
		w.before = e.At
	}
}

// String is how a head stands in a finding.
func (h Head) String() string { return fmt.Sprintf("%d %s", h.Seq, h.Hash) }

// Newest is the signed checkpoint of the sealed head.
func Newest(tx *db.Tx) (Checkpoint, error) {
	s, err := newest(tx)
	if errs.KindOf(err) == errs.Missing {
		return Checkpoint{}, errs.Missingf("还没有签过检查点。请先运行一次 yipanqi serve。")
	}
	if err != nil {
		return Checkpoint{}, err
	}
	return parseStored(s)
}
