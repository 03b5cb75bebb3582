// Package blob keeps attachments: each content once, in a file named by its SM3 digest outside the database, and one
// row for each use of it. A file is written before the transaction that uses it; one that no row names is garbage.
package blob

import (
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/emmansun/gmsm/sm3"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

// Store is a folder of contents.
type Store struct{ dir string }

// Open returns the store in dir, which is created at the first Put.
func Open(dir string) Store { return Store{dir} }

// Use says that an object ("submission/0190…") has an attachment.
type Use struct {
	ID        string    `json:"id"`
	Object    string    `json:"-"`
	Digest    string    `json:"digest"` // SM3 of the content
	Name      string    `json:"name"`   // as the user called the file
	MediaType string    `json:"media_type"`
	Size      int64     `json:"size"`
	PersonID  string    `json:"-"`
	CreatedAt time.Time `json:"created_at"`
}

// Put writes content and returns its digest. The same content is kept once. The file appears under its name only when
// it is whole and on disk.
func (s Store) Put(content []byte) (digest string, err error) {
	sum := sm3.Sum(content)
	digest = hex.EncodeToString(sum[:])
	path := s.path(digest)
	if _, err := os.Stat(path); err == nil {
		return digest, nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return "", err
	}
	defer os.Remove(f.Name()) // no effect once renamed
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", err
	}
	return digest, os.Rename(f.Name(), path)
}

// Get returns the content with a digest, or an error if it is gone or no longer what it was.
func (s Store) Get(digest string) ([]byte, error) {
	f, err := os.Open(s.path(digest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, gone
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	content, err := io.ReadAll(f)
	if sum := sm3.Sum(content); err == nil && hex.EncodeToString(sum[:]) != digest {
		return nil, changed
	}
	return content, err
}

// Check says whether the content with a digest is still there and what it was, as Get does, without keeping it.
func (s Store) Check(digest string) error {
	f, err := os.Open(s.path(digest))
	if errors.Is(err, fs.ErrNotExist) {
		return gone
	}
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sm3.New()
	if _, err := io.Copy(sum, f); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != digest {
		return changed
	}
	return nil
}

var (
	gone    = errs.Missingf("附件文件不在了。请从备份恢复数据目录。")
	changed = errs.Conflictf("附件内容与登记的摘要不符，可能已被改动。")
)

func (s Store) path(digest string) string {
	if sum, err := hex.DecodeString(digest); err != nil || len(sum) != sm3.Size {
		return filepath.Join(s.dir, "none")
	}
	return filepath.Join(s.dir, digest[:2], digest)
}

// Attach records a use of a content that Put has kept.
func Attach(tx *db.Tx, u Use) (Use, error) {
	u.ID, u.CreatedAt = db.NewID(), tx.Now
	return u, insert(tx, u)
}

// Detach forgets an object's attachments. Contents that no other object uses are garbage from then on.
func Detach(tx *db.Tx, object string) error { return remove(tx, object) }
