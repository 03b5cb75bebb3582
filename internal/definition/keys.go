package definition

// Keys in Chinese, by one table for each kind of file.

import (
	"strings"
	"sync"
)

// Keys is what the keys of a kind of file may also be called: "number=表号,行号 code=代码" is two keys, the first with
// two Chinese names.
type Keys string

// chinese is what each table says, by the Chinese name. There are a few tables, each asked for every key of every file.
var chinese sync.Map // Keys → map[string]string

// key is the key that name stands for: itself, if the table does not have it. The first of two that share a name.
func (k Keys) key(name string) string {
	known, ready := chinese.Load(k)
	if !ready {
		all := map[string]string{}
		for _, entry := range strings.Fields(string(k)) {
			key, names, _ := strings.Cut(entry, "=")
			for _, one := range strings.Split(names, ",") {
				if _, taken := all[one]; !taken {
					all[one] = key
				}
			}
		}
		known, _ = chinese.LoadOrStore(k, all)
	}
	if key, is := known.(map[string]string)[name]; is {
		return key
	}
	return name
}

// shown is a key as the author of a mapping would write it.
func (k Keys) shown(key string, chinese bool) string {
	for _, entry := range strings.Fields(string(k)) {
		if own, names, _ := strings.Cut(entry, "="); own == key && chinese {
			return strings.Join(strings.Split(names, ","), "”或“")
		}
	}
	return key
}

// Help lists the keys in both languages, for who writes such files.
func (k Keys) Help() string {
	var words []string
	for _, entry := range strings.Fields(string(k)) {
		key, names, _ := strings.Cut(entry, "=")
		words = append(words, strings.ReplaceAll(names, ",", " / ")+" / "+key)
	}
	return strings.Join(words, "，")
}
