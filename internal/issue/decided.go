package issue

// The decision by which an issue was listed or called solved: of a meeting that was held, and if the meeting wrote down
// what it decided, one of its decisions. It is kept as meeting/ID, or meeting/ID#decision.

import (
	"slices"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/meeting"
	"yipanqi/internal/say"
)

// Decided is a decision as its reader may see it.
type Decided struct {
	Meeting string `json:"meeting"` // id
	Title   string `json:"title"`
	On      string `json:"on"`
	Number  int    `json:"number,omitempty"` // of the decision; 0 = the meeting as a whole
	Text    string `json:"text,omitempty"`
	URL     string `json:"url"`
}

// ofMeeting takes a decision apart.
func ofMeeting(basis string) (meeting, decision string) {
	object, decision, _ := strings.Cut(basis, "#")
	return strings.TrimPrefix(object, "meeting/"), decision
}

// decidedBy is the decision that an object names, for who sees its meeting; nil where there is none, or by may not see
// it.
func decidedBy(tx *db.Tx, by auth.User, basis string) (*Decided, error) {
	in, of := ofMeeting(basis)
	if in == "" {
		return nil, nil
	}
	m, err := meeting.Read(tx, by, in)
	if errs.KindOf(err) == errs.Missing {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	d := &Decided{Meeting: m.ID, Title: m.Title, On: m.Day(), URL: m.URL()}
	all, err := meeting.Decisions(tx, m.ID)
	if at := slices.IndexFunc(all, func(d meeting.Decision) bool { return d.ID == of }); at >= 0 {
		d.Number, d.Text, d.URL = all[at].Number, all[at].Text, d.URL+"#decisions"
	}
	return d, err
}

// aDecision refuses what is no decision of the meeting that it names.
func aDecision(tx *db.Tx, basis string) error {
	in, of := ofMeeting(basis)
	if of == "" {
		return nil
	}
	all, err := meeting.Decisions(tx, in)
	if err == nil && !slices.ContainsFunc(all, func(d meeting.Decision) bool { return d.ID == of }) {
		err = errs.Fields{"basis": {Key: "这次会议没有这项议定事项。请从列表里选。"}}.Check("没有办理：缺少会议决定。")
	}
	return err
}

// by says which decision of a meeting an issue names: as listed, solved, or met about; nothing if it does not.
func (i Issue) by(tx *db.Tx, meetingID string) (how say.Words, is bool, err error) {
	for _, one := range []struct {
		basis       string
		whole, item say.Key
	}{{i.ClosedBy, "会议认定解决", "由第%d项议定事项认定解决"}, {i.Basis, "会议列入", "由第%d项议定事项列入"}} {
		in, of := ofMeeting(one.basis)
		if in != meetingID || in == "" {
			continue
		}
		all, err := meeting.Decisions(tx, in)
		if at := slices.IndexFunc(all, func(d meeting.Decision) bool { return d.ID == of }); err == nil && at >= 0 {
			return say.New(one.item, all[at].Number), true, nil
		}
		return say.New(one.whole), true, err
	}
	is = slices.ContainsFunc(i.Acts, func(a Act) bool { return a.Ref == "meeting/"+meetingID })
	return say.New("会议讨论"), is, nil
}
