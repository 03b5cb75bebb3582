// Package meeting is the committee's meetings: from agenda to decision to matter without retyping, who was really
// there, who has been trained. A notice and the minutes go out as letters, a decision that is followed up becomes a
// matter: their lives are those packages' business.
package meeting

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
)

// Meeting is one meeting without what hangs on it.
type Meeting struct {
	ID         string
	Number     string // '' until it is notified
	Title      string
	Kind       string // code of a Kind
	Session    string // 第六次
	Host       string
	CoHosts    []string
	AreaPath   string // of the host's area
	Starts     time.Time
	Ends       time.Time
	Form       string
	Place      string
	ChairUnit  string
	ChairRole  string
	About      string // an object
	PreparedBy string // id of the meeting that prepared it
	Scope      string // who is asked to come, in words
	ReplyBy    string // a day
	Source     string // of what was brought in from a publication
	SourceURL  string
	State      State
	Reason     string // of the last move, or of calling it off
	Entries    int64
	Version    int64
	UpdatedBy  string
	UpdatedAt  time.Time
}

// Object is the meeting's name in journal, search and trail.
func (m Meeting) Object() string { return Object(m.ID) }

// Object is the name of the meeting with an id.
func Object(id string) string { return "meeting/" + id }

// URL is the meeting's page.
func (m Meeting) URL() string { return "/meetings/" + m.ID }

// Day is the day on which it begins.
func (m Meeting) Day() string { return dayOf(m.Starts) }

func dayOf(at time.Time) string { return at.In(db.China).Format(time.DateOnly) }

// Forms that a meeting takes.
const (
	Room    = "room"
	Video   = "video"
	Written = "written"
)

var formWords = map[string]say.Key{Room: "现场", Video: "视频", Written: "书面"}

// What an agenda item is, may be seen by and came to.
var (
	itemKinds = []choice{{"report", "报告"}, {"brief", "通报"}, {"review", "审议"}, {"convey", "传达"},
		{"exchange", "交流发言"}, {"speech", "讲话"}, {"sign", "签约"}, {"train", "培训"}, {"discuss", "讨论"}}
	visibles = []choice{{"all", "参会各方"}, {"members", "出席单位"}, {"office", "主办单位"}}
	outcomes = []choice{{"passed", "通过"}, {"passed_in_principle", "原则通过"}, {"revise", "修改后再议"},
		{"rejected", "未通过"}, {"heard", "听取"}, {"noted", "知悉"}}
	capacities = []choice{{"attend", "出席"}, {"sit_in", "列席"}, {"guest", "特邀"}}
	levels     = []choice{{"head", "主要领导"}, {"deputy", "分管领导"}, {"liaison", "联络员"},
		{"statistician", "统计负责人"}, {"any", "不限"}}
	checkIns = []choice{{"qr", "扫码"}, {"list", "名单"}, {"video", "视频"}}
	subjects = []choice{{"duties", "履职"}, {"statistics", "监测统计"}, {"gender", "性别平等"}, {"assessment", "评估"},
		{"supervision", "督导"}, {"system", "系统操作"}}
)

// choice is a code with its Chinese word.
type choice struct {
	Code string
	Word say.Key
}

func wordOf(choices []choice, code string) say.Key {
	for _, c := range choices {
		if c.Code == code {
			return c.Word
		}
	}
	return say.Key(code)
}

func known(choices []choice, code string) bool {
	return slices.ContainsFunc(choices, func(c choice) bool { return c.Code == code })
}

// codeOf is the code that a word or a code stands for, "" for neither.
func codeOf(choices []choice, said string) string {
	for _, c := range choices {
		if c.Code == said || string(c.Word) == said {
			return c.Code
		}
	}
	return ""
}

const (
	maxTitle = 100 // characters, so that the title of a letter about it has room
	maxText  = 20000
	maxShort = 600
	maxSeats = 500
)

func short(text string, most int) bool { return utf8.RuneCountInString(text) <= most }

// Validate says everything that is wrong with a meeting as typed. today is the day on which it is put down; whoever
// holds the meeting may put down one that is over.
func (m Meeting) Validate(tx *db.Tx) error {
	f := errs.Fields{}
	if m.Title == "" || !short(m.Title, maxTitle) {
		f.Say("title", "请写会议名称，%d个字以内。", maxTitle)
	}
	if kind, err := KindOf(tx, m.Kind); err != nil {
		return err
	} else if kind.Code == "" {
		f.Say("kind", "请选会议类别。")
	}
	if formWords[m.Form] == "" {
		f.Say("form", "请选会议形式：现场、视频或书面。")
	}
	if m.Form == Room && m.Place == "" {
		f.Say("place", "现场会议要写地点。")
	}
	if m.Starts.IsZero() {
		f.Say("starts", "请填开始时间，例如 2024-03-20 09:00。")
	}
	if m.Ends.IsZero() {
		f.Say("ends", "请填结束时间，例如 2024-03-20 11:30。")
	} else if !m.Ends.After(m.Starts) {
		f.Say("ends", "结束时间要晚于开始时间。")
	} else if m.Ends.Sub(m.Starts) > 15*24*time.Hour {
		f.Say("ends", "一次会议不超过15天。请核对开始和结束时间。")
	}
	if m.ReplyBy != "" && !m.Starts.IsZero() && m.ReplyBy >= m.Day() {
		f.Say("reply_by", "回执日要在开会那天之前。")
	}
	for name, text := range map[string]string{"session": m.Session, "place": m.Place, "about": m.About} {
		if !short(text, maxTitle) {
			f.Say(name, "请不要超过%d个字。", maxTitle)
		}
	}
	if !short(m.Scope, maxShort) {
		f.Say("scope", "请不要超过%d个字。", maxShort)
	}
	if err := m.units(tx, f); err != nil {
		return err
	}
	return f.Check("会议没有保存，请看标出的地方。")
}

// units holds the units that a meeting names against those that are there on its day.
func (m Meeting) units(tx *db.Tx, f errs.Fields) error {
	for field, codes := range map[string][]string{"host": {m.Host}, "co_hosts": m.CoHosts,
		"chair_unit": {m.ChairUnit}} {
		for _, code := range codes {
			if err := standing(tx, f, field, code, m.Day()); err != nil {
				return err
			}
		}
	}
	if m.PreparedBy == "" {
		return nil
	}
	before, err := byID(tx, m.PreparedBy)
	if errs.KindOf(err) == errs.Missing || err == nil && (before.ID == m.ID || before.Starts.After(m.Starts)) {
		f.Say("prepared_by", "没有这次会前会，或者它晚于本次会议。")
		return nil
	}
	return err
}

// standing says at a field that a unit is not there on a day.
func standing(tx *db.Tx, f errs.Fields, field, code, day string) error {
	if code == "" {
		f.Say(field, "请选单位。")
		return nil
	}
	unit, err := network.UnitByCode(tx, code)
	switch {
	case errs.KindOf(err) == errs.Missing:
		f.Say(field, "没有这个单位：%s", code)
	case err != nil:
		return err
	case unit.ClosesOn != "" && unit.ClosesOn <= day || unit.OpensOn > day:
		f.Say(field, "%s在%s不在册，不能选。", unit.Name, day)
	}
	return nil
}

// ParseTime reads an instant as a browser's field, a person or a program writes it; without a zone it is China's time.
func ParseTime(text string) (time.Time, bool) {
	text = strings.TrimSpace(text)
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006/1/2 15:04",
		"2006-1-2 15:04"} {
		if at, err := time.ParseInLocation(layout, text, db.China); err == nil {
			return at.UTC(), true
		}
	}
	at, err := time.Parse(time.RFC3339, text)
	return at.UTC(), err == nil
}

// AgendaItem is one item of a meeting's agenda.
type AgendaItem struct {
	ID          string
	Meeting     string
	Number      int
	Title       string
	Kind        string
	SpeakerUnit string
	Speaker     string
	Minutes     int
	Paper       string // object that is reviewed
	VisibleTo   string
	Outcome     string
	Subjects    []string // of training
	Hours       string
	Teacher     string
}

// Object is the item's name where files lie on it.
func (a AgendaItem) Object() string { return "agenda/" + a.ID }

// Validate says everything that is wrong with an item as typed.
func (a AgendaItem) Validate(tx *db.Tx, m Meeting) error {
	f := errs.Fields{}
	if a.Title == "" || !short(a.Title, maxTitle) {
		f.Say("title", "请写议程题目，%d个字以内。", maxTitle)
	}
	if !known(itemKinds, a.Kind) {
		f.Say("kind", "请选议程类型。")
	}
	if !known(visibles, a.VisibleTo) {
		f.Say("visible_to", "请选材料谁能看。")
	}
	if a.Minutes < 0 || a.Minutes > 1440 {
		f.Say("minutes", "请填0至1440之间的分钟数。")
	}
	if !short(a.Speaker, maxTitle) || !short(a.Teacher, maxTitle) || !short(a.Paper, maxTitle) {
		f.Say("speaker", "请不要超过%d个字。", maxTitle)
	}
	if a.Kind == train {
		if len(a.Subjects) == 0 || slices.ContainsFunc(a.Subjects, func(s string) bool { return !known(subjects, s) }) {
			f.Say("subjects", "培训议程要选培训内容，至少一项。")
		}
		if !isHours(a.Hours) {
			f.Say("hours", "请填学时，例如 3 或 1.5，不超过200。")
		}
	} else if len(a.Subjects) > 0 || a.Hours != "" || a.Teacher != "" {
		f.Say("subjects", "只有培训议程填培训内容、学时和讲师。")
	}
	if a.SpeakerUnit != "" {
		if err := standing(tx, f, "speaker_unit", a.SpeakerUnit, m.Day()); err != nil {
			return err
		}
	}
	return f.Check("议程没有保存，请看标出的地方。")
}

const train = "train"

// isHours: digits with at most one decimal, more than none, no more than 200.
func isHours(text string) bool {
	whole, half, point := strings.Cut(text, ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	if !digits(whole) || len(whole) > 3 || whole > "200" && len(whole) == 3 || point && (!digits(half) ||
		len(half) > 1) {
		return false
	}
	return strings.Trim(whole+half, "0") != ""
}
