package sample

// The files acts/*.csv of a sample: what its people did with matters, meetings, letters and whatever else modules
// offer, line by line, through the same routes as everybody. Only signatures, which need a key and no phrase here, go
// another way (acts_sign.go). A new module needs no line here.

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/errs"
	"yipanqi/internal/intake"
	"yipanqi/internal/module"
)

const actFiles = "acts/*.csv"

// actColumns: when it happened (2024-01-10 or 2024-01-10 09:30), who did it (a login), the route, the name under which
// its answer is kept for later lines, what is sent (JSON), and a file that goes along: field:name:what stands in it.
const actColumns = "at*=时间 who*=谁 do*=办理 as=记作 with=内容 file=附件"

// Door answers a request within a transaction, as a person: web.Mux.Inside.
type Door func(tx *db.Tx, by auth.User, method, path, media string, body []byte) (json.RawMessage, error)

// act is a line of such a file.
type act struct {
	row                               *intake.Row
	at                                time.Time
	who, method, path, as, with, file string
}

// scheduleActs lays out all lines of all files.
func (p *player) scheduleActs() error {
	for _, row := range p.Rows(actFiles) {
		a := act{row: row, who: row.Text("who"), as: row.Text("as"), with: row.Text("with"), file: row.Text("file")}
		var ok bool
		if a.method, a.path, ok = strings.Cut(row.Text("do"), " "); !ok {
			row.Fail("do", "“%s”应写成：POST /matters", row.Text("do"))
			continue
		}
		at, err := instant(row.Text("at"))
		if err != nil {
			row.Fail("at", "“%s”应写成2024-01-10或2024-01-10 09:30", row.Text("at"))
			continue
		}
		a.at = at
		if p.clocked && at.In(db.China).Format(time.DateOnly) == p.script.Day {
			p.last = append(p.last, a)
			continue
		}
		p.later(at, func() error { return p.act(a) })
	}
	return p.Mistakes()
}

// finish does what is dated on the day on which the sample stands: by then all files are in, its records too.
func (p *player) finish() error {
	for _, a := range p.last {
		p.later(p.end, func() error { return p.act(a) })
	}
	return p.pass()
}

// instant is a day, at nine, or a day and a time.
func instant(text string) (time.Time, error) {
	if at, err := time.ParseInLocation("2006-01-02 15:04", text, db.China); err == nil {
		return at.UTC(), nil
	}
	at, err := time.ParseInLocation(time.DateOnly, text, db.China)
	return at.Add(9 * time.Hour).UTC(), err
}

// act does what a line says; what is refused stops the sample, with the line.
func (p *player) act(a act) error {
	who := slices.IndexFunc(p.actors, func(one actor) bool { return one.login == a.who })
	if who < 0 {
		return a.wrong(fmt.Errorf("there is no login %s", a.who))
	}
	path, err := p.said(a.path, plainly)
	if err != nil {
		return a.wrong(err)
	}
	with, err := p.said(a.with, inJSON)
	if err != nil {
		return a.wrong(err)
	}
	user, err := p.today(p.actors[who])
	if err != nil {
		return a.wrong(err)
	}
	if a.method == signing {
		return a.wrong(p.sign(p.Tx, user, path, module.Key(p.actors[who].key)))
	}
	c, err := a.request(path, with)
	if err != nil {
		return a.wrong(err)
	}
	answer, err := p.door(p.Tx, user, c.method, c.path, c.media, c.body)
	if err != nil {
		return a.wrong(err)
	}
	if a.as != "" {
		p.kept[a.as] = answer
	}
	return nil
}

// today is a person as they are at that moment of the story.
func (p *player) today(a actor) (auth.User, error) { return account.UserOf(p.Tx, a.user.ID) }

func (a act) wrong(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s, line %d, %s %s %s: %w", a.row.File, a.row.Line, a.who, a.method, a.path, err)
}

// call is a request with the type of its body.
type call struct {
	method, path, media string
	body                []byte
}

// request is the line as a request: JSON, or a form where a file goes along.
func (a act) request(path, with string) (call, error) {
	c := call{method: a.method, path: path}
	if a.method == "GET" {
		return c, nil
	}
	if a.file == "" {
		c.media, c.body = "application/json", []byte(cmp.Or(with, "{}"))
		return c, nil
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	fields := map[string]any{}
	if with != "" {
		if err := json.Unmarshal([]byte(with), &fields); err != nil {
			return c, err
		}
	}
	for name, value := range fields {
		if err := form.WriteField(name, fmt.Sprint(value)); err != nil {
			return c, err
		}
	}
	err := a.attach(form)
	c.media, c.body = form.FormDataContentType(), body.Bytes()
	return c, err
}

// attach writes the files that go along, one a line: each a document with a heading and what stands in it, marked as a
// sample.
func (a act) attach(form *multipart.Writer) error {
	for _, one := range strings.Split(a.file, "\n") {
		parts := strings.SplitN(one, ":", 3)
		if len(parts) < 3 {
			return errs.Invalidf("附件应写成：字段:文件名.docx:内容")
		}
		w, err := form.CreateFormFile(parts[0], parts[1])
		if err != nil {
			return err
		}
		if err := document.Write(w, document.Document{Title: strings.TrimSuffix(parts[1], ".docx"),
			Sample: document.SampleMark, Blocks: []document.Block{document.Text("（模拟）" + parts[2])}}); err != nil {
			return err
		}
	}
	return form.Close()
}

var reference = regexp.MustCompile(`\{([A-Za-z][\w-]*)((?:\.\w+)*)\}`)

// plainly and inJSON are how what an answer said stands in an address and in a text of JSON.
func plainly(said string) string { return said }

func inJSON(said string) string {
	quoted, _ := json.Marshal(said) // a text always has its JSON
	return string(quoted[1 : len(quoted)-1])
}

// said is a text with what earlier answers said: {M3} is the id that the answer kept as M3 has, {M3.matter.items.0.id}
// what stands there in it; {director} is the id of the person with that login.
func (p *player) said(text string, written func(string) string) (string, error) {
	var wrong error
	said := reference.ReplaceAllStringFunc(text, func(found string) string {
		names := reference.FindStringSubmatch(found)
		answer, known := p.kept[names[1]]
		if who := slices.IndexFunc(p.actors, func(a actor) bool { return a.login == names[1] }); !known && who >= 0 {
			return p.actors[who].user.ID
		}
		if !known {
			wrong = fmt.Errorf("%s: no line before kept %s", found, names[1])
			return found
		}
		way := strings.Split(strings.TrimPrefix(names[2], "."), ".")
		if names[2] == "" {
			way = []string{"id"}
		}
		value, ok := dig(answer, way)
		if !ok {
			wrong = fmt.Errorf("%s is not in the answer %s", found, answer)
		}
		return written(value)
	})
	return said, wrong
}

// dig is the text or number at a place of an answer.
func dig(answer json.RawMessage, way []string) (string, bool) {
	var v any
	if json.Unmarshal(answer, &v) != nil {
		return "", false
	}
	for _, name := range way {
		switch in := v.(type) {
		case map[string]any:
			v = in[name]
		case []any:
			n, err := strconv.Atoi(name)
			if err != nil || n >= len(in) {
				return "", false
			}
			v = in[n]
		default:
			return "", false
		}
	}
	switch v := v.(type) {
	case string:
		return v, true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	}
	return "", false
}
