package mail_test

// Mail arrives as it was written, encrypted where asked; one refused address holds up no other, and no error tells the
// password. Against the real SMTP server of mailtest.

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"yipanqi/internal/mail"
	"yipanqi/internal/mail/mailtest"
)

func messages(n int) (all []mail.Message) {
	for i := range n {
		all = append(all, mail.Message{ID: fmt.Sprintf("id-%d", i), To: fmt.Sprintf("p%d@example.test", i),
			Subject: "【一盘棋】3月5日：3项提醒", At: time.Now(),
			Body: "您好：\n今天有3项提醒。\n" + strings.Repeat("很长的一行", 300) + "\n"})
	}
	return all
}

func from(s *mailtest.Server) mail.Server {
	return mail.Server{Host: "127.0.0.1", Port: s.Port, TLS: mail.None, From: "office@city.test", Name: "妇儿工委办"}
}

func send(t *testing.T, s mail.Server, all []mail.Message) (outcome map[string]error, err error) {
	t.Helper()
	outcome = map[string]error{}
	err = s.Send(context.Background(), all, func(m mail.Message, err error) { outcome[m.ID] = err })
	return outcome, err
}

// What arrives is what was written, with the Message-ID that was given, and one connection takes many.
func TestArrives(t *testing.T) {
	t.Parallel()
	server := (&mailtest.Server{}).Start(t)
	all := messages(50)
	outcome, err := send(t, from(server), all)
	got := server.Got()
	if err != nil || len(outcome) != 50 || len(got) != 50 {
		t.Fatalf("%v: %d outcomes, %d arrived", err, len(outcome), len(got))
	}
	for i, m := range got {
		if m.ID != "<"+all[i].ID+"@city.test>" || m.To != all[i].To || m.Subject != all[i].Subject ||
			strings.ReplaceAll(m.Body, "\r\n", "\n") != all[i].Body {
			t.Fatalf("arrived as %+v", m)
		}
	}
}

// Encryption and password are used where they are asked for.
func TestEncryptedWithPassword(t *testing.T) {
	t.Parallel()
	server := (&mailtest.Server{User: "office", Password: "secret words"}).Start(t)
	s := from(server)
	s.TLS, s.User, s.Password, s.Roots = mail.StartTLS, "office", "secret words", server.Roots
	if _, err := send(t, s, messages(3)); err != nil || len(server.Got()) != 3 {
		t.Fatalf("%v: %d arrived", err, len(server.Got()))
	}
	s.Password = "wrong words"
	if _, err := send(t, s, messages(3)); err == nil || strings.Contains(err.Error(), "wrong words") {
		t.Errorf("a wrong password: %v", err)
	}
}

// One address that is refused, for good or for now, holds up no other.
func TestOneRefused(t *testing.T) {
	t.Parallel()
	server := (&mailtest.Server{Refuse: func(to string) error {
		switch {
		case strings.HasPrefix(to, "p1@"):
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
		case strings.HasPrefix(to, "p2@"):
			return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 2, 0}, Message: "greylisted"}
		}
		return nil
	}}).Start(t)
	all := messages(5)
	all[3].To = "not an address"
	outcome, err := send(t, from(server), all)
	if err != nil || len(server.Got()) != 2 {
		t.Fatalf("%v: %d arrived", err, len(server.Got()))
	}
	for id, want := range map[string][2]bool{"id-0": {false, false}, "id-1": {true, true}, "id-2": {true, false},
		"id-3": {true, true}, "id-4": {false, false}} {
		_, refused := errors.AsType[mail.Refused](outcome[id])
		if got := [2]bool{outcome[id] != nil, refused}; got != want {
			t.Errorf("%s: %v", id, outcome[id])
		}
	}
}

// A server that hangs up on some addresses, with a word or without, takes the others all the same, and again the next
// time: whom it does not like may stand first for ever.
func TestOneThatIsHungUpOn(t *testing.T) {
	t.Parallel()
	server := (&mailtest.Server{HangUp: func(to string) bool {
		return strings.HasPrefix(to, "p0@") || strings.HasPrefix(to, "p1@") || strings.HasPrefix(to, "p5@")
	}, Refuse: func(to string) error {
		if strings.HasPrefix(to, "p3@") {
			return &smtp.SMTPError{Code: 421, EnhancedCode: smtp.EnhancedCode{4, 7, 0}, Message: "too many errors, bye"}
		}
		return nil
	}}).Start(t)
	outcome, err := send(t, from(server), messages(6))
	if err != nil || len(server.Got()) != 2 || len(outcome) != 6 {
		t.Fatalf("%v: %d arrived, of %d it is known what became of them", err, len(server.Got()), len(outcome))
	}
	for id, err := range outcome {
		_, forGood := errors.AsType[mail.Refused](err)
		if failed := !strings.Contains("id-2 id-4", id); failed != (err != nil) || forGood {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// A server that is away, too slow, or wants what we have not says so for all; nothing is said of single mails.
func TestServerCannot(t *testing.T) {
	t.Parallel()
	gone := (&mailtest.Server{}).Start(t)
	gone.Stop()
	slow := (&mailtest.Server{Slow: time.Minute}).Start(t)
	strict := (&mailtest.Server{User: "office", Password: "secret words"}).Start(t)
	hasty := from(slow)
	hasty.Timeout = 300 * time.Millisecond
	plain, untrusted := from(strict), from(strict)
	untrusted.TLS, untrusted.User, untrusted.Password = mail.StartTLS, "office", "secret words"
	unencrypted := from(gone)
	unencrypted.Port, unencrypted.TLS = (&mailtest.Server{}).Start(t).Port, mail.StartTLS
	for name, s := range map[string]mail.Server{"away": from(gone), "slow": hasty, "wants a password": plain,
		"an unknown certificate": untrusted, "no encryption": unencrypted} {
		outcome, err := send(t, s, messages(3))
		if err == nil || len(outcome) != 0 {
			t.Errorf("%s: %v, %v", name, err, outcome)
		} else if strings.Contains(err.Error(), "secret words") {
			t.Errorf("%s tells the password: %v", name, err)
		}
	}
	if n := len(strict.Got()); n != 0 {
		t.Errorf("the strict server took %d", n)
	}
}
