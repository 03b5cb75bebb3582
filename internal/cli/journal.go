package cli

// `yipanqi journal`: verify without writing, and a checkpoint for a witness.

import (
	"fmt"
	"os"

	"yipanqi/internal/journal"
	"yipanqi/internal/submission"
)

type journalCommand struct {
	Verify     journalVerifyCommand     `cmd:"" help:"Check the chain, the signatures, the states and the facts against each other. Writes nothing; works on a copy or a backup."`
	Checkpoint journalCheckpointCommand `cmd:"" help:"Write the newest signed checkpoint to a file that leaves this machine."`
}

type journalVerifyCommand struct {
	Receipt []string `type:"existingfile" help:"Receipts handed out earlier: their entries must still be in the chain."`
	Against []string `type:"existingfile" help:"Checkpoints that witnesses hold: names the first entry that contradicts them."`
	Since   bool     `name:"since-checkpoint" help:"Check only what is new since the newest checkpoint of --against, or since the one in the data folder. Says nothing of what is older."`
	JSON    bool     `help:"Print the result as JSON."`
}

func (j journalVerifyCommand) Run(c *console) error {
	a, err := c.openToRead()
	if err != nil {
		return err
	}
	defer a.Close()
	var held []journal.Known
	for _, file := range j.Receipt {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		head, err := submission.ReceiptHead(data)
		if err != nil {
			return err
		}
		held = append(held, journal.Known{Head: head, From: file})
	}
	for _, file := range j.Against {
		known, err := a.ReadWitness(c, file)
		if err != nil {
			return err
		}
		held = append(held, known)
	}
	verify := a.Verify
	if j.Since {
		verify = a.VerifySince
	}
	result, err := verify(c, held)
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
	if !result.OK {
		return errSaid
	}
	return nil
}

type journalCheckpointCommand struct {
	Out string `short:"o" required:"" placeholder:"FILE" help:"Write the checkpoint here."`
}

func (j journalCheckpointCommand) Run(c *console) error {
	a, err := c.openToRead()
	if err != nil {
		return err
	}
	defer a.Close()
	made, err := a.SaveCheckpoint(c, j.Out)
	if err == nil {
		fmt.Fprintf(c.out, "检查点 checkpoint: %s %s\n签发系统 installation: %s\n", made.Seq, made.Hash, made.Installation)
	}
	return err
}
