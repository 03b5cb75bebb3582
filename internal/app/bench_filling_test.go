package app_test

// The last days before a deadline, through the whole server: many fill in at once, many sign at once. What accepting
// costs then is bench_crowd_test.go.

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/period"
	"yipanqi/internal/submission"
)

const (
	fillingFacts = 100_000
	fillingYear  = lastYear
	saveEvery    = 5 * time.Second
	fillFor      = time.Minute
	signEvery    = 200 * time.Millisecond
	phrase       = "演示口令-八个字"
)

// BenchmarkFilling has many sessions fill in, each a report of its own, one cell every five seconds for a minute, while
// five others a second sign with their phrases; then as many as there were sessions sign at once, four to a person.
func BenchmarkFilling(b *testing.B) {
	for _, engine := range []struct {
		name     string
		open     func(*testing.B, int) *bigCity
		sessions int
	}{{"sqlite", sqliteCity, 50}, {"postgres", postgresCity, 500}} {
		b.Run(engine.name, func(b *testing.B) {
			c := engine.open(b, fillingFacts)
			s := c.serve(b)
			s.Client().Transport.(*http.Transport).MaxIdleConnsPerHost = 2 * engine.sessions
			signers := c.leaders(b, engine.sessions/4)
			waiting := c.prepared(b, int(fillFor/signEvery), 0)
			var signing sync.WaitGroup
			done := make(chan struct{})
			signing.Go(func() { c.steadily(b, s, signers, waiting, done) })
			c.fillIn(b, s, engine.sessions)
			close(done)
			signing.Wait()
			c.allSign(b, s, signers, c.prepared(b, engine.sessions, len(waiting)))
		})
	}
}

// leaders are people who sign second, each with a key under a phrase and a session.
func (c *bigCity) leaders(b *testing.B, n int) (secrets []string) {
	b.Helper()
	for range n {
		var user auth.User
		must(b, c.Update(b.Context(), func(tx *db.Tx) error {
			id, err := appoint(tx, auth.Leader, "station")
			if err != nil {
				return err
			}
			user, err = account.UserOf(tx, id)
			return err
		}))
		key, err := account.MakeKey(user, phrase, c.secrets)
		must(b, err)
		must(b, c.Update(b.Context(), func(tx *db.Tx) error {
			if err := account.AddKey(tx, user, key, c.secrets); err != nil {
				return err
			}
			secret, _, err := auth.OpenSession(tx, user.ID, auth.Bearer)
			secrets = append(secrets, secret)
			return err
		}))
	}
	return secrets
}

// owedNow are so many reports of a form that nobody has begun, of communities that hold nothing yet; skip of them are
// left out, for others.
func (c *bigCity) owedNow(b *testing.B, form, n, skip int) (all []submission.Owed) {
	b.Helper()
	p, err := period.FromInt(fillingYear * 100)
	must(b, err)
	areas := c.areas["community"][len(c.filled):]
	if len(areas) < n+skip {
		b.Fatalf("%s: %d communities are left, want %d", c.name, len(areas), n+skip)
	}
	rand.Shuffle(len(areas), func(i, k int) { areas[i], areas[k] = areas[k], areas[i] })
	for _, a := range areas {
		if len(all) == n {
			break
		}
		o := submission.Owed{Form: c.forms[form], Unit: c.unit, Area: a, Period: p}
		var begun int64
		must(b, c.View(b.Context(), func(tx *db.Tx) (err error) {
			begun, err = db.Value[int64](tx, `SELECT count(*) FROM submissions WHERE form_id = $1 AND area_id = $2
				AND period = $3`, o.Form.ID, a.ID, p)
			return err
		}))
		if begun == 0 {
			all = append(all, o)
		}
	}
	if len(all) < n {
		b.Fatalf("%s: hardly anything is left to report after so many runs; delete the database", c.name)
	}
	return all
}

// half is a report that one has signed.
type half struct{ id, digest string }

// prepared are reports that wait for their second signature.
func (c *bigCity) prepared(b *testing.B, n, skip int) (all []half) {
	b.Helper()
	for _, o := range c.owedNow(b, 1, n, skip) {
		var signed half
		must(b, c.UpdateAlone(b.Context(), func(tx *db.Tx) error {
			typed := map[string]string{}
			for _, cell := range o.Form.Cells() {
				typed[cell.Key] = strconv.Itoa(rand.IntN(100_000))
			}
			s, _, err := submission.Import(tx, c.first, o, submission.Filled{Cells: typed})
			if err != nil {
				return err
			}
			v, _, err := submission.Preview(tx, c.first, s)
			if err != nil {
				return err
			}
			_, err = submission.Prepare(tx, c.first, s.ID, v.Digest, c.keys[c.first.ID])
			signed = half{s.ID, v.Digest}
			return err
		}))
		all = append(all, signed)
	}
	return all
}

// post sends a program's request and reads the answer; what was not done for the crowd is tried again, and counted.
func (s site) post(secret, path string, body, into any, retries *atomic.Int64) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	for {
		r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, s.URL+path, bytes.NewReader(text))
		if err != nil {
			return err
		}
		r.Header.Set("Accept", "application/json")
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+secret)
		answer, err := s.Client().Do(r)
		if err != nil {
			return err
		}
		said, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		switch {
		case err != nil:
			return err
		case answer.StatusCode == http.StatusServiceUnavailable:
			retries.Add(1)
			time.Sleep(time.Second)
		case answer.StatusCode != http.StatusOK:
			return fmt.Errorf("%s: %d %s", path, answer.StatusCode, said)
		case into == nil:
			return nil
		default:
			return json.Unmarshal(said, into)
		}
	}
}

// steadily signs one report after another, five a second, until done.
func (c *bigCity) steadily(b *testing.B, s site, signers []string, waiting []half, done chan struct{}) {
	var took times
	var mu sync.Mutex
	var each sync.WaitGroup
	var retries atomic.Int64
	tick := time.NewTicker(signEvery)
	defer tick.Stop()
	n := 0
	for going := true; going && n < len(waiting); {
		select {
		case <-done:
			going = false
		case <-tick.C:
			v, signer := waiting[n], signers[n%len(signers)]
			n++
			each.Go(func() {
				start := time.Now()
				if err := s.post(signer, "/submissions/"+v.id+"/sign", map[string]string{"digest": v.digest,
					"phrase": phrase}, nil, &retries); err != nil {
					b.Error(err)
				}
				mu.Lock()
				took = append(took, time.Since(start))
				mu.Unlock()
			})
		}
	}
	each.Wait()
	b.Logf("%s: meanwhile %d signed, p50 / p99 %.0f / %.0f ms, %d sent again", c.name, n, took.at(0.5), took.at(0.99),
		retries.Load())
}

// fillIn has so many sessions save a cell now and then, and looks afterwards whether all of it is there.
func (c *bigCity) fillIn(b *testing.B, s site, sessions int) {
	b.Helper()
	var took times
	var mu sync.Mutex
	var all sync.WaitGroup
	var retries atomic.Int64
	for _, o := range c.owedNow(b, 0, sessions, 0) {
		var draft submission.Submission
		var secret string
		must(b, c.Update(b.Context(), func(tx *db.Tx) (err error) {
			if draft, _, err = submission.Open(tx, c.first, o); err != nil {
				return err
			}
			secret, _, err = auth.OpenSession(tx, c.first.ID, auth.Bearer)
			return err
		}))
		all.Go(func() {
			typed, version := map[string]string{}, draft.Version
			time.Sleep(rand.N(saveEvery))
			for end := time.Now().Add(fillFor - saveEvery); time.Now().Before(end); time.Sleep(saveEvery) {
				cells := o.Form.Cells()
				key, value := cells[rand.IntN(len(cells))].Key, strconv.Itoa(rand.IntN(100_000))
				var saved struct{ Version int64 }
				start := time.Now()
				if err := s.post(secret, draft.URL()+"/draft", map[string]any{"version": version,
					"cells": map[string]string{key: value}, "was": map[string]string{key: typed[key]}}, &saved,
					&retries); err != nil {
					b.Error(err)
					return
				}
				mu.Lock()
				took = append(took, time.Since(start))
				mu.Unlock()
				version, typed[key] = saved.Version, value
			}
			must(b, c.View(b.Context(), func(tx *db.Tx) error {
				kept, err := submission.Get(tx, draft.ID)
				for key, value := range typed {
					if kept.Typed.Cells[key] != value {
						b.Errorf("%s: %s of %s is %q, saved was %q", c.name, key, draft.ID, kept.Typed.Cells[key],
							value)
					}
				}
				return err
			}))
		})
	}
	all.Wait()
	b.Logf("%s: %d sessions saved %d cells, nothing lost, %d sent again", c.name, sessions, len(took), retries.Load())
	atMost(b, c.name+": p99 of a save", took.at(0.99), 300, "ms")
}

// allSign has every report signed at the same moment, and looks whether each has exactly two signatures.
func (c *bigCity) allSign(b *testing.B, s site, signers []string, reports []half) {
	b.Helper()
	start := time.Now()
	key, err := account.MakeKey(c.second, phrase, c.secrets)
	must(b, err)
	_, err = key.Locked.Unlock(phrase, c.secrets.Pepper)
	must(b, err)
	alone := time.Since(start) / 2
	var took times
	var mu sync.Mutex
	var all sync.WaitGroup
	var retries atomic.Int64
	start = time.Now()
	for n, v := range reports {
		all.Go(func() {
			began := time.Now()
			if err := s.post(signers[n%len(signers)], "/submissions/"+v.id+"/sign", map[string]string{
				"digest": v.digest, "phrase": phrase}, nil, &retries); err != nil {
				b.Error(err)
			}
			mu.Lock()
			took = append(took, time.Since(began))
			mu.Unlock()
		})
	}
	all.Wait()
	elapsed := time.Since(start)
	must(b, c.View(b.Context(), func(tx *db.Tx) error {
		for _, v := range reports {
			versions, err := submission.Versions(tx, v.id)
			if err != nil {
				return err
			}
			if len(versions) != 1 || len(versions[0].Signatures) != 2 {
				b.Errorf("%s: %s has %d versions", c.name, v.id, len(versions))
			}
		}
		return nil
	}))
	b.Logf("%s: %d signed at once, each once, in %.1f s; the last waited %.1f s; %d sent again", c.name, len(reports),
		elapsed.Seconds(), took.at(1)/1000, retries.Load())
	atMost(b, c.name+": sent again, for each signed", float64(retries.Load())/float64(len(reports)), 0, "")
	atMost(b, c.name+": all ÷ opening as many keys on two cores", elapsed.Seconds()/(alone.Seconds()*
		float64(len(reports))/2), 3, "×")
}
