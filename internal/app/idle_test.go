package app

// Memory is given back when nobody has asked for a while, each time anew. How much, docs/benchmarks.md says.

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestMemoryIsGivenBackAfterEachSpellOfWork(t *testing.T) {
	t.Parallel()
	given, asked := make(chan bool), 0
	site := thrifty(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }), time.Millisecond,
		func() { given <- true })
	<-given // after the start
	for range 2 {
		site.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
		<-given
	}
	if asked != 2 {
		t.Errorf("%d of 2 requests were answered", asked)
	}
}
