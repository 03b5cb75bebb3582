package web

// Turns for what takes much memory, passwords, files and pages, so that many at once cannot exhaust the machine. Rights
// and transactions are not its matter.

import (
	"context"
	"sync"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Queue lets a few at a time do what takes much memory; others wait, a while and not too many of them. It bounds what
// all requests together can take, whoever sends them; what one file may take is its reader's bound.
type Queue struct {
	slots   chan struct{}
	waiting chan struct{}
	wait    time.Duration
}

// NewQueue has so many at a time and so many waiting, each for no longer than wait.
func NewQueue(running, waiting int, wait time.Duration) *Queue {
	return &Queue{make(chan struct{}, running), make(chan struct{}, running+waiting), wait}
}

// Passwords and phrases cost 19 MB each, on purpose. Secrets is for the passwords of whoever comes; Phrases for what
// people who are signed in sign with: on a last day a city signs at once, some fifty come through in a second, and
// nobody is turned away while the server still gives them an answer (two minutes). A file may cost ten times its size
// and more.
var (
	Secrets = NewQueue(4, 60, 10*time.Second)
	Phrases = NewQueue(2, 3000, 100*time.Second)
	Files   = NewQueue(1, 30, 20*time.Second)
)

// Do runs fn when its turn comes, or says that too much is going on: then nothing was done.
func (q *Queue) Do(ctx context.Context, fn func() error) error {
	crowded := &errs.Error{Kind: errs.Busy,
		Words: say.New("现在同时提交的人太多，这次没有办成，什么也没有改动。请过一会儿再试。")}
	select {
	case q.waiting <- struct{}{}:
	default:
		return crowded
	}
	defer func() { <-q.waiting }()
	ctx, cancel := context.WithTimeout(ctx, q.wait)
	defer cancel()
	select {
	case q.slots <- struct{}{}:
	case <-ctx.Done():
		return crowded
	}
	defer func() { <-q.slots }()
	return fn()
}

// turns lets as many pages be made at once as the database has readers: more would only wait with what they read in
// memory. Whoever reads an answer slowly takes no turn meanwhile.
type turns chan struct{}

func turnsFor(d *db.DB) turns {
	if d == nil {
		return nil
	}
	return make(turns, d.AtOnce())
}

// turn waits for one and returns how to give it back, which an answer does itself once it is made. Waiting is part of
// the database's time: when that is over the transaction says so.
func (x *exchange) turn() (leave func()) {
	x.leave = func() {}
	if x.within != nil || x.mux.turns == nil {
		return x.leave
	}
	ctx, cancel := x.bounded()
	defer cancel()
	select {
	case x.mux.turns <- struct{}{}:
		x.leave = sync.OnceFunc(func() { <-x.mux.turns })
	case <-ctx.Done():
	}
	return x.leave
}
