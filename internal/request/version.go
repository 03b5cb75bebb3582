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
	"yipanqi/internal/sign"
)

// Version is an answer as it was submitted.
type Version struct {
	ID         string            `json:"id"`
	AnswerID   string            `json:"-"`
	Number     int               `json:"number"`
	Text       string            `json:"-"`
	Digest     string            `json:"digest"`
	Unit       string            `json:"unit"`
	PersonID   string            `json:"-"`
	Person     string            `json:"person"`
	CreatedAt  time.Time         `json:"created_at"`
	Verdict    string            `json:"verdict,omitempty"` // recalled, returned, accepted
	Remarks    map[string]string `json:"remarks,omitempty"` // by question
	JudgedBy   string            `json:"judged_by,omitempty"`
	JudgedAt   time.Time         `json:"judged_at,omitzero"`
	Signatures []Signature       `json:"signatures,omitempty"`
}

// Signature is one person's under a version. Role is first or second.
type Signature struct {
	Role        string           `json:"role"`
	PersonID    string           `json:"-"`
	Person      string           `json:"person"`
	Post        string           `json:"post"`
	Unit        string           `json:"unit"`
	KeyID       string           `json:"key"`
	Digest      string           `json:"digest"`
	Value       string           `json:"signature"`
	At          time.Time        `json:"at"`
	PublicKey   sign.PublicKey   `json:"-"`
	Certificate sign.Certificate `json:"-"`
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

const schema = "yipanqi/answer/1"

// frozenText is what is signed. Numbers are strings, as in all signed text.
type frozenText struct {
	Schema  string         `json:"schema"`
	Sample  bool           `json:"sample,omitempty"`
	Request frozenRequest  `json:"request"`
	Answer  string         `json:"answer"`
	Unit    string         `json:"unit"`
	Version string         `json:"version"`
	Given   []frozenGiven  `json:"given"`
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
	for _, f := range files {
		if f.Current() {
			text.Files = append(text.Files, evidenceName{f.Field, f.Digest, f.Name})
		}
	}
	canonical, err := sign.Canonical(text)
	v.Text, v.Digest = string(canonical), sign.Digest(canonical)
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
	known, err := account.KeyByID(tx, key.ID)
	if err != nil {
		return err
	}
	if known.PersonID != by.ID || known.Certificate.Name != by.Name {
		return errs.Conflictf("签名证书上的姓名与您现在的姓名不一致。请到“我的账号”重新设置签名口令后再签。")
	}
	for _, other := range v.Signatures {
		if other.KeyID == key.ID || other.PersonID == by.ID {
			return errs.Deniedf(apartWords[VerbSubmit])
		}
	}
	value, err := key.Private.Sign([]byte(v.Text))
	if err != nil {
		return err
	}
	s := Signature{Role: role, PersonID: by.ID, Person: by.Name, Post: post.RoleName, Unit: post.UnitName,
		KeyID:  key.ID,
		Digest: v.Digest, Value: value, At: tx.Now}
	v.Signatures = append(v.Signatures, s)
	return insertSignature(tx, v.ID, s)
}
