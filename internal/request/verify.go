package request

// Requests, answers, frozen texts and signatures held against the journal and the keys.

import (
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/held"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// Verify names every row that is not what the journal and the keys say.
func Verify(tx *db.Tx, issuer sign.PublicKey) (findings []journal.Finding, err error) {
	requests, answers := map[string]held.Row{}, map[string]held.Row{}
	for after := ""; ; {
		some, err := page(tx, after, 500)
		if err != nil {
			return nil, err
		}
		for _, r := range some {
			requests[r.Object()], after = r.row(), r.ID
			all, err := Answers(tx, r.ID)
			if err != nil {
				return nil, err
			}
			for _, a := range all {
				answers[a.Object()] = a.row()
				found, err := verifyVersions(tx, a, issuer)
				if err != nil {
					return nil, err
				}
				findings = append(findings, found...)
			}
		}
		if len(some) == 0 {
			break
		}
	}
	for _, t := range []held.Table{{Name: "requests", Kind: "request", Begin: []string{VerbCreate}, Rows: requests},
		{Name: "answers", Kind: "answer", Begin: []string{VerbSend}, Rows: answers}} {
		found, err := held.Verify(tx, t)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	return findings, nil
}

// verifyVersions holds the frozen texts of an answer against the entries that froze, signed and judged them.
func verifyVersions(tx *db.Tx, a Answer, issuer sign.PublicKey) (findings []journal.Finding, err error) {
	entries, err := journal.Of(tx, a.Object())
	if err != nil {
		return nil, err
	}
	versions, err := VersionsOf(tx, a.ID)
	if err != nil {
		return nil, err
	}
	found := func(table, object, column, expected, actual string) {
		if expected != actual {
			findings = append(findings, journal.Finding{Code: "row.journal", Table: table,
				Object: a.Object() + object, Column: column, Expected: expected, Actual: actual})
		}
	}
	said := map[string]told{}
	for _, e := range entries {
		if number := e.Detail["version"]; number != "" && journal.Made(tx, e) {
			t := said[number]
			t.take(e)
			said[number] = t
		}
	}
	for _, v := range versions {
		number := strconv.Itoa(v.Number)
		at, t := "/v"+number, said[number]
		delete(said, number)
		text, _ := v.Content()
		if sign.Digest([]byte(v.Text)) != v.Digest || text == nil {
			found("answer_versions", at, "text", v.Digest, sign.Digest([]byte(v.Text)))
		}
		for column, pair := range map[string][2]string{"digest": {t.digest, v.Digest}, "unit": {t.unit, v.Unit},
			"person_id": {t.personID, v.PersonID}, "person": {t.person, v.Person},
			"created_at": {t.at, held.Time(v.CreatedAt)}, "verdict": {t.verdict, v.Verdict},
			"remarks": {t.remarks, asJSON(v.Remarks)}, "judged_by": {t.judgedBy, v.JudgedBy},
			"judged_at": {t.judgedAt, held.Time(v.JudgedAt)}} {
			found("answer_versions", at, column, pair[0], pair[1])
		}
		signedBy := map[string]journal.Entry{}
		for _, e := range t.signed {
			signedBy[e.Detail["key"]] = e
		}
		for _, s := range v.Signatures {
			e, known := signedBy[s.KeyID]
			delete(signedBy, s.KeyID)
			if !known || !s.Holds(v.Frozen, issuer) {
				found("answer_signatures", at+"/"+s.Role, "signature", s.Person, "")
				continue
			}
			role := map[bool]string{true: first, false: second}[e.Verb == VerbPrepare]
			for column, pair := range map[string][2]string{"role": {role, s.Role}, "person_id": {e.ActorID, s.PersonID},
				"person": {e.Actor, s.Person}, "post": {e.Detail["post"], s.Post}, "unit": {e.Detail["unit"], s.Unit},
				"at": {held.Time(e.At), held.Time(s.At)}} {
				found("answer_signatures", at+"/"+s.Role, column, pair[0], pair[1])
			}
		}
		for _, e := range signedBy {
			found("answer_signatures", at, "signature", e.Actor, "")
		}
	}
	for number, t := range said {
		found("answer_versions", "/v"+number, "", t.digest, "")
	}
	return findings, nil
}

// told is what the entries say of one version.
type told struct {
	digest, unit, personID, person, at, verdict, remarks, judgedBy, judgedAt string
	signed                                                                   []journal.Entry
}

func (t *told) take(e journal.Entry) {
	if e.Detail["key"] != "" {
		t.signed = append(t.signed, e)
	}
	verdict := map[string]string{VerbRecall: recalled, VerbReturn: returned, VerbAccept: accepted}[e.Verb]
	switch {
	case verdict != "":
		t.verdict, t.judgedBy, t.judgedAt = verdict, e.Actor, held.Time(e.At)
		if e.Detail["remarks"] != "" {
			t.remarks = e.Detail["remarks"]
		}
	case t.digest == "":
		t.digest, t.unit, t.personID, t.person, t.at = e.Detail["digest"], e.Detail["of"], e.ActorID, e.Actor,
			held.Time(e.At)
		t.remarks = "null"
	}
}
