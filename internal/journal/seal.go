package journal

import (
	"context"
	"log/slog"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

const batch = 1000

// Seal chains every visible entry that has no link yet.
func Seal(ctx context.Context, d *db.DB) error {
	for {
		sealed := 0
		err := d.Update(ctx, func(tx *db.Tx) (err error) {
			sealed, err = seal(tx, batch)
			return err
		})
		if err != nil || sealed < batch {
			return err
		}
	}
}

// Sealer seals soon after each nudge and writes nothing otherwise.
type Sealer struct {
	db    *db.DB
	nudge chan struct{}
}

// NewSealer returns a sealer; Run makes it work.
func NewSealer(d *db.DB) *Sealer { return &Sealer{d, make(chan struct{}, 1)} }

// Nudge says that there are new entries. It never waits.
func (s *Sealer) Nudge() {
	select {
	case s.nudge <- struct{}{}:
	default:
	}
}

// Run seals once at the start and after nudges, at most every pause, until ctx ends.
func (s *Sealer) Run(ctx context.Context, pause time.Duration) {
	for s.Nudge(); ; {
		select {
		case <-ctx.Done():
			return
		case <-s.nudge:
		}
		if err := Seal(ctx, s.db); err != nil && ctx.Err() == nil {
			slog.Error("seal the journal", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

// Finding is one thing wrong with the journal, said for people.
type Finding struct {
	Object string `json:"object,omitempty"`
	Seq    int64  `json:"seq,omitempty"`
	Msg    string `json:"message"`
	Args   []any  `json:"args,omitempty"`
}

// Verify walks the whole chain. known are heads that receipts carry: each must still be in the chain with the
// same hash, which finds a tail that was cut off or written anew. Memory is constant; time grows with the entries.
func Verify(tx *db.Tx, known []Head) (findings []Finding, head Head, entries int64, err error) {
	found := func(object string, seq int64, msg string, args ...any) {
		findings = append(findings, Finding{object, seq, msg, args})
	}
	broken := false // after a break every later link would differ too: one finding is enough
	err = each(tx, func(e Entry) error {
		entries++
		if e.Seq == 0 {
			return nil
		}
		switch {
		case broken:
		case e.Seq != head.Seq+1:
			found(e.Object, head.Seq+1, "存证日志第%d条缺失：它已被删除。", head.Seq+1)
			broken = true
		case link(head.Hash, e.Seq, e) != e.Hash:
			found(e.Object, e.Seq, "存证日志第%d条（%s %s）被改动过：内容与封链摘要不符。", e.Seq, e.Verb, e.Object)
			broken = true
		}
		head = Head{e.Seq, e.Hash}
		return nil
	})
	if err != nil {
		return findings, head, entries, err
	}
	stored, err := LastSealed(tx)
	if err != nil {
		return findings, head, entries, err
	}
	if stored != head {
		found("", stored.Seq, "链尾不符：记录应到第%d条，实际只到第%d条，末尾的存证日志已被删除或改动。", stored.Seq, head.Seq)
	}
	for _, k := range known {
		if k.Seq == 0 {
			continue
		}
		hash, err := hashAt(tx, k.Seq)
		if errs.KindOf(err) == errs.Missing || err == nil && hash != k.Hash {
			found("", k.Seq, "与回执不符：回执记载的存证日志第%d条已不在链上或已被重写。", k.Seq)
		} else if err != nil {
			return findings, head, entries, err
		}
	}
	objects, err := brokenObjects(tx)
	for _, object := range objects {
		found(object, 0, "%s的存证日志编号不连续：有存证日志被删除。", object)
	}
	return findings, head, entries, err
}
