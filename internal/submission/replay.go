package submission

// What the journal says of one submission, step by step through the state table, and what of the rows differs from it.
// It is for `journal verify` and for the proof of a figure alike; it reads no facts and checks no signature's
// mathematics.

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/journal"
)

// replayed is where the journal leaves a submission.
type replayed struct {
	state           State
	live            Version
	late            bool
	amend, returned string // reasons
	counted         map[string]Counted
}

// replay walks the entries and tells found of every difference; found fills in which submission it is.
type replay struct {
	replayed
	versions map[string]Version // by number
	unsigned map[string]bool    // signatures that no entry speaks of
	created  map[string]time.Time
	accepted map[string]time.Time
	papers   map[string]Scan // by id, that no entry speaks of
	scanned  map[string]bool // by then
	decided  map[string]bool
	before   time.Time
	found    func(journal.Finding)
}

func newReplay(versions []Version, found func(journal.Finding)) replay {
	r := replay{versions: map[string]Version{}, unsigned: map[string]bool{}, created: map[string]time.Time{},
		accepted: map[string]time.Time{}, found: found}
	r.counted = map[string]Counted{}
	r.papers, r.scanned, r.decided = map[string]Scan{}, map[string]bool{}, map[string]bool{}
	for _, v := range versions {
		number := strconv.FormatInt(v.Number, 10)
		r.versions[number] = v
		for _, g := range v.Signatures {
			r.unsigned[number+" "+g.Role] = true
		}
		for _, g := range v.Scans {
			r.papers[g.ID] = g
		}
	}
	return r
}

// replayOf holds a submission and its versions against the entries of its object.
func replayOf(tx *db.Tx, s Submission, entries []journal.Entry, versions []Version,
	found func(journal.Finding)) replayed {
	r := newReplay(versions, found)
	if int64(len(entries)) != s.Entries {
		r.differs("submission.entries", "entries", s.Entries, len(entries))
	}
	state, whole := life.Replay(entries, func(e journal.Entry, st flow.Step, ok bool) string {
		if !journal.Made(tx, e) {
			found(journal.Finding{Code: "journal.mac", Table: "journal", Column: "mac", Actual: entryName(e)})
		}
		return string(r.step(e, st, ok))
	})
	if r.state = State(state); whole {
		r.end(s, versions)
	}
	return r.replayed
}

// step takes one entry; ok is false if it cannot have happened. It returns the state that a step landed in which may
// land in several.
func (r *replay) step(e journal.Entry, st flow.Step, ok bool) State {
	if e.At.Before(r.before.Add(-signingSlack)) {
		r.found(journal.Finding{Code: "signature.time", Table: "journal", Column: "at",
			Expected: r.before.Format(time.RFC3339), Actual: e.At.Format(time.RFC3339) + " " + entryName(e)})
	}
	r.before = e.At
	if !ok {
		r.found(journal.Finding{Code: "submission.order", Table: "journal",
			Expected: string(State(st.From).Words()), Actual: entryName(e)})
		return ""
	}
	number := e.Detail["version"]
	v, frozen := r.versions[number]
	if number != "" && (!frozen || v.Digest != e.Detail["digest"]) {
		r.found(journal.Finding{Code: "version.journal", Table: "versions", Object: "/v" + number,
			Column: "digest", Expected: e.Detail["digest"], Actual: v.Digest})
	}
	switch e.Verb {
	case VerbPrepare, VerbSign, VerbComplete:
		if !v.signedAs(st.Who, e) {
			r.found(journal.Finding{Code: "signature.journal", Table: "signatures", Object: "/v" + number,
				Expected: entryName(e)})
		}
		delete(r.unsigned, number+" "+st.Who)
	case VerbScan, VerbConfirm, VerbRefuse:
		r.paper(e, number, v)
	}
	r.remember(e, number, v)
	if State(st.To) == After {
		return v.after()
	}
	return r.live.standing()
}

// remember takes what the entry leaves behind in the row and in its version.
func (r *replay) remember(e journal.Entry, number string, v Version) {
	reason := e.Detail["reason"]
	switch e.Verb {
	case VerbPrepare, VerbPrint:
		r.created[number], r.returned = e.At, ""
		r.signsCounted(v)
		if v.Reason != r.amend {
			r.found(journal.Finding{Code: "version.row", Table: "versions", Object: "/v" + number,
				Column: "reason", Expected: r.amend, Actual: v.Reason})
		}
	case VerbScan:
		r.returned = ""
	case VerbSign, VerbComplete, VerbConfirm:
		if r.live.ID == 0 && (e.Verb != VerbSign || v.after() == Signed) {
			r.late = e.Detail["late"] == "true"
		}
	case VerbImport:
		r.created[number], r.accepted[number], r.live = e.At, e.At, v
	case VerbAccept:
		r.accepted[number], r.live, r.amend, r.returned = e.At, v, "", ""
		r.late = r.late || e.Detail["late"] == "true" // older entries say it here
	case VerbAmend:
		r.amend, r.returned = reason, ""
	case VerbReturn, VerbWithdraw, VerbRefuse:
		r.returned = reason
	case VerbRestore:
		r.returned = ""
	case VerbCount, VerbUncount:
		r.counts(e)
	case VerbDrop:
		r.amend, r.returned = "", ""
		r.restores(v)
	}
}

// end holds the rows as they stand against what all entries together say.
func (r *replay) end(s Submission, versions []Version) {
	for place := range r.unsigned {
		r.found(journal.Finding{Code: "signature.unknown", Table: "signatures", Object: "/v" + place})
	}
	for id, g := range r.papers {
		if !r.scanned[id] || !r.decided[id] && !g.undecided() {
			r.found(journal.Finding{Code: "paper.unknown", Table: "paper_scans", Object: "/" + id, Actual: g.Verdict})
		}
	}
	if r.state != s.State {
		r.found(journal.Finding{Code: "submission.state", Table: "submissions", Column: "state",
			Expected: string(r.state.Words()), Actual: string(s.State.Words())})
	}
	if r.live.ID != s.AcceptedID {
		r.found(journal.Finding{Code: "submission.live", Table: "submissions", Column: "accepted_id",
			Expected: strconv.FormatInt(r.live.ID, 10), Actual: strconv.FormatInt(s.AcceptedID, 10)})
	}
	if r.late != s.Late {
		r.differs("submission.row", "late", r.late, s.Late)
	}
	if r.amend != s.AmendReason {
		r.differs("submission.row", "amend_reason", r.amend, s.AmendReason)
	}
	if r.returned != s.ReturnReason {
		r.differs("submission.row", "return_reason", r.returned, s.ReturnReason)
	}
	if !maps.Equal(s.Typed.Counted, r.counted) {
		r.differs("submission.row", "draft", sources(r.counted), sources(s.Typed.Counted))
	}
	for _, v := range versions {
		number := strconv.FormatInt(v.Number, 10)
		for column, times := range map[string][2]time.Time{"created_at": {r.created[number], v.CreatedAt},
			"accepted_at": {r.accepted[number], v.AcceptedAt}} {
			if !times[0].Equal(times[1]) {
				r.found(journal.Finding{Code: "version.row", Table: "versions", Object: "/v" + number, Column: column,
					Expected: dated(times[0]), Actual: dated(times[1])})
			}
		}
	}
}

// paper holds a scan against the entry that laid it down, or decided on it, with the signatures that it made.
func (r *replay) paper(e journal.Entry, number string, v Version) {
	id := e.Detail["paper"]
	g, there := r.papers[id]
	var want, is map[string]string
	switch e.Verb {
	case VerbScan:
		r.scanned[id] = true
		want, is = maps.Clone(e.Detail), g.said()
		want["recorded"], is["recorded"] = e.ActorID+" "+e.Actor+" "+dated(e.At), g.RecordedID+" "+g.RecordedBy+" "+
			dated(g.RecordedAt)
		want["file"], is["file"] = want["file"]+" "+g.Object()+" "+want["scan"], g.File+" "+g.kept
		want["version_id"], is["version_id"] = strconv.FormatInt(v.ID, 10), strconv.FormatInt(g.VersionID, 10)
	default:
		r.decided[id] = true
		verdict := map[string]string{VerbConfirm: Confirmed, VerbRefuse: Refused}[e.Verb]
		want = map[string]string{"verdict": verdict, "reason": e.Detail["reason"],
			"decided": e.ActorID + " " + e.Actor + " " + dated(e.At)}
		is = map[string]string{"verdict": g.Verdict, "reason": g.Reason,
			"decided": g.DecidedID + " " + g.DecidedBy + " " + dated(g.DecidedAt)}
	}
	for _, column := range slices.Sorted(maps.Keys(is)) {
		if !there || is[column] != want[column] {
			r.found(journal.Finding{Code: "paper.journal", Table: "paper_scans", Object: "/" + id, Column: column,
				Expected: want[column], Actual: is[column]})
		}
	}
	if e.Verb != VerbConfirm {
		return
	}
	for _, place := range g.places() {
		if !v.inked(place.Role, place.Inked, g, e) {
			r.found(journal.Finding{Code: "signature.journal", Table: "signatures", Object: "/v" + number,
				Expected: entryName(e)})
		}
		delete(r.unsigned, number+" "+place.Role)
	}
}

func (r *replay) differs(code, column string, expected, actual any) {
	r.found(journal.Finding{Code: code, Table: "submissions", Column: column,
		Expected: fmt.Sprint(expected), Actual: fmt.Sprint(actual)})
}

func dated(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.Format(time.RFC3339Nano)
}
