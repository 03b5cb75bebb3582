package app

// What a busy server keeps at hand and an idle one need not: once nobody has asked for anything for a while, memory
// goes back to the machine. Nothing runs while nothing is asked; what the server keeps meanwhile is db's business.

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"
)

// quiet is how long nobody asks before the server is idle.
const quiet = 20 * time.Second

// thrifty gives memory back whenever the site has been quiet for a while after somebody asked it.
func thrifty(site http.Handler, quiet time.Duration, give func()) http.Handler {
	timer := time.AfterFunc(quiet, give)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer timer.Reset(quiet) // a long answer is no silence before it is given
		timer.Stop()
		site.ServeHTTP(w, r)
	})
}

// giveBack gives memory back: SQLite's, and what the collector keeps for the next time.
func (a *App) giveBack(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, quiet)
	defer cancel()
	if err := a.DB.Relax(ctx); err != nil && ctx.Err() == nil {
		slog.Warn("give memory of the database back", "error", err)
	}
	debug.FreeOSMemory()
}
