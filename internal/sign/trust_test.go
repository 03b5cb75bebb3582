package sign

// Whom one trusts is read from a fingerprint, a key or PEM, and never from a part of them.

import (
	"strings"
	"testing"
)

func TestTrustIsReadInEveryWayItIsWritten(t *testing.T) {
	t.Parallel()
	private, err := Generate()
	if err != nil {
		t.Fatal(err)
	}
	key, err := private.Public()
	if err != nil {
		t.Fatal(err)
	}
	pem, err := key.PEM()
	if err != nil {
		t.Fatal(err)
	}
	print := Fingerprint(key)
	grouped := strings.Join([]string{print[:16], print[16:32], print[32:48], print[48:]}, " ")
	for _, text := range []string{print, strings.ToUpper(print), " " + print + "\n", grouped, string(key), pem,
		"# whom we trust\n" + print + "  市妇儿工委办\n", `{"fingerprint":"` + print + `"}`} {
		if trust, err := ReadTrust(text); err != nil || !trust.Holds(key) {
			t.Errorf("%q: %v, %v", text, trust, err)
		}
	}
	for _, text := range []string{"", "abc", print[:63], print + "0", "# " + print} {
		if trust, err := ReadTrust(text); err == nil {
			t.Errorf("%q is trusted as %v", text, trust)
		}
	}
	if (Trust{"", strings.Repeat("0", 64)}).Holds(key) {
		t.Error("anybody is trusted")
	}
}
