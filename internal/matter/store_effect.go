package matter

// Closed items as the ledger of effects needs them.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// closedItem is one with what its matter aims at.
type closedItem struct {
	Item
	raisedOn, aimOperator, aimValue string
}

func closedItems(tx *db.Tx, by auth.User, f Filter) ([]closedItem, error) {
	where, args, err := seenItems(tx, by, f)
	if err != nil {
		return nil, err
	}
	text, args := days(where, nil, args)
	return db.All(tx, func(r db.Row) (c closedItem, err error) {
		return c, scanInto(r, append(c.Item.all(), field{"raised_on", &c.raisedOn},
			field{"aim_operator", &c.aimOperator}, field{"aim_value", &c.aimValue}))
	}, `SELECT `+prefixed("i", new(Item).all())+`, m.raised_on, m.aim_operator, m.aim_value
		FROM matter_items i JOIN matters m ON m.id = i.matter_id WHERE i.state = 'closed' AND `+text+`
		ORDER BY i.closed_on DESC, i.id LIMIT 500`, args...)
}
