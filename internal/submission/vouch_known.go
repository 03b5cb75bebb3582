package submission

// Versions that verified, kept in the process by the bytes of all that was verified: whoever edits one of them has
// another fingerprint, and so is looked at anew. What did not verify is not kept.

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"strconv"

	"yipanqi/internal/form"
	"yipanqi/internal/sign"
	"yipanqi/internal/signed"
)

// fingerprint is of a version with its signatures and certificates, the installation's key and the form's codes.
type fingerprint [sha256.Size]byte

// verified are the versions that verified lately. An entry takes 4 KB.
var verified = signed.Recently[fingerprint, proven]{Half: 2048}

// keyOf is the fingerprint of what prove looks at. Every part stands behind its length, so no two that differ are
// written alike.
func (e *dossier) keyOf(issuer sign.PublicKey, codes string) (key fingerprint) {
	s, there := e.accepted()
	if !there {
		return key
	}
	h := sha256.New()
	v := s.version
	parts(h, string(issuer), codes, v.Text, v.Digest, v.Source, v.Origin)
	for _, g := range s.signatures {
		parts(h, g.Role, g.PersonID, g.Person, g.Post, g.Unit, g.At.String(), g.KeyID, string(g.PublicKey),
			g.Certificate, g.Value, g.Digest, g.Kind, g.Paper.On, g.Paper.Scan, g.Paper.File, g.Paper.RecordedID,
			g.Paper.RecordedBy, g.Paper.ConfirmedID, g.Paper.ConfirmedBy)
	}
	h.Sum(key[:0])
	return key
}

func parts(h hash.Hash, all ...string) {
	for _, part := range all {
		io.WriteString(h, strconv.Itoa(len(part)))
		io.WriteString(h, ":")
		io.WriteString(h, part)
	}
}

// keyOf is how the form's codes are read: what becomes of a text's cells depends on it.
func (k *knownForms) keyOf(f form.Form) string {
	if key, known := k.keys[f.ID]; known {
		return key
	}
	key := ""
	for _, row := range f.Rows {
		key += fmt.Sprintf("%q %d %d %q %d\n", row.Element, row.Of.ID, row.Of.Decimals, row.Calibre, row.CalibreID)
	}
	k.keys[f.ID] = key
	return key
}
