package progress

// This file says where a series goes on from what the same area was before: under another parent, or under another
// name. Its numbers are joined by fact.Read and by quotedDuring; here is only what a reader is told.

import (
	"yipanqi/internal/db"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Move is the day from which an area counts under another parent, or under another name.
type Move struct {
	Day  string       `json:"day"`
	From network.Area `json:"from"` // the parent until then; the area itself if only its name changed
	To   network.Area `json:"to"`
}

// Moves are those of an area, the newest first.
func Moves(tx *db.Tx, area network.Area) (moves []Move, err error) {
	earlier, err := network.Earlier(tx, area.ID)
	if err != nil {
		return nil, err
	}
	for _, before := range earlier {
		m := Move{Day: area.OpensOn, From: before, To: area}
		if before.ParentID != area.ParentID && before.ParentID > 0 && area.ParentID > 0 {
			if m.From, err = network.AreaByID(tx, before.ParentID); err != nil {
				return nil, err
			}
			if m.To, err = network.AreaByID(tx, area.ParentID); err != nil {
				return nil, err
			}
		}
		moves, area = append(moves, m), before
	}
	return moves, nil
}

// Words say what it means for the series.
func (m Move) Words() say.Words {
	from, to := say.Name{ZH: m.From.Name, EN: m.From.NameEN}, say.Name{ZH: m.To.Name, EN: m.To.NameEN}
	if m.From.Code == m.To.Code {
		return say.New("%s起区划有调整（此前为%s），此前各期一并列出，对比时请注意范围是否相同", m.Day, from)
	}
	return say.New("%s起由%s改属%s，此前各期是改属前的数，一并列出，只计入原属地区的合计", m.Day, from, to)
}
