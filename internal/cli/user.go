package cli

// `yipanqi user`: the first accounts, before anybody can sign in. Passwords come from standard input, never as an
// argument.

import (
	"bufio"
	"fmt"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
)

type userCommand struct {
	Add      userAddCommand      `cmd:"" help:"Add a person with a post and an account. The password is read from standard input."`
	List     userListCommand     `cmd:"" help:"List accounts with their posts."`
	Password userPasswordCommand `cmd:"" help:"Set a new password, read from standard input; ends the person's sessions."`
	Reset    userResetCommand    `cmd:"" help:"Print a one-time password, to be changed at the next sign-in; ends the person's sessions and tokens."`
	AddPost  userAddPostCommand  `cmd:"" help:"Give a person who has an account one more post from today on."`
	Disable  userDisableCommand  `cmd:"" help:"Shut an account; ends the person's sessions and tokens at once."`
	Enable   userEnableCommand   `cmd:"" help:"Open a disabled account again."`
	Unlock   userUnlockCommand   `cmd:"" help:"Let a person try passwords and signing phrases again before the time is over."`
	EndPost  userEndPostCommand  `cmd:"" help:"End a person's post from today on."`
}

type userAddCommand struct {
	Login  string `arg:"" help:"Login name."`
	Person string `required:"" help:"The person's name. Somebody of this name whom the unit has, from posts.csv, gets the account."`
	Unit   string `required:"" help:"Code of the unit."`
	Role   string `help:"Role: office, statistician, leader, liaison, committee_leader, system_admin, security_admin, audit_admin. Not needed for a post that the person holds."`
	Same   string `placeholder:"ID" help:"Which of several people of the name is meant."`
	New    bool   `help:"Somebody else than those who have the name."`
}

func (u userAddCommand) Run(c *console) error {
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	who := account.Enrolment{Login: u.Login, Person: u.Person, Unit: u.Unit, Role: u.Role, Same: u.Same, New: u.New,
		Sample: a.Sample}
	signsIn := false
	if err := a.DB.View(c, func(tx *db.Tx) (err error) {
		_, signsIn, err = who.Find(tx)
		return err
	}); err != nil {
		return err
	}
	hash := ""
	if !signsIn {
		if hash, err = c.password(u.Login); err != nil {
			return err
		}
	}
	err = a.DB.Update(c, func(tx *db.Tx) error { return account.Enrol(tx, app.Root, who, hash) })
	if err == nil {
		fmt.Fprintln(c.out, "added", u.Login)
	}
	return err
}

// password reads one line and hashes it.
func (c *console) password(login string) (string, error) {
	fmt.Fprint(c.err, "Password: ")
	line, err := bufio.NewReader(c.in).ReadString('\n')
	if err != nil && line == "" {
		return "", errs.Invalidf("没有读到密码。请从标准输入给出，例如 echo 密码 | yipanqi user add …")
	}
	return auth.HashPassword(strings.TrimRight(line, "\r\n"), login)
}

type userListCommand struct {
	JSON bool `help:"Print as JSON."`
}

func (u userListCommand) Run(c *console) error {
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	accounts, err := a.Accounts(c)
	if err != nil {
		return err
	}
	if u.JSON {
		return c.json(accounts)
	}
	for _, s := range accounts {
		state := ""
		if s.Disabled {
			state = "  (disabled)"
		}
		fmt.Fprintf(c.out, "%-24s %-30s %s%s\n", s.Login, s.Name, strings.Join(s.Posts, "; "), state)
	}
	return nil
}

type userPasswordCommand struct {
	Login string `arg:"" help:"Login name."`
}

func (u userPasswordCommand) Run(c *console) error {
	hash, err := c.password(u.Login)
	if err != nil {
		return err
	}
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	return a.DB.Update(c, func(tx *db.Tx) error {
		found, err := account.ByLogin(tx, u.Login)
		if err != nil {
			return err
		}
		return account.ChangePassword(tx, app.Root, found.PersonID, hash)
	})
}
