package submission_test

// A receipt is valid offline for who trusts its issuer, and whatever leaf of it is changed is named. Other programs
// verify it in independent_test.go.

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/db/dbtest"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
	"yipanqi/internal/web/webtest"
)

// receiptOf takes one submission through and returns its receipt as handed out.
func receiptOf(t *testing.T, c *city) []byte {
	t.Helper()
	s := c.open(0, "2018")
	c.through(0, s.ID, cells("100", "120", "10", "20"))
	r := view(c, func(tx *db.Tx) (submission.Receipt, error) {
		v, err := submission.VersionByID(tx, c.get(s.ID).AcceptedID)
		if err != nil {
			return submission.Receipt{}, err
		}
		return submission.Issue(tx, c.get(s.ID), v, c.secrets.Installation)
	})
	data, err := json.MarshalIndent(r, "", "  ")
	c.must(err)
	return data
}

func oneCity(t *testing.T) *city {
	t.Helper()
	return newCity(t, dbtest.Open(t, dbtest.SQLite(t)), nil)
}

func TestReceiptIsValidOffline(t *testing.T) {
	t.Parallel()
	c := oneCity(t)
	data := receiptOf(t, c)
	for _, key := range []string{string(c.issuer), sign.Fingerprint(c.issuer)} {
		result := submission.VerifyReceipt(data, key)
		if !result.Valid || result.Sample || len(result.Signatures) != 2 ||
			!strings.HasPrefix(result.String(), "有效 valid\n") ||
			!strings.Contains(result.String(), "✓ 文本的SM3摘要与记录的摘要一致\n") {
			t.Errorf("with key %.8q the receipt is not valid:\n%s", key, result)
		}
	}
	other, err := sign.Generate()
	c.must(err)
	public, err := other.Public()
	c.must(err)
	if result := submission.VerifyReceipt(data, string(public)); result.Valid || len(result.Changed) != 0 {
		t.Errorf("a receipt of another installation passes:\n%s", result)
	}
	if head, err := submission.ReceiptHead(data); err != nil || head.Seq != 0 {
		t.Errorf("the journal's head reads %+v, %v", head, err)
	}
	if _, err := submission.ReceiptHead([]byte(`{"schema":"x"}`)); err == nil {
		t.Error("anything passes as a receipt's head")
	}
}

// While an amendment is on its way, the receipt is about what counts: the version that was accepted, until both have
// signed the next one.
func TestTheReceiptIsOfWhatCounts(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		s := newSite(c)
		at := c.open(0, "2018")
		number := func(when, want string, state submission.State, status int) {
			t.Helper()
			answer := s.Check(t, webtest.Scenario{As: "first", Path: at.URL() + "/receipt?format=json", Status: status})
			var r submission.Receipt
			if status == 0 {
				c.must(json.Unmarshal(answer.Body.Bytes(), &r))
			}
			if r.Submission.Version != want || r.Submission.State != state ||
				r.Submission.AcceptedAt.IsZero() != (state != submission.Accepted) {
				t.Errorf("%s, the receipt says %+v, want version %q, %s", when, r.Submission, want, state)
			}
		}
		number("before anybody signed", "", "", 404)
		c.must(c.save(c.first[0], at.ID, cells("1", "1", "1", "1")))
		c.must(c.prepare(c.first[0], at.ID))
		number("signed by one", "", "", 404)
		c.must(c.sign(c.second[0], at.ID))
		number("signed by both", "1", submission.Signed, 0)
		c.must(c.do(c.office, at.ID, c.accept))
		number("accepted", "1", submission.Accepted, 0)
		c.must(c.do(c.first[0], at.ID, amend))
		c.must(c.save(c.first[0], at.ID, cells("2", "1", "1", "1")))
		c.must(c.prepare(c.first[0], at.ID))
		number("amended and signed by one", "1", submission.Accepted, 0)
		c.must(c.sign(c.second[0], at.ID))
		number("amended and signed by both", "2", submission.Signed, 0)
	})
}

// A second signature that is dated before the first makes a receipt no less genuine; it is marked.
func TestBackdatedSignatureIsMarked(t *testing.T) {
	t.Parallel()
	c := oneCity(t)
	s := c.open(0, "2018")
	c.through(0, s.ID, cells("100", "120", "10", "20"))
	for _, ahead := range []time.Duration{0, time.Minute} {
		r := view(c, func(tx *db.Tx) (submission.Receipt, error) {
			v, err := submission.VersionByID(tx, c.get(s.ID).AcceptedID)
			v.Signatures[1].At = v.Signatures[0].At.Add(-ahead)
			if err != nil {
				return submission.Receipt{}, err
			}
			return submission.Issue(tx, c.get(s.ID), v, c.secrets.Installation)
		})
		data, err := json.Marshal(r)
		c.must(err)
		result := submission.VerifyReceipt(data, string(c.issuer))
		if marked := strings.Contains(result.String(), "有签字早于它前面的一位"); !result.Valid ||
			result.Backdated != (ahead > 0) || marked != result.Backdated {
			t.Errorf("the second signature is dated %v before the first:\n%s", ahead, result)
		}
	}
}

// Whatever leaf of a receipt is changed, its place is named and the receipt is invalid.
func TestEveryChangeOfAReceiptIsNamed(t *testing.T) {
	t.Parallel()
	data := receiptOf(t, oneCity(t))
	var r submission.Receipt
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	for path := range r.Leaves {
		changed := tamper(t, data, path)
		result := submission.VerifyReceipt(changed, "")
		if result.Valid || !slices.ContainsFunc(result.Changed,
			func(p submission.Place) bool { return p.Path == path }) || len(result.Changed) != 1 {
			t.Errorf("%s was changed; named are %v", path, result.Changed)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(r.Leaves))[:3] {
		changed := tamper(t, data, fmt.Sprintf("leaves[%q]", path))
		if result := submission.VerifyReceipt(changed, ""); result.Valid || len(result.Changed) != 1 ||
			result.Changed[0].Path != "leaves."+path {
			t.Errorf("the leaf of %s was changed; named are %v", path, result.Changed)
		}
	}
	if result := submission.VerifyReceipt(tamper(t, data, "seal"), ""); result.Valid || len(result.Changed) != 1 ||
		result.Changed[0].Path != "seal" {
		t.Errorf("the seal was changed; named are %v", result.Changed)
	}
	digit := strings.Replace(string(data), `"value": "120"`, `"value": "121"`, 1)
	if result := submission.VerifyReceipt([]byte(digit), ""); result.Valid ||
		result.Changed[0].Path != "content.cells[1].value" || !strings.Contains(result.String(),
		"结婚登记人数·女，现在是“121”") {
		t.Errorf("one digit changed:\n%s", result)
	}
	for _, bad := range []string{"", "[]", "{}", `{"leaves":{},"seal":""}`, string(data[:len(data)/2]),
		strings.Replace(string(data), `"digest"`, `"digest":"","digest"`, 1)} {
		if result := submission.VerifyReceipt([]byte(bad), ""); result.Valid || result.String() == "" {
			t.Errorf("%.20q passes as a receipt", bad)
		}
	}
}

// What the checks of a receipt say of a change, one by one; and what a program is told of it.
func TestEachCheckOfAReceiptLooksAtItsOwn(t *testing.T) {
	t.Parallel()
	c := oneCity(t)
	data := receiptOf(t, c)
	const same, sealed = "回执与签字文本说的是同一份报表、同一版本", "回执由出具它的系统封签，封签验证通过"
	ok := func(r submission.Result, words string) bool {
		for _, a := range r.Assertions {
			if a.Words.String() == words {
				return a.OK
			}
		}
		t.Fatalf("nothing is said of %s", words)
		return false
	}
	good := submission.VerifyReceipt(data, string(c.issuer))
	if !ok(good, same) || !ok(good, sealed) || !good.Problem.IsZero() || len(good.Findings()) != 0 {
		t.Errorf("of a good receipt is said %s, %+v", good, good.Findings())
	}
	for _, words := range []string{"演示签名", "密钥另由", "%!"} {
		if strings.Contains(good.String(), words) {
			t.Errorf("a good receipt says %q:\n%s", words, good)
		}
	}
	for _, words := range []string{"SM3 " + good.Digest, "东山区卫生健康委 婚前医学检查情况 2018，第1版", good.Issuer} {
		if !strings.Contains(good.String(), words) {
			t.Errorf("a good receipt does not say %q:\n%s", words, good)
		}
	}
	for path, words := range map[string]string{"submission.id": same, "submission.version": same,
		"installation.id": sealed, "seal": sealed} {
		r := submission.VerifyReceipt(tamper(t, data, path), string(c.issuer))
		if ok(r, words) || r.Intact || !r.Problem.IsZero() {
			t.Errorf("%s was changed, and of the rest is said %s", path, r)
		}
		findings := r.Findings()
		if len(findings) < 2 || findings[0].Code != "receipt.changed" || findings[0].Column != path ||
			!slices.ContainsFunc(findings, func(f journal.Finding) bool { return f.Expected == words }) {
			t.Errorf("%s was changed; a program is told %+v", path, findings)
		}
	}
	sample := strings.Replace(string(data), `"schema"`, `"sample": true, "schema"`, 1)
	if r := submission.VerifyReceipt([]byte(sample), ""); !r.Sample || ok(r, same) ||
		!strings.Contains(r.String(), "演示签名") {
		t.Errorf("a receipt that calls itself a sample is said to be %s", r)
	}
	stranger := submission.VerifyReceipt(data)
	if !stranger.Intact || !strings.Contains(stranger.String(), "签发者未知：") || len(stranger.Findings()) != 1 ||
		stranger.Findings()[0].Code != "receipt.issuer" {
		t.Errorf("of an issuer that nobody trusts is said %s, %+v", stranger, stranger.Findings())
	}
	if r := submission.VerifyReceipt(tamper(t, data, "seal")); !r.Problem.IsZero() {
		t.Errorf("changed, and of an unknown issuer, its problem is %s", r.Problem)
	}
	none := submission.VerifyReceipt([]byte("[]"), "")
	if f := none.Findings(); len(f) < 1 || f[0].Code != "receipt.unreadable" ||
		!strings.Contains(none.String(), none.Problem.String()) || strings.Contains(none.String(), "issuer:") ||
		strings.Contains(none.String(), "SM3 \n") {
		t.Errorf("what is no receipt is said to be %s, %+v", none, f)
	}
	var tree map[string]any
	c.must(json.Unmarshal(data, &tree))
	content := tree["content"].(map[string]any)
	content["cells"] = content["cells"].([]any)[:3]
	shorter, err := json.Marshal(tree)
	c.must(err)
	if r := submission.VerifyReceipt(shorter, ""); r.Valid || !slices.ContainsFunc(r.Changed,
		func(p submission.Place) bool { return strings.HasPrefix(p.Path, "content.cells[3]") }) {
		t.Errorf("the last cell was taken out; named are %v", r.Changed)
	}
}

// tamper changes the leaf at path, by the same walk by which leaves are named.
func tamper(t *testing.T, data []byte, path string) []byte {
	t.Helper()
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	found := false
	var walk func(v any, at string) any
	walk = func(v any, at string) any {
		if at == path {
			found = true
			switch v := v.(type) {
			case string:
				if v == "" {
					return "1"
				}
				runes := []rune(v)
				if last := &runes[len(runes)-1]; *last == '0' {
					*last = '1'
				} else {
					*last = '0'
				}
				return string(runes)
			case bool:
				return !v
			}
			return "1"
		}
		switch v := v.(type) {
		case map[string]any:
			for key, member := range v {
				next := key
				if at != "" {
					next = at + "." + key
				}
				if at == "leaves" {
					next = fmt.Sprintf("leaves[%q]", key)
				}
				v[key] = walk(member, next)
			}
		case []any:
			for i, item := range v {
				v[i] = walk(item, fmt.Sprintf("%s[%d]", at, i))
			}
		}
		return v
	}
	tree = walk(tree, "")
	if !found {
		t.Fatalf("no leaf %s", path)
	}
	changed, err := json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return changed
}

func FuzzVerifyReceipt(f *testing.F) {
	f.Add([]byte(`{"schema":"yipanqi/receipt/1","leaves":{},"seal":"","content":{},"signatures":[{}]}`))
	f.Add([]byte(`{"content":{"cells":[{"value":"1"}]},"leaves":{"x":"y"},"seal":"MEUC"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if result := submission.VerifyReceipt(data, ""); result.Valid {
			t.Fatalf("made up, and valid: %s", data)
		} else if result.String() == "" {
			t.Fatal("no words")
		}
	})
}
