package app

// Checkpoints leave the machine by themselves: after a seal, the newest goes to the witness, at most once a minute and
// again until it arrives. Nothing waits for it, and nothing is lost when the witness is away: the next one says more.

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
)

type pusher struct {
	to     string
	next   chan journal.Checkpoint // holds the newest that is not sent yet
	client *http.Client
	pause  time.Duration // between two pushes, and after the first failure
}

const (
	pushPause  = time.Minute
	pushLimit  = 10 * time.Second // for one push
	maxBackoff = 30 * time.Minute
)

// newPusher checks the witness's address: https, or this machine.
func newPusher(address string) (*pusher, error) {
	u, err := url.Parse(address)
	local := err == nil && account.Loopback(u.Host)
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "https" && !(u.Scheme == "http" && local) {
		return nil, errs.Invalidf("--witness 要写成 https:// 开头的地址：%s", address)
	}
	if strings.Trim(u.Path, "/") == "" {
		u.Path = "/witness"
	}
	return &pusher{to: u.String(), next: make(chan journal.Checkpoint, 1), pause: pushPause,
		client: &http.Client{Timeout: pushLimit}}, nil
}

// offer takes the place of what has not been sent yet. It never waits.
func (p *pusher) offer(c journal.Checkpoint) {
	for {
		select {
		case p.next <- c:
			return
		default:
		}
		select {
		case <-p.next:
		default:
		}
	}
}

// run sends until ctx ends.
func (p *pusher) run(ctx context.Context) {
	backoff := p.pause
	for {
		var c journal.Checkpoint
		select {
		case <-ctx.Done():
			return
		case c = <-p.next:
		}
		wait := p.pause
		if err := p.send(ctx, c); err != nil && ctx.Err() == nil {
			slog.Error("the witness did not take a checkpoint", "witness", p.to, "seq", c.Seq, "error", err)
			select {
			case p.next <- c: // unless a newer one is there
			default:
			}
			wait, backoff = backoff, min(2*backoff, maxBackoff)
		} else {
			backoff = p.pause
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

func (p *pusher) send(ctx context.Context, c journal.Checkpoint) error {
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, p.to, bytes.NewReader(body))
	if err != nil {
		return err
	}
	q.Header.Set("Content-Type", "application/json")
	q.Header.Set("Accept", "application/json")
	answer, err := p.client.Do(q)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<10))
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("%s: %s", answer.Status, said)
	}
	return nil
}
