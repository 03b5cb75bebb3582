package report

// The submissions behind a report's figures, each verified once, with who signed or that nobody did.

import (
	"sort"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/progress"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
)

// evidence is the submissions that the report rests on, signed or not, each verified once.
type evidence struct {
	list     []Evidence
	versions map[int64]submission.Version
	broken   map[int64]string // by version, why it does not verify
}

// maxSources bounds how many areas' facts one figure is traced through.
const maxSources = 20000

// rests verifies every version that a computed value was made from, and makes the figure's digest and source of them.
func (w *writer) rests(f *Figure, v progress.Value) error {
	var digests, broken []string
	var tally submission.Tally
	seen := map[int64]bool{}
	for _, part := range v.Parts {
		sources, err := fact.Sources(w.tx, v.Area, part.Period, part.Element.ID, part.Calibre, maxSources)
		if err != nil {
			return err
		}
		for _, s := range sources {
			if err := w.verify(s); err != nil {
				return err
			}
			version := w.evidence.versions[s.Version]
			digests = append(digests, version.Digest)
			if !seen[s.Version] {
				seen[s.Version] = true
				tally.Add(version)
			}
			if why := w.evidence.broken[s.Version]; why != "" {
				broken = append(broken, why)
			}
		}
	}
	sort.Strings(digests)
	f.Digest = sign.Digest([]byte(strings.Join(digests, "\n")))
	f.Source = strings.Join(said(tally.Words()), "、")
	if !tally.AllSigned() && f.Status == string(progress.Proven) {
		f.Status = string(progress.Unproven)
	}
	if len(broken) > 0 {
		f.Status, f.Problem = string(progress.Unproven), "核验不通过："+broken[0]
	}
	return nil
}

// verify checks the version behind a fact, once.
func (w *writer) verify(s fact.Source) error {
	if w.evidence.versions == nil {
		w.evidence.versions, w.evidence.broken = map[int64]submission.Version{}, map[int64]string{}
	}
	if _, done := w.evidence.versions[s.Version]; done {
		return nil
	}
	v, err := submission.VersionByID(w.tx, s.Version)
	if err != nil {
		return err
	}
	sub, err := submission.Get(w.tx, v.SubmissionID)
	if err != nil {
		return err
	}
	checks, err := submission.Vouch(w.tx, sub, v, w.issuer)
	if err != nil {
		return err
	}
	w.evidence.versions[s.Version] = v
	w.report.Tally.Add(v)
	for _, check := range checks {
		if !check.OK {
			w.evidence.broken[s.Version] = s.Area.Name + "：" + check.Words.String()
		}
	}
	e := Evidence{Area: s.Area.Name, Unit: sub.Unit.Name, Form: sub.Form.Name,
		Period: sub.Period.String(), Digest: v.Digest, Signed: v.Source == "" && v.Signed(), Origin: v.Origin,
		Source: v.Source, when: sub.Period.Label("")}
	var signers []string
	for _, signature := range v.Signatures {
		signers = append(signers, signature.Person)
		e.At = signature.At.In(db.China).Format(time.DateOnly)
	}
	e.Signers = strings.Join(signers, "、")
	if e.Withheld = !w.by.Sees(sub.Unit.Code, sub.Area.Path); e.Withheld {
		e.Digest, e.Signers, e.Source, e.At = "", "", "", ""
	}
	w.evidence.list = append(w.evidence.list, e)
	return nil
}

// maxNamed bounds how many missing areas are called by name.
const maxNamed = 5

// missing names the areas that have not reported what a value needs, to who oversees them: ，缺甲区、乙区.
func (w *writer) missing(v progress.Value) (string, error) {
	if !w.by.SeesAll(v.Area.Path) {
		return "", nil
	}
	for _, part := range v.Parts {
		if part.Amount.Complete() {
			continue
		}
		f, err := form.ByID(w.tx, part.FormID)
		if err != nil {
			return "", err
		}
		areas, err := fact.Missing(w.tx, v.Area, part.Period, f, maxNamed+1)
		if err != nil || len(areas) == 0 {
			return "", err
		}
		var names []string
		for _, a := range areas[:min(len(areas), maxNamed)] {
			names = append(names, a.Name)
		}
		if len(areas) > maxNamed {
			names = append(names, "等")
		}
		return "，缺" + strings.Join(names, "、"), nil
	}
	return "", nil
}
