package job_test

// What leaves the house leaves at least once with an id that never changes, is given up where it is refused, and
// outlives a channel that is down and a process that is killed. The mail itself: package mail.

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/job"
)

// post is a channel that a test looks into.
type post struct {
	got  map[string]int // deliveries by id
	take func(d job.Delivery) error
	down error
}

func (p *post) channel() job.Channel {
	p.got = map[string]int{}
	return job.Channel{Name: "mail", Send: func(_ context.Context, all []job.Delivery,
		done func(job.Delivery, error)) error {
		for _, d := range all {
			if p.down != nil {
				return p.down
			}
			var err error
			if p.take != nil {
				err = p.take(d)
			}
			if err == nil {
				p.got[d.ID]++
			}
			done(d, err)
		}
		return nil
	}}
}

func put(t testing.TB, d *db.DB, from, to int) {
	t.Helper()
	must(t, d.Update(context.Background(), func(tx *db.Tx) error {
		var all []job.Delivery
		for i := from; i < to; i++ {
			all = append(all, job.Delivery{Channel: "mail", Key: fmt.Sprint(i), Person: "p", Subject: fmt.Sprint(i),
				Body: "text"})
		}
		return job.PutAll(tx, all)
	}))
}

// Each delivery leaves once, however often it is put; what is refused for good is given up, what fails is tried again.
func TestDeliveries(t *testing.T) {
	t.Parallel()
	eachHand(t, func(t *testing.T, d *db.DB, h *hand) {
		p := &post{}
		r := runner(t, d, job.Jobs{Channels: []job.Channel{p.channel()}})
		fails := 3
		p.take = func(d job.Delivery) error {
			switch {
			case d.Subject == "7":
				return job.Permanent(errors.New("no such address"))
			case d.Subject == "8" && fails > 0:
				fails--
				return errors.New("try later")
			}
			return nil
		}
		put(t, d, 0, 450)
		put(t, d, 400, 500)
		tick(t, r)
		if o := overview(t, d, r).Delivery; o.Sent != 498 || o.Waiting != 1 || len(o.Failed) != 2 || len(p.got) != 498 {
			t.Fatalf("at first: %d sent, %d waiting, %d failed, %d arrived", o.Sent, o.Waiting, len(o.Failed), len(p.got))
		}
		tick(t, r) // too early
		for range 3 {
			h.add(time.Hour)
			tick(t, r)
		}
		o := overview(t, d, r).Delivery
		if o.Sent != 499 || o.Waiting != 0 || len(o.Failed) != 1 || o.Failed[0].Tries != 1 ||
			o.Failed[0].NextAt != nil {
			t.Fatalf("at last: %+v", o)
		}
		var failed map[string]string
		must(t, d.View(context.Background(), func(tx *db.Tx) (err error) {
			failed, err = job.FailedTo(tx, map[string]string{"p": "", "q": ""})
			return err
		}))
		if len(failed) != 1 || failed["p"] != "no such address" {
			t.Errorf("failed: %v", failed)
		}
		p.take = nil
		must(t, d.Update(context.Background(), func(tx *db.Tx) error { return r.Retry(tx, auth.User{ID: "a"}, "", 0) }))
		tick(t, r)
		if o := overview(t, d, r).Delivery; o.Sent != 500 {
			t.Errorf("after a retry by hand: %+v", o)
		}
		for id, n := range p.got {
			if n != 1 {
				t.Errorf("%s arrived %d times", id, n)
			}
		}
		h.add(91 * 24 * time.Hour)
		tick(t, r)
		if o := overview(t, d, r).Delivery; o.Sent != 0 {
			t.Errorf("after 91 days: %+v", o)
		}
	})
}

// A channel that is down rests, longer each time, and is not asked once for each delivery; after a day a delivery is
// given up, and newer ones still arrive.
func TestChannelDown(t *testing.T) {
	t.Parallel()
	eachHand(t, func(t *testing.T, d *db.DB, h *hand) {
		asked := 0
		p := &post{}
		c := p.channel()
		send := c.Send
		c.Send = func(ctx context.Context, all []job.Delivery, done func(job.Delivery, error)) error {
			asked++
			return send(ctx, all, done)
		}
		r := runner(t, d, job.Jobs{Channels: []job.Channel{c}})
		p.down = errors.New("connection refused")
		put(t, d, 0, 1000)
		for range 20 {
			tick(t, r)
		}
		if asked != 1 {
			t.Errorf("asked %d times within one moment", asked)
		}
		for range 30 {
			h.add(time.Hour)
			tick(t, r)
		}
		o := overview(t, d, r).Delivery
		if o.Sent != 0 || o.Waiting != 0 || len(o.Failed) == 0 {
			t.Errorf("after a day: %+v", o)
		}
		p.down = nil
		put(t, d, 1000, 1010)
		for range 3 {
			h.add(time.Hour)
			tick(t, r)
		}
		if o = overview(t, d, r).Delivery; o.Waiting != 0 || o.Sent < 10 {
			t.Errorf("up again: %d sent, %d waiting", o.Sent, o.Waiting)
		}
	})
}

// What a killed process had taken is sent by another when the lease ends.
func TestLeaseEnds(t *testing.T) {
	t.Parallel()
	eachHand(t, func(t *testing.T, d *db.DB, h *hand) {
		ctx, kill := context.WithCancel(context.Background())
		dying := job.Channel{Name: "mail", Send: func(context.Context, []job.Delivery,
			func(job.Delivery, error)) error {
			kill()
			panic("killed")
		}}
		put(t, d, 0, 5)
		first := runner(t, d, job.Jobs{Channels: []job.Channel{dying}})
		first.Tick(ctx)
		p := &post{}
		second := runner(t, d, job.Jobs{Channels: []job.Channel{p.channel()}})
		h.add(6 * time.Minute)
		tick(t, second)
		if len(p.got) != 5 {
			t.Errorf("%d of 5 arrived", len(p.got))
		}
	})
}
