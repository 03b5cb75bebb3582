package sample_test

// Whatever the sample city's journal tells of has a word on the journal's page: no kind of thing is shown by its code.

import (
	"context"
	"strings"
	"testing"

	"yipanqi/internal/admin"
	"yipanqi/internal/db"
	"yipanqi/internal/sample/sampletest"
)

func TestEveryKindOfThingInTheJournalHasAWord(t *testing.T) {
	t.Parallel()
	kinds := map[string]bool{}
	if err := sampletest.Shifan(t).View(context.Background(), func(tx *db.Tx) error {
		objects, err := db.All(tx, db.Single[string], `SELECT DISTINCT object FROM journal`)
		for _, object := range objects {
			kind, _, _ := strings.Cut(object, "/")
			kinds[kind] = true
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(kinds) < 40 {
		t.Errorf("the journal tells of %d kinds of things alone", len(kinds))
	}
	for kind := range kinds {
		if !admin.Objects(kind) {
			t.Errorf("the journal's page calls a thing %s", kind)
		}
	}
}
