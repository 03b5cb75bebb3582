package sample

// Signatures in a sample's story: people's keys are in hand here, so no phrase unlocks them.

import (
	"fmt"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/auth"
	"yipanqi/internal/evaluation"
	"yipanqi/internal/letter"
	"yipanqi/internal/request"
	"yipanqi/internal/submission"
)

// signing stands for the method in a line that signs: SIGN /letters/{L1}/sign.
const signing = "SIGN"

// sign signs what an address names, as the route of that address would.
func (p *player) sign(path string, user auth.User, key account.Unlocked) error {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	if len(parts) == 5 && parts[0] == "rounds" && parts[2] == "participants" {
		return p.signSheet(parts[1], parts[3], parts[4], user, key)
	}
	if len(parts) != 3 {
		return fmt.Errorf("no address to sign")
	}
	switch parts[0] + " " + parts[2] {
	case "submissions prepare", "submissions sign", "submissions accept":
		return p.signReport(parts[1], parts[2], user, key)
	case "answers prepare", "answers submit":
		return p.signAnswer(parts[1], parts[2], user, key)
	case "letters sign", "letters countersign":
		l, err := letter.Get(p.Tx, parts[1])
		if err != nil {
			return err
		}
		v, err := letter.VersionOf(p.Tx, l.ID, l.Edition)
		if err != nil {
			return err
		}
		if parts[2] == "sign" {
			_, err = letter.Sign(p.Tx, user, l.ID, v.Digest, key)
		} else {
			_, err = letter.Countersign(p.Tx, user, l.ID, v.Digest, key)
		}
		return err
	}
	return fmt.Errorf("nobody signs at this address")
}

// signReport takes a report that a register filled in on, as its page would; accepting verifies what stands under it.
func (p *player) signReport(id, step string, user auth.User, key account.Unlocked) error {
	s, err := submission.Get(p.Tx, id)
	if err != nil {
		return err
	}
	switch step {
	case "prepare":
		v, _, err := submission.Preview(p.Tx, user, s)
		if err == nil {
			_, err = submission.Prepare(p.Tx, user, s.ID, v.Digest, key)
		}
		return err
	case "sign":
		all, err := submission.Versions(p.Tx, id)
		if err != nil || len(all) == 0 {
			return fmt.Errorf("nothing to sign: %v", err)
		}
		_, err = submission.Sign(p.Tx, user, id, all[len(all)-1].Digest, key)
		return err
	}
	_, err = submission.Accept(p.Tx, user, id, s.Version, p.issuer)
	return err
}

// signSheet signs a participant's data sheet, as its page would.
func (p *player) signSheet(round, unit, step string, user auth.User, key account.Unlocked) error {
	if step == "prepare" {
		text, err := evaluation.SheetText(p.Tx, user, round, unit)
		if err == nil {
			_, err = evaluation.Prepare(p.Tx, user, round, unit, text.Digest, key)
		}
		return err
	}
	all, err := evaluation.SheetsOf(p.Tx, round, unit)
	if err != nil || len(all) == 0 {
		return fmt.Errorf("nothing to sign: %v", err)
	}
	_, err = evaluation.Sign(p.Tx, user, round, unit, all[len(all)-1].Digest, key)
	return err
}

// signAnswer signs an answer to a request, as its page would.
func (p *player) signAnswer(id, step string, user auth.User, key account.Unlocked) error {
	a, err := request.AnswerByID(p.Tx, id)
	if err != nil {
		return err
	}
	if step == "prepare" {
		_, err = request.Prepare(p.Tx, user, id, a.Version, key)
		return err
	}
	all, err := request.VersionsOf(p.Tx, id)
	if err != nil || len(all) == 0 {
		return fmt.Errorf("nothing to sign: %v", err)
	}
	_, err = request.Submit(p.Tx, user, id, a.Version, all[len(all)-1].Digest, key)
	return err
}
