package reference

// The submissions behind a text's figures, each verified once, with who signed or that nobody did.

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

// maxSources bounds how many areas' facts one figure is traced through.
const maxSources = 20000

// rests verifies every version that a computed value was made from, and makes the figure's digest and source of them.
func (r *Reader) rests(f *Figure, v progress.Value) error {
	var digests, broken []string
	var tally submission.Tally
	seen := map[int64]bool{}
	for _, part := range v.Parts {
		sources, err := fact.Sources(r.tx, v.Area, part.Period, part.Element.ID, part.Calibre, maxSources)
		if err != nil {
			return err
		}
		for _, s := range sources {
			if err := r.verifyVersion(s.Version); err != nil {
				return err
			}
			version := r.versions[s.Version]
			digests = append(digests, version.Digest)
			if !seen[s.Version] {
				seen[s.Version] = true
				tally.Add(version)
			}
			if why := r.broken[s.Version]; why != "" {
				broken = append(broken, why)
			}
		}
	}
	sort.Strings(digests)
	f.Digest = sign.Digest([]byte(strings.Join(digests, "\n")))
	f.Source = strings.Join(Said(tally.Words()), "、")
	f.Status = string(tally.Weakens(progress.Status(f.Status)))
	if len(broken) > 0 {
		f.Status, f.Problem = string(progress.Unproven), "核验不通过："+broken[0]
	}
	return nil
}

// verifyVersion checks a version of a report, once.
func (r *Reader) verifyVersion(id int64) error {
	if r.versions == nil {
		r.versions, r.broken = map[int64]submission.Version{}, map[int64]string{}
	}
	if _, done := r.versions[id]; done {
		return nil
	}
	v, err := submission.VersionByID(r.tx, id)
	if err != nil {
		return err
	}
	sub, err := submission.Get(r.tx, v.SubmissionID)
	if err != nil {
		return err
	}
	vouched, err := submission.Vouch(r.tx, sub, r.issuer)
	if err != nil {
		return err
	}
	r.versions[id] = v
	r.Tally.Add(v)
	for _, check := range vouched.Checks {
		if !check.OK {
			r.broken[id] = sub.Area.Name + "：" + check.Words.String()
		}
	}
	e := Evidence{Area: sub.Area.Name, Unit: sub.Unit.Name, Form: sub.Form.Name,
		Period: sub.Period.String(), Digest: v.Digest, Signed: v.Source == "" && v.Signed(), OnPaper: v.OnPaper(),
		Origin: v.Origin, Source: v.Source, When: sub.Period.Label("")}
	var signers []string
	for _, signature := range v.Signatures {
		signers = append(signers, signature.Person)
		if e.At = signature.At.In(db.China).Format(time.DateOnly); signature.OnPaper() {
			e.At = signature.Paper.On
		}
	}
	e.Signers = strings.Join(signers, "、")
	if e.Withheld = !r.by.Sees(sub.Unit.Code, sub.Area.Path); e.Withheld {
		e.Digest, e.Signers, e.Source, e.At = "", "", "", ""
	}
	r.Evidence = append(r.Evidence, e)
	return nil
}

// maxNamed bounds how many missing areas are called by name.
const maxNamed = 5

// missing names the areas that have not reported what a value needs, to who oversees them: ，缺甲区、乙区.
func (r *Reader) missing(v progress.Value) (string, error) {
	if !r.by.SeesAll(v.Area.Path) {
		return "", nil
	}
	for _, part := range v.Parts {
		if part.Amount.Complete() {
			continue
		}
		f, err := form.ByID(r.tx, part.FormID)
		if err != nil {
			return "", err
		}
		areas, err := fact.Missing(r.tx, v.Area, part.Period, f, maxNamed+1)
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
