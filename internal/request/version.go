package request

// What was submitted: frozen text, its digest and the signatures under it, added and never changed.

import (
	"encoding/json"
	"strconv"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/flow"
	"yipanqi/internal/signed"
)

// Version is an answer as it was submitted.
type Version struct {
	ID       string `json:"id"`
	AnswerID string `json:"-"`
	Number   int    `json:"number"`
	signed.Frozen
	Unit       string             `json:"unit"`
	PersonID   string             `json:"-"`
	Person     string             `json:"person"`
	CreatedAt  time.Time          `json:"created_at"`
	Verdict    string             `json:"verdict,omitempty"` // recalled, returned, accepted
	Remarks    map[string]string  `json:"remarks,omitempty"` // by question
	JudgedBy   string             `json:"judged_by,omitempty"`
	JudgedAt   time.Time          `json:"judged_at,omitzero"`
	Signatures []signed.Signature `json:"signatures,omitempty"`
}

// Roles of signatures.
const (
	first  = "first"
	second = "second"
)

// Verdicts of a version.
const (
	recalled = "recalled"
	returned = "returned"
	accepted = "accepted"
)

const (
	schema       = "yipanqi/answer/2"
	schemaBefore = "yipanqi/answer/1" // did not say which figures were typed
)

// frozenText is what is signed. Numbers are strings, as in all signed text.
type frozenText struct {
	Schema  string         `json:"schema"`
	Sample  bool           `json:"sample,omitempty"`
	Request frozenRequest  `json:"request"`
	Answer  string         `json:"answer"`
	Unit    string         `json:"unit"`
	Version string         `json:"version"`
	Given   []frozenGiven  `json:"given"`
	Typed   []Typed        `json:"typed,omitempty"` // figures without a reference
	Files   []evidenceName `json:"files,omitempty"`
}

type frozenRequest struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

type frozenGiven struct {
	Number   string `json:"number"`
	Question string `json:"question"`
	Given
}

type evidenceName struct {
	Field  string `json:"field,omitempty"`
	Digest string `json:"digest"`
	Name   string `json:"name"`
}

// freeze writes down what the answer says now.
func freeze(tx *db.Tx, by auth.User, r Request, a Answer, files []evidence.File) (Version, error) {
	n, err := VersionsOf(tx, a.ID)
	if err != nil {
		return Version{}, err
	}
	v := Version{ID: db.NewID(), AnswerID: a.ID, Number: len(n) + 1, Unit: a.Unit, PersonID: by.ID, Person: by.Name,
		CreatedAt: tx.Now}
	text := frozenText{Schema: schema, Sample: by.Sample, Request: frozenRequest{r.ID, r.Title}, Answer: a.ID,
		Unit: a.Unit, Version: strconv.Itoa(v.Number), Given: []frozenGiven{}}
	for _, q := range r.For(a.Asked) {
		text.Given = append(text.Given, frozenGiven{q.Number, q.Text, a.Draft[q.Number]})
	}
	text.Typed = a.Draft.Typed(r.For(a.Asked))
	for _, f := range files {
		if f.Current() {
			text.Files = append(text.Files, evidenceName{f.Field, f.Digest, f.Name})
		}
	}
	v.Frozen, err = signed.Freeze(text)
	return v, err
}

// Content is what the version says, by question.
func (v Version) Content() (Content, error) {
	var text frozenText
	err := json.Unmarshal([]byte(v.Text), &text)
	c := Content{}
	for _, g := range text.Given {
		if !g.Given.Empty() {
			c[g.Number] = g.Given
		}
	}
	return c, err
}

// deeds are the steps that people took to get the version here, for the independence of the next.
func (v Version) deeds() (did []flow.Deed) {
	if v.ID == "" || v.Verdict != "" {
		return nil
	}
	did = append(did, flow.Deed{Verb: VerbPrepare, PersonID: v.PersonID, Unit: v.Unit})
	for _, g := range v.Signatures {
		if g.Role == second {
			did = append(did, flow.Deed{Verb: VerbSubmit, PersonID: g.PersonID, Unit: v.Unit})
		}
	}
	return did
}

// put signs a version in a post, with a key that is certified to be the signer's.
func put(tx *db.Tx, by auth.User, role string, post auth.Post, v *Version, key account.Unlocked) error {
	if signed.Took(v.Signatures, by, key) {
		return errs.Deniedf(apartWords[VerbSubmit])
	}
	s, err := v.Sign(tx, by, role, post, v.Digest, key)
	if err != nil {
		return err
	}
	v.Signatures = append(v.Signatures, s)
	return insertSignature(tx, v.ID, s)
}
