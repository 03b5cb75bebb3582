package check_test

// Names said in other words, and what figures beside one that is in doubt settle of it.

import (
	"testing"

	"yipanqi/internal/sample/sampletest"
)

func TestOtherWords(t *testing.T) {
	t.Parallel()
	d := sampletest.Shifan(t)
	for _, c := range []struct{ text, want string }{
		// the trade's short words for the things that a name speaks of
		{"高中毛入学率94.8%，比上年高0.6个百分点。", "94.8%✓ 0.6个百分点✓"},
		{"普惠园占88.8%。", "88.8%✓"},
		{"养老保险参保面92.9%。", "92.9%✓"},
		// in other words nothing is called wrong
		{"养老保险参保面95.9%。", "95.9%·"},
		{"坚持锻炼的人占39.0%。", "39.0%✓"},
		{"妇女健康服务点178处。", "178处✓"},
		// what is counted, in front or behind, and its share
		{"中小学校长429人，其中女校长165人，占38.5%。", "429人✓ 165人✓ 38.5%✓"},
		// other words beside them narrow what is meant
		{"民办学校女校长占52.0%。", "52.0%·"},
		{"退役军人养老保险参保面99.1%。", "99.1%·"},
		{"母婴设施使用率91.0%。", "91.0%·"},
		// of one sex only
		{"女性养老保险参保面94.1%。", "94.1%·"},
		// a time in brackets behind the number is its own
		{"居民健康素养水平29.0%（2021年），31.0%（2022年）。", "29.0%✓ 31.0%✓"},
		// what only the direction is wrong of
		{"居民健康素养水平31.0%，比上年下降2.0个百分点。", "31.0%✓ 2.0个百分点✗-2"},
		{"同比多1784人的是城镇新增就业。", "1784人·"},
	} {
		if got := saidOf(t, d, "示范市2022年情况\n"+c.text); got != c.want {
			t.Errorf("%s\nsays %s\nwant %s", c.text, got, c.want)
		}
	}
}

// A level in other words is called wrong where others of the same place and time agree and nothing else can be meant.
func TestLevelsInOtherWords(t *testing.T) {
	t.Parallel()
	d := sampletest.Shifan(t)
	for _, c := range []struct{ text, want string }{
		{"失业保险参保率40.9%，居民健康素养29.5%。", "40.9%✓ 29.5%✗31"},
		{"失业保险参保率40.9%；组织技能培训，参训率7.4%。", "40.9%✓ 7.4%✗9.4"},
		{"城镇新增就业41409人，儿童主任303个。", "41409人✓ 303个·"},
		{"城镇新增就业41409人，失业保险参保率40.9%，儿童主任配备率96.9%，参加继续教育的有88.22万人。",
			"41409人✓ 40.9%✓ 96.9%✓ 88.22万人✗828185"},
		// nothing beside it says what the text speaks of
		{"居民健康素养29.5%。", "29.5%·"},
		// too far off, beside the right number, or said of the same twice: it is of something else
		{"失业保险参保率40.9%，居民健康素养18.0%。", "40.9%✓ 18.0%·"},
		{"失业保险参保率40.9%，居民健康素养31.0%，健康素养28.4%。", "40.9%✓ 31.0%✓ 28.4%·"},
		{"失业保险参保率40.9%，居民健康素养29.5%，居民健康素养达到28.4%。", "40.9%✓ 29.5%· 28.4%·"},
	} {
		if got := saidOf(t, d, "示范市2022年情况\n"+c.text); got != c.want {
			t.Errorf("%s\nsays %s\nwant %s", c.text, got, c.want)
		}
	}
}

// Words alone leave these open; figures beside them that agree to the digit do not.
func TestCompany(t *testing.T) {
	t.Parallel()
	d := sampletest.Shifan(t)
	for _, c := range []struct{ text, want string }{
		// but not what words beside the name may narrow
		{"示范市2022年情况\n参训率9.4%，比上年高1.9个百分点。", "9.4%✓ 1.9个百分点·"},
		// one change tells since when the next one is
		{"2022年，示范市妇女创业培训3366人次，比2021年少101人次，下降7.9%。", "3366人次✓ 101人次✓ 7.9%✗2.9"},
		{"2022年，示范市妇女创业培训3366人次，下降7.9%。", "3366人次✓ 7.9%·"},
		// two values of one place and time cannot both be of what the words name
		{"2019年，示范市应配置母婴设施的公共场所136个，已有90个完成配置，比上年多12个。", "136个✓ 90个· 12个·"},
	} {
		if got := saidOf(t, d, c.text); got != c.want {
			t.Errorf("%s\nsays %s\nwant %s", c.text, got, c.want)
		}
	}
}
