package app

// What can be found in the running program: the kinds of all modules, and their rows written anew where there are none.

import (
	"context"

	"yipanqi/internal/check"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/form"
	"yipanqi/internal/indicator"
	"yipanqi/internal/network"
	"yipanqi/internal/plan"
	"yipanqi/internal/submission"
)

// kinds are in the order in which the search page offers them.
func kinds() (all []find.Kind) {
	for _, of := range []func() []find.Kind{indicator.Kinds, network.Kinds, plan.Kinds, form.Kinds, submission.Kinds,
		check.Kinds} {
		all = append(all, of()...)
	}
	return all
}

// Reindex writes what can be found anew from what the modules hold.
func Reindex(tx *db.Tx) error {
	if err := find.Clear(tx); err != nil {
		return err
	}
	for _, of := range []func(*db.Tx) error{submission.Reindex, check.Reindex, network.Reindex, plan.Reindex,
		form.Reindex, indicator.Reindex} {
		if err := of(tx); err != nil {
			return err
		}
	}
	return nil
}

// beginFinding makes findable what an earlier program has written, which had no search.
func (a *App) beginFinding(ctx context.Context) error {
	empty := false
	err := a.DB.View(ctx, func(tx *db.Tx) (err error) {
		empty, err = find.Empty(tx)
		return err
	})
	if err != nil || !empty {
		return err
	}
	return a.DB.Update(ctx, Reindex)
}
