package request_test

// The papers of a request: who asked reads every answer under its question, who was asked reads what concerns itself.

import (
	"net/url"
	"strconv"
	"strings"
	"testing"

	"yipanqi/internal/db"
	"yipanqi/internal/document"
	"yipanqi/internal/letter"
	"yipanqi/internal/request"
	"yipanqi/internal/web/webtest"
)

// A form that saves itself learns what is saved now, so that it can say next time what it knew.
func TestASaveSaysWhatIsSaved(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		own := c.receive(c.sent(request.Nobody), "c")
		c.site().Run(t, webtest.Scenario{As: "c", Path: own.URL() + "/draft", JSON: true, Form: url.Values{
			"version": {strconv.FormatInt(own.Version, 10)}, "text[1]": {"办了三件"}, "none[2]": {"没有"}},
			Contains: []string{`"was":{"1":"{\"text\":\"办了三件\"}","2":"{\"none\":\"没有\"}"}`}})
	})
}

func TestPapersOfARequest(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		r := c.sent(request.Nobody)
		_, err := c.submit(c.write(c.receive(r, "a"), "a", request.Content{"1": said["1"],
			"2": {None: "没有困难"}, "3": said["3"]}), "a")
		c.Must(err)
		c.receive(r, "c")
		s := c.site()
		s.Run(t, webtest.Scenario{As: "office", Path: r.URL(), JSON: true,
			Contains: []string{`"measures":{"in_time":1,"asked":3,"none":1,"answered":3}`}},
			webtest.Scenario{As: "c", Path: r.URL(), JSON: true, NotContains: []string{`"measures"`}})
		text := func(as, path string) string {
			t.Helper()
			w := s.Check(t, webtest.Scenario{As: as, Path: path})
			text, err := document.ReadText("paper.docx", w.Body.Bytes())
			c.Must(err)
			return text
		}
		holds := func(what, text string, all ...string) {
			t.Helper()
			at := 0
			for _, words := range all {
				i := strings.Index(text[at:], words)
				if i < 0 {
					t.Errorf("%s does not say %q after %q:\n%s", what, words, text[:at], text)
					return
				}
				at += i
			}
		}
		asked := text("office", r.URL()+"/document")
		holds("what is asked", asked, "示范市教育局", "一年来做了什么", "还有什么困难", "无此项",
			"请引用指标代码", "三、联系人")
		all := text("office", r.URL()+"/answers")
		holds("what was answered", all, "已答1家", "一年来做了什么", "示范市教育局", "办了十二件实事", "示范市体育局",
			"还没有答复", "还有什么困难", "无此项：没有困难", "附一份名单", "联络员")
		for _, path := range []string{"/document", "/answers"} {
			own := text("c", r.URL()+path)
			holds(path, own, "示范市体育局")
			for _, other := range []string{"示范市教育局", "办了十二件实事"} {
				if strings.Contains(own, other) {
					t.Errorf("%s tells who was asked of another: %s", path, other)
				}
			}
		}
		_, err = do(c, func(tx *db.Tx) (request.Request, error) {
			now, err := request.Get(tx, r.ID)
			c.Must(err)
			return request.Withdraw(tx, c.People["office"], r.ID, now.Version, "重复征集")
		})
		c.Must(err)
		holds("a request taken back", text("office", r.URL()+"/document"), "本征集已撤回，不用答复。原因：重复征集")
	})
}

// The letter that carries a request is drafted from it, once; each leads to the other, for who may see both.
func TestALetterCarriesARequest(t *testing.T) {
	eachCity(t, func(t *testing.T, c *city) {
		r, s := c.sent(request.Nobody), c.site()
		ask := webtest.Scenario{As: "a", Path: r.URL() + "/letter", Form: url.Values{}, Status: 403}
		s.Check(t, ask)
		s.Check(t, webtest.Scenario{As: "office", Path: r.URL(), Contains: []string{"起草通知"}})
		ask.As, ask.Status = "office", 303
		at := s.Check(t, ask).Header().Get("Location")
		l := done(c, func(tx *db.Tx) (letter.Letter, error) {
			return letter.Get(tx, strings.TrimPrefix(at, "/letters/"))
		})
		if l.About != r.Object() || len(l.Main) != 3 || l.ReplyDue != r.DueOn ||
			!strings.Contains(l.Body, "打开“"+r.Title+"”") {
			t.Errorf("the letter that carries the request is %+v", l)
		}
		s.Check(t, webtest.Scenario{As: "office", Path: r.URL(), Contains: []string{at, l.Title},
			NotContains: []string{"起草通知"}})
		s.Check(t, webtest.Scenario{As: "a", Path: r.URL(), NotContains: []string{at}}) // not issued yet
		ask.Status, ask.Contains = 409, []string{"通知已经起草"}
		s.Check(t, ask)
	})
}
