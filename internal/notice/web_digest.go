package notice

// The digest of a day: one text for each person, in that person's language, and one for the office's chat tool. It says
// what the inbox says, so a mail that is lost loses nothing.

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"yipanqi/internal/module"

	"yipanqi/internal/db"
	"yipanqi/internal/job"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/web/part"
)

// Channels that digests leave by.
const (
	MailChannel = "mail"
	ChatChannel = "chat"
)

const (
	perPost   = 30 // lines of a digest from one post; the rest is counted
	chatLines = 20
)

// heap is what one post was told on a day.
type heap struct {
	lines []told
	of    int
}

// digests lays the day's digests ready, for everybody who holds a post that was told something.
func (d Desk) digests(tx *db.Tx, day string) error {
	if !d.Mail && !d.Chat {
		return nil
	}
	posts, things, err := d.read(tx, day)
	if err != nil || len(posts) == 0 {
		return err
	}
	city, err := d.City(tx)
	if err != nil {
		return err
	}
	w := writer{d, day, city, things}
	if d.Chat {
		if err := job.Put(tx, w.chat(posts)); err != nil {
			return err
		}
	}
	if !d.Mail {
		return nil
	}
	held, err := network.Held(tx)
	if err != nil {
		return err
	}
	emails, err := network.Emails(tx)
	if err != nil {
		return err
	}
	languages, err := d.Languages(tx)
	if err != nil {
		return err
	}
	names, of := map[string]string{}, map[string][]heap{}
	for _, p := range held {
		told, some := posts[[2]string{p.Unit, p.Role}]
		lang, open := languages[p.PersonID]
		if !some || !open || emails[p.PersonID] == "" {
			continue
		}
		if names[p.PersonID] = p.Person; lang == "en" && p.PersonEN != "" {
			names[p.PersonID] = p.PersonEN
		}
		of[p.PersonID] = append(of[p.PersonID], told)
	}
	var all []job.Delivery
	for _, person := range slices.Sorted(maps.Keys(of)) {
		all = append(all, w.mail(person, names[person], languages[person], of[person]))
	}
	return job.PutAll(tx, all)
}

// read is what each post was told on a day, and the things that it is about.
func (d Desk) read(tx *db.Tx, day string) (map[[2]string]heap, map[string]module.Due, error) {
	posts := map[[2]string]heap{}
	objects := map[string][]string{} // by source
	err := toldOn(tx, day, func(n told) {
		post := [2]string{n.Unit, n.Role}
		h := posts[post]
		if h.of++; h.of <= perPost {
			source, _, _ := strings.Cut(n.Object, "/")
			h.lines, objects[source] = append(h.lines, n), append(objects[source], n.Object)
		}
		posts[post] = h
	})
	if err != nil {
		return nil, nil, err
	}
	things, err := d.things(tx, objects)
	for post, h := range posts {
		were := len(h.lines)
		h.lines = slices.DeleteFunc(h.lines, func(n told) bool { return things[n.Object].Title == "" }) // gone since
		if h.of -= were - len(h.lines); h.of == 0 {
			delete(posts, post)
			continue
		}
		posts[post] = h
	}
	return posts, things, err
}

// things are those of objects by source. One that is gone is none of them, and so waits for nobody.
func (d Desk) things(tx *db.Tx, objects map[string][]string) (map[string]module.Due, error) {
	all := map[string]module.Due{}
	for _, s := range d.Sources {
		list := objects[s.Object]
		slices.Sort(list)
		for chunk := range slices.Chunk(slices.Compact(list), 1000) {
			found, err := s.Found(tx, chunk)
			if err != nil {
				return nil, err
			}
			maps.Copy(all, found)
		}
	}
	return all, nil
}

// writer writes the texts of a day.
type writer struct {
	desk   Desk
	day    string
	city   string
	things map[string]module.Due
}

// mail is a person's digest.
func (w writer) mail(person, name, lang string, heaps []heap) job.Delivery {
	t := func(zh say.Key, args ...any) string { return part.In(lang, zh, args...) }
	total, lines := 0, []told{}
	for _, h := range heaps {
		total += h.of
		lines = append(lines, h.lines...)
	}
	slices.SortStableFunc(lines, func(a, b told) int { return strings.Compare(a.DueOn, b.DueOn) })
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n\n", t("%s，您好：", name), t("%s，有%d件事等您办理或过问：", w.day, total))
	for i, n := range lines {
		thing := w.things[n.Object]
		fmt.Fprintf(&b, "%d. %s\n   %s\n", i+1, w.line(lang, n, thing), w.when(lang, n))
		if w.desk.BaseURL != "" && thing.URL != "" {
			fmt.Fprintf(&b, "   %s\n", w.desk.BaseURL+thing.URL)
		}
	}
	if rest := total - len(lines); rest > 0 {
		fmt.Fprintf(&b, "\n%s\n", t("另有%d件，见收件箱。", rest))
	}
	fmt.Fprintf(&b, "\n%s\n", t("办完即不再提醒；读过这封邮件不等于办理。"))
	if w.desk.BaseURL != "" {
		fmt.Fprintf(&b, "%s\n", t("收件箱：%s", w.desk.BaseURL+"/inbox"))
	}
	fmt.Fprintf(&b, "%s\n", t("本邮件由系统自动发出，请勿回复。"))
	return job.Delivery{Channel: MailChannel, Key: person + "/" + w.day, Person: person,
		Subject: t("【%s】%s：%d件事提醒", w.city, w.day, total), Body: b.String()}
}

func (w writer) line(lang string, n told, t module.Due) string {
	title := t.Title
	if lang == "en" && t.TitleEN != "" {
		title = t.TitleEN
	}
	unit := t.UnitName
	if lang == "en" && t.UnitNameEN != "" {
		unit = t.UnitNameEN
	}
	return part.In(lang, "%s（%s）：%s", title, unit, w.desk.ask(n, t))
}

func (w writer) when(lang string, n told) string {
	return part.In(lang, "截止日期%s，%s", n.DueOn, dueWords(lang, n.DueOn, w.day))
}

// dueWords say how a day stands to the due day, in days.
func dueWords(lang, dueOn, today string) string {
	due, err := time.Parse(time.DateOnly, dueOn)
	now, wrong := time.Parse(time.DateOnly, today)
	if err != nil || wrong != nil {
		return ""
	}
	n := int(due.Sub(now).Hours() / 24)
	switch {
	case n > 0:
		return part.In(lang, "还有%d天", n)
	case n == 0:
		return part.In(lang, "今天到期")
	}
	return part.In(lang, "已过%d天", -n)
}

// chatText is what a chat tool is sent: JSON that a robot passes on.
type chatText struct {
	Kind string `json:"kind"`
	Day  string `json:"day"`
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
}

// chat is the day in a few lines, for the office: which units were reminded of how many things.
func (w writer) chat(posts map[[2]string]heap) job.Delivery {
	type unit struct {
		name    string
		objects map[string]bool
	}
	units, all := map[string]*unit{}, map[string]bool{}
	for _, h := range posts {
		for _, n := range h.lines {
			t := w.things[n.Object]
			if units[t.Unit] == nil {
				units[t.Unit] = &unit{t.UnitName, map[string]bool{}}
			}
			units[t.Unit].objects[n.Object], all[n.Object] = true, true
		}
	}
	order := slices.SortedFunc(maps.Keys(units), func(a, b string) int {
		if n := len(units[b].objects) - len(units[a].objects); n != 0 {
			return n
		}
		return strings.Compare(a, b)
	})
	var b strings.Builder
	b.WriteString(part.In("zh", "【%s】%s，提醒了%d个单位、%d件事：", w.city, w.day, len(units), len(all)) + "\n")
	for i, code := range order {
		if i == chatLines {
			b.WriteString(part.In("zh", "另有%d个单位。", len(order)-i) + "\n")
			break
		}
		b.WriteString(part.In("zh", "%s：%d件", units[code].name, len(units[code].objects)) + "\n")
	}
	text := chatText{Kind: "reminders", Day: w.day, Text: b.String()}
	if w.desk.BaseURL != "" {
		text.URL = w.desk.BaseURL + "/inbox"
	}
	body, _ := json.Marshal(text) // texts always marshal
	return job.Delivery{Channel: ChatChannel, Key: w.day, Subject: part.In("zh", "%s的提醒", w.day), Body: string(body)}
}
