package admin

// The journal in words: what was done to whom or to which report, by name. The entries themselves stay codes.

import (
	"context"
	"maps"
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/period"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// verbWord is the action in the reader's language, or its code where the program no longer knows it.
func verbWord(ctx context.Context, verb string) string {
	if word := auth.VerbWord(verb); word != "" {
		return part.T(ctx, word)
	}
	return verb
}

// journaled are the actions that the journal has, in the order of its filter.
var journaled = []string{"session.open", "session.close", "session.refuse", "session.end", "account.create",
	"account.change_password", "account.reset", "account.baseline", "account.disable", "account.enable",
	"account.unlock", "post.add", "post.end", "key.create",
	"key.refuse", "key.retire", "submission.owe", "submission.open", "submission.import", "submission.prepare",
	"submission.sign", "submission.return", "submission.accept", "submission.amend", "submission.recall",
	"submission.drop", "submission.withdraw", "submission.restore", "check.create", "check.area", "check.correct",
	"check.uncorrect", "check.delete", "definition.put", "definition.baseline", "form.put", "exchange.import",
	"journal.baseline", "witness.begin", "clock.set", "sample.day"}

func groupWord(of string) say.Key {
	switch of {
	case "session":
		return "登录"
	case "account":
		return "账号"
	case "post":
		return "岗位"
	case "key":
		return "签名密钥"
	case "submission":
		return "报表"
	case "check":
		return "核对"
	case "definition":
		return "定义"
	case "form":
		return "表式"
	}
	return "本系统"
}

// objectWords name what an entry is about: 人员 张某, 报表 婚前保健情况表 · 东城区 · 2018年. What is gone has its code.
func (d journalData) objectWords(ctx context.Context, object string) string {
	kind, rest, _ := strings.Cut(object, "/")
	name := rest
	if l, named := d.Names[object]; named {
		name = part.Name(ctx, l.Name, l.NameEN)
	}
	switch kind {
	case "person":
		return part.T(ctx, "人员 %s", name)
	case "login":
		return part.T(ctx, "未知的用户名 %s", name)
	case "submission":
		return part.T(ctx, "报表 %s", name)
	case "owed":
		code, of, _ := strings.Cut(rest, "/")
		if p, err := period.Parse(of); err == nil {
			name = code + " · " + part.Name(ctx, p.Label(""), p.LabelEN(""))
		}
		return part.T(ctx, "应报 %s", name)
	case "check":
		return part.T(ctx, "文稿核对 %s", name)
	case "correction":
		return part.T(ctx, "核对更正 %s", name)
	case "unit":
		return part.T(ctx, "单位 %s", name)
	case "form":
		return part.T(ctx, "表式 %s", name)
	case "definitions":
		return part.T(ctx, "各项定义")
	case "installation":
		return part.T(ctx, "本系统")
	case "witness":
		return part.T(ctx, "被见证的系统 %s", name)
	}
	return object
}

// aside is what an entry says beside its object, where it is about people and no business.
func aside(ctx context.Context, e journal.Entry) string {
	if of, _, _ := strings.Cut(e.Verb, "."); !slices.Contains([]string{"session", "account", "post", "key"}, of) {
		return ""
	}
	var all []string
	for _, name := range slices.Sorted(maps.Keys(e.Detail)) {
		value := e.Detail[name]
		switch name {
		case "from":
			all = append(all, part.T(ctx, "来自%s", value))
		case "kind":
			if value == auth.Bearer {
				all = append(all, part.T(ctx, "程序令牌"))
			} else {
				all = append(all, part.T(ctx, "浏览器"))
			}
		case "login":
			all = append(all, part.T(ctx, "用户名%s", value))
		case "locked":
			all = append(all, part.T(ctx, "已锁定"))
		case "disabled":
			all = append(all, part.T(ctx, "账号已停用"))
		case "key":
			all = append(all, part.T(ctx, "密钥%s", value))
		case "unit":
			all = append(all, part.T(ctx, "单位%s", value))
		case "role":
			all = append(all, part.T(ctx, "岗位%s", value))
		case "public_key", "post": // long, and nobody's words
		default:
			all = append(all, name+"="+value)
		}
	}
	return part.Join(ctx, all)
}

// reportName is form, unit and period; what was reported the journal does not say.
func reportName(f form.Form, u network.Unit, p period.Period) network.Label {
	en := func(name, zh string) string {
		if name == "" {
			return zh
		}
		return name
	}
	return network.Label{Name: f.Name + " · " + u.Name + " · " + p.Label(""),
		NameEN: en(f.NameEN, f.Name) + " · " + en(u.NameEN, u.Name) + " · " + p.LabelEN("")}
}
