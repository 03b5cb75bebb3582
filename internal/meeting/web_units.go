package meeting

// The units that a meeting deals with, to choose from in groups.

import (
	"context"
	"slices"

	"yipanqi/internal/db"
	"yipanqi/internal/network"
	"yipanqi/internal/web/part"
)

// chooser is a field of units as seen from the host's area, without those that are left out.
func chooser(tx *db.Tx, ctx context.Context, m Meeting, name string, skip func(code string) bool) (c part.ChooseView,
	err error) {
	host, err := network.UnitByCode(tx, m.Host)
	if err != nil {
		return c, err
	}
	groups, err := network.Groups(tx, host.AreaID)
	c.Name = name
	for _, g := range groups {
		one := part.ChooseGroup{Code: g.Code, Label: part.T(ctx, g.Name)}
		for _, u := range g.Units {
			if skip == nil || !skip(u.Code) {
				one.Options = append(one.Options, part.Option{Value: u.Code, Label: part.Name(ctx, u.Name, u.NameEN)})
			}
		}
		if len(one.Options) > 0 {
			c.Groups = append(c.Groups, one)
		}
	}
	return c, err
}

// chosenUnits are the units that were sent, a group's all where it was chosen as a whole.
func chosenUnits(tx *db.Tx, m Meeting, sent []string) ([]string, error) {
	if !slices.ContainsFunc(sent, func(code string) bool { return len(code) > 0 && code[0] == '*' }) {
		return slices.DeleteFunc(slices.Clone(sent), func(code string) bool { return code == "" }), nil
	}
	asked, err := invitationsOf(tx, m.ID)
	if err != nil {
		return nil, err
	}
	c, err := chooser(tx, context.Background(), m, "", func(code string) bool {
		return slices.ContainsFunc(asked, func(i Invitation) bool { return i.Unit == code })
	})
	return c.Codes(sent), err
}
