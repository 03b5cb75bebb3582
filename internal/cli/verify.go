package cli

import (
	"fmt"
	"io"
	"os"

	"yipanqi/internal/submission"
)

type verifyCommand struct {
	File string `arg:"" help:"Receipt (JSON), or - for standard input."`
	Key  string `help:"The installation's public key as published by its office: also proves who issued the receipt."`
	JSON bool   `help:"Print the result as JSON."`
}

func (v verifyCommand) Run(c *console) error {
	data, err := readInput(c, v.File)
	if err != nil {
		return err
	}
	result := submission.VerifyReceipt(data, v.Key)
	if v.JSON {
		if err := c.json(result); err != nil {
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

func readInput(c *console, file string) ([]byte, error) {
	if file == "-" {
		return io.ReadAll(io.LimitReader(c.in, 20<<20))
	}
	return os.ReadFile(file)
}
