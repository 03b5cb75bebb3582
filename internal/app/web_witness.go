package app

// A second installation is a witness: it keeps the checkpoints of those that it was started for (--witness-for), and
// refuses one that contradicts what it holds. It learns nothing but hashes, and it judges nothing of its own.

import (
	"encoding/json"
	"slices"

	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/web"
)

// deposit is a checkpoint as another installation sends it, see journal.Checkpoint.
type deposit struct {
	Schema       string `json:"schema"`
	Installation string `json:"installation"`
	PublicKey    string `json:"public_key"`
	Seq          string `json:"seq"`
	Hash         string `json:"hash"`
	Definitions  string `json:"definitions"`
	At           string `json:"at"`
	Baseline     bool   `json:"baseline"`
	Signature    string `json:"signature"`
}

// MaxBody bounds what anybody may send: a checkpoint has some 700 bytes.
func (deposit) MaxBody() int64 { return 8 << 10 }

// witnessed says what the witness holds now.
type witnessed struct {
	Installation string `json:"installation"`
	Seq          int64  `json:"seq"`
}

func (a *App) witnessRoutes(m *web.Mux) {
	web.Update(m, "POST /witness 为另一个安装收下检查点", web.Public, a.takeDeposit)
	web.View(m, "GET /witness/{installation} 看为一个安装收下的最新检查点", web.Public, a.showDeposit, nil)
}

func (a *App) takeDeposit(r *web.Request, in deposit) (witnessed, error) {
	text, err := json.Marshal(in)
	if err != nil {
		return witnessed{}, err
	}
	if !slices.Contains(a.WitnessFor, in.Installation) {
		return witnessed{}, errs.Missingf("本安装不为这个安装作见证。")
	}
	c, err := journal.ReadCheckpoint(text)
	if err != nil {
		return witnessed{}, errs.Invalidf("检查点的签名验证不通过，没有收下。")
	}
	head := c.Head()
	last, err := newestKept(r.Tx, c.Installation)
	if err != nil && errs.KindOf(err) != errs.Missing {
		return witnessed{}, err
	}
	object := "witness/" + c.Installation
	detail := map[string]string{"seq": c.Seq, "hash": c.Hash}
	switch {
	case err == nil && (head.Seq < last.seq || head.Seq == last.seq && head.Hash != last.hash):
		return witnessed{}, errs.Conflictf("与已收下的检查点（第%d条）矛盾，没有收下：对方的存证日志退回或改写过，请双方核验。",
			int(last.seq))
	case err == nil && head.Seq == last.seq:
		return witnessed{c.Installation, last.seq}, nil
	case err != nil: // the first of this installation
		if err := journal.Log(r.Tx, journal.System, "witness.begin", object, detail); err != nil {
			return witnessed{}, err
		}
	}
	if text, err = json.Marshal(c); err != nil {
		return witnessed{}, err
	}
	return witnessed{c.Installation, head.Seq}, keep(r.Tx, c.Installation, kept{head.Seq, head.Hash, string(text)})
}

// showDeposit is the newest checkpoint of an installation, to be held against its journal with `journal verify
// --against`.
func (a *App) showDeposit(r *web.Request, in struct {
	Installation string `json:"installation"`
}) (web.File, error) {
	k, err := newestKept(r.Tx, in.Installation)
	return web.File{Name: "checkpoint-" + in.Installation[:min(12, len(in.Installation))] + ".json",
		MediaType: "application/json", Body: []byte(k.text)}, err
}
