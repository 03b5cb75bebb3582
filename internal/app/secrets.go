package app

// The secrets of an installation stand in the data folder, outside the database: the pepper, the installation's key and
// the journal's key. Whether a database may still be taken over is decided by these files, never by the database: once
// journal.key is there, the database must know its installation.

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/emmansun/gmsm/sm3"

	"yipanqi/internal/attest"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/setting"
	"yipanqi/internal/sign"
)

const (
	pepperFile  = "pepper"
	signingFile = "installation.key"
	journalFile = "journal.key"
	pending     = ".new" // of journal.key until the database has its baseline
)

// secrets are the files as read; what is missing is nil.
type secrets struct {
	pepper, installation, journal, pending []byte
}

func (a *App) secretsDir() string { return filepath.Join(a.Data, "secrets") }

func readSecretFiles(dir string) (s secrets, err error) {
	for name, into := range map[string]*[]byte{pepperFile: &s.pepper, signingFile: &s.installation,
		journalFile: &s.journal, journalFile + pending: &s.pending} {
		data, e := os.ReadFile(filepath.Join(dir, name))
		if e != nil && !errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, errs.Invalidf("读不了密钥文件 %s：%s。请检查文件权限。", filepath.Join(dir, name), e.Error()))
		}
		*into = data
	}
	return s, err
}

func (s secrets) missing() (names []string) {
	for _, f := range []struct {
		name string
		data []byte
	}{{pepperFile, s.pepper}, {signingFile, s.installation}, {journalFile, s.journal}} {
		if f.data == nil {
			names = append(names, "secrets/"+f.name)
		}
	}
	return names
}

// known is what the database says of its installation.
type known struct {
	publicKey, pepper, journal string
	begun                      bool // something in it was made with a journal's key
}

func knownOf(tx *db.Tx) (k known, err error) {
	for key, into := range map[string]*string{"installation.public_key": &k.publicKey,
		"installation.pepper_check": &k.pepper, "installation.journal_check": &k.journal} {
		if *into, err = setting.Get(tx, key); err != nil {
			return k, err
		}
	}
	k.begun, err = journal.Begun(tx)
	return k, err
}

func (a *App) known(ctx context.Context) (k known, err error) {
	err = a.DB.View(ctx, func(tx *db.Tx) (err error) {
		k, err = knownOf(tx)
		return err
	})
	return k, err
}

// checkOf tells a secret from another without telling it.
func checkOf(secret []byte, name string) string {
	mac := hmac.New(sm3.New, secret)
	mac.Write([]byte("yipanqi/check/" + name))
	return hex.EncodeToString(mac.Sum(nil))
}

// loadSecrets reads the secrets, or makes those of a new installation, and begins the keyed chain where it has not
// begun.
func (a *App) loadSecrets(ctx context.Context) error {
	dir := a.secretsDir()
	files, err := readSecretFiles(dir)
	if err != nil {
		return err
	}
	in, err := a.known(ctx)
	if err != nil {
		return err
	}
	if files.journal != nil {
		return a.use(files, in)
	}
	if in.publicKey != "" && (files.pepper == nil || files.installation == nil) ||
		in.begun && files.pending == nil {
		return a.lost(files)
	}
	if files, err = makeSecrets(dir, files); err != nil {
		return err
	}
	if in.publicKey != "" {
		if err := a.same(files, in); err != nil {
			return err
		}
	}
	return a.adopt(ctx, files)
}

func (a *App) lost(files secrets) error {
	return errs.Invalidf("数据目录 %s 里缺少本系统的密钥文件：%s。没有它，已有的签名密钥打不开，存证日志也不能续写。请用 --data 指到原来的目录，或从备份恢复。",
		a.Data, strings.Join(files.missing(), "、"))
}

// use takes the secrets of an installation that has begun its chain: all must be there and be the database's.
func (a *App) use(files secrets, in known) error {
	if files.pepper == nil || files.installation == nil {
		return a.lost(files)
	}
	if in.publicKey == "" {
		return errs.Invalidf("数据目录 %s 里有本系统的密钥，数据库却是空的。请检查 --db 和 --data，或从备份恢复数据库；确实要新建一套系统，请另用一个空的数据目录。", a.Data)
	}
	if err := a.same(files, in); err != nil {
		return err
	}
	return a.hold(files)
}

// same refuses secrets of another installation than the database's.
func (a *App) same(files secrets, in known) error {
	key, err := sign.ParseSecret(strings.TrimSpace(string(files.installation)))
	if err != nil {
		return errs.Invalidf("密钥文件 %s 已损坏。请从备份恢复。", filepath.Join(a.secretsDir(), signingFile))
	}
	public, err := key.Public()
	if err != nil {
		return err
	}
	for _, s := range []struct{ name, is, should string }{
		{signingFile, string(public), in.publicKey},
		{pepperFile, checkOf(files.pepper, pepperFile), in.pepper},
		{journalFile, checkOf(files.journal, journalFile), in.journal},
	} {
		empty := s.should == "" && (s.name == signingFile || files.pending != nil) // before the chain began
		if s.is != s.should && !empty {
			return errs.Invalidf("数据目录 %s 里的密钥文件 secrets/%s 属于另一套系统，与这个数据库不配套。请检查 --data 和 --db。", a.Data, s.name)
		}
	}
	return nil
}

// hold keeps the secrets for the run and gives the journal its keys.
func (a *App) hold(files secrets) (err error) {
	a.Secrets.Pepper = files.pepper
	if a.Secrets.Installation, err = sign.ParseSecret(strings.TrimSpace(string(files.installation))); err != nil {
		return err
	}
	public, err := a.Secrets.Installation.Public()
	if err != nil {
		return err
	}
	if by := a.Authority; by.URL != "" {
		if a.Secrets.Service, err = NewService(by.URL, by.Key, by.Token,
			sign.Own{Key: a.Secrets.Installation}); err != nil {
			return err
		}
	}
	a.DB.Carry(journal.Keys{MAC: files.journal, Installation: a.Secrets.Installation, Public: public,
		Definitions: attest.Digest, Sealed: a.sealed, Kept: a.lastCheckpoint})
	return nil
}

// makeSecrets makes what is missing of a new installation, or the journal's key of one from before it. journal.key gets
// its name only when the database knows of it, so a start that was cut off begins again with the same.
func makeSecrets(dir string, files secrets) (secrets, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return files, err
	}
	if files.installation == nil {
		private, err := sign.Generate()
		if err != nil {
			return files, err
		}
		secret, err := private.Secret()
		if err != nil {
			return files, err
		}
		files.installation = []byte(secret + "\n")
	}
	for _, random := range []*[]byte{&files.pepper, &files.pending} {
		if *random == nil {
			*random = make([]byte, 32)
			rand.Read(*random)
		}
	}
	err := errors.Join(keepSecret(dir, pepperFile, &files.pepper),
		keepSecret(dir, signingFile, &files.installation), keepSecret(dir, journalFile+pending, &files.pending))
	files.journal = files.pending
	return files, err
}

// keepSecret writes a new file, whole and on disk; if another process was faster, its secret is the one.
func keepSecret(dir, name string, data *[]byte) error {
	f, err := os.CreateTemp(dir, name+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(*data)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	path := filepath.Join(dir, name)
	if err := os.Link(f.Name(), path); err == nil || !errors.Is(err, fs.ErrExist) {
		return err
	}
	*data, err = os.ReadFile(path)
	return err
}

// adopt begins the keyed chain, in one transaction with what the database has to know of the secrets.
func (a *App) adopt(ctx context.Context, files secrets) error {
	if err := a.hold(files); err != nil {
		return err
	}
	public, err := a.Secrets.Installation.Public()
	if err != nil {
		return err
	}
	err = journal.Adopt(ctx, a.DB, func(tx *db.Tx) error {
		id, err := setting.Get(tx, "installation.id")
		if err != nil {
			return err
		}
		if id == "" {
			id = db.NewID()
		}
		for key, value := range map[string]string{"installation.id": id, "installation.public_key": string(public),
			"installation.pepper_check":  checkOf(files.pepper, pepperFile),
			"installation.journal_check": checkOf(files.journal, journalFile)} {
			if _, err := setting.Put(tx, key, value); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	path := filepath.Join(a.secretsDir(), journalFile)
	err = os.Rename(path+pending, path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // another process was faster
		return err
	}
	return nil
}

// readSecrets is loadSecrets for a program that only reads: what is missing is noted, what is another's is refused.
func (a *App) readSecrets(ctx context.Context) error {
	files, err := readSecretFiles(a.secretsDir())
	if err != nil {
		return err
	}
	in, err := a.known(ctx)
	if err != nil {
		return err
	}
	if in.publicKey == "" || !in.begun {
		return errs.Invalidf("数据库是空的，还没有启用过，没有可以核验的内容。请检查 --db 和 --data。")
	}
	if a.missing = files.missing(); len(a.missing) > 0 {
		a.DB.Carry(journal.Keys{Public: sign.PublicKey(in.publicKey)})
		return nil
	}
	return a.use(files, in)
}
