package check_test

// Indicators that a text does not call by their full name: what is left out was said before, or is plain. Verdicts on
// whole reports are everyday_test.go's.

import (
	"testing"

	"yipanqi/internal/sample/sampletest"
)

// These sentences were written before the rules.
func TestNamesInPart(t *testing.T) {
	t.Parallel()
	d := sampletest.Shifan(t)
	for _, c := range []struct{ text, want string }{
		// a rate right behind what it is of
		{"参加职业技能培训17.74万人，参训率8.4%。", "17.74万人✓ 8.4%✗9.4"},
		{"参加职业技能培训17.74万人，参训率9.4%。", "17.74万人✓ 9.4%✓"},
		{"机关干部参加理论培训1.2万人，参训率85%。", "1.2万人· 85%·"},
		{"公租房申请全程网办，平均办理天数33.4天，比上年缩短2.3天。", "33.4天✓ 2.3天✓"},
		{"行政复议全程网办，平均办理天数33.4天。", "33.4天·"},
		{"公共图书馆少儿图书持续增加，儿童人均1.61册。", "1.61册✓"},
		// the women among those named before
		{"高等教育在校生规模扩大，女生占53.0%。", "53.0%✓"},
		{"中小学教师规模扩大，女性占53.0%。", "53.0%·"},
		{"中小学校长429人，其中女性142人。", "429人✓ 142人✗165"},
		{"社会体育指导员队伍8356人，其中女性4559人，占54.6%。", "8356人✓ 4559人✓ 54.6%✓"},
		// turned round
		{"新增城镇就业41409人。", "41409人✓"},
		{"新增城镇就业43409人。", "43409人✗41409"},
		{"公租房方面，全年办结申请较多，平均办理天数33.4天。", "33.4天✓"},
		{"健康管理率：零至六岁儿童92.6%。", "92.6%✓"},
		{"毛入学率（高中阶段）94.8%。", "94.8%✓"},
		{"毛入学率（特殊教育）94.8%。", "94.8%·"},
		// shortened as only one name can be
		{"养老参保率92.9%，失业参保率40.9%。", "92.9%✓ 40.9%✓"},
		{"三项参保率：养老92.9%、医疗95.6%、失业40.9%。", "三项· 92.9%✓ 95.6%✓ 40.9%✓"},
		{"社区覆盖率87.3%。", "87.3%·"},
		{"覆盖率92.6%。", "92.6%·"},
	} {
		if got := saidOf(t, d, "示范市2022年情况\n"+c.text); got != c.want {
			t.Errorf("%s\nsays %s\nwant %s", c.text, got, c.want)
		}
	}
}
