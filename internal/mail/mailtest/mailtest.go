// Package mailtest is a real mail server on the loopback that a test can make refuse, wait, hang up or go away. It is
// for tests only.
package mailtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/quotedprintable"
	"net"
	gomail "net/mail"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// Server keeps what it was given. Its fields may be set before Start.
type Server struct {
	User, Password string                      // demanded, with encryption, if set
	Refuse         func(to string) error       // of an address, before the text
	HangUp         func(to string) bool        // on an address, without a word
	Data           func(to, body string) error // of a text
	Slow           time.Duration               // before each answer to a text

	Port   int
	Roots  *x509.CertPool // by which its certificate is known
	listen net.Listener
	mu     sync.Mutex
	got    []Mail
	server *smtp.Server
}

// Mail is one that arrived.
type Mail struct{ To, ID, Subject, Body string }

// Start begins to listen, until the test ends or Stop.
func (s *Server) Start(t testing.TB) *Server {
	t.Helper()
	s.server = smtp.NewServer(s)
	s.server.Domain, s.server.AllowInsecureAuth = "mail.test", false
	if s.User != "" {
		pair, root := certificate(t)
		s.Roots = x509.NewCertPool()
		s.Roots.AddCert(root)
		s.server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{pair}}
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.listen, s.Port = l, l.Addr().(*net.TCPAddr).Port
	go s.server.Serve(l)
	t.Cleanup(s.Stop)
	return s
}

// Stop is a server that is gone.
func (s *Server) Stop() {
	s.listen.Close()
	s.server.Close()
}

// Got is what has arrived so far.
func (s *Server) Got() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.got...)
}

// NewSession is for the server.
func (s *Server) NewSession(c *smtp.Conn) (smtp.Session, error) { return &session{of: s, conn: c}, nil }

type session struct {
	of   *Server
	conn *smtp.Conn
	in   bool
	to   string
}

func (c *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (c *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != c.of.User || password != c.of.Password {
			return errors.New("wrong password")
		}
		c.in = true
		return nil
	}), nil
}

func (c *session) Mail(string, *smtp.MailOptions) error {
	if c.of.User != "" && !c.in {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (c *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.to = to
	if c.of.HangUp != nil && c.of.HangUp(to) {
		return c.conn.Conn().Close()
	}
	if c.of.Refuse != nil {
		return c.of.Refuse(to)
	}
	return nil
}

func (c *session) Data(r io.Reader) error {
	m, err := gomail.ReadMessage(r)
	if err != nil {
		return err
	}
	var body io.Reader = m.Body
	if m.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
		body = quotedprintable.NewReader(m.Body)
	}
	text, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	time.Sleep(c.of.Slow)
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return err
	}
	c.of.mu.Lock()
	c.of.got = append(c.of.got, Mail{c.to, m.Header.Get("Message-ID"), subject, string(text)})
	c.of.mu.Unlock()
	if c.of.Data != nil {
		return c.of.Data(c.to, string(text))
	}
	return nil
}

func (c *session) Reset()        { c.to = "" }
func (c *session) Logout() error { return nil }

func certificate(t testing.TB) (tls.Certificate, *x509.Certificate) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	root, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, root
}
