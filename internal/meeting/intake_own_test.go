package meeting_test

// An office's own kinds of meetings and needs of training replace the program's row by row.

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/intake"
	"yipanqi/internal/meeting"
	"yipanqi/internal/network"
)

const (
	ownKinds = "代码,名称,英文名,通常对象,需纪要,计入培训,频次,状态\n" +
		"plenary,全体会议,Full session,各成员单位,是,否,每年一次,已确认\n" +
		"salon,沙龙,Salon,有关单位,否,是,,\n" +
		"symposium,座谈会,Symposium,有关单位,否,否,,停用\n"
	ownNeeds = "岗位,培训内容,状态,依据\n联络员,性别平等,已确认,演示〔2024〕1号\nstatistician,监测统计,停用,\n"
)

func TestOwnKindsAndNeeds(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		bring := func(kinds, needs string) error {
			files := append(network.Files(), meeting.Module(nil).Files...)
			_, err := intake.Import(context.Background(), c.DB, files, fstest.MapFS{
				"meeting_kinds.csv":  {Data: []byte(kinds)},
				"training_needs.csv": {Data: []byte(needs)}}, func(string, int, int) {})
			return err
		}
		c.Must(bring(ownKinds, ownNeeds))
		c.Must(bring(ownKinds, ownNeeds)) // a second time changes nothing
		c.Look(func(tx *db.Tx) error {
			k, err := meeting.KindOf(tx, "plenary")
			if k.Name != "全体会议" || k.Status != meeting.Confirmed {
				t.Errorf("the plenary is %+v, %v", k, err)
			}
			if k, _ := meeting.KindOf(tx, "salon"); !k.Training || k.NeedsMinutes || k.Status != meeting.Proposed {
				t.Errorf("the salon is %+v", k)
			}
			if k, _ := meeting.KindOf(tx, "symposium"); k.Status != meeting.Off {
				t.Errorf("the symposium is %+v", k)
			}
			needs, err := meeting.Needs(tx)
			said := ""
			for _, n := range needs {
				said += n.Role + " " + n.Subject + " " + string(n.Status) + "\n"
			}
			if !strings.Contains(said, auth.Liaison+" gender confirmed") || strings.Contains(said, auth.Statistician) ||
				!strings.Contains(said, auth.Liaison+" duties proposed") {
				t.Errorf("needs are\n%s%v", said, err)
			}
			return err
		})
		for words, files := range map[string][2]string{
			"代码只用小写字母": {strings.Replace(ownKinds, "salon", "沙龙！", 1), ownNeeds},
			"没有“厨师”":   {ownKinds, strings.Replace(ownNeeds, "联络员", "厨师", 1)},
			"没有“跳舞”":   {ownKinds, strings.Replace(ownNeeds, "性别平等", "跳舞", 1)},
			"也许":       {strings.Replace(ownKinds, "是,否,每年一次", "也许,否,每年一次", 1), ownNeeds},
		} {
			if err := bring(files[0], files[1]); err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("%v; want %s", err, words)
			}
		}
	})
}
