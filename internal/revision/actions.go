package revision

// What is done with a revision: written, consulted on, settled, withdrawn. The committee's decision and what follows
// from it are decide.go's.

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/find"
	"yipanqi/internal/held"
	"yipanqi/internal/holiday"
	"yipanqi/internal/opinion"
	"yipanqi/internal/plan"
	"yipanqi/internal/request"
)

var unseen = errs.Missingf("没有找到这次修订。它可能不存在，或者您没有查看权限。")

// Read returns a revision that by may see.
func Read(tx *db.Tx, by auth.User, id string) (Revision, error) {
	r, err := byID[Revision](tx, id)
	if errs.KindOf(err) == errs.Missing || err == nil && !r.seen(by) {
		err = unseen
	}
	if err != nil {
		return Revision{}, err
	}
	return r, nil
}

// Every are the revisions that by may see, newest first.
func Every(tx *db.Tx, by auth.User) ([]Revision, error) {
	all, err := every[Revision](tx)
	slices.Reverse(all)
	return slices.DeleteFunc(all, func(r Revision) bool { return !r.seen(by) }), err
}

// Begin drafts a revision of a plan of the own area.
func Begin(tx *db.Tx, by auth.User, title, planCode, reason string) (r Revision, err error) {
	if r.Kept, _, err = begin(tx, by, VerbWrite); err != nil {
		return r, err
	}
	r.State, r.Plan = Draft, planCode
	wrong := errs.Fields{}
	r.name(wrong, title, reason)
	plans, err := plan.Seen(tx, by)
	if err != nil {
		return r, err
	}
	if !slices.ContainsFunc(plans, func(p plan.Plan) bool { return p.Code == planCode }) {
		wrong.Say("plan", "没有这个规划。请从列表里选。")
	} else if s, err := systemOf(tx, planCode); err != nil {
		return r, err
	} else if s.area.Path != r.AreaPath {
		wrong.Say("plan", "这是另一级的规划，须由那一级的妇儿工委办提修订。")
	}
	if err := wrong.Check(unsaved); err != nil {
		return r, err
	}
	if err := insert(tx, &r); err != nil {
		return r, err
	}
	if err := r.findable(tx); err != nil {
		return r, err
	}
	return r, held.Log(tx, by, VerbWrite, r.Object(), nil, rowOf(&r), nil)
}

func (r *Revision) name(wrong errs.Fields, title, reason string) {
	if r.Title = strings.TrimSpace(title); r.Title == "" {
		wrong.Say("title", "请写名称。")
	}
	if r.Reason = strings.TrimSpace(reason); r.Reason == "" {
		wrong.Say("reason", "请写为什么修订。")
	}
	tooLong(wrong, "title", r.Title, maxTitle)
	tooLong(wrong, "reason", r.Reason, maxText)
}

// rewritten makes a new version of the text on which units remark, once a proposal in it has changed.
func (r Revision) rewritten(tx *db.Tx, by auth.User, s system, before string) error {
	if r.Opinions == "" || r.body(s) == before || len(r.Proposals) == 0 {
		return nil
	}
	open, err := opinion.Get(tx, r.Opinions)
	if err != nil {
		return err
	}
	_, err = opinion.Revise(tx, by, open.ID, open.Version, r.body(s), "照意见修改提议")
	return err
}

// step takes a step: reads the revision, asks the state table, has change change it, writes and journals it.
func step(tx *db.Tx, by auth.User, id string, version int64, verb string,
	change func(*Revision) (map[string]string, error)) (Revision, error) {
	r, err := Read(tx, by, id)
	if err != nil {
		return r, err
	}
	st, _, err := lifeOfRevision.Take(verb, by, r.as(by))
	if err != nil {
		return r, err
	}
	if err := r.unchanged(version); err != nil {
		return r, err
	}
	before := rowOf(&r)
	detail, err := change(&r)
	if err != nil {
		return r, err
	}
	r.State, r.UpdatedBy, r.UpdatedAt = State(st.To), by.Name, tx.Now
	if err := update(tx, &r); err != nil {
		return r, err
	}
	if err := r.findable(tx); err != nil {
		return r, err
	}
	return r, held.Log(tx, by, verb, r.Object(), before, rowOf(&r), detail)
}

// Retitle changes what a revision is called and why it is made.
func Retitle(tx *db.Tx, by auth.User, id string, version int64, title, reason string) (Revision, error) {
	return step(tx, by, id, version, VerbWrite, func(r *Revision) (map[string]string, error) {
		wrong := errs.Fields{}
		r.name(wrong, title, reason)
		return nil, wrong.Check(unsaved)
	})
}

// Propose adds a proposal, or replaces the one of its number.
func Propose(tx *db.Tx, by auth.User, id string, version int64, p Proposal, after Definition) (Revision, error) {
	return step(tx, by, id, version, VerbWrite, func(r *Revision) (map[string]string, error) {
		s, err := systemOf(tx, r.Plan)
		if err != nil {
			return nil, err
		}
		p.Evidence, p.Effective = strings.TrimSpace(p.Evidence), strings.TrimSpace(p.Effective)
		p.Verdict, p.Note, p.AppliedOn = "", "", ""
		if err := p.fill(tx, s, after); err != nil {
			return nil, err
		}
		for _, o := range r.Proposals {
			if o.Number != p.Number && o.code() == p.code() {
				return nil, errs.Fields{"indicator": {Key: "提议%d已经改这个指标。请在那里改。",
					Args: []any{o.Number}}}.Check(unsaved)
			}
		}
		at := r.at(p.Number)
		before := r.body(s)
		if r.Proposals = slices.Clone(r.Proposals); p.Number == 0 || at < 0 {
			p.Number, at = r.number(), len(r.Proposals)
			r.Proposals = append(r.Proposals, p)
		}
		r.Proposals[at] = p
		return map[string]string{"proposal": p.sentence(s)}, r.rewritten(tx, by, s, before)
	})
}

// Unpropose takes a proposal out.
func Unpropose(tx *db.Tx, by auth.User, id string, version int64, number int) (Revision, error) {
	return step(tx, by, id, version, VerbWrite, func(r *Revision) (map[string]string, error) {
		at := r.at(number)
		if at < 0 {
			return nil, errs.Missingf("没有这条提议。请刷新页面看看。")
		}
		s, err := systemOf(tx, r.Plan)
		if err != nil {
			return nil, err
		}
		before, gone := r.body(s), r.Proposals[at].sentence(s)
		r.Proposals = slices.Delete(slices.Clone(r.Proposals), at, at+1)
		return map[string]string{"proposal": "删去" + gone}, r.rewritten(tx, by, s, before)
	})
}

// Asked is whom a revision is put to, until when, and who looks through the answers.
type Asked struct {
	Units    []string
	DueOn    string
	Reviewer string // a post
}

// Consult asks units: each proposal is a question to those it concerns, and all of it a text to remark on.
func Consult(tx *db.Tx, by auth.User, id string, version int64, asked Asked) (Revision, error) {
	return step(tx, by, id, version, VerbConsult, func(r *Revision) (map[string]string, error) {
		if len(r.Proposals) == 0 {
			return nil, errs.Conflictf("还没有提议，不能征求意见。")
		}
		s, err := systemOf(tx, r.Plan)
		if err != nil {
			return nil, err
		}
		if asked.DueOn == "" {
			if asked.DueOn, err = holiday.By(tx, tx.Today(), lifeOfRevision.Limit(VerbConsult)); err != nil {
				return nil, err
			}
		}
		q := request.Request{Kind: request.Consultation, Title: "对“" + r.Title + "”的意见", Unit: r.Office,
			Basis: r.Reason, Addressees: asked.Units, DueOn: asked.DueOn, Reviewer: asked.Reviewer, About: r.Object()}
		for _, p := range r.Proposals {
			q.Questions = append(q.Questions, request.Question{Text: short(p.sentence(s)), Kind: request.Choice,
				Required: true,
				Units:    p.concerns(asked.Units, s), Choices: []string{"同意", "修改后同意", "不同意"},
				Feeds: r.Title})
		}
		q.Questions = append(q.Questions, request.Question{Text: "有什么修改意见，依据是什么", Kind: request.Text,
			Limit: 2000})
		if q, err = request.Create(tx, by, q); err != nil {
			return nil, err
		}
		if q, err = request.Send(tx, by, q.ID, q.Version); err != nil {
			return nil, err
		}
		open, err := opinion.LayOpen(tx, by, opinion.Text{Title: r.Title, About: r.Object(), Unit: r.Office,
			Readers: asked.Units, DueOn: asked.DueOn}, r.body(s))
		r.Request, r.Opinions = q.ID, open.ID
		return map[string]string{"units": fmt.Sprint(len(q.Addressees)), "due": asked.DueOn}, err
	})
}

// body is the text on which units remark: a paragraph for each proposal.
func (r Revision) body(s system) string {
	var lines []string
	for _, p := range r.Proposals {
		lines = append(lines, strings.ReplaceAll(p.sentence(s), "\n", " "))
	}
	return strings.Join(lines, "\n")
}

// short is a sentence that a question has room for; the revision's page has all of it.
func short(text string) string {
	const most = 900
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "……（全文见修订的页面）"
	}
	return text
}

// concerns are the units among those asked that a proposal is put to: the source now and then; all of them if it is
// nobody's there. Units that are the source of nothing in the revision are asked everything.
func (p Proposal) concerns(units []string, s system) (some []string) {
	sources := map[string]bool{}
	for _, i := range s.indicators {
		if s.hangs[i.Code] != "" {
			sources[i.SourceUnit] = true
		}
	}
	for _, u := range units {
		if u == p.Before.Source || u == p.After.Source || !sources[u] {
			some = append(some, u)
		}
	}
	if len(some) == 0 {
		return units
	}
	return some
}

// sentence is a proposal in words.
func (p Proposal) sentence(s system) string {
	name := p.Before.Name
	if p.Action == Add {
		name = p.After.Name
	}
	text := fmt.Sprintf("提议%d：%s（%s）%s，%s年起生效。", p.Number, name, p.code(), word(actions, p.Action),
		p.Effective)
	for _, c := range p.changes(s) {
		text += c.sentence()
	}
	return text + "依据：" + strings.TrimRight(p.Evidence, "。") + "。"
}

// Settle ends the consultation: all have answered, and no remark that must be heeded is without a reply.
func Settle(tx *db.Tx, by auth.User, id string, version int64) (Revision, error) {
	return step(tx, by, id, version, VerbSettle, func(r *Revision) (map[string]string, error) {
		answers, err := request.Answers(tx, r.Request)
		if err != nil {
			return nil, err
		}
		owing := 0
		for _, a := range answers {
			if a.State.Owed() {
				owing++
			}
		}
		if owing > 0 {
			return nil, errs.Conflictf("还有%d个单位没有答复，不能结束征求意见。", owing)
		}
		blocking, err := opinion.Blocking(tx, r.Object(), r.Office)
		if err == nil && len(blocking) > 0 {
			err = errs.Conflictf("还有%d条“必须修改”的意见没有回应。请先逐条回应。", len(blocking))
		}
		r.SettledOn = tx.Today()
		return nil, err
	})
}

// Withdraw takes a revision back.
func Withdraw(tx *db.Tx, by auth.User, id string, version int64, why string) (Revision, error) {
	return step(tx, by, id, version, VerbWithdraw, func(r *Revision) (_ map[string]string, err error) {
		if r.Note, err = because(why); err != nil {
			return nil, err
		}
		if r.Request != "" && r.State == Consulting {
			q, err := request.Get(tx, r.Request)
			if err != nil {
				return nil, err
			}
			if _, err := request.Withdraw(tx, by, q.ID, q.Version, r.Note); err != nil {
				return nil, err
			}
		}
		return map[string]string{"reason": r.Note}, nil
	})
}

// findable puts a revision where the search finds it, once it is no draft.
func (r Revision) findable(tx *db.Tx) error {
	scope := find.Scope{Path: r.AreaPath, Figures: true}
	if r.State == Draft {
		scope = find.Scope{Unit: r.Office, Path: r.AreaPath}
	}
	return find.Put(tx, find.Doc{Object: r.Object(), Title: r.Title, Note: "指标体系修订",
		NoteEN: "Revision of the indicator system", Scope: scope})
}

// yearBegan says whether a year has begun on a day.
func yearBegan(year int, today time.Time) bool { return year <= today.In(db.China).Year() }
