package submission_test

// Receipts are checked by programs that share no line with ours: OpenSSL, as the manual says, and another SM2 library.

import (
	"encoding/base64"
	"encoding/json"
	"math/big"
	"os"
	command "os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	other "github.com/tjfoc/gmsm/sm2"

	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
)

var blocks = regexp.MustCompile("(?s)```sh\n(.*?)```")

// The commands of docs/verify.md are run as they stand there.
func TestOpenSSLVerifiesAsTheManualSays(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"openssl", "jq", "xxd"} {
		if _, err := command.LookPath(tool); err != nil {
			t.Fatalf("%s is not installed: `make test` installs it", tool)
		}
	}
	manual, err := os.ReadFile("../../docs/verify.md")
	if err != nil {
		t.Fatal(err)
	}
	found := blocks.FindAllStringSubmatch(string(manual), -1)
	if len(found) != 2 {
		t.Fatalf("the manual has %d blocks of commands, want 2", len(found))
	}
	signature, seal := found[0][1], found[1][1]
	lines := strings.Split(strings.TrimSpace(signature), "\n")
	seal += strings.ReplaceAll(strings.Join(lines[2:], "\n"), ".signatures[0].public_key", ".installation.public_key")
	data := receiptOf(t, oneCity(t))
	changed := strings.Replace(string(data), `"value": "120"`, `"value": "121"`, 1)
	for name, script := range map[string]string{"signature": signature, "seal": seal} {
		for receipt, want := range map[string]string{string(data): "Verified OK", changed: "Verification failure"} {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "receipt.json"), []byte(receipt), 0o600); err != nil {
				t.Fatal(err)
			}
			run := command.Command("sh", "-c", script)
			run.Dir = dir
			if out, _ := run.CombinedOutput(); !strings.Contains(string(out), want) {
				t.Errorf("%s: OpenSSL does not say %s: %s", name, want, out)
			}
		}
	}
}

func TestAnotherLibraryVerifies(t *testing.T) {
	t.Parallel()
	c := oneCity(t)
	data := receiptOf(t, c)
	var r submission.Receipt
	c.must(json.Unmarshal(data, &r))
	sealed, err := sign.Canonical(func() map[string]json.RawMessage {
		var members map[string]json.RawMessage
		c.must(json.Unmarshal(data, &members))
		delete(members, "leaves")
		delete(members, "seal")
		return members
	}())
	c.must(err)
	text, err := sign.Canonical(r.Content)
	c.must(err)
	for _, s := range []struct {
		key       sign.PublicKey
		text      []byte
		signature string
	}{{r.Signatures[0].PublicKey, text, r.Signatures[0].Value},
		{r.Signatures[1].PublicKey, text, r.Signatures[1].Value},
		{r.Installation.PublicKey, sealed, r.Seal}} {
		der, err := base64.StdEncoding.DecodeString(s.signature)
		c.must(err)
		key := other.PublicKey{Curve: other.P256Sm2(), X: hexadecimal(string(s.key[2:66])),
			Y: hexadecimal(string(s.key[66:]))}
		if !key.Verify(s.text, der) {
			t.Error("the other library refuses a signature of ours")
		}
		if key.Verify(append([]byte(" "), s.text...), der) {
			t.Error("the other library takes another text")
		}
	}
}

func hexadecimal(digits string) *big.Int {
	n, _ := new(big.Int).SetString(digits, 16)
	return n
}

// A receipt forged with an installation key of its own is intact, and not valid: nobody trusts its issuer.
func TestForgedIssuerIsUnknown(t *testing.T) {
	t.Parallel()
	honest, forger := oneCity(t), oneCity(t)
	data := receiptOf(t, forger)
	for _, trusted := range [][]string{nil, {""}, {string(honest.issuer)}, {sign.Fingerprint(honest.issuer)}} {
		result := submission.VerifyReceipt(data, trusted...)
		if result.Valid || !result.Intact || !strings.HasPrefix(result.String(), "签发者未知") {
			t.Errorf("trusting %v, a forged receipt is not intact by an unknown issuer:\n%s", trusted, result)
		}
	}
}
