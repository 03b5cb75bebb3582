package cli

import (
	"fmt"
	"io"
	"os"

	"yipanqi/internal/journal"
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

type journalCommand struct {
	Verify journalVerifyCommand `cmd:"" help:"Check the chain, the signatures, the states and the facts against each other."`
}

type journalVerifyCommand struct {
	Receipt []string `type:"existingfile" help:"Receipts handed out earlier: their entries must still be in the chain."`
	JSON    bool     `help:"Print the result as JSON."`
}

func (j journalVerifyCommand) Run(c *console) error {
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	var heads []journal.Head
	for _, file := range j.Receipt {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		head, err := submission.ReceiptHead(data)
		if err != nil {
			return err
		}
		heads = append(heads, head)
	}
	result, err := a.Verify(c, heads)
	if err != nil {
		return err
	}
	if j.JSON {
		if err := c.json(result); err != nil {
			return err
		}
	} else {
		fmt.Fprint(c.out, result.String())
	}
	if len(result.Findings) > 0 {
		return errSaid
	}
	return nil
}
