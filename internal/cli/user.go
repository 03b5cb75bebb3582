package cli

import (
	"bufio"
	"fmt"
	"strings"

	"yipanqi/internal/account"
	"yipanqi/internal/app"
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/network"
)

type userCommand struct {
	Add      userAddCommand      `cmd:"" help:"Add a person with a post and an account. The password is read from standard input."`
	List     userListCommand     `cmd:"" help:"List accounts with their posts."`
	Password userPasswordCommand `cmd:"" help:"Set a new password, read from standard input; ends the person's sessions."`
}

type userAddCommand struct {
	Login  string `arg:"" help:"Login name."`
	Person string `required:"" help:"The person's name."`
	Unit   string `required:"" help:"Code of the unit."`
	Role   string `required:"" help:"Role: office, statistician, leader, liaison, committee_leader, system_admin, security_admin, audit_admin."`
}

func (u userAddCommand) Run(c *console) error {
	if !auth.KnownRole(u.Role) {
		return errs.Invalidf("没有角色“%s”。可用的角色：%s", u.Role, strings.Join(auth.Roles(), ", "))
	}
	hash, err := c.password()
	if err != nil {
		return err
	}
	a, err := c.openHeld()
	if err != nil {
		return err
	}
	defer a.Close()
	err = a.DB.Update(c, func(tx *db.Tx) error {
		person, err := network.AddPerson(tx, network.Person{Name: u.Person, NameEN: u.Person, Sample: a.Sample})
		if err != nil {
			return err
		}
		if _, err := network.AddPost(tx, network.Post{PersonID: person.ID, Unit: u.Unit, Role: u.Role,
			OpensOn: tx.Today()}); err != nil {
			return err
		}
		return account.Create(tx, app.Root, person.ID, u.Login, hash)
	})
	if err == nil {
		fmt.Fprintln(c.out, "added", u.Login)
	}
	return err
}

// password reads one line and hashes it.
func (c *console) password() (string, error) {
	fmt.Fprint(c.err, "Password: ")
	line, err := bufio.NewReader(c.in).ReadString('\n')
	if err != nil && line == "" {
		return "", errs.Invalidf("没有读到密码。请从标准输入给出，例如 echo 密码 | yipanqi user add …")
	}
	return auth.HashPassword(strings.TrimRight(line, "\r\n"))
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
		fmt.Fprintf(c.out, "%-24s %-30s %s\n", s.Login, s.Name, strings.Join(s.Posts, "; "))
	}
	return nil
}

type userPasswordCommand struct {
	Login string `arg:"" help:"Login name."`
}

func (u userPasswordCommand) Run(c *console) error {
	hash, err := c.password()
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
