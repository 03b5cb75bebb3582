package record_test

// What waits is said in both languages: the words are the definition's, which no dictionary knows.

import (
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/module"
	"yipanqi/internal/record"
)

func TestTasksOfRegistersAreSaidInBothLanguages(t *testing.T) {
	eachTown(t, func(c *town) {
		s := c.begins("publicity_item", "city", "item_title", "短片", "publicity_kind", "brand", "publicity_themes",
			"反家庭暴力", "host_units", "示范市妇联", "held_from", "2024-11-25")
		s.does("city", "submit")
		tasks := must(c, func(tx *db.Tx) ([]module.Task, error) {
			return record.Tasks(tx,
				c.people["federation-head"])
		})
		for _, task := range tasks {
			if task.Object == s.r.Object() && task.Ask == "确认" && task.AskEN == "Confirm" &&
				task.StateEN == "Publicity · Submitted" {
				return
			}
		}
		c.Errorf("the task is not there, or not in English: %+v", tasks)
	})
}
