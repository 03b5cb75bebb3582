package submission

// What is read ahead is told of in its order, each once and after its work, and nothing after a mistake.

import (
	"errors"
	"slices"
	"sync/atomic"
	"testing"
)

func TestWhatIsReadAheadIsToldOfInItsOrder(t *testing.T) {
	t.Parallel()
	type thing struct {
		n      int
		worked atomic.Bool
	}
	broken := errors.New("broken")
	for what, c := range map[string]struct {
		lots     [][]int // as they are read
		failsAt  int     // read
		refuses  int     // told of
		told     []int
		complain error
	}{
		"none":              {nil, -1, 0, nil, nil},
		"three lots":        {[][]int{{1, 2}, {3}, {4, 5, 6}}, -1, 0, []int{1, 2, 3, 4, 5, 6}, nil},
		"one of nothing":    {[][]int{{1}, {}, {2}}, -1, 0, []int{1, 2}, nil},
		"a read fails":      {[][]int{{1}, {2}, {3}}, 2, 0, []int{1}, broken},
		"telling one fails": {[][]int{{1, 2, 3}, {4}}, -1, 2, []int{1, 2}, broken},
	} {
		read, told := 0, []int(nil)
		err := inTurn(func() (some []*thing, more bool, err error) {
			if read == c.failsAt {
				return nil, false, broken
			}
			if read == len(c.lots) {
				return nil, false, nil
			}
			for _, n := range c.lots[read] {
				some = append(some, &thing{n: n})
			}
			read++
			return some, true, nil
		}, func(one *thing) { one.worked.Store(true) }, func(one *thing) error {
			if !one.worked.Load() {
				t.Errorf("%s: %d is told of before its work", what, one.n)
			}
			if told = append(told, one.n); one.n == c.refuses {
				return broken
			}
			return nil
		})
		if !errors.Is(err, c.complain) || !slices.Equal(told, c.told) {
			t.Errorf("%s: told %v with %v, want %v with %v", what, told, err, c.told, c.complain)
		}
	}
}
