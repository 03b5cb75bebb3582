package journal

// Verifying only what came after a checkpoint: the entries since then, and for modules the things that these are about.
// Of what is older nothing is said, good or bad.

import (
	"maps"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

type onlyKey struct{}

// Fresh says whether a thing is to be verified: any is, unless the transaction verifies what came after a checkpoint.
func Fresh(tx *db.Tx, object string) bool {
	objects, only := tx.Kept[onlyKey{}].(map[string]bool)
	return !only || objects[object]
}

// FreshOf are the ids of a kind's things that came or changed after the checkpoint, in order; only is false where the
// transaction verifies all.
func FreshOf(tx *db.Tx, kind string) (ids []string, only bool) {
	objects, only := tx.Kept[onlyKey{}].(map[string]bool)
	for object := range objects {
		if id, is := strings.CutPrefix(object, kind+"/"); is {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, only
}

// VerifySince is Verify of what came after from. The checkpoint itself is somebody's word, verified when it was read:
// the entry that it names must be the journal's, and the chain goes on from there. From now on Fresh and FreshOf say in
// this transaction what is new.
func VerifySince(tx *db.Tx, from Known, known []Known) (r Report, fresh int, err error) {
	keys, _ := tx.Carried().(Keys)
	w := walk{keys: keys, signed: map[int64][]Known{}}
	if err := w.loadCheckpoints(tx, from.Seq); err != nil {
		return w.Report, 0, err
	}
	for _, k := range known {
		if k.Seq < from.Seq {
			return w.Report, 0, errs.Invalidf("%s早于检查点（第%d条），只核对新内容时答不了。请去掉 --since-checkpoint 作完整核对。",
				k.From, from.Seq)
		}
		w.signed[k.Seq] = append(w.signed[k.Seq], k)
		w.witnesses = append(w.witnesses, Known{Head: k.Head, From: k.From})
	}
	at, found, err := db.Maybe(sealedAs(tx, from.Seq))
	if err != nil {
		return w.Report, 0, err
	}
	if now := (Head{from.Seq, at.Hash}); found || from.Seq > 0 {
		w.contradicted(append(w.signed[from.Seq], Known{Head: from.Head, From: from.From}), now)
	}
	delete(w.signed, from.Seq)
	w.Head, w.before = from.Head, at.At
	objects := map[string]bool{}
	if err := eachAfter(tx, from.Seq, func(e Entry) error {
		objects[e.Object] = true
		return w.entry(e)
	}); err != nil {
		return w.Report, 0, err
	}
	if tx.Kept == nil {
		tx.Kept = map[any]any{}
	}
	tx.Kept[onlyKey{}] = objects
	err = w.end(tx, slices.Sorted(maps.Keys(objects)))
	return w.Report, len(objects), err
}
