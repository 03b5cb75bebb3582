package instruction

// Whether every row still says what the journal says of it: the leader's words, the report, and the state that the
// steps lead to.

import (
	"strconv"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/journal"
)

// Verify names every instruction that is not as the journal knows it.
func Verify(tx *db.Tx) (findings []journal.Finding, err error) {
	rows, err := all(tx)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, i := range rows {
		known[i.Object()] = true
		found, err := i.verify(tx)
		if err != nil {
			return nil, err
		}
		findings = append(findings, found...)
	}
	for _, verb := range []string{VerbSubmit, VerbWrite} {
		entries, err := journal.OfVerb(tx, verb)
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			if !known[e.Object] {
				known[e.Object] = true
				findings = append(findings, journal.Finding{Code: "instruction.missing", Table: "instructions",
					Object: e.Object})
			}
		}
	}
	return findings, nil
}

func (i Instruction) verify(tx *db.Tx) (findings []journal.Finding, err error) {
	entries, err := journal.Of(tx, i.Object())
	if err != nil {
		return nil, err
	}
	in := func(table, code, expected, actual string) {
		if expected != actual {
			findings = append(findings, journal.Finding{Code: code, Table: table, Object: i.Object(),
				Expected: expected, Actual: actual})
		}
	}
	differs := func(code, expected, actual string) { in("instructions", code, expected, actual) }
	said := map[string]string{} // what the last entry of each kind says
	var own []journal.Entry
	for _, e := range entries {
		if _, step := lifeWords[e.Verb]; step && journal.Made(tx, e) {
			own = append(own, e)
		}
	}
	state, sound := life.Replay(own, func(e journal.Entry, _ flow.Step, _ bool) string {
		switch e.Verb {
		case VerbSubmit, VerbWrite:
			said["digest"], said["units"] = e.Detail["digest"], e.Detail["units"]
		case VerbReport:
			said["report"], said["on"] = e.Detail["digest"], e.Detail["on"]
		case VerbConfirm:
			said["confirmed"] = "yes"
		case VerbWithdraw:
			said["reason"] = e.Detail["reason"]
		}
		return e.Detail["state"]
	})
	if !sound || len(own) == 0 {
		return append(findings, journal.Finding{Code: "instruction.steps", Table: "instructions",
			Object: i.Object()}), nil
	}
	digest, err := i.digest()
	if err != nil {
		return nil, err
	}
	first, last := own[0], own[len(own)-1]
	for name, actual := range map[string]string{"committee": i.Unit, "area": i.AreaPath, "office": i.Office,
		"leader": i.Leader} {
		differs("instruction.words", first.Detail[name], actual)
	}
	differs("instruction.words", first.At.UTC().String(), i.CreatedAt.UTC().String())
	differs("instruction.words", last.At.UTC().String()+last.Actor, i.UpdatedAt.UTC().String()+i.UpdatedBy)
	in("instruction_units", "instruction.words", said["units"], strings.Join(i.Units, " "))
	differs("instruction.words", said["digest"], digest)
	differs("instruction.state", state, string(i.State))
	differs("instruction.entries", strconv.Itoa(len(own)), strconv.FormatInt(i.Entries, 10))
	differs("instruction.report", said["report"]+said["on"], reportMark(i))
	differs("instruction.confirmed", said["confirmed"], confirmedMark(i))
	differs("instruction.reason", said["reason"], i.Reason)
	return findings, nil
}

func reportMark(i Instruction) string {
	if i.Report == "" && i.ReportedOn == "" {
		return ""
	}
	return digestOf(i.Report) + i.ReportedOn
}

func confirmedMark(i Instruction) string {
	if i.Confirmed.IsZero() {
		return ""
	}
	return "yes"
}
