package cli_test

// A phone with a long queue of notes and photos, sent to a server that dies twice while it takes them. How a phone
// keeps and sends them is web/src/field.js; this sends as it does: one after the other, again until there is an answer.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net"
	"net/http"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/sample"
)

// queued is how many notes wait on the phone, each with a photo.
const queued = 200

func BenchmarkField(b *testing.B) {
	for _, kind := range []string{"sqlite", "postgres"} {
		b.Run(kind, func(b *testing.B) {
			k := &installed{t: b, data: b.TempDir(), tokens: map[string]string{}}
			k.database = filepath.Join(k.data, "yipanqi.db")
			if kind == "postgres" {
				k.database = dbtest.Postgres(b)
			}
			l, err := net.Listen("tcp", "127.0.0.1:0")
			must(b, err)
			k.addr = l.Addr().String()
			l.Close()
			if out, err := k.program("import", "--sample", "../../samples/shifan").CombinedOutput(); err != nil {
				b.Fatalf("import: %v\n%s", err, out)
			}
			k.start()
			b.Cleanup(func() { k.kill() })
			visit := k.visited(b)
			picture := photo(b)
			start, tries := time.Now(), 0
			for n := range queued {
				if n == queued/3 || n == 2*queued/3 { // while this note is on its way
					go func() {
						time.Sleep(time.Duration(rand.IntN(20)) * time.Millisecond)
						k.process.Process.Kill()
					}()
				}
				for code := 0; code != http.StatusOK; tries++ {
					if code = k.send(b, visit, n, picture); code == 0 {
						k.process.Wait()
						k.start()
					} else if code != http.StatusOK {
						b.Fatalf("note %d: %d", n, code)
					}
				}
			}
			took := time.Since(start)
			k.arrived(b, visit)
			k.whole("after the queue was sent")
			b.Logf("%d notes with photos of %d KB arrived, each once, with %d tries over two deaths of the server: %.1f s",
				queued, len(picture)>>10, tries, took.Seconds())
		})
	}
}

// visited plans today's visit and returns its address.
func (k *installed) visited(b *testing.B) string {
	for _, login := range []string{"office", "education-liaison"} {
		_, answer := k.try("", "POST", "/tokens", map[string]any{"name": login, "password": sample.Password})
		k.tokens[login], _ = answer["token"].(string)
	}
	q, err := http.NewRequest("GET", "http://"+k.addr+"/supervision/groups/new", nil)
	must(b, err)
	q.Header.Set("Accept", "text/html")
	q.Header.Set("Authorization", "Bearer "+k.tokens["office"])
	resp, err := http.DefaultClient.Do(q)
	must(b, err)
	page, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	must(b, err)
	of := func(name string) string {
		found := regexp.MustCompile(`value="([^"]+)"[^>]*>[^<]*` + name).FindSubmatch(page)
		if found == nil {
			b.Fatalf("%s is not among those who can be in a group", name)
		}
		return string(found[1])
	}
	const today = "2024-03-15"
	code, formed := k.try("office", "POST", "/supervision/groups", map[string]any{"title": "一组（模拟）",
		"areas": []string{"990102"}, "trained_on": today, "lacks": "其他类别暂缺（模拟）", "members": map[string]string{
			"1.person": of("市教育局·单位负责人乙"), "1.kind": "unit_leader", "1.part": "head",
			"2.person": of("市教育局·联络员丙"), "2.kind": "unit_staff", "2.part": "member"}})
	if code != http.StatusOK {
		b.Fatalf("the group: %d %v", code, formed)
	}
	code, planned := k.try("office", "POST", "/visits", map[string]any{"group": formed["id"], "area": "990102",
		"on": today, "methods": []string{"files"}, "unannounced": true})
	if code != http.StatusOK {
		b.Fatalf("the visit: %d %v", code, planned)
	}
	return "/visits/" + planned["id"].(string)
}

// photo is a picture as large as phones make them small.
func photo(b *testing.B) []byte {
	m := image.NewRGBA(image.Rect(0, 0, 800, 600))
	for x := range 800 {
		for y := range 600 {
			m.Set(x, y, color.RGBA{uint8(rand.IntN(256)), uint8(x), uint8(y), 255})
		}
	}
	var out bytes.Buffer
	must(b, jpeg.Encode(&out, m, nil))
	return out.Bytes()
}

func ownID(n int) string { return fmt.Sprintf("%08x-0000-4000-8000-000000000000", n) }

// send sends one note; the code is 0 if no answer came.
func (k *installed) send(b *testing.B, visit string, n int, picture []byte) int {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range map[string]string{"own_id": ownID(n), "kind": "note", "no_minors": "on",
		"text": fmt.Sprintf("情况%d（模拟）", n), "at": "2024-03-15T10:00:00+08:00"} {
		must(b, form.WriteField(name, value))
	}
	part, err := form.CreateFormFile("photo", "现场.jpg")
	must(b, err)
	_, err = part.Write(append(picture[:len(picture)-2:len(picture)-2], byte(n), byte(n>>8), 0xff, 0xd9))
	must(b, err)
	must(b, form.Close())
	q, err := http.NewRequest("POST", "http://"+k.addr+visit+"/notes", &body)
	must(b, err)
	q.Header.Set("Content-Type", form.FormDataContentType())
	q.Header.Set("Accept", "application/json")
	q.Header.Set("Authorization", "Bearer "+k.tokens["education-liaison"])
	resp, err := http.DefaultClient.Do(q)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return 0
	}
	return resp.StatusCode
}

// arrived holds what the server has against what was on the phone.
func (k *installed) arrived(b *testing.B, visit string) {
	_, shown := k.try("education-liaison", "GET", visit+"/field", nil)
	text, err := json.Marshal(shown["notes"])
	must(b, err)
	var notes []struct {
		OwnID string `json:"own_id"`
		Photo string `json:"photo"`
	}
	must(b, json.Unmarshal(text, &notes))
	times := map[string]int{}
	for _, n := range notes {
		if times[n.OwnID]++; n.Photo == "" {
			b.Errorf("note %s has lost its photo", n.OwnID)
		}
	}
	for n := range queued {
		if times[ownID(n)] != 1 {
			b.Errorf("note %d is there %d times", n, times[ownID(n)])
		}
	}
	if len(notes) != queued {
		b.Errorf("%d notes arrived, %d were sent", len(notes), queued)
	}
}
