package submission

import (
	"maps"
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/fact"
	"yipanqi/internal/form"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// audit holds submissions, versions, signatures, journal and facts against each other.
type audit struct {
	tx       *db.Tx
	issuer   sign.PublicKey
	codes    dictionary
	findings []journal.Finding
}

// Verify names everything that does not fit: a version's text against its digest and signatures, each state against its
// journal entries, the live facts against the signed text. It holds one submission at a time in memory; time grows with
// the submissions and the facts.
func Verify(tx *db.Tx, issuer sign.PublicKey) ([]journal.Finding, error) {
	known, err := form.LoadKnown(tx)
	if err != nil {
		return nil, err
	}
	a := audit{tx: tx, issuer: issuer, codes: dictionary{known.Elements, known.Calibres}}
	for after := ""; ; {
		batch, err := page(tx, after, 100)
		if err != nil {
			return a.findings, err
		}
		for _, s := range batch {
			if err := a.submission(s); err != nil {
				return a.findings, err
			}
			after = s.ID
		}
		if len(batch) == 0 {
			return a.findings, a.strays()
		}
	}
}

func (a *audit) found(s Submission, msg string, args ...any) {
	a.findings = append(a.findings, journal.Finding{Object: s.Object(), Msg: "报表%s：" + msg,
		Args: append([]any{s.ID}, args...)})
}

func (a *audit) submission(s Submission) error {
	entries, err := journal.Of(a.tx, s.Object())
	if err != nil {
		return err
	}
	if int64(len(entries)) != s.Entries {
		a.found(s, "应有%d条存证日志，实际有%d条。", s.Entries, len(entries))
	}
	versions, err := Versions(a.tx, s.ID)
	if err != nil {
		return err
	}
	live := a.history(s, entries, versions)
	for i, v := range versions {
		a.version(s, v)
		if c, err := ParseContent(v.Text); i == len(versions)-1 && !s.State.Editable() &&
			(err != nil || !maps.Equal(c.Typed().Cells, s.Typed.Cells)) {
			a.found(s, "填报内容与第%d版签字文本不一致。", v.Number)
		}
	}
	if live.ID != s.AcceptedID {
		a.found(s, "记录的生效版本与存证日志不符。")
		return nil
	}
	if s.AcceptedID == 0 {
		return nil
	}
	return a.facts(s, live)
}

// history replays the journal through the state table and returns the version it made live.
func (a *audit) history(s Submission, entries []journal.Entry, versions []Version) (live Version) {
	byNumber := map[string]Version{}
	unsigned := map[string]bool{} // signatures that no entry speaks of
	for _, v := range versions {
		byNumber[strconv.FormatInt(v.Number, 10)] = v
		for _, g := range v.Signatures {
			unsigned[strconv.FormatInt(v.Number, 10)+" "+g.Role] = true
		}
	}
	var state State
	for _, e := range entries {
		st, ok := step(state, e.Verb)
		if !ok {
			a.found(s, "存证日志第%d条“%s”不可能发生在“%s”之后。", e.ObjectSeq, e.Verb, state.Words())
			return live
		}
		state = st.To
		number := e.Detail["version"]
		v, frozen := byNumber[number]
		if number != "" && (!frozen || v.Digest != e.Detail["digest"]) {
			a.found(s, "第%s版已不在，或摘要与存证日志第%d条不符。", number, e.ObjectSeq)
		}
		switch e.Verb {
		case VerbPrepare, VerbSign:
			if !v.signedAs(st.Who, e) {
				a.found(s, "第%s版缺少存证日志第%d条所记的签名，或签名人、岗位、时间与存证日志不符。", number, e.ObjectSeq)
			}
			delete(unsigned, number+" "+string(st.Who))
		case VerbAccept, VerbImport:
			live = v
		}
	}
	for place := range unsigned {
		a.found(s, "签名（%s）没有对应的存证日志。", place)
	}
	if state != s.State {
		a.found(s, "状态是“%s”，存证日志记到“%s”。", s.State.Words(), state.Words())
	}
	return live
}

func (v Version) signedAs(who Who, e journal.Entry) bool {
	for _, g := range v.Signatures {
		if g.Role == string(who) {
			return g.PersonID == e.ActorID && g.Person == e.Actor && g.Post == e.Detail["post"] &&
				g.Unit == e.Detail["unit"] &&
				g.KeyID == e.Detail["key"] && g.At.Equal(e.At)
		}
	}
	return false
}

func (a *audit) version(s Submission, v Version) {
	checks := append(v.textChecks(), v.signatureChecks(a.issuer)...)
	if !v.AcceptedAt.IsZero() && v.Source == "" {
		checks = append(checks, v.pairCheck())
	}
	for _, c := range checks {
		if !c.OK {
			a.found(s, "第%d版核验不通过：“%s”不成立。", v.Number, c.String())
		}
	}
}

// facts compares the live facts of the submission's area and period with what the accepted text says.
func (a *audit) facts(s Submission, v Version) error {
	c, err := ParseContent(v.Text)
	if err != nil {
		a.found(s, "第%d版的文本读不出来。", v.Number)
		return nil
	}
	cells, err := a.codes.facts(c)
	if err != nil {
		a.found(s, "第%d版的文本里有认不出的数。", v.Number)
		return nil
	}
	rows, err := countedFrom(a.tx, s, v.ID)
	if err != nil {
		return err
	}
	want := map[fact.Cell]bool{}
	for _, cell := range cells {
		want[cell] = true
	}
	for _, row := range rows {
		if !want[row.Cell] || row.Grade != v.grade() {
			a.found(s, "事实数据与第%d版签字文本不符：数据项%d、性别%d的值是%d。", v.Number, row.Cell.Element,
				row.Cell.Sex, row.Cell.Value)
		}
		delete(want, row.Cell)
	}
	for cell := range want {
		a.found(s, "事实数据缺少第%d版签字文本里的一格：数据项%d、性别%d，应为%d。", v.Number,
			cell.Element, cell.Sex, cell.Value)
	}
	return nil
}

// strays are facts that no accepted version of their area and period vouches for.
func (a *audit) strays() error {
	return strays(a.tx, func(area, period, version int64) error {
		a.findings = append(a.findings, journal.Finding{Msg: "事实数据里有来历不明的数：区域%d、期间%d、版本%d，没有这样一份已审核通过的报表。",
			Args: []any{area, period, version}})
		return nil
	})
}

// Vouch is Checks for the version whose facts are live, and that these are cell by cell what the text says.
func Vouch(tx *db.Tx, s Submission, v Version, issuer sign.PublicKey) ([]Check, error) {
	checks := v.Checks(issuer)
	content, err := ParseContent(v.Text)
	if err != nil {
		return append(checks, Check{Msg: "签字文本读得出来"}), nil
	}
	cells, err := dictionaryOf(s.Form).facts(content)
	if err != nil {
		return append(checks, Check{Msg: "签字文本里的数都认得出来"}), nil
	}
	rows, err := countedFrom(tx, s, v.ID)
	if err != nil {
		return checks, err
	}
	said := map[fact.Cell]bool{}
	for _, cell := range cells {
		said[cell] = true
	}
	same := len(rows) == len(said)
	for _, row := range rows {
		same = same && said[row.Cell] && row.Grade == v.grade()
	}
	return append(checks, Check{Msg: "计入合计的数与签字文本逐格一致", OK: same}), nil
}
