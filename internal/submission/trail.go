package submission

// The trail below a submission, and the files that prove its cells: they lie there while it can be filled in, and what
// both sign names them by digest.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/flow"
	"yipanqi/internal/notice"
	"yipanqi/internal/say"
	"yipanqi/internal/trail"
)

// Trail is the place of submissions among the things that have a trail.
func Trail() trail.Place {
	return trail.Place{Kind: "submission", Page: func(id string) string { return "/submissions/" + id },
		Sees: func(tx *db.Tx, by auth.User, id string) error {
			_, err := Read(tx, by, id)
			return err
		},
		Holds: holds, Fields: provable, Words: func(verb string) say.Key { return lifeWords[verb] }, Says: says,
		Told: notice.Told("submission")}
}

// holds: whoever may fill in lays files down, as long as it can be filled in.
func holds(tx *db.Tx, by auth.User, id string) (unit string, err error) {
	s, err := Read(tx, by, id)
	if err != nil {
		return "", err
	}
	if !slices.ContainsFunc(s.Open(by), func(st flow.Step) bool { return st.Verb == VerbEdit }) {
		return "", errs.Conflictf("现在不能附材料：只有填报人在待填报、退回待改时可以附。已签字的版本要先开始修订。")
	}
	return s.Unit.Name, nil
}

// provable are the cells of a submission, by key.
func provable(tx *db.Tx, id string) (fields []trail.Field, err error) {
	s, err := Get(tx, id)
	for _, spec := range s.Form.Cells() {
		en := ""
		if spec.Row.LabelEN != "" {
			en = spec.Row.LabelEN + " · " + spec.Column.NameEN
		}
		fields = append(fields, trail.Field{Key: spec.Key, Name: spec.Row.Number + " " + Label(spec), NameEN: en})
	}
	return fields, err
}

// ContentFile is a file as the signed text names it.
type ContentFile struct {
	Field  string `json:"field"` // key of the cell that it proves; '' = the whole
	Digest string `json:"digest"`
	Name   string `json:"name"`
}

// evidenceOf are the files that stand on the submission now, as they are signed.
func evidenceOf(tx *db.Tx, s Submission) (files []ContentFile, err error) {
	all, err := evidence.Of(tx, s.Object())
	for _, f := range all {
		if f.Current() {
			files = append(files, ContentFile{f.Field, f.Digest, f.Name})
		}
	}
	return files, err
}

// openedAt is where a signed file opens as it was signed, also if it was withdrawn since; empty if it is not there.
func openedAt(laid []evidence.File, f ContentFile) string {
	for _, one := range laid {
		if one.Digest == f.Digest {
			return "/files/" + one.ID
		}
	}
	return ""
}
