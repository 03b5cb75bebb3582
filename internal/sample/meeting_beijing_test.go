package sample_test

// The one meeting of the real sample: what its public source says, and nothing else.

import (
	"os"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/meeting"
)

func TestTheOneMeetingThatTheSourceTellsOf(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t))
	mustImport(t, d, os.DirFS(beijing))
	view(t, d, func(tx *db.Tx) {
		for sql, want := range map[string]int64{
			`SELECT count(*) FROM meetings WHERE state = 'recorded' AND source <> ''`: 1,
			`SELECT count(*) FROM agenda_items`:                                       2,
			`SELECT count(*) FROM invitations`:                                        0,
			`SELECT count(*) FROM decisions`:                                          0,
		} {
			if got, err := db.Value[int64](tx, sql); err != nil || got != want {
				t.Errorf("%s is %d (%v), want %d", sql, got, err, want)
			}
		}
		if found, err := meeting.Verify(tx, ""); err != nil || len(found) > 0 {
			t.Errorf("the journal and the meeting do not agree: %+v (%v)", found, err)
		}
	})
}
