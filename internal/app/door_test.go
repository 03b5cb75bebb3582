package app_test

// Whatever stands in an address, no page answers 500: a control character is refused, a number that no table can hold
// is refused or finds nothing. On both databases, because one takes what the other does not.

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/network"
	"yipanqi/internal/web"
)

func TestNoAddressBreaksAPage(t *testing.T) {
	t.Parallel()
	for name, target := range map[string]func(testing.TB) string{"sqlite": dbtest.SQLite,
		"postgres": dbtest.Postgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, err := app.Open(context.Background(), app.Config{DB: target(t), Data: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { a.Close() })
			m, err := a.Mux()
			if err != nil {
				t.Fatal(err)
			}
			h, sessions := m.Handler(), staff(t, a.DB)
			for _, r := range m.Routes() {
				if r.Method != http.MethodGet || r.In.Kind() != reflect.Struct {
					continue
				}
				for _, path := range addresses(r) {
					for _, session := range sessions {
						hr := httptest.NewRequest(http.MethodGet, path, nil)
						hr.Header.Set("Cookie", "session="+session)
						hr.Header.Set("Accept", "text/html")
						w := httptest.NewRecorder()
						h.ServeHTTP(w, hr)
						if w.Code == http.StatusForbidden {
							continue
						}
						unreadable := strings.Contains(path, "%00")
						if w.Code >= 500 || unreadable && w.Code != http.StatusUnprocessableEntity {
							t.Errorf("%s: %d", path, w.Code)
						}
						break
					}
				}
			}
		})
	}
}

// addresses are those of a route with one field at a time put wrong.
func addresses(r web.Route) (all []string) {
	for i := range r.In.NumField() {
		name, _, _ := strings.Cut(r.In.Field(i).Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		for _, bad := range []string{"\x00", "9223372036854775807", "-1", "2999999"} {
			path, query := r.Path, "?"+name+"="+url.QueryEscape(bad)
			if strings.Contains(path, "{"+name+"}") {
				path, query = strings.Replace(path, "{"+name+"}", url.PathEscape(bad), 1), ""
			}
			for strings.Contains(path, "{") {
				from := strings.Index(path, "{")
				path = path[:from] + "1" + path[from+strings.Index(path[from:], "}")+1:]
			}
			all = append(all, path+query)
		}
	}
	return all
}

// staff makes a city of one area and unit and returns a session of one person of each role.
func staff(t *testing.T, d *db.DB) (sessions []string) {
	t.Helper()
	if err := d.Update(context.Background(), func(tx *db.Tx) error {
		sessions = nil
		area, _, err := network.PutArea(tx, network.Area{Code: "1", Name: "市", ShortName: "市", Level: "city",
			OpensOn: "2000-01-01"})
		if err != nil {
			return err
		}
		if _, err := network.PutUnit(tx, network.Unit{Code: "U", Name: "办", ShortName: "办", Kind: "office",
			AreaID: area.ID, OpensOn: "2000-01-01"}); err != nil {
			return err
		}
		for _, role := range auth.Roles() {
			person, err := network.AddPerson(tx, network.Person{Name: role})
			if err != nil {
				return err
			}
			if _, err := network.AddPost(tx, network.Post{PersonID: person.ID, Unit: "U", Role: role,
				OpensOn: "2000-01-01"}); err != nil {
				return err
			}
			secret, _, err := auth.OpenSession(tx, person.ID, auth.Cookie)
			if err != nil {
				return err
			}
			sessions = append(sessions, secret)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return sessions
}
