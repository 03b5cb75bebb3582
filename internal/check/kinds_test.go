package check_test

// What whole kinds of texts come to: tables as people paste them, places that say nothing of the figures behind them,
// arithmetic inside a text.

import (
	"context"
	"strings"
	"testing"

	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
)

// saidOf is what the program says of each statistic of a text, with a mark for its verdict: ✓ agrees, ✗ is
// contradicted by the value behind, · is not judged.
func saidOf(t *testing.T, d *db.DB, text string) string {
	t.Helper()
	var said []string
	must(t, d.View(context.Background(), func(tx *db.Tx) error {
		r, err := check.Text(tx, check.Everything, text, "", 0)
		for _, i := range r.Figures {
			switch {
			case !i.Kind.Statistic():
			case i.Verdict == check.Contradicted:
				said = append(said, i.Text+"✗"+i.Expected)
			case i.Verdict == check.Unknown:
				said = append(said, i.Text+"·")
			default:
				said = append(said, i.Text+"✓")
			}
		}
		return err
	}))
	return strings.Join(said, " ")
}

func TestKindsOfTexts(t *testing.T) {
	t.Parallel()
	d := sampletest.Shifan(t)
	for _, c := range []struct{ text, want string }{
		// tables: blanks, a cell a line, two heads and notes, chapters, no head, years as rows
		{"示范市2022年\n单位：人\n项目 数量\n技工院校在校生人数 18,215\n其中：女生 8000", "18,215✗18115 8000·"},
		{"示范市\n指标\n2021年\n2022年\n儿童之家覆盖率（%）\n83.5\n91.0\n儿童主任配备率（%）\n93.8\n96.9",
			"83.5✓ 91.0· 93.8✓ 96.9✓"},
		{"区\t学前教育毛入园率（%）\t\n\t2021年\t2022年\n东岭区\t91.2\t95.6\n西川区①\t93.0①\t93.9",
			"91.2✓ 95.6✗92.6 93.0✓ 93.9✓"},
		{"示范市2022年情况\n指标\t数值\n一、健康\t\n居民健康素养水平（%）\t33.0\n东岭区\t\n学前教育毛入园率（%）\t92.6",
			"33.0✗31 92.6✓"},
		{"示范市2022年\n| 居民健康素养水平 | % | 33.0 |\n| 学前教育毛入园率 | % | 92.5 |", "33.0✗31 92.5✓"},
		{"示范市\n年份\t居民健康素养水平（%）\n2020\t27.0\n2021\t29.9", "27.0✓ 29.9✗29"},
		{"示范市\n领域,指标,单位,2019年,2020年\n健康,居民健康素养水平,%,25.1,28.0", "25.1✓ 28.0✗27"},
		{"2022年，示范市居民健康素养水平31.0%。情况如下。\n类别\t数量\n甲\t95\n乙\t40", "31.0%✓ 95· 40·"},
		// places
		{"2022年，学前教育毛入园率为90.2%。", "90.2%·"},
		{"本报示范11月2日讯 2022年，学前教育毛入园率达90.2%。", "90.2%·"},
		{"云海市工作总结\n2022年，全市学前教育毛入园率90.2%。会议在示范市举行。", "90.2%·"},
		{"贵市提供的2022年全市高中阶段毛入学率90.1%。", "90.1%·"},
		{"示范市某小学2022年工作总结\n学生体质健康优良率60.2%。", "60.2%·"},
		{"2022年示范市妇女干部学院招生300人，学前教育毛入园率90.2%。", "300人· 90.2%·"},
		{"示范市信息\n邻市2022年学前教育毛入园率97.3%。", "97.3%·"},
		{"示范市统计局发布：2020年，公有经济专业技术人员中女性比重51.0%。", "51.0%✗50.2"},
		{"示范市\n三、明年安排。2023年居民健康素养水平达到36%。", "36%·"},
		// arithmetic
		{"床位由1.2万张增至1.5万张，年均增长2.1%。", "1.2万张· 1.5万张· 2.1%·"},
		{"合格率由70%提高到80%，比全省高2个百分点。", "70%· 80%· 2个百分点·"},
		{"有教师200名，其中女教师90名；高级职称占30%。", "200名· 90名· 30%·"},
		{"人均生产总值20000元，比上年新增2000元，增长8%。", "20000元· 2000元· 8%·"},
		{"由10%升到15%，提高4个百分点。", "10%· 15%· 4个百分点✗5"},
		{"培训640人次，其中线上400人次，占62.5%，线下240人次，占38.5%。",
			"640人次· 400人次· 62.5%· 240人次· 38.5%✗37.5"},
		{"今年投入480万元，去年投入400万元，增加80万元，增长25%。", "480万元· 400万元· 80万元· 25%✗20"},
		{"62项指标中，提前达标50项、如期达标7项、未达标5项，达标率91.9%。", "62项· 50项· 7项· 5项· 91.9%·"},
		// a slip between 万 and one
		{"2021年示范市城镇新增就业人数3.9625人。", "3.9625人✗39625"},
		{"2021年示范市城镇新增就业人数3.9625亿人。", "3.9625亿人✗39625"},
		// a unit that is not that of what is counted is no agreement; one per person is another measure
		{"2022年，示范市年度发布的儿童统计指标67个。", "67个✓"},
		{"2022年，示范市年度发布的儿童统计指标67所。", "67所·"},
		{"2022年，示范市工会爱心托管班83所。", "83所·"},
		{"2022年，示范市妇女健康服务网点178处，其中178张床。", "178处✓ 178张床·"},
		{"2022年，示范市妇女创业培训3366人。", "3366人·"},
		{"2022年，示范市妇女创业培训3366人次。", "3366人次✓"},
		{"2022年，示范市接受婚育健康咨询44859名。", "44859名✓"},
		{"2022年，示范市接受婚育健康咨询44859人次。", "44859人次·"},
		{"2022年，示范市技工院校在校生18115所。", "18115所·"},
		{"2022年，示范市家庭文明建设主题活动870场次。", "870场次✓"},
		{"2022年，示范市年均城镇新增就业人数41409人。", "41409人·"},
		{"2022年，示范市城镇新增就业人数人均41409人。", "41409人·"},
		{"2022年，示范市儿童人均公共图书馆少儿图书1.61册。", "1.61册✓"},
		// a change that is right by the data though a value beside it is wrong; one of values as they are shown
		{"2022年，示范市学生体质健康优良率52.5%，较上年的48.2%提升2.3个百分点。", "52.5%✗50.5 48.2%✓ 2.3个百分点✓"},
		{"2022年，南屏区注册志愿者比例15.6%，比上年提高1.3个百分点。", "15.6%✓ 1.3个百分点✓"},
		{"示范市2018年以来，基本养老保险参保率从88.7%提高到2022年的92.9%。", "88.7%✓ 92.9%✓"},
		{"2020年、2022年，西川区学前教育毛入园率分别为92.0%和93.9%。", "92.0%✗92.1 93.9%✓"},
	} {
		if got := saidOf(t, d, c.text); got != c.want {
			t.Errorf("%s\nsays %s\nwant %s", c.text, got, c.want)
		}
	}
}
