package journal

// Witnesses hold checkpoints outside this machine. The entries beside a checkpoint only help to say where a
// contradiction begins, and about what: the signed head alone decides whether there is one.

import (
	"encoding/json"
	"fmt"
	"strconv"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/sign"
)

// Deposit is what a witness is given: a checkpoint, and of every entry up to it what it is about and its link.
type Deposit struct {
	Checkpoint Checkpoint `json:"checkpoint"`
	Entries    []Held     `json:"entries"`
}

// Held is an entry as a witness holds it: never who or what, only which object's which entry.
type Held struct {
	Seq     int64  `json:"seq"`
	Object  string `json:"object"`
	Number  int64  `json:"number"` // among the entries of its object
	Verb    string `json:"verb"`
	Version string `json:"version,omitempty"`
	Hash    string `json:"hash"`
}

func held(e Entry) Held {
	return Held{e.Seq, e.Object, e.ObjectSeq, e.Verb, e.Detail["version"], e.Hash}
}

// object names the thing, with the version that the entry is about.
func (h Held) object() string {
	if h.Version != "" {
		return h.Object + "/v" + h.Version
	}
	return h.Object
}

// String is how an entry stands in a finding.
func (h Held) String() string {
	return fmt.Sprintf("%d（%s#%d %s）", h.Seq, h.Object, h.Number, h.Verb)
}

// MakeDeposit is the newest checkpoint with the entries up to it.
func MakeDeposit(tx *db.Tx) (d Deposit, err error) {
	if d.Checkpoint, err = Newest(tx); err != nil {
		return d, err
	}
	last := d.Checkpoint.Head().Seq
	d.Entries = []Held{}
	return d, each(tx, func(e Entry) error {
		if e.Seq > 0 && e.Seq <= last {
			d.Entries = append(d.Entries, held(e))
		}
		return nil
	})
}

// ReadDeposit reads what a witness holds, a deposit or a checkpoint alone, and verifies that issuer signed it.
func ReadDeposit(data []byte, issuer sign.PublicKey) (d Deposit, err error) {
	if err := json.Unmarshal(data, &d); err != nil {
		return d, errs.Invalidf("这不是检查点：%s", err.Error())
	}
	if d.Checkpoint.Schema == "" {
		d.Checkpoint, err = ReadCheckpoint(data)
	} else {
		err = d.Checkpoint.Verify()
	}
	if err == nil && d.Checkpoint.PublicKey != issuer {
		err = errs.Invalidf("检查点是另一套系统（%s）签的，不能用来核验本系统。", d.Checkpoint.Installation)
	}
	return d, err
}

// Known is what the deposit says, for Verify.
func (d Deposit) Known(from string) Known {
	return Known{Head: d.Checkpoint.Head(), From: from, Checkpoint: true, entries: d.Entries}
}

// differs notes the first entry that is not as a witness holds it.
func (w *walk) differs(e Entry) {
	for i := range w.witnesses {
		k := &w.witnesses[i]
		for len(k.entries) > 0 && k.entries[0].Seq <= e.Seq && k.first == nil {
			if was := k.entries[0]; was.Seq != e.Seq || was.Hash != e.Hash {
				k.first = &Finding{Code: "witness.entry", Table: "journal", Object: was.object(), Column: "hash",
					Expected: was.String(), Actual: held(e).String()}
			}
			k.entries = k.entries[1:]
		}
	}
}

// firstOf is the first entry in which the journal is not what k holds, if k holds entries.
func (w *walk) firstOf(k Known) (Finding, bool) {
	for _, held := range w.witnesses {
		if held.From != k.From || held.Head != k.Head {
			continue
		}
		if held.first != nil {
			return *held.first, true
		}
		if len(held.entries) > 0 { // the journal ends before it
			was := held.entries[0]
			return Finding{Code: "witness.entry", Table: "journal", Object: was.object(), Column: "hash",
				Expected: was.String(), Actual: strconv.FormatInt(w.Head.Seq, 10)}, true
		}
	}
	return Finding{}, false
}
