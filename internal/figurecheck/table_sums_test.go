package figurecheck

// What tables come to: the total above or below its parts, beside them, shares of a hundred, and 其中.

import (
	"fmt"
	"strings"
	"testing"
)

func TestTablesAddUp(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		// below and above
		"区\t学校（所）\n东河区\t12\n西河区\t20\n合计\t32":                                          "32 total 32 true",
		"区\t学校（所）\n东河区\t12\n西河区\t20\n合计\t35":                                          "35 total 32 false",
		"区\t学校（所）\n合计\t35\n东河区\t12\n西河区\t20":                                          "35 total 32 false",
		"单位：人\n| 项目 | 人数 |\n|---|---|\n| 小学 | 1,200 |\n| 初中 | 800 |\n| 合 计 | 2,100 |": "2,100 total 2000 false",
		"项目 金额（万元）\n课后服务 40.5\n营养餐 20.3\n总计 62.8":                                     "62.8 total 60.8 false",
		"项目\t金额（亿元）\n课后服务\t4.05\n营养餐\t2.03\n总计\t6.09":                                 "6.09 total 6.08 true",
		// two columns, one of them wrong; rates and scores do not add up
		"区\t小学（所）\t初中（所）\n甲区\t10\t5\n乙区\t11\t6\n合计\t21\t12": "21 total 21 true; 12 total 11 false",
		"区\t婚检率（%）\n甲区\t90.1\n乙区\t80.2\n合计\t85.0":           "",
		"区\t平均床位（张）\n甲区\t90\n乙区\t80\n合计\t85":                "",
		"区\t得分（分）\n甲区\t90\n乙区\t80\n合计\t85":                  "",
		// parts that are not all there, of other units, or of one another
		"区\t学校（所）\n东河区\t12\n西河区\t—\n合计\t35":                "",
		"区\t学校\n东河区\t12所\n西河区\t20个\n合计\t35所":               "",
		"区\t学校（所）\n东河区\t约12\n西河区\t20\n合计\t35":              "",
		"类别\t人数（人）\n小学\t70\n其中：女生\t30\n初中\t40\n合计\t110":    "110 total 110 true",
		"类别\t人数（人）\n小学\t60\n其中：女生\t30\n初中\t40\n合计\t130":    "",
		"类别\t人数（人）\n合计\t110\n城镇\t60\n农村\t50\n男\t55\n女\t55": "",
		"类别\t人数（人）\n合计\t110\n城镇\t60\n农村\t50\n男\t45\n女\t56": "",
		"类别\t人数（人）\n一、教育\t60\n小学\t40\n二、卫生\t40\n合计\t120":   "",
		"类别\t人数（人）\n一、教育\t60\n二、卫生\t40\n合计\t120":           "120 total 100 false",
		"区\t学校（所）\n东河区\t12\n合计\t35":                        "",
		"区\t学校（所）\n东河区\t12\n西河区\t20\n合计\t350":              "",
		"区\t学校（所）\n东河区\t12\n西河区\t20\n全市\t35":               "",
		// what is a part is no more than its whole
		"类别\t人数（人）\n教师\t200\n其中：女教师\t290\n学生\t3000": "290 part  false",
		"类别\t人数（人）\n教师\t200\n其中：女教师\t90\n学生\t3000":  "",
		// the column of totals, where most rows agree
		"区\t男（人）\t女（人）\t合计（人）\n甲区\t10\t12\t22\n乙区\t9\t8\t17\n丙区\t5\t6\t12": "22 total 22 true; " +
			"17 total 17 true; 12 total 11 false",
		"区\t合计（人）\t其中女（人）\t老师（人）\n甲区\t40\t12\t22\n乙区\t29\t8\t17\n丙区\t25\t6\t12": "",
		// shares of a hundred
		"类别\t占比\n小学\t60.5%\n初中\t29.4%\n高中\t10.2%\n合计\t100%": "100% total 100.1 true",
		"类别\t占比\n小学\t60.5%\n初中\t25.4%\n高中\t10.2%\n合计\t100%": "100% total 96.1 false",
	} {
		r := town().read(text, About{})
		var all []string
		for _, s := range r.Sums {
			all = append(all, fmt.Sprintf("%s %s %s %t", r.Figures[s.Figure].Text, s.Kind, s.Value, s.Agrees))
		}
		if got := strings.Join(all, "; "); got != want {
			t.Errorf("%s\nsums %q\nwant %q", text, got, want)
		}
	}
}
