package app

// https without a proxy: the certificate, read again when the administrator renews it.

import (
	"context"
	"crypto/tls"
	"log/slog"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Certificate is a pair of PEM files, certificate chain and key.
type Certificate struct {
	chain, key string
	now        atomic.Pointer[tls.Certificate]
}

// LoadCertificate reads the files.
func LoadCertificate(chain, key string) (*Certificate, error) {
	c := &Certificate{chain: chain, key: key}
	return c, c.load()
}

func (c *Certificate) load() error {
	pair, err := tls.LoadX509KeyPair(c.chain, c.key)
	if err != nil {
		return &errs.Error{Kind: errs.Invalid,
			Words: say.New("证书或私钥读不出来。请检查 --tls-cert 和 --tls-key：要PEM格式，而且是一对。"), Err: err}
	}
	c.now.Store(&pair)
	return nil
}

func (c *Certificate) config() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.now.Load(), nil }}
}

// renew reads the files again at every SIGHUP, until ctx ends. Files that cannot be read leave the certificate as it
// is.
func (c *Certificate) renew(ctx context.Context) {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	for {
		select {
		case <-ctx.Done():
			return
		case <-hup:
			if err := c.load(); err != nil {
				slog.Error("the certificate was not renewed", "error", err)
			} else {
				slog.Info("the certificate was renewed")
			}
		}
	}
}
