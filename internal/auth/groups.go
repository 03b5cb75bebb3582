package auth

// What kinds of things are called that actions are done to. What the actions are called is words.go's.

import "yipanqi/internal/say"

// groupWords are the kinds by what stands before the dot of a verb, and before the slash of an object.
var groupWords = map[string]say.Key{"session": "登录", "account": "账号", "post": "岗位", "key": "签名密钥",
	"submission": "报表", "check": "核对", "definition": "定义", "form": "表式", "plan": "规划",
	"evidence": "材料", "trail": "备注", "published": "公开来源的数据",
	"adjustment": "成员单位调整", "membership": "成员", "post_change": "人员变动", "rule": "工作制度",
	"letter": "发文", "letter_mark": "发文代字", "matter": "督办事项", "item": "整改项", "instruction": "领导批示",
	"rectification": "整改方案", "revision": "指标体系修订", "nodata": "无数据登记", "link": "指标衔接",
	"duty":  "分性别统计任务",
	"round": "评估轮次", "sheet": "评估数据表", "recommendation": "评估建议", "engagement": "受聘",
	"third_party": "第三方", "panel": "专家论证", "score_sheet": "评分表", "score": "评分",
	"supervision_group": "督导组", "visit": "督导", "finding": "督导发现", "feedback": "书面反馈",
	"objection": "复核申请",
	"fault":     "公众报修", "referral": "登记转办", "layer": "图层",
	"meeting": "会议", "agenda": "议程", "decision": "议定事项", "minutes": "纪要", "request": "征集", "answer": "答复",
	"text": "征求意见的文本", "opinion": "意见", "issue": "重难点问题", "cycle": "监测周期",
	"delegation": "代签委托",
	"record":     "业务登记", "report": "报告", "profile": "我的账号",
	"notice": "收件箱", "job": "定时作业", "exchange": "导入", "journal": "存证日志", "witness": "见证",
	"clock": "演示时钟", "sample": "演示城市"}

// Group is what a kind of thing is called, in Chinese; empty if it has no word.
func Group(of string) say.Key { return groupWords[of] }
