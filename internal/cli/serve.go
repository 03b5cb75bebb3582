package cli

// `yipanqi serve`: opens or makes an installation and answers until it is told to stop.

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"yipanqi/internal/app"
	"yipanqi/internal/errs"
	"yipanqi/internal/exchange"
)

type serveCommand struct {
	Addr                string   `env:"YIPANQI_ADDR" default:"127.0.0.1:8080" help:"Address to listen on."`
	Sample              bool     `help:"Load the sample city first, if the installation is empty."`
	SampleDir           string   `type:"path" placeholder:"DIR" help:"The sample that --sample loads (default: the first folder in samples/)."`
	BaseURL             string   `name:"base-url" env:"YIPANQI_BASE_URL" placeholder:"URL" help:"Where users reach this server, e.g. https://yipanqi.example: printed receipts lead there, and with https cookies are marked secure."`
	Witness             string   `env:"YIPANQI_WITNESS" placeholder:"URL" help:"Send checkpoints of the journal to this witness: another installation, or any server that keeps what is posted."`
	WitnessFor          []string `env:"YIPANQI_WITNESS_FOR" placeholder:"FINGERPRINT" help:"Keep the checkpoints of these installations, as their witness."`
	AllowSampleAccounts bool     `help:"Let sample accounts, whose passwords are public, in from other machines."`
}

func (s serveCommand) Run(c *console) error {
	base, err := baseURL(s.BaseURL)
	if err != nil {
		return err
	}
	listener, err := app.Listen(s.Addr) // first: a port in use is said at once and leaves no empty database behind
	if err != nil {
		return err
	}
	defer listener.Close()
	a, err := c.open(app.Config{AllowSampleAccounts: s.AllowSampleAccounts, BaseURL: base,
		Witness: s.Witness, WitnessFor: s.WitnessFor})
	if err != nil {
		return err
	}
	defer a.Close()
	if s.Sample {
		if err := loadSample(c, a, s.SampleDir); err != nil {
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

func loadSample(c *console, a *app.App, dir string) error {
	if a.Sample {
		return nil
	}
	if dir == "" {
		found, _ := filepath.Glob("samples/*/city.yaml")
		if len(found) == 0 {
			return errs.Invalidf("没有找到 samples/ 目录。请在源码目录中运行，或用 --sample-dir 指明演示数据的目录。")
		}
		dir = filepath.Dir(found[0])
	}
	started := time.Now()
	if _, err := exchange.LoadSample(c, a.DB, a.Secrets, a.Files(), os.DirFS(dir), progress(c)); err != nil {
		return said(c, err)
	}
	fmt.Fprintf(c.err, "Sample city loaded in %.1f s.\n", time.Since(started).Seconds())
	return a.Reload(c)
}

func greet(c *console, a *app.App, addr string) error {
	key, err := a.Key(c)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "\nYipanqi 一盘棋 %s  http://%s\n公钥指纹 key fingerprint: %s\n", app.Version, addr, key.Fingerprint)
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
		exchange.SamplePassword, exchange.SamplePhrase)
	return nil
}
