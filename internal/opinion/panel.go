package opinion

// Texts laid open to people who are engaged, and the blindness of a panel: until all reviewers have finished or the day
// is over, an opinion is its author's alone, for the office too. Who sits on a panel is package panel's.

import (
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/held"
	"yipanqi/internal/module"
	"yipanqi/internal/say"
)

// Panel is the purpose of a text that experts review.
const Panel = "panel"

// VerbFinish is a reviewer's word that all is said; VerbPrint is for the house alone: what outsiders take with them is
// journaled.
const (
	VerbFinish = "opinion.finish"
	VerbPrint  = "opinion.print"
)

// Reviewer is one of those from whom a panel expects opinions.
type Reviewer struct {
	ID         string    `json:"-"`
	TextID     string    `json:"-"`
	Engagement string    `json:"engagement"`
	PersonID   string    `json:"-"`
	Person     string    `json:"person"`
	FinishedAt time.Time `json:"finished_at,omitzero"`
}

func (r Reviewer) object() string { return "reviewer/" + r.ID }

// Blind says whether each opinion is still its author's alone.
func (t Text) Blind(today string) bool {
	return t.Purpose == Panel && !t.Closed && today <= t.DueOn &&
		slices.ContainsFunc(t.Reviewers, func(r Reviewer) bool { return r.FinishedAt.IsZero() })
}

// reviewer is the row of a person; none for whoever is no reviewer.
func (t Text) reviewer(personID string) (r Reviewer, is bool) {
	at := slices.IndexFunc(t.Reviewers, func(r Reviewer) bool { return r.PersonID == personID })
	if at < 0 {
		return r, false
	}
	return t.Reviewers[at], true
}

// named lets by read a text that an engagement of theirs names today.
func (t *Text) named(tx *db.Tx, by auth.User) (bool, error) {
	own, err := engagement.Open(tx, by)
	for _, e := range own {
		if e.Names(t.Object()) {
			t.through = &e
			return true, err
		}
	}
	return false, err
}

// writesAs is the post in which somebody engaged remarks on the text.
func (t Text) writesAs(by auth.User) (auth.Post, error) {
	at := slices.IndexFunc(by.Posts, func(p auth.Post) bool { return p.Role == auth.Outsider })
	if t.through == nil || at < 0 {
		return auth.Post{}, errs.Deniedf("这份文本没有交付给您的单位，不能提意见。")
	}
	if _, is := t.reviewer(by.ID); t.Purpose == Panel && !is {
		return auth.Post{}, errs.Deniedf("只有参加论证的专家可以提意见。")
	}
	post := by.Posts[at]
	post.Unit = t.Unit // of the office that engaged them: no unit of the network is theirs
	post.RoleName = string(t.through.Role.Words())
	return post, nil
}

// said refuses what a reviewer who has finished, or anybody after the opinions were opened, would still say.
func (t Text) said(by auth.User, today string) error {
	if t.Purpose != Panel {
		return nil
	}
	if r, is := t.reviewer(by.ID); is && !r.FinishedAt.IsZero() {
		return errs.Conflictf("您已经提完意见，不能再提或改。")
	}
	if !t.Blind(today) {
		return errs.Conflictf("各位专家的意见已经公开，不能再提。")
	}
	return nil
}

// Finish says that a reviewer has said all; once all have, all read all.
func Finish(tx *db.Tx, by auth.User, id string) (Text, error) {
	t, err := Read(tx, by, id)
	if err != nil {
		return t, err
	}
	if err := by.Check(VerbFinish); err != nil {
		return t, err
	}
	r, is := t.reviewer(by.ID)
	if !is {
		return t, errs.Deniedf("只有参加论证的专家可以提意见。")
	}
	if err := t.said(by, tx.Today()); err != nil {
		return t, err
	}
	all, err := On(tx, t.ID)
	if err != nil {
		return t, err
	}
	if slices.ContainsFunc(all, func(o Opinion) bool { return o.PersonID == by.ID && o.State == Draft }) {
		return t, errs.Conflictf("您还有没提出的草稿。请先提出或撤回，再点“意见提完了”。")
	}
	before := r.row()
	r.FinishedAt = tx.Now
	if err := finishReviewer(tx, r); err != nil {
		return t, err
	}
	return t, held.Log(tx, by, VerbFinish, r.object(), before, r.row(), nil)
}

// invited writes down from whom opinions are expected.
func (t *Text) invited(tx *db.Tx, by auth.User) error {
	for n := range t.Reviewers {
		r := &t.Reviewers[n]
		r.ID, r.TextID = db.NewID(), t.ID
		if err := insertReviewer(tx, *r); err != nil {
			return err
		}
		if err := held.Log(tx, by, VerbOpen, r.object(), nil, r.row(), nil); err != nil {
			return err
		}
	}
	return nil
}

// Kind is how opinions of one kind were answered.
type Kind struct {
	Kind string `json:"kind"`
	Adoption
}

// ByKind counts opinions by kind, in the order of the use; kinds without any are left out.
func ByKind(all []Opinion, purpose string) (kinds []Kind) {
	kinds = []Kind{}
	for _, kind := range Kinds(purpose) {
		one := Kind{Kind: kind, Adoption: Count(slices.DeleteFunc(slices.Clone(all), func(o Opinion) bool {
			return o.Kind != kind
		}))}
		if one.Filed > 0 {
			kinds = append(kinds, one)
		}
	}
	return kinds
}

// Exhibits are texts that an engagement can name: they are read on their own page.
func exhibits() []module.Exhibit {
	return []module.Exhibit{{Kind: "text", Name: "征求意见的文本",
		Show: func(tx *db.Tx, id string, _ []string) (x module.Exhibited, err error) {
			t, err := Get(tx, id)
			x = module.Exhibited{Title: t.Title, URL: t.URL()}
			if !t.Closed {
				x.DueOn = t.DueOn
			}
			return x, err
		},
		Own: ownOpinions}}
}

// ownOpinions are a person's own on all texts that they can read today, for their export.
func ownOpinions(tx *db.Tx, by auth.User) (blocks []document.Block, err error) {
	objects, err := engagement.Objects(tx, by)
	if err != nil {
		return nil, err
	}
	texts, err := textsNamed(tx, objects)
	if err != nil {
		return nil, err
	}
	for _, t := range texts {
		all, err := On(tx, t.ID)
		if err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(o Opinion) bool { return o.PersonID != by.ID })
		if len(all) == 0 {
			continue
		}
		rows := document.Table{Columns: []document.Column{{Head: "条款", Width: 2}, {Head: "原文", Width: 5},
			{Head: "意见", Width: 6}, {Head: "回应", Width: 5}}}
		for _, o := range all {
			rows.Rows = append(rows.Rows, document.Row(onPaper(o.Clause), o.Quote, o.Reason+"　"+o.Suggestion,
				string(VerdictWords(o.Verdict))+"　"+o.Reply))
		}
		blocks = append(blocks, document.Heading{Level: 1, Text: "对“" + t.Title + "”的意见"}, rows)
	}
	return blocks, nil
}

// onPaper is the number of a clause as a table cites it: 一, not 一、.
func onPaper(clause string) string { return strings.TrimRight(clause, "、．. ") }

// sideOf is where an author speaks from: the unit, or what they are engaged as.
func (o Opinion) sideOf(names map[string]string, said func(say.Key) string) string {
	if o.Engagement != "" {
		return said(say.Key(o.Role))
	}
	return names[o.Unit]
}

// shownTo is the text without what is not the reader's business.
func (t Text) shownTo(by auth.User) Text {
	if t.through != nil {
		t.Readers, t.Reviewers = []string{}, slices.DeleteFunc(slices.Clone(t.Reviewers), func(r Reviewer) bool {
			return r.PersonID != by.ID
		})
	}
	return t
}
