package matter

// Urging: a slip that follows the item's lamp, recorded on the item and told to its owner's people by the ladder of
// reminders. It is never a proof of work.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/flow"
)

// Levels of a slip.
var levels = choices{{"blue", "蓝色"}, {"yellow", "黄色"}, {"red", "红色"}}

// Urge presses for an act. Without a level it follows the lamp: blue before the day, red after it.
func Urge(tx *db.Tx, by auth.User, at At, level, text, replyBy string) (Matter, error) {
	return at.take(tx, by, VerbUrge, func(a *act) error {
		if level == "" {
			if level = "blue"; a.item.Lamp(tx.Today(), 0) == flow.Red {
				level = "red"
			}
		}
		v := checking{tx: tx, m: a.matter, wrong: errs.Fields{}}
		v.choice("level", levels, level)
		v.text("text", text, 600, false)
		if replyBy != "" && (!calendar.IsDay(replyBy) || replyBy < tx.Today()) {
			v.wrong.Say("reply_by", "回复期要是今天以后的日子，写成 2024-03-15。")
		}
		a.item.Urges++
		a.item.UrgedOn = tx.Today()
		for key, said := range map[string]string{"level": level, "urge": text, "reply_by": replyBy} {
			if said != "" {
				a.detail[key] = said
			}
		}
		return v.wrong.Check("没有催办，请按提示修改。")
	})
}
