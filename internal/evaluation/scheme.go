package evaluation

// The scheme 评估工作方案: a text in fixed parts, frozen word for word when it is approved. What follows from the round
// itself (stages, participants, groups) is not written twice.

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/say"
	"yipanqi/internal/signed"
)

// Scheme is what is written of a scheme, by part.
type Scheme map[string]string

type schemePart struct {
	choice
	told bool
}

// schemeParts are its parts in order; what the round itself says of one stands in it before what is written. Those
// that are told whole by the round need no words.
var schemeParts = []schemePart{
	{choice{"purpose", "目的和依据"}, false}, {choice{"principles", "原则"}, false},
	{choice{"scope", "对象和范围"}, true}, {choice{"contents", "内容"}, false}, {choice{"methods", "方法"}, false},
	{choice{"steps", "步骤和时间"}, true}, {choice{"organisation", "组织领导"}, true}, {choice{"demands", "要求"},
		false},
	{choice{"outline", "附件：自评提纲"}, false},
}

const maxPart = 4000

// missing is the first part that has to be written and is not.
func (s Scheme) missing() say.Key {
	for _, p := range schemeParts {
		if !p.told && s[p.Code] == "" {
			return p.Word
		}
	}
	return ""
}

// tidy keeps the parts that say something.
func (s Scheme) tidy() Scheme {
	kept := Scheme{}
	for _, p := range schemeParts {
		if text := strings.TrimSpace(strings.ReplaceAll(s[p.Code], "\r\n", "\n")); text != "" {
			kept[p.Code] = text
		}
	}
	return kept
}

// Edition is a scheme as it was approved.
type Edition struct {
	ID         string    `json:"id"`
	RoundID    string    `json:"-"`
	Number     int64     `json:"edition"`
	ApprovedBy string    `json:"approved_by"`
	ApprovedAt time.Time `json:"approved_at"`
	signed.Frozen
}

// schemeText is what is frozen of a round when its scheme is approved.
type schemeText struct {
	Schema         string        `json:"schema"`
	Round          string        `json:"round"`
	Title          string        `json:"title"`
	Kind           string        `json:"kind"`
	Plans          []string      `json:"plans"`
	From           string        `json:"from"`
	Until          string        `json:"until"`
	CutoffOn       string        `json:"cutoff_on"`
	Unit           string        `json:"organiser"`
	Leading        []Seat        `json:"leading_group"`
	Basis          string        `json:"basis"`
	Papers         []BasisFile   `json:"basis_files,omitempty"` // whose bytes the digests hold
	InspectionPlan string        `json:"inspection_plan"`
	LegalNature    string        `json:"legal_nature"`
	Participants   []Participant `json:"participants"`
	Stages         []Stage       `json:"stages"`
	Scheme         Scheme        `json:"scheme"`
}

const schemeSchema = "yipanqi/scheme/1"

// Frozen is the scheme word for word, with the digests of the papers that it rests on.
func (r Round) Frozen(tx *db.Tx) (signed.Frozen, error) {
	papers, err := r.basisFiles(tx)
	if err != nil {
		return signed.Frozen{}, err
	}
	return signed.Freeze(schemeText{schemeSchema, r.ID, r.Title, r.Kind, r.Plans, r.From, r.Until, r.CutoffOn, r.Unit,
		r.Leading, r.Basis, papers, r.InspectionPlan, r.LegalNature, r.Participants, r.Stages, r.Scheme})
}

// fieldBasis is what a file on a round proves if it is the paper that orders the round.
const fieldBasis = "basis"

// BasisFile is a paper that orders a round, as a file on it: who has the bytes can hold them against the digest.
type BasisFile struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Digest string `json:"digest"`
}

// basisFiles are the papers that order the round and have not been taken off it.
func (r Round) basisFiles(tx *db.Tx) (papers []BasisFile, err error) {
	files, err := evidence.Of(tx, r.Object())
	for _, f := range files {
		if f.Field == fieldBasis && f.Current() {
			papers = append(papers, BasisFile{f.ID, f.Name, f.Digest})
		}
	}
	return papers, err
}

// round is the round as the edition has it.
func (e Edition) round(of Round) (Round, error) {
	var t schemeText
	if err := json.Unmarshal([]byte(e.Text), &t); err != nil {
		return of, err
	}
	of.Title, of.Kind, of.Plans, of.From, of.Until, of.CutoffOn = t.Title, t.Kind, t.Plans, t.From, t.Until, t.CutoffOn
	of.Unit, of.Leading, of.Basis, of.InspectionPlan, of.LegalNature = t.Unit, t.Leading, t.Basis, t.InspectionPlan,
		t.LegalNature
	of.Papers = t.Papers
	of.Participants, of.Stages, of.Scheme = t.Participants, t.Stages, t.Scheme
	return of, nil
}

// check refuses parts that are too long, and those that there are not.
func (s Scheme) check() error {
	wrong := errs.Fields{}
	for _, p := range schemeParts {
		if longer(s[p.Code], maxPart) {
			wrong.Say("scheme["+p.Code+"]", "“%s”最多%d个字。", p.Word, maxPart)
		}
	}
	for part := range s {
		if !slices.ContainsFunc(schemeParts, func(p schemePart) bool { return p.Code == part }) {
			wrong.Say("scheme["+part+"]", "方案没有“%s”这一部分。", part)
		}
	}
	return wrong.Check("没有保存：请先改正标出的地方。")
}
