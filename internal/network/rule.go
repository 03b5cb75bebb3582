package network

// Rules of a committee as dated texts: each version stays readable, one of each rule is in force on a day.

import (
	"strings"

	"yipanqi/internal/calendar"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Rule is one version of a rule 工作制度.
type Rule struct {
	Code       string `json:"code"`
	Version    int    `json:"version"`
	Body       string `json:"body"`
	Kind       string `json:"kind"`
	Title      string `json:"title"`
	Text       string `json:"text"`
	Basis      string `json:"basis"`
	InForceOn  string `json:"in_force_on"`
	RepealedOn string `json:"repealed_on,omitempty"`
}

// VerbRule is permission and journal entry at once: a new version of a rule.
const VerbRule = "rule.put"

// RuleKinds are all kinds of rules, in their order.
var RuleKinds = []string{"meeting", "reporting", "liaison", "follow_up", "monitoring", "assessment", "archive"}

var ruleWords = map[string]say.Key{"meeting": "会议制度", "reporting": "报告制度", "liaison": "联络员制度",
	"follow_up": "督办制度", "monitoring": "监测统计制度", "assessment": "评估制度", "archive": "档案制度"}

// KindWords is the kind of the rule in Chinese.
func (r Rule) KindWords() say.Key { return ruleWords[r.Kind] }

// InForce says whether the version holds on a day.
func (r Rule) InForce(day string) bool { return openOn(r.InForceOn, r.RepealedOn, day) }

// Validate checks what the database cannot.
func (r Rule) Validate() error {
	f := errs.Fields{}
	required(f, "code", r.Code)
	required(f, "title", r.Title)
	required(f, "text", r.Text)
	required(f, "body", r.Body)
	if r.KindWords() == "" {
		f.Say("kind", "请从列表里选制度类别。")
	}
	if !calendar.IsDay(r.InForceOn) {
		f.Say("in_force_on", "请填施行日期，例如 2024-03-31。")
	}
	if r.RepealedOn != "" && r.RepealedOn < r.InForceOn {
		f.Say("repealed_on", "结束日期不能早于开始日期。")
	}
	if len([]rune(r.Code)) > 40 || strings.ContainsAny(r.Code, " /?#") {
		f.Say("code", "代码最多40个字符，不含空格和斜杠。")
	}
	return f.Check("没有保存：请先改正标出的地方。")
}
