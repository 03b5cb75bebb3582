package app

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/exchange"
	"yipanqi/internal/sign"
)

// loadSecrets reads the pepper and the installation's key, which stand outside the database, and makes them for a new
// installation. A database that already has a key must find its own.
func (a *App) loadSecrets(ctx context.Context) error {
	dir := filepath.Join(a.Data, "secrets")
	var known string
	err := a.DB.View(ctx, func(tx *db.Tx) (err error) {
		known, err = setting(tx, "installation.public_key")
		return err
	})
	if err != nil {
		return err
	}
	pepper, err1 := os.ReadFile(filepath.Join(dir, "pepper"))
	key, err2 := os.ReadFile(filepath.Join(dir, "installation.key"))
	if err := errors.Join(err1, err2); err != nil {
		if known != "" {
			return errs.Invalidf("数据目录 %s 里没有本安装的密钥文件（secrets/）。没有它，已有的签名密钥都打不开。请用 --data 指到原来的目录，或从备份恢复。", a.Data)
		}
		if pepper, key, err = makeSecrets(dir); err != nil {
			return err
		}
	}
	a.Secrets.Pepper = pepper
	if a.Secrets.Installation, err = sign.ParseSecret(strings.TrimSpace(string(key))); err != nil {
		return err
	}
	installation, err := a.Secrets.Installation.Public()
	if err != nil {
		return err
	}
	public := string(installation)
	if known == "" {
		return a.DB.Update(ctx, func(tx *db.Tx) error {
			if err := putSetting(tx, "installation.id", db.NewID()); err != nil {
				return err
			}
			return putSetting(tx, "installation.public_key", public)
		})
	}
	if known != public {
		return errs.Invalidf("数据目录 %s 里的密钥属于另一个安装，与这个数据库不配套。请检查 --data 和 --db。", a.Data)
	}
	return nil
}

func makeSecrets(dir string) (pepper, key []byte, err error) {
	private, err := sign.Generate()
	if err != nil {
		return nil, nil, err
	}
	pepper = make([]byte, 32)
	rand.Read(pepper)
	secret, err := private.Secret()
	if err != nil {
		return nil, nil, err
	}
	key = []byte(secret + "\n")
	return pepper, key, errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, "pepper"), pepper, 0o600),
		os.WriteFile(filepath.Join(dir, "installation.key"), key, 0o600))
}

// Reload reads the settings again, after an import.
func (a *App) Reload(ctx context.Context) error { return a.loadSettings(ctx) }

func (a *App) loadSettings(ctx context.Context) error {
	return a.DB.View(ctx, func(tx *db.Tx) (err error) {
		if a.Sample, err = exchange.IsSample(tx); err != nil {
			return err
		}
		a.Name, err = setting(tx, "name")
		return err
	})
}
