package submission

// What a version is by its signatures, and which of them the rows of a report must repeat.

import (
	"testing"
	"time"

	"yipanqi/internal/journal"
	"yipanqi/internal/signed"
)

func TestAVersionIsOnPaperIfItsSignaturesAre(t *testing.T) {
	ink := []signed.Signature{{Kind: signed.InInk}}
	for what, c := range map[string]struct {
		v    Version
		want bool
	}{"nobody signed": {Version{}, false}, "keys": {Version{Signatures: []signed.Signature{{}}}, false},
		"ink": {Version{Signatures: ink}, true}} {
		if c.v.OnPaper() != c.want {
			t.Errorf("%s: on paper is %t", what, c.v.OnPaper())
		}
	}
}

// Two steps that ran at the same time may be dated the wrong way round by a little; more is a clock turned back.
func TestTheSecondSignatureIsNotOlderThanTheFirst(t *testing.T) {
	at := time.Date(2019, 1, 15, 9, 0, 0, 0, time.UTC)
	first := signed.Signature{Role: First, At: at}
	for ahead, want := range map[time.Duration]bool{-time.Hour: false, 0: false, signingSlack: false,
		signingSlack + time.Second: true} {
		second := signed.Signature{Role: Second, At: at.Add(-ahead)}
		v := Version{Signatures: []signed.Signature{first, second}}
		alone := Version{Signatures: v.Signatures[:1]}
		if v.backdated(second) != want || v.backdated(first) || alone.backdated(first) {
			t.Errorf("dated %s before the first: %t, the first itself: %t", ahead, v.backdated(second),
				v.backdated(first))
		}
	}
}

// A signature in ink counts only as the scan shows it and as the entry of its confirmation dates it.
func TestInkIsWhatTheScanShows(t *testing.T) {
	at := time.Date(2019, 1, 15, 9, 0, 0, 0, time.UTC)
	good := signed.Signature{Role: First, Kind: signed.InInk, PersonID: "1", Person: "甲", Post: "统计负责人",
		Unit: "卫健委", At: at}
	inked := func(change func(*signed.Signature)) bool {
		g := good
		change(&g)
		return Version{Signatures: []signed.Signature{g}}.inked(First, Inked{"1", "甲", "统计负责人"},
			Scan{Unit: "卫健委"}, journal.Entry{At: at})
	}
	if !inked(func(*signed.Signature) {}) {
		t.Error("what the scan shows does not count")
	}
	for what, change := range map[string]func(*signed.Signature){
		"place":  func(g *signed.Signature) { g.Role = Second },
		"kind":   func(g *signed.Signature) { g.Kind = "" },
		"person": func(g *signed.Signature) { g.PersonID = "2" },
		"name":   func(g *signed.Signature) { g.Person = "乙" },
		"post":   func(g *signed.Signature) { g.Post = "局长" },
		"unit":   func(g *signed.Signature) { g.Unit = "教委" },
		"day":    func(g *signed.Signature) { g.At = at.Add(time.Second) },
	} {
		if inked(change) {
			t.Errorf("another %s than the scan shows counts", what)
		}
	}
}

// What was frozen is repeated by the draft: by the newest version while it is on its way, by the accepted one after.
func TestWhichVersionADraftRepeats(t *testing.T) {
	versions := []Version{{Number: 1}, {Number: 2}, {Number: 3}}
	for i := range versions {
		versions[i].ID = int64(i + 1)
	}
	for state, want := range map[State]int{Draft: -1, Returned: -1, Withdrawn: -1, Prepared: 2, Seconded: 2, Printed: 2,
		Scanned: 2, Signed: 2, Accepted: 1, Historical: 1} {
		s := Submission{State: state, AcceptedID: 2}
		for i := range versions {
			if s.frozenAs(versions, i) != (i == want) {
				t.Errorf("%s: the draft repeats version %d: %t", state, i+1, s.frozenAs(versions, i))
			}
		}
	}
}

// Until the second signature, or the scan that shows it, a report is still owed; while somebody may sign a text, or
// has, it stands.
func TestWhichReportsAreStillOwed(t *testing.T) {
	for state, want := range map[State]struct{ owed, frozen bool }{Draft: {true, false}, Returned: {true, false},
		Prepared: {true, true}, Seconded: {true, true}, Printed: {true, true}, Scanned: {false, true},
		Signed: {false, true}, Accepted: {false, true}, Historical: {false, false}, Withdrawn: {false, false}} {
		if state.Unsent() != want.owed || state.Frozen() != want.frozen {
			t.Errorf("%s: still owed is %t, a text stands %t", state, state.Unsent(), state.Frozen())
		}
	}
	if got := dated(time.Time{}); got != "" {
		t.Errorf("no time is %q", got)
	}
}

func TestTheHeadInAReceipt(t *testing.T) {
	for text, want := range map[string]bool{
		`{"schema":"yipanqi/receipt/1","journal":{"seq":"7","hash":"h"}}`: true,
		`{"schema":"yipanqi/receipt/1","journal":{"seq":"x","hash":"h"}}`: false,
		`{"schema":"yipanqi/receipt/2","journal":{"seq":"7","hash":"h"}}`: false,
		`[]`: false,
	} {
		head, err := ReceiptHead([]byte(text))
		if (err == nil) != want || want && head != (journal.Head{Seq: 7, Hash: "h"}) {
			t.Errorf("%s is read as %v, %v", text, head, err)
		}
	}
}
