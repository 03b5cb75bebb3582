package letter

// The text of a letter as it is frozen: what is checked, countersigned, signed and printed. Its words never change for
// a schema once something was signed.

import (
	"encoding/json"
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/network"
	"yipanqi/internal/setting"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
)

const schema = "yipanqi/letter/1"

// Content is the frozen text, as canonical JSON (RFC 8785).
type Content struct {
	Schema         string  `json:"schema"`
	Sample         bool    `json:"sample,omitempty"`
	Letter         string  `json:"letter"`
	Edition        string  `json:"edition"`
	Reason         string  `json:"reason,omitempty"` // of a correction
	Kind           Kind    `json:"kind"`
	Title          string  `json:"title"`
	Issuer         Named   `json:"issuer"`
	Main           []Named `json:"main"`
	Copies         []Named `json:"copies"`
	Countersigners []Named `json:"countersigners"`
	Body           string  `json:"body"`
	Files          []File  `json:"files"`
	Urgency        string  `json:"urgency"`
	Disclosure     string  `json:"disclosure"`
	ReplyDue       string  `json:"reply_due,omitempty"`
	About          string  `json:"about,omitempty"`
	DraftedBy      string  `json:"drafted_by"`

	Heading string    `json:"heading,omitempty"` // the issuer's own, where the office set one
	People  []People  `json:"people,omitempty"`  // of minutes
	Figures []Figured `json:"figures,omitempty"` // what the references in the body came to
	Tables  []Table   `json:"tables,omitempty"`
}

// Named is a code with the name that it had when the text was frozen.
type Named struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// File is an attachment.
type File struct {
	Digest string `json:"digest"`
	Name   string `json:"name"`
}

// Preview is the version that Check would freeze now; issuer is the key by which signed figures are verified.
func Preview(tx *db.Tx, l Letter, issuer sign.PublicKey) (v Version, c Content, err error) {
	c = Content{Schema: schema, Letter: l.ID, Edition: strconv.FormatInt(l.Edition, 10), Reason: l.Reason,
		Kind: l.Kind, Title: l.Title, Body: l.Body, Urgency: l.Urgency, Disclosure: l.Disclosure, ReplyDue: l.ReplyDue,
		About: l.About, DraftedBy: l.Drafter, Files: []File{}, People: l.People}
	if c.Sample, err = setting.IsSample(tx); err != nil {
		return v, c, err
	}
	issuing, err := named(tx, []string{l.Issuer})
	if err != nil {
		return v, c, err
	}
	c.Issuer = issuing[0]
	for _, to := range []struct {
		names *[]Named
		codes []string
	}{{&c.Main, l.Main}, {&c.Copies, l.Copies}, {&c.Countersigners, l.Countersigners}} {
		if *to.names, err = named(tx, to.codes); err != nil {
			return v, c, err
		}
	}
	files, err := evidence.Of(tx, l.Object())
	if err != nil {
		return v, c, err
	}
	for _, f := range files {
		if f.Current() && f.Field == "" {
			c.Files = append(c.Files, File{f.Digest, f.Name})
		}
	}
	if c.Heading, err = headingOf(tx, l.Issuer); err != nil {
		return v, c, err
	}
	if c.Figures, c.Tables, err = l.resolve(tx, issuer); err != nil {
		return v, c, err
	}
	text, err := signed.Freeze(c)
	return Version{Letter: l.ID, Edition: l.Edition, Frozen: text}, c, err
}

// Text is what a letter says: to those who work on it what would be frozen now or was, to others what is in force.
func (l Letter) Text(tx *db.Tx, inside bool, issuer sign.PublicKey) (c Content, err error) {
	edition := l.InForce
	if inside {
		edition = l.Edition
	}
	if !l.State.Editable() || !inside {
		v, err := VersionOf(tx, l.ID, edition)
		if err == nil {
			return v.Content()
		}
		if errs.KindOf(err) != errs.Missing || !inside {
			return c, err
		}
	}
	_, c, err = Preview(tx, l, issuer)
	return c, err
}

// To are the names of those to whom it is addressed.
func (c Content) To() string { return names(c.Main, "、") }

func named(tx *db.Tx, codes []string) ([]Named, error) {
	all := []Named{}
	for _, code := range codes {
		u, err := network.UnitByCode(tx, code)
		if err != nil {
			return nil, err
		}
		all = append(all, Named{u.Code, u.Name})
	}
	return all, nil
}

// Content reads a version's text.
func (v Version) Content() (c Content, err error) { return c, json.Unmarshal([]byte(v.Text), &c) }

func codes(all []Named) (codes []string) {
	for _, n := range all {
		codes = append(codes, n.Code)
	}
	return codes
}
