package cli_test

// Flags of `serve` that cannot be served are refused in words, and nothing is left behind.

import (
	"strings"
	"testing"
)

func TestServeSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for flags, want := range map[string]string{
		"--trusted-proxy localhost":                        "--trusted-proxy 要写成IP地址或网段",
		"--trusted-proxy 10.0.0.0/33":                      "--trusted-proxy 要写成IP地址或网段",
		"--tls-cert missing.pem":                           "要一起写",
		"--tls-key missing.pem":                            "要一起写",
		"--tls-cert missing.pem --tls-key missing.pem":     "证书或私钥读不出来",
		"--trusted-proxy 127.0.0.1,::1 --base-url nowhere": "--base-url 要写成",
		"--base-url https://city.example/yipanqi":          "--base-url 要写成",
		"--base-url https://city.example?a=b":              "--base-url 要写成",
		"--base-url https://somebody@city.example":         "--base-url 要写成",
		"--base-url ftp://city.example":                    "--base-url 要写成",
		"--base-url https://":                              "--base-url 要写成",
		"--base-url https://[":                             "--base-url 要写成",
	} {
		data := t.TempDir()
		args := append([]string{"serve", "--addr", "127.0.0.1:0", "--data", data}, strings.Fields(flags)...)
		if out := run(t, 1, "", args...); !strings.Contains(out, want) {
			t.Errorf("%s: %s", flags, out)
		}
		if files := filesOf(t, data); len(files) > 0 {
			t.Errorf("%s leaves %v", flags, files)
		}
	}
}
