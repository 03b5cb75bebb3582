package sample_test

// The network of the fictional city, as its specification counts it.

import (
	"testing"

	"yipanqi/internal/auth"
	"yipanqi/internal/change"
	"yipanqi/internal/db"
	"yipanqi/internal/meeting"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
)

func network2024(t *testing.T, tx *db.Tx) {
	t.Helper()
	c, err := network.ReadCouncil(tx, "SF-WCC", "")
	must(t, err)
	if c.Listed != 12 || c.Declared != 12 || c.Vacant != 1 {
		t.Errorf("%d of %d members, %d without a liaison; want 12 of 12, 1", c.Listed, c.Declared, c.Vacant)
	}
	root, err := network.Root(tx)
	must(t, err)
	office := auth.User{ID: "x", Posts: []auth.Post{{Role: auth.Office, Unit: "SF-WCCO", AreaID: root.ID,
		AreaPath: root.Path}}}
	inTime, all, err := change.Reporting(tx, office, module.Work{Year: 2024})
	must(t, err)
	if inTime != 1 || all != 2 {
		t.Errorf("%d of %d changes of persons are in time, want 1 of 2", inTime, all)
	}
	list, err := change.List(tx, office)
	must(t, err)
	if len(list) != 1 || list[0].EffectiveOn != "2024-03-31" || list[0].State != change.Approved ||
		len(list[0].Lines) != 3 {
		t.Errorf("the reform is %+v", list)
	}
	owed, err := meeting.OwingOf(tx, office, "SF-WCC")
	must(t, err)
	untrained := 0
	for _, o := range owed {
		if !o.Trained() {
			untrained++
		}
	}
	if untrained != 4 || len(owed) != 24 {
		t.Errorf("%d of %d owe training still, want 4 of 24: %+v", untrained, len(owed), owed)
	}
	found, err := change.Verify(tx, "")
	must(t, err)
	if len(found) > 0 {
		t.Errorf("verify finds %+v", found)
	}
}
