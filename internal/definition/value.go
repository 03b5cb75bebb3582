package definition

// Single values, read as they stand: 01 and 2018-12-31 stay what was typed.

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"yipanqi/internal/errs"
	"yipanqi/internal/say"
)

// Text reads a value as it stands and holds it against the rules.
func (r *Reader) Text(into *string, rules ...func(string) error) func(*Node) {
	return func(n *Node) {
		if n.Kind != yaml.ScalarNode || empty(n) {
			r.Problem(n, "这里要填一个值。")
			return
		}
		*into = strings.TrimSpace(n.Value)
		for _, rule := range rules {
			r.Refuse(n, rule(*into))
		}
	}
}

// Int reads a whole number from 0 on.
func (r *Reader) Int(into *int) func(*Node) {
	return func(n *Node) {
		v, err := strconv.Atoi(n.Value)
		if n.Kind != yaml.ScalarNode || err != nil || v < 0 {
			r.Problem(n, "这里要填一个不小于0的整数。")
			return
		}
		*into = v
	}
}

// Yes reads yes or no, in either language.
func (r *Reader) Yes(into *bool) func(*Node) {
	return func(n *Node) {
		yes, known := map[string]bool{"true": true, "是": true, "false": false, "否": false}[n.Value]
		if n.Kind != yaml.ScalarNode || !known {
			r.Problem(n, "这里要填 true（是）或 false（否）。")
			return
		}
		*into = yes
	}
}

// Matches is a rule that a text follows a pattern; msg says which.
func Matches(pattern string, msg say.Key) func(string) error {
	re := regexp.MustCompile(pattern)
	return func(s string) error {
		if !re.MatchString(s) {
			return errs.Invalidf(msg)
		}
		return nil
	}
}

// Among is a rule that a text is one of known; msg takes the text.
func Among(known map[string]bool, msg say.Key) func(string) error {
	return func(s string) error {
		if !known[s] {
			return errs.Invalidf(msg, s)
		}
		return nil
	}
}

// Day is the rule that a text is a day.
func Day(s string) error {
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return errs.Invalidf("日期请写成 2018-12-31 这样。")
	}
	return nil
}
