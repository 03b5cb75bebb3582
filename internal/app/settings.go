package app

// The name and year that the installation goes by, kept for the run and read anew after an import.

import (
	"context"

	"yipanqi/internal/db"
	"yipanqi/internal/sample"
	"yipanqi/internal/setting"
)

// Reload reads the settings again, after an import.
func (a *App) Reload(ctx context.Context) error { return a.loadSettings(ctx) }

func (a *App) loadSettings(ctx context.Context) error {
	return a.DB.View(ctx, func(tx *db.Tx) (err error) {
		if a.Sample, err = setting.IsSample(tx); err != nil {
			return err
		}
		if a.Clocked, err = sample.HasClock(tx); err != nil {
			return err
		}
		if a.Clocked {
			a.DB.Shift(sample.Ahead)
		}
		a.Name, err = setting.Get(tx, setting.Name)
		return err
	})
}
