package instruction

// A leader's desk as a page and as JSON: the same three lists.

import (
	"yipanqi/internal/letter"
	"yipanqi/internal/web"
)

// deskData is what lies before a leader.
type deskData struct {
	Awaited  []item       `json:"awaited"`
	Letters  []letterLine `json:"letters"`
	Unsure   []item       `json:"unconfirmed"`
	Running  []item       `json:"running"`
	Reported []item       `json:"reported"`

	desk  Desk
	today string
}

type letterLine struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Title  string `json:"title"`
}

func showDesk(r *web.Request, _ struct{}) (d deskData, err error) {
	if d.desk, err = ReadDesk(r.Tx, r.User); err != nil {
		return d, err
	}
	d.today = r.Tx.Today()
	items := func(all []Instruction) []item {
		list := []item{}
		for _, i := range all {
			list = append(list, i.item(d.today))
		}
		return list
	}
	d.Awaited, d.Unsure, d.Running, d.Reported = items(d.desk.Awaited), items(d.desk.Unsure), items(d.desk.Running),
		items(d.desk.Reported)
	d.Letters = lines(d.desk.Letters)
	return d, nil
}

func lines(all []letter.Letter) []letterLine {
	list := []letterLine{}
	for _, l := range all {
		list = append(list, letterLine{l.ID, l.Number, l.Title})
	}
	return list
}
