package web

// A page of an earlier day: its links and filters lead on to that day where the day can be shown, nothing on it acts,
// and who reads it may read and no more. How the day is put together is package asof's.

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
)

const pastPage = `<html><body><header><form method="post" action="/signout"><button>退出</button></form>
<a href="/board">总览</a></header><main id="main"><h1>2 &lt; 3</h1><a href="/board?plan=A&amp;x=1">一</a>
<a href="/other">二</a><a data-now="1" href="/board">回到今天</a><a href="https://example.org/board">三</a>
<form method="get" action="/board"><input name="q"></form>
<form method="get" data-now="1" action="/board"><input name="as_of"></form>
<form method="post" action="/accept"><input name="v"><button>审核通过</button></form><p>完</p></main>
<form method="post" action="/foot"></form></body></html>`

func TestAPageOfAnEarlierDayLeadsOnToItAndActsNowhere(t *testing.T) {
	m := NewMux(Config{})
	type none struct{}
	nothing := func(*Request, none) (none, error) { return none{}, nil }
	View(m, "GET /board 看总览", "board.read", nothing, nil, AsOf)
	View(m, "GET /other 看别的", "other.read", nothing, nil)
	page := string(m.onDay([]byte(pastPage), "2018-10-31"))
	for want, n := range map[string]int{
		`<a href="/board?as_of=2018-10-31">总览</a>`:                   1,
		`<a href="/board?as_of=2018-10-31&amp;plan=A&amp;x=1">一</a>`: 1,
		`<a href="/other">二</a>`:                                     1,
		`<a data-now="1" href="/board">回到今天</a>`:                     1,
		`<a href="https://example.org/board">三</a>`:                  1,
		`<input type="hidden" name="as_of" value="2018-10-31">`:      1, // of the filters alone
		`审核通过`:             0,
		`action="/accept"`: 0,
		`<form method="post" action="/signout"><button>退出</button></form>`: 1,
		`<form method="post" action="/foot"></form>`:                       1,
		`<h1>2 &lt; 3</h1>`: 1, `<p>完</p></main>`: 1,
	} {
		if have := strings.Count(page, want); have != n {
			t.Errorf("%d times %s, want %d, in\n%s", have, want, n, page)
		}
	}
}

// Whoever reads an earlier day has the rights of reading routes and no other, on the clock of that day.
func TestAnEarlierDayIsReadAndNotActedOn(t *testing.T) {
	auth.Grant(auth.Grants{auth.Office: {"day.read", "day.act"}})
	ctx := context.Background()
	at := time.Date(2018, 10, 31, 15, 59, 0, 0, time.UTC)
	now, err := db.OpenScratch(ctx, t.TempDir(), at.AddDate(0, 0, 30))
	if err != nil {
		t.Fatal(err)
	}
	defer now.Close()
	past, err := db.OpenScratch(ctx, t.TempDir(), at)
	if err != nil {
		t.Fatal(err)
	}
	defer past.Close()
	released := 0
	m := NewMux(Config{DB: now, Past: func(_ context.Context, day string) (*Past, error) {
		return &Past{DB: past, Day: day, Release: func() { released++ }}, nil
	}})
	type seen struct {
		Day, AsOf  string
		Read, Acts bool
	}
	type none struct{}
	View(m, "GET /day 看一天", "day.read", func(r *Request, _ none) (seen, error) {
		return seen{r.Tx.Today(), r.AsOf, r.User.Can("day.read"), r.User.Can("day.act")}, nil
	}, nil, AsOf)
	office := auth.User{ID: "1", Posts: []auth.Post{{Unit: "O", Role: auth.Office, AreaPath: "1."}}}
	for path, want := range map[string]seen{
		"/day":                  {"2018-11-30", "", true, true},
		"/day?as_of=2018-11-30": {"2018-11-30", "", true, true}, // today is no earlier day
		"/day?as_of=2018-10-31": {"2018-10-31", "2018-10-31", true, false},
	} {
		var have seen
		err := now.View(ctx, func(tx *db.Tx) error {
			body, err := m.Inside(tx, office, "GET", path, "", nil)
			if err != nil {
				return err
			}
			return json.Unmarshal(body, &have)
		})
		if err != nil || have != want {
			t.Errorf("%s: %+v %v, want %+v", path, have, err, want)
		}
	}
	if released != 1 {
		t.Errorf("the day was released %d times, want once", released)
	}
}
