// Package mail hands plain-text e-mail to a server by SMTP. It keeps nothing and decides nothing: whom to write to,
// when and whether again is for others to say.
package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Server is where mail is handed over, and in whose name.
type Server struct {
	Host           string
	Port           int
	TLS            Encryption
	User, Password string // empty: none is asked for
	From, Name     string // address and name of the sender
	Timeout        time.Duration
	Roots          *x509.CertPool // by which its certificate is known; nil: those of this machine
}

// Encryption of the way to the server.
type Encryption string

// StartTLS is demanded unless the operator says otherwise.
const (
	StartTLS Encryption = "starttls"
	Direct   Encryption = "tls" // from the first byte, port 465
	None     Encryption = "none"
)

// Message is one mail. ID is the left part of its Message-ID: the same at every try, so that a receiver tells a
// repetition.
type Message struct {
	ID, To, Subject, Body string
	At                    time.Time
}

// Refused is what the server will not take, now or later: trying again will not help.
type Refused struct{ Err error }

func (r Refused) Error() string { return r.Err.Error() }
func (r Refused) Unwrap() error { return r.Err }

const timeout = 20 * time.Second

// Send hands messages over on one connection and calls done for each that it tried. Its error says that the server
// cannot be used now. When ctx ends it stops between two messages.
func (s Server) Send(ctx context.Context, messages []Message, done func(Message, error)) error {
	client, err := s.client()
	if err != nil {
		return err
	}
	if err := client.DialWithContext(ctx); err != nil {
		return fmt.Errorf("mail server %s: %w", net.JoinHostPort(s.Host, fmt.Sprint(s.Port)), err)
	}
	defer client.Close()
	for _, m := range messages {
		if ctx.Err() != nil {
			return nil
		}
		made, err := s.make(m)
		if err != nil {
			done(m, Refused{err})
			continue
		}
		err = client.Send(made)
		if made.IsDelivered() {
			err = nil // whatever came after
		}
		failed, ours := errors.AsType[*gomail.SendError](err)
		switch {
		case err == nil:
			done(m, nil)
		case ours && failed.ErrorCode() >= 500 && aboutMessage(failed.Reason):
			done(m, Refused{err})
		case ours && failed.ErrorCode() >= 400 && aboutMessage(failed.Reason):
			done(m, err)
		default:
			return fmt.Errorf("mail server %s: %w", s.Host, err)
		}
	}
	return nil
}

// aboutMessage says whether a refusal is about one address or text, not about us or the connection.
func aboutMessage(reason gomail.SendErrReason) bool {
	return reason == gomail.ErrSMTPRcptTo || reason == gomail.ErrSMTPDataClose
}

func (s Server) client() (*gomail.Client, error) {
	wait := s.Timeout
	if wait == 0 {
		wait = timeout
	}
	options := []gomail.Option{gomail.WithPort(s.Port), gomail.WithTimeout(wait), gomail.WithoutNoop()}
	if s.Roots != nil {
		options = append(options, gomail.WithTLSConfig(&tls.Config{RootCAs: s.Roots, ServerName: s.Host,
			MinVersion: tls.VersionTLS12}))
	}
	switch s.TLS {
	case None:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	case Direct:
		options = append(options, gomail.WithSSL())
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(s.User),
			gomail.WithPassword(s.Password))
	}
	return gomail.NewClient(s.Host, options...)
}

func (s Server) make(m Message) (*gomail.Msg, error) {
	made := gomail.NewMsg()
	if err := made.FromFormat(s.Name, s.From); err != nil {
		return nil, err
	}
	if err := made.To(m.To); err != nil {
		return nil, err
	}
	_, domain, _ := strings.Cut(s.From, "@")
	made.SetMessageIDWithValue(m.ID + "@" + domain)
	made.SetDateWithValue(m.At)
	made.SetGenHeader("Auto-Submitted", "auto-generated") // no out-of-office note answers it
	made.Subject(m.Subject)
	made.SetBodyString(gomail.TypeTextPlain, m.Body)
	return made, nil
}
