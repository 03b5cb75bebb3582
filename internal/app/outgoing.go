package app

// The settings of the mail server and the chat tool, which stand in mail.env in the data folder or in the environment.
// No secret of theirs is kept in the database or written to a log. What is sent is channels.go's.

import (
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"hash"
	"io/fs"
	"net"
	gomail "net/mail"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/emmansun/gmsm/sm3"

	"yipanqi/internal/account"
	"yipanqi/internal/errs"
	"yipanqi/internal/mail"
)

// outgoing is where things leave to; nil where nothing was set up.
type outgoing struct {
	mail *mail.Server
	chat *chat
}

const mailFile = "mail.env"

// Names of the settings, in the file and in the environment.
const (
	mailServer, mailTLS    = "YIPANQI_MAIL_SERVER", "YIPANQI_MAIL_TLS"
	mailUser, mailPassword = "YIPANQI_MAIL_USER", "YIPANQI_MAIL_PASSWORD"
	mailFrom, mailCA       = "YIPANQI_MAIL_FROM", "YIPANQI_MAIL_CA"
	chatURL, chatSecret    = "YIPANQI_CHAT_URL", "YIPANQI_CHAT_SECRET"
	chatHash               = "YIPANQI_CHAT_HASH"
)

var outgoingNames = []string{mailServer, mailTLS, mailUser, mailPassword, mailFrom, mailCA,
	chatURL, chatSecret, chatHash}

// readOutgoing reads the settings; what the environment says goes before the file.
func readOutgoing(data string) (o outgoing, err error) {
	set, err := readEnvFile(filepath.Join(data, mailFile))
	if err != nil {
		return o, err
	}
	for _, name := range outgoingNames {
		if v, there := os.LookupEnv(name); there {
			set[name] = v
		}
	}
	if set[mailServer] != "" {
		if o.mail, err = mailOf(set); err != nil {
			return o, err
		}
	}
	if set[chatURL] != "" {
		o.chat, err = chatOf(set)
	}
	return o, err
}

// readEnvFile reads lines of NAME=value. A file that others may read is refused: it holds passwords.
func readEnvFile(name string) (map[string]string, error) {
	set := map[string]string{}
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return set, nil
	}
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		return nil, errs.Invalidf("%s 里有密码，别人也能读。请先运行 chmod 600 %s。", name, name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, errs.Invalidf("读不了 %s：%s", name, err.Error())
	}
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSuffix(line, "\r"), "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, value, found := strings.Cut(line, "=")
		key = strings.TrimSpace(key)
		if !found || !slices.Contains(outgoingNames, key) {
			return nil, errs.Invalidf("%s 第%d行不认识。可用的名称：%s", name, i+1, strings.Join(outgoingNames, " "))
		}
		value = strings.TrimSpace(value)
		if n := len(value); n >= 2 && value[0] == '"' && value[n-1] == '"' {
			value = value[1 : n-1]
		}
		set[key] = value
	}
	return set, nil
}

func mailOf(set map[string]string) (*mail.Server, error) {
	host, port, err := net.SplitHostPort(set[mailServer])
	n, wrong := strconv.Atoi(port)
	if err != nil || wrong != nil || host == "" || n < 1 || n > 65535 {
		return nil, errs.Invalidf("%s 要写成 主机名:端口，例如 mail.example.org:587：%s", mailServer, set[mailServer])
	}
	from, err := gomail.ParseAddress(set[mailFrom])
	if err != nil {
		return nil, errs.Invalidf("%s 要写成发信地址，例如 妇儿工委办 <office@example.org>：%s", mailFrom, set[mailFrom])
	}
	s := &mail.Server{Host: host, Port: n, User: set[mailUser], Password: set[mailPassword], From: from.Address,
		Name: from.Name, TLS: mail.Encryption(set[mailTLS])}
	switch s.TLS {
	case "":
		s.TLS = mail.StartTLS
	case mail.StartTLS, mail.Direct, mail.None:
	default:
		return nil, errs.Invalidf("%s 只能是 starttls、tls 或 none：%s", mailTLS, set[mailTLS])
	}
	if s.TLS == mail.None && s.User != "" {
		return nil, errs.Invalidf("不加密（%s=none）时不能带用户名和密码：密码会被别人看到。", mailTLS)
	}
	if set[mailCA] == "" {
		return s, nil
	}
	pem, err := os.ReadFile(set[mailCA])
	s.Roots = x509.NewCertPool()
	if err != nil || !s.Roots.AppendCertsFromPEM(pem) {
		return nil, errs.Invalidf("%s 不是读得出来的证书（PEM）：%s", mailCA, set[mailCA])
	}
	return s, nil
}

// hashes are those that a message to the chat tool may be signed with.
var hashes = map[string]func() hash.Hash{"sm3": sm3.New, "sha256": sha256.New}

func chatOf(set map[string]string) (*chat, error) {
	u, err := url.Parse(set[chatURL])
	local := err == nil && account.Loopback(u.Host)
	if err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && local) {
		return nil, errs.Invalidf("%s 要写成 https:// 开头的地址", chatURL) // it may hold a secret, so it is not said
	}
	c := &chat{to: u.String(), secret: []byte(set[chatSecret]), hash: "sm3"}
	if set[chatHash] != "" {
		c.hash = set[chatHash]
	}
	if hashes[c.hash] == nil {
		return nil, errs.Invalidf("%s 只能是 sm3 或 sha256：%s", chatHash, set[chatHash])
	}
	if len(c.secret) < 16 {
		return nil, errs.Invalidf("%s 至少16个字符：对方用它确认消息是本系统发的。", chatSecret)
	}
	return c, nil
}
