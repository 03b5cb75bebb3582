package submission

// How many sources were signed by two, by a sample, or by nobody, said alike by proofs, reports and tables.

import (
	"yipanqi/internal/progress"
	"yipanqi/internal/say"
)

// Tally counts versions by who vouches for them. It is how proofs, reports and their tables say in one way that
// something is signed by two, or by nobody.
type Tally struct {
	Signed            int `json:"signed"`                              // by two people
	Demonstrated      int `json:"signed_simulated,omitempty"`          // signed with the sample's keys, or simulated
	Paper             int `json:"signed_on_paper,omitempty"`           // by two people in ink
	PaperDemonstrated int `json:"signed_on_paper_simulated,omitempty"` // likewise, simulated
	Unsigned          int `json:"unsigned,omitempty"`                  // historical, its source named
	UnsignedSimulated int `json:"unsigned_simulated,omitempty"`        // historical and simulated
	Missing           int `json:"missing,omitempty"`                   // due, but not in
}

// Add counts a version that is in.
func (t *Tally) Add(v Version) {
	switch signed, simulated := v.Source == "" && v.Signed(), v.Origin == Simulated; {
	case signed && v.OnPaper() && simulated:
		t.PaperDemonstrated++
	case signed && v.OnPaper():
		t.Paper++
	case signed && simulated:
		t.Demonstrated++
	case signed:
		t.Signed++
	case simulated:
		t.UnsignedSimulated++
	default:
		t.Unsigned++
	}
}

// In is how many are in.
func (t Tally) In() int {
	return t.Signed + t.Demonstrated + t.paper() + t.Unsigned + t.UnsignedSimulated
}

func (t Tally) paper() int { return t.Paper + t.PaperDemonstrated }

// AllSigned says whether everything that is in was signed by two.
func (t Tally) AllSigned() bool { return t.Unsigned+t.UnsignedSimulated == 0 }

// Weakens is what becomes of a proof that rests on these versions: it is no stronger than the weakest of them.
func (t Tally) Weakens(s progress.Status) progress.Status {
	switch {
	case s != progress.Proven && s != progress.Paper:
	case !t.AllSigned():
		return progress.Unproven
	case t.paper() > 0:
		return progress.Paper
	}
	return s
}

// Words say how many there are of each kind.
func (t Tally) Words() (all []say.Words) {
	for _, kind := range []struct {
		n   int
		key say.Key
	}{
		{t.Signed, "双签字报表%d份"}, {t.Demonstrated, "演示双签字报表（模拟）%d份"},
		{t.Paper, "纸质签字报表%d份"}, {t.PaperDemonstrated, "演示纸质签字报表（模拟）%d份"},
		{t.Unsigned, "历史报表（未签字）%d份"}, {t.UnsignedSimulated, "历史报表（未签字，模拟）%d份"},
		{t.Missing, "未报%d份"},
	} {
		if kind.n > 0 {
			all = append(all, say.New(kind.key, kind.n))
		}
	}
	return all
}
