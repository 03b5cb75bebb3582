package journal

// A signed head of the chain, as text for whoever keeps it elsewhere: a chain rewritten since contradicts it, whatever
// keys made the new one.

import (
	"encoding/json"
	"strconv"
	"time"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/sign"
)

const checkpointSchema = "yipanqi/checkpoint/1"

// Checkpoint is a sealed head, signed with the installation's key. Numbers are strings, as in all signed text. It says
// everything that has to be known of the journal up to there, so whoever holds one elsewhere finds what was changed.
type Checkpoint struct {
	Schema       string         `json:"schema"`
	Installation string         `json:"installation"` // fingerprint of the key
	PublicKey    sign.PublicKey `json:"public_key"`
	Seq          string         `json:"seq"`
	Hash         string         `json:"hash"`
	Definitions  string         `json:"definitions,omitempty"` // digest
	At           time.Time      `json:"at"`
	Baseline     bool           `json:"baseline,omitempty"` // entries up to here may be from before the key
	Signature    string         `json:"signature,omitempty"`
}

// Head is the link that the checkpoint is about.
func (c Checkpoint) Head() Head {
	seq, err := strconv.ParseInt(c.Seq, 10, 64)
	if err != nil {
		return Head{}
	}
	return Head{seq, c.Hash}
}

func (c Checkpoint) text() ([]byte, error) {
	c.Signature = ""
	return sign.Canonical(c)
}

// Verify refuses a checkpoint that the owner of its key did not sign just so.
func (c Checkpoint) Verify() error {
	text, err := c.text()
	if err != nil {
		return err
	}
	if c.Schema != checkpointSchema || c.Installation != sign.Fingerprint(c.PublicKey) ||
		strconv.FormatInt(c.Head().Seq, 10) != c.Seq {
		return errs.Invalidf("这不是检查点，或者不是本程序认识的格式。")
	}
	return sign.Verify(c.PublicKey, text, c.Signature)
}

// ReadCheckpoint reads one that stands in a file of its own and verifies its signature.
func ReadCheckpoint(data []byte) (c Checkpoint, err error) {
	if err := json.Unmarshal(data, &c); err != nil {
		return c, errs.Invalidf("这不是检查点：%s", err.Error())
	}
	return c, c.Verify()
}

// parseStored reads one as the table keeps it: the signed text, which must be canonical, and the signature.
func parseStored(s stored) (c Checkpoint, err error) {
	if err := json.Unmarshal([]byte(s.text), &c); err != nil {
		return c, err
	}
	if text, err := c.text(); err != nil || string(text) != s.text {
		return c, errs.Invalidf("检查点里有多余或写法不同的内容，可能被改动过")
	}
	c.Signature = s.signature
	return c, c.Verify()
}

// checkpoint signs the head within the transaction that sealed it: committed, head and newest checkpoint agree. Of
// those of one minute only the last is kept.
func checkpoint(tx *db.Tx, keys Keys, head Head, baseline bool) (Checkpoint, error) {
	c := Checkpoint{Schema: checkpointSchema, Installation: sign.Fingerprint(keys.Public), PublicKey: keys.Public,
		Seq: strconv.FormatInt(head.Seq, 10), Hash: head.Hash, At: tx.Now, Baseline: baseline}
	var err error
	if keys.Definitions != nil {
		if c.Definitions, err = keys.Definitions(tx); err != nil {
			return c, err
		}
	}
	text, err := c.text()
	if err != nil {
		return c, err
	}
	if c.Signature, err = keys.Installation.Sign(text); err != nil {
		return c, err
	}
	return c, putCheckpoint(tx, c, string(text))
}
