package cli

// The commands that shut, open, unlock and reset accounts, and give and end posts; adding people is in user.go.

import (
	"fmt"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

// account runs do for the person with a login and says what was done.
func (c *console) account(login, did string, do func(tx *db.Tx, by auth.User, personID string) error) error {
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	err = a.DB.Update(c, func(tx *db.Tx) error {
		found, err := account.ByLogin(tx, login)
		if errs.KindOf(err) == errs.Missing {
			return errs.Missingf("没有用户名是“%s”的账号。有哪些账号见 yipanqi user list。", login)
		}
		if err != nil {
			return err
		}
		return do(tx, app.Root, found.PersonID)
	})
	if err == nil {
		fmt.Fprintln(c.out, did, login)
	}
	return err
}

type userDisableCommand struct {
	Login string `arg:"" help:"Login name."`
}

func (u userDisableCommand) Run(c *console) error {
	return c.account(u.Login, "disabled", account.Disable)
}

type userEnableCommand struct {
	Login string `arg:"" help:"Login name."`
}

func (u userEnableCommand) Run(c *console) error {
	return c.account(u.Login, "enabled", account.Enable)
}

type userUnlockCommand struct {
	Login string `arg:"" help:"Login name."`
}

func (u userUnlockCommand) Run(c *console) error {
	return c.account(u.Login, "unlocked", account.LiftLocks)
}

type userResetCommand struct {
	Login string `arg:"" help:"Login name."`
}

func (u userResetCommand) Run(c *console) error {
	password, hash, err := account.OneTime()
	if err != nil {
		return err
	}
	err = c.account(u.Login, "reset", func(tx *db.Tx, by auth.User, personID string) error {
		return account.Reset(tx, by, personID, hash)
	})
	if err == nil {
		fmt.Fprintln(c.out, "one-time password:", password)
	}
	return err
}

type userAddPostCommand struct {
	Login string `arg:"" help:"Login name."`
	Unit  string `required:"" help:"Code of the unit."`
	Role  string `required:"" help:"Role in the unit."`
}

func (u userAddPostCommand) Run(c *console) error {
	return c.account(u.Login, "added post of", func(tx *db.Tx, by auth.User, personID string) error {
		if !auth.KnownRole(u.Role) {
			return errs.Invalidf("没有角色“%s”。可用的角色：%s", u.Role, strings.Join(auth.Roles(), ", "))
		}
		if _, err := network.UnitByCode(tx, u.Unit); errs.KindOf(err) == errs.Missing {
			return errs.Invalidf("没有代码是“%s”的单位。单位代码见 units.csv 或单位页。", u.Unit)
		} else if err != nil {
			return err
		}
		return account.AddPost(tx, by, personID, u.Unit, u.Role)
	})
}

type userEndPostCommand struct {
	Login string `arg:"" help:"Login name."`
	Unit  string `required:"" help:"Code of the unit."`
	Role  string `help:"Which of several posts in the unit."`
}

func (u userEndPostCommand) Run(c *console) error {
	return c.account(u.Login, "ended post of", func(tx *db.Tx, by auth.User, personID string) error {
		post, err := account.PostOf(tx, personID, u.Unit, u.Role)
		if err != nil {
			return err
		}
		return account.EndPost(tx, by, post)
	})
}
