package engagement

// Third parties: bodies hired to evaluate. What they deliver, who accepted it, and surveys as counts: raw answers are
// nobody's business here.

import (
	"slices"
	"strings"
	"time"

	"yipanqi/internal/auth"
	"yipanqi/internal/calendar"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/evidence"
	"yipanqi/internal/flow"
	"yipanqi/internal/held"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// ThirdParty is one contract.
type ThirdParty struct {
	ID           string        `json:"id"`
	Office       string        `json:"office"`
	AreaPath     string        `json:"-"`
	About        string        `json:"about,omitempty"`
	Unit         string        `json:"unit,omitempty"`
	Name         string        `json:"name"`
	OpensOn      string        `json:"opens_on"`
	ClosesOn     string        `json:"closes_on"`
	Scope        string        `json:"scope"`
	Methods      []string      `json:"methods"`
	Deliverables []Deliverable `json:"deliverables"`
	Surveys      []Survey      `json:"surveys"`
	State        State         `json:"state"`
	Reason       string        `json:"reason,omitempty"`
	Version      int64         `json:"version"`
	UpdatedBy    string        `json:"-"`
	UpdatedAt    time.Time     `json:"-"`
}

// Deliverable is something that the third party owes, with the file once it is there.
type Deliverable struct {
	Title       string `json:"title"`
	Due         string `json:"due"`
	File        string `json:"file,omitempty"` // of evidence
	DeliveredOn string `json:"delivered_on,omitempty"`
	DelivererID string `json:"deliverer,omitempty"`
	AcceptedOn  string `json:"accepted_on,omitempty"`
	AcceptedBy  string `json:"accepted_by,omitempty"`
}

// Survey is one survey as it is counted.
type Survey struct {
	Who        string `json:"who"`
	Mode       string `json:"mode"`
	Sent       int    `json:"sent"`
	Valid      int    `json:"valid"`
	From       string `json:"from"`
	Until      string `json:"until"`
	Instrument string `json:"instrument"` // file of evidence
	Results    string `json:"results"`
}

// Methods of a third party, and modes of a survey, in the order in which a page offers them.
var (
	Methods = []string{"desk", "data", "survey", "interview", "symposium", "site"}
	Modes   = []string{"online", "paper", "phone", "face"}
)

// MethodWords and ModeWords are what they are called.
func MethodWords(code string) say.Key {
	return map[string]say.Key{"desk": "资料分析", "data": "数据分析", "survey": "问卷", "interview": "访谈",
		"symposium": "座谈", "site": "实地"}[code]
}

// ModeWords is what the mode of a survey is called.
func ModeWords(code string) say.Key {
	return map[string]say.Key{"online": "网上", "paper": "纸质", "phone": "电话", "face": "面访"}[code]
}

// Object is the third party's name in the journal.
func (t ThirdParty) Object() string { return "third_party/" + t.ID }

// URL is its page.
func (t ThirdParty) URL() string { return "/third-parties/" + t.ID }

// StateOn is the state as it is shown on a day.
func (t ThirdParty) StateOn(day string) State {
	if t.State == Signed && t.ClosesOn < day {
		return Ended
	}
	return t.State
}

const maxSurveyed = 100_000_000

// check refuses what contradicts itself.
func (t *ThirdParty) check() error {
	wrong := errs.Fields{}
	t.Name, t.Scope, t.Methods = strings.TrimSpace(t.Name), strings.TrimSpace(t.Scope), clean(t.Methods)
	if t.Name == "" && t.Unit == "" || longer(t.Name, maxName) {
		wrong.Say("name", "请写机构名称，最多%d个字。", maxName)
	}
	switch {
	case !calendar.IsDay(t.OpensOn):
		wrong.Say("opens_on", "请填开始日期，例如 2016-01-01。")
	case !calendar.IsDay(t.ClosesOn):
		wrong.Say("closes_on", "请填合同的最后一天，例如 2024-03-15。过了这一天第三方什么都看不到。")
	case t.ClosesOn < t.OpensOn:
		wrong.Say("closes_on", "结束日期不能早于开始日期。")
	}
	if t.Scope == "" || longer(t.Scope, maxText) {
		wrong.Say("scope", "请写评估范围，最多%d个字。", maxText)
	}
	if len(t.Methods) == 0 || slices.ContainsFunc(t.Methods, func(m string) bool { return MethodWords(m) == "" }) {
		wrong.Say("methods", "请选择评估方法。")
	}
	if len(t.Deliverables) == 0 {
		wrong.Say("deliverables", "请至少写一项成果。")
	}
	for n, d := range t.Deliverables {
		if d.Title == "" || longer(d.Title, maxName) || !calendar.IsDay(d.Due) || d.Due < t.OpensOn ||
			d.Due > t.ClosesOn {
			wrong.Say("deliverables", "第%d项成果：请写名称（最多%d个字）和合同期内的交付日期。", n+1, maxName)
		}
	}
	return wrong.Check("没有保存：请先改正标出的地方。")
}

// apart refuses a contractor that is itself a member of the committee, or the office, by whatever name it is written.
func (t *ThirdParty) apart(tx *db.Tx) error {
	field, text := "name", t.Name
	if t.Unit != "" {
		field, text = "unit", t.Unit
	}
	u, at, known, err := meant(tx, text, t.AreaPath)
	if err == nil && t.Unit != "" && (!known || !strings.HasPrefix(at.Path, t.AreaPath)) {
		err = errs.Missingf("没有找到这个单位，或者它不在您的工作范围内。")
	}
	if err != nil {
		return errs.In(field, err)
	}
	if !known {
		return nil
	}
	t.Unit = u.Code
	seats, err := network.MembershipsOf(tx, t.Unit, max(t.OpensOn, tx.Today()))
	if err != nil {
		return err
	}
	if u.Code == t.Office {
		return errs.Fields{field: say.New("%s就是聘请的单位，不能作自己的第三方。请另选机构。", u.Name)}.
			Check("没有保存：聘请的单位不能作第三方。")
	}
	if len(seats) > 0 {
		return errs.Fields{field: say.New("%s是成员单位，不能作第三方。请另选机构。", u.Name)}.
			Check("没有保存：成员单位不能作第三方。")
	}
	t.Name = u.Name
	return nil
}

var unknown = errs.Missingf("没有找到这个第三方。它可能不存在，或者您没有查看权限。")

// ReadThird returns one that by may see: its office, and who is engaged for it today.
func ReadThird(tx *db.Tx, by auth.User, id string) (t ThirdParty, engaged bool, err error) {
	if t, err = GetThird(tx, id); err != nil {
		return t, false, err
	}
	if by.Sees(t.Office, t.AreaPath) {
		return t, false, nil
	}
	own, err := Open(tx, by)
	if err == nil && !slices.ContainsFunc(own, func(e Engagement) bool { return e.Third == t.ID }) {
		err = unknown
	}
	if err != nil {
		return ThirdParty{}, false, err
	}
	return t, true, nil
}

// Contract registers a third party.
func Contract(tx *db.Tx, by auth.User, t ThirdParty, h House) (ThirdParty, error) {
	t.ID, t.State, t.Version, t.UpdatedBy, t.UpdatedAt = db.NewID(), Signed, 1, by.Name, tx.Now
	at := slices.IndexFunc(by.Posts, func(p auth.Post) bool { return p.Role == auth.Office })
	if at < 0 {
		return t, errs.Deniedf("第三方须由妇儿工委办登记。")
	}
	t.Office, t.AreaPath, t.Surveys = by.Posts[at].Unit, by.Posts[at].AreaPath, []Survey{}
	if _, _, err := hiring.Take(VerbContract, by, ThirdParty{Office: t.Office}.as(by, false)); err != nil {
		return t, err
	}
	if t.About != "" {
		if err := h.Adds(tx, by, t.About); err != nil {
			return t, errs.In("about", err)
		}
	}
	if err := t.check(); err != nil {
		return t, err
	}
	if err := t.apart(tx); err != nil {
		return t, err
	}
	if err := insertThird(tx, t); err != nil {
		return t, err
	}
	return t, held.Log(tx, by, VerbContract, t.Object(), nil, t.row(), nil)
}

// contracted refuses an engagement for a third party outside of its contract.
func (e *Engagement) contracted(tx *db.Tx) error {
	wrong := errs.Fields{}
	if (e.Role == ByContract) != (e.Third != "") {
		wrong.Say("third_party", "第三方人员要选所属的第三方；专家和督导员不选。")
		return wrong.Check("没有保存：请先改正标出的地方。")
	}
	if e.Third == "" {
		return nil
	}
	t, err := GetThird(tx, e.Third)
	if err != nil || t.Office != e.Office {
		return errs.In("third_party", orUnseen(err))
	}
	if t.State != Signed || e.OpensOn < t.OpensOn || e.ClosesOn > t.ClosesOn {
		wrong.Say("closes_on", "起止日期要在合同期（%s至%s）以内。", t.OpensOn, t.ClosesOn)
	}
	return wrong.Check("没有保存：请先改正标出的地方。")
}

// papersOfThird refuses to begin for a third party whose contract or statement of independence is not there.
func (e *Engagement) papersOfThird(tx *db.Tx) error {
	if e.Third == "" {
		return nil
	}
	files, err := evidence.Of(tx, ThirdParty{ID: e.Third}.Object())
	for _, field := range []string{fieldContract, fieldIndependence} {
		if err == nil && !slices.ContainsFunc(files, func(f evidence.File) bool {
			return f.Field == field && f.Current()
		}) {
			err = errs.Conflictf("第三方的合同和独立性声明还没有齐。请先附在第三方页上，再启用它的人员。")
		}
	}
	return err
}

// changeThird takes a step.
func changeThird(tx *db.Tx, by auth.User, id string, version int64, verb string, detail map[string]string,
	did []flow.Deed, how func(*ThirdParty) error) (ThirdParty, error) {
	t, engaged, err := ReadThird(tx, by, id)
	if err != nil {
		return t, err
	}
	st, _, err := hiring.Take(verb, by, t.as(by, engaged, did...))
	if err != nil {
		return t, err
	}
	if version != t.Version {
		return t, errs.Conflictf("%s刚刚改过这个第三方。请刷新页面，核对后再操作；您输入的内容仍在本页。", t.UpdatedBy)
	}
	before := t.row()
	if err := how(&t); err != nil {
		return t, err
	}
	t.State, t.UpdatedBy, t.UpdatedAt = State(st.To), by.Name, tx.Now
	if err := updateThird(tx, &t); err != nil {
		return t, err
	}
	return t, held.Log(tx, by, verb, t.Object(), before, t.row(), detail)
}

// Deliver lays a deliverable down; until it is accepted a newer file takes its place.
func Deliver(tx *db.Tx, by auth.User, id string, version int64, number int, f evidence.File) (ThirdParty, error) {
	return changeThird(tx, by, id, version, VerbDeliver, nil, nil, func(t *ThirdParty) error {
		d, err := t.deliverable(number)
		if err != nil {
			return err
		}
		if d.AcceptedOn != "" {
			return errs.Conflictf("这项成果已经验收，不能再换。")
		}
		f.Object, f.Field, f.Replaces, f.Unit = t.Object(), "deliverable", d.File, t.Name
		kept, err := evidence.Attach(tx, by, f)
		d.File, d.DeliveredOn, d.DelivererID = kept.ID, tx.Today(), by.ID
		return err
	})
}

func (t *ThirdParty) deliverable(number int) (*Deliverable, error) {
	if number < 1 || number > len(t.Deliverables) {
		return nil, errs.Missingf("没有这项成果。")
	}
	return &t.Deliverables[number-1], nil
}

// Accept accepts a deliverable; not who delivered it.
func Accept(tx *db.Tx, by auth.User, id string, version int64, number int) (ThirdParty, error) {
	now, err := GetThird(tx, id)
	if err != nil {
		return now, err
	}
	var did []flow.Deed
	if d, err := now.deliverable(number); err == nil {
		did = []flow.Deed{{Verb: VerbDeliver, PersonID: d.DelivererID}}
	}
	return changeThird(tx, by, id, version, VerbAccept, nil, did, func(t *ThirdParty) error {
		d, err := t.deliverable(number)
		switch {
		case err != nil:
			return err
		case d.File == "":
			return errs.Conflictf("这项成果还没有交付，不能验收。")
		case d.AcceptedOn != "":
			return errs.Conflictf("这项成果已经验收。")
		}
		d.AcceptedOn, d.AcceptedBy = tx.Today(), by.Name
		return nil
	})
}

// AddSurvey adds a survey with its instrument and its results.
func AddSurvey(tx *db.Tx, by auth.User, id string, version int64, s Survey, instrument,
	results evidence.File) (ThirdParty, error) {
	return changeThird(tx, by, id, version, VerbSurvey, nil, nil, func(t *ThirdParty) error {
		s.Who = strings.TrimSpace(s.Who)
		wrong := errs.Fields{}
		if s.Who == "" || longer(s.Who, maxName) {
			wrong.Say("who", "请写问的是谁，最多%d个字。", maxName)
		}
		if ModeWords(s.Mode) == "" {
			wrong.Say("mode", "请选择调查方式。")
		}
		if s.Sent < 1 || s.Sent > maxSurveyed {
			wrong.Say("sent", "请填发出多少份，至少1份。")
		}
		if s.Valid < 0 || s.Valid > s.Sent {
			wrong.Say("valid", "有效的不能多于发出的。")
		}
		if !calendar.IsDay(s.From) || !calendar.IsDay(s.Until) || s.Until < s.From ||
			s.From < t.OpensOn || s.Until > t.ClosesOn {
			wrong.Say("until", "请填调查的起止日期，在合同期（%s至%s）以内。", t.OpensOn, t.ClosesOn)
		}
		if instrument.Digest == "" {
			wrong.Say("instrument", "请附上问卷。")
		}
		if results.Digest == "" {
			wrong.Say("results", "请附上汇总结果。不要上传原始答卷。")
		}
		if err := wrong.Check("没有登记：请先改正标出的地方。"); err != nil {
			return err
		}
		for field, f := range map[string]*evidence.File{"instrument": &instrument, "results": &results} {
			f.Object, f.Field, f.Unit = t.Object(), field, t.Name
			kept, err := evidence.Attach(tx, by, *f)
			if err != nil {
				return err
			}
			*f = kept
		}
		s.Instrument, s.Results = instrument.ID, results.ID
		t.Surveys = append(t.Surveys, s)
		return nil
	})
}

// Finish ends a contract before its day, and with it everybody who is engaged for it.
func Finish(tx *db.Tx, by auth.User, id string, version int64, why string) (ThirdParty, error) {
	detail, reason, err := because(why)
	if err != nil {
		return ThirdParty{}, err
	}
	return changeThird(tx, by, id, version, VerbFinish, detail, nil, func(t *ThirdParty) error {
		t.Reason = reason
		all, err := ofThird(tx, t.ID)
		for _, e := range all {
			if err != nil {
				return err
			}
			switch e.State {
			case Active:
				_, err = End(tx, by, e.ID, e.Version, reason)
			case Invited:
				_, err = Drop(tx, by, e.ID, e.Version, reason)
			}
		}
		return err
	})
}
