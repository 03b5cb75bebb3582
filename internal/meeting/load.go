package meeting

// How many meetings units were asked to, and how many of their people.

import "yipanqi/internal/module"

// Loads are the meetings that units are asked to.
func Loads() []module.Load {
	return []module.Load{{Code: "meetings", Name: "会议", Parts: "人次", Of: askedTo}}
}
