package figurecheck

// Arithmetic whose operands only words name: shares of a stated whole, rates of two counts, so much per head, totals
// and balances. Changes between values of one measure: claim_test.go.

import (
	"fmt"
	"strings"
	"testing"
)

// These sentences were written before the rules.
func TestSumsOfNamedOperands(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		// a share of the whole that its words name, not of the one it would fit
		"走访住户80户，有车的32户，占40%，其中新能源车的20户，占有车住户的25%。": "40% share 40 true; 25% share 62.5 false",
		"博士6人，占全体研究人员48人的15%。":                      "15% share 12.5 false",
		"环保支出3.6亿元，占财政支出（48亿元）的7.5%。":               "7.5% share 7.5 true",
		"走访住户80户，有车的32户，买房的40户，占有地住户的25%。":          "",
		"全市财政支出200亿元。其中，教育支出40亿元，占20%；卫生支出30亿元，占16%；社保支出50亿元，占25%。": "20% share 20 true; " +
			"16% share 15 false",
		"本月接待游客640万人次，同比增长5%。其中夜间游客160万人次，占30%。": "30% share 25 false",
		"本月接待游客640万人次，门票收入3亿元。其中外籍演员16人，占30%。":   "",
		// parts and their shares, told apart
		"报名48人，其中甲班12人、乙班18人、丙班18人，分别占25%、37.5%和30%。": "48人 total 48 true; 25% share 25 true; 37.5% share 37.5 true; " +
			"30% share 37.5 false",
		"报名48人，其中甲班12人、乙班18人，分别占25%、30%。": "",
		// rates of what should have been and what was
		"应收水费50万元，实收45万元，收缴率95%。":          "95% share 90 false",
		"现有车位240个，实际停放180辆，使用率70%。":        "70% share 75 false",
		"现有车位240个，实际停放180辆，周转率300%。":       "",
		"应到20人，实到17人，到会率85%。":              "85% share 85 true",
		"在册学员600人，寄宿学员在册480人，寄宿覆盖率85%。":    "85% share 80 false",
		"预算120万元，实际支出102万元，节约18万元，节约率12%。": "12% share 15 false",
		// rounded parts
		"常住儿童3.98万人，接受体检的3.67万人，占92.0%。": "",
		// growth on what is compared with
		"门票由每张60元涨到75元，涨幅20%。":                   "20% growth 25 false",
		"问卷回收1250份，比上年的1000份增加250份，增长20%。":       "250份 difference 250 true; 20% growth 25 false",
		"与上年的50件相比，受理数量增长30%，多10件。":              "30% growth 20 false",
		"培训学员1500人，人均补贴4000元，学员数较上年的1250人增长25%。": "25% growth 20 false",
		"培训学员1500人，志愿者900人，参训人数较上年的1250人增长25%。":  "",
		"产值3.8亿元，是十年前1.9亿元的3倍。":                  "3倍 multiple 2 false",
		"邻县覆盖率76%，我们64%，低了10个百分点。":               "10个百分点 difference 12 false",
		// so much each
		"发放奖金36万元，获奖教师120人，人均2800元。":            "2800元 each 3000 false",
		"发放奖金36万元，获奖教师120人，其中一线教师90人，人均2800元。":  "",
		"全年收入36万元，教师120人，人均培训费2800元。":           "",
		"绘本1200册、童车90辆，分给6所园，平均每园绘本200册、童车12辆。": "200册 each 200 true; 12辆 each 15 false",
		"人均收入3.2万元，户均9万元。":                      "",
		// totals and balances
		"参赛的有小学生45人、初中生36人、高中生19人，三类合计110人。": "110人 total 100 false",
		"参赛的有小学生45人、初中生36人、高中生19人，合计100人。":   "100人 total 100 true",
		"小学生45人，其中女生20人，合计50人。":              "",
		"今年收入186万元，支出162万元，结余34万元。":          "34万元 balance 240000 false",
		"今年收入186万元，支出162万元，其中办公30万元，结余34万元。": "",
		// what was counted twice, of some only, or less than nothing
		"甲类12人、乙类18人，两类合计30人，三类合计50人。":        "30人 total 30 true",
		"收入12亿元，其中税收8亿元，支出15亿元，结余2亿元。":        "",
		"小组40人，党员12人，占30%；群众10人，其中青年8人，占20%。": "30% share 30 true; 20% share 20 true",
		"车位300个，实际使用的充电车位60个，使用率45%。":         "",
		// the whole is not looked for on the other side of a semicolon
		"委员2767人，女性1191人；中小学校长426人，女性158人，占33.6%。": "33.6% share 37.1 false",
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
