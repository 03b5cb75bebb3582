package sample_test

// No two things that wait for one person read alike: who has four to do knows which is which before opening any.

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/web/webtest"
)

var (
	taskLine = regexp.MustCompile(`(?s)<li class="list-group-item about-line">(.*?)</li>`)
	anyTag   = regexp.MustCompile(`<[^>]*>`)
)

func TestNoTwoTasksReadAlike(t *testing.T) {
	t.Parallel()
	s := served(t)
	var logins []string
	if err := s.DB.View(context.Background(), func(tx *db.Tx) (err error) {
		logins, err = db.All(tx, db.Single[string], `SELECT login FROM accounts ORDER BY login`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, login := range logins {
		signIn(t, s, login)
		if len(s.People[login].Posts) == 0 { // outsiders see the one thing that they were asked in for
			continue
		}
		page := s.Ask(t, webtest.Scenario{As: login, Path: "/todo"}).Body.String()
		lines := map[string]int{}
		for _, m := range taskLine.FindAllStringSubmatch(page, -1) {
			lines[strings.Join(strings.Fields(anyTag.ReplaceAllString(m[1], " ")), " ")]++
			seen++
		}
		for line, n := range lines {
			if n > 1 {
				t.Errorf("%s has %d things to do that read alike: %s", login, n, line)
			}
		}
	}
	if seen < 100 {
		t.Errorf("%d things to do were read of %d people; the city has more", seen, len(logins))
	}
}
