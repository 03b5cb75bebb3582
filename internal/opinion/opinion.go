// Package opinion is remarks on passages of a text that is laid open version by version: each with its reply, and with
// what its author makes of that. What the text is of, and what a remark may stop, its callers say.
package opinion

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Text is a text that is laid open to units.
type Text struct {
	ID        string                 `json:"id"`
	Title     string                 `json:"title"`
	About     string                 `json:"about,omitempty"` // the object whose text it is: meeting/…
	Unit      string                 `json:"unit"`
	AreaPath  string                 `json:"-"`
	Readers   []string               `json:"readers"` // units that it is laid open to
	Purpose   string                 `json:"purpose,omitempty"`
	Reviewers []Reviewer             `json:"reviewers,omitempty"` // of a panel
	DueOn     string                 `json:"due"`
	Closed    bool                   `json:"closed,omitempty"`
	CreatedBy string                 `json:"-"`
	CreatedAt time.Time              `json:"created_at"`
	Version   int64                  `json:"version"` // of the row
	UpdatedBy string                 `json:"-"`
	UpdatedAt time.Time              `json:"-"`
	stored    string                 // the state as the row has it, for Verify
	through   *engagement.Engagement // by which the reader sees it; nil: by a post
}

// Object is the text's name in the journal.
func (t Text) Object() string { return "text/" + t.ID }

// URL is its page.
func (t Text) URL() string { return "/opinions/" + t.ID }

// Weights of a remark.
const (
	Must   = "must"
	Advise = "advise"
	Note   = "note"
)

// Verdicts on a remark.
const (
	Adopted    = "adopted"
	Partly     = "partly"
	NotAdopted = "not_adopted"
)

// Opinion is one remark.
type Opinion struct {
	ID          string    `json:"id"`
	TextID      string    `json:"text"`
	Anchor                // where it is fixed
	Kind        string    `json:"kind"`
	Weight      string    `json:"weight"`
	Reason      string    `json:"reason"`
	Suggestion  string    `json:"suggestion,omitempty"`
	Unit        string    `json:"unit"`
	PersonID    string    `json:"-"`
	Person      string    `json:"by,omitempty"` // empty for who may not see it
	Role        string    `json:"role"`
	Engagement  string    `json:"engagement,omitempty"` // of who is no unit's
	ShownAs     string    `json:"shown_as"`
	State       State     `json:"state"`
	Verdict     string    `json:"verdict,omitempty"`
	Reply       string    `json:"reply,omitempty"`
	ChangedText string    `json:"changed_text,omitempty"`
	RepliedBy   string    `json:"replied_by,omitempty"`
	RepliedAt   time.Time `json:"replied_at,omitzero"`
	StanceAt    time.Time `json:"stance_at,omitzero"`
	Silent      bool      `json:"silent,omitempty"`
	CreatedAt   time.Time `json:"-"`
	FiledAt     time.Time `json:"filed_at,omitzero"`
	Version     int64     `json:"version"`
	UpdatedAt   time.Time `json:"-"`
}

// Object is the remark's name in the journal.
func (o Opinion) Object() string { return "opinion/" + o.ID }

// URL is its place on the text's page.
func (o Opinion) URL() string { return "/opinions/" + o.TextID + "#o-" + o.ID }

// Kinds of remark on a text of a purpose, in the order in which a page offers them.
func Kinds(purpose string) []string {
	if purpose == Panel {
		return []string{"fact", "data", "judgement", "recommendation", "wording", "structure"}
	}
	return []string{"content", "wording", "fact", "duty", "deadline", "other"}
}

// KindWords is what a kind is called.
func KindWords(kind string) say.Key {
	return map[string]say.Key{"content": "内容", "wording": "文字表述", "fact": "事实和数据", "duty": "职责分工",
		"deadline": "时限", "other": "其他", "data": "数据", "judgement": "评价", "recommendation": "建议",
		"structure": "结构"}[kind]
}

// KindIn is what a kind is called on a text of a purpose: a panel tells facts from data.
func KindIn(purpose, kind string) say.Key {
	if purpose == Panel && kind == "fact" {
		return "事实"
	}
	return KindWords(kind)
}

// WeightWords is what a weight is called.
func WeightWords(weight string) say.Key {
	return map[string]say.Key{Must: "必须修改", Advise: "建议修改", Note: "供参考"}[weight]
}

// VerdictWords is what a verdict is called.
func VerdictWords(verdict string) say.Key {
	return map[string]say.Key{Adopted: "采纳", Partly: "部分采纳", NotAdopted: "不予采纳"}[verdict]
}

// Adoption is how remarks were answered. The rate is (adopted + partly) ÷ replied.
type Adoption struct {
	Filed      int `json:"filed"`
	Replied    int `json:"replied"`
	Adopted    int `json:"adopted"`
	Partly     int `json:"partly"`
	NotAdopted int `json:"not_adopted"`
	Kept       int `json:"kept"` // whose author keeps it
	Silent     int `json:"silent"`
	Must       int `json:"must_open"` // that must be answered and are not
}

// Count counts remarks; drafts and those taken back count for nothing.
func Count(all []Opinion) (a Adoption) {
	for _, o := range all {
		if o.State == Draft || o.State == Withdrawn {
			continue
		}
		a.Filed++
		switch o.Verdict {
		case Adopted:
			a.Adopted++
		case Partly:
			a.Partly++
		case NotAdopted:
			a.NotAdopted++
		default:
			if o.Weight == Must {
				a.Must++
			}
			continue
		}
		a.Replied++
		if o.State == Kept {
			a.Kept++
		}
		if o.Silent {
			a.Silent++
		}
	}
	return a
}

// Taken are the remarks adopted whole or in part: what the rate counts.
func (a Adoption) Taken() int { return a.Adopted + a.Partly }

const (
	maxTitle  = 120
	maxWords  = 2000
	maxReason = 600
)

func longer(text string, most int) bool { return utf8.RuneCountInString(text) > most }

// check refuses a remark that says nothing or too much.
func (o *Opinion) check(purpose string) error {
	wrong := errs.Fields{}
	o.Reason, o.Suggestion, o.Quote = strings.TrimSpace(o.Reason), strings.TrimSpace(o.Suggestion),
		strings.TrimSpace(o.Quote)
	if o.Reason == "" || longer(o.Reason, maxWords) {
		wrong.Say("reason", "请写明理由，最多%d个字。", maxWords)
	}
	if longer(o.Suggestion, maxWords) {
		wrong.Say("suggestion", "建议的文字最多%d个字。", maxWords)
	}
	if !slices.Contains(Kinds(purpose), o.Kind) {
		wrong.Say("kind", "请选择类别。")
	}
	if WeightWords(o.Weight) == "" {
		wrong.Say("weight", "请选择力度。")
	}
	if o.ShownAs != "name" && o.ShownAs != "role" {
		wrong.Say("shown_as", "请选择怎样署名。")
	}
	return wrong.Check("意见没有保存：请先改正标出的地方。")
}
