package account

// What the tests need of the package's inside: another process that knows nothing of this one's turns. No test itself.

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
