package cli_test

// What the program takes at most while many sign at once and somebody uploads files made to exhaust it.

import (
	"archive/zip"
	"bytes"
	"fmt"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"yipanqi/internal/sample"
)

const (
	maxMemory = 250 // MB
	office    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// resident is the most memory, in MB, that the process has had since it was asked last.
func (k *installed) resident(tb testing.TB) int {
	tb.Helper()
	dir := fmt.Sprintf("/proc/%d/", k.process.Process.Pid)
	status, err := os.ReadFile(dir + "status")
	if err != nil {
		tb.Skip("only Linux tells the peak of a process")
	}
	_, text, _ := strings.Cut(string(status), "VmHWM:")
	kb, err := strconv.Atoi(strings.Fields(text)[0])
	must(tb, err)
	must(tb, os.WriteFile(dir+"clear_refs", []byte("5"), 0o600))
	return kb >> 10
}

// pack is an archive of parts, each a text again and again between two others.
func pack(tb testing.TB, parts map[string][3]string, times int) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		must(tb, err)
		w.Write([]byte(text[0]))
		for block := strings.Repeat(text[1], 1000); times > 0 && text[1] != ""; times -= 1000 {
			w.Write([]byte(block))
		}
		w.Write([]byte(text[2]))
	}
	w, err := z.CreateHeader(&zip.FileHeader{Name: "media", Method: zip.Store})
	must(tb, err)
	w.Write(make([]byte, 1<<20)) // so that no ratio alone refuses it
	must(tb, z.Close())
	return b.Bytes()
}

func hostileDocument(tb testing.TB, before, text string, times int) []byte {
	rels := `<Relationships><Relationship Id="a" Type="` + office +
		`officeDocument" Target="word/document.xml"/></Relationships>`
	return pack(tb, map[string][3]string{"_rels/.rels": {rels}, "word/document.xml": {
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + before, text}}, times)
}

func hostileWorkbook(tb testing.TB, before, text string, times int) []byte {
	rels := func(kind, target string) string {
		return `<Relationships><Relationship Id="a" Type="` + office + kind + `" Target="` + target + `"/></Relationships>`
	}
	return pack(tb, map[string][3]string{"_rels/.rels": {rels("officeDocument", "w.xml")},
		"w.xml":            {`<workbook><sheets><sheet name="a" id="a"/></sheets></workbook>`},
		"_rels/w.xml.rels": {rels("worksheet", "s.xml")},
		"s.xml":            {`<worksheet><sheetData><row>` + before, text, ""}}, times)
}

func (k *installed) upload(login, path string, name string, body []byte) int {
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	w, _ := form.CreateFormFile("file", name)
	w.Write(body)
	form.Close()
	q, err := http.NewRequest("POST", "http://"+k.addr+path, &b)
	must(k.t, err)
	q.Header.Set("Accept", "application/json")
	q.Header.Set("Content-Type", form.FormDataContentType())
	q.Header.Set("Authorization", "Bearer "+k.tokens[login])
	resp, err := http.DefaultClient.Do(q)
	must(k.t, err)
	resp.Body.Close()
	return resp.StatusCode
}

func BenchmarkMemory(b *testing.B) {
	k := &installed{t: b, data: b.TempDir(), tokens: map[string]string{}}
	k.database = filepath.Join(k.data, "yipanqi.db")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(b, err)
	k.addr = l.Addr().String()
	l.Close()
	if out, err := k.program("import", "--sample", samples).CombinedOutput(); err != nil {
		b.Fatalf("import: %v\n%s", err, out)
	}
	k.start()
	b.Cleanup(k.kill)
	said := func(what string) {
		got, word := k.resident(b), "met"
		if got > maxMemory {
			word = "MISSED"
		}
		b.Logf("%-60s %4d MB   target ≤ %d: %s", what, got, maxMemory, word)
	}
	var logins []string
	for line := range strings.Lines(string(output(b, k, "user", "list"))) {
		if fields := strings.Fields(line); len(fields) > 0 && (strings.HasSuffix(fields[0], "-statistician") ||
			strings.HasSuffix(fields[0], "-leader")) {
			logins = append(logins, fields[0])
		}
	}
	if len(logins) < 32 {
		b.Fatalf("the sample has %d who sign", len(logins))
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	codes := map[int]int{}
	crowd := func(do func(login string) int) {
		clear(codes)
		for _, login := range logins[:32] {
			all.Go(func() {
				code := do(login)
				mu.Lock()
				defer mu.Unlock()
				codes[code]++
			})
		}
		all.Wait()
	}
	crowd(func(login string) int {
		code, answer := k.try("", "POST", "/tokens", map[string]any{"name": login, "password": sample.Password})
		mu.Lock()
		defer mu.Unlock()
		k.tokens[login], _ = answer["token"].(string)
		return code
	})
	said(fmt.Sprintf("32 sign in at once, by answer %v", codes))
	crowd(func(login string) int { // each unlocks a key, and is then told that this is not theirs to sign
		step := "/prepare"
		if strings.HasSuffix(login, "-leader") {
			step = "/sign"
		}
		code, _ := k.try(login, "POST", "/submissions/1"+step,
			map[string]any{"digest": "", "phrase": sample.Phrase})
		return code
	})
	said(fmt.Sprintf("32 signing phrases at once, by answer %v", codes))
	_, list := k.try("chaoyang-statistician", "GET", "/submissions?state=draft", nil)
	sheet := "/submissions/" + list["submissions"].([]any)[0].(map[string]any)["id"].(string) + "/sheet"
	text := []byte(strings.Repeat("数", 6_900_000))
	for _, f := range []struct {
		what, path, name string
		body             []byte
	}{
		{"workbook of deep elements", sheet, "a.xlsx", hostileWorkbook(b, "", "<a>", 20_000_000)},
		{"workbook of empty cells", sheet, "a.xlsx", hostileWorkbook(b, "", "<c/>", 8_000_000)},
		{"workbook of texts", sheet, "a.xlsx", hostileWorkbook(b, "",
			`<c t="str"><v>`+strings.Repeat("数", 25)+`</v></c>`, 1_000_000)},
		{"document of empty paragraphs", "/checks", "a.docx", hostileDocument(b, "", "<w:p/>", 10_000_000)},
		{"document of runs", "/checks", "a.docx", hostileDocument(b, "<w:p>", "<w:r><w:t>数</w:t></w:r>", 2_000_000)},
		{"page of cells", "/checks", "a.html", []byte("<html><table><tr>" + strings.Repeat("<td>", 5_000_000))},
		{"text", "/checks", "a.txt", text},
	} {
		code := k.upload("chaoyang-statistician", f.path, f.name, f.body)
		said(fmt.Sprintf("%s, %d bytes, answer %d", f.what, len(f.body), code))
	}
	crowd(func(string) int { return k.upload("chaoyang-statistician", "/checks", "a.txt", text) })
	said(fmt.Sprintf("32 texts of %d bytes at once, by answer %v", len(text), codes))
	if len(k.said.String()) > 1<<20 {
		b.Error("the log grew by a megabyte")
	}
}

func output(b *testing.B, k *installed, args ...string) []byte {
	b.Helper()
	out, err := k.program(args...).Output()
	must(b, err)
	return out
}
