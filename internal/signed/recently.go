package signed

// What verified lately, kept in the process by the bytes of all that was verified (decisions 0023, 0036): there is
// nothing to make stale, an edited byte is another key. What did not verify is not kept.

import (
	"encoding/json"
	"sync"

	"yipanqi/internal/sign"
)

// Recently keeps the values put or asked for last: between Half and twice as many.
type Recently[K comparable, V any] struct {
	Half       int
	mu         sync.Mutex
	young, old map[K]V
}

// Get is the value of a key, if it is still kept.
func (r *Recently[K, V]) Get(key K) (v V, known bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if v, known = r.young[key]; known {
		return v, true
	}
	if v, known = r.old[key]; known {
		r.add(key, v)
	}
	return v, known
}

// Put keeps a value.
func (r *Recently[K, V]) Put(key K, v V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.add(key, v)
}

func (r *Recently[K, V]) add(key K, v V) {
	if r.young == nil || len(r.young) >= r.Half {
		r.old, r.young = r.young, map[K]V{}
	}
	r.young[key] = v
}

// issued is a certificate, with all that it says, and the key that it must have been signed with.
type issued struct {
	sign.Certificate
	by sign.PublicKey
}

// One person signs many reports with one certificate: it is read and verified once, not with each signature.
var (
	readLately   = Recently[string, sign.Certificate]{Half: 1024}
	issuedLately = Recently[issued, bool]{Half: 1024}
)

// certificate reads one as it is stored.
func certificate(text string) (c sign.Certificate, err error) {
	if c, known := readLately.Get(text); known {
		return c, nil
	}
	if err = json.Unmarshal([]byte(text), &c); err == nil {
		readLately.Put(text, c)
	}
	return c, err
}

// certifies says whether the owner of the issuer's key issued the certificate just so.
func certifies(c sign.Certificate, issuer sign.PublicKey) bool {
	of := issued{c, issuer}
	if _, known := issuedLately.Get(of); known {
		return true
	}
	if c.Verify(issuer) != nil {
		return false
	}
	issuedLately.Put(of, true)
	return true
}
