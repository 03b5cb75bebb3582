// Package request is one ask to many units and one answer of each: opinions wanted on a draft, material for a report,
// self-inspection, the roster, issues to be named. It is not for numbers that are added up: those are forms.
package request

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Kinds of request.
const (
	SelfEvaluation = "self_evaluation"
	SelfInspection = "self_inspection"
	Material       = "material"
	Consultation   = "consultation"
	Roster         = "roster"
	IssueCall      = "issue_call"
)

// Kinds are all of them, in the order in which a page offers them.
func Kinds() []string {
	return []string{Material, SelfInspection, SelfEvaluation, Consultation, IssueCall, Roster}
}

// KindWords is what a kind is called.
func KindWords(kind string) say.Key {
	return map[string]say.Key{SelfEvaluation: "自评", SelfInspection: "自查", Material: "材料征集",
		Consultation: "征求意见", Roster: "名单更新", IssueCall: "议题征集"}[kind]
}

// Kinds of answer to a question.
const (
	Text    = "text"
	Figures = "figures" // references to figures of the program, never typed
	Choice  = "choice"
	File    = "file"
	Table   = "table"
)

// Rules of signing an answer.
const (
	Nobody = "none"
	Leader = "leader"
	Two    = "two"
)

// Question is one question. Number is its key in answers; it counts from 1.
type Question struct {
	Number   string   `json:"number"`
	Text     string   `json:"text"`
	Kind     string   `json:"kind"`
	Required bool     `json:"required,omitempty"`
	Limit    int      `json:"limit,omitempty"`   // characters; 0 = none
	Units    []string `json:"units,omitempty"`   // who is asked it; none = all
	Choices  []string `json:"choices,omitempty"` // of kind choice
	Columns  []string `json:"columns,omitempty"` // of kind table
	Feeds    string   `json:"feeds,omitempty"`   // what it is for: a goal, an indicator, a part of a report
}

// Asks says whether the question is put to a unit, by the code under which the request named it.
func (q Question) Asks(unit string) bool { return len(q.Units) == 0 || slices.Contains(q.Units, unit) }

// Request is one ask.
type Request struct {
	ID         string       `json:"id"`
	Kind       string       `json:"kind"`
	Title      string       `json:"title"`
	Basis      string       `json:"basis,omitempty"`
	Unit       string       `json:"unit"` // who asks
	AreaPath   string       `json:"-"`
	Questions  []Question   `json:"questions"`
	Addressees []string     `json:"addressees"`
	DueOn      string       `json:"due"`
	Reviewer   string       `json:"reviewer"` // id of a post
	SignRule   string       `json:"sign_rule"`
	About      string       `json:"about,omitempty"` // the object that it is asked for: meeting/…
	State      State        `json:"state"`
	Reason     string       `json:"reason,omitempty"`
	CreatedBy  string       `json:"-"`
	CreatedAt  time.Time    `json:"created_at"`
	SentAt     time.Time    `json:"sent_at,omitzero"`
	Version    int64        `json:"version"`
	UpdatedBy  string       `json:"-"`
	UpdatedAt  time.Time    `json:"updated_at"`
	reviewer   network.Post // empty if none is named
}

// Object is the request's name in the journal.
func (r Request) Object() string { return "request/" + r.ID }

// URL is its page.
func (r Request) URL() string { return "/requests/" + r.ID }

// Question is the question of a number.
func (r Request) Question(number string) (Question, bool) {
	for _, q := range r.Questions {
		if q.Number == number {
			return q, true
		}
	}
	return Question{}, false
}

// For are the questions put to a unit, by the code under which the request named it.
func (r Request) For(asked string) (all []Question) {
	for _, q := range r.Questions {
		if q.Asks(asked) {
			all = append(all, q)
		}
	}
	return all
}

// Most of anything, so that a page stays a page.
const (
	maxTitle     = 120
	maxBasis     = 2000
	maxQuestions = 60
	maxQuestion  = 1000
	maxChoices   = 20
	maxColumns   = 8
	maxRows      = 200
	maxLimit     = 20_000
)

func longer(text string, most int) bool { return utf8.RuneCountInString(text) > most }

// tidy drops what is empty and numbers the questions anew.
func (r *Request) tidy() {
	r.Title, r.Basis, r.About = strings.TrimSpace(r.Title), strings.TrimSpace(r.Basis), strings.TrimSpace(r.About)
	var kept []Question
	for _, q := range r.Questions {
		if q.Text = strings.TrimSpace(q.Text); q.Text == "" {
			continue
		}
		q.Number = strconv.Itoa(len(kept) + 1)
		q.Feeds = strings.TrimSpace(q.Feeds)
		q.Choices, q.Columns = few(q.Choices), few(q.Columns)
		if q.Kind != Choice {
			q.Choices = nil
		}
		if q.Kind != Table {
			q.Columns = nil
		}
		if q.Kind == File {
			q.Limit = 0
		}
		q.Units = slices.DeleteFunc(slices.Clone(q.Units), func(u string) bool {
			return !slices.Contains(r.Addressees, u)
		})
		if len(q.Units) == len(r.Addressees) {
			q.Units = nil
		}
		kept = append(kept, q)
	}
	r.Questions = kept
	if r.holdsFigures() {
		r.SignRule = Two
	}
}

// few are the texts that say something.
func few(texts []string) (kept []string) {
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			kept = append(kept, t)
		}
	}
	return kept
}

func (r Request) holdsFigures() bool {
	return slices.ContainsFunc(r.Questions, func(q Question) bool { return q.Kind == Figures })
}

// keepable refuses what cannot even be kept as a draft.
func (r Request) keepable() error {
	wrong := errs.Fields{}
	if r.Title == "" || longer(r.Title, maxTitle) {
		wrong.Say("title", "请写标题，最多%d个字。", maxTitle)
	}
	if longer(r.Basis, maxBasis) {
		wrong.Say("basis", "依据最多%d个字。", maxBasis)
	}
	if r.DueOn != "" && !calendar.IsDay(r.DueOn) {
		wrong.Say("due", "截止日期请写成 2024-03-31 的样子。")
	}
	if len(r.Questions) > maxQuestions {
		wrong.Say("questions", "最多%d个题目。请合并或分两次征集。", maxQuestions)
	}
	for _, q := range r.Questions {
		q.keepable(wrong)
	}
	return wrong.Check("没有保存：请先改正标出的地方。")
}

func (q Question) keepable(wrong errs.Fields) {
	at := func(name string) string { return "q[" + q.Number + "." + name + "]" }
	if longer(q.Text, maxQuestion) {
		wrong.Say(at("text"), "题目最多%d个字。", maxQuestion)
	}
	if q.Limit < 0 || q.Limit > maxLimit {
		wrong.Say(at("limit"), "字数限制请填1到%d，不限就留空。", maxLimit)
	}
	if n := len(q.Choices); n > maxChoices {
		wrong.Say(at("choices"), "最多%d个选项。", maxChoices)
	}
	if n := len(q.Columns); n > maxColumns {
		wrong.Say(at("columns"), "表最多%d列。", maxColumns)
	}
}

// sendable refuses what cannot be sent yet, with everything that is missing.
func (r Request) sendable(today string) error {
	wrong := errs.Fields{}
	if len(r.Questions) == 0 {
		wrong.Say("questions", "至少要有一个题目。")
	}
	if len(r.Addressees) == 0 {
		wrong.Say("unit", "请选择征集对象，至少一个单位。")
	}
	if r.DueOn == "" {
		wrong.Say("due", "请填截止日期。")
	} else if r.DueOn < today {
		wrong.Say("due", "截止日期不能早于今天。")
	}
	if r.reviewer.ID == "" {
		wrong.Say("reviewer", "请选择审核人。")
	} else if !openOn(r.reviewer, today) {
		wrong.Say("reviewer", "审核人已不在这个岗位。请另选一位。")
	}
	for _, q := range r.Questions {
		if q.Kind == Choice && len(q.Choices) < 2 {
			wrong.Say("q["+q.Number+".choices]", "选择题至少要有两个选项，一行一个。")
		}
		if q.Kind == Table && len(q.Columns) < 1 {
			wrong.Say("q["+q.Number+".columns]", "表格题至少要有一列，一行写一个列名。")
		}
	}
	for _, unit := range r.Addressees {
		if len(r.Questions) > 0 && len(r.For(unit)) == 0 {
			wrong.Say("unit", "有的单位一个题目也没有分到。请给它题目，或者从对象里去掉。")
		}
	}
	return wrong.Check("还不能发出：请先补齐标出的地方。")
}

func openOn(p network.Post, day string) bool {
	return p.OpensOn <= day && (p.ClosesOn == "" || day < p.ClosesOn)
}

// asJSON writes a value that always marshals.
func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}
