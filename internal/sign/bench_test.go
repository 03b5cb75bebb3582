package sign

// What our signing costs over the library's own, and what opening a key costs whoever guesses.

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emmansun/gmsm/sm2"
)

// BenchmarkOverRawSM2 signs and verifies a text as long as a report of fifty cells, by turns with the library alone:
// what is ours is reading the public key from hex and base64, and checking that both are written in the only allowed
// way.
func BenchmarkOverRawSM2(b *testing.B) {
	text := []byte(strings.Repeat(`{"row":"1","column":"V","element":"E001","sex":"_T","calibre":"_Z","label":"数据项","value":"12345"},`, 50))
	key, public := generate(b)
	raw, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	var ours, theirs []time.Duration
	for range 2000 {
		start := time.Now()
		sig, err := key.Sign(text)
		if err != nil || Verify(public, text, sig) != nil {
			b.Fatal("the signature does not verify")
		}
		ours = append(ours, time.Since(start))
		start = time.Now()
		der, err := raw.Sign(rand.Reader, text, sm2.DefaultSM2SignerOpts)
		if err != nil || !sm2.VerifyASN1WithSM2(&raw.PublicKey, nil, text, der) {
			b.Fatal("the library's signature does not verify")
		}
		theirs = append(theirs, time.Since(start))
	}
	slices.Sort(ours)
	slices.Sort(theirs)
	mine, alone := ours[len(ours)/2], theirs[len(theirs)/2]
	ratio, word := float64(mine)/float64(alone), "met"
	if ratio > 1.2 {
		word = "MISSED"
	}
	b.Logf("sign and verify %d bytes: %v, the library alone %v: %.2f ×, target ≤ 1.2: %s",
		len(text), mine, alone, ratio, word)
}

// BenchmarkUnlock opens a key with its phrase, which is slow on purpose: every guess at a phrase costs as much.
func BenchmarkUnlock(b *testing.B) {
	key, _ := generate(b)
	locked, err := key.Lock(phrase+"8", pepper())
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	const times = 20
	for range times {
		if _, err := locked.Unlock(phrase+"8", pepper()); err != nil {
			b.Fatal(err)
		}
	}
	b.Logf("unlock a key: %v (Argon2id, no target)", time.Since(start)/times)
}
