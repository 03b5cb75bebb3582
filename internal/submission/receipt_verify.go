package submission

// A receipt checked without server or database: what was changed is named by its place, whose it is by keys that the
// reader trusts.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"yipanqi/internal/errs"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
)

// Result is what checking a receipt came to. A receipt that is intact may still come from anybody: it is valid only if
// its issuer is one that the reader trusts.
type Result struct {
	Valid      bool               `json:"valid"`
	Intact     bool               `json:"intact"`
	Sample     bool               `json:"sample,omitempty"` // demonstration signatures, 演示签名
	OnPaper    bool               `json:"signed_on_paper,omitempty"`
	Problem    say.Words          `json:"problem,omitzero"`
	Backdated  bool               `json:"backdated,omitempty"` // a signature is dated before the one it follows
	Changed    []Place            `json:"changed,omitempty"`
	Assertions []signed.Assertion `json:"checks"`
	Submission string             `json:"submission,omitempty"`
	Version    string             `json:"version,omitempty"`
	State      State              `json:"state,omitempty"`
	Form       string             `json:"form,omitempty"`
	Unit       string             `json:"unit,omitempty"`
	Area       string             `json:"area,omitempty"`
	Period     string             `json:"period,omitempty"`
	Digest     string             `json:"digest,omitempty"`
	Issuer     string             `json:"issuer,omitempty"` // fingerprint of the installation's key
	Signatures []signed.Signature `json:"signatures,omitempty"`
	Places     []form.Place       `json:"signing_places,omitempty"` // as the text names them
}

// unknownIssuer is the problem of a receipt that is whole but may come from anybody.
const unknownIssuer = "签发者未知：回执完整，没有一处被改动，但没有指明信任谁的公钥，或者签发者不在其中。"

var backdated = say.New("注意：有签字早于它前面的一位，时钟被拨回过，或者时间被改动过。")

// Place is where a receipt is not what it was when issued.
type Place struct {
	Path  string `json:"path"` // content.cells[3].value
	Words string `json:"words,omitempty"`
}

// VerifyReceipt checks a receipt without server or database: nothing changed, both signatures right, certificates and
// seal by one installation, and that it is one of those trusted, by public key or fingerprint as its office published
// it. Trusting nobody makes no receipt valid: anybody can make keys and sign.
func VerifyReceipt(data []byte, trusted ...string) Result {
	sealed, leaves, err := splitReceipt(data)
	if err != nil {
		return unreadable(err)
	}
	changed, err := sign.ChangedLeaves(json.RawMessage(sealed.text), leaves)
	if err != nil {
		return unreadable(err)
	}
	var r Receipt
	err = json.Unmarshal(sealed.text, &r)
	if err == nil && r.Schema != receiptSchema {
		err = errs.Invalidf("这不是回执，或者不是本程序认识的格式。")
	}
	content, contentErr := ParseContent(string(r.Content))
	if err == nil {
		err = contentErr
	}
	result := Result{Sample: r.Sample || content.Sample, Submission: r.Submission.ID,
		Version: r.Submission.Version, State: r.Submission.State,
		Form: content.Form.Name, Unit: content.Unit.Name, Area: content.Area.Name,
		Period: content.Period, Digest: r.Digest,
		Issuer: sign.Fingerprint(r.Installation.PublicKey), Signatures: r.Signatures,
		Places: content.Places}
	for _, s := range r.Signatures {
		result.Sample, result.OnPaper = result.Sample || s.Sample(), result.OnPaper || s.OnPaper()
	}
	sealOK := sign.Verify(r.Installation.PublicKey, sealed.text, sealed.seal) == nil
	result.Changed = places(changed, sealOK, content)
	if err != nil {
		result.Problem = errs.WordsOf(err)
	}
	result.Assertions = append(result.Assertions,
		signed.Assertion{Words: say.New("逐处核对，没有一处被改动"), OK: len(result.Changed) == 0})
	v := Version{Frozen: signed.Frozen{Text: string(r.Content), Digest: r.Digest}, Signatures: r.Signatures}
	result.Backdated = slices.ContainsFunc(v.Signatures, v.backdated)
	result.Assertions = append(result.Assertions, v.Assertions(r.Installation.PublicKey)...)
	result.Assertions = append(result.Assertions,
		signed.Assertion{Words: say.New("回执与签字文本说的是同一份报表、同一版本"),
			OK: r.Submission.ID == content.Submission && r.Submission.Version == content.Version &&
				r.Sample == content.Sample},
		signed.Assertion{Words: say.New("回执由出具它的系统封签，封签验证通过"),
			OK: result.Issuer == r.Installation.ID && sealOK})
	result.Intact = err == nil && signed.Failed(result.Assertions) == nil
	known := sign.Trust(trusted).Holds(r.Installation.PublicKey)
	result.Assertions = append(result.Assertions, signed.Assertion{Words: say.New("回执由您信任的系统出具"), OK: known})
	result.Valid = result.Intact && known
	if result.Intact && !known {
		result.Problem = say.New(unknownIssuer)
	}
	return result
}

// unreadable is the result of what is no receipt.
func unreadable(err error) Result {
	return Result{Problem: errs.WordsOf(err),
		Assertions: []signed.Assertion{{Words: say.New("回执是完整、规范的JSON文本")}}}
}

// envelope is a receipt without its leaves and seal, as canonical text, and the seal over it.
type envelope struct {
	text []byte
	seal string
}

func splitReceipt(data []byte) (envelope, map[string]string, error) {
	if _, err := sign.Canonical(json.RawMessage(data)); err != nil { // also refuses a key given twice
		return envelope{}, nil, err
	}
	var members map[string]json.RawMessage
	var e envelope
	var leaves map[string]string
	if err := json.Unmarshal(data, &members); err != nil {
		return e, nil, errs.Invalidf("这不是回执：%s", err.Error())
	}
	for name, into := range map[string]any{"leaves": &leaves, "seal": &e.seal} {
		if err := json.Unmarshal(members[name], into); err != nil {
			return e, nil, errs.Invalidf("回执的“%s”缺失或格式不对", name)
		}
		delete(members, name)
	}
	var err error
	e.text, err = sign.Canonical(members)
	return e, leaves, err
}

var cellPath = regexp.MustCompile(`^content\.cells\[(\d+)\]`)

// places names what differs from the leaves. Under a valid seal all the rest is as issued, so the leaves themselves
// were changed.
func places(changed []string, sealOK bool, content Content) (all []Place) {
	for _, path := range changed {
		place := Place{Path: path}
		if sealOK {
			place.Path = "leaves." + path
		} else if found := cellPath.FindStringSubmatch(path); found != nil {
			if i, _ := strconv.Atoi(found[1]); i < len(content.Cells) {
				place.Words = fmt.Sprintf("%s，现在是“%s”", content.Cells[i].Label, content.Cells[i].Value)
			}
		}
		all = append(all, place)
	}
	if len(changed) == 0 && !sealOK {
		all = append(all, Place{Path: "seal"})
	}
	return all
}

// String says it for people, as `yipanqi verify` prints it.
func (r Result) String() string {
	var b bytes.Buffer
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	switch {
	case r.Valid:
		line("有效 valid")
	case r.Intact:
		line("签发者未知 issuer UNKNOWN")
	default:
		line("无效 INVALID")
	}
	if r.Sample {
		line("演示签名 SAMPLE SIGNATURES: 仅供演示，不代表任何单位或个人 a demonstration by nobody real")
	}
	if !r.Problem.IsZero() {
		line("%s", r.Problem)
	}
	for _, p := range r.Changed {
		line("改动之处 changed: %s %s", p.Path, p.Words)
	}
	if r.Submission != "" {
		line("%s %s %s %s，第%s版", r.Area, r.Unit, r.Form, r.Period, r.Version)
		line("SM3 %s", r.Digest)
	}
	for _, s := range r.Signatures {
		word := "签字 signed"
		if s.OnPaper() {
			word = "纸质签字，证明力较弱 signed on paper, a weaker proof"
		}
		if by := s.Certificate.Outside.Authority; by != "" {
			word += "，密钥另由" + by + "证明 key also certified"
		}
		line("%s: %s，%s·%s，%s", word, s.Person, s.Unit, s.Post, s.At.UTC().Format(time.RFC3339))
	}
	if r.Backdated {
		line("%s Note: a signature is dated before the one it follows.", backdated)
	}
	for _, c := range r.Assertions {
		line("  %s %s", map[bool]string{true: "✓", false: "✗"}[c.OK], c.Words)
	}
	if r.Issuer != "" {
		line("签发者公钥指纹 issuer: %s（请与该办公室公布的指纹核对，核对后用 --key 给出）", r.Issuer)
	}
	return b.String()
}

// Findings are what is wrong with the receipt, as data.
func (r Result) Findings() []journal.Finding {
	all := []journal.Finding{}
	if !r.Problem.IsZero() && !r.Intact {
		all = append(all, journal.Finding{Code: "receipt.unreadable", Object: r.Submission, Actual: r.Problem.String()})
	}
	for _, p := range r.Changed {
		all = append(all, journal.Finding{Code: "receipt.changed", Object: r.Submission, Column: p.Path,
			Actual: p.Words})
	}
	for _, c := range r.Assertions {
		if !c.OK && !(r.Intact && !r.Valid) {
			all = append(all, journal.Finding{Code: "receipt.check", Object: r.Submission, Expected: c.Words.String()})
		}
	}
	if r.Intact && !r.Valid {
		all = append(all, journal.Finding{Code: "receipt.issuer", Object: r.Submission, Actual: r.Issuer})
	}
	return all
}
