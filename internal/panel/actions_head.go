package panel

// Whether an expert still counts, and another head in the place of one who does not.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/engagement"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// out says why a member of the panel does not count today; nothing is said of who does.
func (p Panel) out(tx *db.Tx, member string) (why say.Words, err error) {
	e, err := engagement.Get(tx, member)
	if err != nil {
		return why, err
	}
	_, undertaken, err := e.Undertaken(tx)
	switch {
	case err != nil:
		return why, err
	case e.Tied(p.Author):
		return say.New("%s与起草单位有利害关系，要回避。", e.Person), nil
	case !e.OpenOn(tx.Today()):
		return say.New("%s今天不在聘期内。", e.Person), nil
	case !undertaken:
		return say.New("%s没有有效的承诺书。", e.Person), nil
	}
	return why, nil
}

// Lead makes another expert of the panel its head, with a reason: where the head's engagement has ended, or a tie has
// come to light.
func Lead(tx *db.Tx, by auth.User, id string, version int64, member, why string) (Panel, error) {
	why = strings.TrimSpace(why)
	return change(tx, by, id, version, VerbLead, map[string]string{"reason": why}, func(p *Panel) error {
		wrong := errs.Fields{}
		if why == "" || longer(why, maxReason) {
			wrong.Say("reason", "请写明原因，600字以内。")
		}
		switch {
		case !slices.Contains(p.Members, member):
			wrong.Say("head_of", "组长要是专家之一。")
		case member == p.Head:
			wrong.Say("head_of", "这位专家已经是组长。")
		default:
			out, err := p.out(tx, member)
			if err != nil {
				return err
			}
			if !out.IsZero() {
				wrong["head_of"] = out
			}
		}
		p.Head = member
		return wrong.Check("没有改任：请先改正标出的地方。")
	})
}
