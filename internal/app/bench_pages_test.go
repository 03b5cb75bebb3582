package app_test

// How long every page of the route table takes in the large city of bench_large_test.go, over HTTP and with a session.

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

// visits is how often one reader opens each page.
const visits = 30

// page is a page of the city and how long it took.
type page struct {
	route, path string
	took        times
	processor   time.Duration // for one visit, client and server together
	bytes       int           // as sent, compressed
	status      int
	mark, has   string // of the answer, and what the browser says that it has
}

// BenchmarkPages opens every page of the route table of which the city has an example, again and again, as its office
// does; those of one kind that cost most are named besides. PAGES=/proof has only those whose path holds that.
func BenchmarkPages(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		b.Run(engine, func(b *testing.B) {
			defer debug.SetMemoryLimit(debug.SetMemoryLimit(96 << 20)) // as yipanqi serve does
			c := largeCity(b, engine)
			s := c.serve(b)
			var met, missed, absent int
			var open []page
			for _, p := range c.pages(b, s) {
				if only := os.Getenv("PAGES"); only != "" && !strings.Contains(p.path, only) {
					continue
				}
				if s.visit(b, &p, 1); p.status != http.StatusOK {
					absent++
					continue
				}
				open = append(open, p)
				first := p.took[0]
				p.took = nil
				s.visit(b, &p, visits)
				p50, p99, limits := p.took.at(0.5), p.took.at(0.99), limitsOf(p)
				rate, ten := s.loop(b, p)
				word := "met"
				if met++; p50 > limits[0] || p99 > limits[1] || rate < 60 || ten > 400 {
					word, met, missed = "MISSED", met-1, missed+1
				}
				b.Logf("%-66s %7.1f / %7.1f ms target ≤ %3g / %3g, ten %4.0f a second, p99 %4.0f ms target ≥ 60, ≤ 400: "+
					"%-6s first %7.1f, processor %6.1f ms, %6.1f KB", p.path, p50, p99, limits[0], limits[1], rate, ten, word,
					float64(first.Microseconds())/1000, float64(p.processor.Microseconds())/1000, float64(p.bytes)/1024)
			}
			s.again(b, open)
			b.Logf("%s: %d pages met their targets, %d did not; of %d routes the city has no example", c.name, met, missed,
				absent)
			must(b, c.Relax(b.Context())) // what this test read is not the program's
			s.crowd(b, open)
			atMost(b, c.name+": resident after ten readers on every page, with this test", resident(), 150, "MB")
			b.Log(whose())
			must(b, s.app.DB.Relax(b.Context())) // as an idle server does
			debug.FreeOSMemory()
			atMost(b, "the same, idle", resident(), 100, "MB")
			b.Log(whose())
		})
	}
}

// limitsOf are how long a page may take, p50 and p99 in milliseconds; a proof has been seen before.
func limitsOf(page) [2]float64 { return [2]float64{40, 100} }

// site is the city as it is served, with a session of its office.
type site struct {
	*httptest.Server
	app     *app.App
	session string
}

func (c *bigCity) serve(b *testing.B) site {
	b.Helper()
	a, err := app.Open(b.Context(), c.config)
	must(b, err)
	b.Cleanup(func() { a.Close() })
	handler, err := a.Handler()
	must(b, err)
	s := site{Server: httptest.NewServer(handler), app: a}
	b.Cleanup(s.Close)
	s.Client().Transport.(*http.Transport).MaxIdleConnsPerHost = readers
	must(b, c.Update(b.Context(), func(tx *db.Tx) (err error) {
		s.session, _, err = auth.OpenSession(tx, c.office.ID, auth.Cookie)
		return err
	}))
	return s
}

// pages are those of the route table, with examples from the city for what their paths name.
func (c *bigCity) pages(b *testing.B, s site) (all []page) {
	b.Helper()
	m, err := s.app.Mux()
	must(b, err)
	of := c.examples(b)
	for _, r := range m.Routes() {
		if r.Method != http.MethodGet || r.Path == "/{$}" {
			continue
		}
		path := r.Path
		for name, value := range of(r.Path) {
			path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(value))
		}
		all = append(all, page{route: r.Path, path: path})
	}
	street, district := c.areas["street"][0], c.areas["district"][0]
	for _, path := range []string{
		"/board?year=2018", "/board?year=2018&area=" + district.Code, "/areas/" + district.Code,
		"/areas/" + street.Code,
		"/areas/" + c.areas["community"][0].Code, "/submissions?page=400", "/submissions?sort=-due",
		"/submissions?sort=unit&page=200", "/submissions?state=accepted", "/submissions?period=2018&form=F1",
		"/submissions?area=" + district.Code, "/indicators/I001?level=street&period=2018",
		"/indicators/I270?level=community&period=2018", "/indicators/I270/values?level=community&period=2018",
		"/indicators/I001?area=" + district.Code,
		"/proof?indicator=I001&area=" + district.Code + "&period=2018", "/proof?indicator=I001&area=10&period=2018",
		"/proof?indicator=I050&area=10&period=2018", "/proof?indicator=I270&area=" + district.Code + "&period=2018",
		"/search?q=地区1010", "/journal?page=100",
	} {
		all = append(all, page{route: path, path: path})
	}
	return all
}

// examples says what the paths of routes name in the city.
func (c *bigCity) examples(b *testing.B) func(path string) map[string]string {
	b.Helper()
	var submission string
	must(b, c.View(b.Context(), func(tx *db.Tx) (err error) {
		submission, err = db.Value[string](tx, `SELECT id FROM submissions ORDER BY period DESC, id LIMIT 1`)
		return err
	}))
	return func(path string) map[string]string {
		code := map[string]string{"areas": c.root.Code, "units": "office", "forms": "F1", "indicators": "I001",
			"plans": "P"}[strings.Split(path, "/")[1]]
		return map[string]string{"code": code, "id": submission, "kind": "submission", "person": c.office.ID}
	}
}

// visit opens the page so many times, one after the other.
func (s site) visit(b *testing.B, p *page, times int) {
	b.Helper()
	before := processorTime(b)
	for range times {
		request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, s.URL+p.path, nil)
		must(b, err)
		request.Header.Set("Accept", "text/html")
		request.Header.Set("Accept-Encoding", "gzip")
		request.Header.Set("If-None-Match", p.has)
		request.AddCookie(&http.Cookie{Name: "session", Value: s.session})
		start := time.Now()
		answer, err := s.Client().Transport.RoundTrip(request)
		must(b, err)
		body, err := io.ReadAll(answer.Body)
		must(b, err)
		answer.Body.Close()
		p.took = append(p.took, time.Since(start))
		p.status, p.bytes, p.mark = answer.StatusCode, len(body), answer.Header.Get("ETag")
	}
	p.processor = (processorTime(b) - before) / time.Duration(times)
}

// loop has ten readers open one page in a closed loop and says how many they open in a second, and how long that takes
// at worst, p99 in milliseconds.
func (s site) loop(b *testing.B, p page) (rate, p99 float64) {
	var took [readers]times
	var reading sync.WaitGroup
	start := time.Now()
	for n := range took {
		reading.Go(func() {
			own := p
			own.took = nil
			s.visit(b, &own, visits/3)
			took[n] = own.took
		})
	}
	reading.Wait()
	rate = float64(readers*(visits/3)) / time.Since(start).Seconds()
	all := slices.Concat(took[:]...)
	return rate, all.at(0.99)
}

// again opens every page as a browser does that has it already.
func (s site) again(b *testing.B, pages []page) {
	var spared, sent, whole int
	var took, before times
	for _, p := range pages {
		p.took = nil
		s.visit(b, &p, 1)
		before, whole = append(before, p.took...), whole+p.bytes
		p.took, p.has = nil, p.mark
		s.visit(b, &p, 1)
		took, sent = append(took, p.took...), sent+p.bytes
		if p.status == http.StatusNotModified {
			spared++
		}
	}
	if spared < len(pages) {
		b.Errorf("%d of %d pages are sent again although nothing changed", len(pages)-spared, len(pages))
	}
	b.Logf("%-66s %7.1f / %7.1f ms, first %.1f / %.1f ms; %.1f KB instead of %.1f", "all pages, opened again", took.at(0.5),
		took.at(0.99), before.at(0.5), before.at(0.99), float64(sent)/1024, float64(whole)/1024)
}

// crowd has ten readers open every page, each in an order of their own.
func (s site) crowd(b *testing.B, pages []page) {
	var reading sync.WaitGroup
	for n := range readers {
		reading.Go(func() {
			for i := range pages {
				p := pages[(i+n*len(pages)/readers)%len(pages)]
				s.visit(b, &p, 1)
			}
		})
	}
	reading.Wait()
}

// whose says whose the resident memory is: the collector's, of which some is in use, pages of the program and of files,
// and the rest, which is SQLite's.
func whose() string {
	status, _ := os.ReadFile("/proc/self/status")
	of := func(name string) (kb float64) {
		_, after, _ := strings.Cut(string(status), name+":")
		fmt.Sscan(after, &kb)
		return kb / 1000
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	ours := float64(m.Sys-m.HeapReleased) / 1e6
	return fmt.Sprintf("of it %.0f MB are pages of the program and of files, %.0f the collector's (%.0f in use), "+
		"%.0f the rest; the most there was: %.0f MB", of("RssFile")+of("RssShmem"), ours, float64(m.HeapAlloc)/1e6,
		of("RssAnon")-ours, of("VmHWM"))
}

// processorTime is what this process has used: other than the clock, it does not count the neighbours of a shared
// machine, nor what PostgreSQL does.
func processorTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	must(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
