package auth

// What each action is called, for rights and for the journal alike. Who may take it the modules grant, see Grant; a
// module that says its words there, or in a flow, needs none here.

import (
	"maps"
	"slices"
	"strings"

	"yipanqi/internal/say"
)

// Name adds what a module's actions are called, by verb, and returns that: of a flow's words those of its verbs. It is
// called while a program starts, as Grant is.
func Name(all ...map[string]say.Key) map[string]say.Key {
	named := map[string]say.Key{}
	for _, words := range all {
		for verb, word := range words {
			if strings.Contains(verb, ".") {
				named[verb], verbWords[verb] = word, word
			}
		}
	}
	return named
}

// verbWords are what actions are called, in Chinese, by the verb that is permission and journal word at once.
var verbWords = map[string]say.Key{
	"board.read": "看总览", "screen.read": "看督办大屏", "measure.read": "看工作统计", "indicator.read": "看指标",
	"area.read": "看地区", "unit.read": "看单位",
	"plan.read": "看规划", "form.read": "看表式", "proof.read": "看数字出处", "holiday.read": "看放假安排",
	"report.read": "看报告", "receipt.read": "看回执",
	"trail.read": "看办理记录和材料", "trail.write": "写备注", "evidence.attach": "附上材料",
	"evidence.withdraw": "撤下材料",
	"check.read":        "看核对结果", "check.create": "核对文稿",
	"check.area": "选定文稿的地区", "check.delete": "删除核对",
	"check.correct": "更正核对", "check.uncorrect": "撤销更正",

	"submission.read": "看报表", "submission.edit": "填报", "submission.owe": "列入应报", "submission.open": "下达",
	"submission.import": "导入", "submission.prepare": "第一人签字", "submission.sign": "第二人签字",
	"submission.complete": "第三人签字",
	"submission.return":   "退回", "submission.accept": "审核通过", "submission.amend": "开始修订",
	"submission.print": "定稿打印", "submission.scan": "上传签字扫描件", "submission.confirm": "确认纸质签字",
	"submission.refuse": "不予确认",
	"submission.recall": "撤回签字", "submission.drop": "放弃修订", "submission.withdraw": "免报",
	"submission.count": "登记结账填入", "submission.uncount": "登记结账数撤出", "submission.restore": "恢复填报",

	"profile.edit": "修改自己的账号", "session.open": "登录", "session.close": "退出登录", "session.refuse": "登录失败",
	"session.end": "全部退出", "account.read": "看人员与账号", "account.create": "新增账号",
	"account.disable": "停用账号", "account.enable": "启用账号", "account.unlock": "解除账号锁定",
	"account.change_password": "修改密码", "account.reset": "重置密码", "account.baseline": "账号从此存证",
	"post.add": "增加岗位", "post.end": "结束岗位", "role.read": "看权限与密钥",
	"key.create": "设置签名密钥", "key.refuse": "签名口令不对", "key.retire": "停用签名密钥",
	"key.approve": "核对签名密钥",

	"journal.read": "看存证日志", "journal.baseline": "存证日志从此加校验码", "definition.put": "更新定义",
	"definition.baseline": "定义从此存证", "form.put": "更新表式", "exchange.import": "导入数据",
	"witness.begin": "开始作见证", "search.read": "查找", "clock.set": "拨动演示时钟", "sample.day": "演示城市过一天",

	"job.read": "看定时作业", "job.retry": "重做定时作业", "notice.read": "看收件箱", "notice.mark": "标为已读",
	"account.mail": "修改邮箱地址",
}

// VerbWord is what an action is called; empty if the program has no such verb.
func VerbWord(verb string) say.Key { return verbWords[verb] }

// Named are all actions that have words, by code.
func Named() []string { return slices.Sorted(maps.Keys(verbWords)) }
