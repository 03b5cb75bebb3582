package app

// What can be found in the running program: written anew where there is nothing yet.

import (
	"context"

	"yipanqi/internal/db"
	"yipanqi/internal/find"
)

// Reindex writes what can be found anew from what the modules hold.
func (a *App) Reindex(tx *db.Tx) error { return a.modules().Reindex(tx) }

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
	return a.DB.Update(ctx, a.Reindex)
}
