package meeting

// Consultation on the papers of a meeting: texts that its host lays open to the units that are invited, item by item.
// Remarks and replies are package opinion's.

import (
	"net/url"
	"strings"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/opinion"
)

// Consulted is a paper that is laid open, with how its remarks stand.
type Consulted struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Due    string `json:"due"`
	Closed bool   `json:"closed,omitempty"`
	opinion.Adoption
}

// consulted are the papers of an item that are laid open.
func consulted(tx *db.Tx, item AgendaItem) (all []Consulted, err error) {
	texts, err := opinion.Of(tx, item.Object())
	if err != nil {
		return nil, err
	}
	for _, t := range texts {
		remarks, err := opinion.On(tx, t.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, Consulted{t.ID, t.Title, t.DueOn, t.Closed, opinion.Count(remarks)})
	}
	return all, nil
}

// Blocks holds the minutes of a meeting back while a remark on one of its papers must be answered and is not.
func Blocks(tx *db.Tx, about, unit string) error {
	id, ok := strings.CutPrefix(about, "meeting/")
	if !ok {
		return nil
	}
	agenda, err := agendaOf(tx, id)
	for _, a := range agenda {
		if err == nil {
			err = opinion.Blocks(tx, a.Object(), unit)
		}
	}
	return err
}

// layOpenURL is the form that lays an item's paper open to all who are invited, for who may do so.
func layOpenURL(tx *db.Tx, by auth.User, m Meeting, a AgendaItem) (string, error) {
	if _, err := m.plays(tx, by, Host); err != nil || !by.Can(opinion.VerbOpen) ||
		m.State != Draft && m.State != Notified {
		return "", nil
	}
	asked, err := invitationsOf(tx, m.ID)
	q := url.Values{"about": {a.Object()}, "title": {a.Title}, "due": {m.ReplyBy}}
	for _, i := range asked {
		q.Add("unit", i.Unit)
	}
	return "/opinions/new?" + q.Encode(), err
}
