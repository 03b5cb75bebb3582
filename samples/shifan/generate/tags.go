package main

// Two made-up sets of tags on goals and indicators; the second is no longer used on the sample's day.

const tagSource = "示范市民生实事清单（模拟文本）"

// tagSets are code, name, English, from, until, note.
var tagSets = [][]string{
	{"SF-4", "民生“四有”（模拟）", "Four promises (made up)", "2021-01-01", "", "虚构城市的模拟标签，不是任何地方的提法。"},
	{"SF-3", "便民“三性”（模拟）", "Three qualities (made up)", "2019-01-01", "2024-01-01",
		"虚构城市的模拟标签，2024年起不再使用。"},
}

// tagsOf are set, code, name, English, until.
var tagsOf = [][]string{
	{"SF-4", "CHILD", "幼有所育", "Care for the young", ""},
	{"SF-4", "LEARN", "学有所教", "Teaching for learners", ""},
	{"SF-4", "HEALTH", "病有所医", "Treatment for the ill", ""},
	{"SF-4", "HELP", "弱有所扶", "Help for the weak", ""},
	{"SF-4", "HOME", "住有所居", "Homes for all", "2023-07-01"},
	{"SF-3", "NEAR", "便利性", "Within reach", ""},
	{"SF-3", "FAIR", "公正性", "Fair", ""},
	{"SF-3", "SAFE", "安全性", "Safe", ""},
}

// tagged are set, tag, plan, goal, indicator, from, until, why.
var tagged = [][]string{
	{"SF-4", "CHILD", "SF-C21", "3.1", "", "", "", ""},
	{"SF-4", "CHILD", "", "", "C-WEL-002", "", "", "托位单独标出"},
	{"SF-4", "CHILD", "", "", "C-CHH-001", "2022-01-01", "", ""},
	{"SF-4", "LEARN", "SF-W21", "2.1", "", "", "", ""},
	{"SF-4", "LEARN", "SF-C21", "3.2", "", "", "", ""},
	{"SF-4", "HEALTH", "SF-W21", "1.1", "", "", "", ""},
	{"SF-4", "HEALTH", "", "", "C-HEA-001", "", "", ""},
	{"SF-4", "HEALTH", "", "", "C-HEA-004", "", "2024-02-01", "改由学校统计后不再标"},
	{"SF-4", "HELP", "", "", "W-WEL-003", "", "", ""},
	{"SF-3", "NEAR", "SF-C21", "4.2", "", "", "", ""},
	{"SF-3", "FAIR", "", "", "W-LAW-002", "", "", ""},
	{"SF-3", "SAFE", "SF-C21", "2.1", "", "", "", ""},
}

func writeTags(w *writer) {
	var sets, tags [][]string
	for _, s := range tagSets {
		sets = append(sets, append(s, tagSource))
	}
	for _, t := range tagsOf {
		tags = append(tags, []string{t[0], t[1], t[2], t[3], "", t[4]})
	}
	w.table("tag_sets.csv", "代码 名称 英文名 启用日期 停用日期 说明 来源", sets)
	w.table("tags.csv", "标签组 代码 名称 英文名 启用日期 停用日期", tags)
	w.table("tagged.csv", "标签组 标签 规划 目标 指标 启用日期 停用日期 说明", tagged)
}
