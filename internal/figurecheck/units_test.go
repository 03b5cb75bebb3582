package figurecheck

// Numbers and units are read whole, however they are written; what only looks like one is left alone.

import (
	"fmt"
	"testing"
)

// What each sentence says, as kind, value and unit of its statistics.
func TestWritings(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"三次产业结构优化":      "",
		"统筹两个市场两种资源":    "",
		"打造六个新亮点":       "",
		"落实两项补贴":        "",
		"3 / 9":         "",
		"第5页 共9页":       "",
		"三支队伍建设":        "",
		"两条主线贯穿始终":      "",
		"四级联动、五方协同":     "",
		"超支30万元":        "[change 300000 元]",
		"2、11个街道完成任务":   "[value 11 个]",
		"2、3个街道完成任务":    "[value 2 个][value 3 个]",
		"指数为849.8点":     "[value 849.8 点]",
		"历时8.6日":        "[value 8.6 日]",
		"货运量129000万人公里": "[value 1290000000 人公里]",
		"周转量605425万吨公里": "[value 6054250000 吨公里]",
		"补贴600元/头":      "[value 600 元/头]",
		"补助910元/人/月":    "[value 910 元/人·月]",
		"占三成半":          "[value 35 %]",
		"一万五千亿元":        "[value 1500000000000 元]",
		"奖励3万4000元":     "[value 34000 元]",
		"有1千零20人":       "[value 1020 人]",
		"人民币壹佰万元整":      "[value 1000000 元]",
		"共計三萬二千餘冊":      "[value 32000 册]",
		"票价￥300":        "[value 300 元]",
		"服务人数\t2,087":   "[value 2087 ]",
		"多用37万元":        "[change 370000 元]",
		"办理时间短0.2天":     "[change 0.2 天]",
		"比去年新增500元":     "[change 500 元]",
		"城镇新增就业500人":    "[value 500 人]",
		"超额5万元完成":       "[change 50000 元]",
		"收入高1.2倍":       "[change 1.2 倍]",
		"增发1万亿元国债":      "[value 1000000000000 元]",
		"全年起降4351次":     "[value 4351 次]",
		"队伍万人，陆地5000亩":  "[value 5000 亩]",
	} {
		got := ""
		for _, f := range find(text) {
			if f.Kind.Statistic() {
				got += fmt.Sprintf("[%s %s %s]", f.Kind, f.Value, f.Unit)
			}
		}
		if got != want {
			t.Errorf("%s says %s, want %s", text, got, want)
		}
	}
}

// Every unit, with every way to write a number before it, in a sentence.
func TestEveryUnit(t *testing.T) {
	t.Parallel()
	writings := map[string]string{"12": "12", "1,234": "1234", "12.5": "12.5", "3.2万": "32000", "1.5亿": "150000000",
		"3万4000": "34000", "一百二十": "120", "十五": "15", "三万二千": "32000",
		"近20": "20", "２６": "26", "1 200": "1200", "壹佰贰拾": "120", "一万零五百": "10500", "2亿3000万": "230000000",
		"十二点五": "12.5", "3千零5": "3005", "两百余": "200", "三萬二千": "32000", "逾1.2万": "12000",
		"1千零20": "1020", "四 百 二 十": "420", "5千6百万": "56000000", "3千2百": "3200", "四百 点 五": "400.5",
		"3.6万余": "36000"}
	var units []word
	var collect func(words)
	collect = func(w words) {
		for _, at := range w {
			if len(at.text) > 0 && at.role&(count|measure|rate|point) != 0 && at.role&not == 0 {
				units = append(units, at.word)
			}
			collect(at.longer)
		}
	}
	collect(lexicon().units)
	sentences := [][2]string{{"去年共安排", "，效果很好。"}, {"截至年底总数为", "。"}, {"（其中", "）"}}
	read, all := 0, 0
	for _, unit := range units {
		for written, value := range writings {
			around := sentences[all%len(sentences)]
			text := around[0] + written + string(unit.text) + around[1]
			all++
			ok := false
			for _, f := range find(text) {
				ok = ok || f.Kind.Statistic() && f.Value == value && f.Unit == unit.unit
			}
			if ok {
				read++
			} else if testing.Verbose() {
				t.Logf("%s: want %s %s, found %v", text, value, unit.unit, find(text))
			}
		}
	}
	t.Logf("%d of %d read", read, all)
	if len(units) < 150 || read*100 < all*99 {
		t.Errorf("%d units, %d of %d sentences read; want 99 %%", len(units), read, all)
	}
}
