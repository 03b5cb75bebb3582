package cli_test

// The main job as a program does it, from a missing form over two signatures and acceptance to a report whose every
// figure is proven. Its run, client and serve are the fixture of the package's tests.

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"yipanqi/internal/app"
	"yipanqi/internal/cli"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/sample"
)

const samples = "../../samples/beijing"

// run is one command of the real program on an installation.
func run(t *testing.T, want int, stdin string, args ...string) string {
	t.Helper()
	var out, errOut bytes.Buffer
	if code := cli.Main(args, strings.NewReader(stdin), &out, &errOut); code != want {
		t.Fatalf("yipanqi %s: exit %d, want %d\n%s%s", strings.Join(args, " "), code, want,
			out.String(), errOut.String())
	}
	said := out.String() + errOut.String()
	if strings.Contains(said, "%!") { // a value that its format does not take
		t.Errorf("yipanqi %s says\n%s", strings.Join(args, " "), said)
	}
	return said
}

// client talks to the running program as one person does, with a token.
type client struct {
	t     *testing.T
	base  string
	token string
}

func signIn(t *testing.T, base, login string) client {
	t.Helper()
	c := client{t: t, base: base}
	answer := c.post(200, "/tokens", map[string]any{"name": login, "password": sample.Password})
	c.token, _ = answer["token"].(string)
	if c.token == "" {
		t.Fatalf("no token for %s: %v", login, answer)
	}
	return c
}

func (c client) do(want int, method, path string, body io.Reader) []byte {
	c.t.Helper()
	q, err := http.NewRequest(method, c.base+path, body)
	must(c.t, err)
	q.Header.Set("Accept", "application/json")
	q.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		q.Header.Set("Authorization", "Bearer "+c.token)
	}
	resp, err := http.DefaultClient.Do(q)
	must(c.t, err)
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	must(c.t, err)
	if resp.StatusCode != want {
		c.t.Fatalf("%s %s: %d, want %d: %s", method, path, resp.StatusCode, want, text)
	}
	return text
}

func (c client) get(path string) map[string]any {
	c.t.Helper()
	return object(c.t, c.do(200, "GET", path, nil))
}

func (c client) post(want int, path string, in map[string]any) map[string]any {
	c.t.Helper()
	body, err := json.Marshal(in)
	must(c.t, err)
	return object(c.t, c.do(want, "POST", path, bytes.NewReader(body)))
}

func object(t *testing.T, text []byte) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatalf("not a JSON object: %v: %.300s", err, text)
	}
	return m
}

// rate reads the city's premarital examination rate as a program would.
func rate(c client, period string) map[string]any {
	c.t.Helper()
	answer := c.get("/indicators/W-HEA-007/values?area=110000&period=" + period)
	values, _ := answer["values"].([]any)
	if len(values) != 1 {
		c.t.Fatalf("one value expected: %v", answer)
	}
	return values[0].(map[string]any)
}

// todoCells reads the sample's numbers for Chaoyang as pasted from Excel: one line a row, one column a sex.
func todoCells(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(samples, "todo", "朝阳区婚检.csv"))
	must(t, err)
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))).ReadAll()
	must(t, err)
	cells := map[string]string{}
	for i, row := range rows[len(rows)-2:] {
		cells[fmt.Sprintf("%d.M", i+1)], cells[fmt.Sprintf("%d.F", i+1)] = row[len(row)-2], row[len(row)-1]
	}
	return cells
}

func TestTheJourney(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			data := t.TempDir()
			database := filepath.Join(data, "yipanqi.db")
			if kind == "postgres" {
				database = dbtest.Postgres(t)
			}
			on := func(args ...string) []string { return append(args, "--db", database, "--data", data) }

			run(t, 0, "", on("import", "--sample", samples)...)
			if out := run(t, 0, "", on("import", samples)...); !strings.Contains(out, "Nothing changed") {
				t.Errorf("a second import of the same files changes something:\n%s", out)
			}
			base := serve(t, app.Config{DB: database, Data: data})
			office := signIn(t, base, "office")

			if v := rate(office, "2018"); v["status"] != "incomplete" || v["reported"] != 15.0 || v["due"] != 16.0 {
				t.Fatalf("before Chaoyang reports: %v", v)
			}
			report := run(t, 0, "", on("report", "annual", "--year", "2018")...)
			if !strings.Contains(report, "缺朝阳区") {
				t.Errorf("the report does not say what is missing:\n%s", report)
			}

			checked := func() (said []string) {
				out := run(t, 0, "北京市2018年小结\n全市婚前医学检查率达到16.5%，比2017年提高3.74个百分点。朝阳区婚检率为15.6%。初稿曾写全市婚检率为16.63%。",
					on("check", "-", "--json")...)
				for _, f := range object(t, []byte(out))["figures"].([]any) {
					if f := f.(map[string]any); f["verdict"] != "" {
						said = append(said, f["text"].(string)+" "+f["verdict"].(string))
					}
				}
				return said
			}
			if got, want := checked(), []string{"16.5% published", "3.74个百分点 published", "15.6% unknown",
				"16.63% unknown"}; !slices.Equal(got, want) {
				t.Errorf("figure check before Chaoyang reports: %q, want %q", got, want)
			}

			statistician, leader := signIn(t, base, "chaoyang-statistician"), signIn(t, base, "chaoyang-leader")
			list := statistician.get("/submissions?state=draft")["submissions"].([]any)
			if len(list) != 1 {
				t.Fatalf("Chaoyang's statistician has %d open forms, want 1", len(list))
			}
			id := list[0].(map[string]any)["id"].(string)
			path := "/submissions/" + id
			handout := statistician.get("/todo")["handouts"].(map[string]any)[id].([]any)[0].(map[string]any)
			numbers, err := os.ReadFile(filepath.Join(samples, "todo", handout["name"].(string)))
			must(t, err)
			if got := statistician.do(200, "GET", "/todo/files/"+handout["id"].(string),
				nil); !bytes.Equal(got, numbers) {
				t.Errorf("the to-do list hands out %d bytes as %v, the sample has %d", len(got),
					handout["name"], len(numbers))
			}
			signIn(t, base, "haidian-leader").do(404, "GET", "/todo/files/"+handout["id"].(string), nil)
			version := statistician.get(path)["version"]

			bad := todoCells(t)
			bad["1.M"] = "一千"
			statistician.post(200, path+"/draft", map[string]any{"version": version, "cells": bad})
			// two windows stand open on it: what each types elsewhere is put together, one cell typed twice is not
			opened := statistician.get(path)["version"]
			save := func(want int, cells map[string]string) string {
				in := map[string]any{"version": opened, "cells": cells, "was": bad}
				return fmt.Sprint(statistician.post(want, path+"/draft", in))
			}
			good := todoCells(t)
			wrong := good["1.M"] + "0"
			save(200, map[string]string{"1.M": good["1.M"], "2.F": good["2.F"] + "0"})
			save(200, map[string]string{"2.M": good["2.M"], "2.F": good["2.F"] + "0"})
			if said := save(409, map[string]string{"1.M": wrong}); !strings.Contains(said, "cells[1.M]") ||
				!strings.Contains(said, "“"+good["1.M"]+"”") || !strings.Contains(said, "“"+wrong+"”") {
				t.Errorf("two values for one cell: %s", said)
			}
			want := todoCells(t)
			want["2.F"] += "0"
			for key, cell := range statistician.get(path)["cells"].(map[string]any) {
				if cell != want[key] {
					t.Errorf("cell %s holds %v after two windows saved, want %s", key, cell, want[key])
				}
			}
			opened = statistician.get(path)["version"]
			save(200, good)

			preview := statistician.get(path + "/prepare")
			statistician.post(422, path+"/prepare",
				map[string]any{"digest": preview["digest"], "phrase": "wrong phrase"})
			statistician.post(200, path+"/prepare",
				map[string]any{"digest": preview["digest"], "phrase": sample.Phrase})
			statistician.do(403, "POST", path+"/sign", strings.NewReader(`{}`))
			leader.post(200, path+"/sign", map[string]any{"digest": preview["digest"], "phrase": sample.Phrase})
			signIn(t, base, "haidian-leader").do(404, "GET", path, nil)
			office.post(200, path+"/accept", map[string]any{"version": office.get(path)["version"]})

			v := rate(office, "2018")
			if v["value"] != "16.50" || v["status"] != "proven" || v["origin"] != "simulated" {
				t.Errorf("after acceptance: %v", v)
			}
			if before := rate(office, "2017"); before["value"] != "12.76" {
				t.Errorf("2017: %v", before)
			}

			if got, want := checked(), []string{"16.5% proven", "3.74个百分点 proven", "15.6% contradicted",
				"16.63% changed"}; !slices.Equal(got, want) {
				t.Errorf("figure check after acceptance: %q, want %q", got, want)
			}

			receipt := office.do(200, "GET", path+"/receipt?format=json", nil)
			file := filepath.Join(data, "receipt.json")
			must(t, os.WriteFile(file, receipt, 0o600))
			if out := run(t, 1, "", "verify", file, "--json"); !strings.Contains(out, `"intact": true`) ||
				!strings.Contains(out, `"receipt.issuer"`) {
				t.Errorf("an issuer whom nobody named is trusted:\n%s", out)
			}
			var key struct{ Fingerprint string }
			must(t, json.Unmarshal([]byte(run(t, 0, "", on("key", "show", "--json")...)), &key))
			if out := run(t, 0, "", "verify", file, "--key", key.Fingerprint); !strings.Contains(out, "演示签名") {
				t.Errorf("verify does not say that this is a sample:\n%s", out)
			}
			women := todoCells(t)["2.F"]
			changed := bytes.Replace(receipt, []byte(`"`+women+`"`), []byte(`"`+women[:len(women)-1]+`x"`), 1)
			changed = bytes.Replace(changed, []byte(`x"`), []byte(string('0'+(women[len(women)-1]-'0'+1)%10)+`"`), 1)
			must(t, os.WriteFile(file, changed, 0o600))
			if out := run(t, 1, "", "verify", file); !strings.Contains(out, "cells[") {
				t.Errorf("verify does not name the place of the change:\n%s", out)
			}
			must(t, os.WriteFile(file, receipt, 0o600))

			out := filepath.Join(data, "report.docx")
			text := run(t, 0, "", on("report", "annual", "--year", "2018", "-o", out, "--json")...)
			for _, f := range object(t, []byte(text))["figures"].([]any) {
				f := f.(map[string]any)
				if f["problem"] != nil {
					t.Errorf("%v: %v", f["key"], f["problem"])
				}
				switch f["key"] {
				case "W-HEA-007@2018":
					if f["text"] != "16.5%" || f["value"] != "16.50" || f["status"] != "proven" ||
						f["origin"] != "simulated" {
						t.Errorf("the rate in the report: %v", f)
					}
				case "W-HEA-007@2018-2017":
					if f["text"] != "3.74个百分点" {
						t.Errorf("the change in the report: %v", f)
					}
				}
			}
			// held against its own data the report comes out as clean as the text that its figures were quoted from
			held := run(t, 0, "", on("check", out)...)
			if strings.Contains(held, "unknown") || strings.Contains(held, "contradicted") ||
				!strings.Contains(held, "39 statistics") {
				t.Errorf("the report held against its own data:\n%s", held)
			}
			run(t, 0, "", on("rebuild", "--check")...)
			run(t, 0, "", on("journal", "verify", "--receipt", file)...)
			spoilt(t, on)
		})
	}
}

// spoilt: a byte of an attached file is changed, and verifying says so, and of which thing.
func spoilt(t *testing.T, on func(args ...string) []string) {
	t.Helper()
	said := run(t, 0, "", on("journal", "verify")...)
	if !strings.Contains(said, "逐一读过") {
		t.Errorf("verifying does not say that it read the attached files:\n%s", said)
	}
	args := on()
	data := args[slices.Index(args, "--data")+1]
	kept, err := filepath.Glob(filepath.Join(data, "files", "*", "*"))
	must(t, err)
	if len(kept) == 0 {
		t.Fatal("nothing is attached in the sample")
	}
	body, err := os.ReadFile(kept[0])
	must(t, err)
	body[len(body)/2]++
	must(t, os.WriteFile(kept[0], body, 0o600))
	if said := run(t, 1, "", on("journal", "verify")...); !strings.Contains(said, "内容与登记的摘要不符") {
		t.Errorf("a changed byte is not found:\n%s", said)
	}
}

// serve runs the program for the length of the test and returns its address.
func serve(t *testing.T, c app.Config) string {
	t.Helper()
	a, err := app.Open(context.Background(), c)
	must(t, err)
	l, err := app.Listen("127.0.0.1:0")
	must(t, err)
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- a.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Errorf("serve: %v", err)
		}
		if err := a.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return "http://" + l.Addr().String()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
