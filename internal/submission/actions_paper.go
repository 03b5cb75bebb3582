package submission

// The paper route: a version that is printed with its digest, signed by two people in ink and sealed. The unit lays the
// scan down with what the paper bears; the office confirms that it shows both signatures, or says why not. What comes
// of it is a weaker proof than two keys, and is called so wherever it stands.

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/delegation"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/flow"
	"yipanqi/internal/network"
	"yipanqi/internal/signed"
)

// Inked is one signature as the paper bears it.
type Inked struct {
	ID   string `json:"person_id"`
	Name string `json:"person"`
	Post string `json:"post"`
}

// Scan is a scan of a version that was signed in ink, with what the unit says that it shows, and what the office said.
type Scan struct {
	ID         string    `json:"id"`
	VersionID  int64     `json:"-"`
	File       string    `json:"file"`   // opens at /files/
	Digest     string    `json:"digest"` // SM3 of the scan
	On         string    `json:"on"`     // the day on the paper
	Unit       string    `json:"unit"`
	First      Inked     `json:"first"`
	Second     Inked     `json:"second"`
	Third      Inked     `json:"third,omitzero"` // where a form names three
	RecordedID string    `json:"-"`
	RecordedBy string    `json:"recorded_by"`
	RecordedAt time.Time `json:"recorded_at"`
	Verdict    string    `json:"verdict"` // confirmed, refused; empty: it waits
	Reason     string    `json:"reason,omitempty"`
	DecidedID  string    `json:"-"`
	DecidedBy  string    `json:"decided_by,omitempty"`
	DecidedAt  time.Time `json:"decided_at,omitzero"`

	kept string // object and digest of the file, as whoever opens it gets it
}

// inkPlace is a place with whose signature stands there.
type inkPlace struct {
	Role string
	Inked
}

// places are those that the scan shows.
func (g Scan) places() []inkPlace {
	all := []inkPlace{{First, g.First}, {Second, g.Second}}
	if g.Third != (Inked{}) {
		all = append(all, inkPlace{Third, g.Third})
	}
	return all
}

// undecided says that nobody has said anything of it yet.
func (g Scan) undecided() bool {
	return g.Verdict+g.Reason+g.DecidedID+g.DecidedBy == "" && g.DecidedAt.IsZero()
}

// Verdicts of an office on a scan.
const (
	Confirmed = "confirmed"
	Refused   = "refused"
)

// Object is the scan's place among the files: nobody takes one away from there.
func (g Scan) Object() string { return "paper/" + g.ID }

// Print freezes the draft as a version that is to be signed in ink. digest is that of the content that was read.
func Print(tx *db.Tx, by auth.User, id, digest string) (Submission, error) {
	s, st, _, err := take(tx, by, id, VerbPrint)
	if err != nil {
		return s, err
	}
	v, err := freeze(tx, by, s)
	if err != nil {
		return s, err
	}
	if v.Digest != digest {
		return s, errs.Conflictf("内容在您阅读之后有变化，没有定稿。请重新核对后再打印。")
	}
	s.ReturnReason = ""
	return s, move(tx, by, &s, st, v, nil)
}

// Signing is what the unit says of a scan: who signed, by id, on which day, and the file itself, whose bytes are
// kept already.
type Signing struct {
	First, Second, Third string
	On                   string
	File                 evidence.File
}

// LayDown keeps a scan of the printed version: it waits for the office.
func LayDown(tx *db.Tx, by auth.User, id, digest string, in Signing) (Submission, error) {
	s, st, post, err := take(tx, by, id, VerbScan)
	if err != nil {
		return s, err
	}
	v, err := latest(tx, s.ID)
	if err != nil {
		return s, err
	}
	if v.Digest != digest {
		return s, errs.Conflictf("报表又定过稿了。请核对扫描件上的摘要与现在的版本是不是同一份。")
	}
	g := Scan{VersionID: v.ID, Digest: in.File.Digest, On: in.On, Unit: s.Unit.Name, RecordedID: by.ID,
		RecordedBy: by.Name, RecordedAt: tx.Now}
	if err := g.shows(tx, s, v, in); err != nil {
		return s, err
	}
	n, err := countScans(tx, s.ID)
	if err != nil {
		return s, err
	}
	g.ID = s.ID + "." + strconv.FormatInt(n+1, 10)
	in.File.Object, in.File.Unit = g.Object(), post.UnitName
	laid, err := evidence.Attach(tx, by, in.File)
	if err != nil {
		return s, err
	}
	g.File = laid.ID
	if err := insertScan(tx, g); err != nil {
		return s, err
	}
	s.ReturnReason = ""
	return s, move(tx, by, &s, st, v, g.said())
}

// said is what the journal keeps of a scan: all of its row that the entry does not say itself.
func (g Scan) said() map[string]string {
	said := map[string]string{"paper": g.ID, "file": g.File, "scan": g.Digest, "on": g.On, "unit": g.Unit}
	for _, place := range g.places() {
		said[place.Role], said[place.Role+"_name"], said[place.Role+"_post"] = place.ID, place.Name, place.Post
	}
	return said
}

// What is said of an upload that is refused.
const (
	noScan      = "扫描件只收PDF、JPEG、PNG。"
	notLaidDown = "没有上传：请先改正标出的地方。"
)

// scannable are the kinds of files that show a signature.
var scannable = []string{"application/pdf", "image/jpeg", "image/png"}

// shows fills in who signed, or says what of it cannot be.
func (g *Scan) shows(tx *db.Tx, s Submission, v Version, in Signing) error {
	wrong := errs.Fields{}
	given := map[string]string{First: in.First, Second: in.Second, Third: in.Third}
	into := map[string]*Inked{First: &g.First, Second: &g.Second, Third: &g.Third}
	signers := map[string]bool{}
	for _, place := range v.places() {
		all, err := Signatories(tx, s, place)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(i Inked) bool { return i.ID == given[place] })
		switch {
		case at < 0:
			wrong.Say(place, "请选纸面上的签字人：须是%s任报表所定岗位的人，或受其委托代签的人。", s.Unit.Name)
			continue
		case signers[all[at].ID]:
			wrong.Say(place, apartWords[signs[place]])
		}
		*into[place], signers[all[at].ID] = all[at], true
	}
	if !calendar.IsDay(g.On) || g.On > tx.Today() || g.On < v.CreatedAt.In(db.China).Format(time.DateOnly) {
		wrong.Say("on", "请写纸面上的签字日期，不早于定稿打印那天，不晚于今天。")
	}
	switch used, err := scannedAs(tx, g.Digest); {
	case err != nil:
		return err
	case g.Digest == "":
		wrong.Say("scan", "请附签字盖章后的报表的扫描件或照片。")
	case !slices.Contains(scannable, in.File.MediaType):
		wrong.Say("scan", noScan)
	case used != "":
		wrong.Say("scan", "这个文件已经作为扫描件上传过。请扫描这一版签字盖章后的纸面。")
	}
	return wrong.Check(notLaidDown)
}

// Signatories are who may sign in ink at a place: those who hold its post today, or act for who does.
func Signatories(tx *db.Tx, s Submission, part string) (all []Inked, err error) {
	staff, err := network.Staff(tx, s.Unit.Code, "")
	if err != nil {
		return nil, err
	}
	named, err := network.Labels(tx, "role")
	if err != nil {
		return nil, err
	}
	for _, p := range staff {
		if p.Role != s.Role(part) && p.Role != auth.Acting(s.Role(part)) {
			continue
		}
		post, err := delegation.Named(tx, auth.Post{ID: p.ID, Role: p.Role, RoleName: labelOf(named, p.Role).Name,
			Unit: p.Unit})
		if errs.KindOf(err) == errs.Denied {
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, Inked{ID: p.PersonID, Name: p.Person, Post: post.RoleName})
	}
	return all, nil
}

// Confirm says that the scan shows all signatures and the seal: they count from now on, as signatures in ink.
func Confirm(tx *db.Tx, by auth.User, id string, version int64) (Submission, error) {
	s, st, v, g, err := waiting(tx, by, id, VerbConfirm, version)
	if err != nil {
		return s, err
	}
	c, err := ParseContent(v.Text)
	if err != nil {
		return s, err
	}
	if err := s.agrees(v, c); err != nil {
		return s, err
	}
	g.Verdict = Confirmed
	if err := decide(tx, by, g); err != nil {
		return s, err
	}
	for _, place := range g.places() {
		if err := insertSignature(tx, v.ID, signed.Signature{Role: place.Role, Kind: signed.InInk, PersonID: place.ID,
			Person: place.Name, Post: place.Post, Unit: g.Unit, At: tx.Now, Digest: v.Digest}); err != nil {
			return s, err
		}
	}
	detail := map[string]string{"paper": g.ID}
	s.arrived(g.RecordedAt.In(db.China).Format(time.DateOnly), detail)
	return s, move(tx, by, &s, st, v, detail)
}

// Refuse says why the scan does not show what it should: the unit lays down another, or takes the version back.
func Refuse(tx *db.Tx, by auth.User, id string, version int64, reason string) (Submission, error) {
	s, st, v, g, err := waiting(tx, by, id, VerbRefuse, version)
	if err != nil {
		return s, err
	}
	if s.ReturnReason = strings.TrimSpace(reason); s.ReturnReason == "" || !short(reason) {
		return s, errs.Fields{"reason": {Key: "请写明不予确认的原因，600字以内，例如：扫描件上没有签字。"}}.
			Check("没有办理：请写明原因。")
	}
	g.Verdict, g.Reason = Refused, s.ReturnReason
	if err := decide(tx, by, g); err != nil {
		return s, err
	}
	detail := because(reason)
	maps.Copy(detail, map[string]string{"paper": g.ID})
	return s, move(tx, by, &s, st, v, detail)
}

// waiting is the scan that waits for the office, for somebody who neither signed nor laid it down.
func waiting(tx *db.Tx, by auth.User, id, verb string, version int64) (s Submission, st flow.Step, v Version, g Scan,
	err error) {
	s, st, post, err := take(tx, by, id, verb)
	if err != nil {
		return s, st, v, g, err
	}
	if err = s.unchanged(version); err != nil {
		return s, st, v, g, err
	}
	if v, err = latest(tx, s.ID); err != nil {
		return s, st, v, g, err
	}
	at := slices.IndexFunc(v.Scans, func(g Scan) bool { return g.Verdict == "" })
	if at < 0 {
		return s, st, v, g, errs.Missingf("没有等确认的扫描件。请刷新页面看看。")
	}
	g = v.Scans[at]
	return s, st, v, g, life.Independent(st, by, post, deeds(v.Signatures, v.Scans[at:at+1]))
}
