package matter

// What the office does for others or for many at once: receipts that were given on paper, slips to several units. Only
// receipts and slips go in bulk: never re-checks.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

// ReceiveFor writes down that an item was received on paper, kept where paper says. The unit's only leader and its
// liaison stand for who was not named.
func ReceiveFor(tx *db.Tx, by auth.User, at At, paper string) (Matter, error) {
	return at.take(tx, by, VerbReceiveFor, func(a *act) error {
		if err := a.says("paper", paper, 200); err != nil {
			return err
		}
		staff, err := network.Staff(tx, a.item.Unit, "")
		if err != nil {
			return err
		}
		i := a.item
		for _, p := range staff {
			switch {
			case i.Responsible == "" && (p.Role == auth.Leader || p.Role == auth.CommitteeChief):
				i.Responsible = p.ID
			case i.HandlerID == "" && (p.Role == auth.Liaison || p.Role == auth.Office):
				i.HandlerID, i.Handler = p.PersonID, p.Person
			}
		}
		if i.Responsible == "" || i.HandlerID == "" {
			return errs.Conflictf("%s还没有负责人或联络员，不能代签收。请先由系统管理员增加岗位。", a.unit.Name)
		}
		i.ReceivedOn = tx.Today()
		return nil
	})
}

// mostAtOnce is how many items one press may change.
const mostAtOnce = 200

// each takes a step on several items, all or none.
func each(ids []string, step func(At) (Matter, error)) (n int, err error) {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) == 0 || len(ids) > mostAtOnce {
		wrong := errs.Fields{}
		wrong.Say("ids", "请勾选整改项，一次最多%d项。", mostAtOnce)
		return 0, wrong.Check("没有办理：还没有勾选。")
	}
	for _, id := range ids {
		if _, err := step(At{ID: id}); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

// ReceiveAll writes several receipts down that stand on one paper.
func ReceiveAll(tx *db.Tx, by auth.User, ids []string, paper string) (int, error) {
	return each(ids, func(at At) (Matter, error) { return ReceiveFor(tx, by, at, paper) })
}

// UrgeAll presses for several items, each by its lamp.
func UrgeAll(tx *db.Tx, by auth.User, ids []string, text, replyBy string) (int, error) {
	return each(ids, func(at At) (Matter, error) { return Urge(tx, by, at, "", text, replyBy) })
}
