package evidence

// The bytes of all attached files held against the digests that the rows name: evidence here, and what package blob
// keeps the use of.

import (
	"runtime"
	"slices"
	"strings"
	"sync"

	"yipanqi/internal/blob"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
)

// content is what rows name by a digest, and the first of them for who reads the finding.
type content struct{ table, object, digest, name string }

// Bytes begins to read every attached file, several at a time and none of them whole in memory. wait is its end: what
// is gone or is not what was attached, and how many contents there are.
func Bytes(tx *db.Tx, files blob.Store) (wait func() (findings []journal.Finding, n int), err error) {
	rows, err := all(tx)
	if err != nil {
		return nil, err
	}
	uses, err := blob.All(tx)
	if err != nil {
		return nil, err
	}
	var contents []content
	seen := map[string]bool{}
	add := func(c content) {
		if !seen[c.digest] {
			seen[c.digest] = true
			contents = append(contents, c)
		}
	}
	for _, f := range rows {
		add(content{"evidence", f.Object, f.Digest, f.Name})
	}
	for _, u := range uses {
		add(content{"blob_uses", u.Object, u.Digest, u.Name})
	}
	codes, next, done := make([]string, len(contents)), make(chan int), sync.WaitGroup{}
	for range min(runtime.GOMAXPROCS(0), 8) {
		done.Go(func() {
			for n := range next {
				codes[n] = fault(files.Check(contents[n].digest))
			}
		})
	}
	done.Go(func() {
		for n := range contents {
			next <- n
		}
		close(next)
	})
	return func() (findings []journal.Finding, n int) {
		done.Wait()
		for n, c := range contents {
			if codes[n] != "" {
				findings = append(findings, journal.Finding{Code: codes[n], Table: c.table, Object: c.object,
					Column: "digest", Expected: c.digest, Actual: c.name})
			}
		}
		slices.SortStableFunc(findings, func(a, b journal.Finding) int { return strings.Compare(a.Object, b.Object) })
		return findings, len(contents)
	}, nil
}

// fault is the code of what is wrong with a content; one that cannot be read is as good as gone.
func fault(err error) string {
	switch {
	case err == nil:
		return ""
	case errs.KindOf(err) == errs.Conflict:
		return "file.changed"
	}
	return "file.missing"
}
