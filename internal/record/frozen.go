package record

// Which records a closing counted, and what each said then, as one compressed text: a line of what there is, then one
// for each record. Numbers are closing.go's.

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/emmansun/gmsm/sm3"

	"yipanqi/internal/register"
)

// Frozen are the records that were counted.
type Frozen struct {
	Measures []string // their codes
	Records  []Held   // in order of their numbers
	// Layers are those that measures of coverage rest on.
	Layers map[string][]LayerUse
	lists  map[string][]Held // by measure, of closings from before there were lines
}

// Held is a record that was counted: the digest of what it said, and by which measures, a bit each.
type Held struct {
	ID     string
	Digest digest
	In     uint64
}

// digest is that of a record's text.
type digest [sm3.Size]byte

func digestOf(b register.Body) digest { return sm3.Sum([]byte(text(b))) }

// foreword is the first line.
type foreword struct {
	Measures []string              `json:"measures"`
	Records  int                   `json:"records"`
	Layers   map[string][]LayerUse `json:"layers,omitempty"`
}

// of are the records that a measure counted.
func (f Frozen) of(code string) (all []Held) {
	if f.lists != nil {
		return f.lists[code]
	}
	at := slices.Index(f.Measures, code)
	for _, one := range f.Records {
		if at >= 0 && one.In>>at&1 == 1 {
			all = append(all, one)
		}
	}
	return all
}

// byID are the digests of the records that each measure counted.
func (f Frozen) byID() map[string]map[string]digest {
	all := map[string]map[string]digest{}
	for _, code := range f.Measures {
		all[code] = map[string]digest{}
		for _, one := range f.of(code) {
			all[code][one.ID] = one.Digest
		}
	}
	return all
}

// layers are all that the measures rest on, each once, in order.
func (f Frozen) layers() (all []LayerUse) {
	for _, code := range slices.Sorted(maps.Keys(f.Layers)) {
		for _, l := range f.Layers[code] {
			if !slices.Contains(all, l) {
				all = append(all, l)
			}
		}
	}
	return all
}

// frozen are the records that any measure counted, each with the digest of what it said.
func (t *Tally) frozen() Frozen {
	f := Frozen{Records: slices.DeleteFunc(t.held, func(h Held) bool { return h.In == 0 })}
	for _, m := range measuresOf(t.d, t.Period) {
		f.Measures = append(f.Measures, m.Code)
	}
	for code, c := range t.covers {
		if c.why.Key == "" {
			if f.Layers == nil {
				f.Layers = map[string][]LayerUse{}
			}
			f.Layers[code] = c.uses()
		}
	}
	return f
}

// packed is how many records are compressed in one piece.
const packed = 10_000

// pack writes a list of records as one compressed text; its pieces are compressed on all cores.
func pack(f Frozen) string {
	top, _ := json.Marshal(foreword{f.Measures, len(f.Records), f.Layers}) // texts always marshal
	parts := slices.Collect(slices.Chunk(f.Records, packed))
	done := make([][]byte, len(parts)+1)
	done[0] = zipped(append(top, '\n'))
	onAllCores(len(parts), func(i int) {
		var b []byte
		for _, one := range parts[i] {
			b = append(hex.AppendEncode(append(append(b, one.ID...), ' '), one.Digest[:]), ' ')
			b = append(strconv.AppendUint(b, one.In, 16), '\n')
		}
		done[i+1] = zipped(b)
	})
	return base64.StdEncoding.EncodeToString(bytes.Join(done, nil))
}

// zipped is one piece: what stands one after another is read as one.
func zipped(text []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.HuffmanOnly) // digests say nothing twice
	z.Write(text)                                     // a buffer takes all
	z.Close()
	return b.Bytes()
}

// onAllCores does n things, each once.
func onAllCores(n int, do func(i int)) {
	next, working := make(chan int), sync.WaitGroup{}
	for range min(runtime.GOMAXPROCS(0), n) {
		working.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	working.Wait()
}

func unpack(text string) (f Frozen, err error) {
	z, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(text)))
	if err != nil {
		return f, err
	}
	lines := bufio.NewReaderSize(z, 1<<16)
	first, err := lines.ReadBytes('\n')
	if bytes.HasPrefix(first, []byte(`{"digests":`)) {
		return old(first)
	}
	var top foreword
	if err == nil {
		err = json.Unmarshal(first, &top)
	}
	f.Measures, f.Layers = top.Measures, top.Layers
	for range top.Records {
		if err != nil {
			break
		}
		var l string
		if l, err = lines.ReadString('\n'); err == nil {
			id, rest, _ := strings.Cut(strings.TrimSuffix(l, "\n"), " ")
			said, in, _ := strings.Cut(rest, " ")
			one := Held{ID: id, Digest: digestIn(said)}
			one.In, err = strconv.ParseUint(in, 16, 64)
			f.Records = append(f.Records, one)
		}
	}
	return f, err
}

// digestIn is a digest as it is written.
func digestIn(text string) (d digest) {
	hex.Decode(d[:], []byte(text[:min(len(text), hex.EncodedLen(len(d)))])) // what is none is no record's
	return d
}

// old reads a list as it was written until 2026: the digests of all, and the ids that each measure counted.
func old(text []byte) (f Frozen, err error) {
	var was struct {
		Digests  map[string]string     `json:"digests"`
		Measures map[string][]string   `json:"measures"`
		Layers   map[string][]LayerUse `json:"layers"`
	}
	if err := json.Unmarshal(text, &was); err != nil {
		return f, err
	}
	f.Layers, f.lists, f.Measures = was.Layers, map[string][]Held{}, slices.Sorted(maps.Keys(was.Measures))
	seen := map[string]bool{}
	for _, code := range f.Measures {
		for _, id := range was.Measures[code] {
			one := Held{ID: id, Digest: digestIn(was.Digests[id])}
			if f.lists[code] = append(f.lists[code], one); !seen[id] {
				f.Records = append(f.Records, one)
			}
			seen[id] = true
		}
	}
	return f, nil
}

// digest is that of what a record says, as text writes it. Mostly it stands so in its row, or but for the order of keys
// and spaces.
func (w *worker) digest(body string, plain bool) digest {
	if !plain || escapes(body) {
		return digestOf(bodyOf(body))
	}
	long := 2 + max(len(w.pairs)-1, 0)
	for _, p := range w.pairs {
		long += len(p.key) + len(p.value) + len(`"":""`)
	}
	if w.arrange(); w.twice {
		return digestOf(bodyOf(body))
	}
	if w.text = append(w.text[:0], body...); w.turned || len(body) != long {
		w.text = append(w.text[:0], '{')
		for _, at := range w.order {
			p := w.pairs[at]
			w.text = append(append(w.text, '"'), p.key...)
			w.text = append(append(w.text, `":"`...), p.value...)
			w.text = append(w.text, '"', ',')
		}
		w.text = append(w.text[:max(len(w.text)-min(len(w.order), 1), 1)], '}')
	}
	return sm3.Sum(w.text)
}

// escapes says whether the library writes any sign of a text in another way.
func escapes(body string) bool {
	return strings.IndexByte(body, '<') >= 0 || strings.IndexByte(body, '>') >= 0 ||
		strings.IndexByte(body, '&') >= 0 || strings.Contains(body, "\u2028") || strings.Contains(body, "\u2029")
}

// arrange puts the keys of the record in hand in order, unless they are those of the record before.
func (w *worker) arrange() {
	if !w.reshaped && len(w.order) == len(w.pairs) {
		return
	}
	w.reshaped, w.turned, w.twice, w.order = false, false, false, w.order[:0]
	for i := range w.pairs {
		w.order = append(w.order, i)
	}
	slices.SortFunc(w.order, func(a, b int) int { return strings.Compare(w.pairs[a].key, w.pairs[b].key) })
	for i, at := range w.order {
		w.turned = w.turned || at != i
		w.twice = w.twice || i > 0 && w.pairs[w.order[i-1]].key == w.pairs[at].key
	}
}
