package check_test

// What gives no verdict: no area, another place, an unknown indicator, no data, a break of definition between two
// years.

import (
	"context"
	"strings"
	"testing"

	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/indicator"
	"yipanqi/internal/period"
	"yipanqi/internal/sample/sampletest"
)

// No verdict comes from the data for a figure that says nowhere where it is from; what it lacks is told instead.
func TestNoVerdictWithoutAnArea(t *testing.T) {
	t.Parallel()
	d := sampletest.Beijing.SQLite(t)
	for _, c := range []struct {
		text, area string
		verdict    check.Verdict
		lacks      check.Lack
	}{
		{"2017年，婴儿死亡率为6.8‰。", "", check.Unknown, check.NoArea},
		{"全国妇女儿童情况\n2017年，婴儿死亡率为6.8‰。", "", check.Unknown, check.NoArea},
		{"新华社北京3月8日电　2017年，婴儿死亡率为6.8‰。", "", check.Unknown, check.NoArea},
		{"妇女工作会议在北京召开。会议指出，2017年婴儿死亡率为6.8‰。", "", check.Unknown, check.NoArea},
		{"上海市2017年妇女儿童工作总结\n全市婴儿死亡率为6.8‰。", "", check.Unknown, check.NoArea},
		{"2017年，上海市婴儿死亡率为6.8‰。", "", check.Unknown, check.Elsewhere},
		{"2017年，上海市婴儿死亡率为6.8‰。", "110000", check.Unknown, check.Elsewhere},
		{"2017年，北京市慰问职工38人。", "", check.Unknown, check.NoIndicator},
		{"1990年，北京市婴儿死亡率为6.8‰。", "", check.Unknown, check.NoData},
		{"2017年，婴儿死亡率为6.8‰。", "110000", check.Contradicted, ""},
		{"2017年，北京市婴儿死亡率为6.8‰。", "", check.Contradicted, ""},
		{"2017年，全市婴儿死亡率为6.8‰。", "", check.Contradicted, ""},
	} {
		var r check.Result
		must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
			r, err = check.Text(tx, check.Everything, c.text, c.area, 0)
			return err
		}))
		last := r.Figures[len(r.Figures)-1]
		if last.Verdict != c.verdict || last.Lacks != c.lacks {
			t.Errorf("%s (%s): %s is %s, lacks %q (%s); want %s, %q", c.text, c.area, last.Text, last.Verdict,
				last.Lacks, last.Reason(), c.verdict, c.lacks)
		}
		if n := r.Lacking(check.NoArea); (n > 0) != (c.lacks == check.NoArea) {
			t.Errorf("%s: %d figures lack an area", c.text, n)
		}
	}
}

// A difference across a break of definition is neither confirmed nor contradicted; the reader is told of the break.
func TestNoVerdictAcrossABreak(t *testing.T) {
	t.Parallel()
	d := sampletest.Beijing.SQLite(t)
	const text = "2018年，北京市婚前医学检查率达到16.5%，比2017年提高3.74个百分点。"
	last := func() (i check.Item) {
		must(t, d.View(context.Background(), func(tx *db.Tx) error {
			r, err := check.Text(tx, check.Everything, text, "", 0)
			i = r.Figures[len(r.Figures)-1]
			return err
		}))
		return i
	}
	if i := last(); i.Text != "3.74个百分点" || i.Verdict != check.Published {
		t.Fatalf("before the definition changes %s is %s: %s", i.Text, i.Verdict, i.Reason())
	}
	must(t, d.Update(context.Background(), func(tx *db.Tx) error {
		rate, err := indicator.ByCode(tx, "W-HEA-007")
		must(t, err)
		versions, err := indicator.Versions(tx)
		must(t, err)
		v := versions[rate.ID][0]
		v.From, err = period.Parse("2018")
		must(t, err)
		v.Definition = "只算初婚"
		_, err = indicator.PutVersion(tx, v)
		return err
	}))
	if i := last(); i.Verdict != check.Unknown || !strings.Contains(i.Reason(), "定义有变，不可比") {
		t.Errorf("across the break %s is %s: %s", i.Text, i.Verdict, i.Reason())
	}
}
