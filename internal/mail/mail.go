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

// inARow is how many messages may break off the conversation one after the other before it is the server's fault and
// not theirs: a server may hang up on an address that it does not like, and the others must not wait for that one.
const inARow = 3

// Send hands messages over, on one connection if it holds, and calls done for each that the server said something
// about, or hung up on. Its error says that the server cannot be used now. When ctx ends it stops between two messages.
func (s Server) Send(ctx context.Context, messages []Message, done func(Message, error)) error {
	client, err := s.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { client.Close() }()
	broken := map[Message]error{} // the last ones that broke it off
	theirs := func() {
		for m, err := range broken {
			done(m, err)
		}
		clear(broken)
	}
	defer theirs()
	for i, m := range messages {
		if ctx.Err() != nil {
			return nil
		}
		made, err := s.make(m)
		if err != nil {
			done(m, Refused{err})
			continue
		}
		err = client.Send(made)
		hungUp := err != nil && !aboutMessage(err)
		switch failed, ours := errors.AsType[*gomail.SendError](err); {
		case made.IsDelivered(): // whatever came after
			theirs()
			done(m, nil)
		case hungUp:
			broken[m] = err
		case ours && failed.ErrorCode() >= 500:
			theirs()
			done(m, Refused{err})
		default:
			theirs()
			done(m, err)
		}
		if len(broken) == inARow {
			clear(broken)
			return fmt.Errorf("mail server %s: %w", s.Host, err)
		}
		if hungUp && i+1 < len(messages) {
			client.Close()
			again, err := s.connect(ctx)
			if err != nil {
				clear(broken)
				return err
			}
			client = again
		}
	}
	return nil
}

// aboutMessage says whether an error is a refusal of one address or text, not of us or the end of the connection.
func aboutMessage(err error) bool {
	failed, ours := errors.AsType[*gomail.SendError](err)
	return ours && (failed.Reason == gomail.ErrSMTPRcptTo || failed.Reason == gomail.ErrSMTPDataClose) &&
		failed.ErrorCode() >= 400 && failed.ErrorCode() != closing
}

// closing is the answer after which the server hangs up (RFC 5321, 3.8).
const closing = 421

// connect opens a conversation with the server.
func (s Server) connect(ctx context.Context) (*gomail.Client, error) {
	client, err := s.client()
	if err != nil {
		return nil, err
	}
	if err := client.DialWithContext(ctx); err != nil {
		return nil, fmt.Errorf("mail server %s: %w", net.JoinHostPort(s.Host, fmt.Sprint(s.Port)), err)
	}
	return client, nil
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
