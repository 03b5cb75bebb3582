package matter

// What the office changes in a draft before it is handed out: all that was typed, and its items.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// Edit writes a draft anew. Its further sources stay; items are taken by their order, what is left over is withdrawn.
func Edit(tx *db.Tx, by auth.User, id string, version int64, p Draft) (Matter, error) {
	m, _, err := take(tx, by, id, version, VerbEdit)
	if err != nil {
		return m, err
	}
	n, err := p.matter(tx, by)
	if err != nil {
		return m, err
	}
	asked := n.Items
	if len(m.Sources) > 1 {
		n.Sources = append(n.Sources, m.Sources[1:]...)
	}
	if n.Has(Hard) && m.HardSince != "" {
		n.HardSince = m.HardSince
	}
	n.ID, n.Office, n.Entries, n.Version, n.read, n.Items = m.ID, m.Office, m.Entries, m.Version, m.read, m.Items
	if err := n.log(tx, by, VerbEdit, said(m.own()), nil); err != nil {
		return n, err
	}
	if err := n.editItems(tx, by, asked); err != nil {
		return n, err
	}
	return n, n.save(tx)
}

func (m *Matter) editItems(tx *db.Tx, by auth.User, asked []Item) error {
	for at := range m.Items {
		i := &m.Items[at]
		if i.State != InDraft {
			continue
		}
		before, verb := said(i.own()), VerbItemEdit
		if len(asked) == 0 {
			i.State, verb = Withdrawn, VerbItemWithdraw
		} else {
			i.Unit, i.AreaID, i.Text, i.Due = asked[0].Unit, asked[0].AreaID, asked[0].Text, asked[0].Due
			asked = asked[1:]
		}
		detail := map[string]string{}
		if changed(before, said(i.own()), detail); len(detail) == 0 {
			continue
		}
		if verb == VerbItemWithdraw {
			i.Reason = "修改草稿时删去"
		}
		if err := m.logItem(tx, by, i, verb, before, nil); err != nil {
			return err
		}
	}
	for _, i := range asked {
		i.ID, i.MatterID, i.Position = db.NewID(), m.ID, len(m.Items)+1
		if err := m.logItem(tx, by, &i, VerbItemAdd, map[string]string{}, nil); err != nil {
			return err
		}
		if err := insertRow(tx, "matter_items", i.all()); err != nil {
			return err
		}
		m.Items = append(m.Items, i)
	}
	return nil
}
