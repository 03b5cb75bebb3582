package engagement

// The life of an engagement and of a contract, and who takes which step.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
	"yipanqi/internal/say"
)

// State is where an engagement, or a contract, stands.
type State string

const (
	Invited State = "invited"
	Active  State = "active"
	Ended   State = "ended"
	Dropped State = "dropped"
	Signed  State = "contracted" // of a third party
)

// Verbs are permission, journal entry and button at once.
const (
	VerbRead   = "engagement.read"
	VerbInvite = "engagement.invite"
	VerbEdit   = "engagement.edit"
	VerbStart  = "engagement.start"
	VerbEnd    = "engagement.end"
	VerbDrop   = "engagement.drop"
	VerbLapse  = "engagement.lapse"

	// of the person
	VerbLook     = "engagement.look"
	VerbDownload = "engagement.download"
	VerbNote     = "engagement.note"
	VerbExport   = "engagement.export"

	VerbContract = "third_party.contract"
	VerbDeliver  = "third_party.deliver"
	VerbSurvey   = "third_party.survey"
	VerbAccept   = "third_party.accept"
	VerbFinish   = "third_party.end"
)

// Parts that people play.
const (
	office = "office" // works in the unit that engages
	hired  = "hired"  // engaged for the third party
)

var reasoned = flow.Rule{Needs: []string{"reason"}}

// life is that of an engagement.
var life = flow.Table{Object: "engagement", Words: words, Ends: []string{string(Ended), string(Dropped)},
	Note: "The person's account holds a post of the role outsider from `opens_on` to `closes_on`; before and after\n" +
		"it there is none, so nothing answers.",
	Steps: []flow.Step{
		flow.Line("", VerbInvite, office, Invited),
		flow.Line(Invited, VerbEdit, office, Invited),
		flow.Line(Invited, VerbStart, office, Active, flow.Rule{Needs: []string{"undertaking"}}),
		flow.Line(Invited, VerbDrop, office, Dropped, reasoned),
		flow.Line(Active, VerbEdit, office, Active),
		flow.Line(Active, VerbEnd, office, Ended, reasoned),
		flow.Line(Active, VerbLapse, flow.Program, Ended),
	}}

// hiring is the life of a third party.
var hiring = flow.Table{Object: "third_party", Words: words, Ends: []string{string(Ended)},
	Apart: map[string]say.Key{VerbAccept: "成果不能由交付它的人验收。"},
	Steps: []flow.Step{
		flow.Line("", VerbContract, office, Signed),
		flow.Line(Signed, VerbDeliver, hired, Signed),
		flow.Line(Signed, VerbSurvey, hired, Signed),
		flow.Line(Signed, VerbAccept, office, Signed, flow.Rule{Not: []string{VerbDeliver}}),
		flow.Line(Signed, VerbFinish, office, Ended, reasoned),
	}}

var words = map[string]say.Key{
	string(Invited): "待启用", string(Active): "在聘", string(Ended): "已结束", string(Dropped): "已取消",
	string(Signed): "履约中",

	VerbRead: "看受聘人员和第三方", VerbInvite: "登记受聘", VerbEdit: "改受聘范围", VerbStart: "启用受聘",
	VerbEnd: "提前结束受聘", VerbDrop: "取消受聘", VerbLapse: "受聘到期", VerbLook: "看本人受聘的材料",
	VerbDownload: "下载受聘材料", VerbNote: "写受聘笔记", VerbExport: "导出本人笔记",

	VerbContract: "登记第三方合同", VerbDeliver: "交付第三方成果",
	VerbSurvey: "登记问卷调查", VerbAccept: "验收第三方成果", VerbFinish: "结束第三方合同",

	office: "聘请的妇儿工委办", hired: "该第三方的受聘人员或妇儿工委办（代录）", flow.Program: "系统",
}

// Words are the Chinese words for a state.
func (s State) Words() say.Key { return words[string(s)] }

var notOffice = errs.Deniedf("这一步须由聘请的妇儿工委办办理。")

func (e Engagement) as(by auth.User) flow.Case {
	return flow.Case{State: string(e.State), Plays: func(string) (auth.Post, error) {
		if post, ok := by.PostFor(e.Office, auth.Office); ok {
			return post, nil
		}
		return auth.Post{}, notOffice
	}}
}

// as of a third party: engaged says whether by is engaged for it today.
func (t ThirdParty) as(by auth.User, engaged bool, did ...flow.Deed) flow.Case {
	return flow.Case{State: string(t.State), Did: did, Plays: func(part string) (auth.Post, error) {
		if post, ok := by.PostFor(t.Office, auth.Office); ok {
			return post, nil
		}
		if part == hired && engaged {
			return by.Posts[0], nil
		}
		return auth.Post{}, notOffice
	}}
}
