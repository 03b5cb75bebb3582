package cli_test

// What commands answer when something is wrong: exit codes, a port in use, lost keys, a newer database, mistakes in
// `user`. The whole way through all commands is story_test.go.

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"yipanqi/internal/db"
)

func TestExitCodes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	broken, empty := filepath.Join(dir, "receipt.json"), filepath.Join(dir, "empty")
	must(t, os.WriteFile(broken, []byte(`{"schema":`), 0o600))
	for _, c := range []struct {
		want int
		args []string
		says string
	}{
		{0, []string{"version"}, "yipanqi"},
		{0, []string{"--help"}, "serve"},
		{0, []string{"report", "annual", "--help"}, "--year"},
		{2, []string{}, "serve"},
		{2, []string{"nonsense"}, "unexpected argument"},
		{2, []string{"verify"}, "expected"},
		{2, []string{"import", filepath.Join(dir, "nowhere")}, "nowhere"},
		{1, []string{"verify", broken}, ""},
		{1, []string{"verify", filepath.Join(dir, "missing.json")}, "missing.json"},
		{1, []string{"report", "annual", "--year", "2018", "--data", empty}, "--data"},
		{1, []string{"journal", "verify", "--data", empty}, "这里没有数据"},
		{1, []string{"form", "check", broken, "--data", empty}, "这里没有数据"},
		{1, []string{"form", "export", "D-W", "-o", "D-W.yaml", "--data", empty}, "这里没有数据"},
		{1, []string{"rules", "try", "D-W", "--data", empty}, "这里没有数据"},
		{1, []string{"register", "list", "--data", empty}, "这里没有数据"},
		{1, []string{"register", "measure", "x", "--period", "2023", "--data", empty}, "这里没有数据"},
		{1, []string{"register", "check", dir, "--data", empty}, ""},
		{1, []string{"matters", "--data", empty}, "这里没有数据"},
		{1, []string{"round", "--data", empty}, "这里没有数据"},
		{1, []string{"jobs", "list", "--data", empty}, "这里没有数据"},
		{1, []string{"user", "list", "--data", empty}, "这里没有数据"},
	} {
		if out := run(t, c.want, "", c.args...); !strings.Contains(out, c.says) {
			t.Errorf("yipanqi %s does not say %q:\n%s", strings.Join(c.args, " "), c.says, out)
		}
	}
	if _, err := os.Stat(empty); err == nil {
		t.Error("a command that reads makes an installation where there is none")
	}
}

func TestPortInUseIsSaid(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	data := filepath.Join(t.TempDir(), "data")
	out := run(t, 1, "", "serve", "--addr", l.Addr().String(), "--data", data)
	if !strings.Contains(out, "端口已被占用") || !strings.Contains(out, "--addr") {
		t.Errorf("a port in use is not explained: %s", out)
	}
	if _, err := os.Stat(data); err == nil {
		t.Error("a server that could not start leaves an installation behind")
	}
}

func TestLostKeysAreSaid(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	run(t, 0, "", "import", "../sample/testdata/xinhe", "--data", data)
	must(t, os.RemoveAll(filepath.Join(data, "secrets")))
	if out := run(t, 1, "", "user", "list", "--data", data); !strings.Contains(out, "密钥文件") {
		t.Errorf("lost key files are not explained: %s", out)
	}
}

func TestNewerDatabaseIsSaid(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	run(t, 0, "", "import", "../sample/testdata/xinhe", "--data", data)
	d, err := db.Open(context.Background(), filepath.Join(data, "yipanqi.db"))
	must(t, err)
	must(t, d.Update(context.Background(), func(tx *db.Tx) error {
		return tx.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, $1)`, true)
	}))
	must(t, d.Close())
	if out := run(t, 1, "", "user", "list", "--data", data); !strings.Contains(out, "9999") {
		t.Errorf("a newer database is not explained: %s", out)
	}
}

func TestUserOfARealInstallation(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	run(t, 0, "", "import", "../sample/testdata/xinhe", "--data", data)
	if out := run(t, 1, "a long password\n", "user", "add", "wang", "--person", "王某", "--unit", "NOWHERE", "--role",
		"office", "--data", data); !strings.Contains(out, "没有代码是“NOWHERE”的单位") ||
		strings.Contains(out, "constraint") {
		t.Errorf("an unknown unit is not explained: %s", out)
	}
	if out := run(t, 0, "a long password\n", "user", "add", "yi", "--person", "填写人乙", "--unit", "ST-E2", "--data",
		data); !strings.Contains(out, "added yi") {
		t.Errorf("somebody imported gets no account: %s", out)
	}
	if out := run(t, 0, "", "user", "list", "--data", data); !strings.Contains(out, "柳河镇") ||
		!strings.Contains(out, "石桥镇") || strings.Count(out, "\n") != 1 {
		t.Errorf("two posts have not one login: %s", out)
	}
	if out := run(t, 1, "a long password\n", "user", "add", "wang", "--person", "王某", "--unit", "X", "--role", "boss",
		"--data", data); !strings.Contains(out, "statistician") {
		t.Errorf("an unknown role is not explained: %s", out)
	}
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{0, "added post of yi", []string{"add-post", "yi", "--unit", "JCO", "--role", "liaison"}},
		{1, "已经在这个单位任这个岗位", []string{"add-post", "yi", "--unit", "JCO", "--role", "liaison"}},
		{1, "三员", []string{"add-post", "yi", "--unit", "JCO", "--role", "audit_admin"}},
		{1, "没有代码是“X”的单位", []string{"add-post", "yi", "--unit", "X", "--role", "liaison"}},
		{1, "没有角色", []string{"add-post", "yi", "--unit", "JCO", "--role", "boss"}},
		{1, "没有用户名是“nobody”的账号", []string{"reset", "nobody"}},
		{0, "one-time password: ", []string{"reset", "yi"}},
		{0, "一致", []string{}},
	} {
		args := append(append([]string{"user"}, c.args...), "--data", data)
		if len(c.args) == 0 {
			args = []string{"journal", "verify", "--data", data}
		}
		if out := run(t, c.code, "", args...); !strings.Contains(out, c.says) {
			t.Errorf("%v says %s", args, out)
		}
	}
	if out := run(t, 1, "", "import", "--sample", samples, "--data", data); out == "" {
		t.Error("a real installation takes a sample in without a word")
	}
}

// --sample stands alone or names a folder of samples/; what is no sample is refused before anything is made.
func TestWhichSampleIsServed(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	out := run(t, 1, "", "serve", "--sample", "--sample-dir", t.TempDir(), "--data", data, "--addr", "127.0.0.1:0")
	if !strings.Contains(out, "没有找到演示数据") {
		t.Errorf("a folder without a city is served: %s", out)
	}
	held := filepath.Join(t.TempDir(), "held")
	run(t, 0, "", "import", "--sample", samples, "--data", held)
	out = run(t, 1, "", "serve", "--sample=shifan", "--sample-dir", "../../samples/shifan", "--data", held,
		"--addr", "127.0.0.1:0")
	if !strings.Contains(out, "请用 --data 另换一个目录") {
		t.Errorf("one city is served for another: %s", out)
	}
}
