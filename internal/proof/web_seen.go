package proof

// Proofs that were just read, kept for as long as nothing at all was committed to the database since (decision 0023):
// whoever looks twice, or turns the page, has not everything verified anew. Any edit, by whatever program, ends it.

import (
	"fmt"
	"sync"
	"time"

	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
	"yipanqi/internal/web"
)

// mostSources bounds what is kept, by the sources of all proofs together: 3 KB each.
const mostSources = 2000

// shelf has the proofs of one state of the database, oldest first.
type shelf struct {
	mu    sync.Mutex
	state string
	seen  []seen
}

type seen struct {
	by    string
	proof Proof
}

// read is Read, unless the same reader was given the same in the same state of the database, with the same checkpoint
// outside of it, within the same minute.
func (s *shelf) read(r *web.Request, k Key, issuer sign.PublicKey) (p Proof, err error) {
	outside, known := journal.Outside(r.Tx)
	if r.State == "" || !known {
		return Read(r.Tx, r.User, k, issuer)
	}
	by := fmt.Sprintf("%+v %q %s %s %s", r.User, k, issuer, outside, r.Tx.Now.Truncate(time.Minute))
	if p, there := s.get(r.State, by); there {
		return p, nil
	}
	if p, err = Read(r.Tx, r.User, k, issuer); err == nil {
		s.put(r.State, seen{by, p})
	}
	return p, err
}

func (s *shelf) get(state, by string) (Proof, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != state {
		s.state, s.seen = state, nil
	}
	for _, one := range s.seen {
		if one.by == by {
			return one.proof, true
		}
	}
	return Proof{}, false
}

// put keeps a proof that was read after the state was; a newer one may have been asked for meanwhile.
func (s *shelf) put(state string, one seen) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state != state {
		return
	}
	s.seen = append(s.seen, one)
	sources := 0
	for i := len(s.seen) - 1; i >= 0; i-- {
		if sources += len(s.seen[i].proof.Sources); sources > mostSources {
			s.seen = append([]seen(nil), s.seen[i+1:]...)
			return
		}
	}
}
