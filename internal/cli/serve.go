package cli

// `yipanqi serve`: opens or makes an installation and answers until it is told to stop.

import (
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"runtime/debug"
	"strings"

	"yipanqi/internal/app"
	"yipanqi/internal/errs"
	"yipanqi/internal/sample"
)

type serveCommand struct {
	Addr                string     `env:"YIPANQI_ADDR" default:"127.0.0.1:8080" help:"Address to listen on."`
	Sample              sampleName `help:"Load a sample city first, if the installation is empty: the fictional one, or that of another folder of samples/."`
	SampleDir           string     `type:"path" placeholder:"DIR" help:"Where the sample that --sample loads is (default: its folder in samples/)."`
	BaseURL             string     `name:"base-url" env:"YIPANQI_BASE_URL" placeholder:"URL" help:"Where users reach this server, e.g. https://yipanqi.example: printed receipts lead there, and with https cookies are marked secure."`
	Witness             string     `env:"YIPANQI_WITNESS" placeholder:"URL" help:"Send checkpoints of the journal to this witness: another installation, or any server that keeps what is posted."`
	WitnessFor          []string   `env:"YIPANQI_WITNESS_FOR" placeholder:"FINGERPRINT" help:"Keep the checkpoints of these installations, as their witness."`
	Authority           string     `env:"YIPANQI_AUTHORITY" placeholder:"URL" help:"Have a certificate service vouch for signing keys besides this installation; docs/authority.md says how it is asked."`
	AuthorityKey        string     `name:"authority-key" env:"YIPANQI_AUTHORITY_KEY" placeholder:"KEY" help:"SM2 public key, or its fingerprint, by which that service is known."`
	AuthorityToken      string     `name:"authority-token" env:"YIPANQI_AUTHORITY_TOKEN" placeholder:"SECRET" help:"Sent to the service as a bearer token."`
	TrustedProxy        []string   `name:"trusted-proxy" env:"YIPANQI_TRUSTED_PROXY" placeholder:"CIDR" help:"Reverse proxy whose X-Forwarded-For and X-Forwarded-Proto are believed, e.g. 127.0.0.1 or 10.0.0.0/8; no other's are."`
	TLSCert             string     `name:"tls-cert" env:"YIPANQI_TLS_CERT" type:"path" placeholder:"FILE" help:"Answer by https with this certificate chain (PEM). Read again at SIGHUP."`
	TLSKey              string     `name:"tls-key" env:"YIPANQI_TLS_KEY" type:"path" placeholder:"FILE" help:"The certificate's private key (PEM)."`
	AllowSampleAccounts bool       `help:"Let sample accounts, whose passwords are public, in from other machines."`
}

// softLimit is where the collector begins to work harder: twice what the program holds of a large city, and such that
// the garbage of many pages or uploads at once does not pile up. GOMEMLIMIT says otherwise.
const softLimit = 96 << 20

func frugal(limit int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(limit)
	}
}

func (s serveCommand) Run(c *console) error {
	frugal(softLimit)
	base, err := baseURL(s.BaseURL)
	if err != nil {
		return err
	}
	proxies, err := prefixes(s.TrustedProxy)
	if err != nil {
		return err
	}
	certificate, err := s.certificate()
	if err != nil {
		return err
	}
	listener, err := app.Listen(s.Addr) // first: a port in use is said at once and leaves no empty database behind
	if err != nil {
		return err
	}
	defer listener.Close()
	a, err := c.open(app.Config{AllowSampleAccounts: s.AllowSampleAccounts, BaseURL: base, Proxies: proxies,
		Certificate: certificate, Witness: s.Witness, WitnessFor: s.WitnessFor,
		Authority: app.Authority{URL: s.Authority, Key: s.AuthorityKey, Token: s.AuthorityToken}})
	if err != nil {
		return err
	}
	defer a.Close()
	if s.Sample != "" {
		if err := loadSample(c, a, s.Sample, s.SampleDir); err != nil {
			return err
		}
	}
	if err := greet(c, a, listener.Addr().String()); err != nil {
		return err
	}
	return a.Serve(c, listener)
}

// baseURL is scheme and host alone: the pages stand at the root of the site.
func baseURL(text string) (string, error) {
	u, err := url.Parse(strings.TrimSuffix(text, "/"))
	if text == "" {
		return "", nil
	}
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.String() != u.Scheme+"://"+u.Host {
		return "", errs.Invalidf("--base-url 要写成 https://主机名 或 http://主机名:端口，后面不带路径：%s", text)
	}
	return u.String(), nil
}

// prefixes are the addresses of proxies, each alone or a whole net.
func prefixes(texts []string) (all []netip.Prefix, err error) {
	for _, text := range texts {
		text = strings.TrimSpace(text)
		p, err := netip.ParsePrefix(text)
		if a, one := netip.ParseAddr(text); one == nil {
			p, err = a.Prefix(a.BitLen())
		}
		if err != nil {
			return nil, errs.Invalidf("--trusted-proxy 要写成IP地址或网段，例如 127.0.0.1 或 10.0.0.0/8：%s", text)
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

func (s serveCommand) certificate() (*app.Certificate, error) {
	if s.TLSCert == "" && s.TLSKey == "" {
		return nil, nil
	}
	if s.TLSCert == "" || s.TLSKey == "" {
		return nil, errs.Invalidf("--tls-cert 和 --tls-key 要一起写：证书和它的私钥。")
	}
	return app.LoadCertificate(s.TLSCert, s.TLSKey)
}

func greet(c *console, a *app.App, addr string) error {
	key, err := a.Key(c)
	if err != nil {
		return err
	}
	scheme := "http"
	if a.Certificate != nil {
		scheme = "https"
	}
	fmt.Fprintf(c.out, "\nYipanqi 一盘棋 %s  %s://%s\n公钥指纹 key fingerprint: %s\n", app.Version, scheme, addr, key.Fingerprint)
	if !a.Sample {
		return nil
	}
	accounts, err := a.Accounts(c)
	if err != nil {
		return err
	}
	fmt.Fprintln(c.out, "\nSample accounts 演示账号 (this machine only 仅限本机):")
	for _, s := range accounts {
		if !s.Sample {
			continue
		}
		fmt.Fprintf(c.out, "  %-24s %s\n", s.Login, s.Name)
	}
	fmt.Fprintf(c.out, "Password 密码: %s    Signing phrase 签名口令: %s\n\n",
		sample.Password, sample.Phrase)
	return nil
}
