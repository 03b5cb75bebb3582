package figurecheck

// Of which place a figure is: what the words or the user say, never guessed.

import "testing"

// Where nobody says of which place a figure is, none is guessed: not the installation's own, not where a dispatch was
// written or a meeting was held, not the last one named above.
func TestNoPlaceIsGuessed(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"2017年，婴儿死亡率为6.8‰。",
		"婴儿死亡率\t6.8‰\n",
		"指标\t2017年\n婴儿死亡率（‰）\t6.8\n",
		"2017年统计公报\n一、卫生\n婴儿死亡率为6.8‰。",
		"全国妇女发展纲要2017年统计监测报告\n婴儿死亡率为6.8‰。",
		"我国2017年卫生健康事业发展统计公报\n婴儿死亡率为6.8‰。",
		"二、全国情况\n2017年，婴儿死亡率为6.8‰。",
		"新华社示范3月8日电　2017年，婴儿死亡率为6.8‰。",
		"新华社示范3月8日电（记者 王某）记者获悉，2017年，婴儿死亡率为6.8‰。",
		"本报示范讯　2017年，婴儿死亡率为6.8‰。",
		"示范讯（记者 王某）2017年，婴儿死亡率为6.8‰。",
		"本报记者示范报道：2017年，婴儿死亡率为6.8‰。",
		"【示范市消息】2017年，婴儿死亡率为6.8‰。",
		"讲话\n（2018年3月8日　示范市）\n2017年，婴儿死亡率为6.8‰。",
		"讲话\n（示范，二〇一八年三月八日）\n2017年，婴儿死亡率为6.8‰。",
		"妇女工作会议在示范市召开。会议指出，2017年，婴儿死亡率为6.8‰。",
		"3月8日，妇女工作会议在示范举行，会上通报，2017年，婴儿死亡率为6.8‰。",
		"妇女论坛于3月8日在示范市东河区举办。2017年，婴儿死亡率为6.8‰。",
		"领导同志在东河区调研。2017年，婴儿死亡率为6.8‰。",
		"会议纪要\n时间：2018年3月8日\n地点：示范市会议中心\n2017年，婴儿死亡率为6.8‰。",
		"示范大学的报告说，2017年，婴儿死亡率为6.8‰。",
		"1995年示范世界妇女大会以来，到2017年，婴儿死亡率为6.8‰。",
		"长山市2017年总结\n全市婴儿死亡率为6.8‰。",
		"上海市2017年总结\n全市婴儿死亡率为6.8‰。",
		"上海2017年妇女发展情况\n全市婴儿死亡率为6.8‰。",
		"长山市2017年总结\n一、健康\n我市婴儿死亡率为6.8‰。",
		"2017年各地情况\n一、长山市\n全市婴儿死亡率为6.8‰。",
		"2017年各地情况\n（一）上海市。\n全市婴儿死亡率为6.8‰。",
		"长山市汇报，2017年，全市婴儿死亡率为6.8‰。",
		"长山市：2017年全市婴儿死亡率为6.8‰。",
		"2017年总结\n全市婴儿死亡率为6.8‰。\n长山市妇儿工委办\n2018年3月8日",
		"2017年总结\n全县妇女工作有新进展。全县婴儿死亡率为6.8‰。",
		"2017年总结\n全省婴儿死亡率为6.8‰。",
	} {
		r := town().read(text, About{})
		for i, f := range r.Figures {
			if f.Kind.Statistic() && r.Claims[i].Area != "" {
				t.Errorf("%s\n%s is said to be of %s", text, f.Text, r.Claims[i].Area)
			}
		}
	}
}

// Where the words name a place, or somebody says it of the whole text, it is that.
func TestThePlaceThatIsSaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, given string
		want        string
	}{
		{"2017年，示范市婴儿死亡率为6.8‰。", "", "6.8‰=IMR firm 1 2017"},
		{"2017年，全市婴儿死亡率为6.8‰。", "", "6.8‰=IMR firm 1 2017"},
		{"2017年，我市婴儿死亡率为6.8‰。", "", "6.8‰=IMR firm 1 2017"},
		{"示范市2017年总结\n婴儿死亡率为6.8‰。", "", "6.8‰=IMR firm 1 2017"},
		{"2017年总结\n一、东河区\n婴儿死亡率为6.8‰。", "", "6.8‰=IMR firm 11 2017"},
		{"2017年总结\n一、东河区\n全区婴儿死亡率为6.8‰。\n二、西河区\n全区婴儿死亡率为6.9‰。", "",
			"6.8‰=IMR firm 11 2017; 6.9‰=IMR firm 12 2017"},
		{"2017年总结\n一、长山市\n全市婴儿死亡率为6.8‰。\n二、示范市\n全市婴儿死亡率为6.9‰。", "",
			"6.8‰=IMR likely  2017; 6.9‰=IMR firm 1 2017"},
		{"2017年总结\n婴儿死亡率为6.8‰。\n示范市妇儿工委办\n2018年3月8日", "", "6.8‰=IMR firm 1 2017"},
		{"新华社长山3月8日电　2017年，示范市婴儿死亡率为6.8‰。", "", "6.8‰=IMR firm 1 2017"},
		{"2017年，全市妇女工作会议在东河区召开。全市婴儿死亡率为6.8‰。", "", "6.8‰=IMR firm 1 2017"},
		{"2017年，婴儿死亡率为6.8‰。", "1", "6.8‰=IMR firm 1 2017"},
		{"2017年，婴儿死亡率为6.8‰。", "12", "6.8‰=IMR firm 12 2017"},
		{"指标\t2017年\n婴儿死亡率（‰）\t6.8\n", "1", "6.8=IMR firm 1 2017"},
		{"新华社示范3月8日电　2017年，婴儿死亡率为6.8‰。", "12", "6.8‰=IMR firm 12 2017"},
		// said of the whole, but a heading says otherwise: it can be right, not wrong
		{"长山市2017年总结\n婴儿死亡率为6.8‰。", "1", "6.8‰=IMR likely 1 2017"},
		{"长山市2017年总结\n全市婴儿死亡率为6.8‰。", "1", "6.8‰=IMR likely 1 2017"},
		{"2017年总结\n二、长山市\n婴儿死亡率为6.8‰。", "1", "6.8‰=IMR likely 1 2017"},
		{"2017年总结\n二、全国情况\n婴儿死亡率为6.8‰。", "1", "6.8‰=IMR likely 1 2017"},
	} {
		if got := claimed(c.text, About{Area: c.given}); got != c.want {
			t.Errorf("%s (%s)\nclaims %s\nwant   %s", c.text, c.given, got, c.want)
		}
	}
}

// Whoever is asked "which place?" must be able to answer: it is asked where words leave it open, not where they name
// another.
func TestPlacelessOrElsewhere(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"2017年，婴儿死亡率为6.8‰。":             true,
		"新华社示范3月8日电　2017年，婴儿死亡率为6.8‰。":  true,
		"指标\t2017年\n婴儿死亡率（‰）\t6.8\n":    true,
		"2017年，长山县婴儿死亡率为6.8‰。":          false,
		"2017年，上海市婴儿死亡率为6.8‰。":          false,
		"2017年，全国婴儿死亡率为6.8‰。":           false,
		"指标\t长山县\n2017年婴儿死亡率（‰）\t6.8\n": false,
		"2017年，示范市婴儿死亡率为6.8‰。":          false,
	} {
		r := town().read(text, About{})
		last := len(r.Claims) - 1
		if got := r.Claims[last].Placeless; got != want {
			t.Errorf("%s: placeless is %t, want %t (area %q)", text, got, want, r.Claims[last].Area)
		}
	}
}
