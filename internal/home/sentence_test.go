package home

// The board's sentence says what is known: nothing is called well because little can be judged.

import (
	"context"
	"testing"

	"yipanqi/internal/progress"
	"yipanqi/internal/web/part"
)

func TestTheSentenceSaysWhatIsKnown(t *testing.T) {
	t.Parallel()
	count := func(lamp progress.Lamp, n int) LampCount { return LampCount{lamp, n} }
	for _, c := range []struct {
		lamps          []LampCount
		zh, en, calmly string
	}{
		{nil, "这个规划还没有指标。", "This plan has no indicators yet.", "还没有能评价的指标。"},
		{[]LampCount{count(progress.LampNoData, 29), count(progress.LampNoTarget, 1)},
			"30项指标暂时都不能评价：暂无数据29项、未设目标1项。",
			"None of the 30 indicators can be judged yet: no data yet: 29, no target set: 1.", "还没有能评价的指标。"},
		{[]LampCount{count(progress.LampNoData, 29), count(progress.LampMet, 1)},
			"30项指标中，能评价的有1项：已达标1项。其余29项暂不能评价：暂无数据29项。",
			"Of 30 indicators, 1 can be judged: met: 1. The other 29 cannot be judged yet: no data yet: 29.",
			"能评价的1项指标中，没有落后、逆向变化或未达标的。"},
		{[]LampCount{count(progress.LampBehind, 2), count(progress.LampOnPace, 3), count(progress.LampTooFew, 1)},
			"6项指标中，能评价的有5项：落后于进度2项；另有符合进度3项。其余1项暂不能评价：数据不足1项。",
			"Of 6 indicators, 5 can be judged: behind: 2; on pace: 3. The other 1 cannot be judged yet: too few data: 1.", ""},
		{[]LampCount{count(progress.LampWorsening, 1), count(progress.LampBehind, 2)},
			"3项指标都能评价：逆向变化1项、落后于进度2项。", "All 3 indicators can be judged: worsening: 1, behind: 2.", ""},
		{[]LampCount{count(progress.LampOnPace, 2)}, "2项指标都能评价：符合进度2项。",
			"All 2 indicators can be judged: on pace: 2.", "没有落后、逆向变化或未达标的指标。"},
	} {
		b := Board{Lamps: c.lamps}
		zh := part.With(context.Background(), part.Env{Lang: "zh"})
		en := part.With(context.Background(), part.Env{Lang: "en"})
		if got := b.sentence(zh); got != c.zh {
			t.Errorf("the board says %q, want %q", got, c.zh)
		}
		if got := b.sentence(en); got != c.en {
			t.Errorf("the board says %q, want %q", got, c.en)
		}
		if got := b.calmWords(zh); c.calmly != "" && got != c.calmly {
			t.Errorf("%v: what needs attention says %q, want %q", c.lamps, got, c.calmly)
		}
	}
}
