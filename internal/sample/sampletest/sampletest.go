// Package sampletest gives tests databases with a sample in them: it is loaded once for all tests of a package, and
// every test gets a copy. It is for tests only.
package sampletest

import (
	"context"
	"os"
	"sync"
	"testing"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/attest"
	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/sample"
	"yipanqi/internal/sign"
	"yipanqi/registers"
)

// Beijing is the city of real figures.
var Beijing = city("beijing")

var shifan = city("shifan")

// Living runs test in the fictional city, whose databases go by its clock, on both kinds.
func Living(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	shifan.Each(t, func(t *testing.T, d *db.DB) {
		d.Shift(sample.Ahead)
		test(t, d)
	})
}

// Shifan is the fictional city on SQLite, by its clock.
func Shifan(t testing.TB) *db.DB {
	d := shifan.SQLite(t)
	d.Shift(sample.Ahead)
	return d
}

// Secrets are those of the installations in which the samples are loaded.
var Secrets = sync.OnceValue(func() account.Secrets {
	key, err := sign.Generate()
	if err != nil {
		panic(err)
	}
	return account.Secrets{Pepper: []byte("0123456789abcdef0123456789abcdef"), Installation: key}
})

func city(name string) *dbtest.Filled {
	return &dbtest.Filled{Fill: func(t testing.TB, d *db.DB) {
		t.Helper()
		ctx := context.Background()
		err := attest.Begin(ctx, d)
		if err == nil {
			var house sample.House
			if house, err = app.HouseOf(d, Secrets(), t.TempDir()); err == nil {
				folder := registers.Over(os.DirFS("../../samples/" + name))
				_, err = sample.Load(ctx, d, house, folder, func(string, int, int) {})
			}
		}
		if err != nil {
			t.Fatalf("load the sample %s: %v", name, err)
		}
	}}
}
