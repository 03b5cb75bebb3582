package account

import (
	"context"

	"yipanqi/internal/db"
)

// Process is another server's turns on the same database.
type Process struct{ turns turns }

func NewProcess() *Process { return &Process{turns{each: map[string]*queue{}}} }

func (p *Process) CheckPassword(ctx context.Context, d *db.DB, t Try) (string, error) {
	return t.check(ctx, d, &p.turns)
}
