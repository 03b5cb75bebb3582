package matter_test

// When a lamp turns blue, and when what is hard goes to a conference, an installation sets: lists, filters and desks
// follow at once.

import (
	"context"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/matter"
	"yipanqi/internal/setting"
)

func TestAnInstallationSetsWhenALampTurnsAndWhatIsStuck(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		m := c.started("2024-04-09", "")
		may(c, "office", func(x *tx, by user) (result, error) {
			return matter.Flag(x, by, m.ID, 0, []string{matter.Hard})
		})
		c.On("2024-04-02") // seven days before its day, and a month after it was flagged
		s := newSite(c)
		lamp := func() string {
			t.Helper()
			for _, lamp := range []string{"blue", "green"} {
				if got := c.seenAt(s, "office", "/items?lamp="+lamp, "items"); got[m.Items[0].ID] == lamp {
					return lamp
				}
			}
			return ""
		}
		if got := lamp(); got != "green" || c.desk("office")["hard"] != 0 {
			t.Errorf("by the program's own it is %s, hard are %d", got, c.desk("office")["hard"])
		}
		c.Must(c.Update(context.Background(), func(x *db.Tx) error {
			_, err := setting.Put(x, flow.LimitKey(matter.LimitNear), "5工作日")
			c.Must(err)
			_, err = setting.Put(x, flow.LimitKey(matter.LimitStuck), "1个月")
			return err
		}))
		if got := lamp(); got != "blue" || c.desk("office")["hard"] != 1 {
			t.Errorf("by the city's own it is %s, hard are %d", got, c.desk("office")["hard"])
		}
	})
}
