package app

// What leaves the house leaves as mail.env says, or the program does not start; a chat message is signed, and refused
// for good or for now as the other side says. Mail itself: package mail.

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emmansun/gmsm/sm3"

	"yipanqi/internal/errs"
	"yipanqi/internal/job"
	"yipanqi/internal/mail"
)

// What mail.env says is read, and every mistake is said before the program starts, without a secret in it.
func TestMailSettings(t *testing.T) {
	t.Parallel()
	const good = "# 邮件\nYIPANQI_MAIL_SERVER=mail.example.org:465\r\nYIPANQI_MAIL_FROM=\"妇儿工委办 <office@example.org>\"\n" +
		"YIPANQI_MAIL_TLS = tls\nYIPANQI_MAIL_USER=u\nYIPANQI_MAIL_PASSWORD=geheimes Wort=1\n" +
		"YIPANQI_CHAT_URL=https://chat.example.org/robot?key=geheim\nYIPANQI_CHAT_SECRET=0123456789abcdef\n"
	for name, c := range map[string]struct {
		text string
		mode os.FileMode
		says string
	}{
		"good":                {good, 0o600, ""},
		"others may read":     {good, 0o640, "chmod 600"},
		"an unknown name":     {good + "YIPANQI_MAIL_PORT=25\n", 0o600, "第9行不认识"},
		"no port":             {"YIPANQI_MAIL_SERVER=mail.example.org\n", 0o600, "主机名:端口"},
		"no sender":           {"YIPANQI_MAIL_SERVER=mail.example.org:25\n", 0o600, "发信地址"},
		"unknown encryption":  {good + "YIPANQI_MAIL_TLS=ssl\n", 0o600, "starttls"},
		"password in clear":   {good + "YIPANQI_MAIL_TLS=none\n", 0o600, "不加密"},
		"no certificate":      {good + "YIPANQI_MAIL_CA=/nowhere.pem\n", 0o600, "PEM"},
		"chat without https":  {good + "YIPANQI_CHAT_URL=http://chat.example.org/geheim\n", 0o600, "https://"},
		"chat's short secret": {good + "YIPANQI_CHAT_SECRET=geheim\n", 0o600, "16"},
		"chat's unknown hash": {good + "YIPANQI_CHAT_HASH=md5\n", 0o600, "sm3"},
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, mailFile)
		if err := os.WriteFile(file, []byte(c.text), c.mode); err != nil {
			t.Fatal(err)
		}
		o, err := readOutgoing(dir)
		if c.says == "" {
			if err != nil || o.mail == nil || o.mail.Host != "mail.example.org" || o.mail.Port != 465 ||
				o.mail.TLS != mail.Direct || o.mail.From != "office@example.org" || o.mail.Name != "妇儿工委办" ||
				o.mail.Password != "geheimes Wort=1" || o.chat == nil || o.chat.hash != "sm3" {
				t.Errorf("%s: %+v %+v %v", name, o.mail, o.chat, err)
			}
			continue
		}
		if err == nil || errs.KindOf(err) != errs.Invalid || !strings.Contains(err.Error(), c.says) ||
			strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if o, err := readOutgoing(t.TempDir()); err != nil || o.mail != nil || o.chat != nil {
		t.Errorf("without a file: %+v %v", o, err)
	}
}

// The chat tool can tell by the signature that a message is ours and when it was sent, and by its id a repetition.
func TestChatIsSigned(t *testing.T) {
	t.Parallel()
	answer := http.StatusOK
	tool := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mac := hmac.New(sm3.New, []byte("0123456789abcdef"))
		io.WriteString(mac, r.Header.Get("X-Yipanqi-Time")+"\n"+string(body))
		if r.Header.Get("X-Yipanqi-Signature") != "sm3="+hex.EncodeToString(mac.Sum(nil)) ||
			r.Header.Get("X-Yipanqi-Delivery") != "d1" || string(body) != `{"text":"提醒"}` {
			t.Errorf("arrived: %v %s", r.Header, body)
		}
		w.WriteHeader(answer)
	}))
	c := chat{to: tool.URL, secret: []byte("0123456789abcdef"), hash: "sm3"}
	for code, want := range map[int][2]bool{200: {false, false}, 204: {false, false}, 400: {true, true},
		410: {true, true}} {
		answer = code
		var got [2]bool
		err := c.send(context.Background(), []job.Delivery{{ID: "d1", Body: `{"text":"提醒"}`}},
			func(_ job.Delivery, err error) {
				got = [2]bool{err != nil, job.IsPermanent(err)}
			})
		if err != nil || got != want {
			t.Errorf("%d: %v, %v", code, got, err)
		}
	}
	for _, code := range []int{429, 500, 503} {
		answer = code
		err := c.send(context.Background(), []job.Delivery{{ID: "d1", Body: `{"text":"提醒"}`}},
			func(job.Delivery, error) { t.Errorf("%d is said of the message", code) })
		if err == nil || errors.Is(err, context.Canceled) || strings.Contains(err.Error(), tool.URL) {
			t.Errorf("%d: %v", code, err)
		}
	}
}
