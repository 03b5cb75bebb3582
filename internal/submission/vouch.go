package submission

// Reports behind a figure vouched for, many at once: read in a few statements, verified on all cores, and what is the
// same, byte for byte, as something that was verified before is not verified twice. Nothing is stored.

import (
	"runtime"
	"sync"

	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
)

// Vouched is a report and what of its accepted version was verified.
type Vouched struct {
	Submission                    // without what is typed, but for what registers counted
	Accepted   Version            // zero if nothing is accepted
	Checks     []signed.Assertion // all that its digest, signatures, journal and live facts must hold
	Cells      []fact.Cell        // as they count, if the text can be read
	Counted    []ContentCell      // those that registers counted
}

// Holds says whether all checks do, and which is the first that does not.
func (v Vouched) Holds() (failed signed.Assertion, ok bool) {
	for _, c := range v.Checks {
		if !c.OK {
			return c, false
		}
	}
	return signed.Assertion{}, true
}

// vouching is how many reports are read at once; as many are verified meanwhile.
const vouching = 50

// VouchAll verifies the accepted versions of submissions, in the order of ids, and visits each submission.
func VouchAll(tx *db.Tx, ids []string, issuer sign.PublicKey, visit func(Vouched) error) error {
	forms := newKnownForms(tx)
	return inTurn(func() ([]*dossier, bool, error) {
		some := ids[:min(vouching, len(ids))]
		ids = ids[len(some):]
		if err := tx.Context.Err(); err != nil {
			return nil, false, err
		}
		dossiers, err := readDossiers(tx, some)
		for _, e := range dossiers {
			e.key = e.keyOf(issuer, forms.keyOf(e.Form))
		}
		return dossiers, len(some) > 0, err
	}, func(d *dossier) { d.prove(issuer) }, func(d *dossier) error {
		v, err := d.vouch(tx, &forms)
		if err != nil {
			return err
		}
		return visit(v)
	})
}

// inTurn reads some until there are no more, has each worked on by all cores, and while they work reads the next; then
// each is told of, in the order in which they were read.
func inTurn[T any](read func() (some []T, more bool, err error), work func(T), tell func(T) error) error {
	for some, worked := []T(nil), func() {}; ; {
		next, more, err := read()
		worked()
		if err != nil {
			return err
		}
		var working sync.WaitGroup
		working.Go(func() { onAllCores(next, work) })
		for _, one := range some {
			if err == nil {
				err = tell(one)
			}
		}
		if some, worked = next, working.Wait; err != nil || !more {
			worked()
			return err
		}
	}
}

// Vouch verifies the version whose facts are live: its digest and signatures, that it is what its row and the journal
// say, and that the live facts are cell by cell what the text says.
func Vouch(tx *db.Tx, s Submission, issuer sign.PublicKey) (v Vouched, err error) {
	return v, VouchAll(tx, []string{s.ID}, issuer, func(one Vouched) error { v = one; return nil })
}

// dossier is all that is stored of one submission.
type dossier struct {
	Submission
	versions []stored
	entries  []journal.Entry
	facts    []counted

	key      fingerprint // of the accepted version with its signatures
	proven   proven
	examined []examined // all versions, for an audit
}

// examined is a version with what an audit verifies of it, whatever was verified before.
type examined struct {
	Version
	content    Content
	unread     error
	cells      []fact.Cell // as they count
	uncounted  error       // what keeps them from it
	text       []signed.Assertion
	signatures [][]signed.Assertion
}

// parse reads the certificates of all versions.
func (e *dossier) parse() error {
	for _, s := range e.versions {
		v, err := s.parsed()
		if err != nil {
			return err
		}
		e.examined = append(e.examined, examined{Version: v})
	}
	return nil
}

func (v *examined) examine(codes dictionary, issuer sign.PublicKey) {
	if v.content, v.unread = ParseContent(v.Text); v.unread == nil {
		v.cells, v.uncounted = codes.facts(v.content)
	}
	v.text = v.Frozen.Assertions()
	for _, g := range v.Signatures {
		v.signatures = append(v.signatures, g.Assertions(v.Frozen, issuer))
	}
}

func (e *dossier) accepted() (stored, bool) {
	for _, v := range e.versions {
		if v.version.ID == e.AcceptedID {
			return v, true
		}
	}
	return stored{}, false
}

// onAllCores has each of all done by one of as many workers as there are cores.
func onAllCores[T any](all []T, do func(T)) {
	next := make(chan T)
	var working sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(all)) {
		working.Go(func() {
			for one := range next {
				do(one)
			}
		})
	}
	for _, one := range all {
		next <- one
	}
	close(next)
	working.Wait()
}

// proven is what a version, its signatures and the form's codes came to: a function of their bytes alone.
type proven struct {
	checks       []signed.Assertion
	certificates []sign.Certificate
	content      Content // without its cells, but for those that registers counted
	cells        []fact.Cell
	unread       string // words of what could not be read
}

func (e *dossier) prove(issuer sign.PublicKey) {
	s, there := e.accepted()
	if !there {
		return
	}
	if p, known := verified.Get(e.key); known {
		e.proven = p
		return
	}
	p := proven{}
	v, err := s.parsed()
	if err != nil {
		e.proven.checks = []signed.Assertion{{Words: say.New("报表文本读得出来")}}
		return
	}
	for _, g := range v.Signatures {
		p.certificates = append(p.certificates, g.Certificate)
	}
	p.checks = v.Assertions(issuer)
	content, err := ParseContent(v.Text)
	if err != nil {
		p.checks = append(p.checks, signed.Assertion{Words: say.New("报表文本读得出来")})
		p.unread = "text"
	} else if p.cells, err = dictionaryOf(e.Form).facts(content); err != nil {
		p.checks = append(p.checks, signed.Assertion{Words: say.New("报表文本里的数都认得出来")})
		p.unread = "cells"
	}
	cells := content.Cells
	content.Cells, content.Notes, content.Evidence = nil, nil, nil
	for _, c := range cells {
		if c.Counted != nil {
			content.Cells = append(content.Cells, c)
		}
	}
	p.content = content
	if e.proven = p; signed.Failed(p.checks) == nil { // what does not hold is looked at again each time
		verified.Put(e.key, p)
	}
}

// vouch holds what was proven against rows, journal and facts.
func (e *dossier) vouch(tx *db.Tx, forms *knownForms) (Vouched, error) {
	v := Vouched{Submission: e.Submission}
	s, there := e.accepted()
	if e.AcceptedID == 0 {
		return v, nil
	}
	if !there {
		v.Checks = []signed.Assertion{{Words: say.New("报表文本读得出来")}}
		return v, nil
	}
	p := e.proven
	v.Accepted, v.Checks, v.Cells, v.Counted = s.version, append(v.Checks, p.checks...), p.cells, p.content.Cells
	for i, g := range s.signatures {
		signature := g.Signature
		if i < len(p.certificates) {
			signature.Certificate = p.certificates[i]
		}
		v.Accepted.Signatures = append(v.Accepted.Signatures, signature)
	}
	if p.unread != "" {
		return v, nil
	}
	about, err := aboutText(tx, forms, e.Submission, s.version, p.content)
	if err != nil {
		return v, err
	}
	v.Checks = append(append(v.Checks, about...),
		signed.Assertion{Words: say.New("计入合计的数与报表文本逐格一致"), OK: e.counts(p.cells, v.Accepted.grade())},
		e.history(tx))
	return v, nil
}

// counts says whether the live facts are cell by cell what the text says.
func (e *dossier) counts(cells []fact.Cell, grade fact.Grade) bool {
	said := make(map[fact.Cell]bool, len(cells))
	for _, cell := range cells {
		said[cell] = true
	}
	same := len(e.facts) == len(said)
	for _, row := range e.facts {
		same = same && said[row.Cell] && row.Grade == grade
	}
	return same
}

// history is whether the journal tells the same of the submission as its rows: that this version is the one in force,
// who signed when, and that nothing was left out.
func (e *dossier) history(tx *db.Tx) signed.Assertion {
	c := signed.Assertion{Words: say.New("状态、生效版本、签名人和时间都与存证日志一致"), OK: true}
	var versions []Version
	for _, s := range e.versions {
		v := s.version
		v.Signatures = s.bare()
		versions = append(versions, v)
	}
	replayOf(tx, e.Submission, e.entries, versions, func(journal.Finding) { c.OK = false })
	return c
}

// knownForms are the definitions that forms have had, asked once for many texts.
type knownForms struct {
	tx    *db.Tx
	known map[knownForm]bool
	keys  map[int64]string
}

type knownForm struct {
	form   int64
	digest string
}

func newKnownForms(tx *db.Tx) knownForms {
	return knownForms{tx: tx, known: map[knownForm]bool{}, keys: map[int64]string{}}
}

func (k *knownForms) knows(f form.Form, digest string) (bool, error) {
	at := knownForm{f.ID, digest}
	if known, asked := k.known[at]; asked {
		return known, nil
	}
	known, err := form.Knows(k.tx, f, digest)
	if err == nil {
		k.known[at] = known
	}
	return known, err
}
