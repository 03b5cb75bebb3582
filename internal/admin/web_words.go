package admin

// The journal in words: what was done to whom or to which report, by name. The entries themselves stay codes.

import (
	"cmp"
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

// journaled are the actions that the journal can have, those of one kind of thing together. What is only read is not
// journaled.
func journaled() []string {
	return slices.DeleteFunc(auth.Named(), func(verb string) bool { return strings.HasSuffix(verb, ".read") })
}

// partWords are things that the journal tells of apart, though what is done to them is a verb of something else.
var partWords = map[string]say.Key{"accounts": "账号总表", "closing": "结账", "edition": "征求意见稿",
	"readers": "征求意见范围", "reviewer": "审阅专家", "scheme": "评估方案", "move": "达标类别调整",
	"note": "差异说明", "voice": "各方评价", "visit_note": "督导记录", "visit_site": "督导点位",
	"random_draw": "随机抽取", "jotting": "受聘人员笔记", "remark": "备注"}

// Objects says whether the journal's page has a word for what stands before the slash of an object.
func Objects(kind string) bool { return objectWords(context.Background(), nil, kind+"/1") != kind+"/1" }

// actorWords are who did it, as they were called then; in English if they are still called so.
func actorWords(ctx context.Context, names map[string]network.Label, e journal.Entry) string {
	if l := names["person/"+e.ActorID]; l.Name == e.Actor {
		return part.Name(ctx, l.Name, l.NameEN)
	}
	if e.ActorID == journal.System.ID {
		return part.T(ctx, say.Key(e.Actor))
	}
	return e.Actor
}

// objectWords name what an entry is about: 人员 张某, 报表 婚前保健情况表 · 东城区 · 2018年. What is gone has its code.
func objectWords(ctx context.Context, names map[string]network.Label, object string) string {
	kind, rest, _ := strings.Cut(object, "/")
	name := rest
	if l, named := names[object]; named {
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
	if word := cmp.Or(auth.Group(kind), partWords[kind]); word != "" {
		return strings.TrimSpace(part.T(ctx, word) + " " + name)
	}
	return object
}

// ofPeople says whether what a verb keeps is about accounts and their people, and no business.
func ofPeople(verb string) bool {
	of, _, _ := strings.Cut(verb, ".")
	return slices.Contains([]string{"session", "account", "post", "key"}, of)
}

// aside is what an entry says beside its object, where it is about people and no business.
func aside(ctx context.Context, e journal.Entry) string {
	if !ofPeople(e.Verb) {
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
		case "once":
			all = append(all, part.T(ctx, "一次性密码"))
		case "fingerprint":
			all = append(all, part.T(ctx, "指纹%s", value))
		case "public_key", "post", "row", "session": // long, and nobody's words
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
