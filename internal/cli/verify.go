package cli

// `yipanqi verify`: a receipt checked without server or database, by the keys that the reader trusts.

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"yipanqi/internal/errs"
	"yipanqi/internal/journal"
	"yipanqi/internal/sign"
	"yipanqi/internal/submission"
)

type verifyCommand struct {
	File  string   `arg:"" help:"Receipt (JSON), or - for standard input."`
	Key   []string `placeholder:"FINGERPRINT|FILE" help:"The issuer's fingerprint or public key as its office published it, or a file with it."`
	Trust string   `env:"YIPANQI_TRUST" placeholder:"FILE" help:"File of fingerprints that you trust, one a line (default: yipanqi/trust in your configuration folder)."`
	JSON  bool     `help:"Print the result as JSON."`
}

// receiptAnswer is the result as data, its findings as those of journal verify.
type receiptAnswer struct {
	OK       bool              `json:"ok"`
	Findings []journal.Finding `json:"findings"`
	submission.Result
}

func (v verifyCommand) Run(c *console) error {
	data, err := readInput(c, v.File)
	if err != nil {
		return err
	}
	trusted, err := v.trusted()
	if err != nil {
		return err
	}
	result := submission.VerifyReceipt(data, trusted...)
	if v.JSON {
		if err := c.json(receiptAnswer{result.Valid, result.Findings(), result}); err != nil {
			return err
		}
	} else {
		fmt.Fprint(c.out, result.String())
	}
	if !result.Valid {
		return errSaid
	}
	return nil
}

// trusted are the keys given, and those of the trust file.
func (v verifyCommand) trusted() (all sign.Trust, err error) {
	for _, key := range v.Key {
		one, err := readTrust(key)
		if err != nil {
			return nil, err
		}
		all = append(all, one...)
	}
	file := v.Trust
	if file == "" {
		dir, err := os.UserConfigDir()
		if err != nil { // nobody has a home here: then only --key counts
			return all, nil
		}
		if file = filepath.Join(dir, "yipanqi", "trust"); !isFile(file) {
			return all, nil
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, errs.Invalidf("读不了信任文件 %s：%s", file, err.Error())
	}
	more, err := sign.ReadTrust(string(text))
	return append(all, more...), err
}

// readTrust reads a key as given on the command line: itself, or a file that holds it.
func readTrust(key string) (sign.Trust, error) {
	if isFile(key) {
		text, err := os.ReadFile(key)
		if err != nil {
			return nil, err
		}
		return sign.ReadTrust(string(text))
	}
	return sign.ReadTrust(key)
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

func readInput(c *console, file string) ([]byte, error) {
	if file == "-" {
		return io.ReadAll(io.LimitReader(c.in, 20<<20))
	}
	return os.ReadFile(file)
}
