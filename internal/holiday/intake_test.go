package holiday_test

// The file of days off comes in whole, or every mistake is said by row and column.

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/holiday"
	"yipanqi/internal/intake"
)

const holidays = `日期,星期,节日,英文名,类别,公布日期,通知,说明
2022-01-01,星期六,元旦,New Year's Day,放假,2021-10-25,http://www.gov.cn/zhengce/zhengceku/2021-10/25/content_5644835.htm,
2022-01-29,星期六,春节,Spring Festival,上班,2021-10-25,http://www.gov.cn/zhengce/zhengceku/2021-10/25/content_5644835.htm,
`

func quiet(string, int, int) {}

func TestDaysOffAreImported(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		folder := func(text string) fs.FS { return fstest.MapFS{"holidays.csv": {Data: []byte(text)}} }
		if _, err := intake.Import(context.Background(), d, holiday.Files(), folder(holidays), quiet); err != nil {
			t.Fatal(err)
		}
		if err := d.View(context.Background(), func(tx *db.Tx) error {
			table, err := holiday.Table(tx)
			if !table.Announced(2022) || table.Off("2022-01-29") {
				t.Errorf("imported, the table is %+v", table)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
		for old, c := range map[string]struct{ now, want string }{
			"2022-01-29,星期六":   {"2022-01-29,星期日", "holidays.csv第3行“星期”列：2022-01-29是星期六，不是星期日"},
			"上班,2021-10-25":    {"补班,2021-10-25", "holidays.csv第3行“类别”列：“补班”无法识别"},
			"2022-01-29,":      {"2022-01-01,", "holidays.csv第3行：与第2行重复"},
			"2022-01-01,星期六":   {"一月一日,星期六", "holidays.csv第2行“日期”列：“一月一日”不是日期"},
			"上班,2021-10-25,h":  {"上班,2020-10-25,h", "holidays.csv第3行“公布日期”列：2020-10-25公布的通知不会安排2022-01-29"},
			"5644835.htm,\n20": {"5644835.htm,x,y\n20", "holidays.csv"},
		} {
			text := strings.Replace(holidays, old, c.now, 1)
			_, err := intake.Import(context.Background(), d, holiday.Files(), folder(text), quiet)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s for %s: %v", c.now, old, err)
			}
		}
	})
}
