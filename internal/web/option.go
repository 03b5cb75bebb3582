package web

// How one route is served otherwise than most: alone, after work of its own, in a queue. Earlier days are past.go's.

import "time"

// Option changes how one route is served.
type Option func(*route)

type route struct {
	alone  bool
	asOf   bool
	queue  *Queue
	before func(*Request, any) error
	away   func(*Request, any) error
}

// In has the work of Before wait for its turn in a queue; an uploaded file is read into memory then, not earlier.
func In(q *Queue) Option { return func(r *route) { r.queue = q } }

// Alone runs the transaction under db.UpdateAlone.
func Alone(r *route) { r.alone = true }

// Before runs fn ahead of the transaction, for slow work such as unlocking a signing key. It may open short
// transactions of its own on r.DB and leave what it found in the input.
func Before[In any](fn func(r *Request, in *In) error) Option {
	return func(o *route) { o.before = func(r *Request, in any) error { return fn(r, in.(*In)) } }
}

// Away runs fn after Before, still ahead of the transaction, and outside of the queue: for what waits on another
// machine, so that nobody in the queue waits for that.
func Away[In any](fn func(r *Request, in *In) error) Option {
	return func(o *route) { o.away = func(r *Request, in any) error { return fn(r, in.(*In)) } }
}

// before does a route's work ahead of its transaction; the user is checked all the same.
func (x *exchange) before(verb string, o route, in any) error {
	if o.before == nil {
		return load(in)
	}
	if x.asked == nil {
		if err := x.view(verb, func(r *Request) error { x.asked = r; return nil }); err != nil {
			return err
		}
	}
	request := x.asked
	request.Tx, x.until = nil, time.Time{}
	work := func() error {
		if err := load(in); err != nil {
			return err
		}
		return o.before(request, in)
	}
	err := error(nil)
	if o.queue == nil {
		err = work()
	} else {
		err = o.queue.Do(request.Context, work)
	}
	if err != nil || o.away == nil {
		return err
	}
	return o.away(request, in)
}
