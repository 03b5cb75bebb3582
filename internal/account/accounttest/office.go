package accounttest

// The city in which an office asks units: used by the modules whose stories are between those two.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/network"
)

// Office lays down an office with two people, a chief above it, three units with two liaisons and a leader each, and a
// district with an office of its own. People are known as office, reviewer, chief, east, and by unit: a, a second,
// a leader.
func (c *City) Office(tx *db.Tx) (root, east network.Area) {
	c.told().Helper()
	root = c.Area(tx, "990000", "示范市", network.Area{})
	east = c.Area(tx, "990101", "东岭区", root)
	c.Units(tx, root, "member", network.Unit{Code: "CO", Name: "示范市妇儿工委办", Kind: "office"},
		network.Unit{Code: "a", Name: "示范市教育局"}, network.Unit{Code: "b", Name: "示范市卫生健康委"},
		network.Unit{Code: "c", Name: "示范市体育局"})
	c.Units(tx, east, "office", network.Unit{Code: "EO", Name: "东岭区妇儿工委办"})
	c.Hire(tx, "office", "办公室甲", "CO", auth.Office)
	c.Hire(tx, "reviewer", "办公室乙", "CO", auth.Office)
	c.Hire(tx, "chief", "副主任", "CO", auth.CommitteeChief)
	c.Hire(tx, "east", "东岭办甲", "EO", auth.Office)
	for _, unit := range []string{"a", "b", "c"} {
		c.Hire(tx, unit, unit+"联络员", unit, auth.Liaison)
		c.Hire(tx, unit+" second", unit+"联络员乙", unit, auth.Liaison)
		c.Hire(tx, unit+" leader", unit+"负责人", unit, auth.Leader)
	}
	return root, east
}
