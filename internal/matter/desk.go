package matter

// What lies before a person today, in groups: the office's, the owner's, what others asked of the unit. An act takes a
// line out of its group, never a tick.

import (
	"slices"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/flow"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// deskGroup is one group of a desk. Bulk is what may be done with several of its lines at once.
type deskGroup struct {
	Code  string     `json:"code"`
	Label say.Key    `json:"label"`
	Lines []deskLine `json:"lines"`
	Bulk  []string   `json:"bulk,omitempty"`
}

// deskLine is an item, or a draft of a matter, with its one next step.
type deskLine struct {
	Item   string `json:"item,omitempty"`
	Matter string `json:"matter"`
	Text   string `json:"text"`
	Number string `json:"number,omitempty"`
	State  State  `json:"state"`
	Lamp   string `json:"lamp"`
	Due    string `json:"due,omitempty"`
	Verb   string `json:"verb,omitempty"`

	title string
	unit  network.Unit
}

// deskGroups are the groups in the order of the page: what somebody waits for comes first.
var deskGroups = []deskGroup{
	{Code: "receive", Label: "待签收"}, {Code: "returned", Label: "被退回"}, {Code: "late", Label: "已逾期"},
	{Code: "soon", Label: "快到期"}, {Code: "check", Label: "请本单位复核"}, {Code: "declined", Label: "退办待裁定"},
	{Code: "extension", Label: "延期待审批"}, {Code: "recheck", Label: "待复核"},
	{Code: "unreceived", Label: "承办单位未签收", Bulk: []string{VerbReceiveFor, VerbUrge}},
	{Code: "overdue", Label: "承办单位逾期", Bulk: []string{VerbUrge}},
	{Code: "look", Label: "暂停到期，该再看了"}, {Code: "hard", Label: "久推不动，可提请联席会议或联合调研"},
	{Code: "support", Label: "需本单位配合"}, {Code: "running", Label: "办理中"},
	{Code: "waiting", Label: "已报办结，等复核"},
	{Code: "draft", Label: "草稿，还没有交办"}}

// groupOf is the group in which an item lies before by; "" if in none.
func (c ofItem) groupOf(by auth.User, today Today) string {
	i, m := c.item, c.matter
	red := i.runs() && today.Lamp(i) == flow.Red
	has := func(unit string) bool {
		return unit != "" && slices.ContainsFunc(by.Posts, func(p auth.Post) bool { return p.Unit == unit })
	}
	_, office := by.PostFor(m.Office, auth.Office)
	switch {
	case !i.open():
		return ""
	case has(i.Unit):
		return c.ownGroup(red, today)
	case office:
		return c.officeGroup(red, today)
	case has(i.CheckUnit) && i.State == Reported:
		return "check"
	case slices.ContainsFunc(m.Supporting, has) || has(m.Lead):
		return "support"
	}
	return ""
}

func (c ofItem) ownGroup(red bool, today Today) string {
	i := c.item
	switch {
	case i.State == Raised:
		return "receive"
	case i.State == Reported || i.State == Declined || i.State == Suspended:
		return "waiting"
	case i.State == InProgress && i.Reason != "" && i.WantedDue == "":
		return "returned"
	case red:
		return "late"
	case today.Lamp(i) == flow.Blue:
		return "soon"
	}
	return "running"
}

func (c ofItem) officeGroup(red bool, today Today) string {
	i, m := c.item, c.matter
	switch {
	case i.State == Declined:
		return "declined"
	case i.WantedDue != "":
		return "extension"
	case i.State == Reported:
		return "recheck"
	case i.State == Raised:
		return "unreceived"
	case i.State == Suspended && i.LookOn <= today.Day:
		return "look"
	case m.Has(Hard) && m.HardSince != "" && m.HardSince <= today.far:
		return "hard"
	case red:
		return "overdue"
	}
	return ""
}

// deskOf are the groups that are not empty.
func deskOf(tx *db.Tx, by auth.User) (groups []deskGroup, err error) {
	found, err := itemsWith(tx, by, "owner", "lead", "office", "check", "support")
	if err != nil {
		return nil, err
	}
	today, err := LampDay(tx)
	if err != nil {
		return nil, err
	}
	lines := map[string][]deskLine{}
	for _, c := range found {
		if code := c.groupOf(by, today); code != "" {
			lines[code] = append(lines[code], deskLine{Item: c.item.ID, Matter: c.matter.ID, Text: c.item.Text,
				Number: c.matter.Number, State: c.item.State, Lamp: today.Lamp(c.item),
				Due: c.item.NextOn, Verb: c.nextFor(by), title: c.matter.Title, unit: c.unit})
		}
	}
	drafts, err := draftsOf(tx, by)
	if err != nil {
		return nil, err
	}
	for _, m := range drafts {
		lines["draft"] = append(lines["draft"], deskLine{Matter: m.ID, Text: m.Title, State: m.State, Verb: VerbRaise,
			Lamp: flow.Grey})
	}
	for _, g := range deskGroups {
		if g.Lines = lines[g.Code]; len(g.Lines) > 0 {
			groups = append(groups, g)
		}
	}
	return groups, nil
}

// nextFor is the step that the item waits for, else the one that its handler takes again and again.
func (c ofItem) nextFor(by auth.User) string {
	if verb := c.waitsFor(by); verb != "" {
		return verb
	}
	for _, st := range c.Open(by) {
		if st.Verb == VerbNote {
			return st.Verb
		}
	}
	return ""
}

// Late are the items under by's eyes whose day is over, the longest first.
func Late(tx *db.Tx, by auth.User, most int) (items []Item, err error) {
	all, err := Oldest(tx, by, most)
	for _, i := range all {
		if i.Lamp(tx.Today(), 0) == flow.Red {
			items = append(items, i)
		}
	}
	return items, err
}
