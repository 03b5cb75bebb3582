package doctest

// How much memory something takes at most: for tests of the bounds on files that anybody may send.

import (
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// Peak runs fn and returns the most bytes that the heap grew by meanwhile. Tests that use it do not run in parallel:
// it measures the heap that all share.
func Peak(t testing.TB, fn func()) int64 {
	t.Helper()
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	used := func() int64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	runtime.GC()
	before, stop, done := used(), make(chan struct{}), make(chan int64)
	go func() {
		for most := int64(0); ; time.Sleep(time.Millisecond) {
			most = max(most, used()-before)
			select {
			case <-stop:
				done <- most
				return
			default:
			}
		}
	}()
	start := time.Now()
	fn()
	close(stop)
	most := <-done
	t.Logf("at most %d MB, %s", most>>20, time.Since(start).Round(time.Millisecond))
	return most
}
