package check

// Texts kept for a unit: put in, read again against today's data, removed.

import (
	"strings"
	"unicode/utf8"

	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/find"
	"yipanqi/internal/journal"
)

// Create keeps a text for the user's unit; its figures are held against the data whenever it is read.
func Create(tx *db.Tx, by auth.User, c Check) (Check, error) {
	c.ID, c.PersonID, c.Version, c.CreatedAt = db.NewID(), by.ID, 1, tx.Now
	if len(by.Posts) > 0 {
		c.Unit = by.Posts[0].Unit
	}
	if c.Name = strings.TrimSpace(c.Name); c.Name == "" {
		c.Name = title(c.Text)
	}
	if err := c.Validate(); err != nil {
		return c, err
	}
	if c.Area != "" {
		if _, err := Text(tx, SeenBy(by), "", c.Area, 0); err != nil {
			return c, err
		}
	}
	if err := insert(tx, c); err != nil {
		return c, err
	}
	if err := findable(tx, c); err != nil {
		return c, err
	}
	return c, journal.Log(tx, by, "check.create", "check/"+c.ID, map[string]string{"name": c.Name})
}

// title is the first line of the text, shortened.
func title(text string) string {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			if utf8.RuneCountInString(line) > 40 {
				line = string([]rune(line)[:40]) + "…"
			}
			return line
		}
	}
	return ""
}

// Read returns a check of the user's unit with all its figures as they stand now.
func Read(tx *db.Tx, by auth.User, id string) (Check, Result, error) {
	c, err := Get(tx, by, id)
	if err != nil {
		return c, Result{}, err
	}
	r, err := Text(tx, reader(by, c.Unit), c.Text, c.Area, c.Year)
	return c, r, err
}

// Delete removes a check. Corrections made in it stay: they are knowledge about words.
func Delete(tx *db.Tx, by auth.User, id string, version int64) error {
	c, err := Get(tx, by, id)
	if err != nil {
		return err
	}
	c.Version = version
	if err := remove(tx, c); err != nil {
		return err
	}
	if err := find.Drop(tx, c.object()); err != nil {
		return err
	}
	return journal.Log(tx, by, "check.delete", "check/"+id, map[string]string{"name": c.Name})
}
