package part

// The kinds of lamps, statuses, origins and steps that parts know, and their words.

import (
	"context"
	"slices"
	"strings"

	"yipanqi/internal/say"
)

// Lamp kinds: how an indicator stands.
const (
	Met        = "met"
	OnPace     = "on_pace"
	Behind     = "behind"
	Worsening  = "worsening"
	NoTarget   = "no_target"
	TooFew     = "too_few"
	Short      = "short"
	BeforePlan = "before_plan"
	NoData     = "no_data"
	Incomplete = "incomplete"
)

// Statuses of a figure besides Incomplete.
const (
	Proven   = "proven"
	Unproven = "unproven"
	Paper    = "paper"
)

// Origins of a figure.
const (
	Entered   = "entered"
	Published = "published"
	Simulated = "simulated"
)

// Step states.
const (
	StepDone    = "done"
	StepCurrent = "current"
	StepBack    = "back" // it went back: returned, withdrawn
	StepNext    = "next"
)

// DueWord is what a lamp of flow.Lamp is called, in Chinese.
func DueWord(lamp string) say.Key {
	switch lamp {
	case "green":
		return "期限内"
	case "blue":
		return "临近期限"
	case "red":
		return "已逾期"
	case "pause":
		return "暂停计时"
	}
	return "不计时" // none is set, or it has ended
}

// DuePressing is how much a lamp of flow.Lamp presses, to bring lists in order.
func DuePressing(lamp string) int {
	return slices.Index([]string{"grey", "pause", "green", "blue", "red"}, lamp)
}

func lampWord(kind string) say.Key {
	switch kind {
	case Met:
		return "已达标"
	case OnPace:
		return "符合进度"
	case Behind:
		return "落后于进度"
	case Worsening:
		return "逆向变化"
	case NoTarget:
		return "未设目标"
	case TooFew:
		return "数据不足"
	case Short:
		return "未达标"
	case BeforePlan:
		return "规划期前数据"
	case NoData:
		return "暂无数据"
	case Incomplete:
		return "数据不全"
	}
	return say.Key(kind)
}

// LampWord names a lamp where it stands in a sentence: in English, without its capital.
func LampWord(ctx context.Context, kind string) string {
	word := T(ctx, lampWord(kind))
	if From(ctx).Lang != "en" {
		return word
	}
	return strings.ToLower(word[:1]) + word[1:]
}

// StatusWord is what a status is called, in Chinese.
func StatusWord(status string) say.Key {
	switch status {
	case Proven:
		return "已证实"
	case Incomplete:
		return "数据不全"
	case Unproven:
		return "未经签字证实"
	case Paper:
		return "纸质签字"
	}
	return say.Key(status)
}

// OriginWord is what an origin is called, in Chinese.
func OriginWord(origin string) say.Key {
	switch origin {
	case Entered:
		return "填报"
	case Published:
		return "公开发布"
	case Simulated:
		return "模拟"
	}
	return say.Key(origin)
}

// kindWord is the word for what colours a tile: a lamp or a status.
func kindWord(kind string) say.Key {
	if word := lampWord(kind); word != say.Key(kind) {
		return word
	}
	return StatusWord(kind)
}

func statusTitleWord(status int) say.Key {
	switch status {
	case 401:
		return "请先登录"
	case 403:
		return "没有权限"
	case 404:
		return "没有找到"
	case 405:
		return "不能这样操作"
	case 406:
		return "没有这种格式"
	case 409:
		return "内容已有变化"
	case 422:
		return "内容需要修改"
	}
	return "系统出错"
}
