package figurecheck

// Places that say only where something was written, held or shown, and so are not what a figure is about.

import (
	"regexp"
	"slices"
	"strings"
)

// What stands around a place that only says where something was written, held or shown, or that is part of a name.
// None of it says what figures are about.
var (
	datelined = regexp.MustCompile(`^\s*(\d{4}年)?(\d{1,2}月\d{1,2}日|\d{1,2}日)?\s*(综合|专)?(电|讯|消息|报道)([\s()\]:,，]|$)`)
	onlyDate  = regexp.MustCompile(`^[\s(),·、:\[\]]*([\d〇一二三四五六七八九十]{4}年)?` +
		`[\d一二三四五六七八九十]{1,3}月([\d一二三四五六七八九十]{1,3}日)?[\s(),·、:\[\]]*$`)
	heldAt  = regexp.MustCompile(`(在|(^|[^高低等大小多少优关])于|赴|抵|抵达|来到|走进|地点|地点:|会址:)(首都|省会)?$`)
	heldBy  = regexp.MustCompile(`(日|会|会议|大会|论坛|活动)$`)
	event   = regexp.MustCompile(`召开|举行|举办|开幕|闭幕|开班|启动|揭牌|挂牌|发布|签署|签约|落幕|结束|成立|亮相|出席|考察|调研|座谈|会见|参加|开会|集会|获评|荣获|获得|表彰|当选|入选|授予|评为|命名为`)
	namedSo = regexp.MustCompile(`^(大学|学院|干部学校|协和|日报|晚报|晨报|青年报|会议|宣言|行动纲领|世界妇女大会|世妇会|共识|论坛|峰会|冬奥|奥运|饭店|宾馆|站|西站|南站|机场|路|大街|大厦|时间|卫视|电视台|人民大会堂)`)
)

// What makes a place the beginning of an institution's name. Offices are none: 示范市教育局 speaks for its city.
var (
	institution = regexp.MustCompile(`^\p{Han}{0,12}?(学校|小学|中学|学院|大学|幼儿园|医院|保健院|公司|集团|研究院|研究所|福利院|` +
		`少年宫|博物馆|图书馆|报社|电视台|商会|协会|学会|基金会)([\d\s,。;:()\[\]《“]|$|年|工作|党|招|共|现有|召开|举|组织|全|积极|坚持|开展|的|关于|情况|自)`)
	several = regexp.MustCompile(`^\p{Han}{0,8}?(各|所有|全部|普惠|公办|民办|中小学|多所|部分|每|和|及|等)`)
)

// setAside takes their role from the places of datelines, meetings and names: 新华社北京3月8日电, 在上海召开,
// 北京世界妇女大会.
func setAside(p *page, tokens []token) {
	line, end := 0, -1
	held := -1 // where the last place of a meeting ended
	for i, t := range tokens {
		if t.start > end {
			line = t.start
			for line > 0 && p.at(line-1) != '\n' {
				line--
			}
			end = line + max(slices.Index(p.folded[line:], '\n'), 0)
			if end == line && p.at(line) != '\n' {
				end = len(p.folded)
			}
		}
		word := string(p.folded[t.start:t.end])
		if t.role&area == 0 || own(word) || yours(word) {
			continue
		}
		before := string(p.folded[max(line, t.start-8):t.start])
		after := string(p.folded[t.end:min(end, t.end+maxSubject)])
		clause, _, _ := strings.Cut(after, ",")
		whole := end-line < maxSubject && onlyDate.MatchString(strings.Replace(string(p.folded[line:end]), word, "", 1))
		at := heldAt.MatchString(before) || held == t.start
		switch {
		case institution.MatchString(after) && !several.MatchString(after):
			tokens[i].role = plain
		case t.start-line <= maxSubject && datelined.MatchString(after), whole, at && strings.Contains(before, "地点"),
			at && event.MatchString(clause), heldBy.MatchString(before) && event.MatchString(firstRunes(clause, 2)),
			namedSo.MatchString(after) && !strings.Contains(placeEnds, lastRune(word)):
			tokens[i].role, held = plain, t.end
		}
	}
}

func firstRunes(text string, n int) string {
	runes := []rune(text)
	return string(runes[:min(n, len(runes))])
}
