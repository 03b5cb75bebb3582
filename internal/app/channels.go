package app

// The ways by which something leaves the house: mail to people, and a signed message to the office's chat tool.

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/job"
	"yipanqi/internal/mail"
	"yipanqi/internal/network"
	"yipanqi/internal/notice"
)

// channels are those that are set up.
func (o outgoing) channels(d *db.DB) (all []job.Channel) {
	if o.mail != nil {
		all = append(all, job.Channel{Name: notice.MailChannel, Send: mailing{d, *o.mail}.send})
	}
	if o.chat != nil {
		all = append(all, job.Channel{Name: notice.ChatChannel, Send: o.chat.send})
	}
	return all
}

// mailing sends deliveries to the addresses that their people have now, so that a corrected one counts.
type mailing struct {
	db     *db.DB
	server mail.Server
}

func (m mailing) send(ctx context.Context, batch []job.Delivery, done func(job.Delivery, error)) error {
	var people []string
	for _, d := range batch {
		people = append(people, d.Person)
	}
	var addresses map[string]string
	err := m.db.View(ctx, func(tx *db.Tx) (err error) {
		addresses, err = network.EmailsOf(tx, people)
		return err
	})
	if err != nil {
		return err
	}
	var known []mail.Message
	by := map[string]job.Delivery{}
	for _, d := range batch {
		if by[d.ID] = d; addresses[d.Person] == "" {
			done(d, job.Permanent(errors.New("no e-mail address 没有邮箱地址")))
			continue
		}
		known = append(known, mail.Message{ID: d.ID, To: addresses[d.Person], Subject: d.Subject, Body: d.Body,
			At: d.CreatedAt})
	}
	if len(known) == 0 {
		return nil
	}
	return m.server.Send(ctx, known, func(one mail.Message, err error) {
		if _, never := errors.AsType[mail.Refused](err); never {
			err = job.Permanent(err)
		}
		done(by[one.ID], err)
	})
}

// chat is the office's own chat tool: an address that takes JSON.
type chat struct {
	to     string
	secret []byte
	hash   string
	client http.Client
}

// send posts one by one. Whoever receives knows the sender by X-Yipanqi-Signature: the HMAC of X-Yipanqi-Time, a line
// break and the body; a repetition has the same X-Yipanqi-Delivery.
func (c *chat) send(ctx context.Context, batch []job.Delivery, done func(job.Delivery, error)) error {
	for _, d := range batch {
		if ctx.Err() != nil {
			return nil
		}
		code, err := c.post(ctx, d)
		switch {
		case err == nil:
			done(d, nil)
		case code >= 400 && code < 500 && code != http.StatusRequestTimeout && code != http.StatusTooManyRequests:
			done(d, job.Permanent(err))
		default:
			return err
		}
	}
	return nil
}

func (c *chat) post(ctx context.Context, d job.Delivery) (code int, err error) {
	limited, cancel := context.WithTimeout(ctx, pushLimit)
	defer cancel()
	q, err := http.NewRequestWithContext(limited, http.MethodPost, c.to, strings.NewReader(d.Body))
	if err != nil {
		return 0, errors.New("the chat tool's address cannot be used")
	}
	at := strconv.FormatInt(time.Now().Unix(), 10)
	q.Header.Set("Content-Type", "application/json; charset=utf-8")
	q.Header.Set("X-Yipanqi-Delivery", d.ID)
	q.Header.Set("X-Yipanqi-Time", at)
	q.Header.Set("X-Yipanqi-Signature", c.hash+"="+c.signature(at, d.Body))
	answer, err := c.client.Do(q)
	if err != nil {
		return 0, errors.New("the chat tool does not answer") // the error would tell the address, and with it a secret
	}
	defer answer.Body.Close()
	said, _ := io.ReadAll(io.LimitReader(answer.Body, 200))
	if answer.StatusCode/100 != 2 {
		return answer.StatusCode, fmt.Errorf("the chat tool says %s: %s", answer.Status, said)
	}
	return answer.StatusCode, nil
}

func (c *chat) signature(at, body string) string {
	mac := hmac.New(hashes[c.hash], c.secret)
	mac.Write([]byte(at + "\n" + body))
	return hex.EncodeToString(mac.Sum(nil))
}
