package proof

// What is kept of proofs that were just read.

import "testing"

// A proof is kept for its reader until anything is committed, and no more of them than there is room for.
func TestProofsAreKeptWhileNothingIsCommitted(t *testing.T) {
	t.Parallel()
	s := &shelf{}
	is := func(what, state, by string, want bool) {
		t.Helper()
		if _, kept := s.get(state, by); kept != want {
			t.Errorf("%s: kept is %t", what, kept)
		}
	}
	of := func(by string, sources int) seen { return seen{by, Proof{Sources: make([]Source, sources)}} }
	is("nothing was read yet", "1", "甲", false)
	s.put("1", of("甲", 300))
	is("nothing was committed", "1", "甲", true)
	is("another reader", "1", "乙", false)
	is("something was committed", "2", "甲", false)
	s.put("1", of("甲", 300))
	is("read before the commit and ready after it", "2", "甲", false)
	for _, by := range []string{"甲", "乙", "丙"} {
		s.put("2", of(by, mostSources/2))
	}
	is("the oldest gives way", "2", "甲", false)
	is("the newest stay", "2", "丙", true)
	s.put("2", of("丁", mostSources+1))
	is("one that is too large", "2", "丁", false)
}
