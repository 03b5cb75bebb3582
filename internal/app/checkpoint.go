package app

// The newest checkpoint also stands in the data folder. Without it, whoever holds only the database could put an older
// state of it back, whole and signed, and nothing would miss what came after.

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
)

// checkpointFile is written at every seal. It may be behind the database by what a crash cut off, never ahead.
func (a *App) checkpointFile() string { return filepath.Join(a.Data, "checkpoint.json") }

var writingCheckpoint sync.Mutex

// sealed keeps a checkpoint in the data folder, unless the one there is newer.
func (a *App) sealed(c journal.Checkpoint) error {
	writingCheckpoint.Lock()
	defer writingCheckpoint.Unlock()
	last, err := a.lastCheckpoint()
	if err != nil {
		return err
	}
	if last.Head().Seq > c.Head().Seq {
		slog.Error("the database is behind the checkpoint in the data folder; run yipanqi journal verify",
			"database", c.Seq, "checkpoint", last.Seq)
		return nil
	}
	if a.pusher != nil {
		a.pusher.offer(c)
	}
	if a.runner != nil {
		a.runner.Nudge()
	}
	return writeFile(a.checkpointFile(), c)
}

// lastCheckpoint is the one in the data folder; none is the zero value.
func (a *App) lastCheckpoint() (journal.Checkpoint, error) {
	data, err := os.ReadFile(a.checkpointFile())
	if errors.Is(err, fs.ErrNotExist) {
		return journal.Checkpoint{}, nil
	}
	if err != nil {
		return journal.Checkpoint{}, err
	}
	return journal.ReadCheckpoint(data)
}

// writeFile writes v as JSON, whole or not at all.
func writeFile(name string, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(b.Bytes())
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// SaveCheckpoint writes the newest checkpoint, with the entries that it is about, to a file that is to leave the
// machine.
func (a *App) SaveCheckpoint(ctx context.Context, name string) (c journal.Checkpoint, err error) {
	var d journal.Deposit
	err = a.DB.View(ctx, func(tx *db.Tx) (err error) {
		d, err = journal.MakeDeposit(tx)
		return err
	})
	c = d.Checkpoint
	if err != nil {
		return c, err
	}
	if err := writeFile(name, d); err != nil {
		return c, errs.Invalidf("写不了文件 %s：%s。请换一个位置。", name, err.Error())
	}
	return c, nil
}

// ReadWitness reads a file that SaveCheckpoint wrote, for Verify.
func (a *App) ReadWitness(ctx context.Context, name string) (k journal.Known, err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return k, errs.Invalidf("读不了检查点文件 %s：%s", name, err.Error())
	}
	in, err := a.known(ctx)
	if err != nil {
		return k, err
	}
	d, err := journal.ReadDeposit(data, sign.PublicKey(in.publicKey))
	return d.Known(name), err
}
